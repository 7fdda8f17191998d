"""What if: a scenario is a named list of typed changes on the base plan, each thing changed at most once."""

from collections.abc import Callable
from decimal import Decimal
from functools import singledispatch
from typing import TypeVar

from pydantic import Field

from planning.choice.changes import (
    DISCOUNT_RATE,
    Change,
    CutSource,
    Delay,
    DriverPath,
    Enrollment,
    Exclude,
    Include,
    LoseSource,
    PlanChange,
    PriceShock,
    Rate,
    Reprice,
    Scale,
    SourceChange,
)
from planning.errors import InputRefused
from planning.fiscal_years import list_fiscal_years, shift_fiscal_year, start_year_of
from planning.model import Commitment, CostLine, DriverCount, FundingSource, Model, Plan
from planning.money import round_half_up
from planning.vocabulary import Driver

Row = TypeVar("Row")


class Scenario(Model):
    """A named list of changes; their order does not matter, as no two may touch the same thing."""

    name: str = Field(min_length=1)
    changes: tuple[Change, ...] = ()


def apply_scenario(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as the scenario would have it.

    Raises InputRefused when two changes touch the same thing or one names what the plan does not have.
    """
    check_scenario(plan, scenario)
    for change in list_in_order(scenario):
        plan = apply_change(change, plan)
    return plan


def list_in_order(scenario: Scenario) -> list[Change]:
    """The changes as they are applied: as listed, but money goes last.

    What was committed in a year in which the source is lost is lost, whether or not a delay moved it there.
    """
    return sorted(scenario.changes, key=lambda change: isinstance(change, SourceChange))


def name_targets(plan: Plan) -> dict[str, str]:
    """What the plan calls what a change may name by its id."""
    return {
        **{line.cost_line_id: line.description for line in plan.cost_lines},
        **{source.source_id: source.name for source in plan.sources},
        **{item.initiative_id: item.name for item in plan.initiatives},
    }


def check_scenario(plan: Plan, scenario: Scenario) -> None:
    """Nothing, or InputRefused with the change that cannot stand and what to do."""
    touched: set[tuple[str, str]] = set()
    for change in scenario.changes:
        _check_target(plan, scenario.name, change)
        for thing in change.list_things():
            if thing in touched:
                raise InputRefused(
                    f'The scenario "{scenario.name}" changes the {thing[0]} of {thing[1]} twice.',
                    "Keep one of the two changes.",
                )
            touched.add(thing)
    _check_prices(plan, scenario)


def _check_target(plan: Plan, name: str, change: PlanChange) -> None:
    known = _list_known(plan, change)
    if known is not None and change.target not in known:
        raise InputRefused(
            f'The scenario "{name}" changes {change.target}, which the plan does not have.',
            f"Name one of the plan's {(change.part or 'rates').replace('_', ' ')}, or remove this change.",
        )


def _list_known(plan: Plan, change: PlanChange) -> set[str] | None:
    """The ids a change may name; None where it names a word that is always there."""
    if isinstance(change, Rate):
        return {DISCOUNT_RATE, *(rate.name for rate in plan.district.escalation_rates)}
    if not change.part:
        return None
    field = {"initiatives": "initiative_id", "cost_lines": "cost_line_id", "sources": "source_id"}[change.part]
    return {getattr(row, field) for row in getattr(plan, change.part)}


def _check_prices(plan: Plan, scenario: Scenario) -> None:
    """A line with a price of its own must not be in a family whose prices change too: which counts is not said."""
    families = {line.cost_line_id: str(line.category) for line in plan.cost_lines}
    shocked = {
        name for change in scenario.changes if isinstance(change, PriceShock) for _, name in change.list_things()
    }
    for change in scenario.changes:
        if isinstance(change, Reprice) and families[change.cost_line_id] in shocked:
            raise InputRefused(
                f'The scenario "{scenario.name}" changes the price of {change.cost_line_id} twice.',
                "Keep its own price, or the change of its whole family.",
            )


@singledispatch
def apply_change(change: PlanChange, plan: Plan) -> Plan:
    """The plan with one change."""
    raise NotImplementedError(type(change))


@apply_change.register
def _include(change: Include, plan: Plan) -> Plan:
    return _set_initiative(plan, change.initiative_id, included=True)


@apply_change.register
def _exclude(change: Exclude, plan: Plan) -> Plan:
    return _set_initiative(plan, change.initiative_id, included=False)


@apply_change.register
def _delay(change: Delay, plan: Plan) -> Plan:
    [initiative] = [item for item in plan.initiatives if item.initiative_id == change.initiative_id][:1]
    moved = _set_initiative(plan, change.initiative_id, start=shift_fiscal_year(initiative.start, change.years))

    def delay_line(line: CostLine) -> CostLine:
        end = shift_fiscal_year(line.end, change.years) if line.end else None
        years = tuple(shift_fiscal_year(year, change.years) for year in line.scheduled_years)
        start = shift_fiscal_year(line.start, change.years)
        return line.model_copy(update={"start": start, "end": end, "scheduled_years": years})

    def delay_commitment(item: Commitment) -> Commitment:
        return item.model_copy(update={"fiscal_year": shift_fiscal_year(item.fiscal_year, change.years)})

    lines = _change_rows(moved.cost_lines, lambda row: row.initiative_id == change.initiative_id, delay_line)
    paid = _change_rows(moved.commitments, lambda row: row.initiative_id == change.initiative_id, delay_commitment)
    return moved.model_copy(update={"cost_lines": lines, "commitments": paid})


@apply_change.register
def _scale(change: Scale, plan: Plan) -> Plan:
    def scale(line: CostLine) -> CostLine:
        return line.model_copy(update={"quantity": line.quantity * change.factor})

    return _change_lines(plan, lambda line: line.initiative_id == change.initiative_id, scale)


@apply_change.register
def _reprice(change: Reprice, plan: Plan) -> Plan:
    def price(line: CostLine) -> CostLine:
        return line.model_copy(update={"unit_price_usd": change.unit_price_usd})

    return _change_lines(plan, lambda line: line.cost_line_id == change.cost_line_id, price)


@apply_change.register
def _shock(change: PriceShock, plan: Plan) -> Plan:
    def price(line: CostLine) -> CostLine:
        return line.model_copy(update={"unit_price_usd": line.unit_price_usd * (1 + change.rise)})

    def is_meant(line: CostLine) -> bool:
        return line.unit_price_usd > 0 and change.category in (None, line.category)

    return _change_lines(plan, is_meant, price)


@apply_change.register
def _count(change: DriverPath, plan: Plan) -> Plan:
    return _set_counts(plan, change.list_counts())


@apply_change.register
def _enroll(change: Enrollment, plan: Plan) -> Plan:
    years = list_fiscal_years(plan.district.first_fiscal_year, plan.district.horizon_years)
    known = [item for item in plan.district.driver_counts if item.driver is Driver.STUDENTS]
    before = [item for item in known if start_year_of(item.fiscal_year) <= start_year_of(years[0])]
    first = max(before, key=lambda item: start_year_of(item.fiscal_year), default=None) or next(iter(known), None)
    if first is None:
        raise InputRefused("The plan has no count of students.", "Add the number of students to the district.")
    counts = [
        DriverCount(
            driver=Driver.STUDENTS,
            fiscal_year=year,
            count=round_half_up(first.count * (1 + change.rate_per_year) ** number, 0),
        )
        for number, year in enumerate(years)
    ]
    return _set_counts(plan, counts)


@apply_change.register
def _set_rate(change: Rate, plan: Plan) -> Plan:
    if change.name == DISCOUNT_RATE:
        return _set_district(plan, discount_rate=change.rate_per_year)
    rates = tuple(
        rate.model_copy(update={"rate_per_year": change.rate_per_year}) if rate.name == change.name else rate
        for rate in plan.district.escalation_rates
    )
    return _set_district(plan, escalation_rates=rates)


@apply_change.register
def _lose(change: LoseSource, plan: Plan) -> Plan:
    return _keep_share(plan, change.source_id, change.from_year, Decimal(0))


@apply_change.register
def _cut(change: CutSource, plan: Plan) -> Plan:
    return _keep_share(plan, change.source_id, change.from_year, 1 - change.share)


def _keep_share(plan: Plan, source_id: str, from_year: str, share: Decimal) -> Plan:
    """The plan with a share of what a source brings and was to pay from a year on; savings that return to it stay."""

    def is_later(fiscal_year: str) -> bool:
        return start_year_of(fiscal_year) >= start_year_of(from_year)

    def keep(cents: int) -> int:
        return int(round_half_up(cents * share, 0)) if cents > 0 else cents

    def cut_source(source: FundingSource) -> FundingSource:
        amounts = tuple(
            item.model_copy(update={"amount_cents": keep(item.amount_cents)}) if is_later(item.fiscal_year) else item
            for item in source.amounts
        )
        return source.model_copy(update={"amounts": amounts})

    def cut_commitment(item: Commitment) -> Commitment:
        return item.model_copy(update={"amount_cents": keep(item.amount_cents)})

    sources = _change_rows(plan.sources, lambda row: row.source_id == source_id, cut_source)
    paid = _change_rows(
        plan.commitments, lambda row: row.source_id == source_id and is_later(row.fiscal_year), cut_commitment
    )
    return plan.model_copy(update={"sources": sources, "commitments": tuple(row for row in paid if row.amount_cents)})


def _change_rows(
    rows: tuple[Row, ...], is_meant: Callable[[Row], bool], change: Callable[[Row], Row]
) -> tuple[Row, ...]:
    return tuple(change(row) if is_meant(row) else row for row in rows)


def _change_lines(plan: Plan, is_meant: Callable[[CostLine], bool], change: Callable[[CostLine], CostLine]) -> Plan:
    return plan.model_copy(update={"cost_lines": _change_rows(plan.cost_lines, is_meant, change)})


def _set_initiative(plan: Plan, initiative_id: str, **fields: object) -> Plan:
    rows = _change_rows(
        plan.initiatives, lambda item: item.initiative_id == initiative_id, lambda item: item.model_copy(update=fields)
    )
    return plan.model_copy(update={"initiatives": rows})


def _set_district(plan: Plan, **fields: object) -> Plan:
    return plan.model_copy(update={"district": plan.district.model_copy(update=fields)})


def _set_counts(plan: Plan, counts: list[DriverCount]) -> Plan:
    changed = {(item.driver, item.fiscal_year) for item in counts}
    kept = [item for item in plan.district.driver_counts if (item.driver, item.fiscal_year) not in changed]
    return _set_district(plan, driver_counts=(*kept, *counts))
