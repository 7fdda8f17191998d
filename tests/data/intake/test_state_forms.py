"""Forms that states prescribe, in small: numbers of lines, sections with outlines, balances around the two sides."""

from dataclasses import replace

import pytest

from data.intake.cells import CellValue
from data.intake.headers import read_basis, read_value_header, read_years
from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import Basis, ReadingStatus, Side, Unit
from tests.data.intake.layouts import build_workbook, read_sheet

FORECAST: list[list[CellValue]] = [
    ["Schedule of Revenues, Expenditures and Changes in Fund Balances", None, None, None],
    [None, None, "Actual", "Forecasted"],
    [None, None, "FY2024", "FY2025"],
    [None, "Revenues", None, None],
    ["1.010", "General Property Tax", 700, 710],
    ["1.035", "Unrestricted Grants-in-Aid", 300, 320],
    ["1.070", "Total Revenues", 1000, 1030],
    [None, "Other Financing Sources", None, None],
    ["2.050", "Advances-In", 5, 6],
    ["2.080", "Total Revenues and Other Financing Sources", 1005, 1036],
    [None, "Expenditures", None, None],
    ["3.010", "Personal Services", 600, 650],
    ["3.030", "Purchased Services", 200, 210],
    ["4.500", "Total Expenditures", 800, 860],
    ["6.010", "Excess of Revenues over (under) Expenditures", 205, 176],
    ["7.010", "Cash Balance July 1", 50, 255],
    ["7.020", "Cash Balance June 30", 255, 431],
    ["8.010", "Estimated Encumbrances June 30", 20, 20],
    ["9.080", "Subtotal", 20, 20],
]


def sums(reading: Reading) -> dict[tuple[Side, str | None, Basis], float]:
    found: dict[tuple[Side, str | None, Basis], float] = {}
    for total in reading.totals:
        if total.unit is Unit.USD:
            key = (total.side, total.fiscal_year, total.basis)
            found[key] = found.get(key, 0) + float(total.detail_total)
    return found


def test_a_forecast_with_line_numbers_is_read_to_the_balance_and_no_further() -> None:
    reading = read_sheet(*FORECAST)
    assert sums(reading) == {
        (Side.REVENUE, "FY2023-24", Basis.ACTUAL): 1005,
        (Side.REVENUE, "FY2024-25", Basis.PROJECTED): 1036,
        (Side.EXPENDITURE, "FY2023-24", Basis.ACTUAL): 800,
        (Side.EXPENDITURE, "FY2024-25", Basis.PROJECTED): 860,
    }
    assert reading.status is ReadingStatus.READY and not reading.questions
    assert all(tie.difference == 0 for tie in reading.tie_outs)


@pytest.mark.parametrize("number", ["1.010", 1.01])
def test_numbers_of_lines_parted_by_points_are_no_amounts(number: CellValue) -> None:
    rows = [row if row[0] is None or type(number) is str else [float(str(row[0])), *row[1:]] for row in FORECAST[1:]]
    assert [column.column for column in read_sheet(FORECAST[0], *rows).tables[0].columns] == ["C", "D"]


def test_lines_numbered_in_fives_under_a_header_are_left_out() -> None:
    reading = read_sheet(
        ["Code", "Name", "Line", "2024-25 Budget"],
        *[["110", f"Salaries {n}", f"{n * 5:02d}", 100 + n] for n in range(1, 6)],
        [None, "TOTAL EXPENDITURES", "30", 515],
    )
    assert [float(total.detail_total) for total in reading.totals] == [515]
    assert "only numbers the rows" in reading.tables[0].reasons[0]


def test_a_form_numbered_on_both_edges_has_one_column_of_amounts() -> None:
    rows = [[n, 10 * n + 1, f"Supplies {n}", n] for n in range(1, 6)]
    reading = read_sheet([None, "2024-25 Adopted", "Requirements", None], *rows, [6, 155, "Total requirements", 6])
    assert [float(total.detail_total) for total in reading.totals] == [155] and not reading.findings


@pytest.mark.parametrize(
    "opens, closes",
    [("A. REVENUES", "5) TOTAL, REVENUES"), ("RECEIPTS/REVENUES", "Total Direct Receipts/Revenues 8")],
)
def test_sections_are_known_under_outlines_and_slashes(opens: str, closes: str) -> None:
    reading = read_sheet(
        ["Description", "2024-25 Budget"],
        [opens, None],
        ["1) Local sources", 60],
        ["2) State aid", 40],
        [closes, 100],
        ["B. DISBURSEMENTS/EXPENDITURES", None],
        ["1) Salaries", 70],
        ["9) TOTAL, EXPENDITURES", 70],
        ["C. EXCESS (DEFICIENCY) OF REVENUES OVER EXPENDITURES", 30],
        ["E. NET INCREASE (DECREASE) IN FUND BALANCE", 30],
        ["F. FUND BALANCE, RESERVES", None],
        ["a) As of July 1 - Unaudited", 500],
        ["2) Ending Balance, June 30", 530],
    )
    assert {side: amount for (side, _, _), amount in sums(reading).items()} == {
        Side.REVENUE: 100,
        Side.EXPENDITURE: 70,
    }


def test_a_fund_across_is_a_column_of_money_whatever_it_is_named_after() -> None:
    funds = ["General Fund", "Capital Projects Fund", "Preschool Program Fund", "Designated Grants Fund"]
    rows = [[name, *(k * n for k in (1, 2, 4, 8)), 15 * n] for n, name in enumerate(("Pay", "Goods", "Trips"), 5)]
    total = ["Total expenditures", *(18 * k for k in (1, 2, 4, 8)), 270]
    reading = read_sheet(["FY2025 Adopted Budget"], [None, *funds, "Total"], *rows, total)
    assert [column.column for column in reading.tables[0].columns] == ["B", "C", "D", "E"]
    assert sums(reading) == {(Side.EXPENDITURE, "FY2024-25", Basis.ADOPTED): 270}


def test_a_code_is_told_by_the_column_that_describes_it() -> None:
    reading = read_sheet(
        ["APPROPRIATION ACCOUNT", "APPROPRIATION ACCOUNT DESCRIPTION", "2024-25 ORDINANCE"],
        *[[code, f"Supplies {code}", amount] for code, amount in (("1005", 5.5), ("2010", 6.0), ("3140", 7.0))],
    )
    assert [column.column for column in reading.tables[0].columns] == ["C"]
    assert [float(total.detail_total) for total in reading.totals] == [18.5]


def test_averages_are_no_dollars_to_add_up() -> None:
    rows = [[f"School {n}", 1000 * n, n, 1000] for n in range(1, 5)]
    reading = read_sheet(["school", "2024-25 amount", "num_positions", "average_budget"], *rows)
    assert sums(reading) == {(Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 10000}


@pytest.mark.parametrize(
    "text, basis",
    [
        ("Estimated Actuals", Basis.ESTIMATED),
        ("Unaudited 2023-2024", Basis.ACTUAL),
        ("Forecasted", Basis.PROJECTED),
        ("2024 Recommendation", Basis.RECOMMENDED),
        ("(70) Working Cash", None),
    ],
)
def test_words_of_forms_name_a_basis(text: str, basis: Basis | None) -> None:
    assert read_basis(text) is basis


@pytest.mark.parametrize("text", ["July 1, 2024 - June 30, 2025", "7/1/2024 to 6/30/2025"])
def test_the_first_and_the_last_day_name_a_fiscal_year(text: str) -> None:
    assert read_years(text) == (("FY2024-25",), False)


def test_the_day_of_adoption_says_no_year_where_a_title_does() -> None:
    rows = [["Account", "Expenditures"], ["10-1000", 5.5], ["10-2000", 6.5]]
    reading = read_sheet(["2024-2025 Final General Fund Budget"], ["Adopted: June 18, 2024"], *rows)
    assert [total.fiscal_year for total in reading.totals] == ["FY2024-25"]


def test_december_is_a_month_and_not_less() -> None:
    assert not read_value_header("Dec").is_change and read_value_header("Incr/Decr").is_change


def test_codes_of_objects_under_the_names_of_columns_are_no_line() -> None:
    reading = read_sheet(
        ["For Fiscal Year Ending June 30, 2025"],
        [None, "Account", "Totals", "Salaries", "Benefits", "Services", "Supplies"],
        ["APPROPRIATIONS", "Number", None, 100, 200, 300, 400],
        ["Instruction", "5000", 260, 100, 90, 40, 30],
        ["School Administration", "7300", 130, 50, 40, 30, 10],
        ["Operation of Plant", "7900", 25, 10, 9, 4, 2],
        ["TOTAL APPROPRIATIONS", None, 415, 160, 139, 74, 42],
    )
    assert sums(reading) == {(Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 415}
    assert all(tie.difference == 0 for tie in reading.tie_outs)


def test_codes_beside_years_below_the_names_of_columns_are_their_header() -> None:
    reading = read_sheet(
        [None, None, "Salaries", "Supplies", "Totals", None],
        ["Expenditures", None, None, None, "Prior", "Budget"],
        [None, None, "6100", "6600", "FY 2024", "FY 2025"],
        ["1000 Instruction", "1.", 50, 30, 75, 80],
        ["2100 Students", "2.", 20, 10, 25, 30],
        ["2600 Plant", "3.", 7, 5, 10, 12],
        ["Subtotal (lines 1-3)", "4.", 77, 45, 110, 122],
    )
    totals = sums(reading)
    assert totals[Side.EXPENDITURE, "FY2023-24", Basis.BUDGET] == 110
    assert totals[Side.EXPENDITURE, None, Basis.BUDGET] == 122
    assert "column_without_header" not in {finding.code for finding in reading.findings}


def test_years_in_the_last_row_of_a_header_count_where_few_columns_have_one() -> None:
    reading = read_sheet(
        [None, "Historical Data", None, None, "Requirements", "Budget For Next Year 2024-2025", None, None],
        [None, "Actual", None, "Adopted Budget", "Description", "Proposed By", "Approved By", "Adopted By"],
        [None, "Second Preceding", "First Preceding", "This Year", None, "Officer", "Committee", "Body"],
        [None, "Year 2021-2022", "Year 2022-2023", "2023-2024", None, None, None, None],
        [1, 11, 12, 13, "Salaries", 14, 15, 16],
        [2, 21, 22, 23, "Supplies", 24, 25, 26],
        [3, 31, 32, 33, "Equipment", 34, 35, 36],
        [4, 63, 66, 69, "TOTAL REQUIREMENTS", 72, 75, 78],
    )
    found = [(total.fiscal_year, total.basis, float(total.detail_total)) for total in reading.totals]
    assert found == [
        ("FY2021-22", Basis.ACTUAL, 63),
        ("FY2022-23", Basis.ACTUAL, 66),
        ("FY2023-24", Basis.ADOPTED, 69),
        ("FY2024-25", Basis.PROPOSED, 72),
        ("FY2024-25", Basis.APPROVED, 75),
        ("FY2024-25", Basis.ADOPTED, 78),
    ]
    assert not reading.questions and not reading.findings


def test_a_table_without_a_header_over_one_that_has_one_is_read_where_its_total_proves_it() -> None:
    reading = read_sheet(
        ["For Fiscal Year Ending June 30, 2025"],
        ["ESTIMATED REVENUES", "Number", None],
        ["Florida Education Finance Program", "3310", 400],
        ["District School Taxes", "3411", 300],
        ["TOTAL ESTIMATED REVENUES", None, 700],
        [None],
        [None, "Account", "Salaries", "Benefits"],
        ["Instruction", "5000", 100, 90],
        ["Operation of Plant", "7900", 10, 9],
        ["TOTAL APPROPRIATIONS", None, 110, 99],
    )
    amounts = {side: amount for (side, _, _), amount in sums(reading).items()}
    assert amounts == {Side.REVENUE: 700, Side.EXPENDITURE: 209}


FUNDS: list[list[CellValue]] = [
    ["GENERAL FUND", "Audited 2022-2023", "Budget 2024-2025"],
    ["Beginning Fund Balance", 50, 60],
    ["REVENUES & OTHER FINANCING SOURCES", None, None],
    ["210 Taxes", 30, 33],
    ["620 State aid", 10, 11],
    ["TOTAL REVENUES & OTHER FINANCING SOURCES", 40, 44],
    ["EXPENDITURES & OTHER FINANCING USES", None, None],
    ["Instruction", 20, 21],
    ["Support", 5, 6],
    ["TOTAL EXPENDITURES & OTHER FINANCING USES", 25, 27],
    [None],
    ["DEBT SERVICE FUND", "Audited 2022-2023", "Budget 2024-2025"],
    ["Beginning Fund Balance", 5, 6],
    ["Ending Fund Balance", 6, 9],
    ["REVENUES & OTHER FINANCING SOURCES", 9, 12],
    ["EXPENDITURES & OTHER FINANCING USES", 8, 9],
]


def test_blocks_of_funds_are_no_restatement_of_each_other() -> None:
    found = {key: amount for key, amount in sums(read_sheet(*FUNDS)).items() if key[0] is not Side.FUND_BALANCE}
    assert found == {
        (Side.REVENUE, "FY2022-23", Basis.ACTUAL): 49,
        (Side.REVENUE, "FY2024-25", Basis.BUDGET): 56,
        (Side.EXPENDITURE, "FY2022-23", Basis.ACTUAL): 33,
        (Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 36,
    }


HEADER: list[CellValue] = ["Description", "2023-24 Adopted", "2024-25 Proposed"]


def test_a_board_book_counts_revenues_and_spending_once() -> None:
    reading = read_budget(
        build_workbook(
            (
                "Revenue",
                [HEADER, ["Property Tax", 50, 55], ["State Aid", 30, 31], ["Interest", 5, 4], ["Total", 85, 90]],
            ),
            ("By Function", [HEADER, ["Instruction", 40, 44], ["Operations", 20, 22], ["Technology", 9, 8]]),
            ("By Object", [HEADER, ["Salaries", 30, 33], ["Benefits", 20, 23], ["Supplies", 19, 18]]),
            ("Summary", [HEADER, ["Revenues", 85, 90], ["Expenditures", 69, 74], ["Surplus (Deficit)", 16, 16]]),
        )
    )
    assert {side: amount for (side, year, _), amount in sums(reading).items() if year == "FY2024-25"} == {
        Side.REVENUE: 90,
        Side.EXPENDITURE: 74,
    }
    assert [table.counted for table in reading.tables] == [True, True, False, False, False]
    assert not reading.questions


def test_a_page_of_positions_holds_no_dollars() -> None:
    rows = [["Teachers", 300.5, 310.25], ["Custodians", 20, 21]]
    reading = read_sheet(["Authorized Positions (FTE)"], HEADER, *rows, ["Total FTE", 320.5, 331.25])
    assert {column.unit for column in reading.tables[0].columns} == {Unit.FTE}
    assert reading.status is ReadingStatus.REFUSED


@pytest.mark.parametrize(
    "names, side, asked",
    [
        (("Salaries", "Fringe Benefits", "Supplies"), Side.EXPENDITURE, False),
        (("Property taxes", "State aid", "Miscellaneous"), Side.REVENUE, False),
        (("Salaries", "Benefits", "Grants"), Side.EXPENDITURE, True),
        (("Unit one", "Unit two", "Unit three"), Side.EXPENDITURE, True),
    ],
)
def test_what_lines_are_called_may_say_their_side(names: tuple[str, ...], side: Side, asked: bool) -> None:
    reading = read_sheet(HEADER, *[[name, 10 + n * n, 12 + n * n] for n, name in enumerate(names)])
    assert {total.side for total in reading.totals} == {side}
    assert ["side" in question.key for question in reading.questions] == [True] * asked


def test_numbers_of_columns_under_their_names_are_no_amounts() -> None:
    reading = read_sheet(
        ["Code", None, "2022-2023", "2023-2024"],
        [None, None, "Actual", "Budget"],
        ["06", None, "(1)", "(2)"],
        [None, "UNENCUMBERED CASH BALANCE JULY 1", 10, 12],
        ["3110", "General State Aid", 300, 310],
        [None, "RESOURCES AVAILABLE", 310, 322],
        ["110", "Certified Salaries", 200, 210],
        ["610", "Supplies", 50, 61],
        [None, "TOTAL EXPENDITURES & TRANSFERS", 250, 271],
        [None, "UNENCUMBERED CASH BALANCE JUNE 30", 60, 51],
    )
    assert sums(reading) == {
        (Side.REVENUE, "FY2022-23", Basis.ACTUAL): 310,
        (Side.REVENUE, "FY2023-24", Basis.BUDGET): 322,
        (Side.EXPENDITURE, "FY2022-23", Basis.ACTUAL): 250,
        (Side.EXPENDITURE, "FY2023-24", Basis.BUDGET): 271,
    }
    assert not reading.questions and not reading.findings


def test_prior_and_future_years_of_a_plan_are_left_out_and_not_asked() -> None:
    rows = [[f"Roof {n}", n, 10 + n, 20 + n, 5 * n, 30 + 8 * n] for n in range(1, 5)]
    header = ["Project", "Prior Years", "2024-25", "2025-26", "Future Years", "Project Total"]
    reading = read_sheet(["Capital Expenditures"], header, *rows)
    assert [(total.fiscal_year, float(total.detail_total)) for total in reading.totals] == [
        ("FY2024-25", 50),
        ("FY2025-26", 90),
    ]
    assert not reading.questions and "several years" in " ".join(reading.tables[0].reasons)


def test_a_hidden_column_without_a_year_does_not_stop_a_file_of_years() -> None:
    rows = [["Account", "2023-24 Actual", "Helper", "2024-25 Adopted Expenditures"], ["1", 5.5, 9, 6.5], ["2", 7, 9, 8]]
    workbook = build_workbook(("Sheet", rows))
    assert [question.key for question in read_budget(workbook).questions] == ["fiscal_year"]
    hidden = replace(workbook, sheets=[replace(workbook.sheets[0], hidden_columns=frozenset({2}))])
    reading = read_budget(hidden)
    assert not reading.questions and len(reading.totals) == 2
    assert "hidden in the workbook" in " ".join(reading.tables[0].reasons)


def test_rates_below_money_are_no_lines_and_no_totals() -> None:
    rows = [["Salaries", 70, 71], ["Supplies", 30, 32], ["TOTAL EXPENDITURES", 100, 103]]
    reading = read_sheet(HEADER, *rows, ["PERCENTAGE INCREASE – TOTAL EXPENDITURES", None, 0.03])
    assert [float(total.detail_total) for total in reading.totals] == [100, 103]
    assert all(tie.difference == 0 for tie in reading.tie_outs)


def test_what_a_pupil_costs_is_not_added_up_to_a_total() -> None:
    header = ["Function", "2024-25 Adopted Budget", "Per Student"]
    reading = read_sheet(header, ["11", 1000, 33.33], ["23", 500, 16.67], ["31", 251, 8.37], ["Total", 1751, 58.36])
    assert {tie.column for tie in reading.tie_outs} == {"B"} and not reading.findings


def test_a_gross_total_its_deductions_and_the_net_total_are_no_lines() -> None:
    rows = [["Salaries", 70, 71], ["Supplies", 30, 32], ["GROSS TOTAL EXPENDITURES", 100, 103]]
    reading = read_sheet(HEADER, *rows, ["Interfund transfers", 4, 5], ["NET TOTAL EXPENDITURES", 96, 98])
    assert [float(total.detail_total) for total in reading.totals] == [100, 103]
    assert all(tie.difference == 0 for tie in reading.tie_outs)


def test_a_levy_is_part_of_the_revenue_and_not_more_of_it() -> None:
    revenue = [["Revenues", "2023-24 Adopted", "2024-25 Proposed"], ["Taxes", 50, 55], ["Aid", 9, 8], ["Total", 59, 63]]
    levy = [["TAX LEVY"], HEADER, ["General Fund", 40, 44], ["Debt Fund", 7, 8], ["TOTAL SCHOOL LEVY", 47, 52]]
    reading = read_budget(build_workbook(("Budget", revenue), ("Levy", levy)))
    assert [float(total.detail_total) for total in reading.totals] == [59, 63]
    assert "levied" in reading.tables[1].why_not_counted
    assert read_budget(build_workbook(("Levy", levy))).tables[0].counted


def test_a_type_of_account_parts_the_sides_and_a_flag_is_no_amount() -> None:
    rows = [["Revenue office", "Revenue" if n % 3 else "Expense", f"Item {n}", 10.5 + n, 1] for n in range(12)]
    reading = read_sheet(["Division", "Account Type", "Account Description", "2024-25 Amount", "Include"], *rows)
    assert {side: amount for (side, _, _), amount in sums(reading).items()} == {
        Side.EXPENDITURE: 4 * 10.5 + 0 + 3 + 6 + 9,
        Side.REVENUE: 8 * 10.5 + 66 - 18,
    }


def test_months_beside_a_budget_are_what_was_spent() -> None:
    header = ["Object", "Budget", "Jul", "Aug", "Sep", "Dec"]
    rows = [["Salaries", 500, 31, 32, 33, 34], ["Supplies", 90, 5, 6, 7, 9]]
    reading = read_sheet(["Expenditures, Fiscal Year 2024-25"], header, *rows)
    assert sums(reading) == {
        (Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 590,
        (Side.EXPENDITURE, "FY2024-25", Basis.ACTUAL): 157,
    }


def test_a_tab_says_how_firm_its_amounts_are() -> None:
    rows = [["Category", "Personnel", "Operating", "Total"], ["Instruction", 50, 7, 57], ["Technology", 9, 30, 39]]
    reading = read_budget(build_workbook(("FY2024 Adopted", rows), ("FY2025 Proposed", [*rows, ["Plant", 8, 12, 20]])))
    assert set(sums(reading)) == {
        (Side.EXPENDITURE, "FY2023-24", Basis.ADOPTED),
        (Side.EXPENDITURE, "FY2024-25", Basis.PROPOSED),
    }
    assert reading.tables[0].columns[0].why["basis"] == "the name of the sheet says it"


def test_the_parts_of_a_total_that_names_its_year_are_of_that_year() -> None:
    rows = [[f"{n}000", 50 + n, 7 * n, 50 + 8 * n] for n in range(1, 6)]
    reading = read_sheet(["Function", "1XX Salaries", "2XX Benefits", "Total FY2024 Expenditures"], *rows)
    assert sums(reading) == {(Side.EXPENDITURE, "FY2023-24", Basis.BUDGET): 370} and not reading.questions


def test_quarters_beside_the_annual_budget_are_counted_once() -> None:
    rows = [[name, n, 2 * n, 5 * n, 7 * n, 15 * n] for n, name in enumerate(("Salaries", "Travel", "Licenses"), 3)]
    reading = read_sheet(["Title IV-A, FY 2025"], ["Description", "Q1", "Q2", "Q3", "Q4", "Annual Budget"], *rows)
    assert sums(reading) == {(Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 180} and not reading.questions


def test_a_net_figure_below_all_lines_with_offsets_is_their_total() -> None:
    rows = [["Regular Education", 70, 71], ["Technology", 30, 32], ["Circuit Breaker Offset", -12, -9]]
    reading = read_sheet(HEADER, *rows, ["Net School Budget", 88, 94])
    assert [float(total.detail_total) for total in reading.totals] == [88, 94]
    assert "hidden_totals" not in {question.key for question in reading.questions}


def test_equally_long_numbers_with_a_padded_one_stay_codes_in_a_text_file() -> None:
    codes = ["050", "110", "203", "211", "605", "680", "050", "307", "411", "420", "430", "440"]
    rows = [[code, f"Line {n}", f"{n}.50"] for n, code in enumerate(codes)]
    reading = read_sheet(["PRO", "DESCRIPTION", "FY 2025 PRELIMINARY BUDGET EXPENDITURES"], *rows)
    assert [column.column for column in reading.tables[0].columns] == ["C"]


def test_funds_with_codes_across_are_parts_and_not_asked_about() -> None:
    rows = [["Instruction", 50, 7, 9], ["Support", 20, 3, 4]]
    header = ["Expenditures", "(10) Educational", "(20) Operations", "(30) Debt Service"]
    reading = read_sheet(["July 1, 2024 - June 30, 2025"], header, *rows)
    assert sums(reading) == {(Side.EXPENDITURE, "FY2024-25", Basis.BUDGET): 93} and not reading.questions


def test_the_same_grants_under_every_stage_are_parts() -> None:
    header = [[None, "ESSER I", None, "ESSER II", None], ["Use", "Allocation", "Expended", "Allocation", "Expended"]]
    reading = read_sheet(["Expenditures, FY 2023"], *header, ["Devices", 50, 20, 70, 9], ["Salaries", 31, 30, 12, 11])
    assert sums(reading) == {
        (Side.EXPENDITURE, "FY2022-23", Basis.ALLOCATED): 163,
        (Side.EXPENDITURE, "FY2022-23", Basis.ACTUAL): 70,
    }
    assert not reading.questions


def test_a_summary_that_says_expenditures_says_so_of_the_blocks_above_it() -> None:
    years: list[CellValue] = ["2023-24 Actual", "2024-25 Proposed"]
    blocks: list[list[CellValue]] = [
        ["North", *years],
        ["Line one", 50, 61],
        ["Line two", 7, 9],
        ["Total North", 57, 70],
        [None],
        ["South", *years],
        ["Line three", 30, 31],
        ["Line four", 11, 8],
        ["Total South", 41, 39],
        [None],
        ["Summary of Expenditures", *years],
        ["North", 57, 70],
        ["South", 41, 39],
        ["Total Budget", 98, 109],
    ]
    reading = read_sheet(*blocks)
    assert [float(total.detail_total) for total in reading.totals] == [98, 109] and not reading.questions
