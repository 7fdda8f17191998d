"""evaluate(plan, reference, as_of, scenario): the one computation that screen, files and command line all read."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from planning.alignment.scoring import AlignmentScore, calculate_alignment_scores, rank_initiatives
from planning.atom_sums import calculate_initiative_parts, calculate_present_values
from planning.atom_table import AtomTable
from planning.atoms import Atom, Total
from planning.checks import check_plan, keep_first
from planning.choice.scenarios import Scenario, apply_scenario
from planning.cost.capitalisation import CostRules, find_cost_rules
from planning.cost.discounting import calculate_level_cost, find_nominal_rate
from planning.cost.flow_table import build_flow_table
from planning.cost.reference_rates import ReferenceRate, check_reference_rate, find_reference_rate
from planning.findings import Finding
from planning.fiscal_years import list_fiscal_years, start_year_of
from planning.funding.allocation import Share
from planning.funding.availability import date_sources
from planning.funding.commitment_rules import check_commitments
from planning.funding.payable import find_payable_commitments
from planning.funding.spreading import spread_commitments
from planning.model import FundingSource, Initiative, Plan
from planning.reference import Reference

# Raise it in the same commit as any change that moves a result; the golden hash test asks for it.
METHOD_VERSION = "3"
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
    Present value and equivalent annual cost are of cost and user time together, in cents; the latter is a year of its
    life inside the horizon.
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


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that follows from a plan: the atoms, what each initiative comes to, and findings.

    `plan` is the plan after the scenario; `sources` are its sources, each once, with the last day that the law gives an
    award without one. `table` holds every atom as columns; as objects they are made when they are
    first asked for: `atoms` hold the included initiatives and nothing else, so that any sum of them is a district
    figure; `alternative_atoms` hold those the plan does not do; archived ones are in neither.
    `reference_rate` is the published discount rate for the horizon, to set beside the district's own; `cost_rules`
    say what is capital and which NCES object a cost has.
    """

    stamp: Stamp
    plan: Plan
    sources: tuple[FundingSource, ...]
    years: tuple[str, ...]
    table: AtomTable
    initiatives: tuple[InitiativeSummary, ...]
    reference_rate: ReferenceRate | None
    cost_rules: CostRules
    findings: tuple[Finding, ...]

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms of the initiatives that the plan does."""
        return self.table.atoms

    @property
    def alternative_atoms(self) -> tuple[Atom, ...]:
        """The atoms of the initiatives that it does not do."""
        return self.table.alternative_atoms

    @property
    def budgeted_atoms(self) -> tuple[Atom, ...]:
        """What the district's budget carries: every atom of an included initiative but user time."""
        return tuple(atom for atom in self.atoms if atom.is_budgeted)

    def atoms_of(self, initiative_id: str) -> tuple[Atom, ...]:
        """Every atom of one initiative, user time too, whether or not it is included."""
        return self.table.by_initiative.get(initiative_id, ())

    @property
    def included(self) -> tuple[InitiativeSummary, ...]:
        """The initiatives that the plan does."""
        return tuple(item for item in self.initiatives if item.included)

    @property
    def discount_rate(self) -> float:
        """The nominal yearly rate that amounts are discounted at, as a fraction."""
        return find_nominal_rate(self.plan.district)


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
    sources = date_sources(keep_first(changed.sources, "source_id"), reference, as_of)
    payable, funding_findings = find_payable_commitments(changed.model_copy(update={"sources": sources}), years)
    table, cost_findings = _build_table(changed, years, payable)
    reference_rate = find_reference_rate(reference, len(years), as_of, plan.district.rate_basis.value)
    cost_rules = find_cost_rules(reference, changed.district, as_of)
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
        sources=sources,
        years=years,
        table=table,
        initiatives=_summarise(changed, table),
        reference_rate=reference_rate,
        cost_rules=cost_rules,
        findings=(
            *check_plan(changed),
            *check_reference_rate(reference_rate),
            *funding_findings,
            *cost_findings,
            *check_commitments(changed, table, cost_rules, reference, as_of),
        ),
    )


def _build_table(
    plan: Plan, years: tuple[str, ...], payable: dict[tuple[str, str], list[Share]]
) -> tuple[AtomTable, list[Finding]]:
    first = start_year_of(plan.district.first_fiscal_year)
    initiatives = _list_active(plan)
    names = [item.initiative_id for item in initiatives]
    source_ids = list(dict.fromkeys(source.source_id for source in plan.sources))
    flows, findings = build_flow_table(
        keep_first(plan.cost_lines, "cost_line_id"), initiatives, plan.district, range(first, first + len(years))
    )
    parts, raised = spread_commitments(flows, payable, names, source_ids, years)
    included = [item.included for item in initiatives]
    return AtomTable(flows, years, names, included, source_ids, parts), [*raised, *findings]


def _list_active(plan: Plan) -> tuple[Initiative, ...]:
    """The initiatives that are not archived; of two with one id the first."""
    return tuple(item for item in keep_first(plan.initiatives, "initiative_id") if not item.archived)


def _summarise(plan: Plan, table: AtomTable) -> tuple[InitiativeSummary, ...]:
    initiatives = _list_active(plan)
    scores = calculate_alignment_scores(table.initiative_ids, keep_first(plan.goals, "goal_id"), plan.contributions)
    ranks = rank_initiatives(tuple(scores.values()), [item.initiative_id for item in initiatives if item.included])
    parts = calculate_initiative_parts(table)
    values = calculate_present_values(table, plan.district)
    return tuple(
        InitiativeSummary(
            initiative_id=item.initiative_id,
            name=item.name,
            included=item.included,
            cost=part["cost"],
            user_time=part["user_time"],
            committed=part["committed"],
            unfunded=part["unfunded"],
            savings=part["savings"],
            present_value_cents=value,
            equivalent_annual_cost_cents=calculate_level_cost(value, item, plan.district),
            alignment=scores[item.initiative_id],
            rank=ranks[item.initiative_id],
        )
        for item, part, value in zip(initiatives, parts, values, strict=True)
    )


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
