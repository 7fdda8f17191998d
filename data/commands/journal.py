"""`journal`: the plan as budget entries and transfers, in a file an accounting system takes."""

import argparse
import hashlib
from datetime import date
from typing import TYPE_CHECKING

from data.commands.answers import money_text, new_answer, print_answer
from data.commands.place import Place, cannot_write, find_file, find_target
from data.store.viewer import Viewer
from planning.errors import InputRefused, UsageError
from planning.money import format_cents, to_dollars
from planning.permissions import Action

if TYPE_CHECKING:
    from data.store.database import Store
    from data.store.plans import StoredPlan
    from planning.choice.scenarios import Scenario
    from planning.evaluation import Evaluation
    from planning.findings import Finding
    from planning.journal import Journal, JournalLine


def journal_command(arguments: argparse.Namespace, place: Place) -> int:
    """Write the journal of the plan of record; what has no account or no source is a finding."""
    from data.exports.journal import JournalMapping, read_mapping, write_journal_csv
    from data.fund_outlook import load_journal
    from data.store.journals import record_journal
    from data.store.scenarios import find_scenario

    target = find_target(arguments.file)
    if target.exists() and not arguments.overwrite:
        raise InputRefused(f"{arguments.file} exists already.", "Name another file, or add --overwrite.")
    mapping = read_mapping(find_file(arguments.mapping)) if arguments.mapping else JournalMapping()
    store, viewer = place.existing_store, place.check_known(place.reader)
    viewer.check_may(Action.EXPORT_JOURNAL)
    scenario = find_scenario(store, viewer, arguments.scenario) if arguments.scenario else None
    stored, doubts = _load_plan(store, viewer, arguments.adopted, scenario)
    evaluation = _evaluate_plan(stored, arguments.fiscal_year, scenario)
    journal = load_journal(
        store, viewer, evaluation, evaluation.stamp.as_of, mapping.accounts, arguments.fiscal_year, arguments.whole
    )
    content = write_journal_csv(journal, mapping).encode("utf-8")
    try:
        target.write_bytes(content)
    except OSError as error:
        raise cannot_write(arguments.file, error) from error
    digest, revision = hashlib.sha256(content).hexdigest(), evaluation.stamp.plan_revision
    record_journal(store, viewer, journal, revision or "", digest, target.name, arguments.scenario or "")
    receipt = {"file": str(target), "sha256": digest, "district": viewer.district_id, "plan_revision": revision}
    answer = new_answer("journal", "done", (*doubts, *journal.findings), **receipt, **_describe_journal(journal))
    print_answer(answer, arguments.json, _list_lines(journal, arguments.file))
    return 0


def _load_plan(
    store: "Store", viewer: Viewer, adopted: bool, scenario: "Scenario | None"
) -> "tuple[StoredPlan, tuple[Finding, ...]]":
    """The plan of record, or the one that was adopted last; and what is to be said where the two differ."""
    from data.fund_outlook import check_adopted, load_adopted
    from data.store.plans import load_plan
    from data.store.workflow import load_status

    status = load_status(store, viewer)
    stored = load_adopted(store, viewer, status) if adopted else load_plan(store, viewer)
    if stored is None and adopted:
        raise InputRefused("No plan of this district has been adopted yet.", "Leave --adopted out to take the draft.")
    if stored is None:
        raise InputRefused("This district has no plan yet.", "Store one with: plan FILE (template makes the file).")
    return stored, check_adopted(stored, status, scenario)


def _evaluate_plan(stored: "StoredPlan", fiscal_year: str | None, scenario: "Scenario | None") -> "Evaluation":
    """The plan today; the year asked for must be one of its own."""
    from data.plan_of_record import evaluate_stored

    evaluation = evaluate_stored(stored, date.today(), scenario)
    if fiscal_year not in (None, *evaluation.years):
        raise UsageError(f"The plan has no year {fiscal_year!r}.", f"Choose one of {', '.join(evaluation.years)}.")
    return evaluation


def _describe_journal(journal: "Journal") -> dict[str, object]:
    return {
        "lines": len(journal.lines),
        "debit": money_text(to_dollars(journal.debit_cents)),
        "credit": money_text(to_dollars(journal.credit_cents)),
        "entries": _list_entries(journal),
    }


def _list_entries(journal: "Journal") -> list[dict[str, str | int | None]]:
    """One entry for each fiscal year and fund, with what is debited and credited in it."""
    entries: dict[str, list[JournalLine]] = {}
    for line in journal.lines:
        entries.setdefault(line.entry, []).append(line)
    return [
        {
            "entry": name,
            "fiscal_year": lines[0].fiscal_year,
            "fund": lines[0].fund_code,
            "lines": len(lines),
            "debit": money_text(to_dollars(sum(line.debit_cents for line in lines))),
            "credit": money_text(to_dollars(sum(line.credit_cents for line in lines))),
        }
        for name, lines in entries.items()
    ]


def _list_lines(journal: "Journal", file: str) -> list[str]:
    totals = f"{format_cents(journal.debit_cents, 2, symbol=True)} debited and credited"
    return [
        f"Wrote {file}: {len(journal.lines)} lines, {totals}.",
        *(
            f"  {entry['entry']:<22}{entry['lines']:>4} lines {entry['debit']:>18} {entry['credit']:>18}"
            for entry in _list_entries(journal)
        ),
    ]
