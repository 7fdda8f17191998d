"""A reading in a few counts: only tables whose money counts."""

import pytest

from data.intake.reading import read_budget
from data.intake.summary import summarise_reading
from tests.data.intake.layouts import build_ledger, build_workbook


@pytest.mark.parametrize(("with_summary", "sheets"), [(True, 3), (False, 2)])
def test_a_ledger_is_counted_once_whether_or_not_a_summary_stands_before_it(with_summary: bool, sheets: int) -> None:
    summary = summarise_reading(read_budget(build_ledger(with_summary)))
    assert (summary.sheets, summary.tables) == (sheets, sheets)
    assert (summary.detail_lines, summary.technology_lines) == (5, 4)  # all but the teachers are technology
    assert "NCES" in summary.chart or "national" in summary.chart.lower()


def test_what_is_no_budget_counts_nothing_and_follows_no_chart() -> None:
    summary = summarise_reading(read_budget(build_workbook(("Sheet", [["Name", "Notes"], ["a", "b"]]))))
    assert (summary.sheets, summary.tables, summary.detail_lines, summary.technology_lines) == (0, 0, 0, 0)
    assert summary.chart == "no known chart of accounts"
