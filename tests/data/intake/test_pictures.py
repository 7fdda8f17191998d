"""Sheets as pictures: the role of every row, folds of what is alike, and cells that a person may name."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from data.intake.cells import CellValue, Sheet, Workbook
from data.intake.model import Reading, TieOut
from data.intake.pictures import (
    NOT_READ,
    Fold,
    find_meaning,
    find_place,
    find_table,
    fold_rows,
    list_covered_rows,
    list_runs,
    list_tables,
    name_covered_cells,
    parse_place,
    part_cell,
)
from data.intake.reading import read_budget
from planning.vocabulary import RowRole

TIE = TieOut(
    "Sheet1", 1, "C34", "C", "Total", RowRole.TOTAL, 1, Decimal(1), Decimal(1), Decimal(0), 1, "rows 5–10, 12",
    (("Sheet1", 1, 5, 10), ("Sheet1", 1, 12, 12), ("Sheet2", 1, 3, 9)),
)  # fmt: skip


def read_rows(*rows: Sequence[CellValue]) -> Reading:
    return read_budget(Workbook("budget.xlsx", "", 1, (Sheet("Sheet1", rows),)))


@pytest.fixture(scope="module")
def ledger() -> Reading:
    lines = [(f"10-2580-{number}", "Software", float(number)) for number in range(100, 130)]
    total = ("Total", None, float(sum(range(100, 130))))
    return read_rows(["Budget of Harlow", None, None], ["Account", "Description", "2026-27 Budget"], *lines, total)


def test_every_row_has_one_role_and_what_no_table_holds_is_not_read(ledger: Reading) -> None:
    runs = list_runs(ledger.tables, 36)
    assert [(run.first, run.last, run.meaning.role) for run in runs] == [
        (1, 1, "title"),
        (2, 2, "header"),
        (3, 32, "detail"),
        (33, 33, "total"),
        (34, 36, NOT_READ),
    ]
    assert runs[2].meaning.tables == (1,)
    assert find_meaning(runs, 33).role == "total"
    assert find_meaning(runs, 99).role == NOT_READ


def test_a_long_run_of_detail_is_folded_to_its_ends(ledger: Reading) -> None:
    shown = fold_rows(list_runs(ledger.tables, 33))
    assert shown == [1, 2, 3, 4, 5, 6, Fold(7, 30, "detail"), 31, 32, 33]
    assert Fold(7, 30, "detail").rows == 24


def test_what_is_looked_for_is_not_folded_away(ledger: Reading) -> None:
    shown = fold_rows(list_runs(ledger.tables, 33), open_rows=[20])
    assert shown[6:13] == [Fold(7, 17, "detail"), 18, 19, 20, 21, 22, Fold(23, 30, "detail")]
    assert shown[find_place(shown, 20)] == 20
    assert shown[find_place(shown, 25)] == Fold(23, 30, "detail")
    assert find_place(shown, 5000) == len(shown) - 1


def test_every_row_is_shown_on_demand(ledger: Reading) -> None:
    assert fold_rows(list_runs(ledger.tables, 33), everything=True) == list(range(1, 34))


def test_of_two_tables_on_one_row_the_column_tells_which(ledger: Reading) -> None:
    [table] = ledger.tables
    right = replace(table, table_no=2, range="H2:J33", counted=False)
    [_, _, detail, *_] = list_runs([table, right], 33)
    assert (detail.meaning.tables, detail.meaning.counted) == ((1, 2), True)
    assert find_table([table, right], (1, 2), "I") is right
    assert find_table([table, right], (1, 2), "E") is None
    assert list_tables(ledger, "Sheet1") == tuple(ledger.tables)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("d45", ("", "D45")),
        (" Sheet1!D45 ", ("Sheet1", "D45")),
        ("'Sheet1'!$D$45", ("Sheet1", "D45")),
        ("Elsewhere!D45", None),
        ("total", None),
        ("D0", None),
    ],
)
def test_a_cell_may_be_typed_as_spreadsheets_write_it(typed: str, place: tuple[str, str] | None) -> None:
    assert parse_place(typed, ["Sheet1"]) == place


def test_the_detail_of_a_total_is_named_by_its_cells() -> None:
    assert name_covered_cells(TIE) == "C5:C10, C12"
    assert list_covered_rows(TIE) == [(5, 10), (12, 12)]
    sheets = replace(TIE, covers="4 sheets: fund 100 - GENERAL FUND")
    assert name_covered_cells(sheets) == "column C of 4 sheets: fund 100 - GENERAL FUND"


def test_an_address_is_parted_into_column_and_row() -> None:
    assert part_cell("AB12") == ("AB", 12)
    assert part_cell("") == ("", 0)
