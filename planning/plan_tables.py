"""Tables of the plan as data, beside the figures: values today, sources, goals, and one initiative in full."""

from decimal import Decimal

from planning.alignment.goals import calculate_money_by_goal
from planning.checks import keep_first
from planning.cost.ownership import (
    calculate_cost_by_category,
    calculate_cost_by_year,
    calculate_cost_per_student,
    calculate_direct_and_indirect,
    calculate_value_today,
)
from planning.evaluation import Evaluation, InitiativeSummary
from planning.figure import Column, FigureUnit, Table, Value
from planning.funding.balances import calculate_source_balances, calculate_unfunded_by_initiative
from planning.funding.certainty import name_source
from planning.model import CostLine, FundingSource, Initiative
from planning.money import format_dollars, format_percent
from planning.vocabulary import Driver

CENTS, FRACTION, COUNT = FigureUnit.CENTS, FigureUnit.FRACTION, FigureUnit.COUNT


def tabulate_value_today(evaluation: Evaluation) -> Table:
    """The plan's cost seen six ways: nominal, present value, equivalent annual, per student, direct and indirect."""
    direct, indirect = calculate_direct_and_indirect(evaluation.atoms)
    today = calculate_value_today(evaluation.atoms, evaluation)
    per_student = calculate_cost_per_student(evaluation.budgeted_atoms, evaluation).average
    rate = format_percent(evaluation.discount_rate, 1)
    rows: tuple[tuple[Value, ...], ...] = (
        ("Budgeted cost (direct)", direct.cents, "what the budget carries"),
        ("Time of users (indirect)", indirect.cents, "staff time that no budget carries"),
        ("Total cost of ownership", direct.cents + indirect.cents, "direct and indirect"),
        ("Present value", today.present_value_cents, f"of the total, at {rate} a year, each amount when it is paid"),
        ("Equivalent annual cost", today.equivalent_annual_cost_cents, "the level yearly amount worth the same"),
        ("Budgeted cost per student and year", per_student, "average over the years"),
    )
    return Table((Column("Measure"), Column("Amount", CENTS), Column("What it is")), rows)


def tabulate_categories(evaluation: Evaluation) -> Table:
    """Cost by the five CoSN/Gartner families and year, user time with them."""
    grid = calculate_cost_by_category(evaluation.atoms, evaluation.years)
    rows = tuple(
        (category.replace("_", " ").capitalize(), *(total.cents for total in totals.values()))
        for category, totals in grid.items()
    )
    return _add_totals("Family", evaluation.years, rows)


def tabulate_initiative_years(evaluation: Evaluation) -> Table:
    """Budgeted cost of each included initiative by year."""
    rows = tuple(
        (
            item.name,
            *(
                total.cents
                for total in calculate_cost_by_year(
                    [atom for atom in evaluation.atoms_of(item.initiative_id) if atom.is_budgeted], evaluation.years
                ).values()
            ),
        )
        for item in evaluation.included
    )
    return _add_totals("Initiative", evaluation.years, rows)


def tabulate_unfunded(evaluation: Evaluation) -> Table:
    """What has no source, by initiative and year; only initiatives that lack something."""
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    grid = calculate_unfunded_by_initiative(evaluation)
    rows = tuple(
        (names[key], *(total.cents for total in totals.values()))
        for key, totals in grid.items()
        if any(total.cents for total in totals.values())
    )
    return _add_totals("Initiative", evaluation.years, rows)


def tabulate_sources(evaluation: Evaluation) -> Table:
    """Every source over the horizon: available, committed, left, and when it ends."""
    sources = {source.source_id: source for source in keep_first(evaluation.plan.sources, "source_id")}
    sums: dict[str, list[int]] = {}
    for balance in calculate_source_balances(evaluation):
        row = sums.setdefault(balance.source_id, [0, 0, 0])
        left = balance.available_cents - balance.committed.cents  # what is carried over is not there twice
        for place, cents in enumerate((balance.available_cents, balance.committed.cents, left)):
            row[place] += cents
    columns = (
        Column("Source"),
        Column("Fund"),
        Column("Certainty"),
        Column("Ends"),
        Column("Available", CENTS),
        Column("Committed", CENTS),
        Column("Left", CENTS),
    )
    rows = tuple((*_describe_source(sources[key]), *amounts) for key, amounts in sums.items())
    return Table(columns, rows)


def tabulate_goals(evaluation: Evaluation) -> Table:
    """Each goal with its measure, weight, and the money the plan puts on it; then what serves none, and the whole."""
    found = calculate_money_by_goal(evaluation)
    money = {item.goal_id: item.cents for item in found.goals}
    columns = (
        Column("Goal"),
        Column("Measure"),
        Column("From"),
        Column("To"),
        Column("Weight", COUNT),
        Column("Money", CENTS),
    )
    rows = tuple(
        (
            goal.title,
            goal.measure,
            _show_measure(goal.baseline, goal.unit),
            _show_measure(goal.target, goal.unit),
            float(goal.weight) if goal.weight % 1 else int(goal.weight),
            money[goal.goal_id],
        )
        for goal in keep_first(evaluation.plan.goals, "goal_id")
    )
    nothing = ("Aligned to no goal", "", "", "", "", found.nothing.cents)
    return Table(columns, (*rows, nothing, ("Total", "", "", "", "", found.total_cents)), total_rows=1)


def tabulate_cost_lines(evaluation: Evaluation, initiative_id: str) -> Table:
    """The cost lines of one initiative with how each is priced and its amounts by year."""
    atoms = evaluation.atoms_of(initiative_id)
    rows = tuple(
        (
            line.description,
            line.kind.replace("_", "-"),
            _describe_price(line),
            *(
                total.cents
                for total in calculate_cost_by_year(
                    [atom for atom in atoms if atom.cost_line_id == line.cost_line_id], evaluation.years
                ).values()
            ),
        )
        for line in keep_first(evaluation.plan.cost_lines, "cost_line_id")
        if line.initiative_id == initiative_id
    )
    return _add_totals("Cost line", evaluation.years, rows, ("Kind", "Price"))


def tabulate_payers(evaluation: Evaluation, initiative_id: str) -> Table:
    """Who pays for one initiative by year, what has no source, and what is saved."""
    names = {source.source_id: name_source(source) for source in keep_first(evaluation.plan.sources, "source_id")}
    sums: dict[str, dict[str, int]] = {}
    for atom in evaluation.atoms_of(initiative_id):
        payer = names.get(atom.source_id) or _STATES[atom.state]
        row = sums.setdefault(payer, dict.fromkeys(evaluation.years, 0))
        row[atom.fiscal_year] += atom.cents
    return _add_totals("Paid by", evaluation.years, tuple((name, *row.values()) for name, row in sums.items()))


def tabulate_alignment(evaluation: Evaluation, item: InitiativeSummary) -> Table:
    """What made an initiative's score: the goals it serves, how strongly, and the points of each and of all."""
    goals = {goal.goal_id: goal.title for goal in keep_first(evaluation.plan.goals, "goal_id")}
    columns = (Column("Goal"), Column("Weight", COUNT), Column("Influence (0–5)", COUNT), Column("Points", COUNT))
    rows = tuple(
        (goals[part.goal_id], float(part.weight), part.influence, float(part.points)) for part in item.alignment.parts
    )
    whole = (f"A score of {item.alignment.score:.0f} of 100", "", "", float(item.alignment.points))
    return Table(columns, (*rows, whole), total_rows=1)


def describe_initiative(initiative: Initiative, evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """The facts of an initiative, each with its name."""
    names = {item.initiative_id: item.name for item in evaluation.plan.initiatives}
    facts = (
        ("Sponsor", initiative.sponsor),
        ("Owner", initiative.owner),
        ("Division", initiative.division),
        ("Sites", ", ".join(initiative.sites)),
        ("Class", initiative.investment_class.capitalize()),
        ("Status", initiative.status.capitalize()),
        ("Starts", f"{initiative.start}, for {initiative.life_years} years"),
        ("Required by law", "yes" if initiative.mandated else ""),
        ("Needs", ", ".join(names.get(key, key) for key in initiative.depends_on)),
        ("Rules out", ", ".join(names.get(key, key) for key in initiative.excludes)),
    )
    return tuple(fact for fact in facts if fact[1])


_STATES = {"unfunded": "Without a source", "saving": "Savings", "not_budgeted": "Time of users (not budgeted)"}


def _add_totals(
    head: str, years: tuple[str, ...], rows: tuple[tuple[Value, ...], ...], between: tuple[str, ...] = ()
) -> Table:
    first = 1 + len(between)
    amounts = [[int(value or 0) for value in row[first:]] for row in rows]
    sums = [sum(column) for column in zip(*amounts, strict=True)] or [0] * len(years)
    full = tuple((*row, sum(cents)) for row, cents in zip(rows, amounts, strict=True))
    columns = (
        Column(head),
        *(Column(name) for name in between),
        *(Column(year, CENTS) for year in years),
        Column("Total", CENTS),
    )
    return Table(columns, (*full, ("Total", *("" for _ in between), *sums, sum(sums))), total_rows=1)


def _describe_source(source: FundingSource) -> tuple[str, str, str, str]:
    ends = source.window_end.isoformat() if source.window_end else "—"
    return source.name, source.fund_code or "—", source.certainty, ends


def _show_measure(value: object, unit: str) -> str:
    return "—" if value is None else f"{value} {unit}".strip()


def _describe_price(line: CostLine) -> str:
    per = "" if line.driver is Driver.FIXED else f" × {line.driver}"
    rate = f", {line.escalation} rate" if line.escalation else ""
    return f"{line.quantity:,f}{per} × {_show_price(line.unit_price_usd)}{rate}"


def _show_price(price: Decimal) -> str:
    """A unit price with the decimals it was given, at least two where it is not whole."""
    places = max(-int(price.normalize().as_tuple().exponent), 0)
    return format_dollars(price, places=max(places, 2) if places else 0, symbol=True) if price else "$0"
