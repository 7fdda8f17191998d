"""The one computation, on plans small enough to do by hand."""

from datetime import date

import pytest

from planning.choice.scenarios import Exclude, Scenario
from planning.evaluation import METHOD_VERSION, Evaluation, calculate_fingerprint, evaluate
from planning.findings import Finding
from planning.model import District, Plan
from planning.reference import Reference
from planning.vocabulary import FundingState

TODAY = date(2026, 11, 23)
REFERENCE = Reference(version="test")
# Change the hash and METHOD_VERSION together, and say in the changelog what moved.
GOLDEN = {
    "1": "330e5a8817372a1d023c17aca7d177ea638e199ef4d74ae7bfa2c8bc0618599b",
    "2": "ef649ead2f20df99cf224544ca98458e958dc684ff6c62d50bac27119d7eadbc",
    "3": "8818a2afc091b39f793a5810e9cdbe5e959179d0594becd5518753a37d6abc98",
}


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def cents_of(evaluation: Evaluation, cost_line_id: str) -> list[tuple[str, str, int]]:
    return [
        (atom.fiscal_year, atom.timing.value, atom.cents)
        for atom in evaluation.atoms
        if atom.cost_line_id == cost_line_id
    ]


def test_a_grant_that_ends_leaves_104186_dollars_without_a_source(detection_plan: Plan) -> None:
    evaluation = evaluate(detection_plan, REFERENCE, TODAY)
    unfunded = {atom.fiscal_year: atom.cents for atom in evaluation.atoms if atom.state is FundingState.UNFUNDED}
    assert unfunded["FY2028-29"] == 104_186_25  # 94,500 × 1.05²
    assert unfunded["FY2027-28"] == 99_225_00 - 75_000_00
    assert "commitment_outside_window" in codes(evaluation.findings)


def test_every_atom_has_an_id_of_its_own_made_of_line_year_and_payer(small_plan: Plan) -> None:
    evaluation = evaluate(small_plan, REFERENCE, TODAY)
    ids = [atom.atom_id for atom in evaluation.atoms]
    assert len(set(ids)) == len(ids)
    assert "mdr-service:FY2026-27:cyber-grant" in ids
    assert "mdr-service:FY2028-29:unfunded" in ids


def test_a_refresh_brings_back_a_tenth_of_what_the_replaced_units_cost(small_plan: Plan) -> None:
    evaluation = evaluate(small_plan, REFERENCE, TODAY)
    first = 679_752_50  # 6,200 × 0.25 × 438.55
    bought = [cents for _, timing, cents in cents_of(evaluation, "fleet") if timing == "refresh"]
    assert bought == [500_000_01, first - 500_000_01, 660_017_75]  # the third: 6,020 × 0.25 × 438.55
    assert cents_of(evaluation, "fleet")[-1] == ("FY2029-30", "residual", -67_975_25)


def test_user_time_is_costed_but_never_budgeted(small_plan: Plan) -> None:
    evaluation = evaluate(small_plan, REFERENCE, TODAY)
    devices = next(item for item in evaluation.initiatives if item.initiative_id == "devices")
    assert devices.user_time.cents == 3 * 9000_00
    assert devices.cost.cents == devices.committed.cents + devices.unfunded.cents + devices.savings.cents
    assert not set(devices.user_time.atom_ids) & {atom.atom_id for atom in evaluation.budgeted_atoms}


def test_an_initiative_that_is_not_included_is_costed_apart(small_plan: Plan) -> None:
    scenario = Scenario(name="No devices", changes=(Exclude(initiative_id="devices"),))
    evaluation = evaluate(small_plan, REFERENCE, TODAY, scenario)
    assert {atom.initiative_id for atom in evaluation.atoms} == {"mdr"}
    assert {atom.initiative_id for atom in evaluation.alternative_atoms} == {"devices"}
    assert evaluation.stamp.scenario == "No devices"


def test_results_do_not_move_without_a_new_method_version(small_plan: Plan) -> None:
    assert calculate_fingerprint(evaluate(small_plan, REFERENCE, TODAY)) == GOLDEN[METHOD_VERSION]


def test_an_empty_plan_evaluates_to_nothing() -> None:
    empty = Plan(district=District(district_id="d", name="D", first_fiscal_year="FY2026-27"))
    evaluation = evaluate(empty, REFERENCE, TODAY)
    assert (evaluation.atoms, evaluation.initiatives, evaluation.findings) == ((), (), ())


@pytest.mark.parametrize("horizon", [1, 40])
def test_the_horizon_goes_from_one_to_forty_years(detection_plan: Plan, horizon: int) -> None:
    plan = detection_plan
    district = plan.district.model_copy(update={"horizon_years": horizon})
    evaluation = evaluate(plan.model_copy(update={"district": district}), REFERENCE, TODAY)
    assert len(evaluation.years) == horizon
    assert {atom.fiscal_year for atom in evaluation.atoms} <= set(evaluation.years)


def test_an_archived_initiative_counts_nowhere_and_stays_in_the_plan(small_plan: Plan) -> None:
    archived, *others = small_plan.initiatives
    archived = archived.model_copy(update={"archived": True})
    rest = evaluate(small_plan.model_copy(update={"initiatives": (archived, *others)}), REFERENCE, TODAY)
    without = evaluate(small_plan.model_copy(update={"initiatives": tuple(others)}), REFERENCE, TODAY)
    assert archived in rest.plan.initiatives
    assert rest.initiatives == without.initiatives
    assert (rest.atoms, rest.alternative_atoms) == (without.atoms, without.alternative_atoms)
