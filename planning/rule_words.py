"""Dated rules as a list to show: what each asks for in words, since when, by which source."""

from collections.abc import Mapping, Sequence
from datetime import date

from planning.figure import Column, Table
from planning.money import format_dollars, format_percent
from planning.reference import Reference, ReferenceRow

_COMPARISONS = {"<=": "at most ", ">=": "at least ", "<": "less than ", ">": "more than ", "=": ""}
RuleInWords = tuple[str, ReferenceRow]


def list_rules(names: Mapping[str, str], reference: Reference, day: date) -> tuple[RuleInWords, ...]:
    """The rules of these keys in force on a day, each with what it is about."""
    found = ((words, reference.valid_on(key, day)) for key, words in names.items())
    return tuple((words, row) for words, row in found if row)


def describe_limit(row: ReferenceRow) -> str:
    """What a rule asks for, in words.

    >>> row = ReferenceRow(key="gift", operator="<=", value=20, unit="usd", valid_from=date(2011, 1, 3), source="USAC",
    ...                    link="")
    >>> describe_limit(row)
    'at most $20'
    """
    return _COMPARISONS[row.operator] + _show_value(row)


def _show_value(row: ReferenceRow) -> str:
    if row.unit == "usd":
        places = 0 if row.value == row.value.to_integral_value() else 2
        return format_dollars(row.value, places, symbol=True) if row.value else "$0"
    if row.unit == "fraction":
        return format_percent(row.value)
    value = f"{row.value.normalize():,f}"
    if row.unit == "factor":
        return f"× {value}"
    return f"{value} %" if row.unit == "percent" else f"{value} {row.unit[:-1] if value == '1' else row.unit}"


def tabulate_rules(rules: Sequence[RuleInWords]) -> Table:
    """Each rule with what it asks for, since when, by which source, and whether a public source confirmed it."""
    columns = tuple(Column(name) for name in ("Rule", "Asks for", "Since", "Source", "Confirmed"))
    rows = tuple(
        (words, describe_limit(row), str(row.valid_from), row.source, "verify before use" if row.verify else "yes")
        for words, row in rules
    )
    return Table(columns, rows)
