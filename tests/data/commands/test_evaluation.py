"""`evaluate`: the figures of the sample district, as lines and as data whose parts sum to their wholes."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.samples.build import PLAN_FILE
from planning.evaluation import METHOD_VERSION
from tests.data.command_runs import Run

CABINET_DAY = "2026-12-08"


@pytest.fixture
def answer(run: Run, sample_store: Path) -> dict[str, Any]:
    ran = run("evaluate", "--as-of", CABINET_DAY, "--json")
    assert ran.code == 0
    return ran.answer


def add_up(amounts: dict[str, str]) -> Decimal:
    return sum((Decimal(amount) for amount in amounts.values()), Decimal(0))


def test_the_technology_in_the_ledger_is_explained_and_unexplained(answer: dict[str, Any]) -> None:
    bridge = answer["bridge"]
    assert (bridge["fiscal_year"], bridge["technology_in_ledger"]) == ("FY2026-27", "3612500.00")
    assert Decimal(bridge["explained"]) + Decimal(bridge["unexplained"]) == Decimal("3612500.00")
    assert sum(Decimal(item["ledger"]) for item in bridge["accounts"]) == Decimal("3612500.00")
    assert sum(Decimal(item["explained"]) for item in bridge["accounts"]) == Decimal(bridge["explained"])
    assert Decimal(bridge["new_money"]) > 0


def test_the_answer_says_what_it_was_made_from(answer: dict[str, Any]) -> None:
    assert (answer["schema"], answer["status"], answer["district"]) == ("techplan.evaluate/1", "done", "sample")
    assert (answer["as_of"], answer["scenario"], answer["method_version"]) == (CABINET_DAY, "Base plan", METHOD_VERSION)
    assert answer["years"] == ["FY2026-27", "FY2027-28", "FY2028-29", "FY2029-30", "FY2030-31"]
    assert answer["plan_revision"] and answer["reference_version"]


def test_every_cut_sums_to_the_total(answer: dict[str, Any]) -> None:
    total = Decimal(answer["total"])
    included = [item for item in answer["initiatives"] if item["included"]]
    assert add_up(answer["by_year"]) == total
    assert sum(Decimal(item["cost"]) for item in included) == total
    assert sum(add_up(years) for years in answer["funding"].values()) == total
    assert sum(Decimal(goal["money"]) for goal in answer["goals"]) == total
    assert answer["goals"][-1]["goal_id"] is None
    assert add_up(answer["unfunded_by_year"]) == sum(Decimal(item["unfunded"]) for item in included)


def test_figures_of_the_specification_are_there(answer: dict[str, Any]) -> None:
    items = {item["name"]: item for item in answer["initiatives"]}
    assert items["Wi-Fi and switches"]["cost"] == "1118000.00"
    assert items["Student devices"]["cost"] == "2628000.00"  # 5 × 525,600
    assert items["Classroom panels"]["committed"] == "914500.00"
    assert items["AI tutoring pilot"]["unfunded"] == "35496.00"  # what the Title IV-A cap bars
    assert items["Gift of 3D printers"]["cost"] == "163400.00"
    assert not items["Keep today's student system"]["included"]
    paid_until_2028 = next(cliff for cliff in answer["ending_sources"] if "cyber" in cliff["source_id"])
    assert paid_until_2028["initiatives"][0]["unfunded"] == "104186.25"  # 94,500 × 1.05²


def test_each_initiative_is_compared_and_each_contract_measured(answer: dict[str, Any]) -> None:
    found = {item["initiative_id"]: item for item in answer["comparisons"]}
    assert len(found) == len(answer["initiatives"])
    system = found["new-sis"]
    assert system["compared_with"] == "keep-sis"
    difference = Decimal(system["base_life_cycle_cost"]) - Decimal(system["life_cycle_cost"])
    assert abs(Decimal(system["net_savings"]) - difference) <= Decimal("0.01")
    (contract,) = answer["contracts"]
    assert (contract["treatment"], contract["is_on_books"], contract["term_years"]) == ("subscription", True, 5)
    assert sum(Decimal(row["principal"]) for row in contract["schedule"]) == Decimal(contract["liability"])
    assert contract["schedule"][-1]["owed"] == "0.00"


def test_a_person_reads_the_same_in_lines(run: Run, sample_store: Path) -> None:
    ran = run("evaluate", "--as-of", CABINET_DAY)
    assert "Student devices                                    2,628,000" in ran.out
    assert "Technology in the ledger, FY2026-27               $3,612,500" in ran.out
    assert "(not in the plan)" in ran.out and "  explained by initiatives " in ran.out


def test_the_day_asked_for_decides_which_rates_are_in_force(run: Run, sample_store: Path) -> None:
    codes = {
        day: {finding["code"] for finding in run("evaluate", "--as-of", day, "--json").answer["findings"]}
        for day in ("2025-12-31", CABINET_DAY)
    }
    assert "reference_expired" not in codes["2025-12-31"]
    assert "reference_expired" in codes[CABINET_DAY]


def test_a_plan_without_a_ledger_has_no_bridge(run: Run) -> None:
    assert run("plan", str(PLAN_FILE)).code == 0
    assert run("evaluate", "--json").answer["bridge"] is None
    assert "nothing to lay it beside" in run("evaluate").out


def test_a_district_without_a_plan_or_a_store_is_refused(run: Run, small_store: Path) -> None:
    ran = run("evaluate", "--json")
    assert (ran.code, ran.answer["status"]) == (4, "refused")
    assert "This district has no plan yet." in ran.err
    assert run("evaluate", "--district", "west").code == 4
    small_store.unlink()
    assert run("evaluate").code == 4
    assert not small_store.exists()


def test_a_saved_scenario_is_evaluated_by_its_name(run: Run, sample_store: Path, answer: dict[str, Any]) -> None:
    found = run("evaluate", "--as-of", CABINET_DAY, "--scenario", "The levy fails", "--json").answer
    assert (found["scenario"], found["total"]) == ("The levy fails", answer["total"])
    assert sum_values(found["unfunded_by_year"]) > sum_values(answer["unfunded_by_year"])


def test_a_scenario_nobody_saved_is_a_sentence_with_those_there_are(run: Run, sample_store: Path) -> None:
    ran = run("evaluate", "--scenario", "Dream")
    assert ran.code == 4
    assert "There is no scenario called Dream." in ran.err and "Hold back" in ran.err


def sum_values(by_year: dict[str, str]) -> Decimal:
    return sum((Decimal(value) for value in by_year.values()), Decimal(0))
