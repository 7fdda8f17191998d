"""What offices do to texts: footnote marks, labels on two rows, headers with line breaks, capitals."""

from decimal import Decimal
from random import Random

from benchmarks.layouts.printed import Cell, Panel

_LONG = 14


def _list_labels(panel: Panel) -> list[tuple[int, int]]:
    """The places of the last text before the amounts of every line."""
    places: dict[int, int] = {}
    first: dict[int, int] = {}
    for (row, column), cell in sorted(panel.cells.items()):
        if cell.role in ("detail", "taken_off"):
            first.setdefault(row, column)
    for (row, column), cell in sorted(panel.cells.items()):
        if row in first and column < first[row] and isinstance(cell.value, str) and any(map(str.isalpha, cell.value)):
            places[row] = column
    return list(places.items())


def wrap_labels(wide: Random, panel: Panel) -> None:
    """Long labels go on in the row below; the amounts stand on the first of the two rows or on the second."""
    on_second = wide.random() < 0.35
    for row, column in reversed(_list_labels(panel)):
        cell = panel.cells[row, column]
        head, _, tail = str(cell.value).rpartition(" ")
        if len(head) < _LONG - len(tail) or not head.strip() or not tail.isalpha():
            continue
        panel.insert_rows(row + (not on_second), 1)
        if on_second:
            moved = {c: panel.cells.pop((row + 1, c)) for (r, c) in list(panel.cells) if r == row + 1 and c <= column}
            panel.cells.update({(row, c): other for c, other in moved.items()})
        panel.put(row, column, Cell(head, indent=cell.indent))
        panel.put(row + 1, column, Cell(tail, indent=cell.indent))


def break_headers(wide: Random, panel: Panel) -> None:
    """Line breaks within the texts over amounts."""
    last = max(row for (row, _), cell in panel.cells.items() if cell.key)
    columns = {column for (_, column), cell in panel.cells.items() if cell.role == "detail"}
    for (row, column), cell in panel.cells.items():
        if column in columns and row < last and not cell.key and isinstance(cell.value, str):
            cell.value = cell.value.strip().replace(" ", "\n")


def mark_labels(wide: Random, panel: Panel) -> None:
    """Footnote marks behind a few labels, and the note at the foot."""
    labels = _list_labels(panel)
    mark = wide.choice(["*", " *", " (1)", " [a]", "²", "**", "†"])
    for row, column in wide.sample(labels, min(len(labels), 4)):
        cell = panel.cells[row, column]
        cell.value = f"{cell.value}{mark}"
    panel.put(panel.height + 1, 0, Cell(f"{mark.strip()} Includes one-time funds carried over from the prior year"))


def add_marks(wide: Random, panel: Panel) -> None:
    """Footnote marks behind a few figures, and the note at the foot."""
    cells = [
        cell
        for cell in panel.cells.values()
        if cell.role == "detail" and cell.key and cell.key.unit == "usd" and isinstance(cell.value, Decimal)
    ]
    mark = wide.choice(["*", "**", " *", "†"])
    for cell in wide.sample([cell for cell in cells if cell.value], min(3, sum(1 for cell in cells if cell.value))):
        cell.mark = mark
    panel.put(panel.height + 1, 0, Cell(f"{mark.strip()} Estimate; the state has not released final figures"))


def print_in_capitals(wide: Random, panel: Panel) -> None:
    """Everything in capitals, as older systems print."""
    for cell in panel.cells.values():
        if isinstance(cell.value, str):
            cell.value = cell.value.upper()
