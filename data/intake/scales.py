"""What one unit of a printed number stands for: the words of the page against the number formats of its cells.

A page that says “in thousands” may hold thousands, or whole dollars that its number format prints in thousands
(`#,##0,`). A wrong choice is wrong by a factor of a thousand, so where neither settles it a person is asked.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from data.intake.drafts import TableDraft, ValueDraft

SCALE = "scale"
SCALE_CHOICES = ("dollars", "as stated")
_SILENT_PARTS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIVIDING_COMMAS = re.compile(r"[0#?](,+)(?![0#?,])")
_FEWEST_AMOUNTS = 3


@lru_cache(maxsize=4096)
def read_format_divisor(number_format: str) -> int:
    """By how much a number format divides what it prints.

    >>> read_format_divisor("#,##0,"), read_format_divisor('_(* #,##0_);_(* "-"_)'), read_format_divisor("0.0,,")
    (1000, 1, 1000000)
    """
    found = _DIVIDING_COMMAS.search(_SILENT_PARTS.sub("", number_format.split(";")[0]))
    return 1000 ** len(found[1]) if found else 1


def choose_scale(table: TableDraft, value: ValueDraft, stated: int, answers: Mapping[str, str]) -> int:
    """The factor from cells to dollars, where the page states one; the reason goes with the table."""
    if stated == 1:
        return 1
    divisor = _find_divisor(table, value)
    if divisor is not None:
        scale = max(1, stated // divisor)
        if divisor > 1:
            table.add_reason(f"The page says its figures are in {stated:,}s; the number formats print them so.")
        return scale
    if SCALE in answers:
        return 1 if answers[SCALE] == SCALE_CHOICES[0] else stated
    table.scale_unsure = table.scale_unsure or _are_round(table, value, stated)
    return stated


def _find_divisor(table: TableDraft, value: ValueDraft) -> int | None:
    """What the formats of most filled cells divide by; None where the formats are not known."""
    if not table.sheet.formats:
        return None
    start = table.body.start
    filled = [p for p in table.detail if value.amounts[p] and value.amounts[p] == value.amounts[p]]
    found = Counter(read_format_divisor(table.sheet.formats.get((start + p, value.index), "")) for p in filled)
    return found.most_common(1)[0][0] if found else None


def _are_round(table: TableDraft, value: ValueDraft, stated: int) -> bool:
    """Whether every figure is a whole multiple of the scale, as dollars rounded to it would be."""
    filled = [a for p in table.detail if (a := value.amounts[p]) and a == a]
    return len(filled) >= _FEWEST_AMOUNTS and all(amount % stated == 0 for amount in filled)
