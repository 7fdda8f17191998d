"""The families of documents: each puts tables on sheets in one of the ways that districts do."""

from collections.abc import Callable, Sequence

from benchmarks.layouts.district import Column, District
from benchmarks.layouts.documents import (
    TITLES,
    Document,
    choose_caption,
    choose_columns,
    choose_history,
    choose_side,
    choose_table_style,
    choose_values,
    invent,
    list_levels,
    name_sheet,
    title_side,
    write_titles,
)
from benchmarks.layouts.headings import ValueColumn, Years, print_header, word_columns
from benchmarks.layouts.noise import break_pages, put_caption, put_titles
from benchmarks.layouts.printed import Cell, Panel, Sheet, add_up
from benchmarks.layouts.shapes import (
    join_statement,
    print_balances,
    print_crosstab,
    print_long_list,
    print_statement,
    print_years_down,
)
from benchmarks.layouts.tables import print_table


def build_lines(document: Document) -> None:
    """One table of lines on one sheet."""
    rng = document.rng
    choose_columns(document)
    side = choose_side(document)
    funds = rng.choice([1, 1, 2, 3])
    district = invent(document, (side,), funds, rng.randint(8, 40))
    table = print_table(
        rng, district.lines, choose_values(document), choose_table_style(document, list_levels(side, funds))
    )
    if rng.random() < 0.12:
        break_pages(rng, table, district.name)
        document.note(page_breaks=True)
    words = title_side(document, side)
    panel = table.panel
    if document.years.place == "title" or document.in_thousands or rng.random() < 0.75:
        panel = put_titles(rng, panel, write_titles(document, district, words))
        document.note(titles=True)
    else:
        document.side_said = False
    document.add_sheet(name_sheet(document, side if words != "unsaid" else "both"), panel)


def _print_funds(document: Document) -> tuple[District, list[tuple[tuple[str, str], Panel]], str]:
    """A table of its own for every fund."""
    rng = document.rng
    choose_columns(document)
    side = choose_side(document)
    district = invent(document, (side,), rng.randint(2, 4), rng.randint(5, 20))
    style = choose_table_style(document, list_levels(side, 1))
    values = choose_values(document)
    panels = []
    for fund in sorted({line.fund for line in district.lines}):
        lines = [line for line in district.lines if line.fund == fund]
        panels.append((fund, print_table(rng, lines, values, style).panel))
    return district, panels, side


def build_stacked(document: Document) -> None:
    """A block for each fund, one under the other, each with its title and header."""
    rng = document.rng
    district, panels, side = _print_funds(document)
    stack = Panel()
    caption, gap, between = choose_caption(rng), rng.choice([0, 1]), rng.choice([1, 2, 3])
    for fund, panel in panels:
        stack.place(put_caption(panel, caption.format(*fund), gap), stack.height + (between if stack.cells else 0), 0)
    panel = put_titles(rng, stack, write_titles(document, district, side))
    document.add_sheet(name_sheet(document, side), panel)


def build_fund_sheets(document: Document) -> None:
    """A sheet for each fund, often with a summary of all of them in front or behind."""
    rng = document.rng
    district, panels, side = _print_funds(document)
    naming, caption = rng.choice(["{0}", "{0} - {1}", "{1}", "Fund {0}"]), choose_caption(rng)
    if document.years.place == "sheet":
        document.years = Years(document.years.spelling, "title")
        document.note(year_place="title")
    for fund, panel in panels:
        titled = put_titles(rng, panel, write_titles(document, district, side, caption.format(*fund)))
        document.add_sheet(naming.format(*fund), titled)
    if rng.random() < 0.5:
        _add_summary(document, district, [panel for _, panel in panels], side)


def _add_summary(document: Document, district: District, panels: Sequence[Panel], side: str) -> None:
    """A sheet that shows the money of the others again, one row for each fund."""
    rng = document.rng
    values = [value for value in choose_values(document) if value.kind == "amount"]
    panel = Panel()
    header = Panel()
    print_header(header, 0, 0, ["Fund", "Description"], values)
    panel.place(header, 0, 0)
    grid: list[dict[int, Cell]] = []
    funds = sorted({line.fund for line in district.lines})
    for fund, source in zip(funds, panels, strict=True):
        cells = {}
        for place, value in enumerate(values, 2):
            covered = tuple(
                cell
                for cell in source.cells.values()
                if cell.role == "detail" and cell.key and value.column and _is_of(cell, value.column)
            )
            cells[place] = Cell(add_up(covered), "total", covered[0].key, covered)
        panel.add_row({0: Cell(fund[0]), 1: Cell(fund[1]), **cells})
        grid.append(cells)
    bottom = {}
    for place in grid[0]:
        covered = tuple(cell for cells in grid for cell in cells[place].covers)
        bottom[place] = Cell(add_up(covered), "total", covered[0].key, covered)
    panel.add_row({1: Cell(rng.choice(["Total All Funds", "Total", "Grand Total"])), **bottom})
    titled = put_titles(rng, panel, write_titles(document, district, side, "Summary of All Funds"))
    sheet = Sheet("Summary", titled)
    document.sheets.insert(0 if rng.random() < 0.6 else len(document.sheets), sheet)
    document.note(summary=True)


def _is_of(cell: Cell, column: Column) -> bool:
    key = cell.key
    return key is not None and (key.fiscal_year, key.basis, key.unit) == (column.fiscal_year, column.basis, column.unit)


def build_side_by_side(document: Document) -> None:
    """Two tables beside each other: revenues and expenditures, or two funds."""
    rng = document.rng
    choose_columns(document)
    document.columns = tuple(column for column in document.columns if column.unit == "usd")
    values = choose_values(document)
    panels = []
    caption, gap = choose_caption(rng), rng.choice([0, 1])
    both = rng.random() < 0.6
    district = invent(document, ("revenue", "expenditure") if both else ("expenditure",), 1 if both else 2, 12)
    parts = [[line for line in district.lines if line.side == side] for side in ("revenue", "expenditure")]
    if not both:
        parts = [[line for line in district.lines if line.fund == fund] for fund in district.chart.funds[:2]]
    for lines in parts:
        side = lines[0].side
        style = choose_table_style(document, list_levels(side, 1) if rng.random() < 0.5 else ())
        title = f"{side.title()}s" if both else caption.format(*lines[0].fund)
        panels.append(put_caption(print_table(rng, lines, values, style).panel, title, gap))
    joined = Panel()
    for panel in panels:
        joined.place(panel, 0, joined.width + (rng.choice([1, 2]) if joined.cells else 0))
    document.count_lines = False
    document.note(side="both" if both else "expenditure")
    words = "both" if both else "expenditure"
    document.add_sheet(name_sheet(document, words), put_titles(rng, joined, write_titles(document, district, words)))


def build_grid(document: Document) -> None:
    """Small tables in a grid, one for each school."""
    rng = document.rng
    choose_columns(document)
    district = invent(document, ("expenditure",), 1, rng.randint(20, 40))
    values = choose_values(document)
    style = choose_table_style(document, ())
    grid, top, row_height, left, gap = Panel(), 0, 0, 0, rng.choice([0, 1])
    for number, school in enumerate(sorted({line.location for line in district.lines})):
        lines = [line for line in district.lines if line.location == school]
        panel = put_caption(print_table(rng, lines, values, style).panel, f"{school[0]} {school[1]}", gap)
        if number and number % 2 == 0:
            top, left, row_height = top + row_height + 2, 0, 0
        grid.place(panel, top, left)
        left, row_height = left + panel.width + 1, max(row_height, panel.height)
    document.count_lines = False
    panel = put_titles(rng, grid, write_titles(document, district, "expenditure"))
    document.add_sheet(name_sheet(document, "expenditure"), panel)


def build_crosstab(document: Document) -> None:
    """Schools across or down: on one sheet, or one table for each fund, on sheets or stacked."""
    rng = document.rng
    choose_columns(document, many=False)
    if document.years.place == "header":
        document.years = Years(document.years.spelling, "title")
        document.note(year_place="title")
    funds = rng.choice([1, 1, 1, 2])
    district = invent(document, ("expenditure",), funds, rng.randint(20, 60))
    many_sheets = funds > 1 and document.suffix in ("xlsx", "ods") and document.years.place != "sheet"
    stack, caption = Panel(), choose_caption(rng)
    for fund in sorted({line.fund for line in district.lines}):
        lines = [line for line in district.lines if line.fund == fund]
        panel = print_crosstab(rng, lines, document.columns[0])
        titles = write_titles(document, district, "expenditure", caption.format(*fund) if funds > 1 else "")
        if many_sheets:
            document.add_sheet(f"Fund {fund[0]}", put_titles(rng, panel, titles))
        else:
            titled = put_titles(rng, panel, titles)
            stack.place(titled, stack.height + (2 if stack.cells else 0), 0)
    if not many_sheets:
        document.add_sheet(name_sheet(document, "expenditure"), stack)


def build_long_list(document: Document) -> None:
    """An export with the year in a column."""
    rng = document.rng
    start = rng.randint(2018, 2025)
    with_type = rng.random() < 0.4
    columns = (
        choose_history(rng, start) if with_type else [Column(start + n, "budget") for n in range(rng.randint(1, 3))]
    )
    document.columns = tuple(columns)
    document.years = document.choose_years("column")
    document.note(columns="long", year_place="column", year_spelling=document.years.spelling, with_type=with_type)
    side = choose_side(document)
    district = invent(document, (side,), rng.choice([1, 2]), rng.randint(10, 30))
    panel = print_long_list(rng, district.lines, document.columns, document.years, with_type)
    if rng.random() < 0.3:
        panel = put_titles(rng, panel, write_titles(document, district, side))
        document.note(titles=True)
    else:
        document.side_said = False
        document.in_thousands = ""
    document.sheets.append(Sheet("Data", panel))


def build_years_down(document: Document) -> None:
    """One row for each year."""
    rng = document.rng
    start = rng.randint(2015, 2022)
    document.columns = tuple(Column(start + number, "budget") for number in range(rng.randint(3, 6)))
    if rng.random() < 0.3:
        document.columns = document.columns[::-1]
    document.in_thousands = ""
    document.years = document.choose_years("rows")
    document.note(year_place="rows", year_spelling=document.years.spelling)
    district = invent(document, ("expenditure",), 1, rng.randint(20, 50))
    panel = print_years_down(rng, district.lines, document.columns, document.years)
    titled = put_titles(rng, panel, [district.name, "Expenditure Budget by Function"])
    document.count_lines = False
    document.add_sheet("Budget", titled)


def build_statement(document: Document) -> None:
    """Revenues and expenditures of a fund under one header, with what is left at the foot."""
    rng = document.rng
    choose_columns(document)
    document.columns = tuple(column for column in document.columns if column.unit == "usd")
    district = invent(document, ("revenue", "expenditure"), 1, rng.randint(8, 20))
    tables = print_statement(rng, district, document.columns, document.years)
    panel = join_statement(rng, tables)
    if document.wide is not None and document.draws(0.3):
        print_balances(document.wide, panel, tables)
        document.balances = True
        document.note(balances=True)
    titled = put_titles(rng, panel, write_titles(document, district, "both", "General Fund"))
    document.note(side="both")
    document.add_sheet(name_sheet(document, "both"), titled)


def build_year_sheets(document: Document) -> None:
    """A sheet for each year, the year in its name."""
    rng = document.rng
    start = rng.randint(2018, 2024)
    document.columns = tuple(Column(start + number, "budget") for number in range(rng.randint(2, 3)))
    document.in_thousands = ""
    document.years = document.choose_years("sheet")
    document.note(year_place="sheet", year_spelling=document.years.spelling)
    side = choose_side(document)
    district = invent(document, (side,), 1, rng.randint(8, 25))
    style = choose_table_style(document, list_levels(side, 1))
    for column in document.columns:
        values = word_columns(rng, [ValueColumn("amount", column)], document.years, "single")
        panel = print_table(rng, district.lines, values, style).panel
        titled = put_titles(rng, panel, [district.name, rng.choice(TITLES[side])])
        document.add_sheet(document.years.spell(column.start).replace("/", "-"), titled)


def build_continued(document: Document) -> None:
    """A table too wide for its page: a second panel to the right repeats the names and goes on with the years."""
    rng = document.rng
    start = rng.randint(2018, 2023)
    document.columns = tuple(Column(start + number, "actual" if number < 3 else "budget") for number in range(5))
    document.years = document.choose_years("header")
    document.note(columns="history", year_place="header", year_spelling=document.years.spelling)
    side = choose_side(document)
    district = invent(document, (side,), 1, rng.randint(8, 20))
    style = choose_table_style(document, list_levels(side, 1))
    header = rng.choice(["single", "year_over_basis"])
    joined = Panel()
    state = rng.getstate()
    for columns in (document.columns[:3], document.columns[3:]):
        rng.setstate(state)
        values = word_columns(rng, [ValueColumn("amount", column) for column in columns], document.years, header)
        panel = print_table(rng, district.lines, values, style).panel
        joined.place(panel, 0, joined.width + (rng.choice([1, 2]) if joined.cells else 0))
    document.count_lines = False
    titled = put_titles(rng, joined, write_titles(document, district, side))
    document.add_sheet(name_sheet(document, side), titled)


FAMILIES: dict[str, tuple[int, Callable[[Document], None]]] = {
    "lines": (24, build_lines),
    "stacked": (9, build_stacked),
    "fund_sheets": (10, build_fund_sheets),
    "side_by_side": (6, build_side_by_side),
    "grid": (5, build_grid),
    "crosstab": (12, build_crosstab),
    "long_list": (8, build_long_list),
    "years_down": (4, build_years_down),
    "statement": (8, build_statement),
    "year_sheets": (5, build_year_sheets),
    "continued": (3, build_continued),
}
MANY_SHEETS = ("fund_sheets", "year_sheets")
