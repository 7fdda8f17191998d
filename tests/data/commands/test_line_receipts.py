"""Every amount of `read --lines` comes with the text of its cell, its column, its role and its table."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from data.commands.budget import write_lines_csv
from data.commands.line_receipts import RECEIPT_FIELDS
from data.intake.cells import CellValue, Sheet, Workbook
from data.intake.reading import read_budget, read_budget_file

WORKBOOKS = Path(__file__).resolve().parents[4] / "shared" / "workbooks"
ROWS: list[Sequence[CellValue]] = [
    ["Adopted budget 2026-27 (in thousands)", None, None],
    ["Account", "Description", "Amount"],
    ["10-2580-350", "Network services", 12.5],
    ["10-2580-650", "Software", "$1,450"],
    ["10-1000-610", "Supplies", "(300)"],
    ["10-1000-640", "Books", 7.0],
]


def write_lines(folder: Path, rows: list[Sequence[CellValue]]) -> list[dict[str, str]]:
    reading = read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", rows),)), {"scale": "as stated"})
    write_lines_csv(reading, folder / "lines.csv")
    with (folder / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_receipt_has_the_cell_as_it_is_in_the_file(tmp_path: Path) -> None:
    lines = write_lines(tmp_path, ROWS)
    found = [(line["cell"], line["raw_text"], Decimal(line["amount"])) for line in lines]
    assert found == [("C3", "12.5", 12500), ("C4", "$1,450", 1_450_000), ("C5", "(300)", -300_000), ("C6", "7", 7000)]
    assert tuple(lines[0])[-len(RECEIPT_FIELDS) :] == RECEIPT_FIELDS
    receipt = [lines[0][name] for name in RECEIPT_FIELDS]
    assert receipt == ["Amount", "1000", "12.5", "detail", "A2:C6"]


@pytest.mark.workbooks
@pytest.mark.skipif(not WORKBOOKS.exists(), reason="the shown workbooks are not here")
def test_a_csv_with_text_money_keeps_the_text_of_every_amount(tmp_path: Path) -> None:
    name = "hubbardston_ma_fy26_budget.csv"
    write_lines_csv(read_budget_file(str(WORKBOOKS / name)), tmp_path / "lines.csv")
    with (WORKBOOKS / name).open(newline="", encoding="utf-8-sig") as file:
        cells = list(csv.reader(file))
    with (tmp_path / "lines.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) > 700
    for line in lines:
        cell = cells[int(line["row_number"]) - 1][ord(line["column_letter"]) - ord("A")]
        assert line["raw_text"].lstrip("'") == cell.strip(), line["cell"]
