"""What a person said of this year's file holds for next year's: by columns without their years, only where alike."""

from data.intake.cells import CellValue, Sheet, Workbook
from data.intake.corrections import Correction, correct_reading, list_read_columns
from data.intake.model import Reading
from data.intake.profile import Profile, apply_profile, make_profile, match_profile, parse_profile, write_profile
from data.intake.reading import read_budget
from planning.vocabulary import Basis, Unit


def read_year(year: int, *more: str, words: str = "Budget") -> Reading:
    headers = (f"{year - 1}-{year} {words}", f"{year}-{year + 1} {words}", *more)
    rows: list[tuple[CellValue, ...]] = [
        ("Account", "Description", *headers),
        ("10-2580-350", "Network services", *(100.0 + place for place in range(len(headers)))),
        ("10-2580-650", "Software", *(50.0 + place for place in range(len(headers)))),
    ]
    return read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", rows),)))


def keep(reading: Reading, correction: Correction, column: int = 1) -> Profile:
    name = list(list_read_columns(reading))[column]
    return parse_profile(write_profile(make_profile(reading, {name: correction}, {})))


def test_a_basis_is_applied_to_the_same_column_of_the_next_year() -> None:
    profile = keep(read_year(2025), Correction(basis=Basis.ADOPTED))
    following = read_year(2026)
    assert match_profile(following, [profile]) == profile
    corrected = correct_reading(following, apply_profile(following, profile), "as you said last year,")
    assert [(total.fiscal_year, total.basis) for total in corrected.totals] == [
        ("FY2025-26", "budget"),
        ("FY2026-27", "adopted"),
    ]
    assert corrected.findings[0].message.endswith("as you said last year, it is FY2026-27 adopted dollars.")


def test_a_file_with_other_columns_is_not_touched() -> None:
    profile = keep(read_year(2025), Correction(basis=Basis.ADOPTED))
    assert match_profile(read_year(2026, "2026-27 FTE"), [profile]) is None
    assert match_profile(read_year(2026, words="Actual"), [profile]) is None


def test_a_column_that_is_read_otherwise_now_keeps_its_reading() -> None:
    profile = keep(read_year(2025), Correction(unit=Unit.FTE))
    following = read_year(2026)
    name = list(list_read_columns(following))[1]
    said = correct_reading(following, {name: Correction(basis=Basis.REVISED)})
    assert apply_profile(said, profile) == {}


def test_a_year_read_wrongly_is_shifted_alike() -> None:
    profile = keep(read_year(2025), Correction(fiscal_year="FY2026-27"))
    following = read_year(2026)
    [correction] = apply_profile(following, profile).values()
    assert correction == Correction(fiscal_year="FY2027-28")


def test_a_year_that_no_file_says_is_asked_of_every_file() -> None:
    rows = [("Account", "Description", "Amount"), ("10-2580-350", "Network", 100.0), ("10-2580-650", "Software", 50.0)]
    reading = read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", rows),)))
    assert keep(reading, Correction(fiscal_year="FY2026-27"), 0).is_empty


def test_answers_about_how_a_district_writes_are_kept_and_others_are_not() -> None:
    reading = read_year(2025)
    profile = make_profile(reading, {}, {"side": "revenue", "year_convention": "starts", "totals_off": "publish"})
    assert profile.answers == {"side": "revenue", "year_convention": "starts"}
    assert parse_profile(write_profile(profile)) == profile


def test_a_column_left_out_stays_out() -> None:
    profile = keep(read_year(2025), Correction(left_out=True), column=0)
    following = read_year(2026)
    corrected = correct_reading(following, apply_profile(following, profile))
    assert [total.fiscal_year for total in corrected.totals] == ["FY2026-27"]


def test_what_was_said_of_expenditures_says_nothing_of_revenues() -> None:
    def read_sides(year: int) -> Reading:
        header = ("Account", "Type", f"{year}-{year + 1} Budget")
        lines = [("10-2580-350", "EXPENSE", 100.0), ("10-2580-650", "EXPENSE", 50.0), ("10-1111-000", "REVENUE", 160.0)]
        return read_budget(Workbook("b.xlsx", "", 1, (Sheet("One", (header, *lines)),)))

    reading = read_sides(2025)
    assert [name.side for name in list_read_columns(reading)] == ["expenditure", "revenue"]
    following = read_sides(2026)
    corrections = apply_profile(following, keep(reading, Correction(left_out=True), column=0))
    assert [name.side for name in corrections] == ["expenditure"]
    assert [total.side for total in correct_reading(following, corrections).totals] == ["revenue"]
