"""From what was understood to the Reading that page, command line and store receive."""

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.intake import finding_kinds as kinds
from data.intake.cells import Workbook, cell_address, column_letter
from data.intake.drafts import Document, TableDraft, ValueDraft
from data.intake.model import ColumnTotal, DetailRows, Question, Reading, Table, TieOut, ValueColumn
from data.intake.numbers import pick
from data.intake.questions import has_open_question, list_questions
from data.intake.reconcile import add_exactly, list_mismatches
from planning.findings import Finding
from planning.vocabulary import ReadingStatus, RowRole, TableKind, Unit


def refuse(workbook: Workbook, findings: Sequence[Finding]) -> Reading:
    """A reading of a workbook that holds no budget."""
    return _reading(workbook, ReadingStatus.REFUSED, "", (), (), (), (), findings)


def _reading(
    workbook: Workbook,
    status: ReadingStatus,
    chart: str,
    tables: Sequence[Table],
    totals: Sequence[ColumnTotal],
    ties: Sequence[TieOut],
    questions: Sequence[Question],
    findings: Sequence[Finding],
) -> Reading:
    return Reading(
        workbook.file_name,
        workbook.sha256,
        workbook.size_bytes,
        status,
        chart,
        tuple(tables),
        tuple(totals),
        tuple(ties),
        tuple(questions),
        tuple(findings),
    )


def build_reading(
    workbook: Workbook,
    drafts: Sequence[TableDraft],
    documents: Sequence[Document],
    ties: Sequence[TieOut],
    answers: Mapping[str, str],
) -> Reading:
    """Everything that was understood, as plain data."""
    places = {id(table): (document, i) for document in documents for i, table in enumerate(document.tables)}
    printed = {(tie.sheet, tie.table_no, tie.cell): tie for tie in ties}
    tables = [_build_table(draft, places.get(id(draft)), printed) for draft in drafts]
    totals = [total for document in documents for total in _total_columns(document, ties, tables)]
    counted = [draft for draft in drafts if not draft.why_not_counted]
    questions = list_questions(counted, answers)
    findings = _list_findings(drafts, documents, ties)
    status = ReadingStatus.NEEDS_CHOICE if has_open_question(questions) else ReadingStatus.READY
    if not any(total.unit is Unit.USD for total in totals):
        status = ReadingStatus.REFUSED
        findings.insert(0, kinds.NOTHING_COUNTED.at())
    chart = next((document.chart for document in documents if document.chart), "")
    return _reading(workbook, status, chart, tables, totals, ties, questions, findings)


def _build_table(
    draft: TableDraft, place: tuple[Document, int] | None, printed: Mapping[tuple[str, int, str], TieOut]
) -> Table:
    whole = _find_whole_total(draft, printed) if place else {}
    return Table(
        sheet=draft.sheet.name,
        table_no=draft.table_no,
        range=_name_range(draft),
        kind=TableKind.SUMMARY if draft.why_not_counted else TableKind.LINES,
        counted=not draft.why_not_counted,
        why_not_counted=draft.why_not_counted,
        title=" · ".join(draft.titles.lines[:4]),
        columns=tuple(_build_column(draft, value, whole.get(value.index)) for value in draft.values),
        lines=_build_lines(draft, place),
        roles={row + 1: role for row, role in sorted(draft.roles.items())},
        reasons=tuple(draft.reasons),
    )


def _name_range(draft: TableDraft) -> str:
    columns = [value.index for value in draft.values] + [label.index for label in draft.labels]
    rows = [row for row, role in draft.roles.items() if role in (RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.TOTAL)]
    return f"{cell_address(draft.first_row(), min(columns))}:{cell_address(max(rows), max(columns))}"


def _find_whole_total(draft: TableDraft, printed: Mapping[tuple[str, int, str], TieOut]) -> dict[int, TieOut]:
    """The last printed total of each column that covers exactly this table's lines."""
    found: dict[int, TieOut] = {}
    for total in draft.totals:
        for value in draft.values:
            tie = printed.get((draft.sheet.name, draft.table_no, cell_address(total.row, value.index)))
            if tie and tie.line_count == len(draft.detail) and not _spans_tables(tie):
                found[value.index] = tie
    return found


def _spans_tables(tie: TieOut) -> bool:
    return not tie.covers.startswith("row")


def _build_column(draft: TableDraft, value: ValueDraft, tie: TieOut | None) -> ValueColumn:
    detail = add_exactly(amount for amount in pick(value.amounts, draft.detail) if amount == amount)
    return ValueColumn(
        column=column_letter(value.index),
        header=value.header,
        fiscal_year=value.fiscal_year,
        basis=value.basis,
        unit=value.unit,
        scale=value.scale,
        side=draft.side,
        detail_total=detail,
        printed_total=tie.printed if tie else None,
        difference=tie.printed - detail if tie else None,
        empty=value.empty,
    )


def _build_lines(draft: TableDraft, place: tuple[Document, int] | None) -> DetailRows:
    if place is None:
        return DetailRows((), {}, {})
    document, index = place
    low, high = document.starts[index], document.starts[index + 1]
    start = draft.body.start
    raw: dict[str, str] = {}
    for value in draft.values:
        for position, text in (value.written | value.unreadable).items():
            if draft.roles[start + position] is RowRole.DETAIL:
                raw[cell_address(start + position, value.index)] = text
    amounts = {
        column_letter(value.index): array("d", pick(value.amounts, draft.detail))
        for value in draft.values
        if not value.empty
    }
    attributes = {name: texts[low:high] for name, texts in document.attributes.items()}
    return DetailRows([row + 1 for row in draft.detail_rows()], attributes, amounts, raw)


def _total_columns(document: Document, ties: Sequence[TieOut], tables: Sequence[Table]) -> list[ColumnTotal]:
    """One total for each meaning a column of the document has; columns in the order of the first table."""
    return [_total_column(document, value, ties, tables) for value in document.tables[0].values]


def _total_column(
    document: Document, value: ValueDraft, ties: Sequence[TieOut], tables: Sequence[Table]
) -> ColumnTotal:
    detail = add_exactly(document.amounts[value.key])
    printed = None if value.empty else _find_printed(document, value, ties, tables)
    return ColumnTotal(
        value.header,
        value.fiscal_year,
        value.basis,
        value.unit,
        document.tables[0].side,
        detail,
        printed,
        None if printed is None else printed - detail,
    )


def _find_printed(
    document: Document, value: ValueDraft, ties: Sequence[TieOut], tables: Sequence[Table]
) -> Decimal | None:
    """The printed grand total: a total over every line, on whichever sheet; else the sum of the tables' own totals."""
    meaning = (document.tables[0].side, value.fiscal_year, value.basis, value.unit)
    columns = {
        (table.sheet, table.table_no, column.column): column
        for table in tables
        for column in table.columns
        if (column.side, column.fiscal_year, column.basis, column.unit) == meaning
    }
    grand = [
        tie.printed
        for tie in ties
        if tie.line_count == document.line_count and (tie.sheet, tie.table_no, tie.column) in columns
    ]
    if grand:
        return grand[-1]
    own = {(table.sheet.name, table.table_no) for table in document.tables}
    printed = [column.printed_total for (sheet, number, _), column in columns.items() if (sheet, number) in own]
    figures = [figure for figure in printed if figure is not None]
    return sum(figures, Decimal(0)) if len(figures) == len(own) else None


def _list_findings(
    drafts: Sequence[TableDraft], documents: Sequence[Document], ties: Sequence[TieOut]
) -> list[Finding]:
    units = {
        (draft.sheet.name, draft.table_no, column_letter(value.index)): value.unit
        for draft in drafts
        for value in draft.values
    }
    findings = list_mismatches(ties, units)
    for draft in drafts:
        if draft.why_not_counted:
            cell = cell_address(draft.first_row(), 0)
            findings.append(kinds.TABLE_NOT_COUNTED.at(draft.sheet.name, cell, draft.why_not_counted))
        else:
            findings += _list_unreadable(draft)
    for document in documents:
        findings += [kinds.EMPTY_COLUMN.at(found=value.header) for value in document.tables[0].values if value.empty]
    return findings


def _list_unreadable(draft: TableDraft) -> list[Finding]:
    return [
        kinds.UNREADABLE_AMOUNT.at(draft.sheet.name, cell_address(draft.body.start + position, value.index), text)
        for value in draft.values
        for position, text in value.unreadable.items()
        if draft.body.start + position in draft.roles and draft.roles[draft.body.start + position] is RowRole.DETAIL
    ]
