"""Print-outs saved as lines of text in one column."""

from decimal import Decimal

from data.intake.cells import Workbook
from data.intake.reading import read_budget
from data.intake.text_lines import part_text_lines
from planning.vocabulary import Basis
from tests.data.intake.layouts import build_workbook

LINES = [
    ("10-1100-110", "SALARIES", 850000, 612345.5),
    ("10-1100-610", "GENERAL SUPPLIES", 12500, 14000.25),
    ("", "TOTAL FUNCTION 1100", 862500, 626345.75),
    ("10-2600-120", "SALARIES", 250000, 125000),
    ("10-2600-620", "ENERGY", 90000, 95.5),
    ("", "TOTAL FUNCTION 2600", 340000, 125095.5),
    ("", "GRAND TOTAL", 1202500, 751441.25),
]
HEAD = ["07/14/25        HARLOW SCHOOLS         PAGE 1", "EXPENDITURES, FISCAL YEAR 2025"]
HEADERS = f"{'ACCOUNT':<14}{'DESCRIPTION':<24}{'REVISED BUDGET':>16}{'YTD EXPENDED':>16}{'AVAILABLE':>16}"


def _print(account: str, name: str, budget: float, spent: float) -> str:
    left = budget - spent
    figures = (f"{budget:,.2f}", f"{spent:,.2f}", f"{abs(left):,.2f}" + ("-" if left < 0 else ""))
    return f"{account:<14}{name:<24}" + "".join(f"{figure:>16}" for figure in figures)


def _build(*lines: str) -> Workbook:
    return part_text_lines(build_workbook(("Report", [[line or None] for line in lines])))


def test_lines_are_parted_where_their_amounts_stand() -> None:
    reading = read_budget(_build(*HEAD, "", HEADERS, "-" * 80, *(_print(*line) for line in LINES), "*** END ***"))
    assert {(t.basis, t.fiscal_year): t.detail_total for t in reading.totals} == {
        (Basis.REVISED, "FY2024-25"): Decimal(1202500),
        (Basis.YEAR_TO_DATE, "FY2024-25"): Decimal("751441.25"),
        (Basis.AVAILABLE, "FY2024-25"): Decimal("451058.75"),
    }
    assert not any(tie.difference for tie in reading.tie_outs) and len(reading.tie_outs) == 9
    assert [finding.code for finding in reading.findings] == ["text_lines_parted"]


def test_words_with_single_blanks_stay_together_and_titles_are_not_torn() -> None:
    rows = _build(*HEAD, *(_print(*line) for line in LINES)).sheets[0].rows
    assert rows[3][:3] == ["10-1100-610", "GENERAL SUPPLIES", "12,500.00"]
    assert "EXPENDITURES, FISCAL YEAR 2025" in rows[1]


def test_other_sheets_stay_as_they_are() -> None:
    workbook = build_workbook(("Notes", [["One line of text"]] * 9), ("Table", [["a", 1.5], ["b", 2.5]]))
    assert part_text_lines(workbook) is workbook
