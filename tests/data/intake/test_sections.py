"""Revenues over expenditures on one sheet: each side has its own total, and what is left is no line."""

from decimal import Decimal

import pytest

from data.intake.sections import find_row_sides, is_computed_label, read_section_side
from planning.vocabulary import Side
from tests.data.intake.layouts import draft, list_codes, read_sheet

HEADER = ["Description", "FY24 Actual", "FY25 Budget"]
REVENUES = [["Property taxes", 900.5, 950.0], ["State aid", 80.0, 85.25]]
SPENDING = [["Salaries", 700.0, 720.0], ["Supplies", 30.0, 31.5]]
TOTALS = [["Total Revenues", 980.5, 1035.25], ["Total Expenditures", 730.0, 751.5]]
LEFT_OVER = ["Excess (Deficiency) of Revenues over Expenditures", 250.5, 283.75]
HEADED = [["REVENUES:"], *REVENUES, TOTALS[0], ["EXPENDITURES:"], *SPENDING, TOTALS[1]]


def _totals(*rows: list) -> dict[tuple[Side, str | None], Decimal]:
    reading = read_sheet(["Board Budget"], HEADER, *rows)
    assert not reading.questions and list_codes(reading) == []
    return {(total.side, total.fiscal_year): total.detail_total for total in reading.totals}


EXPECTED = {
    (Side.REVENUE, "FY2023-24"): Decimal("980.5"),
    (Side.REVENUE, "FY2024-25"): Decimal("1035.25"),
    (Side.EXPENDITURE, "FY2023-24"): Decimal(730),
    (Side.EXPENDITURE, "FY2024-25"): Decimal("751.5"),
}


@pytest.mark.parametrize(
    "tail", [[], [LEFT_OVER], [[None], LEFT_OVER], [["Net Change in Fund Balance", 250.5, 283.75]]]
)
def test_headings_part_the_sides_and_what_is_left_is_no_line(tail: list) -> None:
    assert _totals(*HEADED, *tail) == EXPECTED


def test_totals_alone_part_the_sides() -> None:
    assert _totals(*REVENUES, TOTALS[0], *SPENDING, TOTALS[1], LEFT_OVER) == EXPECTED


def test_a_wrong_total_of_one_section_is_named_and_its_lines_stand() -> None:
    rows = [*HEADED[:-1], ["Total Expenditures", 730.0, 761.5]]
    reading = read_sheet(HEADER, *rows)
    [finding] = [finding for finding in reading.findings if finding.code == "total_mismatch"]
    assert finding.cell == "C9" and finding.severity == "warning"


def test_a_table_of_one_side_is_not_parted() -> None:
    assert find_row_sides(draft(HEADER, ["Revenues"], *REVENUES, TOTALS[0])) is None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Revenues", Side.REVENUE),
        ("Total General Fund Revenues", Side.REVENUE),
        ("Total Local Revenue", Side.REVENUE),
        ("EXPENDITURES AND OTHER FINANCING USES", Side.EXPENDITURE),
        ("Special Revenue", Side.UNKNOWN),
        ("Utilities expense", Side.UNKNOWN),
    ],
)
def test_a_section_is_called_by_its_side_alone(text: str, side: Side) -> None:
    assert read_section_side(text) is side


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("Surplus/(Deficit)", True),
        ("Revenues over (under) expenditures", True),
        ("Net Increase (Decrease) in Fund Balance", True),
        ("Excess cost aid", False),
        ("Net metering credits", False),
        ("Beginning Fund Balance", False),
    ],
)
def test_what_is_left_is_told_from_lines_by_its_words(text: str, computed: bool) -> None:
    assert is_computed_label(text) is computed


def test_the_balance_a_statement_begins_with_is_no_side_and_the_one_it_ends_with_no_line() -> None:
    begins = ["Beginning Fund Balance", 100.0, 350.5]
    ends = ["Ending Fund Balance", 350.5, 634.25]
    balances = {(Side.FUND_BALANCE, "FY2023-24"): Decimal(100), (Side.FUND_BALANCE, "FY2024-25"): Decimal("350.5")}
    assert _totals(begins, *HEADED, LEFT_OVER, ends) == EXPECTED | balances


def test_the_header_may_open_the_first_section_and_balances_called_totals_follow_the_last() -> None:
    header = ["A. REVENUES/OTHER FIN. SOURCES", "FY24 Actual", "FY25 Budget"]
    rows = [*REVENUES, ["Total REVENUES/OTHER FIN. SOURCES", 980.5, 1035.25], ["B. EXPENDITURES"], *SPENDING, TOTALS[1]]
    tail = [
        ["E. EXCESS OF REVENUES/OTHER FIN.SOURCES"],
        ["OVER(UNDER) EXP/OTH FIN USES (A-B-C-D)", 250.5, 283.75],
        ["F. TOTAL BEGINNING FUND BALANCE", 10.5, 261.0],
        ["G. PRIOR YEAR ADJUSTMENTS", "XXXX", 0.0],
        ["H. TOTAL ENDING FUND BALANCE", 261.0, 544.75],
    ]
    reading = read_sheet(["Status"], header, *rows, *tail)
    assert {(total.side, total.fiscal_year): total.detail_total for total in reading.totals} == EXPECTED
    assert list_codes(reading) == [] and not reading.questions


@pytest.mark.parametrize("label", ["Gross Profit", "Net Ordinary Income", "Net Other Income"])
def test_profits_are_computed(label: str) -> None:
    assert is_computed_label(label)


def test_a_total_of_both_sides_with_revenue_below_zero_is_no_total_of_one() -> None:
    revenues = [["Property taxes", -900.5, -950.0], ["State aid", -80.0, -85.25], ["Total Revenues", -980.5, -1035.25]]
    both = ["Total General Fund", -250.5, -283.75]
    rows = [["REVENUES:"], *revenues, ["EXPENDITURES:"], *SPENDING, TOTALS[1], both]
    reading = read_sheet(["Board Budget"], HEADER, *rows)
    assert list_codes(reading) == []
    assert {total.side for total in reading.totals} == {Side.REVENUE, Side.EXPENDITURE}
