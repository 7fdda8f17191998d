"""`template`, `plan` and `evaluate`: the plan workbook out and in, and what the plan costs."""

import argparse
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands.answers import Answer, money_text, new_answer, print_answer
from data.commands.place import Place, find_file
from data.jobs import run_job
from planning.bridge import LedgerBridge
from planning.errors import InputRefused
from planning.evaluation import Evaluation
from planning.money import format_cents, to_dollars

if TYPE_CHECKING:
    from data.store.plans import StoredPlan
    from data.workbooks.reading import PlanReading

READ_FUNCTION = "data.workbooks.reading:read_plan_file"


def template_command(arguments: argparse.Namespace, place: Place) -> int:
    """Write the plan workbook: the plan of record, or an empty one to fill."""
    from data.workbooks.template import write_plan_workbook

    stored = _load_plan_if_any(place)
    path = Path(arguments.file).expanduser()
    if path.exists() and not arguments.overwrite:
        raise InputRefused(f"{arguments.file} exists already.", "Name another file, or add --overwrite.")
    content = write_plan_workbook(stored.plan, stored.revision_id) if stored else write_plan_workbook(None)
    path.write_bytes(content)
    revision = stored.revision_id if stored else None
    answer = new_answer("template", "done", file=path.name, revision=revision)
    print_answer(answer, arguments.json, [f"Wrote {arguments.file}."])
    return 0


def plan_command(arguments: argparse.Namespace, place: Place) -> int:
    """Read a plan workbook; store it as a revision, or nothing at all when it has errors."""
    path = find_file(arguments.file)
    reading: PlanReading = run_job(READ_FUNCTION, {"path": str(path), "file_name": path.name})
    if reading.plan is None:
        print_answer(new_answer("plan", "refused", reading.findings, file=path.name), arguments.json)
        return InputRefused.exit_code
    from data.store.plans import save_plan

    reason = arguments.reason or f"Plan workbook {path.name}"
    viewer = place.keeper.at_district(place.district_id or reading.plan.district.district_id)
    saved = save_plan(place.store, viewer, reading.plan, reading.base_revision, reason)
    answer = new_answer(
        "plan", "done", reading.findings, file=path.name, revision=saved.revision_id, number=saved.number
    )
    print_answer(answer, arguments.json, [f"Stored as revision {saved.number} of the plan."])
    return 0


def evaluate_command(arguments: argparse.Namespace, place: Place) -> int:
    """Cost, funding and alignment of the plan of record, and how it meets the ledger."""
    from data.plan_of_record import evaluate_stored, load_ledger_bridge
    from data.store.plans import load_plan

    stored = load_plan(place.store, place.reader)
    if stored is None:
        raise InputRefused("This district has no plan yet.", "Store one with: plan FILE (template makes the file).")
    evaluation = evaluate_stored(stored, arguments.as_of or date.today())
    bridge = load_ledger_bridge(place.store, place.reader, evaluation)
    findings = [*evaluation.findings, *(bridge.findings if bridge else ())]
    answer = new_answer(
        "evaluate", "done", findings, **describe_evaluation(evaluation), bridge=bridge and describe_bridge(bridge)
    )
    print_answer(answer, arguments.json, list_cost_lines(evaluation))
    return 0


def describe_bridge(bridge: LedgerBridge) -> Answer:
    """The ledger bridge as plain data."""
    return {
        "fiscal_year": bridge.fiscal_year,
        "technology_in_ledger": _dollars(bridge.ledger_cents),
        "explained": _dollars(bridge.explained_cents),
        "unexplained": _dollars(bridge.unexplained_cents),
        "replaced": _dollars(bridge.replaced_cents),
        "new_money": _dollars(bridge.new.cents),
    }


def describe_evaluation(evaluation: Evaluation) -> Answer:
    """The evaluation as plain data: its stamp, the totals, and one entry for each initiative."""
    stamp = evaluation.stamp
    budgeted = evaluation.budgeted_atoms
    return {
        "district": stamp.district_id,
        "plan_revision": stamp.plan_revision,
        "scenario": stamp.scenario,
        "reference_version": stamp.reference_version,
        "method_version": stamp.method_version,
        "as_of": stamp.as_of.isoformat(),
        "years": list(evaluation.years),
        "total": _dollars(sum(atom.cents for atom in budgeted)),
        "by_year": {
            year: _dollars(sum(atom.cents for atom in budgeted if atom.fiscal_year == year))
            for year in evaluation.years
        },
        "initiatives": [
            {
                "initiative_id": item.initiative_id,
                "name": item.name,
                "included": item.included,
                "cost": _dollars(item.cost.cents),
                "committed": _dollars(item.committed.cents),
                "unfunded": _dollars(item.unfunded.cents),
                "savings": _dollars(item.savings.cents),
                "user_time": _dollars(item.user_time.cents),
                "present_value": money_text(Decimal(repr(item.present_value_cents)) / 100),
                "alignment": item.alignment.score,
                "rank": item.rank,
            }
            for item in evaluation.initiatives
        ],
    }


def list_cost_lines(evaluation: Evaluation) -> list[str]:
    """The initiatives as a person reads them in a terminal."""
    head = f"{'initiative':<44}{'cost':>16}{'without a source':>18}  alignment"
    rows = [
        f"{item.name[:43]:<44}{format_cents(item.cost.cents):>16}{format_cents(item.unfunded.cents):>18}"
        f"{item.alignment.score:>11.0f}{'' if item.included else '  (not in the plan)'}"
        for item in evaluation.initiatives
    ]
    total = sum(atom.cents for atom in evaluation.budgeted_atoms)
    return [head, *rows, f"{'Plan':<44}{format_cents(total, symbol=True):>16}"]


def _dollars(cents: int) -> str:
    return str(to_dollars(cents))


def _load_plan_if_any(place: Place) -> "StoredPlan | None":
    from data.store.plans import load_plan

    if not place.store_path.exists():
        return None
    return load_plan(place.store, place.reader)
