"""Which columns hold amounts and which labels."""

import pytest

from data.intake.drafts import TableDraft
from data.intake.headers import read_value_header
from tests.data.intake.layouts import draft, read_sheet


def list_parts(table: TableDraft) -> tuple[list[str], list[str]]:
    return [label.header for label in table.labels], [value.header for value in table.values]


def test_codes_are_labels_and_money_is_amounts() -> None:
    table = draft(["Object Code", "School No.", "FY25 Budget"], [100, 12, 5.5], [200, 13, 6])
    assert list_parts(table) == (["Object Code", "School No."], ["FY25 Budget"])


@pytest.mark.parametrize(
    "header", ["School Psychologist", "Fund 10", "School Lunch", "Program Supplies", "North", "Title"]
)
def test_whole_dollars_under_a_header_that_only_contains_a_word_of_codes_are_money(header: str) -> None:
    table = draft(["Item", header, "South"], ["Paper", 100, 5], ["Pens", 0, 7])
    assert header in list_parts(table)[1]


@pytest.mark.parametrize("header", ["School", "Fund Code", "Function", "Project Number", "Account", "Org Key", "Zip"])
def test_whole_numbers_under_a_header_of_codes_are_labels(header: str) -> None:
    table = draft(["Item", header, "Amount"], ["Paper", 100, 5.5], ["Pens", 200, 7])
    assert list_parts(table) == (["Item", header], ["Amount"])


def test_a_column_of_words_with_a_stray_dollar_is_a_column_of_labels() -> None:
    """Not one warning for each of its texts."""
    names = [["Stipend", 1.5], ["$0", 2], ["Postage", 3], ["Legal", 4], ["Audit", 5]]
    reading = read_sheet(["", "FY25 Expenditures"], *names)
    assert [column.header for column in reading.tables[0].columns] == ["FY25 Expenditures"]
    assert not reading.findings and reading.published_lines == 5


def test_an_announced_column_stays_one_although_some_cells_are_words() -> None:
    rows = [["a", 1.5], ["b", "see note"], ["c", 2], ["d", "pending"], ["e", 3]]
    reading = read_sheet(["Item", "FY25 Budget Expenditures"], *rows)
    assert reading.totals[0].detail_total == pytest.approx(6.5)
    assert draft(["Item", "North", "FY25"], *([x, "n", y] for x, y in rows)).labels[1].header == "North"


def test_a_column_of_dates_and_flags_is_no_column_of_amounts() -> None:
    rows = [["a", 1, 5.5], ["b", "06/25/2024", 6], ["c", "TRUE", 7], ["d", 4, 8]]
    assert list_parts(draft(["Item", "Data", "FY25 Budget"], *rows))[1] == ["FY25 Budget"]


def test_change_and_percent_columns_are_left_out_with_a_reason() -> None:
    header = ["Item", "FY25 Budget", "FY26 Budget", "$ Change", "Percent"]
    table = draft(header, ["Paper", 1.5, 2, 0.5, "33.33%"], ["Pens", 4, 2, -2, "-50.00%"])
    assert list_parts(table) == (["Item"], ["FY25 Budget", "FY26 Budget"])
    assert table.reasons == [f"Column {name} compares other columns and is left out." for name in header[3:]]


def test_a_column_that_only_numbers_the_rows_is_no_label() -> None:
    table = draft([None, "Item", "FY25 Budget"], ["1", "Paper", 1.5], ["2", "Pens", 4], ["3", None, 5.5])
    assert list_parts(table)[0] == ["Item"] and "numbers the rows" in table.reasons[0]


@pytest.mark.parametrize("numbers", [("1", "2", "4"), ("10", "20", "30"), ("1", "1", "2")])
def test_numbers_with_gaps_are_labels(numbers: tuple[str, ...]) -> None:
    table = draft([None, "Item", "FY25 Budget"], *([n, "Paper", 1.5] for n in numbers))
    assert [label.index for label in table.labels] == [0, 1]


def test_repeated_headers_do_not_count_as_words_among_the_amounts() -> None:
    page = [["Item", "North", "South"], ["Paper", 1.5, 2]]
    assert list_parts(draft(*page, *page, *page))[1] == ["North", "South"]


def test_an_announced_column_without_a_figure_yet_is_kept() -> None:
    table = draft(["Item", "FY25 Actual", "FY26 Adopted"], ["Paper", 1.5, None], ["Pens", 2, None])
    assert list_parts(table)[1] == ["FY25 Actual", "FY26 Adopted"]


def test_whole_numbers_of_a_text_file_are_amounts_beside_written_amounts() -> None:
    table = draft(["School", "Staff", "Supplies"], ["North", "100", "5.50"], ["South", "0", "7"])
    assert list_parts(table) == (["School"], ["Staff", "Supplies"])


@pytest.mark.parametrize("texts", [("0100", "0200"), ("2024", "2025"), ("12", "x")])
def test_codes_years_and_words_of_a_text_file_stay_labels(texts: tuple[str, str]) -> None:
    table = draft(["Place", "Level", "Supplies"], ["North", texts[0], "5.50"], ["South", texts[1], "7"])
    assert list_parts(table)[1] == ["Supplies"]


@pytest.mark.parametrize("as_text", [True, False])
def test_numbers_that_never_repeat_and_are_equally_long_name_things(as_text: bool) -> None:
    numbers = [128799.0 + 31 * n for n in range(12)]
    rows = [[f"Place {n}", f"{number:.0f}" if as_text else number, "5.50"] for n, number in enumerate(numbers)]
    assert list_parts(draft(["Place", "BEN", "Supplies"], *rows)) == (["Place", "BEN"], ["Supplies"])


def test_figures_without_a_header_are_not_read_and_that_is_said() -> None:
    reading = read_sheet(["Item", "FY25 Expenditures", None], ["Paper", 1.5, 2], ["Pens", 3, 4])
    finding = reading.findings[0]
    assert (finding.code, finding.cell, finding.found) == ("column_without_header", "C1", "C")
    assert len(reading.totals) == 1


@pytest.mark.parametrize("header", [None, "#", "No.", "Row", "Line no."])
def test_a_column_that_counts_the_rows_is_neither_label_nor_amount(header: str | None) -> None:
    rows = [[float(number), f"Item {number}", 2.5 * number] for number in range(1, 6)]
    table = draft([header, "Item", "FY25 Budget"], *rows, ["Printed by the office", None, None])
    assert list_parts(table) == (["Item"], ["FY25 Budget"])


def test_numbers_that_do_not_count_stay_what_they_are() -> None:
    table = draft(["Item", "Line"], ["a", 1.0], ["b", 3.0], ["c", 2.0], ["d", 400.0])
    assert "Line" in [label.header for label in table.labels] + [value.header for value in table.values]


def test_amounts_partly_written_and_partly_plain_are_one_column() -> None:
    table = draft(["Item", "Cost"], ["a", "$1,200"], ["b", 500.0], ["c", "(30.00)"], ["d", "N/A"], ["e", "$7"])
    assert [amount for amount in table.values[0].amounts if amount == amount] == [1200, 500, -30, 7]


def test_codes_partly_written_and_partly_plain_stay_labels() -> None:
    table = draft(["Object Code", "FY25 Budget"], ["0100", 2.5], ["979Z", 3], [1100.0, 4], ["0200", 5])
    assert list_parts(table) == (["Object Code"], ["FY25 Budget"])


def test_a_dash_in_a_column_nobody_named_is_no_label() -> None:
    table = draft(["Item", "FY25 Budget", None], ["Paper", 1.5, "-"], ["Pens", 3, "N/A"], ["Total", 4.5, "—"])
    assert [len(table.detail), len(table.totals)] == [2, 1]


def test_december_is_no_decrease() -> None:
    assert not read_value_header("Dec-24").is_change
    assert read_value_header("Inc/(Dec)").is_change


def test_whole_numbers_that_no_total_adds_up_are_codes_whatever_their_header_is() -> None:
    rows = [
        *[[10, 1100, "Salaries", 5.5], [10, 1100, "Supplies", 4.25], [None, None, "1100 Total", 9.75]],
        *[[10, 2600, "Fuel", 1.25], [10, 2600, "Oil", 1.5], [None, None, "2600 Total", 2.75]],
        [None, None, "Grand Total", 12.5],
    ]
    reading = read_sheet(["Expenditures 2024-25"], ["Seg 1", "Seg 2", "Description", "Budget"], *rows)
    assert [column.header for column in reading.tables[0].columns] == ["Budget"]
    assert [str(total.detail_total) for total in reading.totals] == ["12.500000"]


def test_one_figure_below_zero_leaves_the_others_of_a_text_column_amounts() -> None:
    header = ["Function", "Adams High School", "Oak Hill School", "District Total"]
    rows = [["Fiscal Services", "128807", "127110", "255917"], ["Instruction", "489572", "-801", "488771"]]
    reading = read_sheet(["2017-18 Expenditure Budget"], [None], header, *rows)
    assert sum(total.detail_total for total in reading.totals) == 744688
    assert not reading.questions
