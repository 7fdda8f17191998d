"""Which lines a printed total covers: from its label and place, confirmed by all its figures together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.cells import CellValue
from data.intake.extent_rules import count_lines, group_lines, join_lines, normal_words
from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import RowRole
from tests.data.intake.layouts import build_workbook, read_sheet

HEADER: list[CellValue] = ["Code", "Item", "FY25 Expenditures", "FY26 Adopted"]


def list_covers(reading: Reading) -> dict[str, tuple[str, float]]:
    """By label what the total's first figure covers, and by how much it is off."""
    found: dict[str, tuple[str, float]] = {}
    for tie in reading.tie_outs:
        found.setdefault(f"{tie.sheet} {tie.label}" if len(reading.tables) > 1 else tie.label, (tie.covers, 0.0))
    return {label: (covers, _off(reading, label)) for label, (covers, _) in found.items()}


def _off(reading: Reading, label: str) -> float:
    return float(sum(abs(tie.difference) for tie in reading.tie_outs if label.endswith(tie.label)))


@given(st.sets(st.integers(0, 60)))
def test_ranges_hold_exactly_their_lines(lines: set[int]) -> None:
    ranges = join_lines(sorted(lines))
    assert [line for low, high in ranges for line in range(low, high)] == sorted(lines)
    assert count_lines(ranges) == len(lines) and len(ranges) <= max(1, len(lines))


@given(st.lists(st.sampled_from(["10", "20", ""]), max_size=30))
def test_groups_part_the_lines_among_the_values(values: list[str]) -> None:
    grouped = group_lines(values)
    assert sum(map(count_lines, grouped.values())) == len(values)
    for value, ranges in grouped.items():
        assert {values[line] for low, high in ranges for line in range(low, high)} == {value}


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert normal_words("Total: Pupil-Services (2100)") == ("total", "pupil", "services", "2100")


def test_a_total_named_by_a_value_covers_the_lines_with_that_value() -> None:
    rows = [
        ["10", "a", 1.5, 2],
        ["10", "b", 3, 4],
        ["10 Total", None, 4.5, 6],
        ["20", "c", 5, 7],
        ["20 Total", None, 5, 7],
    ]
    assert list_covers(read_sheet(HEADER, *rows)) == {"10 Total": ("rows 2–3", 0), "20 Total": ("row 5", 0)}


def test_a_plain_subtotal_covers_its_block_and_the_last_one_everything() -> None:
    rows = [
        ["1", "a", 1.5, 2],
        ["2", "b", 3, 4],
        [None, "Subtotal", 4.5, 6],
        ["3", "c", 5, 7],
        ["4", "d", 1, 1],
        [None, "Subtotal", 6, 8],
        [None, "Grand total", 10.5, 14],
    ]
    ties = read_sheet(HEADER, *rows).tie_outs
    assert [tie.covers for tie in ties[::2]] == ["rows 2–3", "rows 5–6", "rows 2–6"]
    assert all(tie.difference == 0 for tie in ties)


def test_a_total_named_after_a_heading_covers_the_lines_since_that_heading() -> None:
    rows = [
        ["1", "a", 1.5, 2],
        ["Food service", None, None, None],
        ["2", "b", 3, 4],
        ["3", "c", 5, 7],
        [None, "Total food service", 8, 11],
        [None, "Total", 9.5, 13],
    ]
    assert list_covers(read_sheet(HEADER, *rows))["Total food service"] == ("rows 4–5", 0)


def test_a_wrong_figure_changes_no_coverage() -> None:
    rows = [
        ["10", "a", 1.5, 2],
        ["10", "b", 3, 4],
        ["10 Total", None, 99, 6],
        ["20", "c", 5, 7],
        ["20 Total", None, 5, 7],
    ]
    covers = list_covers(read_sheet(HEADER, *rows))
    assert covers["10 Total"] == ("rows 2–3", 94.5)


def test_the_total_of_a_fund_covers_all_sheets_of_that_fund() -> None:
    def sheet(*rows: list[CellValue]) -> list[list[CellValue]]:
        return [["Fund: 10 - General", None, None, None], HEADER, *rows]

    first = sheet(["1", "a", 1.5, 2], ["2", "b", 3, 4])
    second = sheet(["3", "c", 5, 7], ["10 - General - Total", None, 9.5, 13])
    reading = read_budget(build_workbook(("North", first), ("South", second)))
    tie = reading.tie_outs[0]
    assert (tie.covers, tie.difference, tie.role) == ("all 2 sheets: fund 10 - General", 0, RowRole.TOTAL)


def test_wider_totals_stand_on_higher_levels() -> None:
    rows = [
        ["10", "a", 1.5, 2],
        ["10", "b", 3, 4],
        ["10 Total", None, 4.5, 6],
        ["20", "c", 5, 7],
        ["20 Total", None, 5, 7],
    ]
    ties = read_sheet(HEADER, *rows, ["Grand Total", None, 9.5, 13]).tie_outs
    levels = {tie.label: tie.level for tie in ties}
    assert levels["10 Total"] == levels["20 Total"] < levels["Grand Total"]


@pytest.mark.parametrize("label", ["Overall total", "All funds total", "Total budget", "Grand total"])
def test_a_total_of_everything_on_the_last_sheet_covers_every_sheet(label: str) -> None:
    first = [HEADER, ["1", "a", 1.5, 2], ["2", "b", 3, 4]]
    second = [HEADER, ["3", "c", 5, 7], ["4", "d", 1, 1], [None, label, 10.5, 14]]
    tie = read_budget(build_workbook(("North", first), ("South", second))).tie_outs[0]
    assert (tie.line_count, tie.difference) == (4, 0)


def test_one_more_figure_never_overrules_what_the_labels_suggest() -> None:
    """The block above fits both figures, the whole table one: a single coincidence must not hide a wrong total."""
    rows = [["1", "a", 5.5, 0], [None, "Subtotal supplies", 5.5, 0], ["2", "b", 3, 4], [None, "Total", 3, 4]]
    ties = [tie for tie in read_sheet(HEADER, *rows).tie_outs if tie.label == "Total"]
    assert [(tie.covers, float(tie.difference)) for tie in ties] == [("rows 2–4", -5.5), ("rows 2–4", 0)]


def test_a_heading_says_what_its_total_covers_even_when_no_figure_fits() -> None:
    rows = [
        ["Food service", None, None, None],
        ["1", "a", 1.5, 2],
        [None, "Subtotal", 1.5, 2],
        ["2", "b", 3, 4],
        [None, "Total food service", 99, 98],
        ["3", "c", 7, 8],
        [None, "Total", 11.5, 14],
    ]
    covers = list_covers(read_sheet(HEADER, *rows, answers={"totals_off": "publish"}))
    assert covers["Total food service"][0] == "rows 3–5"


def test_a_section_total_covers_the_lines_since_the_section_total_before_it() -> None:
    section = [["1", "a", 1.5, 2], [None, "TOTAL", 1.5, 2], ["2", "b", 3, 4], [None, "TOTAL", 3, 4]]
    rows = [*section, [None, None, 4.5, 6], *section, [None, None, 4.5, 6], [None, "GRAND TOTAL", 9, 12]]
    ties = [tie for tie in read_sheet(HEADER, *rows).tie_outs if tie.column == "C"]
    assert [tie.covers for tie in ties if not tie.label] == ["rows 2–4", "rows 7–9"]
    assert ties[-1].covers == "rows 2–9" and all(tie.difference == 0 for tie in ties)


def test_a_total_called_like_a_heading_without_its_code_covers_what_stands_under_it() -> None:
    def list_fund(code: str, name: str) -> list[list]:
        return [
            [f"{code} {name}"],
            [f"{code}11 Instruction"],
            ["511", "Salaries", 20.5],
            ["561", "Supplies", 4.0],
            [None, "TOTAL Instruction", 24.5],
            [f"{code}24 Administration"],
            ["511", "Salaries", 10.25],
            [None, "TOTAL Administration", 10.25],
            [None, f"TOTAL {name}", 34.75],
        ]

    rows = [*list_fund("01", "GENERAL FUND"), *list_fund("02", "GRANTS FUND"), [None, "GRAND TOTAL", 69.5]]
    reading = read_sheet(["Expenditures 2024-25"], ["Object", "Description", "Adopted Budget"], *rows)
    assert {str(tie.difference) for tie in reading.tie_outs} == {"0.000000"}


def test_a_total_of_zeros_over_lines_without_amounts_adds_up_nothing_else() -> None:
    reading = read_sheet(
        ["Function", "Description", "FY25 Expenditures"],
        ["Guidance", "Salaries", 500.5],
        ["Total Guidance", None, 500.5],
        ["Library", "Books", "N/A"],
        ["Total Library", None, 0],
        ["Total", None, 500.5],
    )
    assert [tie.cell for tie in reading.tie_outs if tie.difference] == []


def test_the_last_section_ends_like_those_before_it_where_another_total_stands_below() -> None:
    reading = read_sheet(
        ["Fund", "Function", "FY25 Expenditures"],
        ["General", "Guidance", 10.5],
        ["Total Guidance", None, 10.5],
        ["General", "Health", 5],
        ["Total Health", None, 5],
        ["Total - GF fund", None, 15.5],
        ["Meals", "Kitchen", 7],
        ["Total Kitchen", None, 7],
        ["Total - SL fund", None, 7],
        ["Total before transfers", None, 22.5],
    )
    assert [tie.cell for tie in reading.tie_outs if tie.difference] == []
