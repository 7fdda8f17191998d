"""`districts`, `check`, `backup` and `restore`: the store looked after, and every way it can be found wanting."""

from pathlib import Path

import duckdb
import pytest

from tests.data.command_runs import Run

TAMPERINGS = {
    "audit_row_changed": "UPDATE audit_event SET reason = 'nothing' WHERE event_number = 2",
    "audit_chain_broken": "DELETE FROM audit_event WHERE event_number = 2",
    "audit_end_missing": "DELETE FROM audit_event WHERE event_number = (SELECT max(event_number) FROM audit_event)",
    "plan_snapshot_changed": "UPDATE plan_revision SET snapshot = replace(snapshot, 'a', 'b')",
    "upload_total_changed": "UPDATE budget_amount SET amount = amount + 1 WHERE row_id = 7",
    "upload_lines_changed": "DELETE FROM budget_row WHERE row_id = 7",
    "series_without_one_current": "UPDATE budget_upload SET status = 'superseded'",
}


def tamper(path: Path, sql: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def test_districts_are_listed_by_name(run: Run, sample_store: Path) -> None:
    ran = run("districts", "--json")
    [row] = ran.answer["districts"]
    assert (ran.code, row["district_id"], row["revision"] > 0) == (0, "sample", True)
    assert run("districts").out.startswith("sample                  Harlow Ridge")


def test_where_there_is_no_store_there_is_no_district_and_none_is_made(run: Run, tmp_path: Path) -> None:
    ran = run("districts", "--json")
    assert (ran.code, ran.answer["districts"]) == (0, [])
    assert run("districts").out == "The store holds no district yet.\n"
    assert not (tmp_path / "techplan.duckdb").exists()


def test_a_whole_store_is_whole(run: Run, sample_store: Path) -> None:
    ran = run("check", "--json")
    assert (ran.code, ran.answer["status"], ran.answer["findings"]) == (0, "done", [])
    assert ran.answer["districts"] == ["sample"]
    assert run("check").out == "Checked sample: audit chain, stored rows, versions and totals are whole.\n"


@pytest.mark.parametrize("code", TAMPERINGS)
def test_what_was_changed_behind_the_stores_back_is_found(run: Run, sample_store: Path, code: str) -> None:
    tamper(sample_store, TAMPERINGS[code])
    ran = run("check", "--json")
    assert (ran.code, ran.answer["status"]) == (5, "damaged")
    assert code in [finding["code"] for finding in ran.answer["findings"]]
    assert ran.err.startswith("error: ")


def test_one_district_is_checked_where_it_is_named(run: Run, sample_store: Path) -> None:
    assert run("check", "--district", "sample", "--json").answer["districts"] == ["sample"]
    ran = run("check", "--district", "west")
    assert (ran.code, ran.err) == (
        4,
        "error: There is no district 'west' in this store. Choose one with --district: sample.\n",
    )


@pytest.mark.parametrize("command", [("check",), ("backup", "copy.duckdb")])
def test_without_a_store_there_is_nothing_to_look_after(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert (ran.code, (tmp_path / "techplan.duckdb").exists()) == (4, False)
    assert "There is no store" in ran.err and "--store FILE" in ran.err


def test_a_backup_comes_back_as_it_was(run: Run, sample_store: Path, tmp_path: Path) -> None:
    before = run("evaluate", "--json").answer
    saved = run("backup", "copy.duckdb", "--json").answer
    assert (saved["file"], saved["rows"] > 1000) == (str(tmp_path / "copy.duckdb"), True)
    tamper(sample_store, "DELETE FROM plan_revision")
    assert run("evaluate").code == 4
    restored = run("restore", "copy.duckdb", "--json").answer
    assert restored["store"] == str(sample_store)
    assert Path(restored["former_store"]).exists()
    assert run("evaluate", "--json").answer == before
    assert run("check").code == 0


def test_a_backup_never_replaces_a_file(run: Run, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.duckdb").write_text("mine")
    ran = run("backup", "copy.duckdb")
    assert (ran.code, (tmp_path / "copy.duckdb").read_text()) == (4, "mine")
    assert run("backup", "copy.duckdb/inside").code == 2


def test_what_is_no_backup_is_not_restored(run: Run, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.duckdb").write_text("Dear board,")
    assert run("restore", "letter.duckdb").code == 5
    assert run("restore", "lost.duckdb").code == 4
    assert run("check").code == 0


def test_a_backup_is_restored_where_there_was_no_store(run: Run, sample_store: Path, tmp_path: Path) -> None:
    assert run("backup", "copy.duckdb").code == 0
    ran = run("restore", "copy.duckdb", "--store", "second.duckdb", "--json")
    assert (ran.code, ran.answer["former_store"]) == (0, None)
    assert run("districts", "--store", "second.duckdb", "--json").answer["districts"][0]["district_id"] == "sample"
