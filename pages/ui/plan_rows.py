"""Rows of the tables that are shown on more than one page."""

from collections import Counter

from pages.ui.tables import Cell, Link, Meter, Tag
from planning.evaluation import Evaluation, InitiativeSummary
from planning.figure import FigureUnit, format_value
from planning.funding.certainty import calculate_unsecured_by_initiative
from planning.money import format_cents


def list_overview_rows(evaluation: Evaluation) -> list[tuple[Cell, ...]]:
    """The included initiatives, the dearest first, and the plan as a total."""
    items = sorted(evaluation.included, key=lambda item: -item.cost.cents)
    unsecured = calculate_unsecured_by_initiative(evaluation)
    not_yet = [unsecured[item.initiative_id].cents for item in items]
    rows = [_list_cells(item, not_yet[i], symbol=i == 0) for i, item in enumerate(items)]
    cost, gap = (sum(item.cost.cents for item in items), sum(item.unfunded.cents for item in items))
    sums = [format_cents(cents, symbol=True) for cents in (cost, sum(not_yet), gap)]
    return [*rows, ("The plan", sums[0], "", *sums[1:], "")]


def _list_cells(item: InitiativeSummary, not_yet: int, symbol: bool) -> tuple[Cell, ...]:
    return (
        link_initiative(item),
        format_cents(item.cost.cents, symbol=symbol),
        show_secured(item, not_yet),
        format_cents(not_yet, symbol=symbol),
        format_cents(item.unfunded.cents, symbol=symbol),
        format_value(item.alignment.score, FigureUnit.SCORE),
    )


def link_initiative(item: InitiativeSummary) -> Link:
    """The initiative's name, leading to its page."""
    return Link(item.name, "initiatives", (("initiative", item.initiative_id),))


def link_initiatives(evaluation: Evaluation) -> dict[str, Link]:
    """The way to every initiative by its name; a name that two share leads nowhere, rather than to the wrong one."""
    count = Counter(item.name for item in evaluation.initiatives)
    return {item.name: link_initiative(item) for item in evaluation.initiatives if count[item.name] == 1}


def show_secured(item: InitiativeSummary, not_yet: int) -> Cell:
    """The share of what must be paid that secured money pays, as a bar with its figure."""
    needed = item.committed.cents + item.unfunded.cents
    if not needed:
        return Tag("saves money" if item.cost.cents < 0 else "costs nothing", "good")
    share = (item.committed.cents - not_yet) / needed
    return Meter(share, format_value(share, FigureUnit.FRACTION))


def list_alignment_rows(evaluation: Evaluation) -> list[tuple[Cell, ...]]:
    """The included initiatives, the best aligned first."""
    items = sorted(evaluation.included, key=lambda item: (item.rank, item.name))
    return [
        (
            link_initiative(item),
            str(item.rank),
            Meter(item.alignment.score / 100, format_value(item.alignment.score, FigureUnit.SCORE)),
            format_cents(item.cost.cents, symbol=i == 0),
        )
        for i, item in enumerate(items)
    ]
