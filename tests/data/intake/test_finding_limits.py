"""A person reads ten findings, not ten thousand."""

from hypothesis import given
from hypothesis import strategies as st

from data.intake import finding_kinds as kinds
from data.intake.finding_limits import MOST_ALIKE, limit_findings
from planning.vocabulary import Severity
from tests.data.intake.layouts import read_sheet


@given(st.integers(0, 40), st.integers(0, 40))
def test_every_kind_is_listed_up_to_the_limit_and_then_counted(warnings: int, notes: int) -> None:
    findings = [kinds.UNREADABLE_AMOUNT.at("S", f"B{n}", "x") for n in range(warnings)]
    findings += [kinds.SHEET_LEFT_OUT.at(f"Sheet {n}") for n in range(notes)]
    limited = limit_findings(findings)
    for code, count in (("unreadable_amount", warnings), ("sheet_left_out", notes)):
        shown = [finding for finding in limited if finding.code == code]
        more = [finding for finding in limited if finding.code.startswith("more_") and code in finding.message]
        assert len(shown) + sum(int(finding.found) for finding in more) == count
        assert len(shown) <= MOST_ALIKE and len(more) == (count > MOST_ALIKE)


def test_the_rest_is_one_warning_with_its_count_and_first_cells() -> None:
    found = limit_findings([kinds.UNREADABLE_AMOUNT.at("S", f"B{n}", "x") for n in range(100)])[-1]
    assert (found.code, found.severity, found.found) == ("more_warnings", Severity.WARNING, "88")
    assert "88 more warnings like the 12 before" in found.message and "S B12, S B13, S B14, S B15" in found.message


def test_notes_stay_notes() -> None:
    found = limit_findings([kinds.SHEET_LEFT_OUT.at(f"Sheet {n}") for n in range(14)])[-1]
    assert (found.code, found.severity) == ("more_notes", Severity.NOTE)


def test_a_column_full_of_malformed_numbers_is_thirteen_warnings() -> None:
    rows = [[f"Line {n}", "1.2.3" if n % 2 else 5.5] for n in range(60)]
    codes = [finding.code for finding in read_sheet(["Item", "FY25 Expenditures"], *rows).findings]
    assert codes == ["unreadable_amount"] * MOST_ALIKE + ["more_warnings"]
