"""The upload page: what was found, whether it ties out, publish, take back, and every way it can go wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.intake.model import Question, Reading
from data.jobs import list_jobs
from data.samples.build import BUDGET_FILE
from data.settings import load_settings
from data.store.budget_uploads import list_uploads
from data.store.budgets import withdraw_upload
from data.store.districts import list_districts
from data.store.viewer import Viewer
from data.uploads import READ_BUDGET
from pages.ui.own_district import propose_identifier
from pages.ui.session import open_store
from planning.errors import StoreBusy
from planning.permissions import Role
from planning.vocabulary import ReadingStatus
from tests.pages.screen import Screen

PAGE = "finance/upload.py"
SMALL = (
    "Account,Description,2025-26 Adopted,2026-27 Proposed\n"
    "10-2580-350,Network services,1000,1200\n"
    "10-2580-650,Software,400,450\n"
    "10-1000-610,Classroom supplies,600,650\n"
    "Total,,2000,{total}\n"
)
VIEWER = Viewer("tests", Role.ADMIN, "empty")


def drop(screen: Screen, total: int = 2300, file_name: str = "small.csv") -> str:
    screen.open(PAGE, district="empty")
    return screen.drop(file_name, SMALL.format(total=total).encode())


def test_a_budget_is_found_tied_out_published_and_taken_back(screen: Screen) -> None:
    words = drop(screen)
    assert "1 table on 1 sheet, 3 detail lines; 2 of them are technology." in words
    assert "Accounts follow NCES handbook 2014." in words
    assert "All 2 printed totals tie out Detail and printed totals agree to the cent." in words
    assert "Published 3 lines are now" in screen.click("Publish")
    assert screen.table("What has been published")[1][3:5] == ["current", "3"]
    words = screen.click("Take it back")
    assert "is taken back. No version of it counts now." in words
    assert screen.table("What has been published")[1][3] == "withdrawn"


def test_what_publishing_replaces_is_said_before_and_after_it_is_done(screen: Screen) -> None:
    assert "Publishing adds 3 lines to" in drop(screen)
    screen.click("Publish")
    assert "holds this very file already." in drop(screen)
    screen.click("Try another file")
    words = drop(screen, total=2345, file_name="corrected.csv")
    assert "Publishing replaces small.csv, version 1, 3 lines, in" in words
    assert "It replaces the version before it, which can be had back below." in screen.click("Publish")


def test_what_the_new_version_no_longer_holds_is_named_before_it_is_published(screen: Screen) -> None:
    drop(screen)
    screen.click("Publish")
    screen.open(PAGE, district="empty")
    words = screen.drop("later.csv", SMALL.format(total=2300).replace("2025-26", "2027-28").encode())
    assert "FY2025-26 adopted expenditures would no longer count: this file does not hold them." in words
    screen.app.text_input(key="series").set_value("Another").run()
    assert "FY2026-27 proposed expenditures would be added up with those of Expenditure budget." in screen.words()


def test_the_budget_of_another_year_is_proposed_to_count_beside_it(screen: Screen) -> None:
    drop(screen)
    screen.click("Publish")
    later = SMALL.format(total=2300).replace("2026-27", "2028-29").replace("2025-26", "2027-28")
    assert "as the first version of Expenditure budget FY2028-29." in screen.drop("later.csv", later.encode())
    screen.click("Publish")
    corrected = later.replace("Software", "Software licenses").encode()
    assert "Publishing replaces later.csv, version 1, 3 lines, in Expenditure budget FY2028-29" in screen.drop(
        "corrected.csv", corrected
    )


def test_a_role_that_may_not_begin_a_district_is_told_who_does(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", act_as="finance")
    assert "someone in the role admin begins your own district" in words
    assert not screen.has_button("Create it")


def test_the_whole_sample_ties_out_in_429_places(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    words = screen.drop(BUDGET_FILE.name, BUDGET_FILE.read_bytes())
    assert "All 429 printed totals tie out" in words
    assert len(screen.table("Printed totals, what is off first, then the widest: 200 of 429")) == 201
    totals = {(row[0], row[3]): row[5] for row in screen.table("The columns of amounts")}
    assert totals["2026-27 Adopted Budget", "Expenditures"] == "$108,370,567.00"
    assert totals["2026-27 FTE", "Expenditures"] == "812.00"


def test_a_total_that_does_not_add_up_is_shown_with_its_cell_and_may_still_be_published(screen: Screen) -> None:
    words = drop(screen, total=2345)
    assert "1 of 2 printed totals does not add up" in words
    [off] = screen.table("Totals that are off")[1:]
    assert off == ["Total", "small!D5", "2,345.00", "2,300.00", "45.00", "off", "D2:D4 (3 lines)"]
    assert "Published" in screen.click("Publish")


def test_parts_of_a_cent_do_not_make_a_total_wrong(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    words = screen.drop("small.csv", SMALL.format(total=2300).replace("1200", "1200.004").encode())
    assert "All 2 printed totals tie out" in words


def test_the_same_file_again_stores_nothing_twice(screen: Screen) -> None:
    drop(screen)
    screen.click("Publish")
    drop(screen)
    assert "Already there" in screen.click("Publish")


def test_a_newer_file_is_the_next_version_and_taking_it_back_lets_the_older_count(screen: Screen) -> None:
    drop(screen)
    screen.click("Publish")
    screen.drop("newer.csv", SMALL.format(total=2300).replace("Software", "Software licenses").encode())
    assert "version 2" in screen.click("Publish")
    assert "The version before it counts again." in screen.click("Take it back")


def test_a_click_on_what_another_tab_took_back_takes_nothing_else_back(screen: Screen) -> None:
    drop(screen)
    screen.click("Publish")
    screen.app.file_uploader[0].set_value(("other.csv", SMALL.format(total=2300).encode() + b"\n", "text/csv")).run()
    screen.wait()
    screen.app.text_input(key="series").set_value("Another budget")
    screen.click("Publish")
    other, first = list_uploads(open_store(), VIEWER)
    withdraw_upload(open_store(), VIEWER, other.upload_id)
    screen.click("Take it back")
    assert [upload.status for upload in list_uploads(open_store(), VIEWER)] == ["withdrawn", "current"]
    assert first.status == "current"


def test_a_withdrawal_that_the_store_refuses_is_said(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise StoreBusy("Another change is going on.", "Try again in a moment.")

    drop(screen)
    screen.click("Publish")
    monkeypatch.setattr("pages.ui.uploads.withdraw_upload", refuse)
    assert "Another change is going on. Try again in a moment." in screen.click("Take it back")


@pytest.mark.parametrize(
    ("file_name", "content", "said"),
    [
        ("notes.xlsx", b"not a workbook at all", "This is not a workbook but a line of text."),
        ("empty.xlsx", b"", "The file is empty. Export or save the workbook again."),
        ("cut.xlsx", BUDGET_FILE.read_bytes()[:20_000], "The workbook is incomplete: the end of the file is missing."),
        ("words.csv", b"one,two\nthree,four\n", "Nothing was stored No sheet holds a table with amounts."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_another_may_be_tried(
    screen: Screen, file_name: str, content: bytes, said: str
) -> None:
    screen.open(PAGE, district="empty")
    words = screen.drop(file_name, content)
    assert words.count(said) == 1
    assert not screen.has_button("Publish")
    assert list_uploads(open_store(), VIEWER) == ()
    screen.click("Try another file")
    assert screen.app.file_uploader


def test_a_reading_can_be_cancelled(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.jobs.registry.MOST_CHILDREN", 0)
    screen.open(PAGE, district="empty")
    screen.app.file_uploader[0].set_value(("small.csv", SMALL.encode(), "text/csv")).run()
    assert "Waiting for its turn" in next(one.proto.text for one in screen.app.get("progress"))
    screen.click("Cancel")
    assert "cancelled" in screen.wait().lower()
    screen.click("Try another file")
    assert screen.app.file_uploader


def test_a_new_tab_finds_the_reading_of_a_closed_one(screen: Screen) -> None:
    drop(screen)
    tab = Screen()
    assert "small.csv" in tab.open(PAGE, district="empty")
    assert "small.csv" not in Screen().open(PAGE, district="ledger")
    assert "Published" in tab.click("Publish")


def test_trying_another_file_stores_nothing_and_forgets_the_one_read(screen: Screen) -> None:
    drop(screen)
    screen.click("Try another file")
    assert list_uploads(open_store(), VIEWER) == ()
    assert list_jobs(load_settings().actor, "empty") == []
    assert screen.app.file_uploader


def read_with_question(path: str, file_name: str, answers: dict[str, str] | None = None) -> Reading:
    """The small file as if it did not say its fiscal year."""
    from data.intake.reading import read_budget_file

    reading = read_budget_file(path, file_name=file_name)
    if answers:
        return replace(reading, file_name=f"{file_name}, year {answers['year']}")
    question = Question("year", "Which fiscal year is column C?", ("FY2025-26", "FY2026-27"), "FY2026-27")
    return replace(reading, status=ReadingStatus.NEEDS_CHOICE, questions=(question,))


def test_a_question_is_asked_and_the_file_is_read_again_with_the_answer(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "small.csv"
    path.write_text(SMALL.format(total=2300))
    drop(screen)
    [job] = list_jobs(load_settings().actor, "empty")
    job._result = read_with_question(str(path), "small.csv")
    screen.app.run()
    assert screen.app.selectbox(key="answer_year").options == ["FY2026-27", "FY2025-26"]
    assert "needs an answer first" in screen.click("Publish")
    asked: dict[str, object] = {}
    monkeypatch.setattr("data.uploads.start_job", lambda *given: asked.update(given[3]) or job)
    screen.app.selectbox(key="answer_year").select("FY2025-26")
    screen.click("Read it again with these answers")
    assert asked["answers"] == {"year": "FY2025-26"}
    assert job.function == READ_BUDGET


def test_a_district_of_ones_own_begins_on_the_sample_page(screen: Screen) -> None:
    assert "This is the sample district." in screen.open(PAGE, district="sample")
    screen.app.text_input[0].set_value("North District")
    screen.app.text_input[1].set_value("north")
    screen.click("Create it")
    assert "This is the sample district." not in screen.words()
    assert "North District" in Screen().open("cabinet/overview.py", district="north")


def test_an_id_that_nobody_typed_is_made_from_the_name(screen: Screen) -> None:
    for tab in (screen, Screen()):
        tab.open(PAGE, district="sample")
        tab.app.text_input[0].set_value("Ledger Creek Unified School District")
        tab.click("Create it")
    known = {one.district_id: one.name for one in list_districts(open_store(), Viewer("Lee", Role.ADMIN, ""))}
    assert {"ledger-creek", "ledger-creek-2"} <= known.keys()
    assert propose_identifier("Unified School District", ()) == "unified-school-district"


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("north & south", "cannot name a district. Use up to 64 letters, digits, points, dashes or underscores."),
        ("", "The district has no name yet. Type what it is called; its id is made from that."),
        ("ledger", "There is already a district with this id."),
    ],
)
def test_an_id_that_cannot_be_one_is_refused_in_words(screen: Screen, identifier: str, said: str) -> None:
    screen.open(PAGE, district="sample")
    screen.app.text_input[1].set_value(identifier)
    assert said in screen.click("Create it")


def test_what_does_not_count_is_said_once_with_its_reason(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    words = screen.drop(BUDGET_FILE.name, BUDGET_FILE.read_bytes())
    aside = screen.table("Tables that do not count, and why")
    assert aside[1][0].startswith("Summary, table 1") and aside[1][1] == "A6:E18"
    assert "Its figures are sums of lines that stand elsewhere in the file" in aside[1][4]
    assert "No printed totals" not in words and "What to know about this file" not in words


def test_a_file_that_prints_no_total_says_so(screen: Screen) -> None:
    screen.open(PAGE, district="empty")
    words = screen.drop("small.csv", SMALL.partition("Total")[0].encode())
    assert "No printed totals The file prints no totals" in words
    assert "Look it over, then [publish it](#publish)." in words
    assert screen.has_button("Publish")
