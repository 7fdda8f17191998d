"""Sides from account codes, where a ledger export mixes them and its words do not say."""

from itertools import pairwise

from data.intake.cells import CellValue
from data.intake.charts import find_side, read_account_sides, read_charts
from data.intake.model import Reading
from planning.vocabulary import Side
from tests.data.intake.layouts import read_sheet

HEADER = ["FundCode", "FunctionCode", "ObjectCode", "Fiscal Year", "Amount"]
LINES: list[list[CellValue]] = [
    ["01", "1000", "4300", "2024-25", 5.5],
    ["01", "0000", "8011", "2024-25", 100.0],
    ["01", "7200", "5800", "2024-25", 7.0],
    ["01", "0000", "9110", "2024-25", 40.0],
    ["01", "0000", "979Z", "2024-25", 30.0],
    ["01", "9300", "7619", "2024-25", 2.0],
]


def read(*rows: list[CellValue], header: list[CellValue] | None = None) -> Reading:
    return read_sheet(header or HEADER, *rows)


def test_one_column_of_a_ledger_export_is_parted_by_the_states_codes() -> None:
    reading = read(*LINES)
    assert reading.chart == "california" and reading.published_lines == len(LINES)
    assert {total.side: total.detail_total for total in reading.totals} == {
        Side.EXPENDITURE: 12.5,
        Side.REVENUE: 100,
        Side.BALANCE_SHEET: 40,
        Side.FUND_BALANCE: 30,
        Side.TRANSFER_OUT: 2,
    }


def test_each_line_carries_its_own_side() -> None:
    for table in read(*LINES).tables:
        assert set(table.lines.attributes["side"]) == {str(table.columns[0].side)}


def test_the_tables_own_words_go_before_its_codes() -> None:
    header: list[CellValue] = [*HEADER[:4], "Budgeted expenditures"]
    assert {total.side for total in read(*LINES, header=header).totals} == {Side.EXPENDITURE}


def test_a_code_that_no_range_holds_leaves_the_table_as_it_is() -> None:
    reading = read(*LINES, ["01", "1000", "0999", "2024-25", 3.0])
    assert len(reading.tables) == 1


def test_ranges_hold_letters_and_refuse_other_lengths() -> None:
    ranges = read_account_sides("california")["object"]
    assert find_side(ranges, "979Z") is Side.FUND_BALANCE and find_side(ranges, "9780") is Side.BALANCE_SHEET
    assert [find_side(ranges, code) for code in ("430", "43000", "", "0100")] == [Side.UNKNOWN] * 4


def test_ranges_never_overlap_and_belong_to_known_charts() -> None:
    for key in read_charts():
        for ranges in read_account_sides(key).values():
            assert all(first <= last for first, last, _ in ranges)
            assert all(one[1] < other[0] for one, other in pairwise(ranges))
