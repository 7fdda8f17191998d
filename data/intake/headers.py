"""What a header says: the fiscal year, basis, unit and scale of a value column, or which label a column holds."""

import re
from dataclasses import dataclass
from functools import lru_cache

from data.intake.periods import leave_days_out, read_day_year, read_month_year, read_period_year
from planning.fiscal_years import fiscal_year_label
from planning.vocabulary import Basis, Side, Unit

_FIRST_OF_LAST_CENTURY = 80
_SPAN = re.compile(r"(?:\b(?:FY|SY)\s*'?|(?<![\d/-]))(\d{4}|\d{2})\s*[-–—/]\s*(\d{4}|\d{2})(?![\d/-])", re.I)
# The day on which a year ends, behind words that say so: FYE 6/30/2025, Year Ended June 30, 2025.
_LAST_DAY = (
    r"(?:\bFYE|\bYE|\byears? end(?:s|ed|ing)?)\s*:?\s+(?:\d{1,2}[/-]\d{1,2}[/-]|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+)"
)
_ENDING = re.compile(
    rf"(?:\b(?:FYE?|SY|F\.Y\.|fiscal\s+years?|school\s+year)\s*-?\s*'?|{_LAST_DAY}|\bfiscal\s+(?=\d{{4}}))"
    r"(\d{4}|\d{2})(?!\s*[-–—/]\s*\d)(?!\d)",
    re.I,
)
# A letter alone before the figures makes them a code: A2070 is a function of New York.
_BARE = re.compile(r"(?<![\d/.-])(?<!\b[A-XZa-xz])((?:19|20)\d{2})(?![\w/.]|\s*[-–—/]\s*\d)")

_BASES: tuple[tuple[str, Basis], ...] = (
    (r"\bun(?:encumb|expended|spent|obligated|committed|realized|collected|received|earned)", Basis.AVAILABLE),
    (
        r"encumb|\benc\b|\bcommit(?:ted|ments)\b|\bobligat(?:ed|ions)\b|\bon order\b"
        r"|\b(?:open|outstanding) (?:p\.?o\b|(?:purchase )?orders)|\borders? (?:open|outstanding)\b",
        Basis.ENCUMBERED,
    ),
    # What may be spent to date is a budget, not what was spent of it.
    (r"\bexpendable\b", Basis.REVISED),
    (r"\bf?ytd appropriat(?:ed|ions?)\b", Basis.BUDGET),
    (
        r"year[ -]?to[ -]?date|\bf?y-?t-?d\b|\byr[ -]?to[ -]?date\b"
        r"|(?<!month.)(?<!mo.)(?<!range.)(?<!period.)(?<!quarter.)\bto[ -]date\b",
        Basis.YEAR_TO_DATE,
    ),
    (r"\bavail(?:able)?\b|\bremaining", Basis.AVAILABLE),
    (
        r"\A(?!.*\b(?:fund|cash|begin\w*|end\w*|open\w*|clos\w*|start\w*|trial|carry\w*|bank|loan|principal|net)\b)"
        r".*\bbalance\b(?! sheet)",
        Basis.AVAILABLE,
    ),
    (r"\b(?:estimated|est\.?) actuals?\b", Basis.ESTIMATED),  # of a year that is not over yet
    (
        r"\bactuals?\b|\b(?:un)?audited\b|\baudit\s*\Z|\bexp(?:en)?(?:ded|sed)\b|\bspent\b|\bpaid\b|\bcash disb"
        r"|\breceived\b|\brealized\b|\bcollected\b|\bearned\b|\bclosing am(?:oun)?t\b|\bprofit (?:&|and) loss\b",
        Basis.ACTUAL,
    ),
    (r"\borig(?:inal)?\b|\borg\.? bud(?:get)?\b", Basis.ORIGINAL),
    (r"\badopted\b", Basis.ADOPTED),
    (r"\bapproved\b", Basis.APPROVED),
    (
        r"\brevised\b|\bamended\b|\bmodified\b|\bcurrent (?:budget\b|appropriation)|\bworking\b(?! (?:cash|capital))"
        r"|\b(?:adj(?:usted|\.)?|amend|rev\.?) (?:bud(?:get)?|approp\w*|est\w*)\b",
        Basis.REVISED,
    ),
    (r"\bestimated?s?\b|\best\.", Basis.ESTIMATED),
    (r"\bproposed\b|\btentative\b|\bpreliminary\b", Basis.PROPOSED),
    (r"\breq(?:uest(?:ed)?)?\b", Basis.REQUESTED),
    (r"\brecommend(?:ed|ations?)?\b|\b(?:supt|superintendent|admin)\.? rec\b", Basis.RECOMMENDED),
    (r"\bproject(?:ed|ions?)\b|\bforecast(?:s|ed)?\b", Basis.PROJECTED),
    (r"\ballocat(?:ed|ions?)\b", Basis.ALLOCATED),
    (r"\bplanned\b", Basis.PLANNED),
    (r"\bbud(?:get(?:ed)?)?\b|\bapprop(?:riat(?:ed|ions?))?\b", Basis.BUDGET),
)
_BASIS_PATTERNS = tuple((re.compile(pattern, re.I), basis) for pattern, basis in _BASES)

# Pupils are what the phrase is about: Student Transportation and Services for Students are money.
_PUPILS = (
    r"\benroll?ments?\b|\badm\b|\bada\b|\b(?:student|pupil)s? (?:counts?|head ?counts?|membership|population|fte)\b"
    r"|\b(?:number|no\.?|count|#) (?:of )?(?:students|pupils)\b"
    r"|(?<!\bfor )(?<!\bto )(?<!\bwith )(?<!\bof )\b(?:students?|pupils?)(?=\s*\Z| +(?:fy|sy|'?\d|\())"
)
_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"\bper[ -](?:pupil|student)\b", Unit.USD_PER_PUPIL),
    (r"\b(?:averages?|avg\.?)(?!\w)(?! (?:daily|attendance|membership))", Unit.OTHER),  # nobody adds up averages
    (r"\bf\.?t\.?e\.?s?\b|\bpositions?\b|\bstaffing\b", Unit.FTE),
    # What was used of a budget, such as YTD/BUD, is a ratio.
    (r"%|\bpercent(?:age)?\b|\bpct\b|\b(?:f?ytd|exp\w*|enc\w*|act\w*|used) ?/ ?(?:bud|approp)\w*", Unit.PERCENT),
    (_PUPILS, Unit.PUPILS),
    (r"\bcount\b|\bqty\b|\bquantity\b|\bnumber of\b|\blicen[cs]e count\b", Unit.COUNT),
)
_UNIT_PATTERNS = tuple((re.compile(pattern, re.I), unit) for pattern, unit in _UNITS)
_MONEY = re.compile(r"\$|\bamounts?\b|\bdollars?\b|\bcosts?\b|\btotals?\b|\bexpen[ds]|\brevenues?\b|\bbalance\b", re.I)
_CODE_PHRASE = re.compile(
    r"\bcost cent(?:er|re)s?\b|\bbudget (?:units?|codes?|orgn?s?|numbers?|no\b|accounts?|keys?|ids?)\b"
    r"|\b(?:revenue|expenditure|expense)s? (?:codes?|types?|objects?|class(?:es)?|accounts?|categor(?:y|ies)"
    r"|sources?)\b",
    re.I,
)
# Dec alone is December.
_CHANGE = re.compile(
    r"\bchange\b|\bvariance\b|\bdiff(?:erence)?\b|\bincr?(?:ease)?\b|\bdecr(?:ease)?\b|\+/-|\bvs\b"
    r"|\bexcess revenues?\b|\bover budget\b|\bover ?(?:/|or) ?\(?under\b|\bunder ?(?:/|or) ?\(?over\b",
    re.I,
)
_ROW_TOTAL = re.compile(r"\s*(?:grand |row )?totals?\s*\Z", re.I)
_THOUSANDS = re.compile(r"\b(?:in|\$) ?thousands\b|\(000'?s?\)|\$000'?s\b|\b000s\b", re.I)
_MILLIONS = re.compile(r"\b(?:in|\$) ?millions\b", re.I)
_REVENUE = re.compile(r"(?<!\bspecial )\brevenues?\b|\bresources\b|\breceipts\b", re.I)
_EXPENDITURE = re.compile(
    r"\bexpenditures?\b|\bexpenses?\b|\bappropriations?\b|\bobligations?\b|\brequirements\b|\bspending\b|\bdisbursements?\b",
    re.I,
)
_ROW_SIDES: tuple[tuple[str, Side], ...] = (
    (r"(?:total )?(?:rev(?:enue)?s?|receipts?|income|resources)\.?(?: accounts?)?", Side.REVENUE),
    (
        r"(?:total )?(?:exp(?:ense|end|enditure)?s?|appropriations?|disbursements?|requirements)\.?(?: accounts?)?",
        Side.EXPENDITURE,
    ),
    (r"(?:operating |interfund )?transfers?[ -]in", Side.TRANSFER_IN),
    (r"(?:operating |interfund )?transfers?[ -]out", Side.TRANSFER_OUT),
    (r"fund (?:balance|equity)", Side.FUND_BALANCE),
    (r"assets?|liabilit(?:y|ies)|balance sheet", Side.BALANCE_SHEET),
)
_ROW_SIDE_PATTERNS = tuple((re.compile(pattern, re.I), side) for pattern, side in _ROW_SIDES)

_DIMENSIONS: tuple[tuple[str, str], ...] = (
    (r"\bvendors?\b|\bpayee\b|\bsupplier\b", "vendor"),
    (r"\bfunctions?\b|\bfunc\b|\bactivity\b", "function"),
    (r"\bobjects?\b|\bobj\b", "object"),
    (r"\blocations?\b|\bloc\b|\bschools?\b|\bsites?\b|\bbuildings?\b|\bcost cent(?:er|re)s?\b|\bcampus\b", "location"),
    (r"\bfunding sources?\b|\bprojects?\b|\bgrants?\b|\bresource\b", "project"),
    (r"\bsources?\b", "object"),
    (r"\bprograms?\b|\bgoal\b", "program"),
    (r"\borgn?\b|\borganizations?\b|\bdepartments?\b|\bdept\b|\bdivision\b", "org"),
    (r"\baccounts?\b|\bacct\b|\baccount ?string\b|\bbudget (?:unit|code)\b|\bgl\b", "account"),
    (r"\bfunds?\b|\bfnd\b", "fund"),
    (r"\bdescriptions?\b|\bdescr?\b|\bitem\b|\bline\b|\btitle\b|\bname\b|\bcategory\b|\bdetail\b", "description"),
    (
        r"\bcodes?\b|\bnumber\b|\bno\.|\bid\b|\bkey\b|\bseq(?:uence)?\b|\bzip\b|\bphone\b|\bein\b|\blea\b|\birn\b|\bben\b"
        r"|\bdbn\b|\bfrn\b|\bspin\b",
        "code",
    ),
)
_DIMENSION_PATTERNS = tuple((re.compile(pattern, re.I), name) for pattern, name in _DIMENSIONS)
_NAME_PART = re.compile(r"\bnames?\b|\btitles?\b|\bdescr?(?:iption)?s?\b", re.I)
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_GLUED = re.compile(
    r"\b(fund|column|function|func|object|obj|location|loc|school|site|program|prog|project|proj|resource|goal|org|orgn|account"
    r"|acct|dept|department|vendor|grant|district|cds|entity)(codes?|numbers?|nums?|nbr|ids?|names?|titles?|descr?|desc)\b",
    re.I,
)
_NUMBERED = re.compile(r"\b(?:item|line)\b", re.I)
_WORDS = re.compile(r"[^\W_]+")
_CODE_TAIL = re.compile(
    r"(?:codes?|numbers?|no|nos|num|nbr|ids?|keys?|names?|titles?|descr?(?:iption)?s?|types?|groups?|class(?:es)?|strings?"
    r"|segments?|units?|orgn?s?|centers?|centres?|cost|category|of|and|or|the|expenditures?|funds?|functions?|objects?"
    r"|locations?|schools?|sites?|buildings?|programs?|projects?|grants?|sources?|accounts?|acct|departments?|dept"
    r"|divisions?|activity|resource|goal|key|year)\Z",
    re.I,
)
DIMENSION_WORDS = frozenset(
    {"fund", "function", "object", "location", "school", "site", "building", "program", "project", "grant", "org"}
    | {"department", "account", "organization", "division", "center", "centre", "cost"}
)


_NAMED_THINGS = frozenset({"fund", "location", "program", "project"})
_WORDS_OF_CODES = DIMENSION_WORDS | frozenset(
    {
        "account",
        "acct",
        "gl",
        "budget",
        "budgeted",
        "state",
        "local",
        "district",
        "federal",
        "reporting",
        "home",
        "charge",
    }
    | {"expense", "expenditure", "revenue", "sub", "parent", "the", "a", "of", "by", "code", "codes", "number", "no"}
    | {"name", "function", "object", "unit", "orgn", "dept", "funding", "source", "responsible"}
)


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """What a header says about its column of numbers; `years` has several entries where a header names several."""

    header: str
    years: tuple[str, ...]
    bare_years: bool
    basis: Basis | None
    unit: Unit | None
    scale: int
    side: Side
    is_change: bool
    is_row_total: bool

    @property
    def says_value(self) -> bool:
        """Whether the header alone shows that its column holds amounts."""
        return bool(self.years or self.basis or self.unit)


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """Which label a column holds: its dimension ("" where unknown) and whether it is a name rather than a code."""

    dimension: str
    is_name: bool


@lru_cache(maxsize=4096)
def read_years(text: str, convention: str = "ends") -> tuple[tuple[str, ...], bool]:
    """The fiscal years a text names, and whether any was written as a bare year.

    >>> read_years("2021-2022 Actual"), read_years("FY25"), read_years("FY2024–25"), read_years("FY2021-25")
    ((('FY2021-22',), False), (('FY2024-25',), False), (('FY2024-25',), False), ((), False))
    >>> read_years("Fiscal Year Ended 6/30/25"), read_years("FY-25"), read_years("Paid 6/30/2025")
    ((('FY2024-25',), False), (('FY2024-25',), False), ((), False))
    """
    text = text.replace("_", " ")
    if period := read_period_year(text):
        return (period,), False
    if (month := read_month_year(text)) is not None:
        return ((month,) if month else ()), False
    spans = [(_full_year(first), _full_year(second)) for first, second in _SPAN.findall(text)]
    labels = [fiscal_year_label(first) for first, second in spans if second == first + 1]
    if spans:
        return tuple(dict.fromkeys(labels)), False
    ending = [_full_year(year) for year in _ENDING.findall(text)]
    if ending:
        named = "calendar" if convention == "calendar" else "ends"
        return tuple(dict.fromkeys(_label_of_single_year(year, named) for year in ending)), False
    if day := read_day_year(text):
        return (day,), False
    bare = [int(year) for year in _BARE.findall(leave_days_out(text))]
    return tuple(dict.fromkeys(_label_of_single_year(year, convention) for year in bare)), bool(bare)


def _full_year(digits: str) -> int:
    """Two digits are a year of this century up to 79: FY99 was long ago."""
    if len(digits) == 4:
        return int(digits)
    return (1900 if int(digits) >= _FIRST_OF_LAST_CENTURY else 2000) + int(digits)


def _label_of_single_year(year: int, convention: str) -> str:
    if convention == "calendar":
        return fiscal_year_label(year, calendar=True)
    return fiscal_year_label(year if convention == "starts" else year - 1)


@lru_cache(maxsize=4096)
def read_basis(text: str) -> Basis | None:
    """The basis a text names.

    >>> read_basis("Adopted Budget")
    <Basis.ADOPTED: 'adopted'>
    """
    return next(iter(list_bases(text)), None)


@lru_cache(maxsize=4096)
def list_bases(text: str) -> tuple[Basis, ...]:
    """Every basis that a text names, the one that decides first."""
    return tuple(dict.fromkeys(basis for pattern, basis in _BASIS_PATTERNS if pattern.search(text)))


@lru_cache(maxsize=4096)
def read_scale(text: str) -> int:
    """What one unit of a printed number stands for: 1, 1,000 or 1,000,000 dollars."""
    return 1_000_000 if _MILLIONS.search(text) else 1_000 if _THOUSANDS.search(text) else 1


@lru_cache(maxsize=4096)
def read_side(text: str) -> Side:
    """Revenue or expenditure where a text names exactly one of them; Special Revenue is a class of funds.

    >>> str(read_side("Estimated Revenues")), str(read_side("Fund 20 - Special Revenue"))
    ('revenue', 'unknown')
    """
    revenue, expenditure = bool(_REVENUE.search(text)), bool(_EXPENDITURE.search(text))
    if revenue == expenditure:
        return Side.UNKNOWN
    return Side.REVENUE if revenue else Side.EXPENDITURE


@lru_cache(maxsize=4096)
def read_row_side(text: str) -> Side:
    """The side that a cell states for its own row, such as an account type; a sentence states none.

    >>> str(read_row_side("EXPENSE")), str(read_row_side("Transfers in")), str(read_row_side("Utilities expense"))
    ('expenditure', 'transfer_in', 'unknown')
    """
    return next((side for pattern, side in _ROW_SIDE_PATTERNS if pattern.fullmatch(text)), Side.UNKNOWN)


@lru_cache(maxsize=4096)
def read_value_header(text: str, convention: str = "ends") -> HeaderMeaning:
    """What a header over a column of numbers says."""
    words = text.replace("_", " ")
    years, bare = read_years(words, convention)
    unit = next((unit for pattern, unit in _UNIT_PATTERNS if pattern.search(words)), None)
    amounts = _CODE_PHRASE.sub(" ", words)  # a cost center is no cost, a budget unit no budget
    return HeaderMeaning(
        text,
        years,
        bare,
        read_basis(amounts),
        unit or (Unit.USD if _MONEY.search(amounts) else None),
        read_scale(words),
        read_side(words),
        bool(_CHANGE.search(words)),
        bool(_ROW_TOTAL.match(words)),
    )


@lru_cache(maxsize=4096)
def read_label_header(text: str) -> LabelMeaning:
    """Which label a header announces.

    >>> read_label_header("Function Name"), read_label_header("Cost Center")
    (LabelMeaning(dimension='function', is_name=True), LabelMeaning(dimension='location', is_name=False))
    """
    words = part_words(text)
    dimension = next((name for pattern, name in _DIMENSION_PATTERNS if pattern.search(words)), "")
    return LabelMeaning(dimension, dimension == "description" or bool(_NAME_PART.search(words)))


@lru_cache(maxsize=4096)
def names_a_code(text: str) -> bool:
    """Whether a header announces codes, so that whole numbers under it are labels and not amounts.

    The word must head the phrase and name one thing: a School Code is a code; a School Psychologist, a Fund 10 and a
    Grants column hold money.

    >>> [names_a_code(header) for header in ("School Code", "School Psychologist", "Fund 10", "Grants")]
    [True, False, False, False]
    >>> [names_a_code(header) for header in ("District Fund", "General Fund", "Jefferson High School")]
    [True, False, False]
    """
    meaning = read_label_header(text)
    value = read_value_header(text)
    words = part_words(text)
    if value.years or value.basis is not None or value.unit is not None:
        return False
    if _CODE_PHRASE.search(words):
        return True
    if not meaning.dimension:
        return False
    if meaning.dimension == "description" and not _NUMBERED.search(words):
        return False
    if _names_one_thing(words):
        return False
    found = next(pattern.search(words) for pattern, name in _DIMENSION_PATTERNS if name == meaning.dimension)
    if found is None:
        return True
    tail = _WORDS.findall(words[found.end() :])
    if not tail and meaning.dimension in _NAMED_THINGS and _is_proper_name(words[: found.start()]):
        return False
    several = found[0].lower().endswith("s") and found[0].lower() != "campus"
    return not (several and not tail) and all(_CODE_TAIL.match(word) for word in tail)


def _names_one_thing(words: str) -> bool:
    """Whether a phrase ends in the thing that it names: a Capital Projects Fund is one fund, a Project Fund a code."""
    before, _, last = words.strip().rpartition(" ")
    return last.casefold() in _NAMED_THINGS and _is_proper_name(before)


def _is_proper_name(before: str) -> bool:
    """Whether the words before Fund or School say which one it is, rather than what kind of code follows."""
    return any(word.casefold() not in _WORDS_OF_CODES for word in _WORDS.findall(before))


def part_words(text: str) -> str:
    """A header with its words apart: `FunctionCode`, `FUNDCODE` and `FUND_NAME` read like `Function Code`.

    >>> part_words("FunctionCode"), part_words("CDSCode"), part_words("FUND_NAME"), part_words("columncode")
    ('Function Code', 'CDS Code', 'FUND NAME', 'column code')
    """
    return _GLUED.sub(r"\1 \2", _WORD_BREAK.sub(" ", text))
