"""Sums are exact, differences are counted in cents, and coverage is said in words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.documents import build_documents, settle_sides
from data.intake.drafts import Document
from data.intake.reconcile import add_exactly, describe_lines, is_mismatch
from tests.data.intake.layouts import draft, read_sheet

HEADER = ["Item", "FY25 Expenditures"]


@given(st.lists(st.integers(-(10**11), 10**11), max_size=50))
def test_cents_add_up_without_a_rounding_error(cents: list[int]) -> None:
    assert add_exactly(cent / 100 for cent in cents) == Decimal(sum(cents)) / 100


def test_four_billions_are_no_millionth_off() -> None:
    cents = [-141428663, -121, -14166, 99_999_999_994, 99_999_999_994, 99_999_999_994, 99_999_999_995]
    assert str(add_exactly(cent / 100 for cent in cents)) == "3998585570.270000"
    assert str(add_exactly([0.000001, 999_999.999998])) == "999999.999999"


@given(st.lists(st.floats(-1e6, 1e6), max_size=20), st.randoms())
def test_the_order_of_the_lines_changes_no_sum(amounts: list[float], random_: object) -> None:
    assert add_exactly(amounts) == add_exactly(reversed(amounts))
    assert abs(Fraction(add_exactly(amounts)) - sum(map(Fraction, amounts))) < Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("printed", "detail", "differs"),
    [
        ("10.00", "10.00", False),
        ("10.00", "10.01", True),
        ("10.00", "10.004", False),
        ("10.00", "9.996", False),
        ("0", "-0.004", False),
        ("10", "11", True),
    ],
)
def test_figures_differ_when_they_differ_as_printed(printed: str, detail: str, differs: bool) -> None:
    assert is_mismatch(Decimal(printed), Decimal(detail)) is differs


def build(*sizes: int) -> Document:
    tables = [draft(HEADER, *([f"Line {n}", n + 1.5] for n in range(size))) for size in sizes]
    settle_sides(tables)
    return build_documents(tables)[0]


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ((), "no lines"),
        (((0, 1),), "row 2"),
        (((0, 3),), "rows 2–4"),
        (((0, 2), (3, 4)), "rows 2–3, 5"),
        (tuple((n, n + 1) for n in range(0, 14, 2)), "rows 2, 4, 6, 8, 10, 12 …"),
    ],
)
def test_covered_rows_of_one_table_are_named(ranges: tuple, words: str) -> None:
    assert describe_lines(build(15), ranges) == words


def test_lines_over_several_tables_are_counted_by_their_sheets() -> None:
    document = build(2, 3)
    assert describe_lines(document, ((0, 5),), "fund 10") == "all 2 tables: fund 10"
    assert describe_lines(document, ((1, 3),)) == "2 tables"


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**8), min_size=2, max_size=15), st.integers(-(10**6), 10**6))
def test_the_difference_is_printed_less_detail(cents: list[int], off: int) -> None:
    rows = [[f"Line {n}", cent / 100] for n, cent in enumerate(cents)]
    total = (sum(cents) + off) / 100
    (tie,) = read_sheet(HEADER, *rows, ["Total", total], answers={"totals_off": "publish"}).tie_outs
    assert (tie.printed - tie.detail, tie.difference) == (tie.difference, Decimal(off) / 100)
    assert tie.line_count == len(cents)


def test_people_are_not_printed_with_a_dollar_sign() -> None:
    rows = [["Item", "FY25 Expenditures", "FY25 FTE"], ["a", 1.5, 2], ["b", 3, 4], ["Total", 4.5, 7]]
    finding = read_sheet(*rows).findings[0]
    assert (finding.cell, finding.found, finding.expected) == ("C4", "7.00", "6.00")
