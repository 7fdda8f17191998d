"""What was found in a budget workbook: its tables, what each column means and why that is believed."""

from collections import Counter
from decimal import Decimal

import streamlit as st

from data.intake.corrections import ReadColumn, is_of_totals, list_read_columns
from data.intake.finding_kinds import TABLE_NOT_COUNTED
from data.intake.model import ColumnTotal, Reading, Table, ValueColumn
from data.intake.summary import ReadingSummary, summarise_reading
from data.uploads import forget_upload
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.session import current_viewer
from pages.ui.shown_reading import ShownReading
from pages.ui.tables import Cell, Code, Link, Tag, build_disclosure, build_table, draw_table
from pages.ui.wording import count, name_basis, name_side, name_unit
from planning.findings import Finding
from planning.money import format_dollars, round_half_up
from planning.vocabulary import ReadingStatus, RowRole, Severity, Unit

MOST_TABLES_OPEN = 12
_DOLLARS = (Unit.USD, Unit.USD_PER_PUPIL)


def link_cell(sheet: str, cell: str) -> Cell:
    """A cell of the file, as a link to its place in the picture."""
    return Link(f"{sheet}!{cell}", "upload", (("sheet", sheet), ("cell", cell)), "picture")


def draw_found(shown: ShownReading) -> None:
    """What the file is, in one sentence, and whether it can be published."""
    reading = shown.reading
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(plain(reading.file_name), anchor=False)
        st.button("Try another file", on_click=forget_upload, args=(shown.job.id,))
    if reading.status is ReadingStatus.REFUSED:
        reasons = [plain(f"{finding.message} {finding.fix}".strip()) for finding in _list_errors(reading)]
        st.error("\n\n".join(reasons), title="Nothing was stored")
        return
    counted = sum(1 for table in reading.tables if table.counted)
    st.write(plain(_describe_found(shown.memo("summary", lambda: summarise_reading(reading)), counted)))
    if reading.status is ReadingStatus.NEEDS_CHOICE:
        st.warning("Answer what is asked below; then it can be published.", title="Not ready yet")


def _list_errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.severity is Severity.ERROR]


def _describe_found(summary: ReadingSummary, counted: int) -> str:
    technology = f"{summary.technology_lines:,}" if summary.technology_lines else "none"
    counts = f"{counted:,} of them counted, " if counted < summary.tables else ""
    return (
        f"{count(summary.tables, 'table')} on {count(summary.sheets, 'sheet')}, {counts}"
        f"{count(summary.detail_lines, 'detail line')}; {technology} of them "
        f"{'are' if summary.technology_lines > 1 else 'is'} technology. Accounts follow {summary.chart}."
    )


def draw_columns(shown: ShownReading) -> None:
    """What every column of amounts means, what it adds up to, and why it is read so."""
    if not shown.reading.totals:
        return
    headers = ["Column", "Fiscal year", "Basis", "Side", "Unit", "Detail adds up to", "Printed total", "Tie-out"]
    rows = shown.memo("totals", lambda: _list_totals(shown.reading))
    if len({row[:5] for row in rows}) < len(rows):  # two tables have columns of the same name
        sheets = [_name_sheets(total) for total in shown.reading.totals]
        headers = [headers[0], "Sheet", *headers[1:]]
        rows = [(row[0], name, *row[1:]) for row, name in zip(rows, sheets, strict=True)]
    last = len(headers)
    draw_table("The columns of amounts", headers, rows, numbers=(last - 3, last - 2))
    st.html(shown.memo("reasons", lambda: _build_reasons(shown)))


def _build_reasons(shown: ShownReading) -> str:
    headers = ["Column", "Stands in", "Fiscal year", "Basis", "Unit", "Scale", "Side"]
    rows = [_list_reasons(*one) for one in list_read_columns(shown.reading).items()]
    table = build_table("What it was read as, and what says so", headers, rows)
    return build_disclosure("Why each column is read so", table)


def _name_sheets(total: ColumnTotal) -> str:
    return total.sheets[0] if len(total.sheets) == 1 else count(len(total.sheets), "sheet")


def _list_totals(reading: Reading) -> list[tuple[Cell, ...]]:
    return [
        (
            total.header or "(no heading)",
            total.fiscal_year or "not said",
            name_basis(total.basis),
            name_side(total.side),
            name_unit(total.unit),
            _show(total.detail_total, total.unit),
            "none printed" if total.printed_total is None else _show(total.printed_total, total.unit),
            _tag_tie(total.difference),
        )
        for total in reading.totals
    ]


def _list_reasons(name: ReadColumn, places: list[tuple[Table, ValueColumn]]) -> tuple[Cell, ...]:
    table, column = places[0]
    where = f"{table.sheet}, column {column.column}"
    where += f", and {len(places) - 1:,} more tables" if len(places) > 1 else ""
    read = {
        "fiscal_year": name.fiscal_year or "not said",
        "basis": name_basis(name.basis),
        "unit": name_unit(name.unit),
        "scale": "as printed" if name.scale == 1 else f"in {name.scale:,}s",
        "side": name_side(name.side),
    }
    why = {key: Counter(column.why.get(key, "") for _, column in places).most_common(1)[0][0] for key in read}
    return (name.header or "(no heading)", where, *(f"{read[key]}: {why[key]}" for key in read))


def draw_tables(shown: ShownReading) -> None:
    """Which tables were found, which count, and why the others do not."""
    refused = shown.reading.status is ReadingStatus.REFUSED
    if len(shown.reading.tables) > refused:  # of a single list that is no budget, all was said above
        st.html(shown.memo("tables", lambda: _build_tables(shown.reading), current_viewer()))


def _build_tables(reading: Reading) -> str:
    headers = ["Table", "Cells", "Rows", "Counts", "Why"]
    rows = [(table.counted, _list_table(table)) for table in reading.tables]
    every = [row for _, row in rows]
    if len(every) <= MOST_TABLES_OPEN:
        return build_table("What was found on the sheets", headers, every)
    aside = [row for counted, row in rows if not counted]
    found = count(len(every), "table")
    rest = build_disclosure(f"Show all {found}", build_table(f"Every one of {found}", headers, every))
    return (build_table("Tables that do not count, and why", headers, aside) if aside else "") + rest


def _list_table(table: Table) -> tuple[Cell, ...]:
    roles = Counter(table.roles.values())
    words = [(roles[RowRole.DETAIL], "detail"), (roles[RowRole.SUBTOTAL] + roles[RowRole.TOTAL], "total")]
    rows = ", ".join(f"{number:,} {word}" for number, word in words if number)
    cell = table.range.partition(":")[0]
    place = Link(table.range, "upload", (("sheet", table.sheet), ("cell", cell)), "picture")
    why = table.why_not_counted[:1].upper() + table.why_not_counted[1:]
    reasons = " ".join(filter(None, (why, *table.reasons)))
    tag = Tag("counted", "good") if table.counted else Tag(f"not counted: {table.kind}")
    name = f"{table.sheet}, table {table.table_no}" + (f": {table.title}" if table.title else "")
    return (name, place, Code(rows), tag, reasons or "—")


def draw_known(shown: ShownReading) -> None:
    """What a person should know about the file; tables and totals that are off have tables of their own."""
    said = (TABLE_NOT_COUNTED.code,)  # the list of tables says it with the reason
    known = [one for one in shown.reading.findings if not is_of_totals(one) and one.code not in said]
    if shown.reading.status is ReadingStatus.REFUSED:  # its errors were said above
        known = [finding for finding in known if finding.severity is not Severity.ERROR]
    draw_findings("What to know about this file", known, _link_finding)


def _link_finding(finding: Finding) -> Cell | None:
    return link_cell(finding.sheet, finding.cell) if finding.sheet and finding.cell else None


def _show(amount: Decimal, unit: Unit) -> str:
    return format_dollars(amount, places=2, symbol=unit in _DOLLARS)


def _tag_tie(difference: Decimal | None) -> Tag:
    if difference is None:
        return Tag("nothing to compare")
    off = round_half_up(difference, 2)
    return Tag("ties out", "good") if off == 0 else Tag(f"off by {format_dollars(off, places=2)}", "bad")
