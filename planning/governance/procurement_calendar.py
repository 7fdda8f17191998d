"""The buying calendar, planned back from the day something is needed: each step's last day, and what is too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planning.deadlines import add_days, last_weekday
from planning.findings import Finding, FindingKind
from planning.governance.procurement import Method
from planning.reference import Reference
from planning.vocabulary import Severity

STEP_TOO_LATE = FindingKind(
    "procurement_step_too_late",
    Severity.ERROR,
    "{item} cannot be there by {expected}: {found} had to be done by {day}.",
    "Move the day it is needed, or shorten the steps after this one.",
)
NO_BOARD_DATE = FindingKind(
    "no_board_date",
    Severity.WARNING,
    "{item} needs a board meeting by {expected}, and the plan lists none in time.",
    "Add the board's meeting dates, or ask for a special meeting.",
)


@dataclass(frozen=True)
class StepDays:
    """How many days each step takes; the district's habits, so they are asked for and not assumed by law.

    `notice_days` is how long before a meeting the agenda closes; `advertised_days` the least time bids stay open.
    """

    delivery_days: int = 30
    contract_days: int = 7
    notice_days: int = 7
    evaluation_days: int = 14
    advertised_days: int = 14
    quotes_days: int = 10
    preparation_days: int = 21


@dataclass(frozen=True)
class CalendarStep:
    """Something to do and the last day to do it, with the reason of the time it takes."""

    name: str
    by: date
    reason: str = ""


@dataclass(frozen=True)
class Calendar:
    """The steps in the order they are done, and what cannot be reached."""

    steps: tuple[CalendarStep, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def starts_by(self) -> date:
        return self.steps[0].by


def plan_calendar(
    item: str,
    needed_by: date,
    method: Method,
    reference: Reference,
    as_of: date,
    days: StepDays | None = None,
    board_dates: Sequence[date] = (),
    needs_board: bool = True,
    is_erate: bool = False,
    award_by: date | None = None,
) -> Calendar:
    """Each step's last day, counted back from the day something must be there; weekends move to the Friday before.

    The board meets on the last listed date that leaves time for contract and delivery; its agenda closes days before.
    `award_by` is the day the award is planned for, where that is sooner: E-Rate's Form 471, say, waits for it.
    E-Rate keeps the Form 470 open for the days of 47 CFR 54.503(c)(4), whatever the method.
    """
    days = days or StepDays()
    order = last_weekday(add_days(needed_by, -days.delivery_days))
    steps = [
        CalendarStep("There and working", needed_by),
        CalendarStep("Order", order, f"{days.delivery_days} days for delivery"),
    ]
    award = last_weekday(add_days(order, -days.contract_days))
    award = min(award, last_weekday(award_by)) if award_by else award
    findings: list[Finding] = []
    if needs_board:
        meeting, missing = _find_meeting(item, award, board_dates)
        findings += missing
        steps.append(CalendarStep("Board action", meeting, f"{days.contract_days} days for the contract"))
        award = last_weekday(add_days(meeting, -days.notice_days))
        steps.append(CalendarStep("On the board's agenda", award, f"{days.notice_days} days before the meeting"))
    steps += _plan_bidding(award, method, reference, days, is_erate)
    steps.reverse()
    return Calendar(tuple(steps), (*findings, *_check_dates(item, needed_by, steps, as_of)))


def _find_meeting(item: str, award: date, board_dates: Sequence[date]) -> tuple[date, list[Finding]]:
    in_time = [day for day in board_dates if day <= award]
    if in_time:
        return max(in_time), []
    return award, [NO_BOARD_DATE.at(item=item, expected=award)]


def _plan_bidding(
    award: date, method: Method, reference: Reference, days: StepDays, is_erate: bool
) -> list[CalendarStep]:
    """Last step first: evaluate, close, open, prepare; a purchase without competition only asks for a price."""
    if method is Method.MICRO_PURCHASE and not is_erate:
        return [CalendarStep("Price checked", award, "no quotes asked for")]
    evaluated = last_weekday(add_days(award, -days.evaluation_days))
    open_days, name, reason = _find_open_days(award, method, reference, days, is_erate)
    opened = last_weekday(add_days(evaluated, -open_days))
    return [
        CalendarStep("Offers close", evaluated, f"{days.evaluation_days} days to evaluate"),
        CalendarStep(name, opened, reason),
        CalendarStep(
            "Requirements begun",
            last_weekday(add_days(opened, -days.preparation_days)),
            f"{days.preparation_days} days to write them",
        ),
    ]


def _find_open_days(
    award: date, method: Method, reference: Reference, days: StepDays, is_erate: bool
) -> tuple[int, str, str]:
    asked = days.quotes_days if method is Method.QUOTES else days.advertised_days
    if not is_erate:
        name = "Quotes asked for" if method is Method.QUOTES else "Request advertised"
        return asked, name, f"open for {asked} days"
    rule = reference.require("erate_bidding", award)
    open_days = max(int(rule.value), asked)
    return open_days, "Form 470 posted", f"open for {open_days} days ({rule.source})"


def _check_dates(item: str, needed_by: date, steps: Sequence[CalendarStep], as_of: date) -> list[Finding]:
    """The earliest step that is past names the whole delay."""
    late = [step for step in steps if step.by < as_of]
    return [STEP_TOO_LATE.at(item=item, expected=needed_by, found=late[0].name, day=late[0].by)] if late else []
