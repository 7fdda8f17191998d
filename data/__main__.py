"""The command line: `python techplan.py COMMAND …`; options, exit codes and answers are in docs/commands.md."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from data.commands.place import Place
from data.logs import current_request_id, set_up_logs, start_request
from data.settings import Settings, load_settings
from planning.errors import TechplanError, UsageError
from planning.permissions import Role

EXIT_BUG, EXIT_INTERRUPTED = 70, 130
log = logging.getLogger("data.commands")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: where its function is, imported only when it runs, and what it does."""

    function: str
    summary: str
    uses_store: bool = True

    def load(self) -> Callable[[argparse.Namespace, Place], int]:
        module, _, name = self.function.partition(":")
        return getattr(import_module(f"data.commands.{module}"), name)


COMMANDS = {
    "read": Command(
        "budget:read_command", "Understand a budget workbook and say what was found; nothing is stored.", False
    ),
    "import": Command("budget:import_command", "Publish a budget workbook as the current version of its series."),
    "plan": Command("plan:plan_command", "Read a plan workbook and store it as a revision, or nothing."),
    "template": Command("plan:template_command", "Write the plan workbook: the plan of record, or an empty one."),
    "evaluate": Command("evaluation:evaluate_command", "Cost, funding, gaps and alignment of the plan of record."),
    "journal": Command("journal:journal_command", "The plan as budget entries and transfers for an accounting system."),
    "backup": Command("keeping:backup_command", "Copy the store to a file, and read the copy back."),
    "restore": Command("keeping:restore_command", "Put a backup in the place of the store."),
    "drill": Command("keeping:drill_command", "Take a backup, restore it elsewhere, and compare the two."),
    "check": Command("keeping:check_command", "Verify the audit chain, every stored row and the totals of the store."),
    "audit": Command("audit:audit_command", "Who changed what, when and why, and the hash the trail ends with."),
    "districts": Command("keeping:districts_command", "List the districts of the store."),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback ever reaches a person."""
    words = list(sys.argv[1:] if argv is None else argv)
    start_request()
    try:
        code = _run(words)
        sys.stdout.flush()
    except TechplanError as error:
        return _report(words, error)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return EXIT_INTERRUPTED
    return code


def _run(words: Sequence[str]) -> int:
    log_path: Path | None = None
    try:
        arguments = build_parser().parse_args(words)
        settings = _load_settings(arguments)
        log_path = settings.log
        set_up_logs(log_path)
        command = COMMANDS[arguments.command]
        code = _delegate(words, settings) if command.uses_store else None
        return _run_here(arguments, settings) if code is None else code
    except (TechplanError, BrokenPipeError):
        raise
    except Exception:  # the outer border: an error nobody foresaw is our bug, said in one line
        log.exception("a command failed")
        return _report_bug(words, log_path)


def _delegate(words: Sequence[str], settings: Settings) -> int | None:
    """Through the dashboard where one has this store open; None where none has."""
    if not settings.store.with_name(f"{settings.store.name}.dashboard").exists():
        return None
    from data.service.client import delegate

    return delegate(words, settings)


def _run_here(arguments: argparse.Namespace, settings: Settings) -> int:
    place = Place(settings.store, settings.actor, settings.district, Role(arguments.role))
    with closing(place):
        return COMMANDS[arguments.command].load()(arguments, place)


def run_for_caller(words: Sequence[str], store: Path, actor: str, district: str | None) -> int:
    """Run a command that another process handed to this one, on the store that this one has open."""
    try:
        arguments = build_parser().parse_args(words)
        settings = Settings(store, store.with_suffix(".log"), district=arguments.district or district, actor=actor)
        return _run_here(arguments, settings)
    except TechplanError as error:
        return _report(words, error)
    except Exception:  # the same border, for the other process
        log.exception("a command failed")
        return _report_bug(words, load_settings().log)


class _Parser(argparse.ArgumentParser):
    """Says what was not understood through the same door as every other error."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"See: {self.prog} --help")


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = _Parser(
        prog="techplan.py", description="Technology planning and budgeting for districts.", allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    added = {name: _add_command(commands, name, command.summary) for name, command in COMMANDS.items()}
    for name, words in (("read", "the budget workbook"), ("import", "the budget workbook"), ("plan", "the workbook")):
        added[name].add_argument("file", metavar="FILE", help=words)
    added["read"].add_argument("--lines", metavar="OUT.csv", help="write the budget lines that import would publish")
    added["import"].add_argument("--series", metavar="NAME", help="the budget series this is a version of")
    added["import"].add_argument(
        "--as-read", action="store_true", help="leave out what was said of the columns of last year's file"
    )
    for name in ("read", "import"):
        added[name].add_argument(
            "--answer", metavar="KEY=VALUE", action="append", default=[], help="answer a question of the reading"
        )
    added["plan"].add_argument("--reason", metavar="WORDS", help="why, for the audit trail")
    added["plan"].add_argument(
        "--answer", metavar="KEY=VALUE", action="append", default=[], help="decide about a row: mine, theirs, or delete"
    )
    added["template"].add_argument(
        "file", metavar="FILE", nargs="?", default="techplan-plan.xlsx", help="techplan-plan.xlsx when not given"
    )
    added["template"].add_argument("--overwrite", action="store_true", help="replace the file if it exists")
    added["evaluate"].add_argument(
        "--as-of", metavar="DATE", type=_read_date, help="the day that rules and rates are looked up for; today"
    )
    added["evaluate"].add_argument("--scenario", metavar="NAME", help="what a saved scenario makes of the plan")
    added["journal"].add_argument("file", metavar="FILE", help="the journal, as CSV")
    added["journal"].add_argument("--mapping", metavar="MAP.csv", help="columns and accounts as the system wants them")
    added["journal"].add_argument("--fiscal-year", metavar="YEAR", help="one fiscal year, like FY2027-28")
    added["journal"].add_argument("--whole", action="store_true", help="everything, not only what it changes")
    added["journal"].add_argument("--scenario", metavar="NAME", help="what a saved scenario makes of the plan")
    added["journal"].add_argument("--adopted", action="store_true", help="the plan as it was adopted last")
    added["journal"].add_argument("--overwrite", action="store_true", help="replace the file if it exists")
    added["backup"].add_argument("file", metavar="FILE", help="the copy; it must not exist yet")
    added["restore"].add_argument("file", metavar="FILE", help="a file that backup wrote")
    _add_audit_arguments(added["audit"])
    return parser


def _add_audit_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", nargs="?", help="write the events as CSV")
    command.add_argument("--overwrite", action="store_true", help="replace the file if it exists")
    command.add_argument("--of-store", action="store_true", help="events of the whole store: backups, restores, drills")
    command.add_argument("--action", metavar="ACTION", help="only this action, like save_plan")
    command.add_argument("--actor", metavar="NAME", help="only what this person did")
    command.add_argument("--since", metavar="DATE", type=_read_date, help="from this day on")
    command.add_argument("--until", metavar="DATE", type=_read_date, help="up to this day")
    command.add_argument("--words", metavar="WORDS", help="only where the reason or the change says this")


def _add_command(commands: "argparse._SubParsersAction[_Parser]", name: str, summary: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    command.add_argument("--json", action="store_true", help="one object to standard output")
    command.add_argument("--store", metavar="FILE", type=Path, help="the store's file (setting TECHPLAN_STORE)")
    command.add_argument("--district", metavar="ID", help="the district (setting TECHPLAN_DISTRICT)")
    command.add_argument(
        "--role", choices=[role.value for role in Role], default=Role.ADMIN.value, help="act in a lower role"
    )
    return command


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-07-01") from error


def _load_settings(arguments: argparse.Namespace) -> Settings:
    """The settings with what the command names instead; a log beside the store stays beside it."""
    settings = load_settings()
    if arguments.district:
        settings = replace(settings, district=arguments.district)
    if arguments.store is None:
        return settings
    store: Path = arguments.store.expanduser().absolute()
    is_beside = settings.log == settings.store.parent / settings.log.name and store.parent.is_dir()
    return replace(settings, store=store, log=store.parent / settings.log.name if is_beside else settings.log)


def _report(words: Sequence[str], error: TechplanError) -> int:
    from data.commands.answers import answer_error, print_answer

    print_answer(answer_error(_find_command(words), error), "--json" in words)
    return error.exit_code


def _report_bug(words: Sequence[str], log_path: Path | None) -> int:
    from data.commands.answers import new_answer, print_answer

    where = f"The log {log_path} has it under {current_request_id()}." if log_path else "No log was open yet."
    message = "Something went wrong, and it is Techplan's fault."
    answer = new_answer(_find_command(words), "failed", message=message, next_step=where)
    print_answer(answer, "--json" in words)
    return EXIT_BUG


def _find_command(words: Sequence[str]) -> str:
    return next((word for word in words if word in COMMANDS), "command")


def _drop_output() -> None:
    """Whoever read our output is gone: what is still unwritten must not raise again when the interpreter ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
