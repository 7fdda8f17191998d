"""The tables behind the sample ledger: every code has a title, every spread keeps its whole."""

from collections import Counter
from decimal import Decimal

import pytest

from data.samples.ledger import YEARS, build_expenditures, build_revenues, read_table, sum_by_fund, title_of
from planning.money import to_cents


def test_a_code_is_printed_with_its_title() -> None:
    assert title_of("function", "2580") == "2580 - Administrative Technology Services"
    assert title_of("fund", "10") == "10 - General Fund"
    assert title_of("location", "110") == "110 - Aspen Creek Elementary"


def test_every_code_has_one_title_and_is_used() -> None:
    lines = build_expenditures()
    used = Counter(("function", line.function) for line in lines) + Counter(("object", line.object) for line in lines)
    used += Counter(("revenue", line.function) for line in build_revenues(lines))
    assert sorted(used) == sorted((row["dimension"], row["code"]) for row in read_table("codes"))


def test_spreading_a_row_over_schools_keeps_its_dollars_and_its_staff() -> None:
    rows = [row for row in read_table("expenditures") if row["description"] == "Custodians"]
    lines = [line for line in build_expenditures() if line.description == "Custodians"]
    assert len(lines) == 10
    assert sum(line.amounts_cents[-1] for line in lines) == to_cents(Decimal(rows[0]["amount"]))
    assert sum(line.staff_fte for line in lines) == Decimal(rows[0]["fte"])


def test_pupils_add_up_to_the_district() -> None:
    pupils = Counter[str]()
    for row in read_table("locations"):
        for group in row["groups"].split():
            pupils[group] += int(row["pupils"])
    assert pupils["schools"] == 6200
    assert (pupils["elementary"], pupils["middle"], pupils["high"]) == (2880, 1420, 1900)
    assert pupils["title_i"] == 1690


def test_the_same_tables_give_the_same_ledger() -> None:
    assert build_expenditures() == build_expenditures()


@pytest.mark.parametrize("year", range(len(YEARS)))
def test_a_grant_brings_in_what_it_spends_in_every_year(year: int) -> None:
    expenditures = build_expenditures()
    spent, received = sum_by_fund(expenditures), sum_by_fund(build_revenues(expenditures))
    for fund in ("21", "22", "23", "24", "25", "31", "51", "71"):
        assert received[fund][year] == spent[fund][year]


def test_blank_revenues_of_earlier_years_keep_the_shares_of_the_budget_year() -> None:
    meals = [line for line in build_revenues(build_expenditures()) if line.fund == "51"]
    for year in range(len(YEARS)):
        whole = sum(line.amounts_cents[year] for line in meals)
        federal = next(line.amounts_cents[year] for line in meals if line.function == "4510")
        assert federal / whole == pytest.approx(2_172_824 / 3_766_824, abs=1e-6)


def test_no_line_is_negative() -> None:
    expenditures = build_expenditures()
    assert all(amount >= 0 for line in (*expenditures, *build_revenues(expenditures)) for amount in line.amounts_cents)
