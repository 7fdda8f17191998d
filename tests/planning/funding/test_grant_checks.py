from dataclasses import replace
from datetime import date
from decimal import Decimal

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.evaluation import evaluate
from planning.funding.grant_checks import (
    SrsaInputs,
    TitleIvACheck,
    check_title_iv_a_awards,
    describe_title_iv_a,
    find_srsa_inputs,
    tabulate_title_iv_a,
)

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)
EVALUATION = evaluate(PLAN, REFERENCE, DAY)


def check(**award: object) -> tuple[TitleIvACheck, ...]:
    changed = PLAN.awards[0].model_copy(update=award)
    evaluation = replace(EVALUATION, plan=PLAN.model_copy(update={"awards": (changed, *PLAN.awards[1:])}))
    return check_title_iv_a_awards(evaluation, REFERENCE, DAY)


def test_the_sample_districts_title_iv_a_is_divided_to_the_dollar_of_its_cap() -> None:
    checks = check()
    assert [(row[1], row[2], row[4]) for row in tabulate_title_iv_a(checks, REFERENCE, DAY).rows] == [
        ("Well-rounded education", 35_520_00, 23_680_00),
        ("Safe and healthy students", 33_152_00, 23_680_00),
        ("Effective use of technology", 47_360_00, 0),
        ("Infrastructure in it", 7_104_00, 7_104_00),
    ]
    assert describe_title_iv_a(checks) == "Title IV-A: the allocation of $118,400 is divided as the law asks."


def test_an_area_below_its_share_is_said() -> None:
    checks = check(well_rounded_usd=Decimal(23_679))
    assert [finding.code for finding in checks[0].findings] == ["title_iv_a_share"]
    assert describe_title_iv_a(checks).endswith("breaks 1 rule.")


def test_an_area_nobody_typed_is_not_taken_for_nothing() -> None:
    checks = check(well_rounded_usd=None)
    assert checks[0].findings == ()
    assert describe_title_iv_a(checks).endswith("is not typed yet.")
    assert tabulate_title_iv_a(checks, REFERENCE, DAY).list_text_rows()[0][2] == "not known"


def test_the_small_rural_formula_starts_from_what_the_plan_knows() -> None:
    assert find_srsa_inputs(EVALUATION) == SrsaInputs(Decimal(6_200), Decimal(192_600), Decimal(118_400))
