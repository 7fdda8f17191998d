"""Columns of one meaning that are parts by their headers: codes of funds, or the same grants under every stage."""

import re
from collections.abc import Sequence

from data.intake.drafts import ValueDraft

_CODED = re.compile(r"\W*(\d{1,4}|\d{1,2}X{1,2})\b\W*\s*[A-Za-z]", re.I)
_FEWEST_CODED = 3
Stems = frozenset[tuple[str, ...]]


def have_codes(twins: Sequence[ValueDraft]) -> bool:
    """Whether every header starts with a code of its own: (10) Educational, (20) Operations, (30) Debt Service.

    Two drafts of one budget carry no codes; a year is none.
    """
    found = [_CODED.match(value.header) for value in twins]
    codes = {match[1] for match in found if match}
    return len(codes) == len(twins) >= _FEWEST_CODED and not any(value.meaning.years for value in twins)


def stand_under_each(twins: Sequence[ValueDraft], groups: Sequence[Sequence[ValueDraft]]) -> bool:
    """Whether the same names stand under another stage too: ESSER I and II allocated, ESSER I and II expended."""
    stems = _read_stems(twins)
    others = (group for group in groups if group is not twins and group[0].fiscal_year == twins[0].fiscal_year)
    return len(stems) == len(twins) and any(_read_stems(other) == stems for other in others)


def _read_stems(twins: Sequence[ValueDraft]) -> Stems:
    """The headers without the words that all of them end with."""
    headers = [tuple(value.header.casefold().split()) for value in twins]
    shared = 0
    while all(len(words) > shared + 1 for words in headers) and len({words[-shared - 1] for words in headers}) == 1:
        shared += 1
    return frozenset(words[: len(words) - shared] for words in headers) if shared else frozenset()
