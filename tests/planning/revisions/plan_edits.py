"""Small plans and edits of them, for hypothesis: rows of the sample plan, taken out, changed, added, or twice."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from data.samples.plan import build_sample_plan
from planning import model
from planning.revisions.diff import RowChange, apply_changes
from planning.revisions.rows import DISTRICT, RowKey, build_plan, list_rows

_ROWS = list_rows(build_sample_plan())
_OTHERS = [key for key in _ROWS if key.section != DISTRICT]
# One field of each section's rows that may take any whole number.
_NUMBERED = {
    "district": ("capitalisation_level_usd", Decimal),
    "driver_counts": ("count", Decimal),
    "escalation_rates": ("rate_per_year", lambda number: Decimal(number) / 100),
    "goals": ("weight", Decimal),
    "initiatives": ("life_years", lambda number: number + 1),
    "cost_lines": ("quantity", Decimal),
    "sources": ("amounts", lambda number: (model.YearAmount(fiscal_year="FY2027-28", amount_cents=number),)),
    "commitments": ("amount_cents", int),
    "contributions": ("note", str),
    "fleets": ("units", Decimal),
    "schools": ("students", int),
    "funding_requests": ("eligible_usd", Decimal),
    "awards": ("drawn_usd", Decimal),
    "gifts": ("value_usd", Decimal),
    "conflicts": ("value_usd", Decimal),
    "purchases": ("amount_usd", Decimal),
    "criteria": ("weight", Decimal),
    "offers": ("price_usd", Decimal),
    "offer_scores": ("points", Decimal),
    "purchase_papers": ("reference", lambda number: f"No. {number}"),
    "policies": ("amount_usd", Decimal),
    "meetings": ("purpose", str),
}


def renumber(key: RowKey, row: model.Model, number: int) -> model.Model:
    """The row with another number in it."""
    field, make = _NUMBERED[key.section]
    return row.model_copy(update={field: make(number)})


@st.composite
def plans(draw: st.DrawFn, repeats: bool = True) -> model.Plan:
    """A dozen rows of any kind; with `repeats` some may share their names. References may lead nowhere."""
    chosen = draw(st.sets(st.sampled_from(_OTHERS), max_size=12))
    rows = {key: row for key, row in _ROWS.items() if key in chosen or key.section == DISTRICT}
    twice = draw(st.sets(st.sampled_from(sorted(chosen)), max_size=2)) if chosen and repeats else ()
    copies = {key._replace(copy=2): renumber(key, rows[key], draw(st.integers(0, 9))) for key in sorted(twice)}
    return build_plan(rows | copies)


@st.composite
def edits(draw: st.DrawFn, plan: model.Plan, keys: list[RowKey] | None = None) -> model.Plan:
    """The plan with some of its rows (or all of these rows) changed or gone, and a goal added or not."""
    rows = list_rows(plan)
    changes = []
    for key in draw(st.lists(st.sampled_from(list(rows)), unique=True, max_size=6)) if keys is None else keys:
        stays = key.section == DISTRICT or draw(st.booleans())
        changes.append(RowChange(key, rows[key], renumber(key, rows[key], draw(st.integers(0, 9))) if stays else None))
    name = draw(st.sampled_from((None, "new-1", "new-2")))
    if name and keys is None:
        goal = model.Goal(goal_id=name, title="New", weight=Decimal(draw(st.integers(0, 3))))
        changes.append(RowChange(RowKey("goals", (name,)), None, goal))
    return apply_changes(plan, changes)


@st.composite
def plans_with_edits(draw: st.DrawFn, count: int, repeats: bool = True) -> tuple[Any, ...]:
    """A plan, and that many edits of it which know nothing of each other."""
    plan = draw(plans(repeats))
    return plan, *(draw(edits(plan)) for _ in range(count))


@st.composite
def plans_with_separate_edits(draw: st.DrawFn) -> tuple[Any, ...]:
    """A plan and two edits of different rows of it."""
    plan = draw(plans(repeats=False))
    sides = {key: draw(st.integers(0, 2)) for key in list_rows(plan)}
    return plan, *(draw(edits(plan, [key for key in sides if sides[key] == side])) for side in (1, 2))
