"""What offices do to a sheet when they print it: columns and rows put between, marks, rules, notes, moved totals.

Drawn from a stream of its own, so that the tables are those of the first edition under it.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from benchmarks.layouts.documents import Document
from benchmarks.layouts.printed import Cell, Panel, add_up
from benchmarks.layouts.wider_marks import add_marks, break_headers, mark_labels, print_in_capitals, wrap_labels

_BESIDE = frozenset({"side_by_side", "grid", "continued"})  # a column put between would cut the table beside
_EXPORTS = frozenset({"long_list", "years_down"})
_REMARKS = (
    "New grant",
    "See page 12",
    "Up 3% per contract",
    "Moved from 2230 in FY24",
    "2 positions added",
    "$5,000 one-time",
    "TBD",
)
_NARRATIVE = (
    "The budget reflects a 3.2% increase in salaries and $1,250,000 of new state aid for students with disabilities.",
    "This department supports 14 schools and 8,450 students; 3.5 positions are vacant at the time of printing.",
    "Mission: to provide safe, efficient and reliable services that support learning in every classroom.",
)
Change = Callable[[Random, Panel], None]


def widen(document: Document) -> None:
    """Every second file is printed in one or two of these ways."""
    wide = document.wide
    if wide is None or wide.random() < 0.45:
        return
    family = document.features["family"]
    names = [name for name in _CHANGES if _fits(document, name, family)]
    chosen = wide.sample(names, min(len(names), wide.choice([1, 1, 2])))
    for name in chosen:
        for sheet in document.sheets:
            if list_amount_columns(sheet.panel):
                _CHANGES[name](wide, sheet.panel)
    document.plain_money = "currency_column" in chosen
    document.note(wider="+".join(chosen))


def _fits(document: Document, name: str, family: str) -> bool:
    if family in _BESIDE and name in _COLUMNS:
        return False
    if family in _EXPORTS and name not in _OF_EXPORTS:
        return False
    if name == "header_breaks":
        return document.suffix == "xlsx"
    if name == "outer_totals":
        return len(document.columns) == 1 and family in ("lines", "stacked", "fund_sheets")
    return name != "subtotals_right" or family in ("lines", "stacked", "fund_sheets")


def list_amount_columns(panel: Panel) -> list[int]:
    """Columns with dollars of lines."""
    return sorted({column for (_, column), cell in panel.cells.items() if is_money(cell)})


def is_money(cell: Cell) -> bool:
    """Whether a cell holds dollars of a line."""
    return cell.role == "detail" and cell.key is not None and cell.key.unit == "usd"


def list_body_rows(panel: Panel) -> list[int]:
    return sorted({row for (row, _), cell in panel.cells.items() if cell.key})


def list_total_rows(panel: Panel) -> list[int]:
    """Rows whose amounts are all totals."""
    rows: dict[int, set[str]] = {}
    for (row, _), cell in panel.cells.items():
        if cell.key:
            rows.setdefault(row, set()).add(cell.role)
    return sorted(row for row, roles in rows.items() if roles == {"total"})


def list_header_rows(panel: Panel, column: int) -> list[int]:
    """The last row of every header band over a column of amounts."""
    texts = {row for (row, c), cell in panel.cells.items() if c == column and _is_word(cell)}
    amounts = [row for (row, c), cell in panel.cells.items() if c == column and cell.key]
    return sorted(row for row in texts if row + 1 not in texts and row < max(amounts))


def _is_word(cell: Cell) -> bool:
    return not cell.role and isinstance(cell.value, str) and cell.value.strip("-=") != ""


def space_lines(wide: Random, panel: Panel) -> None:
    """A blank row between each line and the next."""
    for row in reversed(list_body_rows(panel)):
        panel.insert_rows(row, 1)


def add_remarks(wide: Random, panel: Panel) -> None:
    """A column of notes at the right end, on a few lines."""
    column = panel.width + wide.choice([0, 0, 1])
    word = wide.choice(["Notes", "Comments", "Remarks", "Explanation"])
    for row in list_header_rows(panel, list_amount_columns(panel)[0]):
        panel.put(row, column, Cell(word, bold=True))
    for row in list_body_rows(panel):
        if wide.random() < 0.25:
            panel.put(row, column, Cell(wide.choice(_REMARKS)))


def add_share(wide: Random, panel: Panel) -> None:
    """Percent of the whole, before or after a column of amounts."""
    column = wide.choice(list_amount_columns(panel))
    after = wide.choice([0, 0, 1])
    headers = list_header_rows(panel, column)
    amounts = {row: cell for (row, c), cell in panel.cells.items() if c == column and cell.key}
    whole = add_up(cell for cell in amounts.values() if cell.role == "detail")
    panel.insert_columns(column + after, 1)
    text = wide.choice(["% of Total", "% of Budget", "Percent of Total", "%"])
    for row in headers:
        panel.put(row, column + after, Cell(text, bold=True))
    for row, cell in amounts.items():
        if isinstance(cell.value, Decimal) and whole:
            panel.put(row, column + after, Cell(round(cell.value / whole, 4), percent=True))


def add_currency(wide: Random, panel: Panel) -> None:
    """The dollar sign in a column of its own before every amount, or on the first line and the totals only."""
    every = wide.random() < 0.5
    totals = set(list_total_rows(panel))
    for column in reversed(list_amount_columns(panel)):
        rows = sorted(row for (row, c), cell in panel.cells.items() if c == column and cell.key and cell.value)
        panel.insert_columns(column, 1)
        for row in rows:
            if every or row in totals or row == rows[0]:
                panel.put(row, column, Cell("$"))


def draw_rules(wide: Random, panel: Panel) -> None:
    """Hyphens over every total and equal signs below the last, as printers without lines do."""
    columns, totals = list_amount_columns(panel), list_total_rows(panel)
    if not totals:
        return
    last = totals[-1]
    panel.insert_rows(last + 1, 1)
    for column in columns:
        panel.put(last + 1, column, Cell("=" * 14))
    for row in reversed(totals):
        panel.insert_rows(row, 1)
        for column in columns:
            panel.put(row, column, Cell("-" * 14))


def move_away(wide: Random, panel: Panel) -> None:
    """Empty rows above and columns to the left."""
    panel.insert_rows(0, wide.randint(0, 4))
    panel.insert_columns(0, wide.randint(1, 3))


def number_rows(wide: Random, panel: Panel) -> None:
    """A number before every row, as boards ask for."""
    headers = list_header_rows(panel, list_amount_columns(panel)[0])
    panel.insert_columns(0, 1)
    text = wide.choice(["Line", "Line No.", "#", "Row", "Ln"])
    for row in headers:
        panel.put(row, 0, Cell(text))
    for number, row in enumerate(list_body_rows(panel), 1):
        panel.put(row, 0, Cell(Decimal(number), "number"))


def move_totals_out(wide: Random, panel: Panel) -> None:
    """Totals one column right of what they add up."""
    column = list_amount_columns(panel)[0]
    if panel.width > column + 1 or len(list_amount_columns(panel)) > 1:
        return
    for row in list_total_rows(panel):
        panel.cells[row, column + 1] = panel.cells.pop((row, column))


def move_subtotals_right(wide: Random, panel: Panel) -> None:
    """The label of a total in the last column of labels."""
    last = list_amount_columns(panel)[0] - 1
    for row in list_total_rows(panel):
        if last > 0 and all((row, column) not in panel.cells for column in range(1, last + 1)):
            cell = panel.cells.pop((row, 0), None)
            if cell:
                panel.put(row, last, cell)


def drop_label_headers(wide: Random, panel: Panel) -> None:
    """Nothing stands over the labels."""
    first = min(list_amount_columns(panel))
    numbers = {column for (_, column), cell in panel.cells.items() if cell.role == "number" or cell.percent}
    for row in list_header_rows(panel, first):
        for column in set(range(first)) - numbers:
            panel.cells.pop((row, column), None)


def tell(wide: Random, panel: Panel) -> None:
    """A paragraph between the titles and the header."""
    first = min(list_header_rows(panel, min(list_amount_columns(panel))), default=0)
    while first > 0 and any(row == first - 1 and column > 0 for row, column in panel.cells):
        first -= 1
    if first > 0:
        panel.insert_rows(first, 2)
        panel.put(first, 0, Cell(wide.choice(_NARRATIVE)))


_CHANGES: dict[str, Change] = {
    "blank_rows": space_lines,
    "remarks": add_remarks,
    "share": add_share,
    "currency_column": add_currency,
    "rules": draw_rules,
    "moved": move_away,
    "row_numbers": number_rows,
    "outer_totals": move_totals_out,
    "subtotals_right": move_subtotals_right,
    "no_label_headers": drop_label_headers,
    "narrative": tell,
    "wrapped_labels": wrap_labels,
    "header_breaks": break_headers,
    "label_marks": mark_labels,
    "number_marks": add_marks,
    "capitals": print_in_capitals,
}
_COLUMNS = frozenset({"remarks", "share", "currency_column", "row_numbers", "outer_totals", "subtotals_right"})
_COLUMNS |= {"wrapped_labels", "no_label_headers", "rules", "narrative", "blank_rows"}
_OF_EXPORTS: Sequence[str] = ("blank_rows", "remarks", "moved", "row_numbers", "number_marks", "capitals")
