"""Headers merged over a dollar sign and its amount, as converted documents print them."""

from decimal import Decimal

from tests.data.intake.layouts import list_codes, read_sheet

YEARS = ["", "2023-24", "", "2024-25", ""]
NAMES = ["Function", "Actual Expenditures", "", "Proposed Expenditures", ""]
LINES = [["Instruction", "$", 900.5, "$", 950], ["Transportation", "", 80, "", 85.25], ["Food service", "", 40, "", 41]]
TOTAL = ["Total", "$", 1020.5, "$", 1076.25]


def test_the_header_over_a_dollar_sign_names_the_amounts_beside_it() -> None:
    reading = read_sheet(["Adopted by the Board"], YEARS, NAMES, *LINES, TOTAL)
    found = {(total.fiscal_year, total.detail_total, total.printed_total) for total in reading.totals}
    assert found == {
        ("FY2023-24", Decimal("1020.5"), Decimal("1020.5")),
        ("FY2024-25", Decimal("1076.25"), Decimal("1076.25")),
    }
    assert not reading.questions and not list_codes(reading)


def test_amounts_with_a_header_of_their_own_keep_it() -> None:
    header = ["Function", "Currency", "2023-24 Actual Expenditures", "Currency", "2024-25 Proposed Expenditures"]
    reading = read_sheet(header, *LINES, TOTAL)
    assert [total.header for total in reading.totals] == [header[2], header[4]]
