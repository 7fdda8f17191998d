"""The cells of a workbook kept beside its reading, in pages that can be looked up one by one.

The child that reads an uploaded file writes them, so that the screen can show any row of it later without reading the
file again. JSON, because what a child writes after reading a file from anywhere is not trusted.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.intake.cells import Workbook

ROWS_IN_A_PAGE = 200
_TRAILER_BYTES = 20
ShownValue = str | float | bool | None


@dataclass(frozen=True, slots=True)
class SheetOutline:
    """One sheet: how many rows and columns it has, and where its pages of cells begin in the file."""

    name: str
    rows: int
    columns: int
    visible: bool
    pages: tuple[int, ...]


def write_cell_pages(workbook: Workbook, path: str) -> None:
    """Writes every cell; where the disk is full nothing is left, and the screen says that it has no picture."""
    try:
        with Path(path).open("wb") as file:
            outline = []
            for sheet in workbook.sheets:
                pages = []
                for first in range(0, len(sheet.rows), ROWS_IN_A_PAGE):
                    pages.append(file.tell())
                    rows = sheet.rows[first : first + ROWS_IN_A_PAGE]
                    file.write(json.dumps(rows, default=str).encode() + b"\n")
                columns = max(map(len, sheet.rows), default=0)
                outline.append([sheet.name, len(sheet.rows), columns, sheet.visible, pages])
            end = file.tell()
            file.write(json.dumps(outline).encode() + b"\n" + str(end).zfill(_TRAILER_BYTES).encode())
    except OSError:
        Path(path).unlink(missing_ok=True)


def load_outline(path: Path) -> tuple[SheetOutline, ...]:
    """The sheets in the order of the workbook; nothing where no cells were kept."""
    try:
        with path.open("rb") as file:
            file.seek(-_TRAILER_BYTES, 2)
            end = int(file.read())
            file.seek(end)
            return tuple(SheetOutline(*sheet, tuple(pages)) for *sheet, pages in json.loads(file.readline()))
    except (OSError, ValueError, TypeError):
        return ()


def load_rows(path: Path, sheet: SheetOutline, numbers: Sequence[int]) -> dict[int, list[ShownValue]]:
    """Some rows of a sheet by their number, counted from 1; rows that the sheet does not have are left out."""
    wanted = [number for number in numbers if 1 <= number <= sheet.rows]
    by_page: dict[int, list[int]] = {}
    for number in wanted:
        by_page.setdefault((number - 1) // ROWS_IN_A_PAGE, []).append(number)
    found: dict[int, list[ShownValue]] = {}
    with path.open("rb") as file:
        for page, members in by_page.items():
            file.seek(sheet.pages[page])
            rows = json.loads(file.readline())
            found |= {number: rows[number - 1 - page * ROWS_IN_A_PAGE] for number in members}
    return found
