"""Every kind of finding of the reading is raised by a small file, says where and what to do, and is known by name."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.intake import finding_kinds
from data.intake.cells import CellValue
from data.intake.reading import read_budget
from planning.findings import FindingKind
from planning.vocabulary import Severity
from tests.data.intake.layouts import build_workbook

Rows = Sequence[Sequence[CellValue]]
HEADER: list[CellValue] = ["Item", "FY25 Expenditures", "FY26 Adopted"]
LINES: Rows = [["Paper", 1.5, 2], ["Pens", 3, 4]]
MANY: Rows = [[f"Line {n}", "1.2.3" if n % 2 else 7.5, n + 1.5] for n in range(40)]
SHEETS: dict[str, Sequence[Rows]] = {
    "empty_workbook": [[[None]]],
    "no_numbers": [[["Name", "Notes"], ["a", "b"]]],
    "total_mismatch": [[HEADER, *LINES, ["Total", 9, 6]]],
    "unreadable_amount": [[HEADER, *LINES, ["Ink", "1.2.3", 5]]],
    "empty_column": [[[*HEADER, "FY27 Planned"], *([*row, 0] for row in LINES)]],
    "table_not_counted": [[HEADER, *LINES], [["DONE", "DONE"], [5.5, 6.5], [7, 8]]],
    "nothing_counted": [[["School", "FY25 enrollment"], ["North", 400], ["South", 300]]],
    "column_without_header": [[[*HEADER, None], *([*row, 7.5] for row in LINES)]],
    "not_a_budget": [[["Asset tag", "Model", "Cost"], ["T1", "Laptop", 500.5], ["T2", "Cart", 90]]],
    "beyond_budgets": [[HEADER, *LINES, ["Ink", 4111222233334444.0, 5]]],
    "row_total_mismatch": [[[*HEADER, "Total"], *([*row, 100] for row in LINES)]],
    "hidden_total": [[HEADER, *LINES, ["Both", 4.5, 6]]],
    "figures_below_net": [
        [HEADER, *LINES, ["Total", 4.5, 6], ["Less: transfers", 1, 1], ["Net", 3.5, 5], ["check", 77, None]]
    ],
    "sheet_left_out": [[HEADER, *LINES], [["Read me"], ["Some words"]]],
    "more_warnings": [[HEADER, *LINES, *MANY]],
    "more_notes": [[HEADER, *LINES], *([["Read me"], ["Some words"]] for _ in range(15))],
}
KINDS = {kind.code: kind for kind in vars(finding_kinds).values() if isinstance(kind, FindingKind)}


def test_every_kind_has_a_file_that_raises_it() -> None:
    assert {*SHEETS, "macros_ignored", "text_lines_parted"} == set(KINDS)


def test_macros_are_said_and_change_nothing() -> None:
    workbook = build_workbook(("Sheet 0", [HEADER, *LINES]))
    plain, told = read_budget(workbook), read_budget(replace(workbook, has_macros=True))
    assert [finding.code for finding in told.findings] == ["macros_ignored"] and plain.totals == told.totals


@pytest.mark.parametrize("code", SHEETS)
def test_a_finding_has_its_severity_a_sentence_and_a_way_out(code: str) -> None:
    reading = read_budget(build_workbook(*((f"Sheet {n}", rows) for n, rows in enumerate(SHEETS[code]))))
    finding = next(finding for finding in reading.findings if finding.code == code)
    assert finding.severity is KINDS[code].severity
    assert finding.message.endswith((".", "!")) or finding.message[-1].isalnum()
    assert bool(finding.fix) or finding.severity is Severity.NOTE
    assert "{" not in finding.message + finding.fix


@pytest.mark.parametrize("code", ["total_mismatch", "unreadable_amount", "row_total_mismatch", "hidden_total"])
def test_a_warning_about_a_cell_names_sheet_and_cell(code: str) -> None:
    reading = read_budget(build_workbook(("Sheet 0", SHEETS[code][0])))
    finding = next(finding for finding in reading.findings if finding.code == code)
    assert finding.sheet == "Sheet 0" and finding.cell[0].isalpha() and finding.cell[-1].isdigit()
    assert finding.sheet in finding.message and finding.found
