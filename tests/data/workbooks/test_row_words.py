from datetime import date
from decimal import Decimal

import pytest

from data.workbooks.row_words import describe_change, describe_state, name_row_in_full, show_value
from planning import model
from planning.revisions.diff import FieldChange, RowChange, list_row_changes
from planning.revisions.merge import Conflict
from planning.revisions.rows import RowKey, list_rows
from planning.vocabulary import SourceKind


@pytest.mark.parametrize(
    ("section", "field", "value", "words"),
    [
        ("cost_lines", "unit_price_usd", Decimal("438.125"), "$438.125"),
        ("cost_lines", "unit_price_usd", Decimal("-5"), "($5.00)"),
        ("cost_lines", "unit_price_usd", Decimal(0), "$0.00"),
        ("cost_lines", "quantity", Decimal("1200.00"), "1,200"),
        ("cost_lines", "residual_fraction", Decimal("0.055"), "5.5 %"),
        ("cost_lines", "end", None, "nothing"),
        ("commitments", "amount_cents", 43812, "$438.12"),
        ("commitments", "amount_cents", 0, "$0.00"),
        ("driver_counts", "count", Decimal(6200), "6,200"),
        ("sources", "kind", SourceKind.TITLE_I_A, "Title I-A"),
        ("sources", "window_end", date(2029, 6, 30), "2029-06-30"),
        ("initiatives", "included", False, "no"),
        ("initiatives", "sites", ("North", "High; annex"), 'North; "High; annex"'),
        ("district", "fiscal_year_start_month", 7, "July"),
    ],
)
def test_a_value_is_shown_as_a_person_types_it(section: str, field: str, value: object, words: str) -> None:
    assert show_value(section, field, value) == words


def test_a_change_is_told_field_by_field_with_the_headings_of_the_workbook(small_plan: model.Plan) -> None:
    source = small_plan.sources[0]
    amounts = (model.YearAmount(fiscal_year="FY2026-27", amount_cents=100),)
    change = RowChange(
        RowKey("sources", ("levy",)), source, source.model_copy(update={"amounts": amounts, "name": "Levy"})
    )
    assert describe_change(change) == "Name Technology levy → Levy; FY2026-27 $650,000.50 → $1.00"


def test_a_new_row_is_told_by_what_it_holds(small_plan: model.Plan) -> None:
    change = next(c for c in list_row_changes(None, small_plan) if c.key.section == "commitments")
    assert describe_change(change) == "Initiative ID wifi; Source ID levy; Fiscal year FY2026-27; Amount $438.12"


def test_both_sides_of_a_conflict_are_told(small_plan: model.Plan) -> None:
    key = RowKey("goals", ("reading",))
    row = list_rows(small_plan)[key]
    theirs, mine = (row.model_copy(update={"weight": Decimal(weight)}) for weight in (40, 50))
    conflict = Conflict(key, row, theirs, mine)
    assert (describe_state(conflict, theirs), describe_state(conflict, mine)) == ("Weight 40", "Weight 50")
    gone = Conflict(key, row, theirs, None)
    assert describe_state(gone, None) == "deleted"
    assert "Weight 40" in describe_state(gone, theirs)


def test_a_row_is_named_with_its_sheet() -> None:
    assert name_row_in_full(RowKey("cost_lines", ("switches",))) == "Cost lines: switches"
    assert name_row_in_full(RowKey("district")) == "District"


def test_every_field_of_every_row_has_a_name(small_plan: model.Plan) -> None:
    for change in list_row_changes(None, small_plan):
        assert describe_change(change)
        assert all(isinstance(field, FieldChange) for field in change.fields)
