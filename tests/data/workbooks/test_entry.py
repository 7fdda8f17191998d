"""Rows as an editor on the screen returns them: floats, ticks, texts; read by the rules of the workbook."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from data.intake.cells import CellValue
from data.workbooks.entry import Entry, apply_table_edits, list_entries, read_entries
from data.workbooks.layout import (
    COMMITMENTS,
    COST_LINES,
    COUNTS,
    DISTRICT,
    GOALS,
    INITIATIVES,
    RATES,
    SHEETS,
    SOURCES,
)
from planning import model
from planning.findings import Finding
from planning.revisions.diff import list_row_changes
from tests.data.workbooks.plan_strategies import plans


def retype(entries: list[Entry], place: int, **cells: CellValue) -> list[Entry]:
    """The entries with some cells of one row typed anew."""
    changed = Entry({**entries[place].cells, **cells}, entries[place].origin)
    return [*entries[:place], changed, *entries[place + 1 :]]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@given(plans())
@settings(max_examples=30, deadline=None)
def test_what_nobody_touched_is_exactly_what_it_was(plan: model.Plan) -> None:
    for layout in SHEETS:
        after, _ = read_entries(layout, plan, list_entries(layout, plan))
        assert after is not None, layout.key
        assert list_row_changes(plan, after) == (), layout.key


def test_a_float_becomes_the_decimal_that_was_typed(small_plan: model.Plan) -> None:
    entries = retype(list_entries(COST_LINES, small_plan), 0, unit_price_usd=0.1 + 0.2, quantity=3.0)
    after, findings = read_entries(COST_LINES, small_plan, entries)
    assert after is not None, findings
    assert after.cost_lines[0].unit_price_usd == Decimal("0.3")
    assert str(after.cost_lines[0].quantity) == "3"


def test_a_price_keeps_its_parts_of_a_cent_when_another_cell_changes(small_plan: model.Plan) -> None:
    after, _ = read_entries(COST_LINES, small_plan, retype(list_entries(COST_LINES, small_plan), 0, vendor="Acme"))
    assert after is not None
    assert (after.cost_lines[0].unit_price_usd, after.cost_lines[0].vendor) == (Decimal("438.125"), "Acme")


def test_pasted_words_and_signs_are_understood(small_plan: model.Plan) -> None:
    entries = [Entry({"name": "cloud", "rate_per_year": "7.5%"}), Entry({"name": "labor", "rate_per_year": "0.03"})]
    after, _ = read_entries(RATES, small_plan, [*list_entries(RATES, small_plan), *entries])
    assert after is not None
    assert [rate.rate_per_year for rate in after.district.escalation_rates[1:]] == [Decimal("0.075"), Decimal("0.03")]


def test_years_of_a_source_a_commitment_and_a_count_are_cells(small_plan: model.Plan) -> None:
    sources, _ = read_entries(
        SOURCES, small_plan, retype(list_entries(SOURCES, small_plan), 0, **{"FY2027-28": 10.005, "FY2026-27": None})
    )
    assert sources is not None
    assert [(item.fiscal_year, item.amount_cents) for item in sources.sources[0].amounts] == [("FY2027-28", 1001)]
    paid, _ = read_entries(
        COMMITMENTS, small_plan, retype(list_entries(COMMITMENTS, small_plan), 0, **{"FY2028-29": 5.0})
    )
    assert paid is not None
    assert [item.amount_cents for item in paid.commitments] == [43812, -100, 500]
    counted, _ = read_entries(COUNTS, small_plan, retype(list_entries(COUNTS, small_plan), 0, **{"FY2026-27": 7.0}))
    assert counted is not None
    assert counted.district.driver_counts[0].count == 7


def test_a_fault_is_said_at_its_row_and_column(small_plan: model.Plan) -> None:
    entries = retype(list_entries(COST_LINES, small_plan), 0, quantity=-1.0, description=None)
    after, findings = read_entries(COST_LINES, small_plan, entries)
    assert after is None
    assert {(finding.sheet, finding.cell) for finding in findings} == {("Cost lines", "row 1: Description")}
    assert "“Description” is empty" in findings[0].message
    after, findings = read_entries(
        COST_LINES, small_plan, retype(list_entries(COST_LINES, small_plan), 0, quantity=-1.0)
    )
    assert (after, codes(findings)) == (None, ["plan_value_out_of_range"])
    name = small_plan.cost_lines[0].cost_line_id
    assert findings[0].message == f"“Quantity” of {name} holds -1, which is out of range."
    assert "a number of at least 0" in findings[0].fix


def test_a_form_says_it_at_the_field(small_plan: model.Plan) -> None:
    after, findings = read_entries(
        DISTRICT, small_plan, retype(list_entries(DISTRICT, small_plan), 0, horizon_years=99)
    )
    assert (after, findings[0].cell) == (None, "Years planned")


def test_a_field_that_may_be_empty_says_its_range_too(small_plan: model.Plan) -> None:
    after, [finding] = read_entries(
        DISTRICT, small_plan, retype(list_entries(DISTRICT, small_plan), 0, borrowing_rate="-100%")
    )
    assert (after, finding.fix) == (None, "Type a percentage above -100 and below 1000 percent.")
    assert finding.message == "“Borrowing rate” of harlow holds -1.00, which is out of range."


def test_the_districts_form_keeps_its_rates_and_counts(small_plan: model.Plan) -> None:
    after, _ = read_entries(DISTRICT, small_plan, retype(list_entries(DISTRICT, small_plan), 0, discount_rate="4%"))
    assert after is not None
    assert after.district.discount_rate == Decimal("0.04")
    assert after.district.escalation_rates == small_plan.district.escalation_rates


def test_a_new_row_gets_an_id_made_of_its_name(small_plan: model.Plan) -> None:
    new = [Entry({"title": "Reading", "weight": 3.0}), Entry({"title": "Reading!", "weight": 1})]
    after, _ = read_entries(GOALS, small_plan, [*list_entries(GOALS, small_plan), *new])
    assert after is not None
    assert [goal.goal_id for goal in after.goals] == ["reading", "reading-2", "reading-3"]


def test_an_id_that_others_name_stays(small_plan: model.Plan) -> None:
    entries = retype(list_entries(INITIATIVES, small_plan), 0, initiative_id="wireless")
    after, findings = read_entries(INITIATIVES, small_plan, entries)
    assert (after, codes(findings)) == (None, ["plan_identifier_changed"])
    assert "was wifi and is now wireless" in findings[0].message


def test_a_new_row_in_which_nothing_was_typed_is_no_row(small_plan: model.Plan) -> None:
    entries = [*list_entries(GOALS, small_plan), Entry({"title": None, "weight": float("nan")}), Entry({"title": " "})]
    after, findings = read_entries(GOALS, small_plan, entries[:1] + entries[2:])
    assert after is not None, findings
    assert after.goals == small_plan.goals


@pytest.mark.parametrize("typed", ["2029-06-30", "2029-06-30T00:00:00.000", date(2029, 6, 30)])
def test_a_date_comes_as_text_or_as_a_date(small_plan: model.Plan, typed: str | date) -> None:
    after, _ = read_entries(SOURCES, small_plan, retype(list_entries(SOURCES, small_plan), 0, window_end=typed))
    assert after is not None
    assert after.sources[0].window_end == date(2029, 6, 30)


def test_a_row_taken_out_is_a_deletion(small_plan: model.Plan) -> None:
    after, _ = read_entries(GOALS, small_plan, [])
    assert after is not None
    assert [str(change.key) for change in list_row_changes(small_plan, after)] == ["goals:reading"]


def test_the_edits_of_a_table_are_made_on_its_rows() -> None:
    rows = [Entry({"goal_id": name, "weight": 1.0}, place) for place, name in enumerate("abc")]
    edits = {
        "edited_rows": {0: {"weight": 5}, "2": {"goal_id": "z"}},
        "deleted_rows": [1],
        "added_rows": [{"title": "New", "_index": 3}],
    }
    assert apply_table_edits(rows, edits) == [
        Entry({"goal_id": "a", "weight": 5}, 0),
        Entry({"goal_id": "z", "weight": 1.0}, 2),
        Entry({"title": "New"}),
    ]
    assert apply_table_edits(rows, {}) == rows
