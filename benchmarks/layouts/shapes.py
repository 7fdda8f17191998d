"""Tables that are no list of lines: schools across, years down, a year in every row, revenue over expenditure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.layouts.district import Column, District, Line
from benchmarks.layouts.headings import Years, plan_value_columns, print_header, word_columns
from benchmarks.layouts.printed import Cell, Panel, add_up
from benchmarks.layouts.spelling import BASIS_WORDS
from benchmarks.layouts.tables import Table, choose_style, key_of, print_table

Group = tuple[str, str]


def _sum_by(
    lines: Sequence[Line], column: Column, across: Callable[[Line], Group], down: Callable[[Line], Group]
) -> dict[tuple[Group, Group], Decimal]:
    sums: dict[tuple[Group, Group], Decimal] = {}
    for line in lines:
        amount = line.amounts[column]
        if amount is not None:
            place = (down(line), across(line))
            sums[place] = sums.get(place, Decimal(0)) + amount
    return sums


def print_crosstab(rng: Random, lines: Sequence[Line], column: Column, prior: Column | None = None) -> Panel:
    """Objects or functions down, schools across (or the other way round), with totals on either side."""
    name, down, across = rng.choice(
        [
            ("Object", lambda line: line.object, lambda line: line.location),
            ("Function", lambda line: line.function, lambda line: line.location),
            ("School", lambda line: line.location, lambda line: line.function),
            ("School", lambda line: line.location, lambda line: line.object),
        ]
    )
    sums = _sum_by(lines, column, across, down)
    tops = sorted({place[1] for place in sums})
    sides = sorted({place[0] for place in sums})
    panel = Panel()
    pupils = name == "School" and rng.random() < 0.5
    left = _print_crosstab_header(rng, panel, name, tops, pupils)
    side_total = rng.random() < 0.8
    key = key_of(column, lines[0].side)
    grid: list[dict[int, Cell]] = []
    for side in sides:
        cells = {place: Cell(sums.get((side, top)), "detail", key) for place, top in enumerate(tops, left)}
        row = panel.add_row({0: Cell(side[0]), 1: Cell(side[1]), **cells})
        if pupils:
            panel.put(row, 2, Cell(Decimal(rng.randint(120, 1400)), "number"))
        if side_total:
            panel.put(row, left + len(tops), Cell(add_up(cells.values()), "total", key, tuple(cells.values())))
        grid.append(cells)
    if side_total:
        panel.put(
            _header_end(panel, left) - 1, left + len(tops), Cell(rng.choice(["Total", "TOTAL", "District Total"]))
        )
    if rng.random() < 0.8:
        _print_bottom(rng, panel, grid, left, side_total)
    return panel


def _header_end(panel: Panel, left: int) -> int:
    return next(row for row in range(panel.height) if (cell := panel.cells.get((row, left))) and cell.role)


def _print_crosstab_header(rng: Random, panel: Panel, name: str, tops: Sequence[Group], pupils: bool) -> int:
    left = 3 if pupils else 2
    row = 0
    if rng.random() < 0.4:
        for place, top in enumerate(tops, left):
            panel.put(0, place, Cell(top[0], bold=True))
        row = 1
    panel.put(row, 0, Cell(f"{name} Code"))
    panel.put(row, 1, Cell(name))
    if pupils:
        panel.put(row, 2, Cell(rng.choice(["Enrollment", "Pupils", "Projected Enrollment"])))
    for place, top in enumerate(tops, left):
        panel.put(row, place, Cell(top[1], bold=True))
    return left


def _print_bottom(rng: Random, panel: Panel, grid: Sequence[dict[int, Cell]], left: int, side_total: bool) -> None:
    row = panel.add_row({0: Cell(rng.choice(["Total", "Grand Total", "TOTAL"]), bold=True)})
    for place in grid[0]:
        column = tuple(cells[place] for cells in grid)
        panel.put(row, place, Cell(add_up(column), "total", grid[0][left].key, column))
    if side_total:
        everything = tuple(cell for cells in grid for cell in cells.values())
        panel.put(row, left + len(grid[0]), Cell(add_up(everything), "total", grid[0][left].key, everything))


def print_years_down(rng: Random, lines: Sequence[Line], columns: Sequence[Column], years: Years) -> Panel:
    """One row for each fiscal year, one column for each function."""
    tops = sorted({line.function for line in lines})
    panel = Panel()
    word = rng.choice(["Fiscal Year", "Year", "School Year"])
    panel.add_row({0: Cell(word), **{place: Cell(top[1]) for place, top in enumerate(tops, 1)}})
    total = rng.random() < 0.6
    if total:
        panel.put(0, len(tops) + 1, Cell("Total"))
    for column in columns:
        sums = _sum_by(lines, column, lambda line: line.function, lambda line: ("", ""))
        key = key_of(column, lines[0].side)
        cells = {place: Cell(sums.get((("", ""), top)), "detail", key) for place, top in enumerate(tops, 1)}
        row = panel.add_row({0: Cell(years.spell(column.start)), **cells})
        if total:
            panel.put(row, len(tops) + 1, Cell(add_up(cells.values()), "total", key, tuple(cells.values())))
    return panel


def print_long_list(
    rng: Random, lines: Sequence[Line], columns: Sequence[Column], years: Years, with_type: bool
) -> Panel:
    """A row for every line and year, as a system exports it: the year stands in a column of its own."""
    panel = Panel()
    coded = ["Source"] if lines[0].side == "revenue" else ["Function", "Object"]
    names = [rng.choice(["Fiscal Year", "Year", "FY", "fiscal_year"]), "Fund", *coded, "Description"]
    names += (["Budget Type"] if with_type else []) + [rng.choice(["Amount", "AMOUNT", "amount", "Dollars"])]
    panel.add_row({place: Cell(name) for place, name in enumerate(names)})
    ordered = [(column, line) for column in columns for line in lines]
    if rng.random() < 0.3:
        ordered = [(column, line) for line in lines for column in columns]
    words = {column.basis: BASIS_WORDS[column.basis][0] for column in columns}
    for column, line in ordered:
        codes = [line.object[0]] if line.side == "revenue" else [line.function[0], line.object[0]]
        texts = [years.spell(column.start), line.fund[0], *codes, line.title]
        texts += [words[column.basis]] if with_type else []
        amount = Cell(line.amounts[column], "detail", key_of(column, line.side))
        panel.add_row({**{place: Cell(text) for place, text in enumerate(texts)}, len(texts): amount})
    return panel


def print_statement(rng: Random, district: District, columns: Sequence[Column], years: Years) -> list[Table]:
    """Revenues over expenditures under one header, and the difference of both at the foot."""
    style = choose_style(rng, ("function",), rng.choice(["headings", "indent"]))
    values = word_columns(
        rng, plan_value_columns(rng, columns, False), years, rng.choice(["single", "year_over_basis"])
    )
    tables = []
    for side, title in (("revenue", "Revenues"), ("expenditure", "Expenditures")):
        lines = [line for line in district.lines if line.side == side]
        by_function = side == "expenditure" and rng.random() < 0.5
        lines = [_as_line(line, by_function) for line in lines]
        words = rng.choice([title, title.upper(), f"{title}:"])
        total = f"Total {words.rstrip(':')}"
        side_style = replace(style, totals="grand", levels=(), total_label="Total {}", grand_label=total, less="")
        table = print_table(rng, lines, values, side_style, with_header=False)
        table.panel.insert_rows(0, 1)
        table.panel.put(0, 0, Cell(words, bold=True))
        tables.append(table)
    return tables


def _as_line(line: Line, by_function: bool) -> Line:
    if not by_function:
        return line
    return Line(line.side, "", line.fund, line.function, line.function, ("", ""), line.function[1], line.amounts)


def join_statement(rng: Random, tables: Sequence[Table]) -> Panel:
    """The parts of a statement on one panel, with the line that says what is left."""
    panel = Panel()
    print_header(panel, 0, 0, tables[0].labels, tables[0].values)
    for table in tables:
        panel.place(table.panel, panel.height + rng.choice([0, 1]), 0)
    if rng.random() < 0.5:
        text = rng.choice(["Excess (Deficiency) of Revenues over Expenditures", "Surplus/(Deficit)", "Net Change"])
        cells: dict[int, Cell] = {0: Cell(text, bold=True)}
        for place, value in enumerate(tables[0].values, tables[0].left):
            if value.kind == "amount":
                money = [add_up(row[place] for row in table.details if place in row) for table in tables]
                cells[place] = Cell(money[0] - money[1], "repeat")
        panel.place(Panel({(0, column): cell for column, cell in cells.items()}), panel.height + rng.choice([0, 1]), 0)
    return panel


def print_balances(wide: Random, panel: Panel, tables: Sequence[Table]) -> None:
    """The fund balance that a statement begins with and the one it ends with, at its foot."""
    words = wide.choice(
        [
            ("Beginning Fund Balance", "Ending Fund Balance"),
            ("Fund Balance, July 1", "Fund Balance, June 30"),
            ("Beginning Balance", "Ending Balance"),
        ]
    )
    opening, closing = {0: Cell(words[0], bold=True)}, {0: Cell(words[1], bold=True)}
    for place, value in enumerate(tables[0].values, tables[0].left):
        if value.kind == "amount":
            money = [add_up(row[place] for row in table.details if place in row) for table in tables]
            first = Decimal(wide.randint(10, 900) * 1000)
            opening[place], closing[place] = Cell(first, "balance"), Cell(first + money[0] - money[1], "repeat")
    panel.add_row(opening)
    panel.add_row(closing)
