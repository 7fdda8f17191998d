"""What a person may do to the workbook, and what is said when it cannot be taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from data.intake.cells import CellValue, Sheet, Workbook
from data.workbooks import finding_kinds as kinds
from data.workbooks.layout import IDENTIFIED, SHEETS
from data.workbooks.reading import PlanReading, read_plan_workbook
from data.workbooks.template import write_plan_workbook
from planning import checks
from planning.findings import Finding, FindingKind
from planning.model import Plan
from planning.vocabulary import CostKind, Severity, SourceKind
from tests.data.workbooks.plan_cells import cells_of, sheets_named, with_cells, with_sheet

A_YEAR = "Type a fiscal year such as FY2026-27 (FY2026 where it is the calendar year)."


def _plan_of(reading: PlanReading) -> Plan:
    assert reading.plan is not None, reading.findings
    return reading.plan


def _only(reading: PlanReading, kind: FindingKind) -> Finding:
    assert [finding.code for finding in reading.findings] == [kind.code]
    assert (reading.plan is None) == (kind.severity is Severity.ERROR)
    return reading.findings[0]


def _place(finding: Finding) -> tuple[str, str]:
    return finding.sheet, finding.cell


def _change(workbook: Workbook, name: str, rows: Sequence[Sequence[CellValue]], new_name: str = "") -> Workbook:
    return with_sheet(workbook, name, [Sheet(new_name or name, rows)])


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "field", "value"),
    [
        ("Cost lines", "I3", "$1,200.50", "unit_price_usd", Decimal("1200.50")),
        ("Cost lines", "I3", "(1,200)", "unit_price_usd", Decimal(-1200)),
        ("Cost lines", "I3", " -$5 ", "unit_price_usd", Decimal(-5)),
        ("Cost lines", "I3", "—", "unit_price_usd", Decimal(0)),
        ("Cost lines", "I3", 0.1 + 0.2, "unit_price_usd", Decimal("0.3")),
        ("Cost lines", "O3", "12.5%", "residual_fraction", Decimal("0.125")),
        ("Cost lines", "E3", "One_Time", "kind", CostKind.ONE_TIME),
        ("Cost lines", "E3", "ONE TIME ", "kind", CostKind.ONE_TIME),
        ("Cost lines", "L3", "fy 2026–27", "start", "FY2026-27"),
        ("Cost lines", "L3", "2026/2027", "start", "FY2026-27"),
        ("Cost lines", "L3", "26-27", "start", "FY2026-27"),
        ("Cost lines", "P3", None, "account", ""),
        ("Sources", "C3", "E-Rate category 2", "kind", SourceKind.ERATE_C2),
        ("Sources", "C3", "erate_c2", "kind", SourceKind.ERATE_C2),
        ("Sources", "F3", "6/30/2028", "window_end", date(2028, 6, 30)),
        ("Sources", "F3", "2028-06-30", "window_end", date(2028, 6, 30)),
        ("Sources", "F3", datetime(2028, 6, 30), "window_end", date(2028, 6, 30)),
        ("Sources", "B3", date(2028, 6, 30), "name", "2028-06-30"),
        ("Initiatives", "G3", "North;South ; ", "sites", ("North", "South")),
        ("Initiatives", "J3", False, "included", False),
        ("Initiatives", "J3", "N", "included", False),
        ("Initiatives", "O3", "sis, sis", "excludes", ("sis", "sis")),
    ],
)
def test_what_people_type_is_understood(
    workbook: Workbook, sheet: str, cell: str, typed: CellValue, field: str, value: object
) -> None:
    plan = _plan_of(read_plan_workbook(with_cells(workbook, sheet, **{cell: typed})))
    items = {"Cost lines": plan.cost_lines, "Sources": plan.sources, "Initiatives": plan.initiatives}[sheet]
    assert getattr(items[0], field) == value


def test_the_month_may_be_a_name_or_a_number(workbook: Workbook) -> None:
    for typed in ("July", "jul", 7.0, "7"):
        plan = _plan_of(read_plan_workbook(with_cells(workbook, "District", B6=typed)))
        assert plan.district.fiscal_year_start_month == 7


def test_moved_columns_blank_rows_and_own_columns_change_nothing(workbook: Workbook, small_plan: Plan) -> None:
    for layout in SHEETS[1:]:
        (sheet,) = sheets_named(workbook, layout.name)
        turned = [[*reversed(row), None] for row in sheet.rows]
        workbook = _change(workbook, layout.name, [[], [], *turned[:2], [], ["  "], *turned[2:], []])
    reading = read_plan_workbook(workbook)
    assert (reading.plan, reading.findings) == (small_plan, ())


def test_sheet_names_and_headings_may_differ_in_case_spaces_and_stars(workbook: Workbook, small_plan: Plan) -> None:
    (sheet,) = sheets_named(workbook, "Cost lines")
    headings = [str(cell).upper().replace(" *", "") for cell in sheet.rows[1]]
    changed = _change(workbook, "Cost lines", [sheet.rows[0], headings, *sheet.rows[2:]], "cost  LINES ")
    assert read_plan_workbook(changed).plan == small_plan


def test_the_form_may_be_moved_and_its_lines_swapped(workbook: Workbook, small_plan: Plan) -> None:
    (form,) = sheets_named(workbook, "District")
    changed = _change(workbook, "District", [[None, None, *row] for row in reversed(form.rows)])
    assert read_plan_workbook(changed).plan == small_plan


def test_other_years_typed_over_the_headings_are_taken(workbook: Workbook) -> None:
    plan = _plan_of(read_plan_workbook(with_cells(workbook, "Sources", T2="FY2031-32")))
    assert [(amount.fiscal_year, amount.amount_cents) for amount in plan.sources[0].amounts] == [
        ("FY2031-32", 65000050)
    ]


def test_a_workbook_without_its_read_me_has_no_base_revision(workbook: Workbook, small_plan: Plan) -> None:
    reading = read_plan_workbook(with_sheet(workbook, "Read me", []))
    assert (reading.plan, reading.base_revision) == (small_plan, None)


def test_an_empty_template_asks_for_the_district() -> None:
    reading = read_plan_workbook(cells_of(write_plan_workbook(None, first_fiscal_year="FY2026-27")))
    assert [_place(finding) for finding in reading.findings] == [("District", "B3"), ("District", "B4")]
    assert {finding.code for finding in reading.findings} == {kinds.CELL_EMPTY.code}
    assert (reading.base_revision, reading.district_id) == (None, None)


def test_every_item_keeps_its_cell(workbook: Workbook) -> None:
    cells = read_plan_workbook(workbook).cells
    assert cells["cost line switches"] == ("Cost lines", "A3")
    assert cells["initiative sis"] == ("Initiatives", "A4")
    assert cells["commitment wifi · levy · FY2027-28"] == ("Commitments", "F3")
    of_the_plan = {"escalation_rates", "goals", "initiatives", "cost_lines", "fleets", "sources"}
    files = {"conflicts", "criteria", "offers", "schools"}
    assert set(IDENTIFIED) == of_the_plan | files | {"funding_requests", "awards", "gifts", "purchases", "policies"}


def test_a_budget_workbook_is_told_apart_in_one_sentence() -> None:
    book = Workbook("general ledger.xlsx", "0" * 64, 10, [Sheet("FY27 Budget", [["Fund", "Object", 1.0]])])
    finding = _only(read_plan_workbook(book), kinds.NOT_A_PLAN_WORKBOOK)
    assert finding.message.startswith("general ledger.xlsx is not a Techplan plan workbook: the sheets District,")
    assert finding.fix


def test_a_missing_sheet_is_not_taken_for_an_empty_one(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_sheet(workbook, "Contributions", [])), kinds.SHEET_MISSING)
    assert finding.message == "The sheet Contributions is missing, so nothing can be said about its rows."


def test_two_sheets_of_one_name_are_not_guessed_between(workbook: Workbook) -> None:
    (goals,) = sheets_named(workbook, "Goals")
    reading = read_plan_workbook(with_sheet(workbook, "Goals", [goals, replace(goals, name="GOALS ")]))
    assert _only(reading, kinds.SHEET_TWICE).found == "“Goals”, “GOALS ”"


def test_a_sheet_of_ones_own_is_noted_and_left_alone(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_sheet(workbook, "Scratch", [Sheet("Scratch", [["x"]])]))
    assert _only(reading, kinds.SHEET_UNKNOWN).sheet == "Scratch"


def test_a_sheet_without_headings_says_which_are_wanted(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(_change(workbook, "Rates", [["software", 0.05]])), kinds.HEADER_MISSING)
    assert finding.fix == "Restore the heading row: Rate name, Rate per year, For category."


def test_a_required_column_that_is_gone_is_an_error(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, "Goals", G2=None, G3=None)), kinds.COLUMN_MISSING)
    assert finding.message == "Goals has no column “Weight”, which every row needs."


def test_an_optional_column_that_is_gone_is_a_warning(workbook: Workbook, small_plan: Plan) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Goals", F2=None))
    assert _only(reading, kinds.COLUMN_ABSENT).expected == "Target"
    assert reading.plan == small_plan


def test_a_heading_twice_is_an_error(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, "Goals", H2="weight")), kinds.COLUMN_TWICE)
    assert _place(finding) == ("Goals", "H2")


def test_a_missing_column_of_ids_does_not_make_every_reference_unknown(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Goals", A2="Code"))
    assert [finding.code for finding in reading.findings] == [kinds.COLUMN_UNKNOWN.code, kinds.COLUMN_MISSING.code]


def test_a_question_of_the_form_twice_is_an_error(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, "District", A21="State", B21="CO")), kinds.COLUMN_TWICE)
    assert _place(finding) == ("District", "A21")


def test_a_year_twice_is_an_error(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, "Sources", U2="FY2026-27")), kinds.COLUMN_TWICE)
    assert _place(finding) == ("Sources", "U2")


def test_a_column_of_ones_own_is_noted(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Goals", I2="My remark", I3="x"))
    assert _only(reading, kinds.COLUMN_UNKNOWN).message == (
        "The column “My remark” of Goals is not part of the plan and was not read."
    )


def test_values_under_no_heading_are_warned_about_once(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Initiatives", R3="x", R4="y"))
    assert _place(_only(reading, kinds.COLUMN_UNHEADED)) == ("Initiatives", "R3")


def test_a_half_filled_row_names_the_empty_cell(workbook: Workbook) -> None:
    finding = _only(
        read_plan_workbook(with_cells(workbook, "Goals", A5="attendance", B5="Come", G5=" ")), kinds.CELL_EMPTY
    )
    assert _place(finding) == ("Goals", "G5")
    assert finding.fix == "Type a number of at least 0."


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "fix"),
    [
        ("Cost lines", "I3", "12k", "Type dollars."),
        ("Cost lines", "I3", "1.200,50", "Type dollars."),
        ("Cost lines", "I3", "5%", "Type dollars."),
        ("Cost lines", "I3", True, "Type dollars."),
        ("Cost lines", "E3", "weekly", "Type one of: one time, recurring, refresh, scheduled, subscription, staffing."),
        (
            "Cost lines",
            "L3",
            "next year",
            A_YEAR,
        ),
        (
            "Cost lines",
            "L3",
            "FY2026-29",
            A_YEAR,
        ),
        ("Cost lines", "N3", 2.5, "Type a whole number from 1 to 40."),
        ("Initiatives", "J3", "perhaps", "Type yes or no."),
        ("Sources", "F3", "soon", "Type a date such as 2029-06-30."),
        ("Sources", "F3", 47299.0, "Type a date such as 2029-06-30."),
        ("Sources", "T3", "lots", "Type dollars."),
        ("Counts by year", "B3", "many", "Type a number."),
        ("District", "B6", "Juli", "Type a month, January to December."),
        ("District", "B7", "Mars/Olympus", "Type a time zone of the IANA list, such as America/Chicago."),
    ],
)
def test_what_cannot_be_read_says_what_to_type(
    workbook: Workbook, sheet: str, cell: str, typed: CellValue, fix: str
) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, sheet, **{cell: typed})), kinds.CELL_UNREADABLE)
    assert (finding.sheet, finding.cell, finding.fix) == (sheet, cell, fix)


def test_a_name_with_spaces_is_no_identifier(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Goals", A4="to read", B4="Read", G4=1.0))
    finding = _only(reading, kinds.CELL_UNREADABLE)
    assert finding.fix.startswith("Type a short name: letters, digits")


def test_a_failing_formula_is_kept_as_text_and_warned_about(workbook: Workbook) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, "Goals", C3="#REF!")), kinds.CELL_FORMULA_ERROR)
    assert finding.message == "“Measure” holds #REF!, which is what a failing formula shows; it was read as text."


def test_codes_that_became_dates_are_not_guessed(workbook: Workbook) -> None:
    for sheet, cell in (("Cost lines", "P3"), ("Cost lines", "L3"), ("Sources", "T2")):
        reading = read_plan_workbook(with_cells(workbook, sheet, **{cell: date(2011, 12, 1)}))
        finding = next(f for f in reading.findings if f.code == kinds.CELL_BECAME_DATE.code)
        assert (finding.sheet, finding.cell, finding.found) == (sheet, cell, "2011-12-01")
        assert reading.plan is None


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "fix"),
    [
        ("Contributions", "E3", 6.0, "Type a whole number from 0 to 5."),
        ("District", "B9", 41.0, "Type a whole number from 1 to 40."),
        ("District", "B10", 12.0, "Type a percentage above -100 and below 1000 percent."),
        ("Cost lines", "G3", -1.0, "Type a number of at least 0."),
        ("Cost lines", "I3", 1e15, "Type dollars."),
        ("Counts by year", "B3", -5.0, "Type a number of at least 0."),
        ("Initiatives", "L3", -3.0, "Type a whole number from 1 to 40."),
        ("Cost lines", "N3", 0.0, "Type a whole number from 1 to 40."),
        ("Cost lines", "O3", 1.5, "Type a percentage from 0 to 100 percent."),
    ],
)
def test_a_value_out_of_range_says_the_range(workbook: Workbook, sheet: str, cell: str, typed: float, fix: str) -> None:
    reading = read_plan_workbook(with_cells(workbook, sheet, **{cell: typed}))
    finding = next(finding for finding in reading.findings if finding.severity is Severity.ERROR)
    assert (finding.code, finding.sheet, finding.cell) == (kinds.VALUE_OUT_OF_RANGE.code, sheet, cell)
    assert finding.fix == fix
    assert reading.plan is None


@pytest.mark.parametrize(
    ("sheet", "cell", "other"),
    [
        ("Cost lines", "B3", "Initiatives"),
        ("Cost lines", "K3", "Rates"),
        ("Commitments", "C3", "Sources"),
        ("Contributions", "C3", "Goals"),
        ("Initiatives", "N4", "Initiatives"),
    ],
)
def test_a_name_that_no_sheet_has_is_found_at_its_cell(workbook: Workbook, sheet: str, cell: str, other: str) -> None:
    finding = _only(read_plan_workbook(with_cells(workbook, sheet, **{cell: "nowhere"})), kinds.REFERENCE_UNKNOWN)
    assert (finding.sheet, finding.cell, finding.found) == (sheet, cell, "nowhere")
    assert finding.message.endswith(f"which the sheet {other} does not have.")


def test_an_id_twice_names_both_cells(workbook: Workbook) -> None:
    finding = _only(
        read_plan_workbook(with_cells(workbook, "Goals", A4="reading", B4="b", G4=1.0)), kinds.IDENTIFIER_TWICE
    )
    assert finding.cell == "A4"
    assert finding.message == "“Goal ID” reading stands in two rows of Goals; the first is A3."


def test_a_percentage_without_its_sign_is_questioned(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Rates", B3="3"))
    assert _only(reading, kinds.PERCENT_LARGE).message == "“Rate per year” is read as 300 percent."


def test_parts_of_a_cent_are_rounded_and_noted(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Commitments", E3=1.005))
    assert _only(reading, kinds.CENTS_ROUNDED).message == "1.005 has parts of a cent and was read as 1.01."
    assert _plan_of(reading).commitments[0].amount_cents == 101


def test_a_code_typed_as_a_number_is_noted(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Sources", D3=31.0))
    assert _only(reading, kinds.CODE_WAS_NUMBER).found == "31"
    assert _plan_of(reading).sources[0].fund_code == "31"


def test_a_commitment_without_money_is_noted(workbook: Workbook) -> None:
    reading = read_plan_workbook(with_cells(workbook, "Commitments", A4="sis", C4="levy"))
    assert _only(reading, kinds.COMMITMENT_EMPTY).message.startswith("The commitment of sis by levy has no amount")


def test_all_problems_are_told_at_once(workbook: Workbook) -> None:
    workbook = with_cells(workbook, "Goals", G3="heavy")
    workbook = with_cells(workbook, "Cost lines", B3="nowhere", E3="weekly", G3=-1.0, I3=None)
    found = [(finding.cell, finding.code) for finding in read_plan_workbook(workbook).findings]
    assert sorted(found) == [
        ("B3", kinds.REFERENCE_UNKNOWN.code),
        ("E3", kinds.CELL_UNREADABLE.code),
        ("G3", kinds.CELL_UNREADABLE.code),
        ("G3", kinds.VALUE_OUT_OF_RANGE.code),
        ("I3", kinds.CELL_EMPTY.code),
    ]


@pytest.mark.parametrize(
    ("kind", "sheet", "cells", "place"),
    [
        (checks.REFRESH_WITHOUT_YEARS, "Cost lines", {"E3": "refresh"}, "N3"),
        (checks.COST_ENDS_BEFORE_START, "Cost lines", {"M3": "FY2025-26"}, "M3"),
        (checks.COST_OUTSIDE_LIFE, "Cost lines", {"L3": "FY2040-41"}, "L3"),
        (checks.DRIVER_WITHOUT_COUNTS, "Cost lines", {"H3": "sites"}, "H3"),
        (checks.WINDOW_REVERSED, "Sources", {"E3": "2030-01-01"}, "F3"),
        (checks.DEPENDENCY_CIRCLE, "Initiatives", {"N3": "sis"}, "N3"),
        (checks.EXCLUDED_PAIR_INCLUDED, "Initiatives", {"O3": "sis"}, "O3"),
        (checks.DUPLICATE_ENTRY, "Contributions", {"A4": "wifi", "C4": "reading", "E4": 2.0}, "C4"),
        (checks.DUPLICATE_ENTRY, "Commitments", {"A4": "wifi", "C4": "levy", "E4": 1.0}, "E4"),
        (checks.FISCAL_YEAR_STYLE, "Initiatives", {"K4": "2027"}, "A4"),
    ],
)
def test_what_the_plan_itself_gets_wrong_points_at_its_cell(
    workbook: Workbook, kind: FindingKind, sheet: str, cells: dict[str, CellValue], place: str
) -> None:
    reading = read_plan_workbook(with_cells(workbook, sheet, **cells))
    finding = next(finding for finding in reading.findings if finding.code == kind.code)
    assert _place(finding) == (sheet, place)
    assert (reading.plan is None) == (kind.severity is Severity.ERROR)


def test_a_workbook_from_before_there_were_fleets_and_terms_is_read(workbook: Workbook, small_plan: Plan) -> None:
    (lines,) = sheets_named(workbook, "Cost lines")
    (first,) = (c for c, heading in enumerate(lines.rows[1]) if str(heading).startswith("Resale by"))
    older = with_sheet(workbook, "Cost lines", [replace(lines, rows=[row[:first] for row in lines.rows])])
    reading = read_plan_workbook(with_sheet(older, "Fleets", []))
    assert {finding.code for finding in reading.findings} == {kinds.COLUMN_ABSENT.code}
    assert reading.plan == small_plan


def test_the_years_of_a_scheduled_line_are_read_however_they_are_punctuated(workbook: Workbook) -> None:
    layout = next(sheet for sheet in SHEETS if sheet.key == "cost_lines")
    column = [item.field for item in layout.columns].index("scheduled_years")
    (lines,) = sheets_named(workbook, "Cost lines")
    rows = [list(row) for row in lines.rows]
    rows[2][4], rows[2][column] = "scheduled", "2026-27; FY2028/29"
    reading = read_plan_workbook(with_sheet(workbook, "Cost lines", [replace(lines, rows=rows)]))
    assert _plan_of(reading).cost_lines[0].scheduled_years == ("FY2026-27", "FY2028-29")
    rows[2][column] = date(2027, 7, 1)
    reading = read_plan_workbook(with_sheet(workbook, "Cost lines", [replace(lines, rows=rows)]))
    assert kinds.CELL_BECAME_DATE.code in {finding.code for finding in reading.findings}
