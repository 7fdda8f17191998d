"""Where each E-Rate funding request stands: what is done, what comes next and its last day.

Sources: 47 CFR 54.503 (28 days of competition), 54.507 (days of service), 54.514 (invoices); USAC program pages. FCC
26-30 ends the Form 486 in later funding years; until the reference data has a row for it, it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from planning.deadlines import add_days
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.funding.erate import CashNeed, CostShare, calculate_cash_need, calculate_cost_share
from planning.funding.erate_discount import RequestDiscount
from planning.money import to_cents
from planning.reference import Reference
from planning.registers import ErateInvoicing, FundingRequest
from planning.vocabulary import Severity

CONTRACT_TOO_EARLY = FindingKind(
    "erate_contract_too_early",
    Severity.ERROR,
    "{item} was contracted or applied for on {found}, before {expected}, the first day that the Form 470 allows.",
    "Do not file it: post the Form 470 again, or the whole request is denied.",
)
ERATE_STEP_LATE = FindingKind(
    "erate_step_late",
    Severity.ERROR,
    "{item}: {found} was due by {expected}.",
    "Do it at once, and ask USAC for an extension or the FCC for a waiver.",
)
ERATE_DAYS_OUT_OF_ORDER = FindingKind(
    "erate_days_out_of_order",
    Severity.ERROR,
    "{item}: {found} is dated before {expected}.",
    "Correct the days of {item}.",
)
_PAPERS = (
    ("form_470_on", "Form 470"),
    ("contract_on", "contract"),
    ("form_471_on", "Form 471"),
    ("reviewed_on", "review"),
    ("committed_on", "commitment letter"),
    ("form_486_on", "Form 486"),
    ("invoiced_on", "invoice"),
)


@dataclass(frozen=True)
class RequestStep:
    """One paper of a request: when it was done or is planned, from when it may be and by when it must be.

    None: no day set. `rule` says where the first or the last day comes from.
    """

    name: str
    day: date | None = None
    not_before: date | None = None
    due: date | None = None
    rule: str = ""
    is_done: bool = False

    @property
    def state(self) -> str:
        """Done on a day, planned for one, or open."""
        return str(self.day) if self.is_done else f"planned {self.day}" if self.day else "open"


@dataclass(frozen=True)
class RequestState:
    """A request with its discount, its steps, the next one, who pays which share and what must be there in cash."""

    request: FundingRequest
    discount_percent: int | None
    steps: tuple[RequestStep, ...]
    share: CostShare
    cash: CashNeed
    findings: tuple[Finding, ...]

    @property
    def next_step(self) -> RequestStep | None:
        return next((step for step in self.steps if not step.is_done), None)


def track_request(
    request: FundingRequest, reference: Reference, as_of: date, discount: RequestDiscount | None = None
) -> RequestState:
    """The steps of a request with their first and last days, its shares in cents, and what is late or out of order.

    The contract and the Form 471 may not be before the Form 470 was open for the days of the rule. The Form 486 is due
    from the later of commitment letter and service start, the invoice from the later of the last day of service and the
    Form 486. Where a day is unknown, what depends on it has none; a day that is still to come is planned. `discount` is
    what the district's own counts make of it; without one the request has what was typed.
    """
    percent = discount.percent if discount else request.discount_percent
    steps = tuple(
        replace(step, is_done=step.day is not None and step.day <= as_of)
        for step in _list_steps(request, reference, as_of)
    )
    share = calculate_cost_share(to_cents(request.eligible_usd), percent or 0, to_cents(request.ineligible_usd))
    cash = calculate_cash_need(share, request.invoicing is ErateInvoicing.BEAR)
    doubts = discount.findings if discount else ()
    findings = (*doubts, *_check_order(request), *_check_steps(request, steps, as_of))
    return RequestState(request, percent, steps, share, cash, findings)


def find_service_days(request: FundingRequest) -> tuple[date, date]:
    """First and last day of service: as typed, or the funding year, with three more months for one-time services.

    Source: 47 CFR 54.507(d): recurring services end on 30 June, non-recurring on the 30 September after it.
    """
    year = start_year_of(request.funding_year)
    last = date(year + 1, 6, 30) if request.is_recurring else date(year + 1, 9, 30)
    return request.service_start or date(year, 7, 1), request.service_end or last


def _list_steps(request: FundingRequest, reference: Reference, as_of: date) -> tuple[RequestStep, ...]:
    start, end = find_service_days(request)
    opened = request.form_470_on
    bidding, form_486, invoice = (
        reference.require(f"erate_{name}", day)
        for name, day in (("bidding", opened or as_of), ("form_486", as_of), ("invoice", as_of))
    )
    first = add_days(opened, int(bidding.value)) if opened else None
    certified = max(request.committed_on, start) if request.committed_on else None
    certify_by = add_days(certified, int(form_486.value)) if certified else None
    served = max(end, request.form_486_on) if request.form_486_on else end
    wait = f"{bidding.value} days after the Form 470 ({bidding.source})"
    papers = f"{form_486.value} days after the later of letter and {start} ({form_486.source})"
    bill = f"{invoice.value} days after the later of {end} and the Form 486 ({invoice.source})"
    return (
        RequestStep("Form 470 posted", opened),
        RequestStep("Contract signed", request.contract_on, not_before=first, rule=wait),
        RequestStep("Form 471 filed", request.form_471_on, not_before=first, rule=wait),
        RequestStep("Review answered", request.reviewed_on),
        RequestStep("Commitment letter", request.committed_on),
        RequestStep("Form 486 filed", request.form_486_on, due=certify_by, rule=papers),
        RequestStep(
            "Invoiced", request.invoiced_on, not_before=start, due=add_days(served, int(invoice.value)), rule=bill
        ),
    )


def _check_order(request: FundingRequest) -> list[Finding]:
    """Every paper that is dated before the one it follows."""
    dated = [(name, day) for field, name in _PAPERS if (day := getattr(request, field)) is not None]
    pairs = pairwise(dated)
    return [
        ERATE_DAYS_OUT_OF_ORDER.at(item=request.request_id, found=later[0], expected=earlier[0])
        for earlier, later in pairs
        if later[1] < earlier[1]
    ]


def _check_steps(request: FundingRequest, steps: Sequence[RequestStep], as_of: date) -> list[Finding]:
    findings = []
    for step in steps:
        if step.day and step.not_before and step.day < step.not_before and step.name != "Invoiced":
            findings.append(CONTRACT_TOO_EARLY.at(item=request.request_id, found=step.day, expected=step.not_before))
        if step.due and (step.day or as_of) > step.due:
            findings.append(ERATE_STEP_LATE.at(item=request.request_id, found=step.name, expected=step.due))
    return findings
