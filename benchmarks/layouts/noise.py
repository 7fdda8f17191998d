"""What stands around tables: titles, notes, print dates, page breaks, hidden rows."""

from collections.abc import Sequence
from random import Random

from benchmarks.layouts.printed import Cell, Panel
from benchmarks.layouts.tables import Table

_NOTES = (
    "Note: Amounts are subject to change upon final state allocation.",
    "* Includes one-time grants.",
    "Prepared by the Business Office",
    "Board approved on the recommendation of the Superintendent",
    "Source: District financial system",
)
_STAMPS = ("Printed 05/13/2024 10:32 AM", "Page 1 of 4", "05/13/2024", "Run date: 5/13/2024   Report: BUD-410")


def put_titles(rng: Random, panel: Panel, titles: Sequence[str]) -> Panel:
    """The panel under its titles, which stand at the left or merged over its middle."""
    titled = Panel()
    width = max(panel.width, 2)
    centred = rng.random() < 0.25
    for row, title in enumerate(titles):
        titled.put(row, 0, Cell(title, bold=True))
        if centred:
            titled.merges.append((row, 0, row, width - 1))
    if rng.random() < 0.15:
        titled.put(0, width, Cell(rng.choice(_STAMPS)))
    titled.place(panel, titled.height + rng.choice([0, 1, 1, 2]), 0)
    return titled


def put_caption(panel: Panel, caption: str, gap: int) -> Panel:
    """A table inside a sheet under its own caption."""
    captioned = Panel()
    captioned.put(0, 0, Cell(caption, bold=True))
    captioned.place(panel, 1 + gap, 0)
    return captioned


def put_notes(rng: Random, panel: Panel) -> None:
    """Notes, a print date or a page number below everything."""
    for note in rng.sample(_NOTES + _STAMPS, rng.choice([0, 0, 1, 1, 2])):
        panel.put(panel.height + rng.choice([0, 1]), 0, Cell(note))


def break_pages(rng: Random, table: Table, district: str) -> None:
    """Repeats the header every so many rows, as a report that was made for paper does."""
    top, end = table.header_rows
    band = {place: cell for place, cell in table.panel.cells.items() if top <= place[0] < end}
    merges = [merge for merge in table.panel.merges if top <= merge[0] < end]
    every = rng.randint(14, 30)
    pages = (table.panel.height - end) // every
    titled = rng.random() < 0.6
    extra = (end - top) + (2 if titled else 0)
    for page in range(pages, 0, -1):
        at = end + page * every
        if at >= table.panel.height - 1:
            continue
        table.panel.insert_rows(at, extra)
        if titled:
            table.panel.put(at, 0, Cell(district))
            table.panel.put(at + 1, 0, Cell(f"Page {page + 1} of {pages + 1}"))
        shift = at + extra - end
        for (row, column), cell in band.items():
            table.panel.put(row + shift, column, Cell(cell.value, bold=True))
        table.panel.merges += [(a + shift, b, c + shift, d) for a, b, c, d in merges]


def hide_rows(rng: Random, panel: Panel) -> None:
    """Hides a few detail rows; their money still counts."""
    rows = sorted({row for (row, _), cell in panel.cells.items() if cell.role == "detail"})
    panel.hidden_rows |= set(rng.sample(rows, min(3, len(rows) // 4)))
