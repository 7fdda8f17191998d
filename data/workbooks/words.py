"""The plain words a person sees in a workbook for the values the model keeps, and back again."""

import re
from collections.abc import Sequence
from enum import StrEnum

from planning.vocabulary import SourceKind

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Proper names that "underscores to spaces" would get wrong; everything else needs no entry.
_PROPER_NAMES: dict[SourceKind, str] = {
    SourceKind.ERATE_C1: "E-Rate category 1",
    SourceKind.ERATE_C2: "E-Rate category 2",
    SourceKind.TITLE_I_A: "Title I-A",
    SourceKind.TITLE_II_A: "Title II-A",
    SourceKind.TITLE_III: "Title III",
    SourceKind.TITLE_IV_A: "Title IV-A",
    SourceKind.IDEA: "IDEA (special education)",
    SourceKind.PERKINS: "Perkins",
    SourceKind.FOUNDATION: "foundation",
    SourceKind.GIFT: "gift",
    SourceKind.IN_KIND_GIFT: "gift in kind",
    SourceKind.PTA: "PTA",
}


def plain_word(member: StrEnum) -> str:
    """The value as a person writes it.

    >>> from planning.vocabulary import CostKind
    >>> plain_word(CostKind.ONE_TIME), plain_word(SourceKind.TITLE_I_A)
    ('one time', 'Title I-A')
    """
    # Words of different lists can be equal (the status idea, the grant IDEA), so the list is asked first.
    proper = _PROPER_NAMES.get(member) if isinstance(member, SourceKind) else None
    return proper or member.value.replace("_", " ")


def squeeze(text: str) -> str:
    """Letters and digits only, in one case: how headers, sheet names and words are compared.

    >>> squeeze(" One-Time *"), squeeze("one_time")
    ('onetime', 'onetime')
    """
    return re.sub(r"[\W_]+", "", text.casefold())


def member_named(text: str, members: Sequence[StrEnum]) -> StrEnum | None:
    """The value that a typed word names, by its plain word or by its code.

    >>> member_named("E-rate C2", tuple(SourceKind)), member_named("barter", tuple(SourceKind))
    (<SourceKind.ERATE_C2: 'erate_c2'>, None)
    """
    wanted = squeeze(text)
    return next((m for m in members if wanted in (squeeze(plain_word(m)), squeeze(m.value))), None)


def month_numbered(text: str) -> int | None:
    """The month of a name, its first three letters or its number.

    >>> month_numbered("july"), month_numbered("Jul"), month_numbered("7"), month_numbered("Fri")
    (7, 7, 7, None)
    """
    wanted = text.strip().casefold()
    names = {name: i for i, month in enumerate(MONTHS, 1) for name in (month.casefold(), month[:3].casefold(), str(i))}
    return names.get(wanted)
