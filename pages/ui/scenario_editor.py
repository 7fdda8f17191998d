"""The form in which a scenario is made: pick a kind of change, fill its few fields, see at once what it does."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import streamlit as st

from data.store.plans import StoredPlan
from data.store.scenarios import remove_scenario, save_scenario
from pages.ui.messages import draw_error, plain
from pages.ui.scenario_view import evaluate_scenario
from pages.ui.session import current_viewer, open_store
from planning.choice.changes import (
    DISCOUNT_RATE,
    Change,
    CutSource,
    Delay,
    DriverPath,
    Enrollment,
    Exclude,
    Include,
    LoseSource,
    Names,
    PriceShock,
    Rate,
    Reprice,
    Scale,
)
from planning.choice.comparison import MEASURES, say_difference
from planning.choice.scenarios import Scenario, name_targets
from planning.errors import TechplanError
from planning.evaluation import Evaluation
from planning.fiscal_years import list_fiscal_years
from planning.model import Plan
from planning.vocabulary import CostCategory, Driver

DRAFT = "scenario_draft"
NEW = "A new scenario"
Form = Callable[[Plan], Change | None]


def draw_editor(base: Evaluation, stored: StoredPlan, scenarios: Sequence[Scenario]) -> None:
    """Make or change a scenario; what it comes to is shown before it is saved."""
    with st.expander("Make or change a scenario", expanded=DRAFT in st.session_state):
        names = [NEW, *(scenario.name for scenario in scenarios)]
        name = st.selectbox("Scenario", names, key="scenario_edited", on_change=_forget)
        draft = _load_draft(next((one for one in scenarios if one.name == name), None))
        _draw_list(draft, name_targets(stored.plan))
        _draw_addition(stored.plan, draft)
        _draw_effect(base, draft)
        _draw_saving(draft, is_stored=name != NEW)


def _forget() -> None:
    st.session_state.pop(DRAFT, None)


def _load_draft(stored: Scenario | None) -> Scenario:
    """The scenario as it stands in the form; a new one has no changes and a name to be typed."""
    return st.session_state.get(DRAFT) or stored or Scenario(name=NEW)


def _keep(draft: Scenario, changes: Sequence[Change]) -> None:
    st.session_state[DRAFT] = draft.model_copy(update={"changes": tuple(changes)})
    st.rerun()


def _draw_list(draft: Scenario, names: Names) -> None:
    for number, change in enumerate(draft.changes):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(plain(change.say(names)))
            if st.button("Take out", key=f"take_out_{number}", help=f"Take out: {change.say(names)}"):
                _keep(draft, [*draft.changes[:number], *draft.changes[number + 1 :]])


def _draw_addition(plan: Plan, draft: Scenario) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox("Change", list(FORMS), key="change_kind")
        change = FORMS[kind](plan)
        if st.button("Add it", disabled=change is None) and change:
            _keep(draft, [*draft.changes, change])


def _draw_effect(base: Evaluation, draft: Scenario) -> None:
    """What the draft comes to, in a sentence for each measure; or why it cannot stand."""
    if not draft.changes:
        return
    try:
        evaluation = evaluate_scenario(draft)
    except TechplanError as error:
        draw_error(error)
        return
    for what, measure in MEASURES:
        st.write(plain(say_difference(draft.name, what, measure(evaluation) - measure(base))))


def _draw_saving(draft: Scenario, is_stored: bool) -> None:
    with st.form("save_scenario"):
        name = st.text_input("Name", value="" if draft.name == NEW else draft.name, max_chars=80)
        reason = st.text_input("Reason, for the audit trail", key="scenario_reason")
        with st.container(horizontal=True):
            saved = st.form_submit_button("Save the scenario")
            removed = is_stored and st.form_submit_button("Remove it")
    if saved and not name.strip():
        st.error("Type a name, then save it again.", title="The scenario has no name.")
    elif saved and not draft.changes:
        st.error("Add a change first.", title="A scenario without a change is the plan itself.")
    elif saved:
        _do(lambda: save_scenario(open_store(), current_viewer(), _rename(draft, name), reason), "Saved.")
    elif removed:
        _do(lambda: remove_scenario(open_store(), current_viewer(), draft.name, reason), "Removed.")


def _rename(draft: Scenario, name: str) -> Scenario:
    return draft.model_copy(update={"name": name.strip()})


def _do(work: Callable[[], None], words: str) -> None:
    try:
        work()
    except TechplanError as error:
        draw_error(error)
        return
    _forget()
    st.toast(words)
    st.rerun()


def _ask_initiative(plan: Plan, included: bool | None = None) -> str | None:
    names = {
        item.initiative_id: item.name
        for item in plan.initiatives
        if not item.archived and included in (None, item.included)
    }
    return st.selectbox("Initiative", list(names), format_func=names.__getitem__, key="change_initiative")


def _ask_percent(label: str, value: float, least: float = -99.0, most: float = 900.0) -> Decimal:
    percent = st.number_input(label, least, most, value, 0.5, key=f"change_{label}", format="%.1f")
    return Decimal(str(round(percent, 4))) / 100


def _ask_year(plan: Plan) -> str:
    first, count = plan.district.first_fiscal_year, plan.district.horizon_years
    return st.selectbox("From", list_fiscal_years(first, count), key="change_year")


def _ask_source(plan: Plan) -> str | None:
    names = {source.source_id: source.name for source in plan.sources}
    return st.selectbox("Source", list(names), format_func=names.__getitem__, key="change_source")


def _include(plan: Plan) -> Change | None:
    found = _ask_initiative(plan, included=False)
    return Include(initiative_id=found) if found else None


def _exclude(plan: Plan) -> Change | None:
    found = _ask_initiative(plan, included=True)
    return Exclude(initiative_id=found) if found else None


def _delay(plan: Plan) -> Change | None:
    found = _ask_initiative(plan)
    years = st.number_input("Years later", 1, 10, 1, key="change_years")
    return Delay(initiative_id=found, years=years) if found else None


def _scale(plan: Plan) -> Change | None:
    found = _ask_initiative(plan)
    factor = _ask_percent("Size in percent", 80.0, 1.0, 10_000.0)
    return Scale(initiative_id=found, factor=factor) if found else None


def _reprice(plan: Plan) -> Change | None:
    lines = {line.cost_line_id: line for line in plan.cost_lines}
    found = st.selectbox(
        "Cost line",
        list(lines),
        format_func=lambda key: f"{lines[key].description} ({lines[key].initiative_id})",
        key="change_line",
    )
    if not found:
        return None
    price = st.number_input(
        "Unit price in dollars", value=float(lines[found].unit_price_usd), step=1.0, key=f"change_price_{found}"
    )
    return Reprice(cost_line_id=found, unit_price_usd=Decimal(str(price)))


def _shock(_plan: Plan) -> Change:
    every = "Every family"
    word = st.selectbox(
        "Cost family", [every, *CostCategory], format_func=lambda one: one.replace("_", " "), key="change_family"
    )
    rise = _ask_percent("Rise in percent", 10.0)
    return PriceShock(category=None if word == every else CostCategory(word), rise=rise)


def _count(plan: Plan) -> Change:
    choices = [driver for driver in Driver if driver is not Driver.FIXED]
    driver = st.selectbox("What is counted", choices, key="change_driver")
    year = _ask_year(plan)
    count = st.number_input("How many", 0, 10_000_000, 0, key="change_count")
    return DriverPath(driver=Driver(driver), counts=((year, Decimal(count)),))


def _enroll(_plan: Plan) -> Change:
    return Enrollment(rate_per_year=_ask_percent("Percent a year", -1.0))


def _rate(plan: Plan) -> Change:
    names = [DISCOUNT_RATE, *(rate.name for rate in plan.district.escalation_rates)]
    name = st.selectbox("Rate", names, format_func=lambda one: one.replace("_", " "), key="change_rate")
    return Rate(name=name, rate_per_year=_ask_percent("Percent a year", 3.0))


def _lose(plan: Plan) -> Change | None:
    found = _ask_source(plan)
    year = _ask_year(plan)
    return LoseSource(source_id=found, from_year=year) if found else None


def _cut(plan: Plan) -> Change | None:
    found = _ask_source(plan)
    year = _ask_year(plan)
    share = _ask_percent("Cut by percent", 10.0, 0.1, 99.9)
    return CutSource(source_id=found, from_year=year, share=share) if found else None


FORMS: dict[str, Form] = {
    "Leave something out": _exclude,
    "Do something the plan leaves out": _include,
    "Start something later": _delay,
    "Do something larger or smaller": _scale,
    "Another price of one cost line": _reprice,
    "Prices rise or fall": _shock,
    "Enrollment grows or shrinks": _enroll,
    "Another count of a driver": _count,
    "Another rate": _rate,
    "A source is lost": _lose,
    "A source is cut": _cut,
}
