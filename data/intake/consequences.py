"""What depends on the answer to a question, in the figures of the file that asks it."""

from collections.abc import Collection, Mapping

from data.intake.decimal_signs import DECIMAL_SIGN
from data.intake.doubts import HIDDEN_TOTALS, TOTALS_OFF
from data.intake.explanations import NOT_SAID
from data.intake.model import Question, Reading
from data.intake.questions import FISCAL_YEAR, SIDE, YEAR_CONVENTION
from data.intake.repeats import SAME_MONEY
from data.intake.scales import SCALE
from data.intake.twins import BUDGET_COLUMN
from planning.money import format_dollars
from planning.vocabulary import Unit

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    YEAR_CONVENTION: {
        "ends": "2025 is the fiscal year that ends in 2025 (FY2024-25)",
        "starts": "2025 is the fiscal year that starts in 2025 (FY2025-26)",
        "calendar": "2025 is the calendar year 2025 (FY2025)",
    },
    SIDE: {"expenditure": "They are expenditures", "revenue": "They are revenues"},
    SCALE: {"dollars": "The cells hold dollars already", "as stated": "The cells hold what the page states"},
    HIDDEN_TOTALS: {"totals": "They are totals and not counted", "lines": "They are lines and counted"},
    TOTALS_OFF: {"publish": "Publish the lines as they were read"},
    SAME_MONEY: {"once": "It is the same money, counted once", "both": "They are two amounts, both counted"},
    DECIMAL_SIGN: {"comma": "The comma stands before the cents", "point": "The point stands before the cents"},
}
"""What each choice means; a choice that is not here stands for itself."""


def describe_choice(key: str, choice: str) -> str:
    """A choice in words."""
    return CHOICE_WORDS.get(key, {}).get(choice, choice)


def describe_consequence(question: Question, reading: Reading) -> str:
    """What the answer decides, and what is taken for granted without one."""
    taken = f"Without an answer: {_lower(describe_choice(question.key, question.default))}." if question.default else ""
    must = "" if question.default else "Nothing can be published before it is answered."
    return " ".join(filter(None, (_describe_effect(question, reading), taken or must)))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _describe_effect(question: Question, reading: Reading) -> str:
    key, _, header = question.key.partition(":")
    amounts = f"the amounts{_name_largest(reading, header, _list_sideless(reading) if key == SIDE else ())}"
    years = sorted({total.fiscal_year for total in reading.totals if total.fiscal_year})
    effects = {
        YEAR_CONVENTION: f"It decides in which fiscal years {amounts} stand; as read now: {', '.join(years)}.",
        SIDE: f"It decides whether {amounts} are money spent or money that comes in; the two are never added up.",
        SCALE: f"It decides how large {amounts} are: by a factor of a thousand or a million.",
        FISCAL_YEAR: f"It decides in which year {amounts} stand.",
        SAME_MONEY: f"It decides whether {amounts} are counted once or added up with those of the other table.",
        DECIMAL_SIGN: "It decides how large the amounts are: by a factor of a hundred or a thousand.",
        BUDGET_COLUMN: "It decides which column counts as the budget of that year; the others are kept out of its sum.",
        HIDDEN_TOTALS: f"It decides whether these rows are part of {amounts}.",
        TOTALS_OFF: f"It decides whether {amounts} are published although the file's own totals say otherwise.",
    }
    return effects.get(key, "")


def _list_sideless(reading: Reading) -> frozenset[str]:
    """The sheets of counted tables that do not say whether they are revenue or expenditure."""
    columns = ((table.sheet, column) for table in reading.tables if table.counted for column in table.columns)
    return frozenset(sheet for sheet, column in columns if column.why.get("side") == NOT_SAID)


def _name_largest(reading: Reading, header: str, sheets: Collection[str] = ()) -> str:
    """The largest column of dollars (on these sheets) as an example: years are never added up."""
    dollars = [total for total in reading.totals if total.unit is Unit.USD]
    dollars = [total for total in dollars if not sheets or set(sheets) & set(total.sheets)] or dollars
    found = [total for total in dollars if not header or total.header == header] or dollars
    if not found:
        return ""
    largest = max(found, key=lambda total: abs(total.detail_total))
    return f" ({format_dollars(largest.detail_total, symbol=True)} in “{largest.header or 'a column without heading'}”)"
