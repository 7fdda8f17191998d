"""`journal`: a file that balances, an event in the audit trail, and every refusal."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from data.samples.seed import SEEDER
from data.store.audit import list_events
from data.store.database import Store
from data.store.plan_edits import save_rows
from data.store.plans import load_plan
from data.store.scenarios import save_scenario
from data.store.workflow import move_plan
from planning.choice.changes import Exclude
from planning.choice.scenarios import Scenario
from planning.editing import archive_initiative
from planning.permissions import Action
from tests.data.command_runs import Run


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_up(rows: list[dict[str, str]], column: str) -> Decimal:
    return sum((Decimal(row[column] or 0) for row in rows), Decimal(0))


def test_the_samples_journal_balances_in_every_fund_and_year(run: Run, sample_store: Path, tmp_path: Path) -> None:
    ran = run("journal", "out.csv", "--json")
    assert ran.code == 0, ran.err
    *rows, totals = read_rows(tmp_path / "out.csv")
    for entry in {row["entry"] for row in rows}:
        members = [row for row in rows if row["entry"] == entry]
        assert add_up(members, "debit") == add_up(members, "credit") > 0
    assert add_up(rows, "debit") == Decimal(totals["debit"]) == Decimal(ran.answer["debit"])
    assert len(rows) == ran.answer["lines"] == sum(entry["lines"] for entry in ran.answer["entries"])


def test_the_bonds_purchases_use_the_bond_funds_balance(run: Run, sample_store: Path, tmp_path: Path) -> None:
    """1,118,000 + 914,500 + 742,000 less 562,640.40 of E-Rate."""
    run("journal", "out.csv", "--fiscal-year", "FY2027-28")
    bond = [row for row in read_rows(tmp_path / "out.csv") if row["fund"] == "30"]
    by_type = {row["entry_type"]: Decimal(row["debit"] or row["credit"]) for row in bond if row["debit"]}
    assert by_type == {"estimated_revenue": Decimal("562640.40"), "budgetary_fund_balance": Decimal("2211859.60")}
    assert add_up([row for row in bond if row["entry_type"] == "appropriation"], "credit") == Decimal(2_774_500)


def test_the_levy_transfers_no_more_than_the_ledger_does_already(run: Run, sample_store: Path, tmp_path: Path) -> None:
    run("journal", "out.csv")
    assert "31" not in {row["fund"] for row in read_rows(tmp_path / "out.csv")}
    run("journal", "whole.csv", "--whole")
    levy = [
        row for row in read_rows(tmp_path / "whole.csv") if row["fund"] == "31" and row["fiscal_year"] == "FY2027-28"
    ]
    assert add_up([row for row in levy if row["entry_type"] == "estimated_transfer_out"], "credit") == 650_000
    assert add_up([row for row in levy if row["entry_type"] == "estimated_revenue"], "debit") == 650_000


def test_a_mapping_names_the_accounts_that_are_missing(run: Run, sample_store: Path, tmp_path: Path) -> None:
    bare = run("journal", "out.csv", "--json").answer["findings"]
    missing = [finding["expected"] for finding in bare if finding["code"] == "journal_account_missing"]
    assert "source:erate-c2" in missing
    rows = "".join(f"account,{key},ERP-{number}\n" for number, key in enumerate(missing))
    (tmp_path / "map.csv").write_text(f"kind,name,value\n{rows}option,totals,no\n", encoding="utf-8")
    ran = run("journal", "out.csv", "--mapping", "map.csv", "--overwrite", "--json")
    assert "journal_account_missing" not in {finding["code"] for finding in ran.answer["findings"]}
    assert all(row["account"] for row in read_rows(tmp_path / "out.csv"))


def test_a_journal_is_an_event_with_its_fingerprint_and_none_of_its_lines(run: Run, sample_store: Path) -> None:
    digest = run("journal", "out.csv", "--json").answer["sha256"]
    store = Store(sample_store)
    event = list_events(store, SEEDER)[0]
    store.close()
    assert event.action == "export_journal"
    assert json.loads(event.detail)["sha256"] == digest
    assert "Cameras" not in event.detail


def adopt_and_change(store_file: Path) -> None:
    """The board adopts revision 1; an amendment then takes the first initiative out."""
    store = Store(store_file)
    stored = load_plan(store, SEEDER)
    assert stored
    for action in (Action.SUBMIT_PLAN, Action.RECOMMEND_PLAN, Action.ADOPT_PLAN, Action.AMEND_PLAN):
        move_plan(store, SEEDER, action, stored.revision_id, "the board met")
    save_rows(store, SEEDER, [archive_initiative(stored.plan, "new-sis")], "amended")
    store.close()


def test_the_adopted_plan_is_posted_whatever_was_changed_since(run: Run, sample_store: Path, tmp_path: Path) -> None:
    before = run("journal", "before.csv", "--json").answer
    assert "This is revision 1 of the plan, which is sent back" in before["findings"][0]["message"]
    assert "No plan of this district has been adopted yet." in run("journal", "none.csv", "--adopted").err
    adopt_and_change(sample_store)
    now = run("journal", "now.csv", "--json").answer
    assert "This is revision 2 of the plan, which is being amended" in now["findings"][0]["message"]
    adopted = run("journal", "adopted.csv", "--adopted", "--json").answer
    assert "journal_not_adopted" not in {one["code"] for one in adopted["findings"]}
    assert adopted["plan_revision"] == before["plan_revision"] != now["plan_revision"]
    assert (tmp_path / "adopted.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
    assert now["debit"] != adopted["debit"]


def test_a_scenario_is_posted_as_what_it_is(run: Run, sample_store: Path, tmp_path: Path) -> None:
    store = Store(sample_store)
    save_scenario(store, SEEDER, Scenario(name="Without panels", changes=(Exclude(initiative_id="panels"),)))
    store.close()
    answer = run("journal", "out.csv", "--scenario", "Without panels", "--json").answer
    assert "the scenario Without panels makes of revision 1" in answer["findings"][0]["message"]
    assert "panels" not in {row["initiative"] for row in read_rows(tmp_path / "out.csv")}
    store = Store(sample_store)
    assert json.loads(list_events(store, SEEDER)[0].detail)["scenario"] == "Without panels"
    store.close()
    assert "There is no scenario called None such." in run("journal", "x.csv", "--scenario", "None such").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("out.csv", "--fiscal-year", "FY1999-00"), 2, "The plan has no year 'FY1999-00'"),
        (("out.csv", "--mapping", "none.csv"), 4, "There is no file none.csv"),
        (("out.csv", "--role", "planner"), 4, "may not export journal"),
        (("nowhere/out.csv",), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, sample_store: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = run("journal", *words)
    assert (ran.code, said in ran.err) == (code, True)
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_is_there_is_kept(run: Run, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    assert run("journal", "out.csv").code == 4
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"


def test_a_district_without_a_plan_has_no_journal(run: Run, small_store: Path) -> None:
    ran = run("journal", "out.csv")
    assert (ran.code, "has no plan yet" in ran.err) == (4, True)
