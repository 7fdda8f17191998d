"""`template` and `plan`: the plan workbook out and in."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.answers import new_answer, print_answer
from data.commands.place import Place, cannot_write, find_file, find_target
from data.commands.plan_questions import PlanAnswers, match_answers, parse_plan_answers, print_questions
from data.jobs import run_job
from planning.errors import InputRefused

if TYPE_CHECKING:
    from data.store.plans import PlanRevision, StoredPlan
    from data.store.viewer import Viewer
    from data.workbooks.reading import PlanReading
    from planning.findings import Finding
    from planning.model import Plan

READ_FUNCTION = "data.workbooks.reading:read_plan_file"
Changes = dict[str, dict[str, list[str]]]


def template_command(arguments: argparse.Namespace, place: Place) -> int:
    """Write the plan workbook: the plan of record, or an empty one to fill."""
    from data.workbooks.template import write_plan_workbook

    path = find_target(arguments.file)
    if path.exists() and not arguments.overwrite:
        raise InputRefused(f"{arguments.file} exists already.", "Name another file, or add --overwrite.")
    stored = _load_plan_if_any(place)
    content = (
        write_plan_workbook(stored.plan, stored.revision_id)
        if stored
        else write_plan_workbook(None, district=_name_district(place))
    )
    try:
        path.write_bytes(content)
    except OSError as error:
        raise cannot_write(arguments.file, error) from error
    answer = new_answer(
        "template",
        "done",
        file=str(path),
        district=stored.plan.district.district_id if stored else None,
        revision=stored.revision_id if stored else None,
    )
    what = f"revision {stored.revision.number} of the plan" if stored else "an empty plan workbook to fill"
    print_answer(answer, arguments.json, [f"Wrote {arguments.file}: {what}."])
    return 0


def plan_command(arguments: argparse.Namespace, place: Place) -> int:
    """Read a plan workbook; store its changes as a revision, or nothing at all when it has errors or questions."""
    path = find_file(arguments.file)
    answers = parse_plan_answers(arguments.answer)
    reading: PlanReading = run_job(READ_FUNCTION, {"path": str(path), "file_name": path.name})
    if reading.plan is None:
        answer = new_answer("plan", "refused", reading.findings, file=path.name)
        print_answer(answer, arguments.json, [f"{path.name} was not stored: it has {len(reading.findings)} findings."])
        return InputRefused.exit_code
    viewer = place.keeper.at_district(place.district_id or reading.plan.district.district_id)
    reason = arguments.reason or f"Plan workbook {path.name}"
    if place.is_new:
        return _store_first(reading, viewer, reason, arguments, place)
    return _store_merged(reading, viewer, reason, answers, arguments, place)


def _store_first(
    reading: "PlanReading", viewer: "Viewer", reason: str, arguments: argparse.Namespace, place: Place
) -> int:
    from data.store.plans import save_plan

    assert reading.plan is not None
    saved = save_plan(place.store, viewer, reading.plan, None, reason)
    return _print_saved(saved, None, reading.plan, reading.findings, viewer, arguments)


def _store_merged(
    reading: "PlanReading",
    viewer: "Viewer",
    reason: str,
    answers: PlanAnswers,
    arguments: argparse.Namespace,
    place: Place,
) -> int:
    """The workbook beside the plan: what nobody else touched is stored, the rest is asked."""
    from data.store.plans import load_plan
    from data.workbooks.comparison import compare_workbook, list_open_conflicts, save_comparison

    assert reading.plan is not None
    comparison = compare_workbook(place.store, viewer, reading.plan, reading.base_revision)
    choices, deleted = match_answers(answers, comparison)
    findings = (*reading.findings, *comparison.list_findings(deleted))
    if conflicts := list_open_conflicts(comparison.split(deleted), choices):
        return print_questions(conflicts, comparison, findings, Path(arguments.file).name, viewer, arguments.json)
    saved = save_comparison(place.store, viewer, comparison, reason, choices, deleted)
    stored = load_plan(place.store, viewer, saved.revision_id)
    before = comparison.current.plan if comparison.current else None
    return _print_saved(saved, before, stored.plan if stored else reading.plan, findings, viewer, arguments)


def _print_saved(
    saved: "PlanRevision",
    before: "Plan | None",
    after: "Plan",
    findings: Sequence["Finding"],
    viewer: "Viewer",
    arguments: argparse.Namespace,
) -> int:
    changes = {} if saved.already else list_entry_changes(before, after)
    receipt = {
        "file": Path(arguments.file).name,
        "district": viewer.district_id,
        "revision": saved.revision_id,
        "number": saved.number,
        "already": saved.already,
        "changes": changes,
    }
    said = {(finding.code, finding.message) for finding in findings}
    of_money = [one for one in _list_new_findings(before, after, saved) if (one.code, one.message) not in said]
    answer = new_answer("plan", "done", [*findings, *of_money], **receipt)
    print_answer(answer, arguments.json, _list_saved_lines(saved, changes))
    return 0


def _list_new_findings(before: "Plan | None", after: "Plan", saved: "PlanRevision") -> tuple["Finding", ...]:
    """What evaluating the plan says that it did not say before: money that may not pay, or is not there."""
    from data.plan_of_record import evaluate_plan
    from planning.revisions.effects import list_new_findings

    if saved.already:
        return ()
    day = saved.saved_at.date()
    return list_new_findings(evaluate_plan(before, day) if before else None, evaluate_plan(after, day))


def list_entry_changes(before: "Plan | None", after: "Plan") -> Changes:
    """The entries added, changed and removed in each section of the plan, by their ids; only sections with any."""
    from data.store.plans import list_changes

    changes: Changes = {}
    for section, entries in list_changes(before, after).items():
        if section == "district":
            changes[section] = {"changed": ["district"]}
            continue
        for name, change in entries.items():
            kind = _name_change(change)
            changes.setdefault(section, {}).setdefault(kind, []).append(name)
    return changes


def _name_change(change: object) -> str:
    assert isinstance(change, dict)
    if change["from"] is None:
        return "added"
    return "removed" if change["to"] is None else "changed"


def _list_saved_lines(saved: "PlanRevision", changes: Changes) -> list[str]:
    if saved.already:
        return [f"Nothing changed: this is revision {saved.number} of the plan."]
    lines = [f"Stored as revision {saved.number} of the plan."]
    for section, kinds in changes.items():
        for kind, names in kinds.items():
            shown = f": {', '.join(names)}" if kind == "removed" or len(names) <= 5 else ""
            lines.append(f"  {section.replace('_', ' ')}: {len(names)} {kind}{shown}")
    return lines


def _name_district(place: Place) -> tuple[str, str]:
    """The id and the name that an empty workbook says already, as far as they are known."""
    from data.store.districts import load_district

    if place.district_id not in place.list_known():
        return place.district_id or "", ""
    district = load_district(place.store, place.writer)
    return place.writer.district_id, district.name if district else ""


def _load_plan_if_any(place: Place) -> "StoredPlan | None":
    """The plan of the district that would be changed; the sample's only where it is named."""
    from data.samples import SAMPLE_DISTRICT_ID
    from data.store.plans import load_plan

    if place.is_new:
        return None
    if not place.district_id and not set(place.list_known()) - {SAMPLE_DISTRICT_ID}:
        return None
    return load_plan(place.store, place.writer)
