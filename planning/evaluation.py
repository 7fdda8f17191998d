"""evaluate(plan, reference, as_of, scenario): the one computation that screen, files and command line all read."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import localcontext

from planning.alignment.scoring import AlignmentScore, calculate_alignment_scores, rank_initiatives
from planning.atoms import NOTHING, Atom, Total, calculate_total, calculate_totals
from planning.checks import check_plan, keep_first
from planning.choice.scenarios import Scenario, apply_scenario
from planning.cost.cash_flows import EXACT_DIGITS, calculate_equivalent_annual_cost, calculate_present_value
from planning.cost.drivers import DriverCounts
from planning.cost.line_flows import Flow, LinePricer
from planning.cost.reference_rates import ReferenceRate, check_reference_rate, find_reference_rate
from planning.findings import Finding
from planning.fiscal_years import fiscal_year_label, list_fiscal_years, start_year_of
from planning.funding.allocation import Share, allocate_commitments
from planning.funding.payable import find_payable_commitments
from planning.model import Initiative, Plan
from planning.reference import Reference

# Raise it in the same commit as any change that moves a result; the golden hash test asks for it.
METHOD_VERSION = "1"
BASE_SCENARIO = "Base plan"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an Evaluation was made from: enough to make it again."""

    district_id: str
    plan_revision: str | None
    scenario: str
    reference_version: str
    method_version: str
    as_of: date


@dataclass(frozen=True, slots=True)
class InitiativeSummary:
    """One initiative over the horizon. `cost` is what the budget carries; user time stands apart.

    `cost` = `committed` + `unfunded` + `savings`. Savings are the negative amounts (savings, resale of replaced
    units), whether or not they return to a source; `committed` is what sources pay, so it is never negative.
    Present value and equivalent annual cost are of cost and user time together, in cents, end of year.
    """

    initiative_id: str
    name: str
    included: bool
    cost: Total
    user_time: Total
    committed: Total
    unfunded: Total
    savings: Total
    present_value_cents: float
    equivalent_annual_cost_cents: float
    alignment: AlignmentScore
    rank: int

    @property
    def funded_fraction(self) -> float | None:
        """Share of what must be paid that sources pay; None where nothing must be paid."""
        needed = self.committed.cents + self.unfunded.cents
        return self.committed.cents / needed if needed else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that follows from a plan: the atoms, what each initiative comes to, and findings.

    `plan` is the plan after the scenario. `atoms` hold the included initiatives and nothing else, so that any sum
    of them is a district figure; `alternative_atoms` hold those the plan does not do; archived ones are in neither.
    `reference_rate` is the published discount rate for the horizon, to set beside the district's own.
    """

    stamp: Stamp
    plan: Plan
    years: tuple[str, ...]
    atoms: tuple[Atom, ...]
    alternative_atoms: tuple[Atom, ...]
    initiatives: tuple[InitiativeSummary, ...]
    reference_rate: ReferenceRate | None
    findings: tuple[Finding, ...]

    @property
    def budgeted_atoms(self) -> tuple[Atom, ...]:
        """What the district's budget carries: every atom of an included initiative but user time."""
        return tuple(atom for atom in self.atoms if atom.is_budgeted)

    def atoms_of(self, initiative_id: str) -> tuple[Atom, ...]:
        """Every atom of one initiative, user time too, whether or not it is included."""
        both = (*self.atoms, *self.alternative_atoms)
        return tuple(atom for atom in both if atom.initiative_id == initiative_id)

    @property
    def included(self) -> tuple[InitiativeSummary, ...]:
        """The initiatives that the plan does."""
        return tuple(item for item in self.initiatives if item.included)

    @property
    def discount_rate(self) -> float:
        """The district's nominal rate, as a fraction."""
        return float(self.plan.district.discount_rate)


def evaluate(
    plan: Plan,
    reference: Reference,
    as_of: date,
    scenario: Scenario | None = None,
    plan_revision: str | None = None,
) -> Evaluation:
    """What the plan costs year by year, who pays, what has no source and which goals it serves.

    Pure: the same arguments give the same result. A plan with faults is evaluated as far as it goes: of two items
    with one id the first counts, and what names an unknown item is left out; each is a finding. Raises
    InputRefused only for a scenario that contradicts itself. Method: docs/method.md.
    """
    changed = apply_scenario(plan, scenario) if scenario else plan
    years = list_fiscal_years(plan.district.first_fiscal_year, plan.district.horizon_years)
    payable, funding_findings = find_payable_commitments(changed, years)
    atoms, cost_findings = _calculate_atoms(changed, years, payable)
    reference_rate = find_reference_rate(reference, len(years), as_of)
    chosen = {item.initiative_id for item in _list_active(changed) if item.included}
    return Evaluation(
        stamp=Stamp(
            plan.district.district_id,
            plan_revision,
            scenario.name if scenario else BASE_SCENARIO,
            reference.version,
            METHOD_VERSION,
            as_of,
        ),
        plan=changed,
        years=years,
        atoms=tuple(atom for atom in atoms if atom.initiative_id in chosen),
        alternative_atoms=tuple(atom for atom in atoms if atom.initiative_id not in chosen),
        initiatives=_summarise(changed, years, atoms),
        reference_rate=reference_rate,
        findings=(*check_plan(changed), *check_reference_rate(reference_rate), *funding_findings, *cost_findings),
    )


def _calculate_atoms(
    plan: Plan, years: tuple[str, ...], payable: dict[tuple[str, str], list[Share]]
) -> tuple[list[Atom], list[Finding]]:
    costs, findings = _price_lines(plan)
    atoms: list[Atom] = []
    keys = [(item.initiative_id, year) for item in _list_active(plan) for year in years]
    for key in keys:
        made, raised = allocate_commitments(costs.get(key, ()), payable.get(key, ()), *key)
        atoms += made
        findings += raised
    return atoms, findings


def _list_active(plan: Plan) -> tuple[Initiative, ...]:
    """The initiatives that are not archived; of two with one id the first."""
    return tuple(item for item in keep_first(plan.initiatives, "initiative_id") if not item.archived)


def _price_lines(plan: Plan) -> tuple[dict[tuple[str, str], list[Flow]], list[Finding]]:
    district = plan.district
    first = start_year_of(district.first_fiscal_year)
    counts = DriverCounts(district)
    pricer = LinePricer(counts, district.escalation_rates, range(first, first + district.horizon_years))
    is_calendar = "-" not in district.first_fiscal_year
    labels = {year: fiscal_year_label(year, is_calendar) for year in pricer.years}
    initiatives = {item.initiative_id: item for item in _list_active(plan)}
    costs: dict[tuple[str, str], list[Flow]] = {}
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        for line in keep_first(plan.cost_lines, "cost_line_id"):
            if initiative := initiatives.get(line.initiative_id):
                for flow in pricer.calculate_flows(line, initiative):
                    costs.setdefault((line.initiative_id, labels[flow.year]), []).append(flow)
    return costs, [*counts.list_findings(), *pricer.findings]


def _summarise(plan: Plan, years: tuple[str, ...], atoms: Sequence[Atom]) -> tuple[InitiativeSummary, ...]:
    initiatives = _list_active(plan)
    scores = calculate_alignment_scores(
        [item.initiative_id for item in initiatives], keep_first(plan.goals, "goal_id"), plan.contributions
    )
    included = [item.initiative_id for item in initiatives if item.included]
    ranks = rank_initiatives(tuple(scores.values()), included)
    by_initiative: dict[str, list[Atom]] = {item.initiative_id: [] for item in initiatives}
    for atom in atoms:
        by_initiative[atom.initiative_id].append(atom)
    rate = float(plan.district.discount_rate)
    return tuple(
        _summarise_one(
            item, by_initiative[item.initiative_id], years, rate, scores[item.initiative_id], ranks[item.initiative_id]
        )
        for item in initiatives
    )


def _summarise_one(
    item: Initiative, atoms: list[Atom], years: tuple[str, ...], rate: float, score: AlignmentScore, rank: int
) -> InitiativeSummary:
    parts = calculate_totals(atoms, _summary_part)
    present_value = calculate_present_value(_sum_by_year(atoms, years), rate)
    return InitiativeSummary(
        initiative_id=item.initiative_id,
        name=item.name,
        included=item.included,
        cost=calculate_total(atom for atom in atoms if atom.is_budgeted),
        user_time=parts.get("user_time", NOTHING),
        committed=parts.get("committed", NOTHING),
        unfunded=parts.get("unfunded", NOTHING),
        savings=parts.get("savings", NOTHING),
        present_value_cents=present_value,
        equivalent_annual_cost_cents=calculate_equivalent_annual_cost(present_value, rate, len(years)),
        alignment=score,
        rank=rank,
    )


def _summary_part(atom: Atom) -> str:
    if not atom.is_budgeted:
        return "user_time"
    if atom.cents < 0:
        return "savings"
    return "committed" if atom.source_id else "unfunded"


def _sum_by_year(atoms: Sequence[Atom], years: tuple[str, ...]) -> list[int]:
    sums = dict.fromkeys(years, 0)
    for atom in atoms:
        sums[atom.fiscal_year] += atom.cents
    return list(sums.values())


def calculate_fingerprint(evaluation: Evaluation) -> str:
    """A hash of every result to the cent (present values to the millionth), for replays and the golden test."""
    content = {
        "atoms": [list(atom) for atom in (*evaluation.atoms, *evaluation.alternative_atoms)],
        "initiatives": [
            [
                item.initiative_id,
                item.included,
                f"{item.present_value_cents:.6f}",
                f"{item.equivalent_annual_cost_cents:.6f}",
                f"{item.alignment.score:.9f}",
                item.rank,
            ]
            for item in evaluation.initiatives
        ],
        "findings": [finding.code for finding in evaluation.findings],
        "method": evaluation.stamp.method_version,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
