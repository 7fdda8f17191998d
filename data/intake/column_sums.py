"""Columns computed from the columns beside them: totals along the row, and quantity times price.

Counting them too would double the money, leaving out one that is no sum would lose it: so the cells are asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from data.intake.drafts import OddSum, TableDraft, ValueDraft
from data.intake.rows import is_total_label
from data.intake.stages import BUDGETS, OUTCOMES
from planning.vocabulary import Basis, Unit

_HALF_CENT = 0.005
_TRIAL_ROWS = 2
_FEWEST_PARTS = 2
_FEWEST_ROWS = 3
_SUM = re.compile(
    r"\ball (?:funds|schools|sites|programs|sources)\b|\bcombined\b|\boverall\b|\bdistrict-?wide\b"
    r"|\s*(?:annual|yearly|(?:full |fiscal )?year|(?:12|twelve)[ -]months?)\s*\Z",
    re.I,
)
_FACTOR = re.compile(r"\b(?:price|rate|each|hours|days|months|unit cost|cost per)\b", re.I)


def leave_sums_out(table: TableDraft) -> None:
    """Takes columns that add up others out of the values; the cells where they do not are kept as odd."""
    _leave_prices_out(table)
    totals = [value for value in table.values if _says_sum(value.header)]
    plain = [value for value in table.values if not _says_sum(value.header)]
    for total in totals:
        addends = _find_addends(table, total, plain)
        if addends and not _is_budget_of(total, addends):
            _leave_sum_out(table, total, addends)
        elif total.meaning.is_row_total and len(plain) > 1:
            _leave_unproved_out(table, total, plain)
    _leave_unnamed_sums_out(table)


def _is_budget_of(total: ValueDraft, addends: Sequence[ValueDraft]) -> bool:
    """Whether a Total Budget is what was spent, ordered and is left of it: then it is counted beside them."""
    return total.meaning.basis in BUDGETS and any(value.meaning.basis in OUTCOMES for value in addends)


def _says_sum(header: str) -> bool:
    return is_total_label(header) or bool(_SUM.search(header))


def _leave_unnamed_sums_out(table: TableDraft) -> None:
    """A column that is not called a total but adds up those beside it in every row, such as All Funds."""
    for column in list(table.values):
        alike = [value for value in table.values if value is not column and _means_same(value, column)]
        if len(alike) < _FEWEST_PARTS:
            continue
        filled = [p for p in table.detail if column.amounts[p] and column.amounts[p] == column.amounts[p]]
        if len(filled) < _FEWEST_ROWS:
            continue
        left = [value for value in alike if value.index < column.index]
        right = [value for value in alike if value.index > column.index]
        for addends in (left, right):
            if len(addends) < _FEWEST_PARTS or _list_odd(filled[:_FEWEST_ROWS], column, addends):
                continue
            several = [p for p in filled if _has_several([p], addends)]
            if len(several) >= _FEWEST_ROWS and not _list_odd(table.detail, column, addends):
                _leave_sum_out(table, column, addends)
                break


def _means_same(one: ValueDraft, other: ValueDraft) -> bool:
    mine, theirs = one.meaning, other.meaning
    firm = (mine.basis or Basis.BUDGET) is (theirs.basis or Basis.BUDGET)
    return mine.years == theirs.years and firm and mine.unit in (theirs.unit, None, Unit.USD)


def _leave_sum_out(table: TableDraft, total: ValueDraft, addends: Sequence[ValueDraft]) -> None:
    table.values = [value for value in table.values if value is not total]
    table.row_sums.append(total)
    table.parts |= {value.index for value in addends}
    table.reasons.append(f"Column {total.header} is left out: it adds up {len(addends)} of the columns beside it.")
    table.odd_sums += _name_odd(table, total, addends)
    if total.meaning.unit in (None, Unit.USD):
        _make_money(addends)
    if total.meaning.years and not any(value.meaning.years for value in table.values):
        _share_year(total, addends)


def _share_year(total: ValueDraft, addends: Sequence[ValueDraft]) -> None:
    """The parts of Total FY2024 Expenditures are of that year, where no column beside them names one."""
    mine = total.meaning
    for value in addends:
        basis = value.meaning.basis or mine.basis
        value.meaning = replace(value.meaning, years=mine.years, bare_years=mine.bare_years, basis=basis)


def _make_money(addends: Sequence[ValueDraft]) -> None:
    """What adds up to dollars is dollars, even under a heading such as Enrollment."""
    for value in addends:
        if value.meaning.unit not in (None, Unit.USD):
            value.meaning = replace(value.meaning, unit=Unit.USD)


def _leave_unproved_out(table: TableDraft, total: ValueDraft, plain: Sequence[ValueDraft]) -> None:
    """A column headed Total that adds up nothing beside it: left out all the same, and said."""
    table.values = [value for value in table.values if value is not total]
    table.row_sums.append(total)
    table.parts |= {value.index for value in plain}
    table.reasons.append("The column of row totals is left out: it adds up the columns beside it.")
    table.odd_sums += _name_odd(table, total, plain)


def _find_addends(table: TableDraft, total: ValueDraft, plain: Sequence[ValueDraft]) -> Sequence[ValueDraft]:
    """The columns that a total column adds up in most rows, best of all in every row: a run beside it, else any two."""
    filled = [p for p in table.detail if total.amounts[p] and total.amounts[p] == total.amounts[p]]
    trial = filled[:_TRIAL_ROWS]
    best: Sequence[ValueDraft] = ()
    fewest = (len(filled) + 1) // 2
    for addends in _candidate_addends(total, plain):
        if len(_list_odd(trial, total, addends)) == len(trial):
            continue
        odd = len(_list_odd(filled, total, addends))
        if odd < fewest and _has_several(filled, addends):
            best, fewest = addends, odd
        if not fewest:
            break
    return best


def _candidate_addends(total: ValueDraft, plain: Sequence[ValueDraft]) -> Iterator[Sequence[ValueDraft]]:
    """Runs beside a total: of columns that mean what it means (positions among dollars), of all columns, any two."""
    alike = [value for value in plain if _means_exactly(value, total)]
    if _FEWEST_PARTS <= len(alike) < len(plain):
        yield from _runs_beside(total, alike)
    yield from _runs_beside(total, plain)
    yield from combinations(plain, 2)


def _means_exactly(one: ValueDraft, other: ValueDraft) -> bool:
    mine, theirs = one.meaning, other.meaning
    return (mine.years, mine.basis, mine.unit) == (theirs.years, theirs.basis, theirs.unit)


def _runs_beside(total: ValueDraft, plain: Sequence[ValueDraft]) -> Iterator[Sequence[ValueDraft]]:
    left = [value for value in plain if value.index < total.index]
    right = [value for value in plain if value.index > total.index]
    yield from (left[start:] for start in range(len(left) - 1))
    yield from (right[:end] for end in range(len(right), 1, -1))


def _has_several(positions: Sequence[int], addends: Sequence[ValueDraft]) -> bool:
    """Whether some row adds up more than one figure: a copy of one column proves no sum."""
    return any(sum(1 for v in addends if v.amounts[p] and v.amounts[p] == v.amounts[p]) > 1 for p in positions)


def _name_odd(table: TableDraft, total: ValueDraft, addends: Sequence[ValueDraft]) -> list[OddSum]:
    start = table.body.start
    return [
        OddSum(start + p, total.index, total.amounts[p], _add_row(addends, p))
        for p in _list_odd(table.detail, total, addends)
    ]


def _add_row(addends: Sequence[ValueDraft], position: int) -> float:
    return sum(amount for value in addends if (amount := value.amounts[position]) == amount)


def _list_odd(positions: Sequence[int], total: ValueDraft, addends: Sequence[ValueDraft]) -> list[int]:
    """Rows whose printed total is not the sum of its parts, each rounded to the cent."""
    leeway = _HALF_CENT * (len(addends) + 1)
    return [
        position
        for position in positions
        if (printed := total.amounts[position]) == printed and abs(_add_row(addends, position) - printed) >= leeway
    ]


def _leave_prices_out(table: TableDraft) -> None:
    """Quantity and price for one stand beside what they multiply to: only the product is money."""
    factors = [value for value in table.values if value.meaning.unit is Unit.COUNT or _FACTOR.search(value.header)]
    for product in table.values[2:] if factors else ():
        before = [value for value in table.values if value.index < product.index]
        pairs = ((factor, other) for factor in factors for other in before if factor in before and factor is not other)
        found = next((pair for pair in pairs if _is_product(table.detail, product, pair)), None)
        if found:
            for value in found:
                table.reasons.append(f"Column {value.header} is left out: it is a factor of {product.header}.")
            table.values = [value for value in table.values if value not in found]
            return


def _is_product(positions: Sequence[int], product: ValueDraft, pair: tuple[ValueDraft, ValueDraft]) -> bool:
    """Whether one column is the product of two in every row, and in some row more than a copy of one of them."""
    one, two = pair
    rows = [(one.amounts[p], two.amounts[p], product.amounts[p]) for p in positions]
    filled = [(a, b, c) for a, b, c in rows if a and b and a == a and b == b]
    telling = [1 for a, b, c in filled if abs(c - a) > _HALF_CENT and abs(c - b) > _HALF_CENT]
    return len(telling) > 1 and all(abs(a * b - c) < 2 * _HALF_CENT for a, b, c in filled)
