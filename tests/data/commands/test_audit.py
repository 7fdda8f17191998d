"""`audit`: the trail looked through and written out, and its head; and `drill`."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from data.exports.audit_trail import HEADINGS
from tests.data.command_runs import Run


def test_the_trail_is_listed_newest_first_with_its_head(run: Run, sample_store: Path) -> None:
    answer = run("audit", "--json").answer
    numbers = [event["event_number"] for event in answer["events"]]
    assert numbers == sorted(numbers, reverse=True) and numbers[-1] == 1
    assert answer["head"] == {"event_number": numbers[0], "hash": answer["events"][0]["hash"]}
    assert answer["events"][-1]["changes"] == [
        {"what": "name", "from": "", "to": "Harlow Ridge School District (fictitious)"}
    ]
    assert answer["head"]["hash"] in run("audit").out


@pytest.mark.parametrize(
    ("words", "actions"),
    [
        (("--action", "save_plan"), {"save_plan"}),
        (("--action", "none"), set()),
        (("--until", "2020-01-01"), set()),
        (("--since", "2020-01-01", "--action", "create_district"), {"create_district"}),
        (("--words", "HARLOW RIDGE SCHOOL", "--action", "create_district"), {"create_district"}),
        (("--actor", "nobody"), set()),
    ],
)
def test_only_what_fits_is_listed(run: Run, sample_store: Path, words: tuple[str, ...], actions: set[str]) -> None:
    events = run("audit", *words, "--json").answer["events"]
    assert {event["action"] for event in events} == actions


def test_the_written_trail_holds_every_change_and_links_from_event_to_event(
    run: Run, sample_store: Path, tmp_path: Path
) -> None:
    ran = run("audit", "trail.csv", "--json")
    with (tmp_path / "trail.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == sum(max(1, len(event["changes"])) for event in ran.answer["events"])
    hashes = dict.fromkeys((int(row["event_number"]), row["previous_hash"], row["hash"]) for row in reversed(rows))
    previous = ""
    for _, before, after in sorted(hashes):
        assert (before, len(after)) == (previous, hashlib.sha256().digest_size * 2)
        previous = after
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_a_file_that_is_there_is_kept(run: Run, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "trail.csv").write_text("precious")
    assert run("audit", "trail.csv").code == 4
    assert run("audit", "trail.csv", "--overwrite").code == 0
    assert run("audit", "no/such/folder.csv").code == 2


def test_backups_and_drills_are_events_of_the_store_itself(run: Run, sample_store: Path) -> None:
    ran = run("drill", "--json")
    assert (ran.code, ran.answer["passed"], ran.answer["districts"]) == (0, True, 1)
    assert "came back equal and verifies" in run("drill").out
    assert run("backup", "copy.duckdb").code == 0
    events = run("audit", "--of-store", "--json").answer["events"]
    assert [event["action"] for event in events] == ["back_up"] * 3
    assert {"what": "drill", "from": "", "to": "passed"} in events[-1]["changes"]


def test_a_drill_of_a_tampered_store_is_exit_5(run: Run, sample_store: Path) -> None:
    import duckdb

    with duckdb.connect(str(sample_store)) as connection:
        connection.execute("UPDATE budget_row SET vendor = 'X' WHERE row_id = 9")
    ran = run("drill", "--json")
    assert (ran.code, ran.answer["status"], ran.answer["findings"][0]["code"]) == (5, "damaged", "content_changed")
    assert "did NOT come back" in run("drill").out


def test_only_who_may_reads_the_trail(run: Run, sample_store: Path) -> None:
    ran = run("audit", "--role", "viewer", "--json")
    assert (ran.code, ran.answer["findings"][0]["code"]) == (4, "not_permitted")
    assert json.dumps(ran.answer["findings"]).count("read audit") == 1
