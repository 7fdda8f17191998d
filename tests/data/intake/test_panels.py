"""Tables beside each other are read on their own; a panel that continues the first is not cut off."""

from decimal import Decimal

from data.intake.panels import split_panels
from planning.vocabulary import Side
from tests.data.intake.layouts import read_sheet, turn

LEFT = [["Source", "FY25 Budget"], ["Taxes", 900.0], ["Aid", 80.5], ["Rentals", 7.0]]
RIGHT = [["Object", "FY25 Budget"], ["Salaries", 600.0], ["Supplies", 50.25], ["Travel", 3.0]]
BESIDE = [[*left, None, *right] for left, right in zip(LEFT, RIGHT, strict=True)]


def test_revenues_beside_expenditures_are_two_tables() -> None:
    reading = read_sheet(["Revenues", None, None, "Expenditures"], *BESIDE)
    found = {total.side: total.detail_total for total in reading.totals}
    assert found == {Side.REVENUE: Decimal("987.5"), Side.EXPENDITURE: Decimal("653.25")}
    assert [table.range for table in reading.tables] == ["A2:B5", "D2:E5"] and not reading.questions


def test_a_stamp_above_the_empty_column_does_not_join_the_tables() -> None:
    grid = turn(["Budget", None, "Page 1 of 4"], *BESIDE)
    assert [sum(column[2] is not None for column in part.columns) for part in split_panels(grid)] == [2, 2]


def test_two_funds_with_the_same_lines_and_the_same_header_are_two_tables() -> None:
    rows = [[*line, None, line[0], line[1] if n == 0 else 5.0] for n, line in enumerate(RIGHT)]
    assert len(split_panels(turn(*rows))) == 2
    assert read_sheet(["Fund 10", None, None, "Fund 20"], *rows).totals[0].detail_total == Decimal("668.25")


def test_a_panel_with_the_same_labels_and_other_years_continues_the_first() -> None:
    rows = [[*line, None, line[0], "FY26 Budget" if n == 0 else 1.0] for n, line in enumerate(RIGHT)]
    assert len(split_panels(turn(*rows))) == 1


def test_empty_columns_inside_a_table_do_not_cut_it() -> None:
    spaced = [
        [code, None, name, None, amount, None, amount] for code, (name, amount) in zip("1234", RIGHT, strict=True)
    ]
    assert len(split_panels(turn(*spaced))) == 1


def test_a_column_of_comments_to_the_right_is_no_table() -> None:
    rows = [[*line, None, f"Comment {n}"] for n, line in enumerate(RIGHT)]
    assert len(split_panels(turn(*rows))) == 1


def test_two_tables_with_empty_columns_inside_are_told_apart() -> None:
    rows = [[a, None, b, None, c, None, d] for (a, b), (c, d) in zip(LEFT, RIGHT, strict=True)]
    assert len(split_panels(turn(*rows))) == 2


def test_a_sheet_without_amounts_is_one_grid() -> None:
    assert len(split_panels(turn(["Notes"], ["Nothing here"]))) == 1


def test_an_empty_column_in_one_list_does_not_cut_it() -> None:
    """One header row names every column once and every row goes across: the empty column is for the eye."""
    header = ["City", "Requested amount", None, "Library", "Awarded amount"]
    rows = [header, *([f"Town {n}", 10.5 * n, None, f"Branch {n}", 5.25 * n] for n in range(1, 8))]
    assert len(split_panels(turn(*rows))) == 1
    totals = [["Total", 294.0, None, "Total", 147.0]]
    assert len(split_panels(turn(*rows, *totals))) == 2


def test_a_column_of_written_percents_begins_no_table() -> None:
    grid = turn(
        ("Item", "2024-25", None, "% of Total", "2025-26"),
        ("Paper", 120.0, None, "60.00%", 130.0),
        ("Pens", 80.0, None, "40.00%", 90.0),
        (None, 200.0, None, "100.00%", 220.0),
    )
    assert split_panels(grid) == [grid]
