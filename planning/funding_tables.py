"""Lawful money as data: what a suggestion comes to, what it would pay, what expires, and why money may not pay."""

from collections import defaultdict
from datetime import date

from planning.evaluation import Evaluation
from planning.figure import Column, FigureUnit, Table, Value
from planning.fiscal_years import fiscal_year_dates
from planning.funding.availability import calculate_receipts, find_last_day, find_liquidation_day
from planning.funding.bonds import list_rebate_milestones
from planning.funding.eligibility import Standing, Verdict
from planning.funding.suggestion import CapEffect, PurseUse, Suggestion
from planning.model import FundingSource
from planning.money import format_cents, format_percent, format_short, to_dollars
from planning.reference import Reference

CENTS = FigureUnit.CENTS
STANDING_NAMES = {
    Standing.ALLOWED: "may pay",
    Standing.VERIFY: "may pay, verify first",
    Standing.PRESUMED: "presumed to supplant",
    Standing.BARRED: "may not pay",
}
_MET = {True: "met", None: "open: the month of the purchases decides", False: "missed"}
NOT_BY_PLAN = "not by the plan; what was spent before it is not in it"
NOTHING_LEFT = "It may pay; what it has in the years that lack money is used."


def describe_suggestion(found: Suggestion) -> str:
    """What the suggestion comes to, in a sentence or three."""
    lacking = found.paid_cents + found.lacking_cents
    if not lacking:
        return "Every cost of the plan has its source."
    if not found.paid_cents:
        words = f"No lawful money is left for the {_short(lacking)} that lacks a source."
    else:
        words = (
            f"Lawful money that nobody has committed yet could pay {_short(found.paid_cents)} of the {_short(lacking)} "
            f"that lacks a source; {_short(found.lacking_cents)} would have none."
        )
    barred = sum(effect.barred_cents for effect in found.caps)
    expiring = sum(use.unspent_cents for use in list_expiring(found))
    words += f" Caps bar {_exact(barred)}." if barred else ""
    return words + (f" {_short(expiring)} would expire unspent." if expiring else "")


def list_expiring(found: Suggestion) -> list[PurseUse]:
    """Purses with a last day of their own inside the plan from which something stays unspent, the soonest first."""
    dated = {source.source_id for source in found.sources if source.window_end or source.award_year}
    uses = [use for use in found.purses if use.unspent_cents > 0 and use.tranche.expires_within]
    return sorted((use for use in uses if use.tranche.source_id in dated), key=lambda use: use.tranche.last_day)


def tabulate_suggestion(found: Suggestion, evaluation: Evaluation) -> Table:
    """What each source could pay of each initiative by year, and what would still lack a source."""
    names = _name_initiatives(evaluation)
    sources = {source.source_id: source.name for source in found.sources}
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for payment in found.payments:
        row = sums.setdefault((payment.initiative_id, sources[payment.source_id]), _years(evaluation))
        row[payment.fiscal_year] += payment.cents
    for item in found.shortfalls:
        row = sums.setdefault((item.initiative_id, "Still without a source"), _years(evaluation))
        row[item.fiscal_year] += item.cents
    order = {item.initiative_id: place for place, item in enumerate(evaluation.initiatives)}
    rows: list[tuple[Value, ...]] = [
        (names[initiative], source, *row.values(), sum(row.values()))
        for (initiative, source), row in sorted(sums.items(), key=lambda entry: order[entry[0][0]])
    ]
    totals = [sum(row[year] for row in sums.values()) for year in evaluation.years]
    columns = (
        Column("Initiative"),
        Column("Could be paid by"),
        *(Column(year, CENTS) for year in evaluation.years),
        Column("Total", CENTS),
    )
    return Table(columns, (*rows, ("Total", "", *totals, sum(totals))), total_rows=1)


def tabulate_verdicts(found: Suggestion, evaluation: Evaluation, initiative_id: str) -> Table:
    """How every source stands to the cost lines of an initiative: how much of them at most, why not, and the rule."""
    lines = {
        line.cost_line_id: line.description
        for line in evaluation.plan.cost_lines
        if line.initiative_id == initiative_id and line.cost_line_id in found.verdicts
    }
    lacks = any(item.initiative_id == initiative_id for item in found.shortfalls)
    effects = {effect.source_id: effect for effect in found.caps}
    rows: list[tuple[Value, ...]] = []
    for place, source in enumerate(found.sources):
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for line, description in lines.items():
            verdict = found.verdicts[line][place]
            groups[_describe_verdict(verdict, lacks, effects.get(source.source_id))].append(description)
        for words, members in groups.items():
            what = "; ".join(members) if len(members) < len(lines) else "everything"
            rows.append((source.name, words[0], what, *words[1:]))
    rows.sort(key=lambda row: not str(row[1]).startswith("may pay"))
    columns = ("Money", "Standing", "For", "At most", "Why, or on which condition", "Rule")
    return Table(tuple(Column(name) for name in columns), tuple(rows))


def describe_verdicts(found: Suggestion, evaluation: Evaluation, initiative_id: str) -> str:
    """How many of the sources may pay an initiative, and what it lacks."""
    name = _name_initiatives(evaluation)[initiative_id]
    lines = [line.cost_line_id for line in evaluation.plan.cost_lines if line.initiative_id == initiative_id]
    known = [found.verdicts[line] for line in lines if line in found.verdicts]
    count = sum(any(verdicts[place].may_pay for verdicts in known) for place in range(len(found.sources)))
    lacking = sum(item.cents for item in found.shortfalls if item.initiative_id == initiative_id)
    gap = (
        f"{_exact(lacking)} of its cost would have no source"
        if lacking
        else "all of its cost has or could have a source"
    )
    return f"Of {len(found.sources)} sources {count} may pay something of {name}; {gap}."


def _describe_verdict(verdict: Verdict, lacks: bool, effect: CapEffect | None) -> tuple[str, ...]:
    """Standing, share, reason and rule, as words; `effect` is what the source's cap comes to."""
    if not verdict.may_pay:
        reason = verdict.sentence or "Its match leaves nothing that it may pay."
        return STANDING_NAMES[verdict.standing], "—", reason, verdict.citation or "—"
    asked = (*verdict.caps, *verdict.conditions)
    reason = " ".join(rule.sentence for rule in asked) or (NOTHING_LEFT if lacks else "—")
    standing = STANDING_NAMES[verdict.standing]
    if verdict.caps:
        standing += ", within a cap"
        reason += _say_effect(effect) if effect else ""
    return standing, format_percent(verdict.share), reason, "; ".join(rule.source for rule in asked) or "—"


def _say_effect(effect: CapEffect) -> str:
    room = f"{_exact(effect.room_cents)} more" if effect.room_cents else "nothing more"
    return f" The cap leaves {room} and bars {_exact(effect.barred_cents)}."


def tabulate_expiring(found: Suggestion, reference: Reference, as_of: date) -> Table:
    """Money that ends inside the plan and is not all taken: until when, to be paid out by when, and how much lapses."""
    sources = {source.source_id: source for source in found.sources}
    rows: list[tuple[Value, ...]] = []
    for use in list_expiring(found):
        source = sources[use.tranche.source_id]
        paid_out = find_liquidation_day(source, reference, as_of)
        rows.append(
            (
                source.name,
                use.tranche.fiscal_year,
                use.tranche.last_day.isoformat(),
                paid_out.isoformat() if paid_out else "—",
                use.left_cents,
                use.spent_cents,
                use.unspent_cents,
            )
        )
    columns = (
        Column("Money"),
        Column("Of"),
        Column("To be spent by"),
        Column("To be paid out by"),
        Column("Not committed", CENTS),
        Column("Could be used", CENTS),
        Column("Would expire", CENTS),
    )
    return Table(columns, tuple(rows))


def tabulate_worth(found: Suggestion) -> Table:
    """What one more dollar of a source would do: how much of the gap it closes, where it closes any."""
    sources = {source.source_id: source.name for source in found.sources}
    best: dict[str, tuple[float, list[str]]] = {source.source_id: (0.0, []) for source in found.sources}
    for use in found.purses:
        worth, years = best[use.tranche.source_id]
        if use.worth > worth + 1e-6:
            best[use.tranche.source_id] = use.worth, [use.tranche.fiscal_year]
        elif years and abs(use.worth - worth) <= 1e-6:
            years.append(use.tranche.fiscal_year)
    rows = sorted(best.items(), key=lambda entry: -entry[1][0])
    cells = tuple(
        (sources[name], format_cents(round(worth * 100), places=2, symbol=True), ", ".join(years) or "—")
        for name, (worth, years) in rows
        if worth > 0
    )
    return Table((Column("Money"), Column("A dollar more closes"), Column("In")), cells)


def tabulate_receipts(evaluation: Evaluation, reference: Reference) -> Table:
    """Every year's amount of every source: gross, what comes off, and what is left; and until when."""
    rows: list[tuple[Value, ...]] = []
    for source in evaluation.plan.sources:
        last = find_last_day(source, reference, evaluation.stamp.as_of)
        for receipt in calculate_receipts(source):
            off = {item.name: item.cents for item in receipt.deductions}
            rows.append(
                (
                    source.name,
                    receipt.fiscal_year,
                    receipt.gross_cents,
                    *(-off.get(name, 0) for name in ("Equitable services", "Administration", "Indirect cost")),
                    receipt.net_cents,
                    _describe_span(source, last),
                )
            )
    columns = (
        Column("Money"),
        Column("Of"),
        Column("Gross", CENTS),
        Column("Equitable services", CENTS),
        Column("Administration", CENTS),
        Column("Indirect cost", CENTS),
        Column("To spend", CENTS),
        Column("May be spent"),
    )
    return Table(columns, tuple(rows))


def tabulate_rebate(evaluation: Evaluation, reference: Reference) -> Table:
    """How fast each bond with a first day must be spent so that its earnings are not owed back, and what is planned.

    A bond older than the plan may have been spent before it, so nothing of it is called missed.
    """
    stamp, month = evaluation.stamp, evaluation.plan.district.fiscal_year_start_month
    first_day, _ = fiscal_year_dates(evaluation.years[0], month)
    rows: list[tuple[Value, ...]] = []
    for source in evaluation.sources:
        is_older = source.window_start is not None and source.window_start < first_day
        paid: dict[str, int] = defaultdict(int)
        for atom in evaluation.budgeted_atoms:
            if atom.source_id == source.source_id and atom.cents > 0:
                paid[atom.fiscal_year] += atom.cents
        rows += [
            (
                source.name,
                item.rule.source,
                str(item.day),
                item.asked_cents,
                item.surely_cents,
                item.most_cents,
                NOT_BY_PLAN if is_older and item.is_met is False else _MET[item.is_met],
            )
            for item in list_rebate_milestones(source, paid, month, reference, stamp.as_of)
        ]
    columns = (
        Column("Bond"),
        Column("Exception"),
        Column("By"),
        Column("Asked", CENTS),
        Column("Planned in fiscal years over by then", CENTS),
        Column("Planned in fiscal years begun by then", CENTS),
        Column("It is"),
    )
    return Table(columns, tuple(rows))


def tabulate_rules(evaluation: Evaluation, reference: Reference) -> Table:
    """The rules that speak of the plan's kinds of money: what each says, since when, from where, who keeps it."""
    kinds = {source.kind for source in evaluation.plan.sources}
    rows = tuple(
        (
            ", ".join(str(kind).replace("_", " ") for kind in rule.source_kinds if kind in kinds),
            rule.sentence,
            f"{rule.valid_from} to {rule.valid_to}" if rule.valid_to else f"since {rule.valid_from}",
            rule.source,
            "verify before use" if rule.verify else "confirmed",
            rule.owner,
        )
        for rule in reference.funding_rules
        if not kinds.isdisjoint(rule.source_kinds)
    )
    columns = ("Kind of money", "What the rule says", "In force", "Source", "State", "Kept by")
    return Table(tuple(Column(name) for name in columns), rows)


def _describe_span(source: FundingSource, last: date | None) -> str:
    parts = [f"from {source.window_start}" if source.window_start else "", f"to {last}" if last else ""]
    words = " ".join(part for part in parts if part)
    if source.carries_over:
        return words or "at any time"
    return f"{words}, in its year" if words else "in its year"


def _name_initiatives(evaluation: Evaluation) -> dict[str, str]:
    return {item.initiative_id: item.name for item in evaluation.initiatives}


def _years(evaluation: Evaluation) -> dict[str, int]:
    return dict.fromkeys(evaluation.years, 0)


def _short(cents: int) -> str:
    return format_short(to_dollars(cents))


def _exact(cents: int) -> str:
    return format_cents(cents, symbol=True)
