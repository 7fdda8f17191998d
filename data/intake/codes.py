"""Codes and titles that share a cell, and the words that name a dimension before them."""

import re
from functools import lru_cache

CODE_AND_TITLE = re.compile(r"([A-Za-z]{0,2}\d[\dA-Za-z.]*)(?:\s*[-–—:|]\s*|\s+)(.*)\Z")
CODE = re.compile(r"[A-Za-z]{0,2}\d[\dA-Za-z.]*\Z")
_TITLE_AND_CODE = re.compile(r"(.*\D)\s*\(?\s*#?([A-Za-z]?\d+)\s*\)?\Z")
_TITLE_DASH_CODE = re.compile(r"(.*[^\W\d].*?)\s*[-–—(#]\s*([A-Za-z]?\d{2,})\)?\Z")
_FIELD_WORDS = {
    "fund": "fund",
    "function": "function",
    "object": "object",
    "location": "location",
    "school": "location",
    "site": "location",
    "building": "location",
    "cost center": "location",
    "cost centre": "location",
    "program": "program",
    "project": "project",
    "grant": "project",
    "department": "org",
    "organization": "org",
    "division": "org",
}
_FIELD = re.compile(
    r"("
    + "|".join(sorted(_FIELD_WORDS, key=len, reverse=True))
    + r")\b\s*(?:no\.?|number|code)?\s*([:#=–—-]?)\s*(.+)\Z",
    re.I,
)
_CODED_FUND = re.compile(r"(?!\d{4}\s*[-–—]\s*(?:\d\d|\d{4})\b)[A-Za-z]?\d+\s*[-–—:]\s*.*\bfunds?\b", re.I)


@lru_cache(maxsize=65536)
def part_code_title(text: str) -> tuple[str, str]:
    """The code and the title of a cell that may hold both; letters and leading zeros are kept.

    >>> part_code_title("1001220001320000 - RESTRICTIVE PROG/SPED")
    ('1001220001320000', 'RESTRICTIVE PROG/SPED')
    >>> part_code_title("R1111"), part_code_title("Office supplies")
    (('R1111', ''), ('', 'Office supplies'))
    """
    text = text.strip()
    if CODE.match(text):
        return text, ""
    match = CODE_AND_TITLE.match(text)
    return (match[1], match[2].strip()) if match else ("", text)


@lru_cache(maxsize=4096)
def part_title_code(text: str) -> tuple[str, str]:
    """The code and the title of a text that ends with its code, as headings do; nothing where it does not.

    >>> part_title_code("Police - 210"), part_title_code("Select Board -122"), part_title_code("Building 7 repairs")
    (('210', 'Police'), ('122', 'Select Board'), ('', 'Building 7 repairs'))
    """
    match = _TITLE_DASH_CODE.match(text.strip())
    return (match[2], match[1].strip()) if match else ("", text.strip())


@lru_cache(maxsize=65536)
def read_field(text: str) -> tuple[str, str] | None:
    """The dimension and value of a line such as `Fund: 100 - GENERAL FUND`, or None.

    >>> read_field("Fund: 100 - GENERAL FUND"), read_field("Fund 10 — General Fund")
    (('fund', '100 - GENERAL FUND'), ('fund', '10 — General Fund'))
    >>> read_field("100 - GENERAL FUND"), read_field("School District 8")
    (('fund', '100 - GENERAL FUND'), None)
    """
    text = text.strip()
    match = _FIELD.match(text)
    if match and (match[2] == ":" or CODE.match(match[3].split()[0])):
        return _FIELD_WORDS[match[1].lower()], match[3].strip()
    if _CODED_FUND.match(text):
        return "fund", text
    titled = _TITLE_AND_CODE.match(text)
    if titled and re.search(r"\bfund\s*\Z", titled[1].rstrip(" (#"), re.I):
        return "fund", f"{titled[2]} - {titled[1].rstrip(' (#')}"
    return None
