"""What a person sees of a reading before it is stored: pictures, reasons, tie-outs, corrections, last year's word."""

import re

import pytest

from data.samples.build import BUDGET_FILE
from data.store.budget_uploads import list_uploads
from data.store.profiles import list_profiles
from data.store.viewer import Viewer
from pages.ui.session import open_store
from pages.ui.sheet_table import show_value
from planning.permissions import Role
from tests.pages.screen import Screen

PAGE = "finance/upload.py"
LINES = "10-2580-350,Network services,1000,1200\n10-2580-650,Cloud,400,450\n10-1000-610,Paper and pens,600,650\n"
VIEWER = Viewer("tests", Role.ADMIN, "empty")


def write_budget(year: int = 2026, total: int = 2300, words: str = "Adopted,Proposed") -> bytes:
    before, after = words.split(",")
    head = f"Account,Description,{year - 1}-{year % 100} {before},{year}-{year % 100 + 1} {after}\n"
    return f"{head}{LINES}Total,,2000,{total}\n".encode()


def drop(screen: Screen, content: bytes = b"", file_name: str = "small.csv") -> str:
    screen.open(PAGE, district="empty")
    return screen.drop(file_name, content or write_budget())


def find_picture(screen: Screen) -> str:
    [picture] = [html for html in screen.html() if "tp tp-sheet" in html]
    return picture


def list_rows(screen: Screen) -> list[tuple[str, str]]:
    """Number and role of every row in the picture."""
    return re.findall(r'<th scope="row">(\d+)</th><td class="tp-word">([^<]*)</td>', find_picture(screen))


def correct(screen: Screen, year: str = "", basis: str = "", leave_out: bool = False) -> str:
    """Fill the form of the first column and send it."""
    if year:
        next(one for one in screen.app.text_input if one.label == "Fiscal year").set_value(year)
    if basis:
        next(one for one in screen.app.selectbox if one.label == "Basis").set_value(basis)
    if leave_out:
        next(one for one in screen.app.checkbox if one.label.startswith("Leave this column out")).check()
    return screen.click("Read it so")


def test_every_row_of_a_sheet_has_its_role_and_every_column_its_meaning(screen: Screen) -> None:
    drop(screen)
    assert list_rows(screen) == [("1", "header"), ("2", "detail"), ("3", "detail"), ("4", "detail"), ("5", "total")]
    picture = find_picture(screen)
    assert "Table 1, counted" in picture
    assert "FY2025-26 adopted · US dollars · Expenditures" in picture
    assert '<td class="number v1">✓ 2300</td>' in picture


def test_the_legend_has_a_word_for_every_colour(screen: Screen) -> None:
    words = drop(screen)
    assert "title header heading detail subtotal total note blank not read, or not counted" in words


def test_a_link_to_a_cell_opens_the_picture_there_and_says_what_the_cell_is(screen: Screen) -> None:
    drop(screen, write_budget(total=2345))
    tab = Screen()
    words = tab.open(PAGE, district="empty", sheet="small", cell="D5")
    assert "D5 of sheet small, “Total”, prints 2,345.00; its detail (D2:D4) adds up to 2,300.00: off by 45.00." in words
    picture = find_picture(tab)
    assert '<td class="number v1 focus">→ ! 2345</td>' in picture
    assert picture.count("covered") == 3


def test_a_cell_may_be_typed_and_what_is_no_cell_is_said(screen: Screen) -> None:
    drop(screen)
    cell = next(one for one in screen.app.text_input if one.label == "Go to a cell")
    cell.set_value("c3").run()
    assert "Cell C3 of sheet small." in screen.words()
    next(one for one in screen.app.text_input if one.label == "Go to a cell").set_value("somewhere").run()
    assert "is no cell of this workbook" in screen.app.toast[0].value.replace("\\", "")


def test_of_a_wide_sheet_the_columns_around_a_cell_are_shown(screen: Screen) -> None:
    letters = [f"{2026 - place // 40}-{27 - place // 40:02d} Budget {place}" for place in range(100)]
    rows = "".join(f"10-2580-{number},{','.join(str(number) for _ in letters)}\n" for number in range(350, 354))
    drop(screen, f"Account,{','.join(letters)}\n{rows}".encode())
    assert "61 more columns not shown" in screen.words()
    next(one for one in screen.app.text_input if one.label == "Go to a cell").set_value("BZ3").run()
    head = re.findall(r'<th scope="col">([A-Z]+)</th>', find_picture(screen))
    assert (len(head), head[:2], "BZ" in head, "AA" in head) == (40, ["A", "B"], True, False)


def test_a_long_sheet_is_folded_and_turned_window_by_window(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    screen.drop(BUDGET_FILE.name, BUDGET_FILE.read_bytes())
    sheet = next(one for one in screen.app.selectbox if one.label.startswith("Sheet, of"))
    assert sheet.options[0] == "Summary · not counted"
    assert "more detail rows, not shown one by one" in find_picture(screen)
    first = list_rows(screen)[0]
    screen.click("Later rows")
    assert list_rows(screen)[0] != first
    screen.click("Earlier rows")
    assert list_rows(screen)[0] == first
    screen.app.toggle(key="picture_every_row").set_value(True).run()
    assert [int(number) for number, _ in list_rows(screen)] == list(range(1, 61))


def test_a_finding_can_be_gone_to(screen: Screen) -> None:
    drop(screen, write_budget(total=2345))
    place = next(one for one in screen.app.selectbox if one.label.startswith("Go to a total"))
    assert place.options == ["small!D5: Total is off by 45.00"]
    place.select_index(0).run()
    assert "off by 45.00." in screen.words()


def test_a_register_is_shown_although_it_is_refused(screen: Screen) -> None:
    rows = "".join(f"Award {number},12 Main Street,Pending,{1000 + number}\n" for number in range(1, 8))
    words = drop(screen, f"Recipient,Address,Status,Amount\n{rows}".encode())
    assert "so it is a register and not imported as a budget." in words
    assert ("2", "detail, not counted") in list_rows(screen)
    assert not screen.has_button("Publish")


def test_every_column_says_why_it_is_read_so(screen: Screen) -> None:
    drop(screen)
    row = screen.table("What it was read as, and what says so")[1]
    assert row[:4] == [
        "2025-26 Adopted",
        "small, column C",
        "FY2025-26: its header says it",
        "adopted: its header says it",
    ]


def test_tie_outs_are_narrowed_by_words(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    screen.drop(BUDGET_FILE.name, BUDGET_FILE.read_bytes())
    screen.app.text_input(key="ties_words").set_value("Instruction total").run()
    assert all("Instruction" in row[0] for row in screen.table("Printed totals")[1:])
    screen.app.text_input(key="ties_words").set_value("no such words").run()
    assert "No printed total says that." in screen.words()


def test_a_correction_changes_what_is_counted_and_can_be_taken_back(screen: Screen) -> None:
    drop(screen)
    words = correct(screen, basis="revised")
    assert "Read as you said “2025-26 Adopted”, read as FY2025-26 adopted dollars: FY2025-26 revised dollars" in (
        words.replace("- ", "")
    )
    assert screen.table("The columns of amounts")[1][2] == "revised"
    words = screen.click("Take it back: read the columns as the file says")
    assert "Read as you said" not in words
    assert screen.table("The columns of amounts")[1][2] == "adopted"


def test_a_year_that_is_none_is_said_and_nothing_is_changed(screen: Screen) -> None:
    drop(screen)
    assert "is not one fiscal year. Write it like 2026-27." in correct(screen, year="next year")
    assert screen.table("The columns of amounts")[1][1] == "FY2025-26"


def test_what_was_said_is_stored_with_the_upload_and_holds_for_next_year(screen: Screen) -> None:
    drop(screen)
    correct(screen, leave_out=True)
    screen.click("Publish")
    [upload] = list_uploads(open_store(), VIEWER)
    assert upload.answers == {"column 2025-26 Adopted (FY2025-26 adopted dollars)": "left out"}
    words = drop(screen, write_budget(2027), "next.csv")
    assert "Read as you said last year It comes from small.csv." in words
    assert "as you said last year, it does not count." in words
    assert [row[0] for row in screen.table("The columns of amounts")[1:]] == ["2027-28 Proposed"]


def test_what_was_said_last_year_can_be_dropped_for_good(screen: Screen) -> None:
    drop(screen)
    correct(screen, leave_out=True)
    screen.click("Publish")
    drop(screen, write_budget(2027), "next.csv")
    screen.click("Take it back: read the columns as the file says")
    assert screen.app.checkbox(key="keep_profile").label == "Forget what was said of files laid out like this one"
    screen.click("Publish")
    assert list_profiles(open_store(), VIEWER) == ()


def test_what_is_kept_for_next_year_is_listed_and_can_be_forgotten(screen: Screen) -> None:
    drop(screen)
    correct(screen, basis="revised")
    screen.click("Publish")
    assert screen.table("What holds for next year")[1][:2] == ["small.csv", "“adopted”: revised"]
    assert "What holds for next year" not in screen.click("Forget it")


def test_a_question_says_what_depends_on_it_and_what_was_answered_can_be_asked_again(screen: Screen) -> None:
    effect = "It decides whether the amounts ($2,300 in “2026-27 Proposed”) are money spent or money that comes in"
    assert effect in drop(screen)
    screen.app.selectbox(key="answer_side").set_value("revenue")
    screen.click("Read it again with these answers")
    assert "You answered: they are revenues." in screen.wait()
    screen.click("Ask again")
    assert effect in screen.wait()


def test_an_answer_of_last_year_holds_for_this_years_file_until_it_is_asked_again(screen: Screen) -> None:
    drop(screen)
    screen.app.selectbox(key="answer_side").set_value("revenue")
    screen.click("Read it again with these answers")
    screen.wait()
    screen.click("Publish")
    drop(screen, write_budget(2027), "next.csv")
    assert "As you said last year: they are revenues." in screen.wait()
    assert screen.table("The columns of amounts")[1][3] == "Revenues"
    assert list_profiles(open_store(), VIEWER)[0].profile.answers == {"side": "revenue"}
    screen.click("Ask again")
    screen.wait()
    assert screen.app.selectbox(key="answer_side").value == "expenditure"
    assert screen.app.checkbox(key="keep_profile").value is True


@pytest.mark.parametrize(
    ("value", "is_amount", "text"),
    [
        (None, False, ""),
        (True, False, "TRUE"),
        (2025.0, False, "2025"),
        (2025.0, True, "2,025"),
        (1234.5, True, "1,234.50"),
        (0.125, False, "0.125"),
        ("x" * 80, False, "x" * 63 + "…"),
    ],
)
def test_cells_are_shown_as_a_person_writes_them(value: str | float | None, is_amount: bool, text: str) -> None:
    assert show_value(value, is_amount) == text
