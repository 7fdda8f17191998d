"""Codes and titles that share a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.codes import part_code_title, read_field

CODES = st.from_regex(r"[A-Z]{0,2}[0-9]{1,6}", fullmatch=True)
TITLES = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{3,8}){0,2}", fullmatch=True)


@given(CODES, TITLES, st.sampled_from([" - ", " ", ": ", " – ", "-", " | "]))
def test_a_code_and_its_title_come_apart_whatever_stands_between(code: str, title: str, between: str) -> None:
    assert part_code_title(f"{code}{between}{title}") == (code, title)


@given(CODES)
def test_a_bare_code_keeps_its_zeros_and_letters(code: str) -> None:
    assert part_code_title(code) == (code, "")


@given(TITLES)
def test_words_have_no_code(title: str) -> None:
    assert part_code_title(title) == ("", title)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Cost Center: 125 North", ("location", "125 North")),
        ("Department = Technology", None),
        ("Program #210 Gifted", ("program", "210 Gifted")),
        ("Grant 4035", ("project", "4035")),
        ("Special Revenue Fund (31)", ("fund", "31 - Special Revenue Fund")),
        ("201 - Food Service Fund", ("fund", "201 - Food Service Fund")),
        ("Funding for schools", None),
        ("", None),
    ],
)
def test_a_line_names_a_field_only_with_a_code_or_a_colon(line: str, field: tuple[str, str] | None) -> None:
    assert read_field(line) == field
