"""What lines and columns are called where nothing says revenue or expenditure: salaries are spent, taxes come in.

Only where several names say one side and none says the other; else it is asked.
"""

import re
from collections.abc import Iterable

from data.intake.drafts import TableDraft
from data.intake.rows import is_total_label
from planning.vocabulary import Side

_FEWEST = 2
_MOST_LINES = 2000
_SPENT = re.compile(
    r"\b(?:salar(?:y|ies)|wages|payroll|(?:employee |fringe )?benefits|stipends|overtime|substitutes|supplies|textbooks"
    r"|equipment|furniture|hardware|software|licen[cs]es|subscriptions|chromebooks?|laptops?|devices"
    r"|contracted services|purchased services|professional services|utilities|postage|travel|capital outlay"
    r"|debt service"
    r"|instruction|instructional services|support services|pupil services|administration|operations?|maintenance"
    r"|transportation|custodia(?:l|ns)|teachers?|counselors?|paraprofessionals?|aides|principals?|secretar(?:y|ies)"
    r"|clerical|professional development|replacement|refresh|renovations?|roof|hvac|unit cost|vendor|projects?)\b",
    re.I,
)
_COMES_IN = re.compile(
    r"\b(?:tax(?:es)?|levy|state aid|federal aid|apportionment|(?:equalization|foundation|formula) aid|tuition|grants?"
    r"|interest|investment (?:income|earnings)|earnings|reimbursements?|revenues?|receipts|proceeds|donations|rentals?"
    r"|fees|income|admissions|gifts|refunds|charges for|(?:payments|contributions) from|insurance recover(?:y|ies)"
    r"|local sources|state sources|federal sources|intermediate sources|entitlement|sales?)\b",
    re.I,
)
_SURELY_COMES_IN = re.compile(
    r"\b(?:property tax(?:es)?|tax levy|taxes|state aid|federal aid|apportionment|(?:equalization|foundation) aid"
    r"|investment (?:income|earnings)|interest (?:income|earn(?:ings|ed))|(?:local|state|federal) sources)\b",
    re.I,
)


def read_side_of_words(table: TableDraft) -> Side:
    """The side that the names of lines and columns have in common, or none."""
    names = _list_names(table)
    spent = {text for text in names if _SPENT.search(text) and not _COMES_IN.search(text)}
    comes_in = {text for text in names if _SURELY_COMES_IN.search(text) and not _SPENT.search(text)}
    either = any(_COMES_IN.search(text) for text in names)
    if len(spent) >= _FEWEST and not either:
        return Side.EXPENDITURE
    lines = len(table.detail)
    return Side.REVENUE if len(comes_in) >= max(_FEWEST, lines // 2) and not spent else Side.UNKNOWN


def _list_names(table: TableDraft) -> set[str]:
    """Texts of the lines (not of their totals) and the headers of amounts."""
    if len(table.detail) > _MOST_LINES:
        return set()
    lines: Iterable[str] = (label.texts[p] for label in table.labels for p in table.detail)
    return {text for text in (*lines, *(value.header for value in table.values)) if text and not is_total_label(text)}
