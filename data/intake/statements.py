"""Statements that restate a budget's totals instead of listing its lines."""

import re

from data.intake.drafts import TableDraft

_BEGINNING = re.compile(r"\b(?:beginning|opening|starting)\b.*\bbalance\b", re.I)
_ENDING = re.compile(r"\b(?:ending|closing)\b.*\bbalance\b", re.I)
_MOST_ROWS = 200
_FLOW = re.compile(r"\b(?:revenues?|expenditures?|expenses|resources|requirements)\b", re.I)


def is_balance_statement(table: TableDraft) -> bool:
    """Whether a table walks from a beginning to an ending fund balance over revenue and expenditures as single rows."""
    if len(table.detail) > _MOST_ROWS:
        return False
    texts = {text for label in table.labels for text in label.texts}
    return all(any(pattern.search(text) for text in texts) for pattern in (_BEGINNING, _ENDING, _FLOW))
