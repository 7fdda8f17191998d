"""What was found in a budget workbook: its tables, what each column means and why that is believed."""

from collections import Counter
from decimal import Decimal

import streamlit as st

from data.intake.corrections import ReadColumn, is_of_totals, list_read_columns
from data.intake.model import Reading, Table, ValueColumn
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
from planning.vocabulary import ReadingStatus, RowRole, Unit

MOST_TABLES_OPEN = 12
_DOLLARS = (Unit.USD, Unit.USD_PER_PUPIL)


def link_cell(sheet: str, cell: str) -> Cell:
    """A cell of the file, as a link to its place in the picture."""
    return Link(f"{sheet}!{cell}", "upload", (("sheet", sheet), ("cell", cell)), "picture")


def draw_found(shown: ShownReading) -> None:
    """What the file is, in one sentence, and whether it can be published."""
    reading = shown.reading
    st.header(plain(reading.file_name), anchor=False)
    if reading.status is ReadingStatus.REFUSED:
        st.error("Nothing was stored. Choose another file.", title="This file holds no budget that can be read")
        st.button("Try another file", on_click=forget_upload, args=(shown.job.id,))
        return
    st.write(plain(_describe_found(shown.memo("summary", lambda: summarise_reading(reading)))))
    if reading.status is ReadingStatus.NEEDS_CHOICE:
        st.warning("Answer what is asked below; then it can be published.", title="Not ready yet")


def _describe_found(summary: ReadingSummary) -> str:
    return (
        f"{count(summary.tables, 'table')} on {count(summary.sheets, 'sheet')}, "
        f"{count(summary.detail_lines, 'detail line')}; {summary.technology_lines:,} of them "
        f"{'is' if summary.technology_lines == 1 else 'are'} technology. Accounts follow {summary.chart}."
    )


def draw_columns(shown: ShownReading) -> None:
    """What every column of amounts means, what it adds up to, and why it is read so."""
    if not shown.reading.totals:
        return
    draw_table(
        "The columns of amounts, all tables together",
        ["Column", "Fiscal year", "Basis", "Side", "Unit", "Detail adds up to", "Printed total", "Tie-out"],
        shown.memo("totals", lambda: _list_totals(shown.reading)),
        numbers=(5, 6),
    )
    st.html(shown.memo("reasons", lambda: _build_reasons(shown)))


def _build_reasons(shown: ShownReading) -> str:
    headers = ["Column", "Stands in", "Fiscal year", "Basis", "Unit", "Scale", "Side"]
    rows = [_list_reasons(*one) for one in list_read_columns(shown.reading).items()]
    return build_disclosure("Why each column is read so", build_table("Why each column is read so", headers, rows))


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
        "scale": f"{name.scale:,}",
        "side": name_side(name.side),
    }
    why = {key: Counter(column.why.get(key, "") for _, column in places).most_common(1)[0][0] for key in read}
    return (name.header or "(no heading)", where, *(f"{read[key]}: {why[key]}" for key in read))


def draw_tables(shown: ShownReading) -> None:
    """Which tables were found, which count, and why the others do not."""
    if shown.reading.tables:
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
    caption = f"{count(len(aside), 'table')} that do not count, and why"
    return (build_table(caption, headers, aside) if aside else "") + rest


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
    """What a person should know about the file; totals that are off have a table of their own."""
    known = [finding for finding in shown.reading.findings if not is_of_totals(finding)]
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
