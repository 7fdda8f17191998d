"""The whole reading of a budget workbook: the one call that page and command line use."""

import gc
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from data.intake import finding_kinds as kinds
from data.intake.account_sides import part_by_accounts
from data.intake.accounts import choose_workbook_chart, read_accounts
from data.intake.assembly import build_reading, refuse
from data.intake.bare_numbers import is_all_text, take_bare_numbers
from data.intake.cell_pages import write_cell_pages
from data.intake.cells import Sheet, Workbook
from data.intake.charts import Chart
from data.intake.code_lists import CodeNames, find_code_list, read_code_names
from data.intake.column_meanings import settle_values
from data.intake.column_sides import part_by_columns
from data.intake.column_sums import leave_sums_out
from data.intake.columns import read_columns, take_codes_out
from data.intake.copies import name_copies
from data.intake.decimal_signs import COMMA, ask_decimal_sign, choose_decimal_sign, find_decimal_commas
from data.intake.documents import build_documents, confirm_sides, read_named_side, read_table_side, settle_sides
from data.intake.doubts import find_hidden_totals
from data.intake.drafts import Document, Grid, TableDraft
from data.intake.extents import place_totals
from data.intake.headers import read_years
from data.intake.hierarchy import take_parents_out
from data.intake.model import Question, Reading, TieOut
from data.intake.months import count_months_once
from data.intake.nested_totals import take_proved_parents_out
from data.intake.numbers import decimal_commas
from data.intake.page_totals import set_page_totals_apart
from data.intake.panels import split_panels
from data.intake.parts import part_by_rows
from data.intake.print_marks import leave_marks_out
from data.intake.questions import SIDE, YEAR_CONVENTION
from data.intake.reconcile import check_totals
from data.intake.registers import find_register, name_register
from data.intake.repeats import name_equal_totals, name_repeats
from data.intake.rows import read_row_roles
from data.intake.sections import set_computed_aside
from data.intake.shared_headers import move_headers_to_amounts
from data.intake.stages import set_stages_apart
from data.intake.statements import is_balance_statement, is_levy, is_pivot, is_unnamed, leave_blocks
from data.intake.summaries import LedgerSums, check_summary, set_candidates_aside
from data.intake.tables import find_tables, turn_sheet
from data.intake.technology import find_technology
from data.intake.text_lines import part_text_lines
from data.intake.titles import read_tab_basis, read_titles, share_titles
from data.intake.twins import settle_twins
from data.intake.undated import leave_undated_out
from planning.vocabulary import Side, TableKind

ReportProgress = Callable[[float, str], None]
ReadDocuments = Callable[[Sequence[TableDraft], Sequence[TableDraft]], tuple[list[Document], list[TieOut]]]
_TIED_LEFT_OUT = frozenset({TableKind.SUMMARY, TableKind.CROSSTAB, TableKind.REGISTER})
_SUMMARY_REASON = "its figures are sums of lines that stand elsewhere in the file."
_NOT_COUNTED: tuple[tuple[Callable[[TableDraft], bool], TableKind, str], ...] = (
    (
        is_balance_statement,
        TableKind.SUMMARY,
        "it is a fund balance statement; its revenue and expenditures stand on other sheets.",
    ),
    (
        is_levy,
        TableKind.SUMMARY,
        "it says what is levied; that is in the revenue of the tables that are counted.",
    ),
    (is_pivot, TableKind.PIVOT, "it is a pivot of rows that stand elsewhere."),
    (is_unnamed, TableKind.NOTES, "neither its columns nor its rows are called anything that a budget has."),
)


def read_budget_file(
    path: str,
    file_name: str | None = None,
    answers: Mapping[str, str] | None = None,
    report_progress: ReportProgress | None = None,
    cells_path: str = "",
    file_limits: int = 1,
) -> Reading:
    """Reads a file from disk; runs in the reader child, because a bad file can end the process it is read in.

    The usual limits are multiplied by `file_limits`. At `cells_path` it leaves the cells, where one is given, for a
    picture of the sheets.
    """
    # Late: the reader library is needed only here.
    from data.intake.gate import GateLimits
    from data.intake.source import read_workbook

    limits = GateLimits().times(file_limits)
    workbook = read_workbook(path, file_name, limits=limits, report_progress=report_progress, late_formats=True)
    workbook = part_text_lines(workbook)
    if cells_path:
        write_cell_pages(workbook, cells_path)
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
    commas = find_decimal_commas(workbook.sheets)
    with _collection_paused(), decimal_commas(choose_decimal_sign(commas, answers) == COMMA):
        return _read_cells(workbook, answers, report, ask_decimal_sign(commas, answers))


def _read_cells(
    workbook: Workbook, answers: Mapping[str, str], report: ReportProgress, asked: Sequence[Question]
) -> Reading:
    report(0.1, "Finding tables")
    tables: list[TableDraft] = []
    empty_sheets: list[str] = []
    for sheet in workbook.sheets:
        found = _read_sheet(sheet, answers)
        tables += found
        if not found and any(cell is not None for row in sheet.rows for cell in row):
            empty_sheets.append(sheet.name)
    if not tables:
        return refuse(workbook, [kinds.NO_NUMBERS.at()])
    report(0.4, "Reading accounts")
    tables, documents, ties = _understand(tables, answers)
    report(0.9, "Checking totals")
    return build_reading(workbook, tables, documents, ties, answers, empty_sheets, asked)


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
    grid = leave_marks_out(move_headers_to_amounts(turn_sheet(sheet)))
    if is_all_text(grid):
        grid = take_bare_numbers(grid) or grid
    kept = _read_grid(grid, answers)
    if not kept and (other := find_register(grid) or find_code_list(grid)):
        kept = [other]
    if not kept and (marked := take_bare_numbers(grid)):
        kept = _read_grid(marked, answers)
    _number_tables(kept)
    return kept


def _read_grid(grid: Grid, answers: Mapping[str, str]) -> list[TableDraft]:
    convention = answers.get(YEAR_CONVENTION, "ends")
    found = [(part, table) for part in split_panels(grid) for table in find_tables(part)]
    read = [part for own, table in found for part in _read_table(own, table, found[0][1], convention, answers)]
    return [table for table in read if table.values and table.detail]


def _number_tables(tables: Iterable[TableDraft]) -> None:
    """Numbers the tables of each sheet from 1."""
    numbers: dict[int, int] = {}
    for table in tables:
        table.table_no = numbers[id(table.sheet)] = numbers.get(id(table.sheet), 0) + 1


def _read_table(
    grid: Grid, table: TableDraft, first: TableDraft, convention: str, answers: Mapping[str, str]
) -> list[TableDraft]:
    table.titles = read_titles(grid, table.title_rows, convention)
    if table is not first:
        share_titles(table, first.titles)
    read_columns(grid, table, convention)
    read_row_roles(grid, table)
    take_codes_out(table)
    set_page_totals_apart(table)
    set_computed_aside(table)
    set_stages_apart(table)
    leave_sums_out(table)
    take_parents_out(table)
    take_proved_parents_out(table)
    leave_undated_out(table)
    find_hidden_totals(table, answers)
    name_register(grid, table)
    table.titles.basis = table.titles.basis or read_tab_basis(grid.sheet.name)
    parts = [part for own in part_by_rows(table, convention) for part in part_by_columns(own)]
    for part in parts:
        settle_values(part, read_years(grid.sheet.name, convention)[0], answers)
        settle_twins(part, answers)
        if part.side is Side.UNKNOWN:
            part.side = read_table_side(part)
        if part.side is Side.UNKNOWN and SIDE in answers:
            part.side = Side(answers[SIDE])
    return parts


def _understand(
    tables: list[TableDraft], answers: Mapping[str, str]
) -> tuple[list[TableDraft], list[Document], list[TieOut]]:
    """Joins, codes and reconciles the tables; those that repeat others are named and left out of the count."""
    read_documents = partial(_read_documents, read_code_names(tables))
    count_months_once(tables)
    _leave_statements_out(tables)
    name_copies(tables)
    name_repeats(tables)
    counted = [table for table in tables if not table.why_not_counted]
    aside = set_candidates_aside(counted)
    documents, ties = read_documents(counted, aside)
    parted = _part_by_accounts(documents)
    if parted:
        tables = [part for table in tables for part in parted.get(id(table), [table])]
        _number_tables(tables)
        counted = [table for table in tables if not table.why_not_counted]
        aside = [part for table in aside for part in parted.get(id(table), [table])]
        documents, ties = read_documents(counted, aside)
    documents, ties, summaries = _compare_summaries(counted, aside, documents, ties, read_documents)
    name_equal_totals([table for table in counted if not table.why_not_counted], answers)
    if any(table.why_not_counted for document in documents for table in document.tables):
        documents, ties = read_documents([table for table in counted if not table.why_not_counted], ())
    return tables, documents, _tie_tables_left_out(tables, summaries) + ties + summaries


def _tie_tables_left_out(tables: Sequence[TableDraft], known: Sequence[TieOut]) -> list[TieOut]:
    """The printed totals of tables that show money counted elsewhere, or list things: against their own lines."""
    tied = {(tie.sheet, tie.table_no) for tie in known}
    ties: list[TieOut] = []
    for table in tables:
        if (
            table.why_not_counted
            and table.kind in _TIED_LEFT_OUT
            and table.totals
            and (table.sheet.name, table.table_no) not in tied
        ):
            [document] = build_documents([table])
            read_accounts(document, None)
            ties += check_totals(document, place_totals(document))
    return ties


def _part_by_accounts(documents: Sequence[Document]) -> dict[int, list[TableDraft]]:
    named = {
        id(table) for document in documents for table in document.tables if read_named_side(table) is not Side.UNKNOWN
    }
    return {key: parts for document in documents for key, parts in part_by_accounts(document, named).items()}


def _compare_summaries(
    counted: list[TableDraft],
    aside: list[TableDraft],
    documents: list[Document],
    ties: list[TieOut],
    read_documents: ReadDocuments,
) -> tuple[list[Document], list[TieOut], list[TieOut]]:
    """The documents that are left, their tie-outs, and those of the summaries."""
    summaries: list[TieOut] = []
    for table in sorted(aside, key=lambda candidate: -len(candidate.labels)):
        repeated = check_summary(table, LedgerSums(documents), max((tie.level for tie in ties), default=0))
        if repeated is None:
            aside = [other for other in aside if other is not table]
            documents, ties = read_documents(counted, aside)
        else:
            table.leave_out(TableKind.SUMMARY, _SUMMARY_REASON)
            summaries += repeated
            confirm_sides(table, [own for document in documents for own in document.tables])
    return documents, ties, summaries


def _read_documents(
    names: CodeNames, tables: Sequence[TableDraft], without: Sequence[TableDraft]
) -> tuple[list[Document], list[TieOut]]:
    left_out = {id(table) for table in without}
    kept = [table for table in tables if id(table) not in left_out]
    settle_sides(kept)
    documents = build_documents(kept)
    chart = choose_workbook_chart(documents)
    return documents, [tie for document in documents for tie in _read_document(document, chart, names)]


def _leave_statements_out(tables: Sequence[TableDraft]) -> None:
    """Statements, pivots and stray figures are left out where something else is counted."""
    for is_one, kind, reason in _NOT_COUNTED:
        found = [table for table in tables if not table.why_not_counted and is_one(table)]
        if is_one is is_balance_statement:
            others = [table for table in tables if not table.why_not_counted and not is_one(table)]
            found = leave_blocks(found, others)
        if is_one is is_levy and not any(table.side is Side.REVENUE for table in tables if table not in found):
            found = []
        if len(found) < sum(1 for table in tables if not table.why_not_counted):
            for table in found:
                table.leave_out(kind, reason)
                table.side = Side.FUND_BALANCE if is_one is is_balance_statement else table.side


def _read_document(document: Document, chart: Chart | None, names: CodeNames) -> list[TieOut]:
    read_accounts(document, chart, names)
    document.attributes["side"] = [str(document.tables[0].side)] * document.line_count
    find_technology(document)
    return check_totals(document, place_totals(document))
