"""A role from which lines are hidden: whatever it asks the store, no hidden line comes out, and every total stays."""

import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import FunctionType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import data.store
from data.intake.model import Reading
from data.reference import load_reference
from data.samples.plan import build_sample_plan
from data.store.audit import list_events
from data.store.budget_queries import DIMENSIONS, YearBasis, list_lines, list_measures, summarise_budget
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.line_classes import (
    add_rule,
    hide_plan,
    list_rules,
    load_rules_that_ship,
    load_treatments,
    remove_rule,
    sees_only_sums,
    set_treatment,
)
from data.store.line_filter import LineFilter
from data.store.plans import load_plan, save_plan
from data.store.viewer import Viewer
from planning.errors import InputRefused, NotPermitted
from planning.evaluation import evaluate
from planning.findings import Finding
from planning.line_classes import NOT_SHOWN, LineRule, check_rule
from planning.permissions import LineClass, Record, Role, Treatment, is_always_shown
from planning.vocabulary import Severity
from tests.data.store.readings import make_reading, make_table, make_tie_out

SECRET = "SECRET"
PLACES = ("location_code", "location_name", "program_code", "program_name", "project_code", "project_name")
WORDS = ("account", "vendor", "description", *PLACES)
COLUMN = YearBasis("FY2026-27", "proposed")
VENDOR_RULE = LineRule(Record.LEDGER, LineClass.OPEN_BID, "vendor", "SECRET bidder*")
Line = tuple[Mapping[str, str], Mapping[str, float]]


def make_line(number: int, kind: str, amount: int) -> Line:
    """A budget line; where it is of a class, all that tells it from others says SECRET."""
    codes = {
        "salary": {"nces_object": "110", "object_code": "110", "nces_function": "1000"},
        "benefit": {"object_name": "Employee benefits", "object_code": "X2"},
        "guard": {"nces_object": "430", "object_code": "430", "nces_function": "2660", "function_code": "2660"},
        "bid": {"nces_object": "734", "object_code": "734"},
        "open": {"nces_object": "640", "object_code": "640"},
    }[kind]
    word = "open" if kind == "open" else SECRET
    own = {name: f"{word} {name} {number}" for name in WORDS}
    own["vendor"] = f"{word} {'bidder' if kind == 'bid' else 'vendor'} {number}"
    return {"fund_code": "10", "technology_rule": "a rule" if number % 2 else "", **own, **codes}, {"D": float(amount)}


KINDS = st.sampled_from(["salary", "benefit", "guard", "bid", "open"])
LINES = st.lists(st.tuples(KINDS, st.integers(-10_000, 10_000)), min_size=1, max_size=12)


def publish(store: Store, viewer: Viewer, kinds: list[tuple[str, int]]) -> str:
    lines = [make_line(number, kind, amount) for number, (kind, amount) in enumerate(kinds, 1)]
    table = make_table(lines, sheet=f"{SECRET} sheet" if all(kind != "open" for kind, _ in kinds) else "Fund 10")
    reading: Reading = make_reading(
        table,
        tie_outs=(
            replace(make_tie_out("D9"), label=f"{SECRET} total of one", line_count=1),
            make_tie_out("D10", "7.00", "7.00"),
        ),
        findings=(
            Finding(Severity.WARNING, "text_in_amount", "The cell says SECRET.", "Fund 10", "D5", "SECRET"),
            Finding(Severity.NOTE, "about_the_file", "The file has one sheet."),
        ),
    )
    return publish_reading(store, viewer, reading).upload_id


@pytest.fixture
def filled(store: Store, viewer: Viewer) -> Store:
    publish(store, viewer, [("salary", 500), ("salary", 700), ("benefit", 90), ("guard", 60), ("bid", 40), ("open", 5)])
    add_rule(store, viewer, VENDOR_RULE, "the bid is open")
    return store


def look(viewer: Viewer, role: Role) -> Viewer:
    return Viewer("Lee", role, viewer.district_id)


# What every function of the store that reads for a viewer is called with; one that needs something else fails the test
# until it is named here.
ARGUMENTS: dict[str, object] = {
    "fiscal_year": "FY2026-27",
    "basis": "proposed",
    "column": COLUMN,
    "this": COLUMN,
    "other": COLUMN,
    "by": tuple(DIMENSIONS),
    "record": Record.LEDGER,
}
READS = ("list_", "load_", "summarise_", "export_", "technology_", "pivot_", "calculate_", "find_", "read_", "verify_")


def list_readers() -> Iterator[FunctionType]:
    """Every public function of the store that takes a store and a viewer and is named as one that reads."""
    for module_info in pkgutil.iter_modules(data.store.__path__, "data.store."):
        module = import_module(module_info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            if (
                function.__module__ == module.__name__
                and name.startswith(READS)
                and parameters[:2] == ["store", "viewer"]
            ):
                yield function


def ask(function: FunctionType, store: Store, viewer: Viewer, upload_id: str) -> str | None:
    """All that a function answers, as text; None where the role may not ask it at all."""
    given = {**ARGUMENTS, "upload_id": upload_id}
    parameters = list(inspect.signature(function).parameters.values())[2:]
    needed = {one.name for one in parameters if one.default is inspect.Parameter.empty}
    arguments = {name: given[name] for name in needed if name in given}
    if function.__name__ == "pivot_budget":
        return repr([function(store, viewer, **{**arguments, "by": by}) for by in DIMENSIONS])
    if needed - arguments.keys():
        return ""  # asks for what only another read can give: its own test holds it
    try:
        answer = function(store, viewer, **arguments)
        return repr(list(answer) if inspect.isgenerator(answer) else answer)
    except NotPermitted:
        return None


def test_the_functions_that_read_lines_are_among_those_asked() -> None:
    names = {function.__name__ for function in list_readers()}
    assert {"list_measures", "summarise_budget", "list_lines", "export_lines", "technology_by_account"} <= names
    assert {"list_tie_outs", "list_findings", "load_plan", "list_comments", "list_technology_lines"} <= names


@pytest.mark.parametrize("function", list_readers(), ids=lambda function: function.__name__)
def test_no_reading_function_gives_a_viewer_a_hidden_line(
    filled: Store, viewer: Viewer, function: FunctionType
) -> None:
    [upload_id] = {line.upload_id for line in list_lines(filled, viewer).lines}
    assert SECRET not in (ask(function, filled, look(viewer, Role.VIEWER), upload_id) or "")


@given(LINES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_lines_there_are_a_hidden_one_never_comes_out_and_every_sum_stays(
    kinds: list[tuple[str, int]],
) -> None:
    store, admin = Store(":memory:", clock=lambda: datetime(2026, 12, 8)), Viewer("Dana", Role.ADMIN, "harlow")
    board = look(admin, Role.VIEWER)
    publish(store, admin, kinds)
    add_rule(store, admin, VENDOR_RULE, "the bid is open")
    seen = list_lines(store, board, limit=100)
    assert SECRET not in repr(seen)
    assert seen.total_amount == list_lines(store, admin).total_amount
    for by in ("fund", "function", "object", "side", "nces_object", "technology_rule"):
        assert {group.codes: group.amount for group in summarise_budget(store, board, by)} == {
            group.codes: group.amount for group in summarise_budget(store, admin, by)
        }
    shown = [amount for kind, amount in kinds if kind == "open"]
    assert sorted(line.amount for line in seen.lines if line.description != NOT_SHOWN) == sorted(map(Decimal, shown))
    store.close()


@pytest.mark.parametrize("role", Role)
def test_a_query_of_ones_own_gets_no_more(filled: Store, viewer: Viewer, role: Role) -> None:
    """Enforcement is where SQL meets the store, so no module has to think of it."""
    plain = "SELECT description FROM budget_line WHERE district_id = $district_id"
    nested = f"WITH mine AS ({plain}) SELECT description FROM mine"
    for sql in (plain, nested, f"SELECT * FROM ({plain}) ORDER BY 1"):
        with filled.snapshot() as moment:
            answers = [filled.read(look(viewer, role), sql), list(filled.stream(look(viewer, role), sql))]
            answers.append(moment.read(look(viewer, role), sql))
        counts = [sum(SECRET in word for (word,) in rows) for rows in answers]
        assert counts == [{Role.VIEWER: 0, Role.PLANNER: 2}.get(role, 5)] * 3


def test_a_hidden_line_is_found_by_nothing_that_tells_it_from_others(filled: Store, viewer: Viewer) -> None:
    board = look(viewer, Role.VIEWER)
    [hidden, *_] = list_lines(filled, viewer).lines
    for name in ("account", "vendor", "location_code", "program_code", "project_code"):
        assert list_lines(filled, board, LineFilter(**{name: getattr(hidden, name)})).total_lines == 0
    assert list_lines(filled, board, LineFilter(text=SECRET)).total_lines == 0
    assert list_lines(filled, board, LineFilter(upload_id=hidden.upload_id, cell=hidden.cell)).total_lines == 0


def test_sums_stand_in_one_order_so_that_every_page_has_its_own(filled: Store, viewer: Viewer) -> None:
    board = look(viewer, Role.VIEWER)
    whole = list_lines(filled, board, limit=100).lines
    pages = [list_lines(filled, board, limit=1, offset=place).lines[0] for place in range(len(whole))]
    assert pages == list(whole)
    assert all(before != after for before, after in pairwise(pages))


def test_a_district_sets_what_a_role_sees_and_the_trail_says_from_what_to_what(filled: Store, viewer: Viewer) -> None:
    board = look(viewer, Role.VIEWER)
    for line_class in LineClass:
        set_treatment(filled, viewer, Role.VIEWER, Record.LEDGER, line_class, Treatment.SHOWN, "all is public here")
    assert len(load_treatments(filled, board)) == 3
    assert not sees_only_sums(filled, board)
    assert list_lines(filled, board) == list_lines(filled, viewer)
    assert '"ledger open_bid viewer":{"from":"summed","to":"shown"}' in list_events(filled, viewer)[0].detail


def test_a_district_may_hide_more_than_the_default(filled: Store, viewer: Viewer) -> None:
    cabinet = look(viewer, Role.CABINET)
    assert SECRET in repr(list_lines(filled, cabinet))
    for line_class in LineClass:
        set_treatment(filled, viewer, Role.CABINET, Record.LEDGER, line_class, Treatment.SUMMED, "our policy")
    assert SECRET not in repr(list_lines(filled, cabinet))


def test_one_districts_setting_is_not_anothers(filled: Store, viewer: Viewer) -> None:
    other = viewer.at_district("dayton")
    publish(filled, other, [("salary", 500)])
    set_treatment(filled, other, Role.VIEWER, Record.LEDGER, LineClass.SALARY, Treatment.SHOWN, "our policy")
    assert SECRET in repr(list_lines(filled, look(other, Role.VIEWER)))
    assert SECRET not in repr(list_lines(filled, look(viewer, Role.VIEWER)))


def test_a_bid_hides_its_lines_up_to_its_last_day(store: Store, viewer: Viewer) -> None:
    publish(store, viewer, [("bid", 40)])
    rule = LineRule(Record.LEDGER, LineClass.OPEN_BID, "vendor", "SECRET bidder*", date(2026, 12, 8))
    add_rule(store, viewer, rule, "the bid is open")
    board = look(viewer, Role.VIEWER)
    assert SECRET not in repr(list_lines(store, board))
    store.clock = lambda: datetime(2026, 12, 9)
    assert SECRET in repr(list_lines(store, board))


def test_a_rule_is_added_once_listed_for_who_may_set_it_and_taken_away(filled: Store, viewer: Viewer) -> None:
    add_rule(filled, viewer, VENDOR_RULE, "said again")
    [stored] = list_rules(filled, viewer)
    assert (stored.rule, stored.reason, stored.set_by) == (VENDOR_RULE, "said again", "Dana Whitfield")
    with pytest.raises(NotPermitted, match="role cabinet may not set line rules"):
        list_rules(filled, look(viewer, Role.CABINET))
    remove_rule(filled, viewer, VENDOR_RULE, "the bid is over")
    assert list_rules(filled, viewer) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_the_administrator_sets_who_sees_what(filled: Store, viewer: Viewer, role: Role) -> None:
    person = look(viewer, role)
    with pytest.raises(NotPermitted):
        set_treatment(filled, person, Role.VIEWER, Record.LEDGER, LineClass.SALARY, Treatment.SHOWN, "")
    with pytest.raises(NotPermitted):
        add_rule(filled, person, VENDOR_RULE, "")
    with pytest.raises(NotPermitted):
        remove_rule(filled, person, VENDOR_RULE, "")


def test_a_setting_that_cannot_be_is_refused_and_nothing_is_written(filled: Store, viewer: Viewer) -> None:
    before = filled.revision("harlow")
    with pytest.raises(InputRefused, match="role planner always sees every line of the plan"):
        set_treatment(filled, viewer, Role.PLANNER, Record.PLAN, LineClass.SALARY, Treatment.SUMMED, "")
    with pytest.raises(InputRefused, match="cannot look at 'colour'"):
        add_rule(filled, viewer, LineRule(Record.LEDGER, LineClass.SALARY, "colour", "red"), "")
    assert filled.revision("harlow") == before


def test_every_rule_that_ships_can_be_applied() -> None:
    rules = load_rules_that_ship(date(2026, 12, 8))
    assert {rule.line_class for rule in rules} == {LineClass.SALARY, LineClass.SECURITY}
    for rule in rules:
        check_rule(rule)
    assert load_rules_that_ship(date(2000, 1, 1)) == ()


@pytest.mark.parametrize("role", Role)
def test_the_plan_a_role_loads_has_what_it_may_see_at_every_revision(store: Store, viewer: Viewer, role: Role) -> None:
    plan = build_sample_plan()
    admin = viewer.at_district(plan.district.district_id)
    saved = save_plan(store, admin, plan)
    add_rule(store, admin, LineRule(Record.PLAN, LineClass.SECURITY, "initiative_id", "cameras"), "a secret")
    add_rule(store, admin, LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", "wifi"), "a bid")
    for revision in (None, saved.revision_id):
        stored = load_plan(store, look(admin, role), revision)
        assert stored
        words = stored.plan.model_dump_json()
        assert ("cameras" in words, '"wifi"' in words) == ((role is not Role.VIEWER,) * 2)
        assert bool(stored.hidden.describe()) is (role is Role.VIEWER)
        assert is_always_shown(Record.PLAN, role) is (role in (Role.PLANNER, Role.FINANCE, Role.ADMIN))


def test_hiding_what_is_summed_moves_no_total_of_the_plan(store: Store, viewer: Viewer) -> None:
    plan = build_sample_plan()
    admin = viewer.at_district(plan.district.district_id)
    save_plan(store, admin, plan)
    add_rule(store, admin, LineRule(Record.PLAN, LineClass.SECURITY, "description", "*a*"), "many of them")
    seen, hidden = hide_plan(store, look(admin, Role.VIEWER), plan)
    assert hidden.cost_lines > 10
    totals = [
        [atom.cents for atom in evaluate(each, load_reference(), date(2026, 12, 8)).atoms] for each in (plan, seen)
    ]
    assert totals[0] == totals[1]


def test_what_a_role_gets_is_the_same_through_every_measure(filled: Store, viewer: Viewer) -> None:
    sums = {
        role: [(one.fiscal_year, one.unit, one.side, one.amount) for one in list_measures(filled, look(viewer, role))]
        for role in Role
    }
    assert len({str(value) for value in sums.values()}) == 1


# Whoever reads the stored rows themselves goes around the choke point; these never hand a line to a person: they write
# it, add it up, compare its fingerprint or take it out. A receipt asks the choke point for the line first.
BELOW_THE_CHOKE_POINT = {
    "budget_rows.py", "drill.py", "integrity.py", "receipts.py", "retention.py", "seals.py", "verification.py",
}  # fmt: skip


def test_no_other_module_reads_the_rows_behind_the_budget_lines() -> None:
    root = Path(__file__).parents[3]
    modules = [path for folder in ("data", "pages") for path in (root / folder).rglob("*.py")]
    naming = {path.name for path in modules if re.search(r"budget_(row|amount)\b", path.read_text(encoding="utf-8"))}
    assert naming == BELOW_THE_CHOKE_POINT
