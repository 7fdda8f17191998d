"""What a person confirmed and what vendor, account and words suggest; no dollar is explained twice."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from planning.bridge import LedgerBridge, calculate_ledger_bridge
from planning.bridge_matching import BridgeMatch, Evidence, LedgerAmount, MatchState, find_words
from planning.evaluation import Evaluation, evaluate
from planning.model import CostLine, Initiative, Plan
from planning.reference import Reference
from planning.vocabulary import CostBridge, CostCategory, CostKind

YEAR = "FY2026-27"
SIS, HOSTING = "Trailmark Student Systems", "Pagefold"
LEDGER = (
    LedgerAmount("10-2580-352", 74_200_00, 1, SIS, "Student information system"),
    LedgerAmount("10-2580-352", 94_500_00, 1, "Palisade Watch", "Detection and response service"),
    LedgerAmount("10-2580-530", 12_000_00, 1, HOSTING, "Website hosting"),
    LedgerAmount("10-2580-100", 300_000_00, 4, "", "Network staff"),
)
Line = tuple[str, CostBridge, str, str, int]
MakeEvaluation = Callable[..., Evaluation]


@pytest.fixture
def make_evaluation(detection_plan: Plan) -> MakeEvaluation:
    """An evaluation of lines given as (initiative, bridge, account, vendor, dollars)."""

    def make(*lines: Line, left_out: tuple[str, ...] = ()) -> Evaluation:
        names = list(dict.fromkeys(line[0] for line in lines))
        changed = detection_plan.model_copy(
            update={
                "initiatives": tuple(
                    Initiative(initiative_id=name, name=name, start=YEAR, included=name not in left_out)
                    for name in names
                ),
                "cost_lines": tuple(make_line(number, *line) for number, line in enumerate(lines)),
                "commitments": (),
            }
        )
        return evaluate(changed, Reference(version="t"), date(2026, 11, 23))

    return make


def make_line(number: int, initiative: str, bridge: CostBridge, account: str, vendor: str, dollars: int) -> CostLine:
    return CostLine(
        cost_line_id=f"line{number}",
        initiative_id=initiative,
        description="Line",
        kind=CostKind.ONE_TIME,
        category=CostCategory.SOFTWARE,
        unit_price_usd=Decimal(dollars),
        dollar_year=YEAR,
        start=YEAR,
        account=account,
        vendor=vendor,
        bridge=bridge,
    )


def match(initiative: str, **parts: object) -> BridgeMatch:
    return BridgeMatch.model_validate({"match_id": f"m-{initiative}", "initiative_id": initiative, **parts})


def explained(bridge: LedgerBridge) -> list[int]:
    return [line.explained_cents // 100 for line in bridge.lines]


def test_the_vendor_tells_which_line_of_an_account_is_meant(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(("watch", CostBridge.BASE, "10-2580-352", "palisade  watch", 90_000))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR)
    assert explained(bridge) == [0, 90_000, 0, 0]
    assert bridge.shares[0].evidence is Evidence.VENDOR_ACCOUNT


def test_words_tell_lines_apart_where_no_vendor_does(make_evaluation: MakeEvaluation) -> None:
    by_words = make_evaluation(("detection", CostBridge.BASE, "10-2580", "", 94_500))
    bridge = calculate_ledger_bridge(by_words, LEDGER, YEAR)
    assert explained(bridge) == [0, 94_500, 0, 0]
    assert bridge.shares[0].evidence is Evidence.ACCOUNT_WORDS


def test_a_line_without_an_account_finds_its_vendor_and_one_with_another_account_does_not(
    make_evaluation: MakeEvaluation,
) -> None:
    lines = (("web", CostBridge.BASE, "", HOSTING, 12_000), ("elsewhere", CostBridge.BASE, "99-1", SIS, 500))
    bridge = calculate_ledger_bridge(make_evaluation(*lines), LEDGER, YEAR)
    assert explained(bridge) == [0, 0, 12_000, 0]
    assert [finding.code for finding in bridge.findings] == ["bridge_account_not_in_ledger"]
    assert [(one.initiative_id, one.evidence) for one in bridge.lines[0].possible] == [("elsewhere", Evidence.VENDOR)]


def test_a_confirmed_match_explains_its_lines_whole_and_wins_over_a_suggestion(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(
        ("watch", CostBridge.BASE, "10-2580-352", "Palisade Watch", 94_500),
        ("records", CostBridge.BASE, "10-2580-352", SIS, 50_000),
    )
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [match("records", vendor="Palisade Watch")])
    assert explained(bridge) == [0, 94_500, 0, 0]
    assert bridge.lines[1].shares[0][1:] == ("records", 94_500_00, CostBridge.BASE, Evidence.CONFIRMED, "m-records")
    assert bridge.explained_cents == bridge.base.cents - bridge.excess_cents + bridge.beyond_plan_cents


def test_planned_dollars_that_a_confirmed_line_holds_are_not_laid_a_second_time(
    make_evaluation: MakeEvaluation,
) -> None:
    evaluation = make_evaluation(("records", CostBridge.BASE, "10-2580-352", "", 74_200))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [match("records", account="10-2580", vendor=SIS)])
    assert explained(bridge) == [74_200, 0, 0, 0]
    assert (bridge.excess_cents, bridge.beyond_plan_cents, bridge.findings) == (0, 0, ())


def test_lines_that_hold_more_than_is_planned_are_found(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(("records", CostBridge.BASE, "10-2580-352", SIS, 70_000))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [match("records", vendor=SIS)])
    assert (bridge.explained_cents, bridge.beyond_plan_cents) == (74_200_00, 4_200_00)
    assert "hold $74,200.00 in FY2026-27, but its cost lines put $70,000.00" in bridge.findings[0].message


def test_the_more_exact_of_two_matches_counts_and_equal_ones_share_by_what_is_planned(
    make_evaluation: MakeEvaluation,
) -> None:
    lines = (("one", CostBridge.BASE, "10-9", "", 100), ("two", CostBridge.BASE, "10-9", "", 300))
    evaluation = make_evaluation(*lines)
    exact = [match("one", account="10-2580"), match("two", account="10-2580", vendor=HOSTING)]
    bridge = calculate_ledger_bridge(evaluation, LEDGER[2:3], YEAR, exact)
    assert [(share.initiative_id, share.cents) for share in bridge.shares] == [("two", 12_000_00)]
    equal = [match("one", vendor=HOSTING), match("two", vendor=HOSTING)]
    bridge = calculate_ledger_bridge(evaluation, LEDGER[2:3], YEAR, equal)
    assert [share.cents for share in bridge.shares] == [3_000_00, 9_000_00]


def test_a_rejected_line_is_not_suggested_again(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(("watch", CostBridge.BASE, "10-2580-352", "", 94_500))
    rejected = match("watch", vendor=SIS, state=MatchState.REJECTED)
    assert explained(calculate_ledger_bridge(evaluation, LEDGER, YEAR, [rejected])) == [0, 94_500, 0, 0]


def test_a_match_of_an_initiative_outside_the_plan_explains_nothing_and_is_found(
    make_evaluation: MakeEvaluation,
) -> None:
    evaluation = make_evaluation(("records", CostBridge.BASE, "10-2580-352", SIS, 74_200), left_out=("records",))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [match("records", vendor=SIS)])
    assert bridge.explained_cents == 0
    assert [finding.code for finding in bridge.findings] == ["bridge_match_outside_plan"]
    assert [(one.initiative_id, one.is_in_plan) for one in bridge.lines[0].possible] == [("records", False)]


def test_a_match_that_fits_no_line_is_noted(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(("records", CostBridge.NEW, "", "", 1))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [match("records", words="no such thing")])
    assert [finding.code for finding in bridge.findings] == ["bridge_match_without_lines"]
    assert "no such thing" in bridge.findings[0].message


def test_a_confirmed_replacement_is_told_apart_and_stays_unexplained(make_evaluation: MakeEvaluation) -> None:
    evaluation = make_evaluation(("new-sis", CostBridge.REPLACES, "10-2580-352", "Foxglove", 61_380))
    replaced = match("new-sis", vendor=SIS, bridge=CostBridge.REPLACES)
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR, [replaced])
    assert (bridge.replaced_cents, bridge.explained_cents) == (74_200_00, 0)
    assert bridge.unexplained_cents == bridge.ledger_cents


def test_what_a_later_year_replaces_is_laid_on_the_ledger_of_the_first(detection_plan: Plan) -> None:
    later = make_line(1, "mdr", CostBridge.REPLACES, "10-2580-530", HOSTING, -9_000).model_copy(
        update={"start": "FY2028-29"}
    )
    plan = detection_plan.model_copy(update={"cost_lines": (later,), "commitments": ()})
    evaluation = evaluate(plan, Reference(version="t"), date(2026, 11, 23))
    bridge = calculate_ledger_bridge(evaluation, LEDGER, YEAR)
    assert (bridge.lines[2].replaced_cents, bridge.replaces.cents) == (9_000_00, 0)


@pytest.mark.parametrize(
    ("parts", "covered"),
    [
        ({"words": "information STUDENT"}, [0]),
        ({"account": "10-2580-352"}, [0, 1]),
        ({"account": "10-2580-352", "words": "response"}, [1]),
        ({"technology_rule": "NCES function 2580"}, []),
    ],
)
def test_a_match_covers_the_lines_that_fit_all_its_parts(parts: dict[str, str], covered: list[int]) -> None:
    one = match("x", **parts)
    assert [place for place, line in enumerate(LEDGER) if one.covers(line)] == covered


@pytest.mark.parametrize("parts", [{}, {"vendor": " "}, {"vendor": "x", "bridge": CostBridge.NEW}])
def test_a_match_must_name_lines_that_are_in_the_ledger(parts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        match("x", **parts)


def test_telling_words_leave_out_what_every_technology_line_says() -> None:
    assert find_words("Technology services: 31 access points, each school") == {"access", "point"}


names = st.sampled_from(["one", "two", "three"])
accounts = st.sampled_from(["10-2580-352", "10-2580", "10-2580-530", "10-1000", ""])
vendors = st.sampled_from(["", SIS, HOSTING])
plan_lines = st.tuples(names, st.sampled_from(list(CostBridge)), accounts, vendors, st.integers(-500, 500))
ledger_lines = st.builds(
    LedgerAmount,
    st.sampled_from(["10-2580-352", "10-2580-530-01", "10-1000-650", ""]),
    st.integers(-100_00, 900_00),
    st.just(1),
    vendors,
    st.sampled_from(["", "Student information system", "Hosting of one thing"]),
)
some_matches = st.builds(
    match,
    names,
    vendor=st.sampled_from([SIS, HOSTING]),
    account=accounts,
    state=st.sampled_from(list(MatchState)),
    bridge=st.sampled_from([CostBridge.BASE, CostBridge.REPLACES]),
)


@given(st.lists(plan_lines, max_size=6), st.lists(ledger_lines, max_size=6), st.lists(some_matches, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_confirmed_or_rejected_no_dollar_is_explained_twice(
    make_evaluation: MakeEvaluation, lines: list[Line], ledger: list[LedgerAmount], matches: list[BridgeMatch]
) -> None:
    bridge = calculate_ledger_bridge(make_evaluation(*lines), ledger, YEAR, matches)
    assert bridge.explained_cents + bridge.unexplained_cents == bridge.ledger_cents == sum(one[1] for one in ledger)
    assert bridge.explained_cents == bridge.base.cents - bridge.excess_cents + bridge.beyond_plan_cents
    assert min(bridge.excess_cents, bridge.beyond_plan_cents) >= 0
    assert bridge.explained_cents + bridge.replaced_cents == sum(share.cents for share in bridge.shares)
    for line in bridge.lines:
        assert sum(share.cents for share in line.shares) == line.explained_cents + line.replaced_cents
        assert 0 <= line.explained_cents + line.replaced_cents <= max(line.ledger_cents, 0)
    assert sum(line.unexplained_cents for line in bridge.accounts) == bridge.unexplained_cents
    refused = {(m.initiative_id, m.vendor) for m in matches if m.state is MatchState.REJECTED and not m.account}
    laid = {(s.initiative_id, ledger[s.line].vendor) for s in bridge.shares if s.evidence is not Evidence.CONFIRMED}
    assert not refused & laid
