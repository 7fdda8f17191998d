"""What every page asks for: the store, who is looking, at which district, and the only cache.

Cached functions take a Snapshot (district, role, revision) and read everything else from the store; a write raises the
revision, so nothing is ever served stale and nothing has to be cleared. What they return is immutable and shared, not
copied, between sessions.
"""

import threading
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from data.fund_outlook import StoredBalances, load_fund_balances
from data.plan_of_record import evaluate_stored, load_ledger_bridge, load_ledger_years, suggest_for_plan
from data.reference import load_reference
from data.settings import load_settings
from data.store.budget_queries import Measure, list_measures
from data.store.database import Store
from data.store.districts import StoredDistrict, list_districts, load_district
from data.store.plans import StoredPlan, load_plan
from data.store.viewer import Viewer
from pages.ui.sign_in import Person, identify_person, require_sign_in
from pages.ui.start import draw_first_plan
from planning.alignment.robustness import Robustness, calculate_robustness
from planning.bridge import LedgerBridge
from planning.bridge_years import LedgerYear
from planning.errors import InputRefused, TechplanError
from planning.evaluation import Evaluation
from planning.funding.suggestion import Suggestion
from planning.permissions import Role
from planning.reference import Reference

NEW_DISTRICT = "district"
DISTRICT_PARAMETER = "district"
VIEWER_KEY = "viewer_of_this_run"


class Snapshot(NamedTuple):
    """The key of every cached function: which store, which district as which role sees it, and at which revision."""

    store: str
    district_id: str
    role: Role
    revision: int

    @property
    def reader(self) -> Viewer:
        return Viewer("cache", self.role, self.district_id)


_stores: dict[Path, Store] = {}
_stores_lock = threading.Lock()


def open_store() -> Store:
    """This process's store, opened once; a store that does not exist yet begins with the sample district."""
    path = load_settings().store
    with _stores_lock:
        if path not in _stores:
            _stores[path] = _create_store(path) if not path.exists() else Store(path)
    _stores[path].revision(NEW_DISTRICT)  # a held, newer or damaged file is told here, not in the middle of a page
    return _stores[path]


def _create_store(path: Path) -> Store:
    from data.samples.seed import seed_sample

    # Half a sample would be taken for a store of the person's own, so it is made whole under another name first.
    arriving = path.with_name(f"{path.name}.seeding")
    arriving.unlink(missing_ok=True)
    store = Store(arriving)
    try:
        seed_sample(store)
    finally:
        store.close()
    arriving.replace(path)
    return Store(path)


def close_stores() -> None:
    """Close every store of this process; the next use opens them again."""
    with _stores_lock:
        for store in _stores.values():
            store.close()
        _stores.clear()


def begin_run() -> Viewer:
    """Settle once, at the start of a page run, who is looking at which district."""
    person, own = require_sign_in(), identify_person()
    # Which districts a person may open is their own right, whatever role they act in.
    districts = list_districts(open_store(), Viewer(own.actor, own.role, NEW_DISTRICT))
    viewer = Viewer(person.actor, person.role, current_district(districts))
    st.session_state[VIEWER_KEY] = viewer
    _draw_district_choice(districts, viewer.district_id)
    return viewer


def has_several_districts(person: Person) -> bool:
    """Whether the store keeps more than one district; what is wrong with a store is told later, on the page."""
    try:
        return len(list_districts(open_store(), Viewer(person.actor, person.role, NEW_DISTRICT))) > 1
    except TechplanError:
        return False


def current_viewer() -> Viewer:
    """The person at the screen, looking at the district they picked."""
    return st.session_state[VIEWER_KEY]


def current_revision() -> int:
    """How many changes the viewer's district has seen: the key of every cached function."""
    return open_store().revision(current_viewer().district_id)


def current_district_name() -> str:
    """What the viewer's district is called."""
    district = load_district(open_store(), current_viewer())
    return district.name if district else "A new district"


def take_snapshot() -> Snapshot:
    """The key of what is cached for the person at the screen, as the store is now."""
    viewer = current_viewer()
    return Snapshot(str(load_settings().store), viewer.district_id, viewer.role, current_revision())


def current_plan() -> StoredPlan | None:
    """The plan of record; None before the first one is saved."""
    return _load_plan(take_snapshot())


def current_evaluation() -> Evaluation | None:
    """What follows from the plan of record today; None before the first one is saved."""
    return _evaluate(take_snapshot(), date.today())


def require_evaluation() -> Evaluation:
    """The evaluation, or the first step on the screen and the end of the page."""
    evaluation = current_evaluation()
    if evaluation is None:
        draw_first_plan()
        st.stop()
    return evaluation


@st.cache_resource(max_entries=1, show_spinner=False)
def current_reference() -> Reference:
    """The dated rules and rates that ship with Techplan."""
    return load_reference()


def current_bridge() -> LedgerBridge | None:
    """The plan's first year against the ledger; None without a plan or without a budget of that year."""
    return _calculate_bridge(take_snapshot(), date.today())


def current_suggestion() -> Suggestion | None:
    """Who could lawfully pay what the plan lacks; None before the first plan."""
    return _suggest(take_snapshot(), date.today())


def current_robustness() -> Robustness | None:
    """How sure the ranking by goals is, whatever the goals weigh; None before the first plan."""
    return _calculate_robustness(take_snapshot(), date.today())


def current_measures() -> tuple[Measure, ...]:
    """What the district's published budgets hold: series, years, bases, units and sides, each with its sum."""
    return _list_measures(take_snapshot())


@st.cache_resource(max_entries=32, show_spinner=False)
def _list_measures(snapshot: Snapshot) -> tuple[Measure, ...]:
    return list_measures(open_store(), snapshot.reader)


def current_ledger_years() -> tuple[LedgerYear, ...]:
    """The technology of every published year, as budgeted and as spent."""
    return _load_ledger_years(take_snapshot())


def current_fund_balances() -> StoredBalances | None:
    """Every fund over the years; None without a budget of the plan's first year, or without any where there is none."""
    return _project_funds(take_snapshot(), date.today())


@st.cache_resource(max_entries=32, show_spinner=False)
def _load_plan(snapshot: Snapshot) -> StoredPlan | None:
    return load_plan(open_store(), snapshot.reader)


@st.cache_resource(max_entries=32, show_spinner=False)
def _evaluate(snapshot: Snapshot, as_of: date) -> Evaluation | None:
    stored = _load_plan(snapshot)
    return evaluate_stored(stored, as_of) if stored else None


@st.cache_resource(max_entries=32, show_spinner=False)
def _calculate_bridge(snapshot: Snapshot, as_of: date) -> LedgerBridge | None:
    evaluation = _evaluate(snapshot, as_of)
    return load_ledger_bridge(open_store(), snapshot.reader, evaluation) if evaluation else None


@st.cache_resource(max_entries=32, show_spinner=False)
def _suggest(snapshot: Snapshot, as_of: date) -> Suggestion | None:
    evaluation = _evaluate(snapshot, as_of)
    return suggest_for_plan(evaluation) if evaluation else None


@st.cache_resource(max_entries=32, show_spinner=False)
def _calculate_robustness(snapshot: Snapshot, as_of: date) -> Robustness | None:
    evaluation = _evaluate(snapshot, as_of)
    return calculate_robustness(evaluation) if evaluation else None


@st.cache_resource(max_entries=32, show_spinner=False)
def _load_ledger_years(snapshot: Snapshot) -> tuple[LedgerYear, ...]:
    return load_ledger_years(open_store(), snapshot.reader)


@st.cache_resource(max_entries=32, show_spinner=False)
def _project_funds(snapshot: Snapshot, as_of: date) -> StoredBalances | None:
    return load_fund_balances(open_store(), snapshot.reader, _evaluate(snapshot, as_of), as_of)


def current_district(districts: tuple[StoredDistrict, ...]) -> str:
    """The district picked or in the address, else the one the settings name, else the first."""
    known = [district.district_id for district in districts]
    in_address = st.query_params.get(DISTRICT_PARAMETER)
    picked = st.session_state.get(DISTRICT_PARAMETER) or in_address or load_settings().district
    if not known:
        return picked or NEW_DISTRICT
    if picked is None:
        return known[0]
    if picked not in known:
        raise InputRefused(f"There is no district {picked} in this store.", f"Choose one of: {', '.join(known)}.")
    return picked


def _draw_district_choice(districts: tuple[StoredDistrict, ...], chosen: str) -> None:
    """The choice, where there is one; the address carries its id, so that a link opens the district it was made in."""
    if len(districts) < 2:
        return
    st.query_params[DISTRICT_PARAMETER] = chosen
    # Streamlit tells options apart by what they are called.
    count = Counter(district.name for district in districts)
    same = {name for name, number in count.items() if number > 1}
    names = {one.district_id: f"{one.name}: {one.district_id}" if one.name in same else one.name for one in districts}
    st.selectbox(
        "District",
        list(names),
        index=list(names).index(chosen),
        format_func=names.__getitem__,
        key=DISTRICT_PARAMETER,
        label_visibility="collapsed",
        width=320,
    )


def pick_district(district_id: str) -> None:
    """From the next run on, look at another district."""
    st.session_state.pop(DISTRICT_PARAMETER, None)
    st.query_params[DISTRICT_PARAMETER] = district_id
