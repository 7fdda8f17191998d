"""The budget over the years: bars, sentence and table say the same."""

from decimal import Decimal

import pytest

from planning.budget_figures import draw_budget_by_year


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ((100, 110), "B is 10.0 % more than A."),
        ((110, 99), "B is 10.0 % less than A."),
        ((100, 100), "B is the same as A."),
        ((0, 1_200_000), "B is $1.20M, where A has nothing."),
        ((-100, -50), "B is 50.0 % more than A."),
        ((100,), "There is one year to show: A."),
        ((), "There is nothing to show."),
    ],
)
def test_the_sentence_compares_the_last_bar_with_the_one_before(amounts: tuple[int, ...], sentence: str) -> None:
    labels = ("A", "B")[: len(amounts)]
    assert draw_budget_by_year(labels, [Decimal(amount) for amount in amounts], "Expenditures").sentence == sentence


def test_bars_table_and_alt_text_hold_the_same_amounts() -> None:
    amounts = [Decimal("24989942.255"), Decimal("-63700")]
    figure = draw_budget_by_year(("FY2025-26 adopted", "FY2026-27 proposed"), amounts, "Expenditures")
    [series] = figure.series
    assert series.values == (2_498_994_226, -6_370_000)  # rounded half up once
    assert figure.table.rows == (("FY2025-26 adopted", 2_498_994_226), ("FY2026-27 proposed", -6_370_000))
    assert figure.alt == "Bars of expenditures by year: FY2025-26 adopted $24.99M, FY2026-27 proposed ($63.7K)."
    assert figure.categories == ("FY2025-26 adopted", "FY2026-27 proposed")
