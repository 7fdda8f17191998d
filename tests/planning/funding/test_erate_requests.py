from datetime import date

import pytest

from data.reference import load_reference
from planning.funding.erate_requests import RequestState, track_request
from planning.registers import FundingRequest

REFERENCE, TODAY = load_reference(), date(2027, 3, 1)


def track(as_of: date = TODAY, **changes: object) -> RequestState:
    values = {
        "request_id": "frn-1",
        "initiative_id": "wifi",
        "source_id": "erate-c2",
        "funding_year": "FY2027-28",
        "eligible_usd": "937734",
        "discount_percent": 60,
        "form_470_on": date(2027, 1, 15),
        **changes,
    }
    return track_request(FundingRequest.model_validate(values), REFERENCE, as_of)


def find_days(state: RequestState, name: str) -> tuple[date | None, date | None]:
    [step] = [step for step in state.steps if step.name == name]
    return step.not_before, step.due


def test_a_contract_waits_28_days_for_offers() -> None:
    state = track()
    assert find_days(state, "Contract signed") == (date(2027, 2, 12), None)
    assert state.next_step and state.next_step.name == "Contract signed"
    assert state.findings == ()


def test_a_day_that_is_still_to_come_is_planned_and_what_depends_on_it_has_its_day() -> None:
    state = track(date(2026, 12, 8))
    step = state.next_step
    assert step and (step.name, step.state) == ("Form 470 posted", "planned 2027-01-15")
    assert find_days(state, "Contract signed") == (date(2027, 2, 12), None)
    assert track().steps[0].state == "2027-01-15" and track(form_470_on=None).steps[0].state == "open"


@pytest.mark.parametrize("paper", ["contract_on", "form_471_on"])
def test_a_paper_before_the_first_allowed_day_loses_the_request(paper: str) -> None:
    [finding] = track(**{paper: date(2027, 2, 11)}).findings
    assert (finding.code, finding.expected) == ("erate_contract_too_early", "2027-02-12")
    assert track(**{paper: date(2027, 2, 12)}).findings == ()


def test_form_486_is_due_after_the_later_of_letter_and_service() -> None:
    state = track(committed_on=date(2027, 5, 3))
    assert find_days(state, "Form 486 filed")[1] == date(2027, 10, 29)
    late_letter = track(committed_on=date(2027, 8, 1))
    assert find_days(late_letter, "Form 486 filed")[1] == date(2027, 11, 29)


def test_the_invoice_is_due_after_the_last_day_of_service() -> None:
    assert find_days(track(is_recurring=True), "Invoiced")[1] == date(2028, 10, 28)
    assert find_days(track(), "Invoiced")[1] == date(2029, 1, 28)


def test_what_is_late_is_said_and_what_was_done_in_time_is_not() -> None:
    days = {"contract_on": date(2027, 2, 12), "form_471_on": date(2027, 3, 1), "committed_on": date(2027, 5, 3)}
    assert [one.code for one in track(date(2027, 10, 30), **days).findings] == ["erate_step_late"]
    assert track(date(2027, 12, 1), **days, form_486_on=date(2027, 7, 9)).findings == ()


def test_papers_out_of_order_are_named() -> None:
    [finding] = track(committed_on=date(2027, 5, 3), form_471_on=date(2027, 6, 1)).findings
    assert finding.message == "frn-1: commitment letter is dated before Form 471."


def test_reimbursement_asks_for_the_whole_amount_in_cash_first() -> None:
    bear, spi = track(invoicing="bear"), track(invoicing="spi")
    assert (bear.share.erate_cents, bear.cash.cash_first_cents) == (56_264_040, 93_773_400)
    assert spi.cash.cash_first_cents == 93_773_400 - 56_264_040
