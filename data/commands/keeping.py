"""`districts`, `check`, `backup` and `restore`: looking after the store."""

import argparse
from pathlib import Path

from data.commands.answers import new_answer, print_answer
from data.commands.place import Place, find_file
from planning.errors import StoreDamaged
from planning.findings import has_errors


def districts_command(arguments: argparse.Namespace, place: Place) -> int:
    """The districts in the store."""
    from data.store.districts import list_districts

    rows = list_districts(place.store, place.keeper)
    districts = [{"district_id": row.district_id, "name": row.name} for row in rows]
    lines = [f"{row.district_id:<24}{row.name}" for row in rows] or ["The store holds no district yet."]
    print_answer(new_answer("districts", "done", districts=districts), arguments.json, lines)
    return 0


def check_command(arguments: argparse.Namespace, place: Place) -> int:
    """Whether the audit chain of the district is whole."""
    from data.store.audit import verify_chain

    findings = verify_chain(place.store, place.reader)
    status = "damaged" if has_errors(findings) else "done"
    print_answer(new_answer("check", status, findings), arguments.json, [f"Audit chain: {status}."])
    return StoreDamaged.exit_code if has_errors(findings) else 0


def backup_command(arguments: argparse.Namespace, place: Place) -> int:
    """Copy the store to a file, verified by reopening it."""
    from data.store.backup import back_up

    path = Path(arguments.file).expanduser().resolve()
    back_up(place.store, place.keeper, path)
    print_answer(new_answer("backup", "done", file=str(path)), arguments.json, [f"Wrote and verified {path}."])
    return 0


def restore_command(arguments: argparse.Namespace, place: Place) -> int:
    """Put a backup in the place of the store."""
    from data.store.backup import restore

    former = restore(find_file(arguments.file), place.store_path)
    kept = str(former) if former else None
    answer = new_answer("restore", "done", store=str(place.store_path), former_store=kept)
    lines = [f"Restored {arguments.file} to {place.store_path}."]
    lines += [f"The former store is kept as {kept}."] if kept else []
    print_answer(answer, arguments.json, lines)
    return 0
