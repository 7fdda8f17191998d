"""Families that the first edition did not have: months across, totals on a sheet of their own, mixed scales, pages."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

from benchmarks.layouts.district import Column, Line
from benchmarks.layouts.documents import (
    Document,
    choose_caption,
    choose_columns,
    choose_side,
    choose_table_style,
    choose_values,
    invent,
    list_levels,
    name_sheet,
    write_titles,
)
from benchmarks.layouts.headings import ValueColumn, Years, print_header
from benchmarks.layouts.noise import put_caption, put_titles
from benchmarks.layouts.printed import Cell, Panel, Sheet, add_up
from benchmarks.layouts.tables import Table, key_of, print_table, put_totals

_MONTHS = ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun")
_MONTH_NAMES = (
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
)


def build_months(document: Document) -> None:
    """The budget of one year spread over its months, with the year at the end."""
    rng = document.rng
    choose_columns(document, many=False)
    if document.years.place == "header":
        document.years = Years(document.years.spelling, "title")
        document.note(year_place="title")
    document.in_thousands = ""
    side = choose_side(document)
    district = invent(document, (side,), 1, rng.randint(6, 14))
    column = document.columns[0]
    with_code = rng.random() < 0.5
    months = _spell_months(rng, column.start)
    panel = Panel()
    labels = ["Account", "Description"] if with_code else ["Description"]
    panel.add_row({n: Cell(t) for n, t in enumerate([*labels, *months, rng.choice(["Total", "Annual", "Year Total"])])})
    rows = []
    for line in district.lines:
        amounts = _split(rng, line.amounts[column] or Decimal(0))
        cells = tuple(Cell(amount, "detail", key_of(column, side)) for amount in amounts)
        texts = [line.account, line.title] if with_code else [f"{line.function[1]} - {line.title}"]
        placed = dict(enumerate(cells, len(texts)))
        panel.add_row(
            {
                **{n: Cell(text) for n, text in enumerate(texts)},
                **placed,
                len(texts) + 12: Cell(add_up(cells), "total", key_of(column, side), cells),
            }
        )
        rows.append(placed)
    if rng.random() < 0.8:
        row = panel.add_row({0: Cell("Total", bold=True)})
        for place in rows[0]:
            covered = tuple(cells[place] for cells in rows)
            panel.put(row, place, Cell(add_up(covered), "total", covered[0].key, covered))
        every = tuple(cell for cells in rows for cell in cells.values())
        panel.put(row, len(labels) + 12, Cell(add_up(every), "total", every[0].key, every))
    document.add_sheet(name_sheet(document, side), put_titles(rng, panel, write_titles(document, district, side)))


def _spell_months(rng: Random, start: int) -> list[str]:
    kind = rng.choice(["short", "long", "dated", "slash", "numbered"])
    years = [start] * 6 + [start + 1] * 6
    numbers = [*range(7, 13), *range(1, 7)]
    return {
        "short": list(_MONTHS),
        "long": list(_MONTH_NAMES),
        "dated": [f"{month}-{year % 100:02d}" for month, year in zip(_MONTHS, years, strict=True)],
        "slash": [f"{number}/{year}" for number, year in zip(numbers, years, strict=True)],
        "numbered": [f"Period {number}" for number in range(1, 13)],
    }[kind]


def _split(rng: Random, amount: Decimal) -> list[Decimal]:
    """A year's money over its months: the last month takes what is left."""
    parts = [round(amount * rng.randint(60, 100) / 1200, 2) for _ in range(11)]
    return [*parts, amount - sum(parts, Decimal(0))]


def build_totals_sheet(document: Document) -> None:
    """Lines without a total on one sheet, the totals by function on another."""
    rng = document.rng
    choose_columns(document)
    district = invent(document, ("expenditure",), 1, rng.randint(10, 30))
    if document.years.place == "sheet":
        document.years = Years(document.years.spelling, "title")
        document.note(year_place="title")
    values = choose_values(document)
    style = choose_table_style(document, ("function",))
    titles = write_titles(document, district, "expenditure")
    table = print_table(rng, district.lines, values, style)
    totals = Panel()
    print_header(totals, 0, 0, ["Code", "Function"], values)
    by_function: dict[tuple[str, str], list[Line]] = {}
    for line in district.lines:
        by_function.setdefault(line.function, []).append(line)
    for function, lines in sorted(by_function.items()):
        _add_repeat(totals, Cell(function[0]), Cell(function[1]), _list_columns(values), lines)
    _add_repeat(totals, Cell("Total", bold=True), None, _list_columns(values), district.lines)
    document.sheets.append(Sheet("Totals", put_titles(rng, totals, titles)))
    document.add_sheet("Detail", put_titles(rng, table.panel, titles))
    if rng.random() < 0.5:
        document.sheets.reverse()


def _list_columns(values: Sequence[ValueColumn]) -> list[Column | None]:
    return [value.column if value.kind == "amount" else None for value in values]


def _add_repeat(
    panel: Panel, label: Cell, name: Cell | None, columns: list[Column | None], lines: Sequence[Line]
) -> None:
    """Money of lines that stand elsewhere, once more."""
    cells = {0: label, **({1: name} if name else {})}
    for place, column in enumerate(columns, 2):
        if column is not None:
            cells[place] = Cell(sum((line.amounts[column] or Decimal(0) for line in lines), Decimal(0)), "repeat")
    panel.add_row(cells)


def build_mixed_scales(document: Document) -> None:
    """Funds under each other, one of them in thousands."""
    rng = document.rng
    choose_columns(document)
    document.columns = tuple(column for column in document.columns if column.unit == "usd")
    document.paired, document.in_thousands = False, ""
    side = choose_side(document)
    district = invent(document, (side,), 2, rng.randint(5, 12))
    style = choose_table_style(document, list_levels(side, 1))
    values = choose_values(document)
    stack, caption = Panel(), choose_caption(rng)
    small = rng.choice([0, 1])
    for number, fund in enumerate(sorted({line.fund for line in district.lines})):
        lines = [line for line in district.lines if line.fund == fund]
        panel = print_table(rng, lines, values, style).panel
        words = caption.format(*fund)
        if number == small:
            words = f"{words} (in thousands)"
            for cell in panel.cells.values():
                cell.scale = 1000
        stack.place(put_caption(panel, words, 0), stack.height + (2 if stack.cells else 0), 0)
    document.add_sheet(name_sheet(document, side), put_titles(rng, stack, write_titles(document, district, side)))


def build_pages(document: Document) -> None:
    """A list on several pages: headers again, titles that say "continued", page totals and what is carried forward."""
    rng = document.rng
    choose_columns(document)
    side = choose_side(document)
    district = invent(document, (side,), 1, rng.randint(25, 50))
    style = choose_table_style(document, list_levels(side, 1))
    table = print_table(rng, district.lines, choose_values(document), style)
    titles = write_titles(document, district, side)
    kinds = rng.choice([("page",), ("carried",), ("continued",), ("continued", "page"), ("continued", "carried")])
    _break_pages(rng, table, titles, kinds)
    document.note(pages="+".join(kinds))
    document.add_sheet(name_sheet(document, side), put_titles(rng, table.panel, titles))


def _break_pages(rng: Random, table: Table, titles: list[str], kinds: tuple[str, ...]) -> None:
    top, end = table.header_rows
    panel = table.panel
    band = {place: cell for place, cell in panel.cells.items() if top <= place[0] < end}
    merges = [merge for merge in panel.merges if top <= merge[0] < end]
    rows = {id(cell): row for (row, _), cell in panel.cells.items()}
    places = [min(rows[id(cell)] for cell in cells.values()) for cells in table.details]
    every = rng.randint(12, 20)
    starts = [end, *range(end + every, panel.height - 2, every)]
    words = rng.choice(["(continued)", "(Cont'd)", "- Continued", "(cont.)"])
    for start, at in reversed(list(pairwise(starts))):
        page = [cells for cells, row in zip(table.details, places, strict=True) if start <= row < at]
        before = [cells for cells, row in zip(table.details, places, strict=True) if row < at]
        if not page:
            continue
        foot = [("Page Total", page)] if "page" in kinds else []
        foot += [("Carried Forward", before)] if "carried" in kinds else []
        head = 2 if "continued" in kinds else 0
        panel.insert_rows(at, len(foot) + 1 + head + (end - top) + ("carried" in kinds))
        row = at
        for text, covered in foot:
            panel.put(row, 0, Cell(text, bold=True))
            put_totals(table, row, covered)
            row += 1
        row += 1
        if head:
            panel.put(row, 0, Cell(titles[0]))
            panel.put(row + 1, 0, Cell(f"{titles[1]} {words}"))
            row += head
        for (r, column), cell in band.items():
            panel.put(row + r - top, column, Cell(cell.value, bold=True))
        panel.merges += [(a + row - top, b, c + row - top, d) for a, b, c, d in merges]
        row += end - top
        if "carried" in kinds:
            panel.put(row, 0, Cell("Brought Forward", bold=True))
            put_totals(table, row, before)


WIDER_FAMILIES: dict[str, Callable[[Document], None]] = {
    "months": build_months,
    "totals_sheet": build_totals_sheet,
    "mixed_scales": build_mixed_scales,
    "pages": build_pages,
}
WIDER_MANY_SHEETS = ("totals_sheet",)
