"""Statements that restate a budget's totals instead of listing its lines."""

import re
from collections.abc import Sequence

from data.intake.drafts import TableDraft
from data.intake.print_lines import read_title_basis
from data.intake.rows import is_total_label
from planning.vocabulary import Side

_BEGINNING = re.compile(r"\b(?:beginning|opening|starting)\b.*\bbalance\b", re.I)
_ENDING = re.compile(r"\b(?:ending|closing)\b.*\bbalance\b", re.I)
_LEVY = re.compile(r"\b(?:property )?tax lev(?:y|ies)\b|\btotal (?:school )?levy\b", re.I)
_MOST_ROWS = 200
_HALF_CENT = 0.005
_PIVOT_CORNER = re.compile(r"(?:sum|count|average) of \S.*", re.I)
_PIVOT_TOTAL = "grand total"
_BUDGET_DIMENSIONS = frozenset({"fund", "function", "object", "account", "location", "program", "project", "org"})
_FLOW = re.compile(r"\b(?:revenues?|expenditures?|expenses|resources|requirements)\b", re.I)


def is_balance_statement(table: TableDraft) -> bool:
    """Whether a table walks from a beginning to an ending fund balance over revenue and expenditures as single rows."""
    if len(table.detail) > _MOST_ROWS:
        return False
    if table.side in (Side.REVENUE, Side.EXPENDITURE) and len(table.detail) > 1:
        return False  # one side of a statement that lists its lines: it restates nothing
    texts = {text for label in table.labels for text in label.texts}
    return all(any(pattern.search(text) for text in texts) for pattern in (_BEGINNING, _ENDING, _FLOW))


def is_levy(table: TableDraft) -> bool:
    """Whether a table says what is levied, fund by fund: a part of the revenue, and not more of it."""
    said = [*table.titles.lines[-1:], *(total.label for total in table.totals[-1:])]
    return len(table.detail) <= _MOST_ROWS and any(_LEVY.search(text) for text in said)


def leave_blocks(statements: Sequence[TableDraft], others: Sequence[TableDraft]) -> list[TableDraft]:
    """The statements that restate something: no block of one fund beside others, nor the balance it begins with.

    `others` are the tables of the file that are no statements.
    """
    kept = [table for table in statements if not _is_block_beside(table, others)]
    flows = [table for table in (*statements, *others) if table.side is not Side.FUND_BALANCE]
    return [table for table in kept if _has_no_flows(table, flows) or _has_no_flows(table, others)]


def _has_no_flows(table: TableDraft, flows: Sequence[TableDraft]) -> bool:
    """Whether no part of the same statement is among some tables."""
    return not any(other is not table and other.sheet is table.sheet and other.body == table.body for other in flows)


def _is_block_beside(table: TableDraft, others: Sequence[TableDraft]) -> bool:
    """Whether a statement is one of several blocks of a page, fund by fund, and adds up to none of the others."""
    keys = {value.key for value in table.values}
    alike = [o for o in others if o.sheet is table.sheet and o.side is table.side and {v.key for v in o.values} == keys]
    return bool(alike) and all(_add_lines(table) != _add_lines(other) for other in alike)


def _add_lines(table: TableDraft) -> list[float]:
    return [round(sum(a for p in table.detail if (a := value.amounts[p]) == a), 2) for value in table.values]


def is_unnamed(table: TableDraft) -> bool:
    """Whether neither a column of amounts nor a column of labels is called anything that budgets have.

    Check figures below a report and logs of a program look like this; what stands under a title of its own that says
    revenue, expenditure or budget does not.
    """
    says_value = any(value.meaning.says_value for value in table.values)
    # The basis of the page is shared with tables below others: only a line of their own names them.
    if table.titles.side is not Side.UNKNOWN or any(map(read_title_basis, table.titles.lines)):
        return False
    return (
        not says_value
        and not _is_added_up(table)
        and not any(label.meaning.dimension in _BUDGET_DIMENSIONS for label in table.labels)
    )


def _is_added_up(table: TableDraft) -> bool:
    """Whether a total at the end, which says so, is the sum of all lines in every column: a table without a header."""
    last = table.totals[-1] if table.totals else None
    if last is None or not is_total_label(last.label) or last.detail_before != len(table.detail):
        return False
    sums = [(v.amounts[last.position], sum(a for p in table.detail if (a := v.amounts[p]) == a)) for v in table.values]
    return any(whole for whole, _ in sums) and all(abs(whole - added) < _HALF_CENT for whole, added in sums)


def is_pivot(table: TableDraft) -> bool:
    """Whether a table is what a spreadsheet's pivot leaves: `Sum of …` in a corner and a grand total."""
    corner = [*table.titles.lines, *table.headers.values()]
    if not any(_PIVOT_CORNER.fullmatch(text) for text in corner):
        return False
    texts = {text for label in table.labels for text in label.texts}.union(corner)
    return any(_PIVOT_TOTAL in text.casefold() for text in texts)
