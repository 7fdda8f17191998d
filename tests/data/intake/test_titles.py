"""What stands above a table holds for all of it; the nearest line wins."""

import pytest

from data.intake.drafts import TitleContext
from data.intake.titles import read_titles, share_titles
from planning.vocabulary import Basis, Side
from tests.data.intake.layouts import draft, read_sheet, turn


def read(*lines: str | tuple[str, ...]) -> TitleContext:
    rows = [line if isinstance(line, tuple) else (line,) for line in lines]
    width = max(map(len, rows))
    return read_titles(turn(*([*row, *[None] * (width - len(row))] for row in rows)), list(range(len(rows))))


def test_titles_name_fields_side_year_basis_and_scale() -> None:
    found = read("Example School District 8", "2024-25 Proposed Expenditures", "Fund: 100 - General", "(in thousands)")
    assert (found.side, found.years, found.basis, found.scale) == (
        Side.EXPENDITURE,
        ("FY2024-25",),
        Basis.PROPOSED,
        1000,
    )
    assert found.fields == {"fund": "100 - General"} and len(found.lines) == 4


def test_the_line_nearest_to_the_table_wins() -> None:
    found = read("2023-24 Adopted Revenue", "2024-25 Proposed Expenditures")
    assert (found.years, found.basis, found.side) == (("FY2024-25",), Basis.PROPOSED, Side.EXPENDITURE)


def test_a_label_and_its_value_in_the_next_cell_are_one_line() -> None:
    assert read(("Fund:", "10 - Education")).fields == {"fund": "10 - Education"}


def test_a_title_that_names_both_sides_names_none() -> None:
    assert read("Revenues and Expenditures").side is Side.UNKNOWN


@pytest.mark.parametrize("line", ["Fund: 2024 Bond", "Project 2025 - Roof"])
def test_a_number_in_a_named_field_is_no_year(line: str) -> None:
    assert read(line).years == ()


def test_a_bare_year_is_remembered_as_bare() -> None:
    assert (read("Budget 2025").years, read("Budget 2025").bare_years) == (("FY2024-25",), True)
    assert not read("Budget FY2025").bare_years


def test_a_scale_in_the_caption_of_one_table_is_not_that_of_the_next() -> None:
    reading = read_sheet(
        ("Expenditure Budget",),
        ("Fund 10 General Fund (in thousands)",),
        ("Description", "2024-25 Budget"),
        ("Salaries", 120.5),
        ("Supplies", 80.0),
        (None,),
        ("Fund 20 Food Service Fund",),
        ("Description", "2024-25 Budget"),
        ("Salaries", 4000.0),
        ("Supplies", 1500.0),
    )
    assert [str(total.detail_total) for total in reading.totals] == ["206000.000000"]
    assert any("is said of the table above" in reason for reason in reading.tables[1].reasons)


def test_a_scale_on_a_line_of_its_own_holds_for_the_page() -> None:
    page, own = (
        read("Expenditure Budget", "(Dollars in Thousands)"),
        draft(("Fund 20",), ("Item", "Budget"), ("A", 1.0)),
    )
    share_titles(own, page)
    assert own.titles.scale == 1000
