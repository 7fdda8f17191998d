from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from planning.governance.procurement import Method
from planning.governance.procurement_calendar import Calendar, StepDays, plan_calendar

REFERENCE, TODAY = load_reference(), date(2026, 12, 8)
BOARD = [date(2027, 2, 23), date(2027, 3, 9)]


def plan(needed_by: date = date(2027, 7, 1), method: Method = Method.FORMAL_BID, **more: object) -> Calendar:
    given_words: dict = {"board_dates": BOARD, **more}
    return plan_calendar("wifi", needed_by, method, REFERENCE, TODAY, **given_words)


def test_steps_are_counted_back_from_the_day_of_need() -> None:
    calendar = plan()
    assert [(step.name, step.by) for step in calendar.steps] == [
        ("Requirements begun", date(2027, 1, 12)),
        ("Request advertised", date(2027, 2, 2)),
        ("Offers close", date(2027, 2, 16)),
        ("On the board's agenda", date(2027, 3, 2)),
        ("Board action", date(2027, 3, 9)),
        ("Order", date(2027, 6, 1)),
        ("There and working", date(2027, 7, 1)),
    ]
    assert calendar.findings == ()


def test_e_rate_keeps_the_form_470_open_for_28_days() -> None:
    steps = {step.name: step for step in plan(is_erate=True, method=Method.QUOTES).steps}
    assert steps["Form 470 posted"].by == date(2027, 1, 19)
    assert steps["Form 470 posted"].reason.startswith("open for 28 days (47 CFR 54.503(c)(4)")


def test_the_last_day_of_an_award_is_28_days_after_the_sample_districts_form_470() -> None:
    days = StepDays(delivery_days=0, contract_days=0, evaluation_days=0, preparation_days=0)
    [step] = [
        step
        for step in plan(date(2027, 2, 12), days=days, needs_board=False, is_erate=True).steps
        if step.name == "Form 470 posted"
    ]
    assert step.by == date(2027, 1, 15)


def test_a_small_purchase_only_asks_for_a_price() -> None:
    names = [step.name for step in plan(method=Method.MICRO_PURCHASE, needs_board=False).steps]
    assert names == ["Price checked", "Order", "There and working"]


def test_what_cannot_be_reached_is_said_with_the_step_and_the_day() -> None:
    findings = plan(date(2027, 1, 15), needs_board=False).findings
    assert [finding.code for finding in findings] == ["procurement_step_too_late"]
    assert "wifi cannot be there by 2027-01-15" in findings[0].message


def test_a_board_that_does_not_meet_in_time_is_said() -> None:
    findings = plan(board_dates=[date(2027, 6, 8)]).findings
    assert findings[0].code == "no_board_date"
    assert findings[0].message == "wifi needs a board meeting by 2027-05-25, and the plan lists none in time."


@given(st.dates(date(2027, 1, 1), date(2030, 1, 1)), st.sampled_from(list(Method)), st.booleans(), st.booleans())
def test_no_step_comes_after_the_next_and_none_on_a_weekend(
    day: date, method: Method, board: bool, erate: bool
) -> None:
    days = [step.by for step in plan(day, method, needs_board=board, is_erate=erate, board_dates=()).steps]
    assert days == sorted(days)
    assert all(one.weekday() < 5 for one in days[:-1])
