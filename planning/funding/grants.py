"""Grant awards: the days that end them, what is still to be drawn, and the formula of small rural districts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.deadlines import add_days, add_years
from planning.findings import Finding, FindingKind
from planning.money import format_dollars, format_percent
from planning.reference import Reference
from planning.registers import GrantAward
from planning.vocabulary import Severity

GRANT_DRAWN_BEYOND = FindingKind(
    "grant_drawn_beyond",
    Severity.ERROR,
    "{item} was drawn to {found}, more than its award of {expected}.",
    "Correct the drawdown of {item}, or return what is above the award.",
)
GRANT_PERIOD_REVERSED = FindingKind(
    "grant_period_reversed",
    Severity.ERROR,
    "The period of {item} ends on {found}, before it begins on {expected}.",
    "Correct the period of {item} from its award letter.",
)
GRANT_SPENT_SLOWLY = FindingKind(
    "grant_spent_slowly",
    Severity.WARNING,
    "{item} has drawn {found} when {expected} of its period is over; {left} lapses on {day} if it is not spent.",
    "Bring costs of the plan that it may pay into its period, or ask for an extension.",
)
GRANT_REPORT_LATE = FindingKind(
    "grant_report_late",
    Severity.ERROR,
    "The report of {item} was due on {expected}.",
    "File it now; a grantor may hold back money until it has it.",
)
GRANT_CLOSED = FindingKind(
    "grant_closed",
    Severity.WARNING,
    "{item} could be paid out until {expected}; {found} of it was never drawn.",
    "Ask the grantor whether late liquidation is possible; otherwise the plan needs another source.",
)


@dataclass(frozen=True)
class AwardState:
    """An award with its last days and what is left of it, in dollars.

    `retained_until` is None until the final report is in: only then the years begin to count.
    """

    award: GrantAward
    obligate_by: date
    pay_by: date
    retained_until: date | None
    left_usd: Decimal
    findings: tuple[Finding, ...]


def track_award(award: GrantAward, reference: Reference, as_of: date) -> AwardState:
    """The days of an award: money is obligated by the end of its period, paid within the liquidation days after it (the
    grantor's own day where earlier), and its records are kept for years from the final report.

    Sources: 2 CFR 200.344(c) (liquidation: 120 days, 90 for a subrecipient), 200.334 (records).
    """
    pay_by = _find_pay_by(award, reference, as_of)
    retained = None
    if award.final_report_on:
        years = int(reference.require("federal_record_retention", award.final_report_on).value)
        retained = add_years(award.final_report_on, years)
    left = award.amount_usd - award.drawn_usd
    return AwardState(award, award.period_end, pay_by, retained, left, tuple(_check_award(award, pay_by, left, as_of)))


def _find_pay_by(award: GrantAward, reference: Reference, as_of: date) -> date:
    if not award.is_federal:
        return award.liquidation_end or award.period_end
    key = "federal_liquidation_" + ("subrecipient" if award.is_subrecipient else "recipient")
    rule = add_days(award.period_end, int(reference.require(key, max(award.period_end, as_of)).value))
    return min(rule, award.liquidation_end) if award.liquidation_end else rule


def _check_award(award: GrantAward, pay_by: date, left: Decimal, as_of: date) -> list[Finding]:
    findings = []
    item, money = award.award_number or award.award_id, format_dollars(left, symbol=True)
    if award.period_end < award.period_start:
        return [GRANT_PERIOD_REVERSED.at(item=item, found=award.period_end, expected=award.period_start)]
    if left < 0:
        drawn, whole = (format_dollars(usd, symbol=True) for usd in (award.drawn_usd, award.amount_usd))
        findings.append(GRANT_DRAWN_BEYOND.at(item=item, found=drawn, expected=whole))
    if award.next_report_due and award.next_report_due < as_of and not award.final_report_on:
        findings.append(GRANT_REPORT_LATE.at(item=item, expected=award.next_report_due))
    if left > 0 and pay_by < as_of:
        findings.append(GRANT_CLOSED.at(item=item, expected=pay_by, found=money))
    elif left > 0 and is_spent_slowly(award, as_of):
        spent, over = calculate_drawn_share(award), calculate_elapsed_share(award, as_of)
        findings.append(
            GRANT_SPENT_SLOWLY.at(
                item=item, found=format_percent(spent), expected=format_percent(over), left=money, day=award.period_end
            )
        )
    return findings


def calculate_drawn_share(award: GrantAward) -> Decimal:
    """Drawn ÷ award, as a fraction; 1 for an award of nothing."""
    return award.drawn_usd / award.amount_usd if award.amount_usd else Decimal(1)


def calculate_elapsed_share(award: GrantAward, as_of: date) -> Decimal:
    """Days of the period that are over ÷ all its days, as a fraction from 0 to 1."""
    days = (award.period_end - award.period_start).days + 1
    return min(Decimal(1), max(Decimal(0), Decimal((as_of - award.period_start).days) / days))


def is_spent_slowly(award: GrantAward, as_of: date) -> bool:
    """Whether in the second half of its period a smaller share is drawn than half of the time that is over."""
    elapsed = calculate_elapsed_share(award, as_of)
    return elapsed > Decimal("0.5") and calculate_drawn_share(award) < elapsed / 2


def calculate_srsa_award(
    attendance: Decimal, title_ii_a_usd: Decimal, title_iv_a_usd: Decimal, reference: Reference, as_of: date
) -> Decimal:
    """max(0, min(60,000, 20,000 + 100 × (average daily attendance − 50)) − Title II-A − Title IV-A of the year before).

    In dollars, before the ratable reduction; only attendance in excess of 50 counts.
    Source: Small, Rural School Achievement program, ESEA section 5212.
    """
    base, each, counted, ceiling = (
        reference.require(f"srsa_{name}", as_of).value
        for name in ("base", "per_student", "students_in_base", "ceiling")
    )
    initial = min(ceiling, base + each * max(Decimal(0), attendance - counted))
    return max(Decimal(0), initial - title_ii_a_usd - title_iv_a_usd)
