"""A person's word on a column: it holds wherever the column stands, changes what is counted, and leaves a note."""

from decimal import Decimal

import pytest

from data.intake.cells import CellValue, Sheet, Workbook
from data.intake.corrections import (
    Correction,
    ReadColumn,
    correct_reading,
    list_correction_answers,
    list_read_columns,
)
from data.intake.model import Reading
from data.intake.reading import read_budget
from planning.vocabulary import Basis, ReadingStatus, Unit

HEADER = ("Account", "Description", "2025-26 Budget", "2026-27 Budget")
ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("10-2580-350", "Network services", 1200.0, 1300.0),
    ("10-2580-650", "Software", 450.0, 500.0),
    ("Total", None, 1650.0, 1800.0),
)


def read_sheets(*sheets: str, header: tuple[CellValue, ...] = HEADER) -> Reading:
    return read_budget(Workbook("b.xlsx", "", 1, tuple(Sheet(name, (header, *ROWS)) for name in sheets or ("One",))))


def find(reading: Reading, header: str) -> ReadColumn:
    return next(name for name in list_read_columns(reading) if name.header == header)


def test_a_correction_holds_in_every_table_that_has_the_column() -> None:
    reading = read_sheets("One", "Two")
    name = find(reading, "2026-27 Budget")
    corrected = correct_reading(reading, {name: Correction(basis=Basis.ADOPTED)})
    assert [table.columns[1].basis for table in corrected.tables if table.counted] == [Basis.ADOPTED] * len(
        list_read_columns(reading)[name]
    )
    assert [total.basis for total in corrected.totals] == [Basis.BUDGET, Basis.ADOPTED]
    assert corrected.tables[0].columns[1].why["basis"] == "you said so"
    [note] = [finding for finding in corrected.findings if finding.code == "column_corrected"]
    assert note.message == (
        "Column “2026-27 Budget” was read as FY2026-27 budget dollars; you said that it is FY2026-27 adopted dollars."
    )


def test_a_scale_multiplies_lines_totals_and_tie_outs() -> None:
    reading = read_sheets()
    corrected = correct_reading(reading, {find(reading, "2026-27 Budget"): Correction(scale=1000)})
    [table] = corrected.tables
    assert list(table.lines.amounts["D"]) == [1_300_000.0, 500_000.0]
    assert list(table.lines.amounts["C"]) == [1200.0, 450.0]
    assert [total.detail_total for total in corrected.totals] == [Decimal(1650), Decimal(1_800_000)]
    assert [tie.printed for tie in corrected.tie_outs] == [Decimal(1650), Decimal(1_800_000)]
    assert table.columns[1].printed_total == Decimal(1_800_000)


def test_a_column_left_out_leaves_no_amount_no_total_and_no_tie_out() -> None:
    reading = read_sheets()
    corrected = correct_reading(reading, {find(reading, "2025-26 Budget"): Correction(left_out=True)})
    [table] = corrected.tables
    assert [column.header for column in table.columns] == ["2026-27 Budget"]
    assert list(table.lines.amounts) == ["D"]
    assert [total.header for total in corrected.totals] == ["2026-27 Budget"]
    assert {tie.column for tie in corrected.tie_outs} == {"D"}
    assert any(finding.code == "column_left_out" for finding in corrected.findings)


def test_a_budget_without_any_column_of_dollars_is_refused() -> None:
    reading = read_sheets()
    every = dict.fromkeys(list_read_columns(reading), Correction(left_out=True))
    corrected = correct_reading(reading, every)
    assert corrected.status is ReadingStatus.REFUSED
    assert corrected.findings[0].code == "nothing_counted"


def test_a_year_that_a_person_gives_answers_the_question_for_it() -> None:
    reading = read_sheets(header=("Account", "Description", "Last", "Amount"))
    assert reading.status is ReadingStatus.NEEDS_CHOICE
    names = list(list_read_columns(reading))
    half = correct_reading(reading, {names[0]: Correction(fiscal_year="FY2025-26")})
    assert half.status is ReadingStatus.NEEDS_CHOICE
    years = {name: Correction(fiscal_year=f"FY{2025 + i}-{26 + i}") for i, name in enumerate(names)}
    whole = correct_reading(reading, years)
    assert whole.status is ReadingStatus.READY
    assert [question.key for question in whole.questions if question.key.startswith("fiscal_year")] == []


def test_totals_that_are_off_are_told_in_the_corrected_figures() -> None:
    rows = [*ROWS[:-1], ("Total", None, 1650.0, 1900.0)]
    reading = read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", (HEADER, *rows)),)))
    corrected = correct_reading(reading, {find(reading, "2026-27 Budget"): Correction(scale=1000)})
    [off] = [finding for finding in corrected.findings if finding.code == "total_mismatch"]
    assert (off.found, off.expected) == ("$1,900,000.00", "$1,800,000.00")
    gone = correct_reading(reading, {find(reading, "2026-27 Budget"): Correction(left_out=True)})
    assert not any(finding.code == "total_mismatch" for finding in gone.findings)


def test_nothing_said_changes_nothing() -> None:
    reading = read_sheets()
    assert correct_reading(reading, {find(reading, "2025-26 Budget"): Correction()}) is reading


@pytest.mark.parametrize("unit", [Unit.USD_PER_PUPIL, Unit.PERCENT])
def test_rates_are_not_added_up(unit: Unit) -> None:
    reading = read_sheets()
    corrected = correct_reading(reading, {find(reading, "2025-26 Budget"): Correction(unit=unit)})
    assert [total.header for total in corrected.totals] == ["2026-27 Budget"]


def test_columns_read_alike_are_told_apart_by_their_order() -> None:
    reading = read_sheets(header=("Account", "Description", "2026-27 Budget", "2026-27 Budget"))
    first, second = list_read_columns(reading)
    assert (first.repeat, second.repeat) == (0, 1)
    corrected = correct_reading(reading, {second: Correction(basis=Basis.PROPOSED)})
    assert [column.basis for column in corrected.tables[0].columns] == [Basis.BUDGET, Basis.PROPOSED]
    assert [total.detail_total for total in corrected.totals if total.basis is Basis.PROPOSED] == [Decimal(1800)]


def test_corrections_are_kept_beside_the_answers_in_words() -> None:
    reading = read_sheets()
    names = list(list_read_columns(reading))
    said = {names[0]: Correction(left_out=True), names[1]: Correction(basis=Basis.ADOPTED, scale=1000)}
    assert list_correction_answers(said) == {
        "column 2025-26 Budget (FY2025-26 budget dollars)": "left out",
        "column 2026-27 Budget (FY2026-27 budget dollars)": "FY2026-27 adopted dollars in 1,000s",
    }
