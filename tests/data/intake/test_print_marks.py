"""Rules and currency signs that a print-out draws between its figures say nothing."""

from data.intake.print_marks import is_rule, leave_marks_out
from tests.data.intake.layouts import read_sheet, turn

HEADER = ("Description", None, "FY2024-25 Actual", None, "FY2025-26 Budget")
RULE = (None, None, "------------", None, "------------")


def test_rules_over_totals_end_no_table() -> None:
    reading = read_sheet(
        ("Expenditures",),
        HEADER,
        ("Salaries", "$", 100.0, "$", 110.0),
        ("Supplies", None, 20.0, None, 25.0),
        RULE,
        ("Total Instruction", "$", 120.0, "$", 135.0),
        ("Utilities", None, 7.0, None, 8.0),
        RULE,
        ("Total Plant", "$", 7.0, "$", 8.0),
        (None, None, "============", None, "============"),
    )
    assert (len(reading.tables), reading.published_lines) == (1, 3)
    assert [str(tie.difference) for tie in reading.tie_outs if tie.difference] == []


def test_a_row_without_a_label_but_with_signs_is_a_total() -> None:
    reading = read_sheet(
        ("Expenditures",),
        HEADER,
        ("Salaries", "$", 100.0, "$", 110.0),
        ("Supplies", "$", 20.0, "$", 25.0),
        (None, "$", 120.0, "$", 135.0),
    )
    assert [str(total.detail_total) for total in reading.totals] == ["120.000000", "135.000000"]


def test_a_header_that_is_a_sign_over_amounts_stays() -> None:
    grid = turn(("Description", "$", "FTE"), ("Salaries", 100.0, 2.0))
    assert leave_marks_out(grid) is grid
    written = turn(("Description", "$"), ("Salaries", "1,200"), ("Description", "$"), ("Supplies", "30"))
    assert leave_marks_out(written) is written


def test_a_dash_stands_for_no_amount_and_is_no_rule() -> None:
    assert not is_rule("--")
    assert is_rule("- - - -")
