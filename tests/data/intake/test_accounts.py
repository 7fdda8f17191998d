"""Charts of accounts by evidence, account strings in parts, labels carried down, technology by rule."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from data.intake.account_strings import read_label_content, split_fixed_width
from data.intake.cells import CellValue
from data.intake.charts import REFERENCE, choose_chart, names_agree, read_charts
from data.intake.documents import strip_total
from data.intake.model import Reading
from data.intake.reading import read_budget
from data.intake.technology import read_technology_rules
from planning.vocabulary import RowRole
from tests.data.intake.layouts import build_workbook, read_sheet

HEADER = ["Fund", "Function", "Object", "Description", "2026-27 Proposed Expenditures"]


def read_rows(*rows: Sequence[CellValue]) -> Reading:
    return read_budget(build_workbook(("Ledger", list(rows))))


def first_line(reading: Reading) -> dict[str, str]:
    return {name: texts[0] for name, texts in reading.tables[0].lines.attributes.items()}


def test_the_chart_is_chosen_by_names_not_by_codes_alone() -> None:
    oregon = choose_chart({("2230", "ASSESSMENT & TESTING"), ("470", "COMPUTER SOFTWARE")}, [])
    nces = choose_chart({("2230", "Instruction related technology"), ("735", "Technology software")}, [])
    assert oregon and nces and (oregon.key, nces.key) == ("oregon", "nces")
    assert choose_chart({("9999", "Nothing known")}, []) is None


def test_cut_titles_agree_with_the_charts_names() -> None:
    assert names_agree("PERS EMPLOYER CONTRIBUTN", "PERS employer contribution")
    assert not names_agree("TRAVEL", "Telephone") and not names_agree("", "Travel")


def test_a_code_belongs_to_its_group_where_the_chart_does_not_list_it() -> None:
    chart = read_charts()["oregon"]
    group, revenue = chart.find("function", "2665"), chart.find("revenue", "R1111")
    assert group and (group.code, group.nces_code) == ("2660", "2580")
    assert revenue and revenue.name == "Current year's taxes"


@pytest.mark.parametrize(
    ("chart", "account", "expected"),
    [
        (
            "texas",
            "199-11-6399-00-001-5-11-000",
            {"fund": "199", "function": "11", "object": "6399", "location": "001"},
        ),
        ("illinois", "10-2660-410", {"fund": "10", "function": "2660", "object": "410"}),
        ("california", "01-3010-0-1110-1000-4300-123", {"fund": "01", "function": "1000", "object": "4300"}),
    ],
)
def test_account_strings_are_parted_by_their_states_template(chart: str, account: str, expected: dict) -> None:
    codes = {dim: list(accounts.values())[:6] for dim, accounts in read_charts()[chart].accounts.items()}
    named = [(a.code, a.name) for dim in ("function", "object") for a in codes.get(dim, [])]
    rows = [[f"{account}", f"Line {n}", 10.5 + n] for n in range(3)]
    headings = [[None, f"{code} {name}", None] for code, name in named]
    header = ["Account", "Description", "2026-27 Proposed Expenditures"]
    line = first_line(read_rows(header, *[r for pair in zip(headings, rows * 9, strict=False) for r in pair]))
    assert {dimension: line[f"{dimension}_code"] for dimension in expected} == expected


def test_an_account_without_separators_is_cut_by_widths() -> None:
    content = split_fixed_width(["0130100111010004300123"], read_charts()["california"])
    assert content and content.parts["0130100111010004300123"] == ("01", "3010", "0", "1110", "1000", "4300", "123")
    assert split_fixed_width(["0130"], read_charts()["california"]) is None


def test_words_dates_and_names_are_no_account_strings() -> None:
    assert read_label_content(["Office supplies", "Travel - staff"]).segments == 0
    assert read_label_content(["E-Rate", "Wi-Fi"]).segments == 0
    assert read_label_content(["10-2580-352", "10-1000-100"]).segments == 3


def test_labels_printed_once_a_block_are_carried_down() -> None:
    reading = read_rows(
        HEADER,
        ["10 - General Fund", "1000 - Instruction", "650", "Tablets", 5.5],
        [None, None, "100", "Teachers", 50],
        [None, "2580 - Administrative technology services", "352", "Help", 7],
        ["10 - General Fund - Total", None, None, None, 62.5],
    )
    lines = reading.tables[0].lines.attributes
    assert list(lines["fund_code"]) == ["10"] * 3 and list(lines["function_code"]) == ["1000", "1000", "2580"]
    assert reading.tie_outs[0].difference == 0


def test_a_sparse_vendor_column_is_never_carried_down() -> None:
    header = ["Object", "Description", "Vendor", "2026-27 Proposed Expenditures"]
    reading = read_rows(header, ["650", "Tablets", "Acme", 5.5], ["650", "Cases", None, 2], ["100", "Pay", None, 9])
    assert list(reading.tables[0].lines.attributes["vendor"]) == ["Acme", "", ""]


def test_a_title_with_the_word_total_stays_detail_when_its_codes_are_there() -> None:
    reading = read_rows(
        HEADER,
        ["10", "1000", "241", "Total compensation insurance", 5.5],
        ["10", "1000", "100", "Teachers", 50],
        [None, None, None, "Total", 55.5],
    )
    roles = reading.tables[0].roles
    assert (roles[2], roles[4]) == (RowRole.DETAIL, RowRole.TOTAL) and reading.totals[0].difference == 0


def test_a_row_of_amounts_without_any_label_is_a_total() -> None:
    reading = read_rows(HEADER, ["10", "1000", "100", "a", 5.5], ["10", "1000", "200", "b", 50], [None] * 4 + [55.5])
    assert reading.tables[0].roles[4] is RowRole.TOTAL and reading.tie_outs[0].difference == 0


def test_headings_with_codes_hold_for_the_lines_below_them() -> None:
    reading = read_rows(
        ["Object", "Description", "2026-27 Proposed Expenditures"],
        ["Function: 2580 - Administrative technology services", None, None],
        ["352", "Other technical services", 7.5],
        ["Function: 1000 - Instruction", None, None],
        ["610", "General supplies", 5],
    )
    lines = reading.tables[0].lines.attributes
    assert list(lines["function_code"]) == ["2580", "1000"]
    assert list(lines["function_name"]) == ["Administrative technology services", "Instruction"]
    assert reading.tables[0].roles[2] is RowRole.HEADING


def test_words_are_used_only_where_no_code_is_known() -> None:
    rows = [["10", "1000", "610", "Computer paper", 5.5], ["10", "Z9", "Z8", "Computer repair", 5]]
    known = [
        ["10", "2580", "352", "Administrative technology services", 1],
        ["10", "1000", "610", "General supplies", 2],
    ]
    pairs = [
        ["10", "2580", "650 - Supplies - technology related", "x", 1],
        ["10", "1000", "610 - General supplies", "x", 2],
    ]
    rules = list(read_rows(HEADER, *rows, *known, *pairs).tables[0].lines.attributes["technology_rule"])
    assert rules[0] == "" and rules[1] == "Word “computer” in the line's names"
    assert rules[2] == "NCES function 2580 Administrative technology services"


def test_a_code_pattern_stands_for_a_whole_group() -> None:
    rules = read_technology_rules("oregon")
    assert rules.find_code_rule("function", "2669") == rules.find_code_rule("function", "2661") != ""
    assert rules.find_code_rule("function", "2670") == "" and rules.find_code_rule("object", "4700") == ""


@pytest.mark.parametrize("name", ["charts-of-accounts.csv", "account-templates.csv", "technology-rules.csv"])
def test_every_reference_row_has_source_link_and_date(name: str) -> None:
    with Path(REFERENCE / name).open(newline="") as file:
        for row in csv.DictReader(file):
            assert row["source"] and row["link"] and row["verify"] in ("true", "false"), row
            assert date.fromisoformat(row["valid_from"]) and None not in row.values(), row


def test_the_word_total_is_taken_off_a_label() -> None:
    labels = ["415 - ERATE - Total", "Total for Instruction", "Grand total", "Sub-total"]
    assert [strip_total(label) for label in labels] == ["415 - ERATE", "Instruction", "", ""]


def test_several_columns_of_words_describe_a_line_together() -> None:
    header = ["Item", "Name", "Detail", "2026-27 Proposed Expenditures"]
    reading = read_rows(header, ["x1", "Tablets", "Grade 5", 5.5], ["x2", "Cases", None, 2])
    assert list(reading.tables[0].lines.attributes["description"]) == ["Tablets · Grade 5", "Cases"]


def test_texts_under_a_blank_header_describe_the_line() -> None:
    reading = read_rows([None, "2026-27 Proposed Expenditures"], ["Tablets", 5.5], ["Cases", 2])
    assert list(reading.tables[0].lines.attributes["description"]) == ["Tablets", "Cases"]


def test_a_department_stands_in_for_a_location_where_none_is_named() -> None:
    header = ["Department", "Item", "2026-27 Proposed Expenditures"]
    lines = read_rows(header, ["20 - Technology", "Tablets", 5.5], ["30 - Food", "Cases", 2]).tables[0].lines.attributes
    assert (list(lines["location_code"]), list(lines["location_name"])) == (["20", "30"], ["Technology", "Food"])
    schools = ["School", *header]
    lines = read_rows(schools, ["North", "Technology", "Tablets", 5.5], ["South", "Food", "Cases", 2]).tables[0].lines
    assert list(lines.attributes["location_name"]) == ["North", "South"]
    lines = read_rows(schools, ["012", "Technology", "Tablets", 5.5], ["013", "Food", "Cases", 2]).tables[0].lines
    assert list(lines.attributes["location_code"]) == ["012", "013"] and set(lines.attributes["location_name"]) == {""}


def test_the_first_of_two_columns_for_one_dimension_keeps_its_codes() -> None:
    header = ["ResourceCode", "ProjectYear", "Object", "2026-27 Proposed Expenditures"]
    lines = read_rows(header, ["0000", "0", "410", 5.5], ["3010", "1", "420", 2]).tables[0].lines.attributes
    assert list(lines["project_code"]) == ["0000", "3010"]


def test_a_code_of_the_districts_own_gets_the_name_of_its_group() -> None:
    header = ["Function", "Object", "Object name", "2024-25 Adopted Expenditures"]
    rows = [
        ["2521", "410", "CONSUMABLE SUPPLIES", 5.5],
        ["2660", "470", "COMPUTER SOFTWARE", 7],
        ["2660", "480", "COMPUTER HARDWARE", 9],
    ]
    reading = read_sheet(header, *rows)
    assert reading.chart == "oregon"
    assert reading.tables[0].lines.attributes["function_name"][:2] == ["Fiscal services (2520)", "Technology services"]
