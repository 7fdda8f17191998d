"""Tables and sentences of the E-Rate requests and grant awards, for screen and files."""

from collections.abc import Sequence
from datetime import date

from planning.figure import Column, FigureUnit, Table
from planning.funding.erate_discount import settle_discount
from planning.funding.erate_requests import RequestState, track_request
from planning.funding.grants import AwardState, track_award
from planning.model import Plan
from planning.money import format_cents, to_cents
from planning.reference import Reference

CENTS = FigureUnit.CENTS


def track_requests(plan: Plan, reference: Reference, as_of: date) -> tuple[RequestState, ...]:
    """Every E-Rate request of the plan as it stands on a day, with the district's discount where none is typed."""
    return tuple(
        track_request(request, reference, as_of, settle_discount(request, plan, reference))
        for request in plan.funding_requests
    )


def track_awards(plan: Plan, reference: Reference, as_of: date) -> tuple[AwardState, ...]:
    """Every grant award of the plan, as it stands on a day."""
    return tuple(track_award(award, reference, as_of) for award in plan.awards)


def tabulate_requests(states: Sequence[RequestState], names: dict[str, str]) -> Table:
    """Each request with who pays which part, the cash it needs first, and its next step."""
    columns = (
        Column("Request"),
        Column("Initiative"),
        Column("Funding year"),
        Column("Eligible cost", CENTS),
        Column("E-Rate pays", CENTS),
        Column("District pays", CENTS),
        Column("Cash needed first", CENTS),
        Column("Next step"),
        Column("Planned"),
        Column("Not before"),
        Column("Due"),
    )
    return Table(columns, tuple(_list_request(state, names) for state in states))


def _list_request(state: RequestState, names: dict[str, str]) -> tuple[str | int, ...]:
    request, step = state.request, state.next_step
    return (
        request.request_id,
        names.get(request.initiative_id, request.initiative_id) if request.initiative_id else "—",
        request.funding_year,
        to_cents(request.eligible_usd),
        state.share.erate_cents,
        state.share.district_cents,
        state.cash.cash_first_cents,
        step.name if step else "complete",
        str(step.day or "") if step else "",
        str(step.not_before or "") if step else "",
        str(step.due or "") if step else "",
    )


def tabulate_request_steps(states: Sequence[RequestState]) -> Table:
    """Every paper of every request: when it was or is to be done, from when it may be, by when it must be, and why."""
    columns = tuple(Column(name) for name in ("Request", "Step", "Done", "Not before", "Due", "Rule"))
    rows = tuple(
        (
            state.request.request_id,
            step.name,
            step.state,
            str(step.not_before or ""),
            str(step.due or ""),
            step.rule,
        )
        for state in states
        for step in state.steps
    )
    return Table(columns, rows)


def tabulate_awards(states: Sequence[AwardState], names: dict[str, str]) -> Table:
    """Each award with what is drawn and left, and the days that end it."""
    columns = (
        Column("Award"),
        Column("Source"),
        Column("Listing"),
        Column("Award amount", CENTS),
        Column("Drawn", CENTS),
        Column("Left", CENTS),
        Column("Obligate by"),
        Column("Pay by"),
        Column("Next report"),
        Column("Records until"),
    )
    return Table(columns, tuple(_list_award(state, names) for state in states))


def _list_award(state: AwardState, names: dict[str, str]) -> tuple[str | int, ...]:
    award = state.award
    return (
        award.award_number or award.award_id,
        names.get(award.source_id, award.source_id),
        award.aln,
        to_cents(award.amount_usd),
        to_cents(award.drawn_usd),
        to_cents(state.left_usd),
        str(state.obligate_by),
        str(state.pay_by),
        str(award.next_report_due or ""),
        str(state.retained_until or "from the final report"),
    )


def describe_registers(requests: Sequence[RequestState], awards: Sequence[AwardState]) -> str:
    """What the page says first: what E-Rate would pay, what must be there in cash, what of the grants is not drawn.

    A request whose money is spent and committed is behind the district; the sums are of those still to be committed.
    """
    ahead = [state for state in requests if state.request.committed_on is None]
    paid = sum(state.share.erate_cents for state in ahead)
    cash = sum(state.cash.cash_first_cents for state in ahead)
    left = sum(max(0, to_cents(state.left_usd)) for state in awards)
    parts = []
    if ahead:
        parts.append(
            f"E-Rate would pay {format_cents(paid, 2, symbol=True)}; the district needs "
            f"{format_cents(cash, 2, symbol=True)} in cash first."
        )
        if len(ahead) < len(requests):
            parts.append("Requests that are committed already are not in these sums.")
    if awards:
        soonest = min(awards, key=lambda state: state.obligate_by)
        parts.append(
            f"{format_cents(left, symbol=True)} of the awards is not drawn; "
            f"{soonest.award.award_number or soonest.award.award_id} ends first, on {soonest.obligate_by}."
        )
    return " ".join(parts) or "No E-Rate request and no grant award is on record."
