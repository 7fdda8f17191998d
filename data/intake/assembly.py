"""From what was understood to the Reading that page, command line and store receive."""

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.intake import finding_kinds as kinds
from data.intake.cells import Workbook, cell_address, column_letter
from data.intake.doubts import HIDDEN_TOTALS, first_filled
from data.intake.drafts import Document, TableDraft, ValueDraft
from data.intake.explanations import explain_side
from data.intake.extent_rules import table_of_line
from data.intake.finding_limits import limit_findings
from data.intake.model import ColumnTotal, DetailRows, Question, Reading, Table, TieOut, ValueColumn
from data.intake.numbers import leave_blanks_out, pick
from data.intake.questions import has_open_question, list_questions
from data.intake.reconcile import NEVER_ADDED, add_exactly, list_mismatches
from data.intake.registers import list_cells
from planning.findings import Finding
from planning.money import format_dollars, round_half_up
from planning.vocabulary import ReadingStatus, RowRole, TableKind, Unit

_LISTS = frozenset({TableKind.REGISTER, TableKind.FORM})
_RANGE_ROLES = frozenset({RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.TOTAL})
# The store keeps twelve digits before the point in a cell; a float holds cents to fifteen.
_LARGEST_CELL = 1e12
_LARGEST_SUM = 1e15
_HUGE = Decimal("1e300")


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
    empty_sheets: Sequence[str] = (),
    asked: Sequence[Question] = (),
) -> Reading:
    """Everything that was understood, as plain data."""
    places = {id(table): (document, i) for document in documents for i, table in enumerate(document.tables)}
    printed = {(tie.sheet, tie.table_no, tie.cell): tie for tie in ties if not tie.net_of}
    tables = [_build_table(draft, places.get(id(draft)), printed, answers) for draft in drafts]
    totals = [total for document in documents for total in _total_columns(document, ties, tables)]
    counted = [draft for draft in drafts if not draft.why_not_counted]
    questions = [*asked, *list_questions(counted, ties, answers)]
    findings = limit_findings(
        [
            *_list_findings(drafts, documents, ties, answers),
            *map(kinds.SHEET_LEFT_OUT.at, empty_sheets),
            *(kinds.TEXT_LINES_PARTED.at(sheet.name) for sheet in workbook.sheets if sheet.from_lines),
            *([kinds.MACROS_IGNORED.at()] if workbook.has_macros else []),
        ]
    )
    status = ReadingStatus.NEEDS_CHOICE if has_open_question(questions) else ReadingStatus.READY
    too_large = [finding for document in documents for finding in _list_too_large(document)]
    if too_large:
        # What else is said of such columns is figures of three hundred digits.
        status, questions, findings = ReadingStatus.REFUSED, [], limit_findings(too_large)
        totals, ties = [], ()
    elif not any(total.unit is Unit.USD for total in totals):
        status = ReadingStatus.REFUSED
        questions = []
        why = _say_why_refused(drafts)
        findings = [why, *(finding for finding in findings if finding.found != why.found or not why.found)]
    chart = next((document.chart for document in documents if document.chart), "")
    return _reading(workbook, status, chart, tables, totals, ties, questions, findings)


def _say_why_refused(drafts: Sequence[TableDraft]) -> Finding:
    other = next((draft for draft in drafts if draft.kind in (TableKind.REGISTER, TableKind.FORM)), None)
    if other is None:
        return kinds.NOTHING_COUNTED.at()
    return kinds.NOT_A_BUDGET.at(other.sheet.name, cell_address(other.first_row(), 0), other.why_not_counted)


def _build_table(
    draft: TableDraft,
    place: tuple[Document, int] | None,
    printed: Mapping[tuple[str, int, str], TieOut],
    answers: Mapping[str, str],
) -> Table:
    whole = _find_whole_total(draft, printed) if place else {}
    side = {"side": explain_side(draft, answers)}
    return Table(
        sheet=draft.sheet.name,
        table_no=draft.table_no,
        range=_name_range(draft),
        kind=draft.kind,
        counted=not draft.why_not_counted,
        why_not_counted=draft.why_not_counted,
        title=" · ".join(draft.titles.lines[:4]),
        columns=tuple(_build_column(draft, value, whole.get(value.index), side) for value in draft.values),
        lines=_build_lines(draft, place),
        roles={row + 1: role for row, role in sorted(draft.roles.items())},
        reasons=tuple(draft.reasons),
        labels={column_letter(label.index): label.meaning.dimension for label in draft.labels},
    )


def _name_range(draft: TableDraft) -> str:
    columns = [value.index for value in draft.values] + [label.index for label in draft.labels]
    rows = [row for row, role in draft.roles.items() if role in _RANGE_ROLES]
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


def _build_column(draft: TableDraft, value: ValueDraft, tie: TieOut | None, side: Mapping[str, str]) -> ValueColumn:
    detail = add_exactly(leave_blanks_out(pick(value.amounts, draft.detail)))
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
        why={**value.why, **side},
        counted=not value.rival,
    )


def _build_lines(draft: TableDraft, place: tuple[Document, int] | None) -> DetailRows:
    if place is None and draft.kind not in _LISTS:
        return DetailRows((), {}, {})
    amounts = {
        column_letter(value.index): array("d", pick(value.amounts, draft.detail))
        for value in draft.values
        if not value.empty
    }
    rows, raw = [row + 1 for row in draft.detail_rows()], _list_raw(draft)
    if place is None:
        return DetailRows(rows, {}, amounts, raw, list_cells(draft))
    document, index = place
    low, high = document.starts[index], document.starts[index + 1]
    attributes = {name: texts[low:high] for name, texts in document.attributes.items()}
    return DetailRows(rows, attributes, amounts, raw)


def _list_raw(draft: TableDraft) -> dict[str, str]:
    """The text of every amount that is no plain number, by its cell."""
    start = draft.body.start
    raw: dict[str, str] = {}
    for value in draft.values:
        for position, text in (value.written | value.unreadable | value.placeholders).items():
            if draft.roles.get(start + position) is RowRole.DETAIL:
                raw[cell_address(start + position, value.index)] = text
    return raw


def _total_columns(document: Document, ties: Sequence[TieOut], tables: Sequence[Table]) -> list[ColumnTotal]:
    """One total for each meaning a column of the document has, in the order of the first table; rates have none."""
    return [
        _total_column(document, value, ties, tables)
        for value in document.tables[0].values
        if value.unit not in NEVER_ADDED
    ]


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
        tuple(dict.fromkeys(table.sheet.name for table in document.tables)),
    )


def _find_printed(
    document: Document, value: ValueDraft, ties: Sequence[TieOut], tables: Sequence[Table]
) -> Decimal | None:
    """The printed grand total: a total over every line, on whichever sheet; else the sum of the tables' own totals."""
    columns = _columns_alike(document, value, tables)
    grand = [
        tie.printed
        for tie in ties
        if tie.line_count == document.line_count and not tie.net_of and (tie.sheet, tie.table_no, tie.column) in columns
    ]
    if grand:
        return grand[-1]
    own = {(table.sheet.name, table.table_no) for table in document.tables}
    printed = [column.printed_total for (sheet, number, _), column in columns.items() if (sheet, number) in own]
    figures = [figure for figure in printed if figure is not None]
    return sum(figures, Decimal(0)) if len(figures) == len(own) else None


def _columns_alike(document: Document, value: ValueDraft, tables: Sequence[Table]) -> dict[tuple, ValueColumn]:
    """The same column in every table of its document, and columns that mean the same in tables that repeat it.

    Two columns of one table may share year, basis and unit (two drafts of a budget): then only their own totals count.
    """
    own = {(table.sheet.name, table.table_no): table for table in document.tables}
    meaning = (document.tables[0].side, value.fiscal_year, value.basis, value.unit)
    letters = {
        (name, column_letter(v.index)) for name, table in own.items() for v in table.values if v.key == value.key
    }
    twins = sum(1 for v in document.tables[0].values if (v.fiscal_year, v.basis, v.unit) == meaning[1:]) > 1
    found: dict[tuple, ValueColumn] = {}
    for table in tables:
        place = (table.sheet, table.table_no)
        for column in table.columns:
            alike = (column.side, column.fiscal_year, column.basis, column.unit) == meaning
            if (place, column.column) in letters if place in own else alike and not twins:
                found[(*place, column.column)] = column
    return found


def _list_findings(
    drafts: Sequence[TableDraft],
    documents: Sequence[Document],
    ties: Sequence[TieOut],
    answers: Mapping[str, str],
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
            findings += [*_list_unreadable(draft), *_list_odd_sums(draft), *_list_nameless(draft)]
            findings += _list_beyond(draft)
            if HIDDEN_TOTALS not in answers:
                findings += _list_hidden_totals(draft)
    for document in documents:
        findings += [kinds.EMPTY_COLUMN.at(found=value.header) for value in document.tables[0].values if value.empty]
    return list(dict.fromkeys(findings))  # a table whose rows are read apart is still one table


def _list_unreadable(draft: TableDraft) -> list[Finding]:
    return [
        kinds.UNREADABLE_AMOUNT.at(draft.sheet.name, cell_address(draft.body.start + position, value.index), text)
        for value in draft.values
        for position, text in value.unreadable.items()
        if draft.body.start + position in draft.roles and draft.roles[draft.body.start + position] is RowRole.DETAIL
    ]


def _list_odd_sums(draft: TableDraft) -> list[Finding]:
    return [
        kinds.ROW_TOTAL_MISMATCH.at(
            draft.sheet.name,
            cell_address(odd.row, odd.column),
            format_dollars(round_half_up(odd.printed), places=2, symbol=True),
            format_dollars(round_half_up(odd.added), places=2, symbol=True),
        )
        for odd in draft.odd_sums
    ]


def _list_too_large(document: Document) -> list[Finding]:
    """Columns with a cell or a sum that no store keeps to the cent."""
    found = []
    for value in document.tables[0].values:
        amounts = document.amounts[value.key]
        largest = max(max(amounts, default=0.0), -min(amounts, default=0.0))
        if largest < _LARGEST_CELL and largest * len(amounts) < _LARGEST_SUM:
            continue
        added = add_exactly(map(abs, amounts))
        if largest >= _LARGEST_CELL or added >= _LARGEST_SUM:
            sum_words, words = _shorten(float(min(added, _HUGE))), {"largest": _shorten(largest)}
            table, cell = _find_cell(document, value, next(n for n, a in enumerate(amounts) if abs(a) == largest))
            found.append(kinds.BEYOND_BUDGETS.at(table.sheet.name, cell, value.header, sum_words, **words))
    return found


def _find_cell(document: Document, value: ValueDraft, line: int) -> tuple[TableDraft, str]:
    """The table and address of one line's amount in a column of the document."""
    index = table_of_line(document, line)
    table = document.tables[index]
    own = next(other for other in table.values if other.key == value.key)
    return table, cell_address(table.detail_rows()[line - document.starts[index]], own.index)


def _shorten(amount: float) -> str:
    return f"{amount:,.0f}" if amount < _LARGEST_SUM else f"{amount:.3g}"


def _list_beyond(draft: TableDraft) -> list[Finding]:
    """What stands below the last net figure and was read as check figures or notes."""
    if not draft.beyond:
        return []
    net = draft.nets[-1]
    cell = cell_address(draft.body.start + net.end, draft.labels[0].index if draft.labels else 0)
    return [kinds.FIGURES_BELOW_NET.at(draft.sheet.name, cell, len(draft.beyond), label=net.label or "Less")]


def _list_nameless(draft: TableDraft) -> list[Finding]:
    row = draft.header_rows[-1] if draft.header_rows else draft.body.start
    return [
        kinds.COLUMN_WITHOUT_HEADER.at(draft.sheet.name, cell_address(row, index), column_letter(index))
        for index in draft.nameless
    ]


def _list_hidden_totals(draft: TableDraft) -> list[Finding]:
    found = []
    for position in draft.hidden_totals:
        row = draft.body.start + position
        label = next((text for label in draft.labels if (text := label.texts[position])), "no label")
        cell = cell_address(row, first_filled(draft, position).index)
        found.append(kinds.HIDDEN_TOTAL.at(draft.sheet.name, cell, label, row=row + 1))
    return found
