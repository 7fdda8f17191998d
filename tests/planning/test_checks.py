"""Every fault that a plan can carry has its finding, which names the item and says how to mend it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from data.samples.plan import build_sample_plan
from planning.checks import check_plan, keep_first
from planning.findings import Finding, has_errors
from planning.model import (
    Commitment,
    CostLine,
    Goal,
    GoalContribution,
    Initiative,
    Plan,
)
from planning.vocabulary import CostCategory, CostKind, Driver

Change = Callable[[Plan], dict[str, object]]


def found(plan: Plan, **update: object) -> dict[str, Finding]:
    return {finding.code: finding for finding in check_plan(plan.model_copy(update=update))}


def initiative(initiative_id: str, **fields: object) -> Initiative:
    values = {"initiative_id": initiative_id, "name": initiative_id, "start": "FY2026-27", **fields}
    return Initiative.model_validate(values)


def line(**fields: object) -> CostLine:
    values: dict[str, object] = {
        "cost_line_id": "extra",
        "initiative_id": "mdr",
        "description": "Extra",
        "kind": CostKind.RECURRING,
        "category": CostCategory.SOFTWARE,
        "unit_price_usd": Decimal(1),
        "dollar_year": "FY2026-27",
        "start": "FY2026-27",
    }
    return CostLine.model_validate({**values, **fields})


def test_a_sound_plan_has_no_findings(small_plan: Plan) -> None:
    assert check_plan(small_plan) == ()


@pytest.mark.parametrize(
    ("code", "words", "change"),
    [
        ("duplicate_id", "levy is the id of 2 sources", lambda p: {"sources": (*p.sources, p.sources[1])}),
        (
            "reserved_id",
            "The source id unfunded",
            lambda p: {"sources": (p.sources[0].model_copy(update={"source_id": "unfunded"}),)},
        ),
        (
            "unknown_id",
            "a goal contribution names the goal nowhere",
            lambda p: {"contributions": (GoalContribution(initiative_id="mdr", goal_id="nowhere", influence=1),)},
        ),
        (
            "dependency_circle",
            "a → b → a",
            lambda p: {"initiatives": (initiative("a", depends_on=["b"]), initiative("b", depends_on=["a"]))},
        ),
        (
            "dependency_not_included",
            "a is included but depends on b",
            lambda p: {"initiatives": (initiative("a", depends_on=["b"]), initiative("b", included=False))},
        ),
        (
            "excluded_pair_included",
            "a and b exclude each other",
            lambda p: {"initiatives": (initiative("a", excludes=["b"]), initiative("b", excludes=["a"]))},
        ),
        ("cost_outside_life", "falls in FY2031-32", lambda p: {"cost_lines": (line(start="FY2031-32"),)}),
        ("cost_outside_life", "falls in FY2025-26", lambda p: {"cost_lines": (line(start="FY2025-26"),)}),
        (
            "cost_ends_before_start",
            "extra ends in FY2026-27, before it starts in FY2027-28",
            lambda p: {"cost_lines": (line(start="FY2027-28", end="FY2026-27"),)},
        ),
        ("refresh_without_years", "extra is a refresh", lambda p: {"cost_lines": (line(kind=CostKind.REFRESH),)}),
        ("unknown_escalation", "the rate moon", lambda p: {"cost_lines": (line(escalation="moon"),)}),
        (
            "window_reversed",
            "cyber-grant ends on 2028-06-30, before it starts on 2029-01-01",
            lambda p: {"sources": (p.sources[0].model_copy(update={"window_start": date(2029, 1, 1)}),)},
        ),
        (
            "deductions_take_all",
            "take 110.0 % of source cyber-grant",
            lambda p: {
                "sources": (
                    p.sources[0].model_copy(
                        update={
                            "equitable_services_fraction": Decimal("0.6"),
                            "administration_fraction": Decimal("0.5"),
                        }
                    ),
                )
            },
        ),
        (
            "weights_all_zero",
            "every initiative scores 0",
            lambda p: {"goals": (Goal(goal_id="g", title="G", weight=Decimal(0)),)},
        ),
        ("driver_without_counts", "counts by sites", lambda p: {"cost_lines": (line(driver=Driver.SITES),)}),
        (
            "duplicate_entry",
            "The commitment mdr · cyber-grant · FY2026-27 is given 2 times",
            lambda p: {"commitments": (*p.commitments, p.commitments[0])},
        ),
        ("fiscal_year_style", "Cost line extra says FY2027", lambda p: {"cost_lines": (line(start="FY2027"),)}),
    ],
)
def test_each_fault_is_found_and_named(small_plan: Plan, code: str, words: str, change: Change) -> None:
    finding = found(small_plan, **change(small_plan))[code]
    assert words in finding.message
    assert finding.fix


def test_every_list_that_names_ids_is_checked(small_plan: Plan) -> None:
    plan = small_plan.model_copy(
        update={
            "initiatives": (initiative("a", depends_on=["lost"], excludes=["gone"]),),
            "cost_lines": (line(initiative_id="away"),),
            "commitments": (
                Commitment(initiative_id="absent", source_id="nobody", fiscal_year="FY2026-27", amount_cents=1),
            ),
            "contributions": (),
        }
    )
    unknown = {finding.found for finding in check_plan(plan) if finding.code == "unknown_id"}
    assert unknown == {"lost", "gone", "away", "absent", "nobody"}


def test_an_initiative_that_needs_itself_is_a_circle(small_plan: Plan) -> None:
    finding = found(small_plan, initiatives=(initiative("a", depends_on=["a"]),))["dependency_circle"]
    assert "a → a" in finding.message


def test_two_ways_to_the_same_need_are_no_circle(small_plan: Plan) -> None:
    diamond = (
        initiative("a", depends_on=["b", "c"]),
        initiative("b", depends_on=["d"]),
        initiative("c", depends_on=["d"]),
        initiative("d"),
    )
    assert "dependency_circle" not in found(small_plan, initiatives=diamond)


def test_a_long_chain_of_dependencies_is_walked_without_recursion(small_plan: Plan) -> None:
    chain = tuple(initiative(f"i{n}", depends_on=[f"i{(n + 1) % 2000}"]) for n in range(2000))
    assert "dependency_circle" in found(small_plan, initiatives=chain)


def test_warnings_do_not_forbid_a_plan_but_errors_do(small_plan: Plan) -> None:
    alternatives = (initiative("a", excludes=["b"]), initiative("b"))
    free = small_plan.model_copy(
        update={"initiatives": alternatives, "cost_lines": (), "commitments": (), "contributions": ()}
    )
    assert [finding.code for finding in check_plan(free)] == ["excluded_pair_included"]
    assert not has_errors(check_plan(free))
    assert has_errors(check_plan(small_plan.model_copy(update={"initiatives": ()})))


def test_of_two_items_with_one_id_the_first_is_kept() -> None:
    first, second = initiative("a"), initiative("a", name="other")
    assert keep_first((first, second, initiative("b")), "initiative_id")[0] is first


def test_what_the_files_of_the_registers_name_must_be_there() -> None:
    plan = build_sample_plan()
    lost = check_plan(plan.model_copy(update={"purchases": (), "offers": plan.offers[:1], "criteria": ()}))
    said = [finding.message for finding in lost if finding.code == "unknown_id"]
    assert [words.split(",")[0] for words in said] == [
        "entry interest-network names the purchase buy-wifi",
        "offer panels-summit names the purchase buy-panels",
        "a score of an offer names the criterion panels-quality",
        "a score of an offer names the criterion panels-service",
        "a score of an offer names the offer panels-alpine",
        "a purchase paper names the purchase buy-student-devices",
        "a purchase paper names the purchase buy-literacy",
    ]
