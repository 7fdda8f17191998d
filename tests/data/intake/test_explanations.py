"""Every column says why it was read so: from its header, the lines above it, its sheet, its rows, or an answer."""

from data.intake.cells import Sheet, Workbook
from data.intake.model import ValueColumn
from data.intake.reading import read_budget

LINES = [["10-2580-350", "Network services", 1200.0], ["10-2580-650", "Software", 450.0]]


def read_column(
    header: str, title: str = "", sheet: str = "Sheet1", answers: dict[str, str] | None = None
) -> ValueColumn:
    above = [[title, None, None]] if title else []
    rows = [*above, ["Account", "Description", header], *LINES]
    return read_budget(Workbook("budget.xlsx", "", 1, (Sheet(sheet, rows),)), answers).tables[0].columns[0]


def test_what_a_header_says_is_believed_for_that_reason() -> None:
    column = read_column("2026-27 Adopted Budget")
    assert column.why["fiscal_year"] == column.why["basis"] == "its header says it"
    assert column.why["unit"] == "nothing names another unit, so dollars"
    assert column.why["scale"] == "nothing speaks of thousands or millions"


def test_a_single_year_is_told_from_a_written_out_one() -> None:
    assert read_column("2026 Budget").why["fiscal_year"] == "its header names a single year"


def test_what_stands_above_the_table_is_named_as_the_reason() -> None:
    column = read_column("Amount", "Adopted budget 2026-27 (in thousands)")
    assert column.scale == 1000
    assert {column.why[name] for name in ("fiscal_year", "basis", "scale")} == {"the lines above the table say it"}


def test_the_name_of_the_sheet_is_named_as_the_reason() -> None:
    assert read_column("Amount", sheet="FY2026-27").why["fiscal_year"] == "the name of the sheet says it"


def test_an_answer_is_named_as_an_answer_and_its_lack_too() -> None:
    assert read_column("Amount").why["fiscal_year"] == "the file does not say"
    answered = read_column("Amount", answers={"fiscal_year": "2026-27"})
    assert (answered.fiscal_year, answered.why["fiscal_year"]) == ("FY2026-27", "you answered so")


def test_a_side_is_explained_by_words_codes_or_an_answer() -> None:
    assert read_column("2026-27 Budget", "Expenditures by account").why["side"].startswith("titles, headers")
    assert read_column("2026-27 Budget").why["side"] == "the file does not say"
    assert read_column("2026-27 Budget", answers={"side": "revenue"}).why["side"] == "you answered so"


def test_a_column_without_a_basis_shares_that_of_its_year() -> None:
    rows = [["Account", "2026-27 Adopted", "2026-27 FTE"], ["10-2580-350", 1200.0, 2.5], ["10-2580-650", 450.0, 1.0]]
    [_, fte] = read_budget(Workbook("budget.xlsx", "", 1, (Sheet("Sheet1", rows),))).tables[0].columns
    assert (fte.basis, fte.why["basis"]) == ("adopted", "the column of the same year before it says it")
    assert fte.why["unit"] == "its header says it"
