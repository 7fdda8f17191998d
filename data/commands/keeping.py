"""`districts`, `check`, `backup`, `drill` and `restore`: looking after the store."""

import argparse
from typing import TYPE_CHECKING

from data.commands.answers import Answer, new_answer, print_answer
from data.commands.caller import locate
from data.commands.place import Place, cannot_write, find_file
from planning.errors import StoreDamaged
from planning.findings import Finding, has_errors

if TYPE_CHECKING:
    from data.store.drill import Drill


def districts_command(arguments: argparse.Namespace, place: Place) -> int:
    """The districts in the store."""
    from data.store.districts import list_districts

    rows = () if place.is_new else list_districts(place.store, place.keeper)
    districts = [{"district_id": row.district_id, "name": row.name, "revision": row.revision} for row in rows]
    lines = [f"{row.district_id:<24}{row.name}" for row in rows] or ["The store holds no district yet."]
    print_answer(new_answer("districts", "done", districts=districts), arguments.json, lines)
    return 0


def check_command(arguments: argparse.Namespace, place: Place) -> int:
    """Whether the audit chain, the versions and the totals of every district are whole."""
    from data.store.audit import WHOLE_STORE
    from data.store.integrity import verify_district

    store = place.existing_store
    # Without a name every district is checked, and the events of the store itself.
    named = [place.check_known(place.keeper).district_id] if place.district_id else [*place.list_known(), WHOLE_STORE]
    findings: list[Finding] = []
    for district_id in named:
        viewer = place.keeper.at_district(district_id)
        findings += verify_district(store, viewer)
    status = "damaged" if has_errors(findings) else "done"
    checked = [district_id for district_id in named if district_id != WHOLE_STORE]
    answer = new_answer("check", status, findings, districts=checked)
    found = f"{len(findings)} findings" if findings else "audit chain, stored rows, versions and totals are whole"
    print_answer(answer, arguments.json, [f"Checked {', '.join(checked) or 'a store without districts'}: {found}."])
    return StoreDamaged.exit_code if has_errors(findings) else 0


def backup_command(arguments: argparse.Namespace, place: Place) -> int:
    """Copy the store to a file, verified by reopening it."""
    from data.store.backup import back_up

    path = locate(arguments.file).resolve()
    try:
        made = back_up(place.existing_store, place.keeper, path)
    except OSError as error:
        raise cannot_write(arguments.file, error) from error
    answer = new_answer("backup", "done", file=str(path), size_bytes=made.size_bytes, rows=made.rows)
    print_answer(answer, arguments.json, [f"Wrote {path} and read it back: {made.rows:,} rows."])
    return 0


def drill_command(arguments: argparse.Namespace, place: Place) -> int:
    """Whether a backup of this store comes back equal: taken, restored elsewhere, compared and verified."""
    from data.store.drill import run_restore_drill

    drill = run_restore_drill(place.existing_store, place.keeper)
    status = "done" if drill.is_passed else "damaged"
    answer = new_answer("drill", status, drill.findings, **_describe_drill(drill))
    said = "came back equal and verifies" if drill.is_passed else "did NOT come back as it was"
    line = f"A backup of {drill.rows:,} rows was taken and restored elsewhere; it {said} ({drill.compared:,} counts, "
    print_answer(answer, arguments.json, [f"{line}sums and audit heads of {drill.districts} districts compared)."])
    return 0 if drill.is_passed else StoreDamaged.exit_code


def _describe_drill(drill: "Drill") -> Answer:
    return {"districts": drill.districts, "compared": drill.compared, "rows": drill.rows, "passed": drill.is_passed}


def restore_command(arguments: argparse.Namespace, place: Place) -> int:
    """Put a backup in the place of the store; the former store is kept beside it."""
    from data.store.backup import restore

    backup = find_file(arguments.file)
    try:
        former = restore(backup, place.store_path, place.keeper, f"From {backup.name}")
    except OSError as error:
        raise cannot_write(str(place.store_path), error) from error
    kept = str(former) if former else None
    answer = new_answer("restore", "done", store=str(place.store_path), former_store=kept)
    lines = [f"Restored {arguments.file} to {place.store_path}."]
    lines += [f"The former store is kept as {kept}."] if kept else []
    print_answer(answer, arguments.json, lines)
    return 0
