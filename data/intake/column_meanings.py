"""Settles what each column of amounts means: its fiscal year, basis, unit and scale."""

import re
from array import array
from collections.abc import Mapping

from data.intake.drafts import ColumnKey, TableDraft, ValueDraft
from data.intake.explanations import ANSWERED, explain_value
from data.intake.headers import read_value_header, read_years
from data.intake.numbers import pick
from data.intake.relative_years import COUNTED_FROM, count_years
from data.intake.scales import choose_scale
from planning.vocabulary import Basis, Unit

_MOST_POSITIONS = 10_000
_MONEY_WORDS = re.compile(
    r"\$|\b(?:budget|revenue|expen|appropriat|salar|cost|dollar|amount|fund|alloc|levy|tax|grant)", re.I
)


def settle_values(table: TableDraft, sheet_years: tuple[str, ...], answers: Mapping[str, str]) -> None:
    """Gives every column its year, basis, unit and scale: from its header, else the titles, else the answers."""
    years, years_from = _find_years(table, sheet_years)
    unit = _find_unit(table)
    counted = count_years(table, years, answers)
    for value in table.values:
        meaning = value.meaning
        said = meaning.years if len(meaning.years) == 1 else years
        if table.asks_this_year and not table.this_year:
            said = meaning.years
        value.fiscal_year = said[0] if len(said) == 1 else _neighbour_year(table, value)
        value.basis = (
            _neighbour_basis(table, value) or meaning.basis or table.own_basis or table.titles.basis or Basis.BUDGET
        )
        value.unit = meaning.unit or unit
        stated = max(meaning.scale, table.titles.scale) if value.unit is Unit.USD else 1
        value.scale = choose_scale(table, value, stated, answers)
        value.why |= explain_value(table, value, years_from, stated)
        if value.index in counted:
            value.fiscal_year, value.why["fiscal_year"] = counted[value.index], COUNTED_FROM
        if value.fiscal_year is None and (given := read_year_answer(answers, value.header)):
            value.fiscal_year, value.why["fiscal_year"] = given, ANSWERED
        if value.scale != 1:
            value.amounts = _scaled(value)
    _number_repeats(table)


def _find_unit(table: TableDraft) -> Unit:
    """Dollars, unless page and tab speak of nothing but positions or pupils, and no figure is too large for them."""
    texts = [*table.titles.lines, table.sheet.name, *(total.label for total in table.totals)]
    units = {unit for text in texts if (unit := read_value_header(text).unit) is not None}
    said = any(value.meaning.unit for value in table.values)
    if said or len(units) != 1 or not units <= {Unit.FTE, Unit.PUPILS} or any(map(_MONEY_WORDS.search, texts)):
        return Unit.USD
    amounts = (value.amounts[p] for value in table.values for p in table.detail)
    largest = max((abs(amount) for amount in amounts if amount == amount), default=0.0)
    return units.pop() if largest < _MOST_POSITIONS else Unit.USD


def _find_years(table: TableDraft, sheet_years: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What the rows say of themselves goes before what stands above them or on the sheet's tab; and which of these."""
    if table.own_year:
        return (table.own_year,), "every row says it"
    if table.titles.years:
        return table.titles.years, "the lines above the table say it"
    if constant := _constant_label_year(table):
        return constant, "a column says it on every row"
    return sheet_years, "the name of the sheet says it" if sheet_years else ""


def _number_repeats(table: TableDraft) -> None:
    """Columns that say the very same are told apart by their order."""
    seen: dict[ColumnKey, int] = {}
    for value in table.values:
        key = value.key
        value.repeat = seen.get(key, 0)
        seen[key] = value.repeat + 1


def _neighbour_basis(table: TableDraft, value: ValueDraft) -> Basis | None:
    """A column of another unit without a basis (2024-25 FTE) shares that of the column before it with the same year.

    Money shares none: 2024-25 Activity beside 2024-25 Revised Budget is no second revised budget. A group header that
    says no more than Budget gives way to Proposed beside it.
    """
    own = value.meaning
    if own.unit in (None, Unit.USD) or own.basis not in (None, Basis.BUDGET):
        return None
    # FTE right behind 2023-24 Actual is of it.
    before = [v for v in table.values if v.index < value.index and own.years in ((), v.meaning.years)]
    return next((v.meaning.basis for v in reversed(before) if v.meaning.basis), None)


def _neighbour_year(table: TableDraft, value: ValueDraft) -> str | None:
    """A column of positions that names no year is of the year of the amounts that it stands right behind."""
    if value.meaning.years or value.meaning.unit in (None, Unit.USD):
        return None
    before = [other for other in table.values if other.index < value.index and other.meaning.years]
    return before[-1].meaning.years[0] if before and len(before[-1].meaning.years) == 1 else None


def read_year_answer(answers: Mapping[str, str], header: str) -> str | None:
    """The fiscal year a person gave for one header, or for all columns without one."""
    given = answers.get(f"fiscal_year:{header}") or answers.get("fiscal_year", "")
    years = read_years(given)[0]
    return years[0] if len(years) == 1 else None


def _scaled(value: ValueDraft) -> array:
    return array("d", [amount * value.scale for amount in value.amounts])


def _constant_label_year(table: TableDraft) -> tuple[str, ...]:
    """A label column that names one fiscal year on every row, such as FY19 | … | AMOUNT; a remark behind names none."""
    last = max((value.index for value in table.values), default=0)
    for label in table.labels:
        texts = label.distinct - {""}
        if label.index > last and not all(pick(label.texts, table.detail)):
            continue
        if 0 < len(texts) <= 3:
            found = {read_years(text)[0] for text in texts}
            if len(found) == 1 and len(years := next(iter(found))) == 1:
                return years
    return ()
