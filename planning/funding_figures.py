"""The figures of the gap, as data: what is secured, what is not yet, and what has no source at all."""

from planning.cost.ownership import calculate_cost_by_year
from planning.evaluation import Evaluation
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table
from planning.funding.balances import calculate_unfunded_by_year
from planning.funding.certainty import calculate_unsecured_by_initiative, calculate_unsecured_by_year
from planning.money import format_cents, format_short, to_dollars

CENTS = FigureUnit.CENTS
SECURED, NOT_YET, LACKING = "Secured", "Not yet secured", "Without a source"
Bands = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def draw_gap_by_year(evaluation: Evaluation) -> Figure:
    """What is secured, not yet secured and without a source, by fiscal year; savings stand aside."""
    years = evaluation.years
    paid = [atom for atom in evaluation.budgeted_atoms if atom.source_id and atom.cents > 0]
    committed = tuple(total.cents for total in calculate_cost_by_year(paid, years).values())
    not_yet = tuple(total.cents for total in calculate_unsecured_by_year(evaluation).values())
    gap = tuple(total.cents for total in calculate_unfunded_by_year(evaluation).values())
    worst = max(range(len(gap)), key=lambda i: gap[i])
    sentence = (
        f"The gap is widest in {years[worst]}: {format_cents(gap[worst], symbol=True)} without a source."
        if any(gap)
        else "Every year has its sources."
    )
    bands = (_subtract(committed, not_yet), not_yet, gap)
    return _draw_gap("Funded and without a source, by year", sentence, "Fiscal year", years, bands)


def draw_gap_by_initiative(evaluation: Evaluation) -> Figure:
    """What is secured, not yet secured and without a source, by initiative, the widest gap first."""
    unsecured = calculate_unsecured_by_initiative(evaluation)
    items = sorted(evaluation.included, key=lambda item: -item.unfunded.cents)
    lacking = [item for item in items if item.unfunded.cents > 0]
    sentence = (
        f"{len(lacking)} of {len(items)} initiatives lack money; {lacking[0].name} lacks the most, "
        f"{format_cents(lacking[0].unfunded.cents, symbol=True)}."
        if lacking
        else "Every initiative has its sources."
    )
    not_yet = tuple(unsecured[item.initiative_id].cents for item in items)
    committed = tuple(item.committed.cents for item in items)
    bands = (_subtract(committed, not_yet), not_yet, tuple(item.unfunded.cents for item in items))
    names = tuple(item.name for item in items)
    return _draw_gap("Funded and without a source, by initiative", sentence, "Initiative", names, bands)


def _subtract(whole: tuple[int, ...], part: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(one - other for one, other in zip(whole, part, strict=True))


def _draw_gap(title: str, sentence: str, head: str, labels: tuple[str, ...], bands: Bands) -> Figure:
    names, roles = (SECURED, NOT_YET, LACKING), ("committed", "not_yet", "unfunded")
    sums = tuple(sum(band) for band in bands)
    if sums[1]:
        sentence = f"{sentence} {format_cents(sums[1], symbol=True)} rests on money that is not yet secured."
    return Figure(
        kind=FigureKind.STACKED_BARS,
        title=title,
        sentence=sentence,
        alt="Stacked bars of secured money, money not yet secured and money without a source: "
        + (", ".join(f"{label} {_show(row)}" for label, *row in zip(labels, *bands, strict=True)) or "nothing")
        + ".",
        unit=CENTS,
        categories=labels,
        series=tuple(Series(name, role, band) for name, role, band in zip(names, roles, bands, strict=True)),
        table=Table(
            (Column(head), *(Column(name, CENTS) for name in names)),
            (*zip(labels, *bands, strict=True), ("Total", *sums)),
            total_rows=1,
        ),
    )


def _show(row: list[int]) -> str:
    return " / ".join(format_short(to_dollars(cents)) if cents else "$0" for cents in row)
