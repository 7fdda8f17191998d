"""The command line: `python techplan.py COMMAND …`; exit codes and answers are in docs/commands.md."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from data.commands import budget, keeping, plan
from data.commands.answers import new_answer, print_answer
from data.commands.place import Place
from data.logs import current_request_id, set_up_logs, start_request
from data.settings import Settings, load_settings
from planning.errors import TechplanError

BUG_EXIT_CODE = 70
Command = Callable[[argparse.Namespace, Place], int]
log = logging.getLogger("data.commands")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback ever reaches a person."""
    arguments = build_parser().parse_args(argv)
    start_request()
    try:
        settings = load_settings()
        set_up_logs(settings.log)
        return arguments.run(arguments, _find_place(arguments, settings))
    except TechplanError as error:
        return _report(arguments, error)
    except Exception:  # the outer border: an error nobody foresaw is our bug, said in one line
        log.exception("a command failed")
        print(f"techplan: something went wrong that is our fault (log entry {current_request_id()}).", file=sys.stderr)
        return BUG_EXIT_CODE


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="techplan", description="Technology planning and budgeting for districts.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    read = _add(commands, "read", budget.read_command)
    read.add_argument("file", metavar="FILE")
    read.add_argument("--lines", metavar="OUT.csv", help="write the budget lines that import would publish")
    importing = _add(commands, "import", budget.import_command)
    importing.add_argument("file", metavar="FILE")
    importing.add_argument("--series", metavar="NAME", help="the budget series this is a version of")
    for command in (read, importing):
        command.add_argument("--answer", metavar="KEY=VALUE", action="append", default=[], help="answer a question")
    plan_in = _add(commands, "plan", plan.plan_command)
    plan_in.add_argument("file", metavar="FILE")
    plan_in.add_argument("--reason", metavar="WORDS", help="why, for the audit trail")
    template = _add(commands, "template", plan.template_command)
    template.add_argument("file", metavar="FILE", nargs="?", default="techplan-plan.xlsx")
    template.add_argument("--overwrite", action="store_true", help="replace the file if it exists")
    evaluating = _add(commands, "evaluate", plan.evaluate_command)
    evaluating.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="the day rules are looked up for")
    for name, run in (("backup", keeping.backup_command), ("restore", keeping.restore_command)):
        _add(commands, name, run).add_argument("file", metavar="FILE")
    _add(commands, "check", keeping.check_command)
    _add(commands, "districts", keeping.districts_command)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Command
) -> argparse.ArgumentParser:
    summary = (run.__doc__ or "").strip().splitlines()[0]
    command = commands.add_parser(name, help=summary, description=summary)
    command.add_argument("--json", action="store_true", help="one object to standard output")
    command.add_argument("--store", metavar="FILE", type=Path, help="the store's file")
    command.add_argument("--district", metavar="ID", help="the district")
    command.set_defaults(run=run)
    return command


def _find_place(arguments: argparse.Namespace, settings: Settings) -> Place:
    store = arguments.store.expanduser().absolute() if arguments.store else settings.store
    return Place(store, settings.actor, arguments.district or settings.district)


def _report(arguments: argparse.Namespace, error: TechplanError) -> int:
    answer = new_answer(arguments.command, "refused", error.findings, message=error.message, next_step=error.next_step)
    print_answer(answer, arguments.json)
    if not error.findings:
        print(f"techplan: {error}", file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
