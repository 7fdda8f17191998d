"""What if: a scenario is a named list of typed changes on the base plan, each thing changed at most once."""

from typing import Annotated, Literal

from pydantic import Field

from planning.errors import InputRefused
from planning.fiscal_years import shift_fiscal_year
from planning.model import Commitment, CostLine, Identifier, Initiative, Model, Plan


class Include(Model):
    """Do an initiative that the base plan leaves out."""

    kind: Literal["include"] = "include"
    initiative_id: Identifier


class Exclude(Model):
    """Leave out an initiative that the base plan does."""

    kind: Literal["exclude"] = "exclude"
    initiative_id: Identifier


class Delay(Model):
    """Start an initiative so many years later: its life, cost lines and commitments move with it.

    Prices keep their dollar year, so they escalate for longer; sources keep their windows, so money may lapse.
    """

    kind: Literal["delay"] = "delay"
    initiative_id: Identifier
    years: int = Field(ge=1, le=10)


Change = Annotated[Include | Exclude | Delay, Field(discriminator="kind")]


class Scenario(Model):
    """A named list of changes; their order does not matter, as no two may touch the same thing."""

    name: str = Field(min_length=1)
    changes: tuple[Change, ...] = ()


def apply_scenario(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as the scenario would have it.

    Raises InputRefused when two changes touch the same thing or one names an unknown initiative.
    """
    _check_changes(plan, scenario)
    inclusion = {
        change.initiative_id: isinstance(change, Include)
        for change in scenario.changes
        if not isinstance(change, Delay)
    }
    delays = {change.initiative_id: change.years for change in scenario.changes if isinstance(change, Delay)}
    return plan.model_copy(
        update={
            "initiatives": tuple(_change_initiative(item, inclusion, delays) for item in plan.initiatives),
            "cost_lines": tuple(_delay_line(item, delays) for item in plan.cost_lines),
            "commitments": tuple(_delay_commitment(item, delays) for item in plan.commitments),
        }
    )


def _check_changes(plan: Plan, scenario: Scenario) -> None:
    known = {initiative.initiative_id for initiative in plan.initiatives}
    touched: set[tuple[str, str]] = set()
    for change in scenario.changes:
        if change.initiative_id not in known:
            raise InputRefused(
                f'The scenario "{scenario.name}" changes {change.initiative_id}, which the plan does not have.',
                "Name an initiative of the plan, or remove this change.",
            )
        thing = ("start" if isinstance(change, Delay) else "inclusion", change.initiative_id)
        if thing in touched:
            raise InputRefused(
                f'The scenario "{scenario.name}" changes the {thing[0]} of {change.initiative_id} twice.',
                "Keep one of the two changes.",
            )
        touched.add(thing)


def _change_initiative(item: Initiative, inclusion: dict[str, bool], delays: dict[str, int]) -> Initiative:
    years = delays.get(item.initiative_id, 0)
    included = inclusion.get(item.initiative_id, item.included)
    if not years and included == item.included:
        return item
    return item.model_copy(update={"start": shift_fiscal_year(item.start, years), "included": included})


def _delay_line(item: CostLine, delays: dict[str, int]) -> CostLine:
    years = delays.get(item.initiative_id, 0)
    if not years:
        return item
    end = shift_fiscal_year(item.end, years) if item.end else None
    return item.model_copy(update={"start": shift_fiscal_year(item.start, years), "end": end})


def _delay_commitment(item: Commitment, delays: dict[str, int]) -> Commitment:
    years = delays.get(item.initiative_id, 0)
    return item.model_copy(update={"fiscal_year": shift_fiscal_year(item.fiscal_year, years)}) if years else item
