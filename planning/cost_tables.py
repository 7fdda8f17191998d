"""Tables of cost of ownership as data: alternatives, what is capital, contracts and their schedules, cost per unit."""

from collections.abc import Iterable, Mapping, Sequence

from planning.cost.asset_depreciation import list_assets
from planning.cost.breakdown import (
    NO_OBJECT,
    calculate_by_object,
    calculate_by_purpose,
    calculate_capital_and_operating,
    calculate_cost_per_driver,
    calculate_once_and_recurring,
    classify_costs,
)
from planning.cost.capitalisation import Capitalisation
from planning.cost.contracts import PlannedContract, list_contracts
from planning.cost.initiative_comparison import NOTHING, InitiativeComparison, compare_initiatives
from planning.cost.leases import Treatment
from planning.cost.ownership import (
    calculate_annualised_cents,
    calculate_constant_dollars,
    calculate_cost_by_year,
    calculate_direct_and_indirect,
)
from planning.evaluation import Evaluation
from planning.figure import Column, FigureUnit, Table, Value
from planning.money import format_dollars, format_percent
from planning.vocabulary import Driver

CENTS, FRACTION, COUNT = FigureUnit.CENTS, FigureUnit.FRACTION, FigureUnit.COUNT
UNKNOWN = "—"
_TREATMENTS = {
    Treatment.SHORT_TERM: "expensed: at most twelve months",
    Treatment.VARIABLE: "expensed: paid by the number of seats",
    Treatment.BELOW_LEVEL: "expensed: below the district's level",
    Treatment.LEASE: "lease (GASB 87)",
    Treatment.SUBSCRIPTION: "subscription (GASB 96)",
    Treatment.FINANCED_PURCHASE: "purchase on credit",
}
_OF_DRIVER = {
    Driver.STUDENTS: "student",
    Driver.STAFF: "employee",
    Driver.DEVICES: "device",
    Driver.SITES: "site",
    Driver.USERS: "user",
}


def tabulate_alternatives(evaluation: Evaluation, compared: Sequence[InitiativeComparison] | None = None) -> Table:
    """Every initiative beside its base or doing nothing, those with a base first: costs, savings, return, payback."""
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    columns = (
        Column("Initiative"),
        Column("Compared with"),
        Column("Life-cycle cost", CENTS),
        Column("of the base", CENTS),
        Column("Net savings", CENTS),
        Column("Saved per dollar invested", COUNT),
        Column("Adjusted return", COUNT),
        Column("Payback, simple", COUNT),
        Column("Payback, discounted", COUNT),
        Column("Equivalent annual cost", CENTS),
        Column("Annualized (CoSN)", CENTS),
        Column("Break-even"),
    )
    compared = compare_initiatives(evaluation) if compared is None else compared
    found = sorted(compared, key=lambda item: item.base_id is None)
    return Table(columns, tuple(_list_comparison_cells(item, names, evaluation) for item in found))


def describe_alternatives(evaluation: Evaluation, compared: Sequence[InitiativeComparison] | None = None) -> str:
    """What the comparisons say in a sentence: those with a base first."""
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    compared = compare_initiatives(evaluation) if compared is None else compared
    found = [item for item in compared if item.base_id]
    parts = [
        f"{names[item.initiative_id]} costs {_say_cents(abs(item.measures.net_savings))} "
        f"{'less' if item.measures.net_savings > 0 else 'more'} in today's money than {names[item.base_id or '']}"
        for item in found
    ]
    saving = [names[item.initiative_id] for item in compared if not item.base_id and item.measures.net_savings > 0]
    if saving:
        parts.append(f"of what is compared with doing nothing, only {', '.join(saving)} saves money")
    return f"{'; '.join(parts)}." if parts else "No initiative names a base, so each stands beside doing nothing."


def tabulate_cuts(evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation] | None = None) -> Table:
    """The budgeted cost by year, cut three ways: capital or operating, once or every year, direct and indirect."""
    classes = classify_costs(evaluation) if classes is None else classes
    grids = {**calculate_capital_and_operating(evaluation, classes), **calculate_once_and_recurring(evaluation)}
    rows: list[tuple[Value, ...]] = [
        (name, *_with_sum(total.cents for total in totals.values())) for name, totals in grids.items()
    ]
    direct, indirect = (
        calculate_cost_by_year(atoms, evaluation.years)
        for atoms in (evaluation.budgeted_atoms, [atom for atom in evaluation.atoms if not atom.is_budgeted])
    )
    rows.append(("Direct: what the budget carries", *_with_sum(total.cents for total in direct.values())))
    rows.append(("Indirect: time of users", *_with_sum(total.cents for total in indirect.values())))
    inflation = float(evaluation.plan.district.inflation_rate)
    if inflation:
        constant = calculate_constant_dollars(evaluation.budgeted_atoms, evaluation)
        rows.append(
            (f"Direct in constant dollars ({format_percent(inflation, 1)} inflation)", *constant, sum(constant))
        )
    return Table((Column("Cut"), *_year_columns(evaluation)), tuple(rows))


def tabulate_objects(
    evaluation: Evaluation,
    classes: Mapping[tuple[str, str], Capitalisation] | None = None,
    names: Mapping[str, str] | None = None,
) -> Table:
    """The budgeted cost by NCES object and year; `names` are what the objects are called, by code."""
    classes = classify_costs(evaluation) if classes is None else classes
    names = {NO_OBJECT: "no object", **{code: f"{code} {name}" for code, name in (names or {}).items()}}
    grid = calculate_by_object(evaluation, classes)
    rows = tuple(
        (names.get(code, code), *_with_sum(total.cents for total in totals.values())) for code, totals in grid.items()
    )
    return Table((Column("NCES object"), *_year_columns(evaluation)), (*rows, _add_up(rows, evaluation)), total_rows=1)


def tabulate_purposes(evaluation: Evaluation) -> Table:
    """Cost by purpose and year, time of users with it."""
    rows = tuple(
        (purpose.capitalize(), *_with_sum(total.cents for total in totals.values()))
        for purpose, totals in calculate_by_purpose(evaluation).items()
    )
    return Table((Column("Purpose"), *_year_columns(evaluation)), (*rows, _add_up(rows, evaluation)), total_rows=1)


def tabulate_capital_lines(
    evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation] | None = None
) -> Table:
    """Every cost line that buys something that lasts: capital or operating in its first year, and why."""
    classes = classify_costs(evaluation) if classes is None else classes
    lines = {line.cost_line_id: line for line in reversed(evaluation.plan.cost_lines)}
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    first: dict[str, str] = {}
    for name, year in classes:
        if name not in first or year < first[name]:
            first[name] = year
    rows = tuple(
        (names[lines[name].initiative_id], lines[name].description, _name_class(found), found.reason)
        for name, year in first.items()
        if (found := classes[name, year]).is_capital or found.why != "not_bought"
    )
    return Table((Column("Initiative"), Column("Cost line"), Column("It is"), Column("because")), rows)


def tabulate_depreciation(
    evaluation: Evaluation, classes: Mapping[tuple[str, str], Capitalisation] | None = None
) -> Table:
    """What is bought as capital: cost, life, depreciation by year and the value in the books at the end of the plan."""
    classes = classify_costs(evaluation) if classes is None else classes
    columns = (
        Column("Asset"),
        Column("Bought in"),
        Column("Life", COUNT),
        Column("Cost", CENTS),
        *(Column(year, CENTS) for year in evaluation.years),
        Column("Left in the books", CENTS),
    )
    assets = list_assets(evaluation, classes)
    rows = tuple(
        (
            item.line.description,
            item.fiscal_year,
            item.life_years,
            item.cost_cents,
            *(item.by_year.get(year, 0) for year in evaluation.years),
            item.book_value_cents,
        )
        for item in assets
    )
    sums = [sum(int(row[place] or 0) for row in rows) for place in range(3, len(columns))]
    return Table(columns, (*rows, ("Total", "", "", *sums)), total_rows=1)


def tabulate_cost_per_driver(evaluation: Evaluation) -> Table:
    """Budgeted cost for each student, employee, device, site and user, by year and on average."""
    rows = tuple(
        (f"per {_OF_DRIVER[item.driver]}", *item.by_year.values(), item.average)
        for item in calculate_cost_per_driver(evaluation.budgeted_atoms, evaluation)
    )
    columns = (Column("Budgeted cost"), *(Column(year, CENTS) for year in evaluation.years), Column("A year", CENTS))
    return Table(columns, rows)


def tabulate_contracts(evaluation: Evaluation) -> Table:
    """Each subscription and lease: treatment, term, rate, liability, asset, interest, what is expensed beside it."""
    names = {item.initiative_id: item.name for item in evaluation.plan.initiatives}
    columns = (
        Column("Contract"),
        Column("In the books"),
        Column("Term"),
        Column("Rate"),
        Column("Liability", CENTS),
        Column("Implementation", CENTS),
        Column("Asset", CENTS),
        Column("Interest", CENTS),
        Column("Expensed beside it", CENTS),
    )
    rows = tuple(
        (
            names[item.line.initiative_id],
            _TREATMENTS[item.treatment],
            f"{item.term_years} years",
            format_percent(item.rate, 1),
            *_list_contract_cents(item),
        )
        for item in list_contracts(evaluation.plan)
    )
    return Table(columns, rows)


def describe_contracts(evaluation: Evaluation) -> str:
    """How much the plan's contracts put on the books, and how many are expensed."""
    contracts = list_contracts(evaluation.plan)
    booked = [item for item in contracts if item.is_on_books]
    liability = sum(item.contract.liability_cents for item in booked)
    interest = sum(item.contract.interest_cents for item in booked)
    expensed = len(contracts) - len(booked)
    rest = f" {expensed} more {'is' if expensed == 1 else 'are'} expensed." if expensed else ""
    if not booked:
        return f"No contract puts a liability on the books.{rest}"
    return (
        f"{len(booked)} {'contract puts' if len(booked) == 1 else 'contracts put'} a liability of "
        f"{_say_cents(liability)} on the books, with {_say_cents(interest)} of interest over the term.{rest}"
    )


def tabulate_schedule(contract: PlannedContract) -> Table:
    """Payment by payment: owed, paid, interest, principal, owed after, and the amortisation of the asset."""
    names = ("Owed before", "Payment", "Interest", "Principal", "Owed after", "Amortization")
    shown = contract.contract
    rows = tuple(
        (str(row.number), *row[1:], amortisation)
        for row, amortisation in zip(shown.schedule, shown.amortisation_cents, strict=True)
    )
    sums = [sum(int(row[place] or 0) for row in rows) for place in (2, 3, 4, 6)]
    total = ("Total", "", sums[0], sums[1], sums[2], "", sums[3])
    return Table((Column("Year of the term"), *(Column(name, CENTS) for name in names)), (*rows, total), total_rows=1)


def describe_cost(evaluation: Evaluation) -> str:
    """The page's message: what the plan costs over its years, how much of it once, how much is capital."""
    direct, indirect = calculate_direct_and_indirect(evaluation.atoms)
    once = calculate_once_and_recurring(evaluation)
    kinds = calculate_capital_and_operating(evaluation, classify_costs(evaluation))
    bought, yearly = (sum(total.cents for total in totals.values()) for totals in once.values())
    capital = sum(total.cents for total in next(iter(kinds.values())).values())
    hidden = f" Users spend time worth {_say_cents(indirect.cents)} beside it." if indirect.cents else ""
    return (
        f"The plan costs {_say_cents(direct.cents)} in {len(evaluation.years)} years: {_say_cents(bought)} to buy and "
        f"replace, {_say_cents(yearly)} to run. {_say_cents(capital)} of it is capital outlay.{hidden}"
    )


def _list_comparison_cells(
    item: InitiativeComparison, names: Mapping[str, str], evaluation: Evaluation
) -> tuple[Value, ...]:
    found = item.measures
    saves = found.operational_savings > 0
    return (
        names[item.initiative_id],
        names[item.base_id] if item.base_id else NOTHING,
        found.life_cycle_cost,
        found.base_life_cycle_cost,
        found.net_savings,
        _say_ratio(found.savings_to_investment_ratio),
        format_percent(found.adjusted_internal_rate, 1) if found.adjusted_internal_rate and saves else UNKNOWN,
        _say_years(found.simple_payback_years),
        _say_years(found.discounted_payback_years),
        item.equivalent_annual_cost,
        calculate_annualised_cents(evaluation, item.initiative_id),
        _say_break_even(item),
    )


def _say_break_even(item: InitiativeComparison) -> str:
    parts = []
    if item.break_even_price_factor is not None:
        change = item.break_even_price_factor - 1
        verb = "may rise" if change >= 0 else "must fall"
        parts.append(f"yearly cost {verb} by {format_percent(abs(change))}")
    if item.break_even_rate is not None:
        parts.append(f"equal at {format_percent(item.break_even_rate, 1)} a year")
    return "; ".join(parts) or UNKNOWN


def _say_ratio(value: float | None) -> str:
    if value is None:
        return "nothing invested"
    return f"{value:,.2f}" if value > 0 else "saves nothing"


def _say_years(value: float | None) -> str:
    return "never" if value is None else "at once" if value == 0 else f"{value:.1f} years"


def _say_cents(cents: float) -> str:
    return format_dollars(cents / 100, symbol=True) if cents else "$0"


def _name_class(found: Capitalisation) -> str:
    return "capital" if found.is_capital else "operating"


def _list_contract_cents(item: PlannedContract) -> tuple[int, ...]:
    shown = item.contract
    liability, asset = (shown.liability_cents, shown.asset_cents) if item.is_on_books else (0, 0)
    return (
        liability,
        item.implementation_cents,
        asset,
        shown.interest_cents if item.is_on_books else 0,
        item.expensed_cents,
    )


def _year_columns(evaluation: Evaluation) -> tuple[Column, ...]:
    return (*(Column(year, CENTS) for year in evaluation.years), Column("Total", CENTS))


def _with_sum(cents: Iterable[int]) -> tuple[int, ...]:
    amounts = tuple(cents)
    return (*amounts, sum(amounts))


def _add_up(rows: tuple[tuple[Value, ...], ...], evaluation: Evaluation) -> tuple[Value, ...]:
    width = len(evaluation.years) + 1
    return ("Total", *(sum(int(row[place + 1] or 0) for row in rows) for place in range(width)))
