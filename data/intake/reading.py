"""The whole reading of a budget workbook: the one call that page and command line use."""

import gc
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager

from data.intake import finding_kinds as kinds
from data.intake.accounts import choose_workbook_chart, read_accounts
from data.intake.assembly import build_reading, refuse
from data.intake.cells import Sheet, Workbook
from data.intake.charts import Chart
from data.intake.columns import read_columns, settle_values
from data.intake.documents import build_documents, read_table_side, settle_sides
from data.intake.drafts import Document, Grid, TableDraft
from data.intake.extents import place_totals
from data.intake.headers import read_years
from data.intake.model import Reading, TieOut
from data.intake.questions import SIDE, YEAR_CONVENTION
from data.intake.reconcile import check_totals
from data.intake.rows import read_row_roles
from data.intake.statements import is_balance_statement
from data.intake.summaries import LedgerSums, check_summary, set_candidates_aside
from data.intake.tables import find_tables, turn_sheet
from data.intake.technology import find_technology
from data.intake.titles import read_titles
from planning.vocabulary import Side

ReportProgress = Callable[[float, str], None]
_SUMMARY_REASON = "its figures are sums of lines that stand on other sheets."
_STATEMENT_REASON = "it is a fund balance statement; its revenue and expenditures stand on other sheets."


def read_budget_file(
    path: str,
    file_name: str | None = None,
    answers: Mapping[str, str] | None = None,
    report_progress: ReportProgress | None = None,
) -> Reading:
    """Reads a file from disk; runs in the reader child, because a bad file can end the process it is read in."""
    # Late: the reader library is needed only here.
    from data.intake.source import read_workbook

    workbook = read_workbook(path, file_name, report_progress=report_progress)
    return read_budget(workbook, answers, report_progress)


def read_budget(
    workbook: Workbook,
    answers: Mapping[str, str] | None = None,
    report_progress: ReportProgress | None = None,
) -> Reading:
    """What a workbook says, from its cells alone: tables, lines, tie-outs, questions and findings."""
    answers = answers or {}
    report = report_progress or _ignore_progress
    if not any(cell is not None and cell != "" for sheet in workbook.sheets for row in sheet.rows for cell in row):
        return refuse(workbook, [kinds.EMPTY_WORKBOOK.at()])
    with _collection_paused():
        return _read_cells(workbook, answers, report)


def _read_cells(workbook: Workbook, answers: Mapping[str, str], report: ReportProgress) -> Reading:
    report(0.1, "Finding tables")
    tables = [table for sheet in workbook.sheets for table in _read_sheet(sheet, answers)]
    if not tables:
        return refuse(workbook, [kinds.NO_NUMBERS.at()])
    report(0.4, "Reading accounts")
    documents, ties = _understand(tables)
    report(0.9, "Checking totals")
    return build_reading(workbook, tables, documents, ties, answers)


@contextmanager
def _collection_paused() -> Generator[None, None, None]:
    """Millions of small objects and no cycles among them: searching for cycles cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _ignore_progress(share: float, text: str) -> None:
    """Nobody is watching."""


def _read_sheet(sheet: Sheet, answers: Mapping[str, str]) -> list[TableDraft]:
    grid = turn_sheet(sheet)
    convention = answers.get(YEAR_CONVENTION, "ends")
    found = find_tables(grid)
    for table in found:
        _read_table(grid, table, found[0], convention, answers)
    kept = [table for table in found if table.values and table.detail]
    for number, table in enumerate(kept, start=1):
        table.table_no = number
    return kept


def _read_table(grid: Grid, table: TableDraft, first: TableDraft, convention: str, answers: Mapping[str, str]) -> None:
    table.titles = read_titles(grid, table.title_rows, convention)
    if table is not first:
        table.titles.years = table.titles.years or first.titles.years
        table.titles.basis = table.titles.basis or first.titles.basis
        table.titles.scale = max(table.titles.scale, first.titles.scale)
    read_columns(grid, table, convention)
    read_row_roles(grid, table)
    settle_values(table, read_years(grid.sheet.name, convention)[0], answers)
    table.side = read_table_side(table)
    if table.side is Side.UNKNOWN and SIDE in answers:
        table.side = Side(answers[SIDE])


def _understand(tables: Sequence[TableDraft]) -> tuple[list[Document], list[TieOut]]:
    """Joins, codes and reconciles the tables; those that repeat others are named and left out of the count."""
    _leave_statements_out(tables)
    counted = [table for table in tables if not table.why_not_counted]
    aside = set_candidates_aside(counted)
    documents, ties = _read_documents(counted, aside)
    summaries: list[TieOut] = []
    for table in sorted(aside, key=lambda candidate: -len(candidate.labels)):
        repeated = check_summary(table, LedgerSums(documents), max((tie.level for tie in ties), default=0))
        if repeated is None:
            aside = [other for other in aside if other is not table]
            documents, ties = _read_documents(counted, aside)
        else:
            table.why_not_counted = _SUMMARY_REASON
            summaries += repeated
    return documents, ties + summaries


def _read_documents(tables: Sequence[TableDraft], without: Sequence[TableDraft]) -> tuple[list[Document], list[TieOut]]:
    left_out = {id(table) for table in without}
    kept = [table for table in tables if id(table) not in left_out]
    settle_sides(kept)
    documents = build_documents(kept)
    chart = choose_workbook_chart(documents)
    return documents, [tie for document in documents for tie in _read_document(document, chart)]


def _leave_statements_out(tables: Sequence[TableDraft]) -> None:
    statements = [table for table in tables if is_balance_statement(table)]
    if len(statements) < len(tables):
        for table in statements:
            table.side = Side.FUND_BALANCE
            table.why_not_counted = _STATEMENT_REASON


def _read_document(document: Document, chart: Chart | None) -> list[TieOut]:
    read_accounts(document, chart)
    document.attributes["side"] = [str(document.tables[0].side)] * document.line_count
    find_technology(document)
    return check_totals(document, place_totals(document))
