from datetime import date
from functools import cache

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.funding.erate_requests import RequestState
from planning.funding.grants import AwardState
from planning.funding.register_tables import (
    describe_registers,
    tabulate_awards,
    tabulate_request_steps,
    tabulate_requests,
    track_awards,
    track_requests,
)

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)


@cache
def requests() -> tuple[RequestState, ...]:
    return track_requests(PLAN, REFERENCE, DAY)


@cache
def awards() -> tuple[AwardState, ...]:
    return track_awards(PLAN, REFERENCE, DAY)


def test_the_wifi_request_of_the_sample_district_is_shared_to_the_cent() -> None:
    row, _, internet = tabulate_requests(requests(), {"wifi": "Wi-Fi and switches"}).rows
    assert row[1] == "Wi-Fi and switches"
    assert row[4:7] == (562_640_40, 555_359_60, 555_359_60)
    assert row[7:] == ("Form 470 posted", "2027-01-15", "", "")
    assert internet[1:7] == ("—", "FY2026-27", 169_200_00, 101_520_00, 76_140_00, 177_660_00)


def test_every_paper_has_a_row() -> None:
    rows = tabulate_request_steps(requests()).rows
    assert [row[2] for row in rows[:7]] == ["planned 2027-01-15", "planned 2027-03-09", *["open"] * 5]
    assert [row[2] for row in rows[7:14]][-2:] == ["2026-07-20", "open"]
    assert rows[1][3] == "2027-02-12" and "28 days after the Form 470 (47 CFR 54.503(c)(4)" in str(rows[1][5])


def test_an_award_shows_what_is_left_and_the_days_that_end_it() -> None:
    [title_iv, *_] = tabulate_awards(awards(), {"title-iv": "Title IV-A"}).rows
    assert title_iv[1:8] == ("Title IV-A", "84.424", 118_400_00, 21_300_00, 97_100_00, "2028-09-30", "2028-12-29")


def test_the_page_says_first_what_money_and_which_day_matter() -> None:
    words = describe_registers(requests(), awards())
    assert words.startswith("E-Rate would pay $562,640.40; the district needs $555,359.60 in cash first.")
    assert "S367A250-0417 ends first, on 2027-09-30." in words
    assert describe_registers((), ()) == "No E-Rate request and no grant award is on record."
