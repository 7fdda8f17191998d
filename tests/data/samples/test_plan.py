"""The sample plan through the one computation that every screen reads: the specification's numbers come out of it."""

from datetime import date
from decimal import Decimal

import pytest

from data.samples.ledger import build_expenditures
from data.samples.plan import build_sample_plan
from planning.alignment.goals import calculate_money_by_goal
from planning.atoms import Atom
from planning.bridge import LedgerAmount, LedgerBridge, calculate_ledger_bridge
from planning.evaluation import Evaluation, evaluate
from planning.funding.balances import calculate_cliffs, calculate_source_balances, calculate_unfunded_by_year
from planning.money import to_cents, to_dollars
from planning.reference import Reference
from planning.vocabulary import CostTiming, FundingState

TECHNOLOGY_FUNCTIONS = {"2580", "2230"}
TECHNOLOGY_OBJECTS = {"351", "352", "432", "443", "530", "650", "734", "735"}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(build_sample_plan(), Reference(version="test"), date(2026, 11, 23))


def dollars(evaluation: Evaluation, initiative_id: str, **wanted: object) -> Decimal:
    """What the atoms of an initiative come to, of those with the wanted fields."""

    def fits(atom: Atom) -> bool:
        return atom.is_budgeted and all(getattr(atom, name) == value for name, value in wanted.items())

    return to_dollars(sum(atom.cents for atom in evaluation.atoms_of(initiative_id) if fits(atom)))


def test_the_plan_gives_no_finding(evaluation: Evaluation) -> None:
    assert evaluation.findings == ()


def test_there_are_fifteen_initiatives_and_all_but_todays_student_system_are_in_the_plan(
    evaluation: Evaluation,
) -> None:
    assert len(evaluation.initiatives) == 15
    assert [item.initiative_id for item in evaluation.initiatives if not item.included] == ["keep-sis"]


def test_weights_of_the_five_goals_add_to_a_hundred() -> None:
    assert [goal.weight for goal in build_sample_plan().goals] == [30, 25, 20, 10, 15]


@pytest.mark.parametrize(
    ("initiative_id", "year", "expected"),
    [
        ("student-devices", "FY2026-27", 1200 * 438),
        ("wifi", "FY2027-28", 1_118_000),
        ("detection", "FY2026-27", 94_500),
        ("new-sis", "FY2027-28", 386_000 + 61_380),
        ("new-sis", "FY2030-31", 61_380),
        ("keep-sis", "FY2026-27", 74_200),
        ("identity", "FY2026-27", 38_440),
        ("literacy", "FY2026-27", 2880 * 27),
        ("ai-tutoring", "FY2026-27", 42_600),
        ("panels", "FY2027-28", 310 * 2950),
        ("cameras", "FY2027-28", 742_000),
        ("cameras", "FY2028-29", 58_000),
        ("bus-gps", "FY2027-28", 76_800 + 23_040),
        ("bus-gps", "FY2028-29", 64 * 360),
        ("hotspots", "FY2026-27", 52_500),
        ("coaches", "FY2026-27", 3 * 96_300),
        ("retire-apps", "FY2027-28", -63_700),
    ],
)
def test_what_each_initiative_costs_in_a_year(
    evaluation: Evaluation, initiative_id: str, year: str, expected: int
) -> None:
    assert dollars(evaluation, initiative_id, fiscal_year=year) == expected


def test_erate_and_bond_share_the_wifi_to_the_cent(evaluation: Evaluation) -> None:
    assert dollars(evaluation, "wifi", source_id="erate-c2") == Decimal(937_734) * 60 / 100 == Decimal("562640.40")
    assert dollars(evaluation, "wifi", source_id="bond") == Decimal("555359.60")
    assert dollars(evaluation, "wifi", state=FundingState.UNFUNDED) == 0


def test_detection_loses_its_source_when_the_state_grant_ends(evaluation: Evaluation) -> None:
    unfunded = dollars(evaluation, "detection", fiscal_year="FY2028-29", state=FundingState.UNFUNDED)
    assert unfunded == 94_500 * Decimal("1.05") ** 2 == Decimal("104186.25")
    assert dollars(evaluation, "detection", fiscal_year="FY2027-28", state=FundingState.UNFUNDED) == 0


def test_hotspots_lack_what_the_foundation_does_not_give(evaluation: Evaluation) -> None:
    by_year = [
        dollars(evaluation, "hotspots", fiscal_year=year, state=FundingState.UNFUNDED) for year in evaluation.years
    ]
    assert by_year == [22_500, 22_500, 52_500, 52_500, 52_500]


def test_title_i_pays_only_for_pupils_of_its_schools(evaluation: Evaluation) -> None:
    assert dollars(evaluation, "literacy", fiscal_year="FY2027-28", source_id="title-i") == 1690 * 27 == 45_630


def test_the_title_iv_cap_leaves_most_of_ai_tutoring_without_a_source(evaluation: Evaluation) -> None:
    assert dollars(evaluation, "ai-tutoring", source_id="title-iv") == 47_360 * Decimal("0.15") == 7_104
    assert dollars(evaluation, "ai-tutoring", state=FundingState.UNFUNDED) == 35_496


def test_the_gift_costs_more_to_run_than_it_is_worth_and_nobody_pays(evaluation: Evaluation) -> None:
    assert dollars(evaluation, "printers", state=FundingState.UNFUNDED) == 163_400 > 118_000


def test_the_bond_pays_nothing_that_recurs_and_eighty_five_percent_is_spent_in_time(evaluation: Evaluation) -> None:
    paid = [atom for atom in evaluation.budgeted_atoms if atom.source_id == "bond"]
    assert {atom.timing for atom in paid} <= {CostTiming.ONE_TIME, CostTiming.REFRESH}
    assert dollars(evaluation, "cameras", fiscal_year="FY2028-29", source_id="general-fund") == 58_000
    assert Decimal("0.85") * 2_600_000 <= to_dollars(sum(atom.cents for atom in paid)) <= 2_600_000


def test_no_source_is_committed_beyond_what_it_has(evaluation: Evaluation) -> None:
    assert all(balance.balance_cents >= 0 for balance in calculate_source_balances(evaluation))


def test_the_general_fund_commits_only_what_its_accounts_already_hold() -> None:
    """Detection's top-up, sign-on, the literacy of other schools, two coaches and today's student system."""
    room = next(source for source in build_sample_plan().sources if source.source_id == "general-fund")
    assert room.amounts[0].amount_cents == to_cents(19_500 + 38_440 + 1190 * 27 + 2 * 96_300 + 74_200)


def test_what_falls_off_when_sources_end(evaluation: Evaluation) -> None:
    cliffs = {
        (cliff.source_id, line.initiative_id): to_dollars(line.unfunded.cents)
        for cliff in calculate_cliffs(evaluation)
        for line in cliff.lines
        if line.unfunded.cents
    }
    assert cliffs == {
        ("levy", "student-devices"): 525_600,
        ("levy", "bus-gps"): 23_040,
        ("title-ii", "coaches"): Decimal("102164.67"),
        ("state-cyber", "detection"): Decimal("104186.25"),
        ("foundation", "hotspots"): 52_500,
    }


def test_every_year_has_a_gap_and_it_grows(evaluation: Evaluation) -> None:
    gaps = [total.cents for total in calculate_unfunded_by_year(evaluation).values()]
    assert gaps[0] > 0
    assert gaps == sorted(gaps)


def test_twenty_two_percent_of_the_money_is_aligned_to_nothing(evaluation: Evaluation) -> None:
    money = calculate_money_by_goal(evaluation)
    assert money.nothing_fraction == pytest.approx(0.22, abs=0.005)
    assert {share.initiative_id for share in money.nothing.shares} == {"panels", "cameras", "bus-gps"}
    assert all(goal.cents > 0 for goal in money.goals)


@pytest.fixture(scope="module")
def bridge(evaluation: Evaluation) -> LedgerBridge:
    technology = [
        LedgerAmount(line.account, line.amounts_cents[-1])
        for line in build_expenditures()
        if line.function in TECHNOLOGY_FUNCTIONS or line.object in TECHNOLOGY_OBJECTS
    ]
    return calculate_ledger_bridge(evaluation, technology, "FY2026-27")


def test_base_cost_lines_find_their_money_in_the_ledger(bridge: LedgerBridge) -> None:
    assert bridge.findings == ()
    assert bridge.ledger_cents == to_cents(3_612_500)
    base = 525_600 + 94_500 + 38_440 + 77_760 + 52_500 + 288_900
    assert bridge.explained_cents == to_cents(base)
    assert bridge.excess_cents == 0


def test_the_plan_and_the_budget_name_the_same_suppliers_for_the_same_money() -> None:
    ledger = {(line.vendor, line.amounts_cents[-1]) for line in build_expenditures() if line.vendor}
    assert {
        ("Summit Device Supply", to_cents(525_600)),
        ("Palisade Watch", to_cents(94_500)),
        ("Trailmark Student Systems", to_cents(74_200)),
        ("Keyring Identity", to_cents(38_440)),
        ("Foothill Wireless", to_cents(52_500)),
    } <= ledger
    ended = {(line.vendor, -to_cents(line.unit_price_usd)) for line in build_sample_plan().cost_lines}
    assert len(ended & ledger) == 4
