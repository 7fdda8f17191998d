"""Which lines are of a class, and what a plan is to a role that does not see them."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.errors import InputRefused
from planning.evaluation import evaluate
from planning.governance.conflict_review import review_conflicts
from planning.line_classes import NOT_SHOWN, NOTHING_HIDDEN, LineRule, check_rule, hide_plan_lines
from planning.model import CostLine, Initiative, Plan
from planning.permissions import LineClass, Record, Treatment

MATRIX = tomllib.loads((Path(__file__).parents[1] / "cases" / "permissions.toml").read_text(encoding="utf-8"))
DAY = date(2026, 12, 8)
SALARY = LineRule(Record.PLAN, LineClass.SALARY, "category", "direct_labor")
CAMERAS = LineRule(Record.PLAN, LineClass.SECURITY, "initiative_id", "cameras")
WIFI = LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", "wifi", date(2027, 2, 12))
SUMMED = {LineClass.SALARY: Treatment.SUMMED, LineClass.SECURITY: Treatment.SUMMED}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return build_sample_plan()


def evaluate_cents(plan: Plan) -> list[tuple[int, int, int, str]]:
    """Every initiative in the order of the plan: what it costs, what is paid, what is not, and its rank."""
    found = evaluate(plan, load_reference(), DAY)
    return [(item.cost.cents, item.committed.cents, item.unfunded.cents, str(item.rank)) for item in found.initiatives]


def test_who_sees_no_salaries_sees_no_names_in_the_log_of_gifts_but_every_sum(plan: Plan) -> None:
    seen, hidden = hide_plan_lines(plan, [], {LineClass.SALARY: Treatment.SUMMED}, DAY)
    text = seen.model_dump_json()
    assert not any(word in text for one in plan.conflicts for word in (one.person, one.entry_id, one.description))
    kept = [(one.provider, one.value_usd, one.day, one.answer) for one in plan.conflicts]
    assert [(one.provider, one.value_usd, one.day, one.answer) for one in seen.conflicts] == kept
    codes = [[one.code for one in review_conflicts(each, load_reference(), DAY).findings] for each in (plan, seen)]
    assert codes[0] == codes[1] != []
    assert hidden.people == 3 and "3 people in the log of gifts to employees by name" in hidden.describe()
    shown, _ = hide_plan_lines(plan, [], {LineClass.SALARY: Treatment.SHOWN}, DAY)
    assert shown.conflicts == plan.conflicts


def test_what_lies_in_the_file_of_an_open_bid_goes_with_it(plan: Plan) -> None:
    rules = [LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", name) for name in ("wifi", "panels")]
    seen, _ = hide_plan_lines(plan, rules, {LineClass.OPEN_BID: Treatment.REMOVED}, DAY)
    assert {one.purchase_id for one in (*seen.criteria, *seen.offers)} == {"buy-literacy"}
    assert seen.offer_scores == () and len(seen.purchase_papers) == len(plan.purchase_papers)
    [interest] = [one for one in seen.conflicts if one.kind == "interest"]
    assert (interest.provider, interest.purchase_id, interest.request_id) == (NOT_SHOWN, None, None)


def test_what_is_summed_moves_no_total_by_a_cent(plan: Plan) -> None:
    seen, _ = hide_plan_lines(plan, [SALARY, CAMERAS], SUMMED, DAY)
    assert seen != plan
    assert evaluate_cents(seen) == evaluate_cents(plan)


def test_a_summed_plan_raises_the_same_findings(plan: Plan) -> None:
    seen, _ = hide_plan_lines(plan, [SALARY, CAMERAS], SUMMED, DAY)
    codes = [[one.code for one in evaluate(each, load_reference(), DAY).findings] for each in (seen, plan)]
    assert codes[0] == codes[1]


def test_a_summed_initiative_has_no_word_of_its_own_left(plan: Plan) -> None:
    seen, hidden = hide_plan_lines(plan, [CAMERAS], SUMMED, DAY)
    assert "amera" not in seen.model_dump_json()
    assert (hidden.initiatives, hidden.cost_lines) == (1, 3)
    [masked] = [item for item in seen.initiatives if item.name == NOT_SHOWN]
    before = next(item for item in plan.initiatives if item.initiative_id == "cameras")
    assert (masked.start, masked.life_years, masked.included) == (before.start, before.life_years, before.included)


def test_a_summed_cost_line_keeps_its_amount_and_account_but_not_its_quantity_and_price(plan: Plan) -> None:
    seen, _ = hide_plan_lines(plan, [SALARY], SUMMED, DAY)
    places = [place for place, line in enumerate(plan.cost_lines) if line.cost_line_id == "coaches.pay-10"]
    line = seen.cost_lines[places[0]]
    assert (line.quantity, line.unit_price_usd, line.account) == (Decimal(1), Decimal(141_600), "10-2230-100")
    assert (line.description, line.vendor, "coaches" in line.cost_line_id) == (NOT_SHOWN, "", False)


def test_an_open_bid_is_gone_with_its_costs_its_payers_and_whatever_names_it(plan: Plan) -> None:
    removed = {LineClass.OPEN_BID: Treatment.REMOVED}
    seen, hidden = hide_plan_lines(plan, [WIFI], removed, DAY)
    ids = [one.initiative_id for one in (*seen.initiatives, *seen.cost_lines, *seen.commitments, *seen.contributions)]
    assert "wifi" not in ids
    assert not any("wifi" in (*item.depends_on, *item.excludes) for item in seen.initiatives)
    assert (hidden.removed_initiatives, len(plan.initiatives) - len(seen.initiatives)) == (1, 1)
    assert "unknown_id" not in {one.code for one in evaluate(seen, load_reference(), DAY).findings}


def test_the_initiative_of_a_cost_line_in_an_open_bid_is_gone_whole(plan: Plan) -> None:
    rule = LineRule(Record.PLAN, LineClass.OPEN_BID, "vendor", "Summit*")
    seen, _ = hide_plan_lines(plan, [rule], {LineClass.OPEN_BID: Treatment.REMOVED}, DAY)
    assert "student-devices" not in seen.model_dump_json()


def test_a_bid_is_shown_again_the_day_after_its_last(plan: Plan) -> None:
    removed = {LineClass.OPEN_BID: Treatment.REMOVED}
    assert hide_plan_lines(plan, [WIFI], removed, date(2027, 2, 12))[1].removed_initiatives == 1
    assert hide_plan_lines(plan, [WIFI], removed, date(2027, 2, 13)) == (plan, NOTHING_HIDDEN)


def test_what_is_shown_is_the_plan_itself(plan: Plan) -> None:
    shown = dict.fromkeys(LineClass, Treatment.SHOWN)
    assert hide_plan_lines(plan, [SALARY, CAMERAS, WIFI], shown, DAY) == (plan, NOTHING_HIDDEN)
    assert NOTHING_HIDDEN.describe() == ""


def test_every_field_of_an_entry_is_kept_or_hidden_on_purpose() -> None:
    """A new field of the model goes from hidden entries until it is named, here and in the matrix."""
    from planning import line_classes

    kept, hidden = set(line_classes._KEPT_OF_INITIATIVES), set(MATRIX["fields"]["initiative"])
    assert kept | hidden | {"depends_on", "excludes", "compared_with"} == set(Initiative.model_fields)
    kept, hidden = set(line_classes._KEPT_OF_COST_LINES), set(MATRIX["fields"]["cost_line"])
    assert kept | hidden | {"initiative_id"} == set(CostLine.model_fields)
    assert not kept & hidden


@pytest.mark.parametrize(
    ("pattern", "value", "is_like"),
    [
        ("2660", "2660", True), ("2660", "26601", False), ("26*", "2660", True), ("26*", "126", False),
        ("*salar*", "Teacher SALARIES", True), ("*salar*", "Wages", False),
    ],
)  # fmt: skip
def test_a_pattern_is_a_value_its_start_or_a_part_of_it(pattern: str, value: str, is_like: bool) -> None:
    assert LineRule(Record.LEDGER, LineClass.SALARY, "description", pattern).matches(value) is is_like


def test_a_rule_must_look_at_something_there_is() -> None:
    with pytest.raises(InputRefused, match=r"lines of the plan cannot look at 'fund_code'.*initiative_id"):
        check_rule(LineRule(Record.PLAN, LineClass.SECURITY, "fund_code", "10"))


@pytest.mark.parametrize("pattern", ["", "*", "**", " "])
def test_a_rule_for_every_line_is_refused(pattern: str) -> None:
    with pytest.raises(InputRefused, match="A rule needs something to look for"):
        check_rule(LineRule(Record.LEDGER, LineClass.SECURITY, "account", pattern))
