"""Figures of the budget as data: the same side over the years."""

from collections.abc import Sequence
from decimal import Decimal

from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table
from planning.money import format_percent, format_short, to_cents


def draw_budget_by_year(labels: Sequence[str], amounts: Sequence[Decimal], what: str) -> Figure:
    """Amounts of one side of the budget, a bar for each year and basis."""
    cents = tuple(to_cents(amount) for amount in amounts)
    parts = ", ".join(f"{label} {format_short(amount)}" for label, amount in zip(labels, amounts, strict=True))
    return Figure(
        kind=FigureKind.STACKED_BARS,
        title=f"{what} over the years",
        sentence=_describe_change(labels, amounts),
        alt=f"Bars of {what.lower()} by year: {parts}.",
        unit=FigureUnit.CENTS,
        categories=tuple(labels),
        series=(Series(what, "value", cents),),
        table=Table((Column("Year"), Column(what, FigureUnit.CENTS)), tuple(zip(labels, cents, strict=True))),
    )


def _describe_change(labels: Sequence[str], amounts: Sequence[Decimal]) -> str:
    """The last bar against the one before it, in words."""
    if not amounts:
        return "There is nothing to show."
    if len(amounts) == 1:
        return f"There is one year to show: {labels[0]}."
    this, other = amounts[-1], amounts[-2]
    if this == other:
        return f"{labels[-1]} is the same as {labels[-2]}."
    if not other:
        return f"{labels[-1]} is {format_short(this)}, where {labels[-2]} has nothing."
    change = (this - other) / abs(other)
    return f"{labels[-1]} is {format_percent(abs(change), 1)} {'more' if change > 0 else 'less'} than {labels[-2]}."
