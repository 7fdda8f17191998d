"""`docs/plan-workbook.md` from the layout: `python -m data.workbooks.documentation`. A test holds them together."""

from collections.abc import Iterator
from pathlib import Path

from data.workbooks import finding_kinds
from data.workbooks.columns import SheetLayout, is_required
from data.workbooks.front_sheets import STEPS
from data.workbooks.layout import SHEETS
from data.workbooks.notes import describe_empty, describe_use
from planning.findings import FindingKind

PAGE = Path(__file__).parents[2] / "docs" / "plan-workbook.md"
_INTRODUCTION = """\
# The plan workbook

`python techplan.py template plan.xlsx` writes it: empty, or with the plan of record. Then
`python techplan.py plan plan.xlsx` reads it and stores a revision of the plan, or nothing, with a list of the cells to
mend. What goes out comes in again the same.

This page is written from `data/workbooks/layout.py` by `python -m data.workbooks.documentation`.

## How to fill it
"""
_TAKEN = """\
## What is understood

- Sheets, columns and rows in any order; names of sheets and headings in any case and spacing; blank rows; columns and
  sheets of your own (a note says that they were not read). A missing sheet is an error, never a deletion.
- Numbers typed as text (`$1,200.50`, `(1,200)`, `12%`, a dash for zero), to 15 digits as spreadsheets keep them;
  amounts by year are rounded half up to the cent, with a note. Numbers of 1,000,000,000,000,000 and more are refused.
- Fiscal years as `FY2026-27`, `2026-27`, `2026/27` or `26-27`; `2026` alone is the calendar year.
- Dates as dates, `2029-06-30` or `6/30/2029`; yes and no also as `y`, `n`, `x`, `true`, `false`.
- Lists with a semicolon between two; a name that holds a semicolon stands in quotation marks.
- Spaces around a text are dropped. A text holds at most 32,767 characters, as a cell does.
- Formulas are read by their stored result; what a program saved without results reads as empty.
"""


def document_plan_workbook() -> str:
    """The page: how to fill the workbook, every sheet and column, what is understood, every finding."""
    steps = "\n".join(f"{i}. {step}" for i, step in enumerate(STEPS, 1))
    sheets = "\n".join(_document_sheet(sheet) for sheet in SHEETS)
    findings = "\n".join(_document_finding(kind) for kind in list_workbook_findings())
    return (
        f"{_INTRODUCTION}\n{steps}\n\n{_TAKEN}\n{sheets}\n"
        f"## Findings\n\n| code | severity | what it says | what to do |\n| --- | --- | --- | --- |\n{findings}\n"
    )


def list_workbook_findings() -> list[FindingKind]:
    """The kinds of finding of this room, in the order they are defined."""
    return [kind for kind in vars(finding_kinds).values() if isinstance(kind, FindingKind)]


def _document_sheet(sheet: SheetLayout) -> str:
    head = (
        f"## {sheet.name}\n\n{sheet.purpose}\n\n| column | takes | empty means | example |\n| --- | --- | --- | --- |\n"
    )
    rows = "\n".join(_table_row(cells) for cells in _list_cells(sheet))
    return f"{head}{rows}\n"


def _list_cells(sheet: SheetLayout) -> Iterator[tuple[str, ...]]:
    for column in sheet.columns:
        empty = "not allowed" if is_required(sheet, column) else describe_empty(sheet, column)
        yield column.header, describe_use(sheet, column), empty, column.example
    if sheet.years:
        yield "fiscal years", sheet.years.note, "", ""


def _document_finding(kind: FindingKind) -> str:
    return _table_row((f"`{kind.code}`", str(kind.severity), kind.message, kind.fix))


def _table_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(document_plan_workbook(), encoding="utf-8")
