"""Statements that restate a budget's totals instead of listing its lines."""

import re

from data.intake.drafts import TableDraft

_BEGINNING = re.compile(r"\b(?:beginning|opening|starting)\b.*\bbalance\b", re.I)
_ENDING = re.compile(r"\b(?:ending|closing)\b.*\bbalance\b", re.I)
_MOST_ROWS = 200
_PIVOT_CORNER = re.compile(r"(?:sum|count|average) of \S.*", re.I)
_PIVOT_TOTAL = "grand total"
_BUDGET_DIMENSIONS = frozenset({"fund", "function", "object", "account", "location", "program", "project", "org"})
_FLOW = re.compile(r"\b(?:revenues?|expenditures?|expenses|resources|requirements)\b", re.I)


def is_balance_statement(table: TableDraft) -> bool:
    """Whether a table walks from a beginning to an ending fund balance over revenue and expenditures as single rows."""
    if len(table.detail) > _MOST_ROWS:
        return False
    texts = {text for label in table.labels for text in label.texts}
    return all(any(pattern.search(text) for text in texts) for pattern in (_BEGINNING, _ENDING, _FLOW))


def is_unnamed(table: TableDraft) -> bool:
    """Whether neither a column of amounts nor a column of labels is called anything that budgets have.

    Check figures below a report and logs of a program look like this.
    """
    says_value = any(value.meaning.says_value for value in table.values)
    return not says_value and not any(label.meaning.dimension in _BUDGET_DIMENSIONS for label in table.labels)


def is_pivot(table: TableDraft) -> bool:
    """Whether a table is what a spreadsheet's pivot leaves: `Sum of …` in a corner and a grand total."""
    corner = [*table.titles.lines, *table.headers.values()]
    if not any(_PIVOT_CORNER.fullmatch(text) for text in corner):
        return False
    texts = {text for label in table.labels for text in label.texts}.union(corner)
    return any(_PIVOT_TOTAL in text.casefold() for text in texts)
