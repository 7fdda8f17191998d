"""Columns beside each other as finance systems print them: a budget, what was moved into it, what became of it.

`Original + Transfers = Revised`, `Revised - Spent - Encumbered = Available`, and what was spent this month beside what
was spent to date. What is moved and what is spent in a part of the year are within other columns: counted as budgets
of their own they would be money that the report shows nowhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.intake.drafts import TableDraft, ValueDraft
from data.intake.headers import list_bases
from planning.vocabulary import Basis, Unit

_HALF_CENT = 0.005
_FEWEST_ROWS = 2
_STEM = 3
_MOST = 0.9
_PERIOD = r"(?:month|mo|period|quarter)"
_PART_OF_YEAR = re.compile(
    rf"\b(?:mtd|ptd|qtd)\b|\b(?:month|mo|range|period|quarter)[ -]?to[ -]?date\b|\bmonthly\b"
    rf"|\b(?:current|this|the|for|prior|last) {_PERIOD}\b"
    rf"|\b{_PERIOD}(?:'s)? (?:\d+ )?(?:activity|actual|expen[ds]\w*|disb\w*|revenues?|receipts?)\b"
    r"|\b(?:f?ytd|year[ -]to[ -]date)(?: [\d/]+)? budget\b|\bbudget (?:f?ytd|(?:year )?to[ -]date)\b",
    re.I,
)
_CURRENT = re.compile(r"\bcurrent\b", re.I)
_TO_DATE = re.compile(r"\b(?:f?ytd|year[ -]?to[ -]?date|to[ -]date)\b", re.I)
_MOVED = re.compile(
    r"\btran(?:s)?f(?:e)?rs?\b(?! (?:in|out)\b)"
    r"|\badj(?:ust)?(?:ments?|stmts|smts|mts|s)?\b(?!\.? (?:bud|approp|est|orig))"
    r"|\bamendments?\b|\bsupplement(?:al|s)?\b|\bcarry[ -]?(?:over|forward)s?\b|\brevisions?\b"
    r"|\bprior (?:fy|yr|year)(?:'s)? enc",
    re.I,
)
# May be money of its own where no revised budget shows that it is within another column.
_MAY_BE_BUDGETED = re.compile(
    r"\s*transfers?\s*\Z|.*\b(?:carry[ -]?(?:over|forward)s?|supplement(?:al|s)?|amendments?)\b", re.I
)
_SPENT = re.compile(r"\b(?:expen(?:ses?|ditures?)|revenues?|receipts?|activity|disbursements?)\b", re.I)
_ACTIVITY = re.compile(r"[\W\d]*(?:(?:full|[fs]y|fiscal|year|annual)[\W\d]+)*activity\W*\Z", re.I)
_YEARS = re.compile(
    r"\b(?:[fs]y|fiscal|school|year|to|through|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b", re.I
)
_MONTH = re.compile(
    r"\W*(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?:\W*(?:\d\d|\d{4}))?\W*", re.I
)
_FEWEST_MONTHS = 3
_WORD = re.compile(r"[^\W\d_]")
BUDGETS = frozenset({Basis.ORIGINAL, Basis.ADOPTED, Basis.APPROVED, Basis.REVISED, Basis.BUDGET})
_OPEN = frozenset({None, Basis.BUDGET})
OUTCOMES = frozenset({Basis.ENCUMBERED, Basis.AVAILABLE, Basis.YEAR_TO_DATE})
_SPENDING = frozenset({Basis.ACTUAL, Basis.YEAR_TO_DATE})


def set_stages_apart(table: TableDraft) -> None:
    """Leaves out what was moved between two budgets and what is of a part of the year; names what was spent."""
    _leave_moved_out(table)
    _leave_parts_of_year_out(table)
    _leave_balances_out(table)
    _name_spending(table)
    _join_encumbrances(table)


def is_moved(header: str) -> bool:
    """Whether a header says that money was moved into or out of a budget.

    >>> [is_moved(header) for header in ("TRANFRS/ ADJSMTS", "Amendments", "Adj. Budget", "Transfers out")]
    [True, True, False, False]
    """
    return bool(_MOVED.search(header))


def is_part_of_year(header: str) -> bool:
    """Whether a header says that its amounts are of a month or another part of the year.

    >>> [is_part_of_year(header) for header in ("MTD Actual", "Range To Date", "Year to Date", "Current Budget")]
    [True, True, False, False]
    """
    return bool(_PART_OF_YEAR.search(header))


def _list_money(table: TableDraft) -> list[ValueDraft]:
    return [value for value in table.values if value.meaning.unit in (None, Unit.USD)]


def _is_same_year(one: ValueDraft, other: ValueDraft) -> bool:
    return one.meaning.years == other.meaning.years or not one.meaning.years or not other.meaning.years


def _leave_moved_out(table: TableDraft) -> None:
    for moved in [value for value in _list_money(table) if is_moved(value.header)]:
        money = [value for value in _list_money(table) if value is not moved and _is_same_year(value, moved)]
        before, after = _find_budgets(table, moved, money)
        if before and after:
            table.values.remove(moved)
            table.reasons.append(
                f"Column {moved.header} is left out: it is what was moved from {before.header} to {after.header}."
            )
            _name_budgets(before, after)
        elif not _MAY_BE_BUDGETED.match(moved.header) and any(value.meaning.basis in BUDGETS for value in money):
            table.values.remove(moved)
            table.reasons.append(f"Column {moved.header} is left out: it says what was moved, not what was budgeted.")


def _find_budgets(
    table: TableDraft, moved: ValueDraft, money: Sequence[ValueDraft]
) -> tuple[ValueDraft | None, ValueDraft | None]:
    """The two columns between which money was moved, proved by the rows: the one before it, and their sum."""
    candidates = [value for value in money if value.meaning.basis in BUDGETS or value.meaning.basis is None]
    for before in candidates:
        for after in candidates:
            named = before.meaning.basis in BUDGETS or after.meaning.basis is Basis.REVISED
            if named and after is not before and _adds_up(table, after, (before, moved)):
                return before, after
    return None, None


def _adds_up(table: TableDraft, whole: ValueDraft, parts: Sequence[ValueDraft]) -> bool:
    """Whether one column is the sum of others in (nearly) every row; a slip of the printer's does not hide it."""
    filled = [p for p in table.detail if any(_read(value, p) for value in (whole, *parts))]
    added = sum(1 for p in filled if abs(_read(whole, p) - sum(_read(part, p) for part in parts)) < _HALF_CENT)
    return len(filled) >= _FEWEST_ROWS and added >= _MOST * len(filled)


def _read(value: ValueDraft, position: int) -> float:
    amount = value.amounts[position]
    return amount if amount == amount else 0.0


def _name_budgets(before: ValueDraft, after: ValueDraft) -> None:
    """A budget after what was moved into it is the revised one, and the one before it the original."""
    if after.meaning.basis in _OPEN:
        after.meaning = replace(after.meaning, basis=Basis.REVISED, is_row_total=False)
        if before.meaning.basis in _OPEN:
            before.meaning = replace(before.meaning, basis=Basis.ORIGINAL)


def _leave_parts_of_year_out(table: TableDraft) -> None:
    """What was spent in a month is in what was spent to date, where a column says that."""
    for part in [value for value in _list_money(table) if is_part_of_year(value.header) or _has_to_date(table, value)]:
        whole = next((value for value in _list_money(table) if _holds_part(value, part)), None)
        if whole is not None:
            table.values.remove(part)
            table.reasons.append(
                f"Column {part.header} is left out: it is of a part of the year, which {whole.header} holds too."
            )


def _holds_part(value: ValueDraft, part: ValueDraft) -> bool:
    """Whether a column of the whole year so far holds a part: of a budget a budget, of spending what was spent."""
    spent = {Basis.ENCUMBERED} if part.meaning.basis is Basis.ENCUMBERED else _SPENDING
    kinds = BUDGETS if re.search(r"\bbudget", part.header, re.I) else spent
    whole = value is not part and value.meaning.basis in kinds
    return whole and not is_part_of_year(value.header) and _is_same_year(value, part)


def _has_to_date(table: TableDraft, value: ValueDraft) -> bool:
    """Whether a current column stands beside the same to date: Current Expended, Year-to-date Expended."""
    if not _CURRENT.search(value.header):
        return False
    own = _CURRENT.sub("", value.header).split()
    return any(
        _TO_DATE.search(other.header) and _stem(_TO_DATE.sub("", other.header).split()) == _stem(own)
        for other in table.values
        if other is not value
    )


def _stem(words: Sequence[str]) -> list[str]:
    """`Current Expd` and `YTD Expended` are of one thing."""
    return [word.casefold()[:_STEM] for word in words]


def _leave_balances_out(table: TableDraft) -> None:
    """Of two balances that differ by the encumbrances the one after them is what is left."""
    left = [value for value in _list_money(table) if value.meaning.basis is Basis.AVAILABLE]
    tied = [value for value in _list_money(table) if value.meaning.basis is Basis.ENCUMBERED]
    for before in left:
        others = (after for after in left if after is not before and _is_same_year(after, before))
        after = next((a for a in others if any(_adds_up(table, before, (a, value)) for value in tied)), None)
        if after is not None:
            table.values.remove(before)
            table.reasons.append(
                f"Column {before.header} is left out: less the encumbrances it is {after.header}, which is counted."
            )


def _name_spending(table: TableDraft) -> None:
    """Expenses beside a budget and what is left of it are what was spent, though no word says actual."""
    money = _list_money(table)
    compares = {Basis.ACTUAL, Basis.BUDGET} <= {basis for line in table.titles.lines for basis in list_bases(line)}
    months = [value for value in money if _MONTH.fullmatch(value.header)]
    budgets = [value for value in money if value.meaning.basis in BUDGETS and value not in months]
    if len(months) >= _FEWEST_MONTHS and budgets and not any(_adds_up(table, budget, months) for budget in budgets):
        for value in months:
            value.meaning = replace(value.meaning, basis=value.meaning.basis or Basis.ACTUAL)
    for value in money:
        if value.meaning.basis is not None or not any(other.meaning.basis in BUDGETS for other in money):
            continue
        outcomes = [other for other in money if other.meaning.basis in OUTCOMES and _is_same_year(other, value)]
        of_year = compares and value.meaning.years and not _WORD.search(_YEARS.sub("", value.header))
        if of_year or _ACTIVITY.match(value.header) or (outcomes and _SPENT.search(value.header)):
            value.meaning = replace(value.meaning, basis=Basis.ACTUAL)


def _join_encumbrances(table: TableDraft) -> None:
    """Commitments and orders are parts of one amount where what is left of the budget proves it."""
    money = _list_money(table)
    tied = [value for value in money if value.meaning.basis is Basis.ENCUMBERED]
    if len({value.meaning.years for value in tied}) != 1 or len(tied) < _FEWEST_ROWS:
        return
    budgets = [value for value in money if value.meaning.basis in BUDGETS]
    spent = [value for value in money if value.meaning.basis in _SPENDING]
    left = [value for value in money if value.meaning.basis is Basis.AVAILABLE]
    if any(_adds_up(table, budget, (*tied, done, rest)) for budget in budgets for done in spent for rest in left):
        table.parts |= {value.index for value in tied}
