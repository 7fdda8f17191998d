"""Tables of lines: headings, detail, subtotals and totals in the ways that offices print them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from random import Random

from benchmarks.layouts.district import Column, Line
from benchmarks.layouts.headings import ValueColumn, print_header
from benchmarks.layouts.printed import Cell, Key, Panel, add_up

MODES = ("columns", "columns", "carried", "headings", "indent", "stair")
TOTALS = ("below", "below", "below", "above", "unlabelled", "none", "grand")
_LABELS = ("Total {}", "{} Total", "{} - Total", "TOTAL {}", "Subtotal {}", "Total {}:")
_GRAND = ("Grand Total", "TOTAL", "Total", "GRAND TOTAL", "Report Total", "Total All Accounts")


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How one table is printed."""

    mode: str
    totals: str
    levels: tuple[str, ...]  # fund, function
    account: bool
    codes: str  # split, joined, title
    location: bool
    total_label: str
    grand_label: str
    less: str = ""  # "", negative, positive
    less_label: str = "Less: Interfund Transfers"
    code_place: str = ""  # how code and title share a cell, where not code first
    indent_by: str = "spaces"
    account_label: str = "Account"
    object_label: str = "Object"
    title_label: str = "Description"
    place_labels: tuple[str, str] = ("Location", "School")


def choose_style(rng: Random, levels: Sequence[str], mode: str = "") -> TableStyle:
    mode = mode or rng.choice(MODES)
    kept = tuple(level for level in levels if level == "fund" or rng.random() < 0.85)
    codes = rng.choice(["split", "joined", "title"]) if mode != "stair" else rng.choice(["joined", "title"])
    totals = rng.choice(TOTALS)
    return TableStyle(
        mode,
        "below" if totals == "above" and mode in ("columns", "carried") else totals,
        kept,
        account=mode in ("columns", "carried") and rng.random() < 0.5,
        codes=codes,
        location=mode in ("columns", "carried") and rng.random() < 0.5,
        total_label=rng.choice(_LABELS),
        grand_label=rng.choice(_GRAND),
        less=rng.choice(["negative", "positive"]) if rng.random() < 0.06 else "",
        indent_by=rng.choice(["spaces", "format"]),
        account_label=rng.choice(["Account", "Account Number", "Account Code", "ACCOUNT", "Acct Number"]),
        object_label=rng.choice(["Object", "Obj", "Object Code"]),
        title_label=rng.choice(["Description", "Account Title", "Account Description", "DESCRIPTION", "Title"]),
        place_labels=rng.choice([("Loc", "School"), ("Location", "Location Name"), ("Site", "Building")]),
    )


_WIDER_LABELS = (
    "Total, {}",
    "** Total {} **",
    "Sub-Total {}",
    "{} Subtotal",
    "TOTAL: {}",
    "{} Totals",
    "Sub Total - {}",
)
_WIDER_GRAND = ("Totals", "GRAND TOTALS", "Total Budget", "*** TOTAL ***", "Total - All", "District Total")
_WIDER_LESS = ("Less: Transfers Out", "Less Interfund Transfers", "(Less) Indirect Cost", "LESS: Internal Services")
_CODE_PLACES = ("{1} ({0})", "{1} - {0}", "({0}) {1}", "{1} [{0}]", "{0}: {1}", "{0}-{1}")


def widen_style(wide: Random, style: TableStyle) -> TableStyle:
    """Some tables with other words for their totals, lines taken off, and the code behind its title or in brackets."""
    if wide.random() < 0.15:
        style = replace(style, total_label=wide.choice(_WIDER_LABELS), grand_label=wide.choice(_WIDER_GRAND))
    if wide.random() < 0.04:
        style = replace(style, less=wide.choice(["negative", "positive"]))
    if style.less and wide.random() < 0.7:
        style = replace(style, less_label=wide.choice(_WIDER_LESS))
    if wide.random() < 0.12 and style.mode != "stair":
        style = replace(style, codes="joined", code_place=wide.choice(_CODE_PLACES))
    return style


@dataclass(slots=True)
class Table:
    """A printed table: its panel, its detail rows, and the columns of amounts on it."""

    panel: Panel
    style: TableStyle
    labels: list[str]
    values: Sequence[ValueColumn]
    details: list[dict[int, Cell]] = field(default_factory=list)
    header_rows: tuple[int, int] = (0, 0)

    @property
    def left(self) -> int:
        return len(self.labels)


def print_table(
    rng: Random, lines: Sequence[Line], values: Sequence[ValueColumn], style: TableStyle, with_header: bool = True
) -> Table:
    """Prints the lines under their header; amounts of lines that print alike are added up first."""
    table = Table(Panel(), style, _name_labels(style, lines[0].side), values)
    if with_header:
        end = print_header(table.panel, 0, 0, table.labels, values)
        table.header_rows = (0, end)
    merged = lines if style.account or style.location else merge_lines(lines, style.levels)
    if style.totals == "above":
        table.panel.add_row({0: Cell(style.grand_label, bold=True)})
    top = table.panel.height - 1
    _print_level(table, list(merged), 0)
    if style.totals == "above":
        put_totals(table, top, table.details)
    elif style.totals != "none":
        _print_grand(rng, table)
    return table


def merge_lines(lines: Sequence[Line], levels: Sequence[str]) -> list[Line]:
    """Lines that differ only in what the table does not print, added up."""
    merged: dict[tuple[object, ...], Line] = {}
    for line in lines:
        shown = (line.side, *(getattr(line, level) for level in levels), line.object)
        found = merged.get(shown)
        if found is None:
            parts = (line.fund, line.function, line.object, ("", ""), line.title)
            merged[shown] = Line(line.side, line.account, *parts, dict(line.amounts))
        else:
            for column, amount in line.amounts.items():
                found.amounts[column] = _add(found.amounts[column], amount)
    kept = list(merged.values())
    return sorted(kept, key=lambda line: tuple(getattr(line, level) for level in levels))


def _add(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return second if first is None else first if second is None else first + second


def _name_labels(style: TableStyle, side: str) -> list[str]:
    """The headers of the columns that name a line."""
    labels = [style.account_label] if style.account else []
    if style.mode in ("columns", "carried"):
        for level in style.levels:
            labels += [f"{level.title()} Code", f"{level.title()} Name"] if style.codes == "split" else [level.title()]
    elif style.mode == "stair":
        labels += [""] * len(style.levels)
    if style.mode == "indent":
        return [style.title_label]
    if style.codes == "split":
        labels.append("Source" if side == "revenue" else style.object_label)
    labels.append(style.title_label)
    return labels + (list(style.place_labels) if style.location else [])


def _join(pair: tuple[str, str], style: TableStyle) -> str:
    if style.codes == "title":
        return pair[1]
    if style.code_place:
        return style.code_place.format(*pair)
    return f"{pair[0]} - {pair[1]}" if style.total_label.startswith("{}") else f"{pair[0]} {pair[1]}"


def _print_level(table: Table, lines: list[Line], level: int) -> list[dict[int, Cell]]:
    style = table.style
    if level == len(style.levels):
        return [_print_line(table, line, lines, number) for number, line in enumerate(lines)]
    covered: list[dict[int, Cell]] = []
    for pair, members in groupby(lines, key=lambda line: getattr(line, style.levels[level])):
        covered += _print_group(table, pair, list(members), level)
    return covered


def _print_group(table: Table, pair: tuple[str, str], members: list[Line], level: int) -> list[dict[int, Cell]]:
    style = table.style
    label = _join(pair, style)
    headed = style.mode in ("headings", "indent", "stair")
    row = table.panel.add_row({_heading_column(table, level): _label(table, label, level)}) if headed else -1
    inner = _print_level(table, members, level + 1)
    if style.totals == "above" and headed:
        put_totals(table, row, inner)
    elif style.totals in ("below", "unlabelled"):
        text = style.total_label.format(label) if style.totals == "below" else ""
        place = _heading_column(table, level)
        row = table.panel.add_row({place: _label(table, text, level)} if text else {table.left: Cell(None)})
        put_totals(table, row, inner)
    return inner


def _heading_column(table: Table, level: int) -> int:
    return level if table.style.mode == "stair" else 0


def _label(table: Table, text: str, level: int) -> Cell:
    if table.style.mode != "indent":
        return Cell(text, bold=True)
    return Cell("   " * level + text) if table.style.indent_by == "spaces" else Cell(text, indent=level)


def _print_line(table: Table, line: Line, siblings: list[Line], number: int) -> dict[int, Cell]:
    style = table.style
    texts: list[str] = [line.account] if style.account else []
    if style.mode in ("columns", "carried"):
        for level in style.levels:
            pair = getattr(line, level)
            shown = list(pair) if style.codes == "split" else [_join(pair, style)]
            texts += shown if style.mode == "columns" or number == 0 else [""] * len(shown)
    elif style.mode == "stair":
        texts += [""] * len(style.levels)
    if style.codes == "split" and style.mode != "indent":
        texts += [line.object[0], line.title]
    else:
        texts.append(_join(line.object, style))
    if style.location:
        texts += list(line.location)
    cells = {column: Cell(text) for column, text in enumerate(texts) if text}
    if style.mode == "indent":
        cells = {0: _label(table, texts[0], len(style.levels))}
    amounts = _print_amounts(table, line)
    table.panel.add_row({**cells, **amounts})
    table.details.append(amounts)
    return amounts


def key_of(column: Column, side: str) -> Key:
    return Key(column.fiscal_year, column.basis, column.unit, side)


def _print_amounts(table: Table, line: Line) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    for place, value in enumerate(table.values, table.left):
        if value.kind == "amount" and value.column is not None:
            cells[place] = Cell(line.amounts[value.column], "detail", key_of(value.column, line.side))
        elif value.kind in ("change", "percent"):
            cells[place] = _compare(
                value, *(line.amounts[column] for column in (value.column, value.against) if column)
            )
    return cells


def _compare(value: ValueColumn, new: Decimal | None, old: Decimal | None) -> Cell:
    new, old = new or Decimal(0), old or Decimal(0)
    if value.kind == "change":
        return Cell(new - old)
    return Cell(round((new - old) / old, 4), percent=True) if old else Cell("#DIV/0!" if new else None)


def put_totals(table: Table, row: int, covered: Sequence[dict[int, Cell]]) -> None:
    """Prints the totals of the covered detail rows into a row that is there."""
    for place, value in enumerate(table.values, table.left):
        cells = tuple(amounts[place] for amounts in covered if place in amounts)
        if value.kind == "amount" and cells:
            key = cells[0].key
            table.panel.put(row, place, Cell(add_up(cells), "total", key, cells, bold=True))
        elif value.kind in ("change", "percent"):
            new, old = (_sum_column(table, covered, column) for column in (value.column, value.against))
            table.panel.put(row, place, _compare(value, new, old))


def _sum_column(table: Table, covered: Sequence[dict[int, Cell]], column: Column | None) -> Decimal:
    place = next(
        p for p, value in enumerate(table.values, table.left) if value.kind == "amount" and value.column == column
    )
    return add_up(amounts[place] for amounts in covered if place in amounts)


def _print_grand(rng: Random, table: Table) -> None:
    style = table.style
    if style.less:
        row = table.panel.add_row({0: Cell("Total Before Transfers", bold=True)})
        put_totals(table, row, table.details)
        _print_less(rng, table)
    if style.totals == "unlabelled" and not style.less:
        row = table.panel.add_row({table.left: Cell(None)})
    else:
        row = table.panel.add_row({0: Cell("Net Total" if style.less else style.grand_label, bold=True)})
    put_totals(table, row, table.details)


def _print_less(rng: Random, table: Table) -> None:
    """A line that is taken off: printed negative, or positive under the word "Less"."""
    sign = 1 if table.style.less == "negative" else -1
    amounts: dict[int, Cell] = {}
    for place, value in enumerate(table.values, table.left):
        if value.kind == "amount" and value.column is not None and value.column.unit == "usd":
            key = table.details[0][place].key
            amounts[place] = Cell(Decimal(rng.randint(10, 900) * 100 * -sign), "taken_off", key, sign=sign)
    table.panel.add_row({0: Cell(table.style.less_label), **amounts})
    table.details.append(amounts)
