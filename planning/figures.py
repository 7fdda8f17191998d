"""The figures of the first screens, as data: what to say, what to draw and the same numbers as a table."""

from collections.abc import Sequence

from planning.alignment.goals import GoalMoney, calculate_money_by_goal
from planning.atoms import NOTHING, Atom, Total, calculate_total
from planning.bridge import LedgerBridge
from planning.cost.drivers import DriverCounts
from planning.cost.ownership import (
    calculate_cost_by_initiative,
    calculate_cost_by_timing,
    calculate_cost_by_year,
    calculate_cost_per_student,
)
from planning.evaluation import Evaluation, InitiativeSummary
from planning.figure import Column, Figure, FigureKind, FigureUnit, Series, Table, Value
from planning.fiscal_years import start_year_of
from planning.funding.balances import (
    Cliff,
    calculate_cliff_gap,
    calculate_cliffs,
    calculate_funding_by_year,
    calculate_unfunded_by_year,
)
from planning.funding.certainty import calculate_unsecured_by_initiative, calculate_unsecured_by_year, name_source
from planning.money import format_cents, format_dollars, format_percent, format_short, to_dollars
from planning.vocabulary import CostTiming, Driver, FundingState

CENTS = FigureUnit.CENTS
TIMING_NAMES = {
    CostTiming.ONE_TIME: "One-time",
    CostTiming.RECURRING: "Every year",
    CostTiming.REFRESH: "Refresh",
    CostTiming.RESIDUAL: "Resale of replaced units",
}
STATE_NAMES = {FundingState.UNFUNDED: "Without a source", FundingState.SAVING: "Savings"}


def draw_big_numbers(evaluation: Evaluation, bridge: LedgerBridge | None = None) -> Figure:
    """The four numbers of the overview: technology in the ledger, cost, without a source, aligned to nothing.

    Where no budget of the plan's first year is published, the cost per student stands in the ledger's place.
    """
    atoms = evaluation.budgeted_atoms
    cost = calculate_total(atoms).cents
    per_student = calculate_cost_per_student(atoms, evaluation).average
    gap = sum(total.cents for total in calculate_unfunded_by_year(evaluation).values())
    nothing = calculate_money_by_goal(evaluation).nothing_fraction
    span = _name_span(evaluation.years)
    numbers: tuple[tuple[str, Value, FigureUnit, str], ...] = (
        *((_describe_ledger(evaluation, bridge),) if bridge else ()),
        ("Cost of the plan", cost, CENTS, span),
        *(() if bridge else (("Per student and year", per_student, CENTS, "average of the years"),)),
        ("Without a source", gap, CENTS, span),
        ("Aligned to nothing", nothing, FigureUnit.FRACTION, "share of the cost that serves no goal"),
    )
    unsure = sum(total.cents for total in calculate_unsecured_by_year(evaluation).values())
    rests = f", and {_short(unsure)} rests on money that is not yet secured" if unsure else ""
    sentence = f"The plan costs {_short(cost)} over {span}; {_short(gap)} of it has no source yet{rests}."
    return Figure(
        kind=FigureKind.BIG_NUMBERS,
        title="The plan at a glance",
        sentence=sentence,
        alt=" ".join(f"{name}: {_show_big(value, unit)}." for name, value, unit, _ in numbers),
        unit=FigureUnit.TEXT,
        categories=tuple(name for name, *_ in numbers),
        series=(),
        table=Table(
            (Column("Figure"), Column("Value"), Column("Over")),
            tuple((name, _show_big(value, unit), note) for name, value, unit, note in numbers),
        ),
    )


def draw_cost_by_year(evaluation: Evaluation, atoms: Sequence[Atom] | None = None) -> Figure:
    """Budgeted cost by fiscal year, stacked by timing; of the whole plan, or of the atoms given."""
    chosen = [atom for atom in (evaluation.atoms if atoms is None else atoms) if atom.is_budgeted]
    rows = calculate_cost_by_timing(chosen, evaluation.years)
    series = tuple(Series(TIMING_NAMES[timing], timing.value, _cents_of(totals)) for timing, totals in rows.items())
    by_year = {year: total.cents for year, total in calculate_cost_by_year(chosen, evaluation.years).items()}
    highest = max(by_year, key=lambda year: by_year[year])
    total = sum(by_year.values())
    sentence = (
        f"{_short(total)} over {_name_span(evaluation.years)}; the highest year is {highest} "
        f"with {_short(by_year[highest])}."
        if chosen
        else "Nothing is planned to cost anything yet."
    )
    return Figure(
        kind=FigureKind.STACKED_BARS,
        title="Cost by year",
        sentence=sentence,
        alt=_describe_stack("Stacked bars of cost by fiscal year", series),
        unit=CENTS,
        categories=evaluation.years,
        series=series,
        table=_tabulate_series("Timing", series, evaluation.years),
    )


def draw_funding_by_year(evaluation: Evaluation) -> Figure:
    """Who pays by fiscal year, stacked by source, with what has no source and what is saved."""
    names = _name_payers(evaluation)
    rows = calculate_funding_by_year(evaluation)
    series = tuple(Series(names[payer], payer, _cents_of(totals)) for payer, totals in rows.items())
    gap = sum(total.cents for total in calculate_unfunded_by_year(evaluation).values())
    net = sum(sum(item.values) for item in series if item.role not in STATE_NAMES)
    paid = sum(item.committed.cents for item in evaluation.included)
    unsure = sum(total.cents for total in calculate_unsecured_by_year(evaluation).values())
    but = f", {_short(unsure)} of it not yet secured" if unsure else ""
    but += f"; savings give {_short(paid - net)} back to them" if paid > net else ""
    return Figure(
        kind=FigureKind.STACKED_BARS,
        title="Who pays",
        sentence=f"Sources pay {_short(paid)} over {_name_span(evaluation.years)}{but}; {_short(gap)} has no source.",
        alt=_describe_stack("Stacked bars of funding by fiscal year", series),
        unit=CENTS,
        categories=evaluation.years,
        series=series,
        table=_tabulate_series("Source", series, evaluation.years),
    )


def draw_initiatives(evaluation: Evaluation) -> Figure:
    """The initiatives as a table to decide from: cost, who pays, alignment and rank; alternatives come last."""
    items = (*evaluation.included, *(item for item in evaluation.initiatives if not item.included))
    columns = (
        Column("Initiative"),
        Column("In the plan"),
        Column(f"{len(evaluation.years)}-year cost", CENTS),
        *(Column(year, CENTS) for year in evaluation.years),
        Column("Secured", FigureUnit.FRACTION),
        Column("Not yet secured", CENTS),
        Column("Without a source", CENTS),
        Column("Alignment", FigureUnit.SCORE),
        Column("Rank", FigureUnit.COUNT),
    )
    budgeted = [atom for atom in (*evaluation.atoms, *evaluation.alternative_atoms) if atom.is_budgeted]
    by_year = calculate_cost_by_initiative(budgeted, evaluation.years)
    nothing = dict.fromkeys(evaluation.years, NOTHING)
    not_yet = {name: total.cents for name, total in calculate_unsecured_by_initiative(evaluation).items()}
    rows = tuple(
        _list_initiative_cells(item, by_year.get(item.initiative_id, nothing), not_yet[item.initiative_id])
        for item in items
    )
    return Figure(
        kind=FigureKind.TABLE,
        title="Initiatives",
        sentence=_count_initiatives(evaluation),
        alt=f"Table of {len(items)} initiatives with cost by year, funding and alignment.",
        unit=CENTS,
        categories=tuple(item.name for item in items),
        series=(),
        table=Table(columns, (*rows, _total_initiatives(evaluation, not_yet)), total_rows=1),
    )


def draw_cliffs(evaluation: Evaluation) -> Figure:
    """What each source paid in its last year and what has no source in the year after, the widest gap first."""
    cliffs = calculate_cliffs(evaluation)
    initiatives = {item.initiative_id: item.name for item in evaluation.initiatives}
    names = _name_payers(evaluation)
    rows = sorted(((cliff, line) for cliff in cliffs for line in cliff.lines), key=lambda row: -row[1].unfunded.cents)
    labels = tuple(f"{names[cliff.source_id]}: {initiatives[line.initiative_id]}" for cliff, line in rows)
    paid = tuple(line.paid.cents for _, line in rows)
    lacking = tuple(line.unfunded.cents for _, line in rows)
    columns = (
        Column("Source that ends"),
        Column("Last year"),
        Column("Initiative"),
        Column("Paid in the last year", CENTS),
        Column("Year after"),
        Column("Without a source then", CENTS),
    )
    return Figure(
        kind=FigureKind.BARS,
        title="What falls off when money ends",
        sentence=_describe_cliffs(cliffs, names),
        alt=_describe_pairs("Bars of the last payment and of the gap in the year after", labels, lacking),
        unit=CENTS,
        categories=labels,
        series=(Series("Paid in the last year", "committed", paid), Series("Without a source", "unfunded", lacking)),
        table=Table(
            columns,
            tuple(
                (
                    names[cliff.source_id],
                    cliff.last_year,
                    initiatives[line.initiative_id],
                    line.paid.cents,
                    cliff.next_year,
                    line.unfunded.cents,
                )
                for cliff, line in rows
            ),
        ),
    )


def draw_money_by_goal(evaluation: Evaluation) -> Figure:
    """Dollars on each goal over the horizon, and dollars aligned to nothing."""
    money = calculate_money_by_goal(evaluation)
    titles = {goal.goal_id: goal.title for goal in evaluation.plan.goals}
    items: tuple[GoalMoney, ...] = (*money.goals, money.nothing)
    labels = tuple(titles[item.goal_id] if item.goal_id else "Aligned to nothing" for item in items)
    cents = tuple(item.cents for item in items)
    fraction = money.nothing_fraction
    sentence = "The plan costs nothing yet."
    if fraction is not None:
        sentence = f"{format_percent(fraction)} of the money serves none of the {len(money.goals)} goals."
    if fraction == 0:
        sentence = f"Every dollar serves at least one of the {len(money.goals)} goals."
    shares = tuple(value / money.total_cents if money.total_cents else None for value in cents)
    rows = tuple(zip(labels, cents, shares, strict=True))
    return Figure(
        kind=FigureKind.BARS,
        title="Money by goal",
        sentence=sentence,
        alt=_describe_pairs("Bars of money by goal", labels, cents),
        unit=CENTS,
        categories=labels,
        series=(Series("Money", "goal", cents),),
        table=Table(
            (Column("Goal"), Column("Money", CENTS), Column("Share", FigureUnit.FRACTION)),
            (*rows, ("Total", money.total_cents, 1.0 if money.total_cents else None)),
            total_rows=1,
        ),
    )


def draw_ledger_bridge(bridge: LedgerBridge) -> Figure:
    """From technology in the ledger to new money asked, as floating bars (`base` is invisible)."""
    rest = bridge.left_over_cents
    steps = (
        ("Technology in the ledger", 0, bridge.ledger_cents),
        ("Explained by initiatives", bridge.ledger_cents - bridge.explained_cents, bridge.explained_cents),
        ("Would be replaced", rest, bridge.replaced_cents),
        ("Left over", 0, rest),
        ("New money asked", bridge.ledger_cents, bridge.new.cents),
    )
    labels = tuple(label for label, *_ in steps)
    sizes = tuple(size for *_, size in steps)
    return Figure(
        kind=FigureKind.FLOATING_BARS,
        title=f"The ledger and the plan, {bridge.fiscal_year}",
        sentence=f"Of {_short(bridge.ledger_cents)} technology in the ledger, initiatives explain "
        f"{_short(bridge.explained_cents)}; the plan asks {_short(bridge.new.cents)} of new money.",
        alt=_describe_pairs("Floating bars from the ledger to the plan", labels, sizes),
        unit=CENTS,
        categories=labels,
        series=(
            Series("Start", "base", tuple(start for _, start, _ in steps)),
            Series("Amount", "value", sizes),
        ),
        table=Table((Column("Part"), Column(bridge.fiscal_year, CENTS)), tuple(zip(labels, sizes, strict=True))),
    )


def _describe_ledger(evaluation: Evaluation, bridge: LedgerBridge) -> tuple[str, Value, FigureUnit, str]:
    students = DriverCounts(evaluation.plan.district).count(Driver.STUDENTS, start_year_of(bridge.fiscal_year))
    share = f", {format_dollars(to_dollars(bridge.ledger_cents) / students, symbol=True)} a student" if students else ""
    return "Technology in the ledger", bridge.ledger_cents, CENTS, f"{bridge.fiscal_year}{share}"


def _tabulate_series(head: str, series: Sequence[Series], years: Sequence[str]) -> Table:
    rows = [(item.name, *item.values, sum(item.values)) for item in series]
    totals = [sum(column) for column in zip(*(item.values for item in series), strict=True)]
    totals = totals or [0] * len(years)
    columns = (Column(head), *(Column(year, CENTS) for year in years), Column("Total", CENTS))
    return Table(columns, (*rows, ("Total", *totals, sum(totals))), total_rows=1)


def _count_initiatives(evaluation: Evaluation) -> str:
    included, others = len(evaluation.included), len(evaluation.initiatives) - len(evaluation.included)
    archived = sum(item.archived for item in evaluation.plan.initiatives)
    beside = f"; {others} more {'is an alternative' if others == 1 else 'are alternatives'}" if others else ""
    away = f"; {archived} {'is' if archived == 1 else 'are'} archived and not listed" if archived else ""
    return f"{included} {'initiative is' if included == 1 else 'initiatives are'} in the plan{beside}{away}."


def show_rank(item: InitiativeSummary) -> str:
    """The rank among the initiatives in the plan; of an alternative, the one it would have there."""
    return str(item.rank) if item.included else f"would be {item.rank}"


def _list_initiative_cells(item: InitiativeSummary, by_year: dict[str, Total], not_yet: int) -> tuple[Value, ...]:
    return (
        item.name,
        "yes" if item.included else "alternative",
        item.cost.cents,
        *_cents_of(by_year),
        _find_fraction(item.committed.cents - not_yet, item.committed.cents + item.unfunded.cents, "—"),
        not_yet,
        item.unfunded.cents,
        item.alignment.score,
        item.rank if item.included else show_rank(item),
    )


def _find_fraction(part: int, whole: int, nothing: Value) -> Value:
    return part / whole if whole > 0 else nothing


def _total_initiatives(evaluation: Evaluation, not_yet: dict[str, int]) -> tuple[Value, ...]:
    by_year = _cents_of(calculate_cost_by_year(evaluation.budgeted_atoms, evaluation.years))
    gap = sum(item.unfunded.cents for item in evaluation.included)
    paid = sum(item.committed.cents for item in evaluation.included)
    unsure = sum(not_yet[item.initiative_id] for item in evaluation.included)
    fraction = _find_fraction(paid - unsure, paid + gap, None)
    return ("The plan", "", sum(by_year), *by_year, fraction, unsure, gap, "", "")


def _cents_of(totals: dict[str, Total]) -> tuple[int, ...]:
    return tuple(total.cents for total in totals.values())


def _name_payers(evaluation: Evaluation) -> dict[str, str]:
    sources = {source.source_id: name_source(source) for source in reversed(evaluation.plan.sources)}
    return {**{str(state): name for state, name in STATE_NAMES.items()}, **sources}


def _name_span(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _short(cents: int) -> str:
    return format_short(to_dollars(cents)) if cents else "$0"


def _show_big(value: Value, unit: FigureUnit) -> str:
    if value is None or isinstance(value, str):
        return "not known"
    return format_percent(value) if unit is FigureUnit.FRACTION else format_short(value / 100) if value else "$0"


def _describe_stack(what: str, series: Sequence[Series]) -> str:
    parts = [f"{item.name} {_short(sum(item.values))}" for item in series]
    return f"{what}: {', '.join(parts) or 'nothing'}."


def _describe_pairs(what: str, labels: Sequence[str], cents: Sequence[int]) -> str:
    parts = [f"{label} {_short(value)}" for label, value in zip(labels, cents, strict=True)]
    return f"{what}: {', '.join(parts) or 'nothing'}."


def _describe_cliffs(cliffs: Sequence[Cliff], names: dict[str, str]) -> str:
    if not cliffs:
        return "No source ends within these years on a cost that goes on."
    gap = calculate_cliff_gap(cliffs).cents
    if not gap:
        return "Where money ends, other sources take over."
    ends = [
        f"{names[cliff.source_id]} ({cliff.last_year})"
        for cliff in cliffs
        if any(line.unfunded.cents for line in cliff.lines)
    ]
    return f"{format_cents(gap, symbol=True)} has no source in the year after these end: {', '.join(ends)}."
