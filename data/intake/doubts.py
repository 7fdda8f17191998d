"""What speaks against a reading although nothing failed: lines that look like totals, totals that hardly ever tie.

A reading with such a doubt is not published before a person has looked: it becomes a question without a default.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from data.intake.drafts import TableDraft, TotalRow, ValueDraft
from data.intake.model import Question, TieOut
from data.intake.reconcile import add_exactly, is_mismatch
from planning.vocabulary import RowRole

HIDDEN_TOTALS = "hidden_totals"
HIDDEN_CHOICES = ("totals", "lines")
TOTALS_OFF = "totals_off"
TOTALS_OFF_CHOICES = ("publish",)
_CODED = frozenset({"fund", "function", "object", "account", "code"})
_HALF_CENT = 0.005
_FEWEST_COLUMNS = 2
_FEWEST_LINES = 2
_FEWEST_PARTS = 3
_WHOLE = re.compile(r"\b(?:net|overall|combined|all (?:funds|schools|departments))\b", re.I)
_MOST_LINES = 5000  # what is longer is an export of lines: nobody prints subtotals into it


def find_hidden_totals(table: TableDraft, answers: Mapping[str, str]) -> None:
    """Marks detail rows that equal the sum of the rows above (or below) them in several columns at once.

    With the answer `totals`, or where the printed totals prove it, they become subtotals. A row with an account code is
    a line whatever it equals.
    """
    coded = [label.texts for label in table.labels if label.meaning.dimension in _CODED and not label.meaning.is_name]
    is_export = len(table.detail) > _MOST_LINES or any("" not in texts for texts in coded)
    if is_export or not table.values:
        return
    if len(table.values) >= _FEWEST_COLUMNS:
        found = _find_sums(table, coded, table.detail)
        below = _find_sums(table, coded, table.detail[::-1])
        table.hidden_totals = sorted(max(found, below, key=len))
    table.hidden_totals = table.hidden_totals or _find_whole(table, coded)
    if not table.hidden_totals:
        return
    answer = answers.get(HIDDEN_TOTALS) or _read_proof(table) or _read_whole(table, coded)
    if answer == HIDDEN_CHOICES[0]:
        _make_totals(table)
    if answer and HIDDEN_TOTALS not in answers:
        table.hidden_totals = []


def _find_whole(table: TableDraft, coded: Sequence[Sequence[str]]) -> list[int]:
    """The last or first line where it equals all others together, in every column: one figure is enough for that."""
    for whole in (table.detail[-1:], table.detail[:1]):
        rest = [p for p in table.detail if p not in whole]
        filled = [p for p in rest if any(_or_zero(value.amounts[p]) for value in table.values)]
        if len(filled) < _FEWEST_PARTS or not _is_uncoded(coded, whole[0]):
            continue
        pairs = [
            (value.amounts[whole[0]], add_exactly(_or_zero(value.amounts[p]) for p in rest)) for value in table.values
        ]
        if any(_or_zero(amount) for amount, _ in pairs) and all(
            abs(_or_zero(amount) - float(added)) < _HALF_CENT for amount, added in pairs
        ):
            return list(whole)
    return []


def _read_whole(table: TableDraft, coded: Sequence[Sequence[str]]) -> str:
    """The first or last row that equals all others and is called net, overall or combined is their total."""
    if table.hidden_totals != _find_whole(table, coded):
        return ""
    texts = [label.texts[table.hidden_totals[0]] for label in table.labels]
    return HIDDEN_CHOICES[0] if any(map(_WHOLE.search, texts)) else ""


def _make_totals(table: TableDraft) -> None:
    """The hidden totals become totals like those that say so."""
    hidden = set(table.hidden_totals)
    table.detail = [position for position in table.detail if position not in hidden]
    start = table.body.start
    table.roles.update({start + position: RowRole.SUBTOTAL for position in hidden})
    named = (
        (p, next(((label.texts[p], label.key) for label in table.labels if label.texts[p]), ("", ""))) for p in hidden
    )
    table.totals += [TotalRow(start + p, p, label, key, 0) for p, (label, key) in named]
    table.totals.sort(key=lambda total: total.position)
    table.recount()


def _read_proof(table: TableDraft) -> str:
    """What the printed totals prove: that they add up only without the rows in doubt, or only with them.

    Every row in doubt must stand among the rows of a total that proves the same, in all its columns.
    """
    verdicts: dict[int, set[str]] = {position: set() for position in table.hidden_totals}
    before = -1
    for total in (total for total in table.totals if not total.of_page):
        for first in {before, -1}:
            _judge(table, total, first, verdicts)
        before = total.position
    proved = [found for found in verdicts.values() if len(found) == 1]
    answers = set().union(*proved)
    if len(proved) < len(verdicts) or len(answers) != 1:
        return ""
    if HIDDEN_CHOICES[0] in answers:
        table.add_reason(
            f"{len(verdicts)} rows that are not called totals are read as totals: they equal the rows beside them, and "
            "the printed total adds up only without them."
        )
    return answers.pop()


def _judge(table: TableDraft, total: TotalRow, first: int, verdicts: dict[int, set[str]]) -> None:
    """Adds what one total proves of the rows in doubt between a position and itself."""
    rows = [p for p in table.detail if first < p < total.position]
    doubted = [p for p in rows if p in verdicts]
    printed = [
        v for v in table.values if v.amounts[total.position] and v.amounts[total.position] == v.amounts[total.position]
    ]
    if not doubted or not printed:
        return
    kept = [p for p in rows if p not in verdicts]
    for verdict, lines in zip(HIDDEN_CHOICES, (kept, rows), strict=True):
        sums = ((add_exactly(_or_zero(value.amounts[p]) for p in lines), value) for value in printed)
        if all(abs(float(added) - value.amounts[total.position]) < _HALF_CENT for added, value in sums):
            for position in doubted:
                verdicts[position].add(verdict)


def _find_sums(table: TableDraft, coded: Sequence[Sequence[str]], order: Sequence[int]) -> list[int]:
    """Rows that equal the sum of those since the last heading, total or such row, going in one direction."""
    found: list[int] = []
    for block in _cut_blocks(table, order):
        sums = [0.0] * len(table.values)
        lines = 0
        for position in block:
            amounts = [_or_zero(value.amounts[position]) for value in table.values]
            if lines >= _FEWEST_LINES and _is_uncoded(coded, position) and _is_same(amounts, sums):
                found.append(position)
                sums, lines = [0.0] * len(sums), 0
            else:
                sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
                lines += any(amounts)
    return found


def _cut_blocks(table: TableDraft, order: Sequence[int]) -> Iterator[list[int]]:
    """Detail rows between headings and printed totals."""
    start = table.body.start
    bounds = sorted({h.row - start for h in table.headings} | {t.position for t in table.totals if not t.of_page})
    block: list[int] = []
    last = -1
    for position in order:
        place = bisect_left(bounds, position)
        if place != last and block:
            yield block
            block = []
        block.append(position)
        last = place
    if block:
        yield block


def _is_uncoded(coded: Sequence[Sequence[str]], position: int) -> bool:
    return not any(texts[position] for texts in coded)


def _is_same(amounts: Sequence[float], sums: Sequence[float]) -> bool:
    """Equal in all columns, at least two of them filled and different: flat figures over years prove nothing."""
    if any(abs(amount - total) >= _HALF_CENT for amount, total in zip(amounts, sums, strict=True)):
        return False
    return len({round(amount, 2) for amount in amounts if amount}) >= _FEWEST_COLUMNS


def _or_zero(amount: float) -> float:
    return amount if amount == amount else 0.0


def first_filled(table: TableDraft, position: int) -> ValueDraft:
    """The first column with an amount in a row."""
    return next((value for value in table.values if value.amounts[position]), table.values[0])


def ask_doubts(tables: Sequence[TableDraft], ties: Sequence[TieOut], answers: Mapping[str, str]) -> list[Question]:
    """The question about the doubt that is still open; lines that may be totals explain totals that are off."""
    return _ask_hidden_totals(tables, answers) or _ask_totals_off(ties, answers)


def _ask_hidden_totals(tables: Sequence[TableDraft], answers: Mapping[str, str]) -> list[Question]:
    rows = [(table.sheet.name, table.body.start + p + 1) for table in tables for p in table.hidden_totals]
    if not rows or HIDDEN_TOTALS in answers:
        return []
    sheet, row = rows[0]
    text = (
        f"{len(rows)} rows that are not called totals equal the sum of the rows beside them in every column, the first "
        f"in row {row} of sheet {sheet}. Are they totals, or lines to be counted?"
    )
    return [Question(HIDDEN_TOTALS, text, HIDDEN_CHOICES, "")]


def _ask_totals_off(ties: Sequence[TieOut], answers: Mapping[str, str]) -> list[Question]:
    """Most printed totals off means that the lines are read wrongly, far more often than a wrong report."""
    printed = [tie for tie in ties if tie.printed]
    off = [tie for tie in printed if is_mismatch(tie.printed, tie.detail)]
    if TOTALS_OFF in answers or 2 * len(off) <= len(printed):
        return []
    text = (
        f"{len(off)} of {len(printed)} printed totals differ from the lines they cover, so the lines are probably not "
        "read as the file means them. Publish them all the same?"
    )
    return [Question(TOTALS_OFF, text, TOTALS_OFF_CHOICES, "")]
