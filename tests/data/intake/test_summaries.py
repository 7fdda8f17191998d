"""A summary is compared with the ledger and counted never; what only looks like one is counted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import RowRole, TableKind
from tests.data.intake.layouts import (
    FUNDS,
    build_ledger,
    build_workbook,
    change_cell,
    list_mismatches,
    read_sheet,
)


@pytest.fixture(scope="module")
def ledger() -> Reading:
    return read_budget(build_ledger())


def test_every_figure_of_a_summary_is_a_tie_out_with_the_ledger(ledger: Reading) -> None:
    ties = [tie for tie in ledger.tie_outs if tie.sheet == "Summary"]
    assert len(ties) == 4 * (len(FUNDS) + 1) and all(tie.difference == 0 for tie in ties)
    assert {tie.role for tie in ties if tie.label == "Grand total"} == {RowRole.TOTAL}
    assert {tie.line_count for tie in ties if tie.label.startswith("10")} == {4}


def test_a_summary_stands_above_all_totals_of_the_ledger(ledger: Reading) -> None:
    own = max(tie.level for tie in ledger.tie_outs if tie.sheet != "Summary")
    assert min(tie.level for tie in ledger.tie_outs if tie.sheet == "Summary") > own


@pytest.mark.parametrize(("row", "column"), [(2, 1), (3, 4), (4, 2)])
def test_a_wrong_figure_in_a_summary_is_a_mismatch_at_its_own_cell(row: int, column: int) -> None:
    reading = read_budget(change_cell(build_ledger(), "Summary", row, column, 1))
    assert list_mismatches(reading) == {("Summary", f"{'ABCDE'[column]}{row + 1}")}
    assert reading.published_lines == 5


def test_a_summary_alone_is_the_budget() -> None:
    summary = build_ledger().sheets[0]
    reading = read_budget(build_workbook((summary.name, summary.rows)))
    assert reading.published_lines == 2 and reading.tables[0].kind is TableKind.LINES


def test_a_small_table_with_other_figures_is_no_summary() -> None:
    reading = read_budget(build_ledger())
    other = build_ledger()
    for row in (2, 3, 4):
        for column in range(1, 5):
            other = change_cell(other, "Summary", row, column, 1000 * row + column)
    changed = read_budget(other)
    assert changed.tables[0].counted and not reading.tables[0].counted
    assert changed.published_lines == 7


def test_the_order_of_the_sheets_changes_nothing() -> None:
    workbook = build_ledger()
    reading = read_budget(replace(workbook, sheets=list(reversed(workbook.sheets))))
    assert reading.totals[0].detail_total == Decimal(660)
    assert not list_mismatches(reading) and reading.published_lines == 5


def test_a_block_that_lists_the_blocks_above_it_by_their_headings_is_a_summary() -> None:
    """Board books print the name of a block over its labels."""
    blocks = {"Instruction": [("Salaries", 700.5), ("Supplies", 40)], "Transportation": [("Drivers", 90), ("Fuel", 25)]}
    rows: list[list] = []
    for name, lines in blocks.items():
        rows += [[name, "2025-26 Proposed"], *map(list, lines), [f"Total {name}", sum(a for _, a in lines)], [None]]
    summary = [["Summary of Expenditures", "2025-26 Proposed"], ["Instruction", 740.5], ["Transportation", 115]]
    reading = read_sheet(*rows, *summary, ["Total Operating Budget", 855.5])
    assert [table.counted for table in reading.tables] == [True, True, False]
    assert reading.totals[0].detail_total == Decimal("855.5") and not list_mismatches(reading)


def test_totals_on_a_sheet_of_their_own_are_a_summary_though_the_ledger_names_no_codes() -> None:
    detail = [
        ["Function", "Description", "FY26 Budget"],
        ["Guidance", "Salaries", 500.0],
        ["Guidance", "Supplies", 40.0],
        ["Health", "Salaries", 295.0],
        ["Health", "Supplies", 5.0],
        ["Grand Total", None, 840.0],
    ]
    totals = [
        ["Code", "Function", "FY26 Budget"],
        ["2120", "Guidance", 540.0],
        ["2130", "Health", 300.0],
        ["Total", None, 840.0],
    ]
    reading = read_budget(build_workbook(("Totals", totals), ("Detail", detail)))
    assert [table.kind for table in reading.tables] == [TableKind.SUMMARY, TableKind.LINES]
    assert [total.detail_total for total in reading.totals] == [840] and not reading.questions[1:]


def test_totals_on_a_sheet_of_their_own_name_the_headings_of_the_ledger() -> None:
    detail = [
        ["Description", "FY26 Budget"],
        ["LIBRARY"],
        ["Books", 500.0],
        ["Travel", 40.0],
        ["TECHNOLOGY"],
        ["Software", 295.0],
        ["Tablets", 5.0],
    ]
    totals = [["Code", "Function", "FY26 Budget"], ["2420", "Library", 540.0], ["7700", "Technology", 300.0]]
    reading = read_budget(build_workbook(("Totals", totals), ("Detail", detail)))
    assert [table.kind for table in reading.tables] == [TableKind.SUMMARY, TableKind.LINES]
