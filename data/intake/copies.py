"""Copies of a table on another sheet, as people leave one before they change it: the same money, counted once."""

from collections import Counter
from collections.abc import Sequence

from data.intake.drafts import ColumnKey, TableDraft
from data.intake.numbers import pick
from planning.vocabulary import TableKind

_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_REASON = "its rows are those of the table in row {row} of sheet {sheet}, line by line, which is counted."
Content = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, tuple[str, ...]], ...], tuple[tuple, ...]]


def name_copies(tables: Sequence[TableDraft]) -> None:
    """Takes tables out of the count that say, label by label and amount by amount, what a table before them says.

    A visible sheet is counted before a hidden one. Two funds under titles of their own are two funds, and a few rows or
    flat figures prove nothing.
    """
    seen: dict[tuple, TableDraft] = {}
    open_tables = [table for table in _list_alike(tables) if _may_be_copied(table)]
    for table in sorted(open_tables, key=lambda table: not table.sheet.visible):
        first = seen.setdefault(_read_content(table), table)
        if first is not table and first.sheet is not table.sheet:
            reason = _REASON.format(row=first.first_row() + 1, sheet=first.sheet.name)
            table.leave_out(TableKind.SUMMARY, reason)


def _list_alike(tables: Sequence[TableDraft]) -> list[TableDraft]:
    """Tables of one size with another: only these are worth a look at every cell."""
    counted = [table for table in tables if not table.why_not_counted]
    sizes = Counter(map(_measure, counted))
    return [table for table in counted if sizes[_measure(table)] > 1]


def _measure(table: TableDraft) -> tuple[int, int, int]:
    return len(table.detail), len(table.labels), len(table.values)


def _may_be_copied(table: TableDraft) -> bool:
    figures = {a for value in table.values for a in pick(value.amounts, table.detail) if a and a == a}
    return len(table.detail) >= _FEWEST_ROWS and len(figures) >= _FEWEST_FIGURES


def _read_content(table: TableDraft) -> Content:
    """Title fields, labels by header and amounts by column meaning: all that could tell two tables apart."""
    labels = tuple((label.key, tuple(pick(label.texts, table.detail))) for label in table.labels)
    amounts = tuple((_name(value.key), *map(_plain, pick(value.amounts, table.detail))) for value in table.values)
    return tuple(sorted(table.titles.fields.items())), labels, amounts


def _name(key: ColumnKey) -> str:
    return "|".join(key)


def _plain(amount: float) -> float | None:
    return amount if amount == amount else None
