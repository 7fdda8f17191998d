"""What a revision did in dollars: the difference of two evaluations, by initiative and fiscal year."""

from dataclasses import dataclass

from planning.cost.ownership import calculate_cost_by_initiative
from planning.evaluation import Evaluation
from planning.figure import Column, FigureUnit, Table
from planning.findings import Finding


@dataclass(frozen=True, slots=True)
class Effect:
    """Cents after minus cents before. `by_initiative` holds every initiative that either plan budgets for.

    Its cells sum to `cost_cents`; `committed_cents` is what sources pay more, `unfunded_cents` what lacks a source.
    """

    years: tuple[str, ...]
    names: dict[str, str]
    by_initiative: dict[str, dict[str, int]]
    committed_cents: int
    unfunded_cents: int

    @property
    def cost_cents(self) -> int:
        return sum(cents for row in self.by_initiative.values() for cents in row.values())


def calculate_effect(before: Evaluation | None, after: Evaluation) -> Effect:
    """The budgeted cost of the included initiatives, after minus before, over the years of both horizons.

    Without a `before` everything is new. Years are compared by their label, so a plan whose first year moved shows
    the year that left as a minus.
    """
    signed = [*([(before, -1)] if before else []), (after, 1)]
    years = tuple(sorted({year for evaluation, _ in signed for year in evaluation.years}))
    cells: dict[str, dict[str, int]] = {}
    for evaluation, sign in signed:
        for initiative_id, row in calculate_cost_by_initiative(evaluation.budgeted_atoms, evaluation.years).items():
            sums = cells.setdefault(initiative_id, dict.fromkeys(years, 0))
            for year, total in row.items():
                sums[year] += sign * total.cents
    items = [(item, sign) for evaluation, sign in signed for item in evaluation.included]
    return Effect(
        years=years,
        names={item.initiative_id: item.name for item, _ in items},
        by_initiative=cells,
        committed_cents=sum(sign * item.committed.cents for item, sign in items),
        unfunded_cents=sum(sign * item.unfunded.cents for item, sign in items),
    )


def list_new_findings(before: Evaluation | None, after: Evaluation) -> tuple[Finding, ...]:
    """What the plan has to say after a change that it did not say before, such as money that is committed twice."""
    known = set(before.findings) if before else set()
    return tuple(dict.fromkeys(finding for finding in after.findings if finding not in known))


def tabulate_effect(effect: Effect) -> Table:
    """The initiatives whose cost changed, by fiscal year, with totals; empty where no cost changed."""
    columns = (Column("Initiative"), *(Column(year, FigureUnit.CENTS) for year in effect.years))
    rows = [
        (effect.names[initiative_id], *row.values(), sum(row.values()))
        for initiative_id, row in effect.by_initiative.items()
        if any(row.values())
    ]
    rows.sort(key=lambda row: (-abs(row[-1]), row[0]))
    total = ("The plan", *(_sum_year(effect, year) for year in effect.years), effect.cost_cents)
    return Table((*columns, Column("Together", FigureUnit.CENTS)), (*rows, total) if rows else (), 1 if rows else 0)


def _sum_year(effect: Effect, year: str) -> int:
    return sum(row[year] for row in effect.by_initiative.values())
