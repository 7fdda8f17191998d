"""Which source may pay which cost: every shipped rule has an example that comes out otherwise without it."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from planning.funding.availability import (
    find_carry_over_limit,
    find_last_day,
    find_liquidation_day,
)
from planning.funding.bonds import check_bond_life, find_spend_down, list_rebate_milestones
from planning.funding.eligibility import SOURCE_USE, Standing, decide_all, list_capped
from planning.funding.rules import RuleEffect, check_rules, list_rules
from planning.reference import Reference
from planning.vocabulary import ErateService, SourceKind
from tests.planning.funding.funding_rules import PLAIN, TODAY, judge, make_source, shipped, without

BARRED, PRESUMED, VERIFY, ALLOWED = Standing.BARRED, Standing.PRESUMED, Standing.VERIFY, Standing.ALLOWED


class Example(NamedTuple):
    """A cost and a source, and how the source stands to it because of the rule and without it."""

    kind: SourceKind
    cost: dict[str, Any]
    because: Standing
    otherwise: Standing = ALLOWED
    state: str = ""
    day: date = TODAY


def _service(kind: SourceKind, name: str) -> Example:
    return Example(kind, {"erate_service": name}, ALLOWED, BARRED)


C1, C2, BOND = SourceKind.ERATE_C1, SourceKind.ERATE_C2, SourceKind.BOND
C2_SERVICES = (
    "access_points", "switches", "routers", "cabling", "racks", "ups", "wireless_controllers", "caching",
    "basic_firewall", "installation", "licences", "basic_maintenance", "managed_internal_broadband",
)  # fmt: skip
SUPPLANTING = (SourceKind.TITLE_II_A, SourceKind.TITLE_III, SourceKind.TITLE_IV_A)
LEARNERS = {"population": "english_learners"}

EXAMPLES: dict[str, Example] = {
    "erate_c1_internet_access": _service(C1, "internet_access"),
    "erate_c1_data_transmission": _service(C1, "data_transmission"),
    **{f"erate_c2_{name}": _service(C2, name) for name in C2_SERVICES},
    "erate_c1_school_bus_wifi_2024": Example(
        C1, {"erate_service": "school_bus_wifi"}, VERIFY, BARRED, day=date(2025, 9, 29)
    ),
    "erate_c1_hotspots_2025": Example(C1, {"erate_service": "hotspots"}, VERIFY, BARRED, day=date(2025, 9, 29)),
    "bond_recurring": Example(BOND, {"kind": "recurring"}, BARRED),
    "bond_staffing": Example(BOND, {"kind": "staffing"}, BARRED),
    "bond_labor": Example(BOND, {"category": "direct_labor"}, BARRED),
    "bond_salary_objects": Example(BOND, {"nces_object": "110"}, BARRED),
    "bond_licences_washington": Example(
        BOND, {"kind": "subscription", "category": "software"}, VERIFY, BARRED, state="wa"
    ),
    "bond_subscription_term": Example(BOND, {"category": "software"}, VERIFY),
    "title_i_schools": Example(SourceKind.TITLE_I_A, {}, BARRED),
    "title_iii_learners": Example(SourceKind.TITLE_III, {}, BARRED),
    "idea_disabilities": Example(SourceKind.IDEA, {}, BARRED),
    "perkins_career_technical": Example(SourceKind.PERKINS, {}, BARRED),
    "perkins_prior_payer": Example(
        SourceKind.PERKINS, {"population": "career_and_technical", "prior_payer": "levy"}, VERIFY
    ),
    **{f"{kind}_required": Example(kind, {**LEARNERS, "legally_required": "true"}, PRESUMED) for kind in SUPPLANTING},
    **{f"{kind}_prior_payer": Example(kind, {**LEARNERS, "prior_payer": "levy"}, PRESUMED) for kind in SUPPLANTING},
    "title_ii_a_equipment": Example(SourceKind.TITLE_II_A, {"category": "hardware"}, VERIFY),
    "in_kind_no_money": Example(SourceKind.IN_KIND_GIFT, {}, BARRED),
    "reserve_recurring": Example(SourceKind.RESERVE, {"kind": "recurring"}, VERIFY),
    "gift_staffing": Example(SourceKind.GIFT, {"kind": "staffing"}, VERIFY),
    "savings_own_fund": Example(SourceKind.SAVINGS, {}, VERIFY),
}
# Rules whose place another takes when they go: the cost stays barred, by a less exact rule.
MORE_EXACT = {
    "erate_hotspots": (C2, "hotspots"),
    "erate_school_bus_wifi": (C2, "school_bus_wifi"),
    "erate_advanced_firewall": (C2, "advanced_firewall"),
}
DEVICES = PLAIN._replace(category="hardware")
AWARD = make_source(SourceKind.TITLE_II_A, award_year="FY2026-27")
ISSUE = make_source(BOND, window_start=date(2025, 3, 12), weighted_maturity_years=Decimal(5))


def _count_conditions(reference: Reference) -> int:
    return len(judge(reference, AWARD, PLAIN._replace(is_equipment="true")).conditions)


# Rules about amounts and spans: what follows from each, which nothing follows from without it.
MEASURES: dict[str, Any] = {
    "title_i_carry_over": lambda found: (
        find_carry_over_limit(make_source(SourceKind.TITLE_I_A), 10**8, found, TODAY) < 1
    ),
    "federal_period": lambda found: find_last_day(AWARD, found, TODAY),
    "federal_liquidation": lambda found: find_liquidation_day(
        AWARD.model_copy(update={"window_end": date(2028, 9, 30)}), found, TODAY
    ),
    "federal_capital_approval": _count_conditions,
    "title_iv_a_infrastructure": lambda found: list_capped(
        DEVICES, list_rules(found.funding_rules, SourceKind.TITLE_IV_A, "", TODAY)
    ),
    **{
        name: lambda found, name=name: [
            item for item in list_rebate_milestones(ISSUE, {}, 7, found, TODAY) if item.rule.rule_id == name
        ]
        for name in ("bond_rebate_6_months", "bond_rebate_18_months", "bond_rebate_construction")
    },
    "bond_spend_down": lambda found: find_spend_down(ISSUE, found, TODAY),
    "bond_weighted_life": lambda found: check_bond_life(ISSUE, {4: 100_00}, found, TODAY),
}


def test_every_rule_that_ships_has_its_example() -> None:
    assert {*EXAMPLES, *MORE_EXACT, *MEASURES} == {rule.rule_id for rule in shipped().funding_rules}


@pytest.mark.parametrize("rule_id", EXAMPLES)
def test_without_the_rule_its_example_comes_out_otherwise(rule_id: str) -> None:
    example = EXAMPLES[rule_id]
    profile = PLAIN._replace(**example.cost)
    source = make_source(example.kind)
    with_rule = judge(shipped(), source, profile, example.state, example.day)
    assert with_rule.standing is example.because
    assert judge(without(rule_id), source, profile, example.state, example.day).standing is example.otherwise
    rule = next(rule for rule in shipped().funding_rules if rule.rule_id == rule_id)
    if example.because in (BARRED, PRESUMED):
        assert (with_rule.rule_id, with_rule.citation, with_rule.link) == (rule_id, rule.source, rule.link)
        assert with_rule.sentence.endswith(".")


@pytest.mark.parametrize("rule_id", MORE_EXACT)
def test_without_the_rule_a_less_exact_one_bars(rule_id: str) -> None:
    kind, service = MORE_EXACT[rule_id]
    profile = PLAIN._replace(erate_service=service)
    assert judge(shipped(), make_source(kind), profile).rule_id == rule_id
    less_exact = judge(without(rule_id), make_source(kind), profile)
    assert (less_exact.standing, less_exact.rule_id) == (BARRED, "erate_c2_access_points")
    assert less_exact.sentence == "It is not on the list of what this category of E-Rate pays."


@pytest.mark.parametrize("rule_id", MEASURES)
def test_without_the_rule_nothing_follows_from_it(rule_id: str) -> None:
    assert MEASURES[rule_id](shipped())
    assert not MEASURES[rule_id](without(rule_id))


def test_a_rule_from_memory_never_bars() -> None:
    assert all(
        example.because is VERIFY
        for rule_id, example in EXAMPLES.items()
        if next(rule for rule in shipped().funding_rules if rule.rule_id == rule_id).verify
    )


@pytest.mark.parametrize(
    ("service", "day", "rule_id"),
    [
        ("hotspots", date(2025, 9, 29), ""),
        ("hotspots", date(2025, 9, 30), "erate_hotspots"),
        ("school_bus_wifi", date(2025, 9, 29), ""),
        ("school_bus_wifi", date(2026, 7, 1), "erate_school_bus_wifi"),
    ],
)
def test_hotspots_and_bus_wifi_lost_erate_on_30_september_2025(service: str, day: date, rule_id: str) -> None:
    assert judge(shipped(), make_source(C1), PLAIN._replace(erate_service=service), day=day).rule_id == rule_id


def test_every_service_stands_one_way_or_the_other_to_both_categories() -> None:
    may = {
        service
        for service in ErateService
        if any(judge(shipped(), make_source(kind), PLAIN._replace(erate_service=service)).may_pay for kind in (C1, C2))
    }
    assert may == {"internet_access", "data_transmission", *C2_SERVICES}


def test_an_award_pays_only_what_it_names() -> None:
    source = make_source(SourceKind.STATE_GRANT, uses=("Security",), restriction="Award letter, section 3")
    assert judge(shipped(), source, PLAIN._replace(use="security")).may_pay
    refused = judge(shipped(), source, PLAIN)
    assert (refused.standing, refused.rule_id, refused.citation) == (
        BARRED,
        SOURCE_USE,
        "Its own terms: Award letter, section 3",
    )
    assert refused.sentence == "The source pays only Security."


def test_a_written_reason_lifts_the_presumption_of_supplanting() -> None:
    cost = PLAIN._replace(prior_payer="general_fund", legally_required="true")
    source = make_source(SourceKind.TITLE_IV_A)
    assert judge(shipped(), source, cost).standing is PRESUMED
    assert judge(shipped(), source, cost._replace(is_rebutted=True)).standing is ALLOWED


def test_money_for_some_of_the_students_pays_their_share() -> None:
    cost = PLAIN._replace(population="title_i_schools", population_share=Decimal("0.25"))
    assert judge(shipped(), make_source(SourceKind.TITLE_I_A), cost).share == Decimal("0.25")
    assert judge(shipped(), make_source(SourceKind.LEVY), cost).share == 1


def test_a_match_leaves_its_share_to_other_money() -> None:
    source = make_source(C2, match_fraction=Decimal("0.4"))
    assert judge(shipped(), source, PLAIN._replace(erate_service="switches")).share == Decimal("0.6")


def test_every_pair_of_cost_and_source_has_its_verdict() -> None:
    sources = [make_source(kind, source_id=str(kind)) for kind in SourceKind]
    found = decide_all([PLAIN, DEVICES, PLAIN], sources, shipped().funding_rules, "CO", TODAY)
    assert list(found) == [PLAIN, DEVICES]
    for verdict in (verdict for verdicts in found.values() for verdict in verdicts):
        assert verdict.may_pay == (verdict.standing in (ALLOWED, VERIFY))
        assert verdict.may_pay or (verdict.rule_id and verdict.sentence and verdict.citation)


def test_a_rule_past_its_last_day_that_nothing_follows_still_counts_and_warns() -> None:
    rules = tuple(
        rule.model_copy(update={"valid_to": date(2026, 6, 30)}) if rule.rule_id == "bond_recurring" else rule
        for rule in shipped().funding_rules
    )
    old = shipped().model_copy(update={"funding_rules": rules})
    assert judge(old, make_source(BOND), PLAIN._replace(kind="recurring")).rule_id == "bond_recurring"
    (finding,) = check_rules(rules, [BOND], TODAY)
    assert finding.message == (
        "The funding rule bond_recurring was valid to 2026-06-30 and nothing follows it; it still counts."
    )
    assert check_rules(rules, [SourceKind.LEVY], TODAY) == ()
    assert check_rules(shipped().funding_rules, list(SourceKind), TODAY) == ()


def test_what_ends_names_what_follows_it_and_every_rule_says_who_keeps_it() -> None:
    names = {rule.rule_id for rule in shipped().funding_rules}
    for rule in shipped().funding_rules:
        assert rule.owner
        assert rule.source
        assert rule.sentence.endswith(".")
        assert rule.link.startswith("http") or rule.verify
        assert not rule.superseded_by or (rule.superseded_by in names and rule.valid_to)
        needs_values = rule.field or rule.effect not in (RuleEffect.BAR, RuleEffect.CONDITION)
        assert bool(rule.values) == bool(needs_values)
