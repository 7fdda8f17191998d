"""The traps of the sample district come out of the rules by themselves, commitments or not."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.evaluation import Evaluation, evaluate
from planning.funding.eligibility import Standing, Verdict
from planning.funding.suggestion import Suggestion, suggest_allocation
from planning.money import to_cents

DAY = date(2026, 11, 23)


@cache
def evaluation() -> Evaluation:
    return evaluate(build_sample_plan(), load_reference(), DAY)


@cache
def suggestion(keep_commitments: bool) -> Suggestion:
    return suggest_allocation(evaluation(), load_reference(), keep_commitments)


def sum_by_initiative(found: Suggestion) -> Counter[tuple[str, str, str]]:
    """The payments by (initiative, source, fiscal year): what a person would commit."""
    sums = Counter[tuple[str, str, str]]()
    for payment in found.payments:
        sums[payment.initiative_id, payment.source_id, payment.fiscal_year] += payment.cents
    return sums


def sum_payments(found: Suggestion, initiative_id: str, source_id: str) -> int:
    return sum(cents for (*pair, _), cents in sum_by_initiative(found).items() if pair == [initiative_id, source_id])


def verdict(cost_line_id: str, source_id: str) -> Verdict:
    sources = [source.source_id for source in suggestion(True).sources]
    return suggestion(True).verdicts[cost_line_id][sources.index(source_id)]


def test_the_commitments_of_the_sample_are_lawful() -> None:
    assert {finding.code for finding in evaluation().findings} == {"reference_expired"}


def test_laid_anew_erate_and_the_bond_share_the_wifi_to_the_cent() -> None:
    """60 % of the $937,734 left of the category two budget, and the bond for the rest of $1,118,000."""
    found = suggestion(False)
    assert sum_payments(found, "wifi", "erate-c2") == to_cents(937_734) * 60 // 100 == 562_640_40
    assert sum_payments(found, "wifi", "bond") == 555_359_60
    assert {payment.source_id for payment in found.payments if payment.initiative_id == "wifi"} == {"erate-c2", "bond"}


def test_after_the_state_grant_detection_has_no_source() -> None:
    year = "FY2028-29"
    assert sum(
        p.cents for p in suggestion(True).shortfalls if (p.initiative_id, p.fiscal_year) == ("detection", year)
    ) == (104_186_25)
    payers = {
        source.source_id
        for source, one in zip(suggestion(True).sources, suggestion(True).verdicts["detection.service"], strict=True)
        if one.may_pay
    }
    assert payers == {"general-fund", "state-cyber"}


@pytest.mark.parametrize("keep_commitments", [True, False])
def test_the_cap_of_title_iv_bars_35496_dollars_of_the_tutoring(keep_commitments: bool) -> None:
    (effect,) = suggestion(keep_commitments).caps
    assert (effect.source_id, effect.rule_id) == ("title-iv", "title_iv_a_infrastructure")
    assert effect.barred_cents == to_cents(42_600 - 7_104) == 35_496_00
    assert sum_payments(suggestion(False), "ai-tutoring", "title-iv") == 7_104_00


@pytest.mark.parametrize(
    ("cost_line_id", "source_id", "standing", "rule_id"),
    [
        ("cameras.storage", "bond", Standing.BARRED, "bond_recurring"),
        ("cameras.cameras", "bond", Standing.ALLOWED, ""),
        ("hotspots.service", "erate-c1", Standing.BARRED, "erate_hotspots"),
        ("hotspots.service", "erate-c2", Standing.BARRED, "erate_hotspots"),
        ("bus-gps.service", "erate-c1", Standing.BARRED, "erate_c1_internet_access"),
        ("literacy.others", "title-i", Standing.BARRED, "title_i_schools"),
        ("literacy.title-i", "title-i", Standing.ALLOWED, ""),
        ("coaches.pay-10", "title-ii", Standing.PRESUMED, "title_ii_a_prior_payer"),
        ("coaches.pay-22", "title-ii", Standing.ALLOWED, ""),
        ("new-sis.subscription", "fund-balance", Standing.VERIFY, ""),
    ],
)
def test_who_may_pay_what(cost_line_id: str, source_id: str, standing: Standing, rule_id: str) -> None:
    assert (verdict(cost_line_id, source_id).standing, verdict(cost_line_id, source_id).rule_id) == (standing, rule_id)


@pytest.mark.parametrize("keep_commitments", [True, False])
def test_cents_tie_in_every_cut(keep_commitments: bool) -> None:
    found = suggestion(keep_commitments)
    atoms = [atom for atom in evaluation().budgeted_atoms if atom.cents > 0]
    wanted = sum(atom.cents for atom in atoms if not (keep_commitments and atom.source_id))
    assert found.paid_cents + found.lacking_cents == wanted
    assert sum(sum_by_initiative(found).values()) == found.paid_cents
    assert sum(use.spent_cents for use in found.purses) == found.paid_cents
    assert all(0 <= use.spent_cents <= use.left_cents for use in found.purses)


def test_nothing_is_paid_that_may_not_be_and_what_is_lawful_could_be_committed() -> None:
    """The suggestion as commitments: no finding, and the gap is the one foretold."""
    found = suggestion(True)
    for payment in found.payments:
        assert verdict(payment.cost_line_id, payment.source_id).may_pay
    plan = build_sample_plan()
    made = [
        plan.commitments[0].model_copy(
            update={"initiative_id": name, "source_id": source, "fiscal_year": year, "amount_cents": cents}
        )
        for (name, source, year), cents in sum_by_initiative(found).items()
    ]
    adopted = evaluate(plan.model_copy(update={"commitments": (*plan.commitments, *made)}), load_reference(), DAY)
    assert {finding.code for finding in adopted.findings} <= {"reference_expired", "duplicate_entry"}
    assert sum(item.unfunded.cents for item in adopted.included) == found.lacking_cents


def test_one_more_dollar_of_the_general_fund_closes_a_dollar_of_the_gap_and_of_erate_none() -> None:
    worth = {(use.tranche.source_id, use.tranche.fiscal_year): use.worth for use in suggestion(True).purses}
    assert worth["general-fund", "FY2028-29"] == 1
    assert worth["erate-c2", "FY2027-28"] == 0
    assert worth["state-cyber", "FY2027-28"] == 0
