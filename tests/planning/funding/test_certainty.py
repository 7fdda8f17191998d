"""What rests on money that is not secured stands apart in every figure, and never makes a sum differ."""

from datetime import date

import pytest

from planning.evaluation import Evaluation, evaluate
from planning.figures import draw_big_numbers, draw_funding_by_year, draw_initiatives
from planning.funding.certainty import calculate_unsecured_by_initiative, calculate_unsecured_by_year
from planning.funding_figures import draw_gap_by_initiative, draw_gap_by_year
from planning.model import Plan
from planning.plan_tables import tabulate_payers
from planning.reference import Reference
from planning.vocabulary import Certainty


def evaluate_as(plan: Plan, certainty: Certainty) -> Evaluation:
    """The plan with its first source as sure as said."""
    first = plan.sources[0].model_copy(update={"certainty": certainty})
    changed = plan.model_copy(update={"sources": (first, *plan.sources[1:])})
    return evaluate(changed, Reference(version="t"), date(2026, 11, 23))


def test_secured_money_is_no_part_of_it(detection_plan: Plan) -> None:
    evaluation = evaluate_as(detection_plan, Certainty.SECURED)
    assert not any(total.cents for total in calculate_unsecured_by_year(evaluation).values())
    assert "not yet secured" not in draw_big_numbers(evaluation).sentence


@pytest.mark.parametrize("certainty", [Certainty.APPLIED, Certainty.HOPED])
def test_what_is_applied_or_hoped_for_stands_by_year_and_initiative(detection_plan: Plan, certainty: Certainty) -> None:
    evaluation = evaluate_as(detection_plan, certainty)
    by_year = [total.cents for total in calculate_unsecured_by_year(evaluation).values()]
    assert by_year == [75_000_00, 75_000_00, 0, 0, 0]
    by_initiative = calculate_unsecured_by_initiative(evaluation)
    assert {name: total.cents for name, total in by_initiative.items()} == {"mdr": 150_000_00}
    assert by_initiative["mdr"].atom_ids == ("mdr-service:FY2026-27:cyber-grant", "mdr-service:FY2027-28:cyber-grant")


def test_the_three_bands_are_what_must_be_paid(detection_plan: Plan) -> None:
    evaluation = evaluate_as(detection_plan, Certainty.HOPED)
    cost = sum(atom.cents for atom in evaluation.budgeted_atoms)
    for figure in (draw_gap_by_year(evaluation), draw_gap_by_initiative(evaluation)):
        secured, not_yet, lacking = figure.table.rows[-1][1:]
        assert (secured, not_yet, lacking) == (0, 150_000_00, cost - 150_000_00)
        assert figure.sentence.endswith("$150,000 rests on money that is not yet secured.")


def test_sentences_tables_and_payers_say_it(detection_plan: Plan) -> None:
    evaluation = evaluate_as(detection_plan, Certainty.HOPED)
    assert draw_big_numbers(evaluation).sentence.endswith(", and $150.0K rests on money that is not yet secured.")
    assert "$150.0K of it not yet secured" in draw_funding_by_year(evaluation).sentence
    row = draw_initiatives(evaluation).table.list_text_rows()[0]
    assert row[-5:-2] == ("0 %", "$150,000", "$372,172")
    assert tabulate_payers(evaluation, "mdr").rows[0][0] == "State cyber grant (hoped)"
