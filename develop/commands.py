"""The developer commands of the front door."""

import argparse
import sys
from collections.abc import Callable

from develop.browser import say_what_was_found
from develop.checks import Check, find_checks, run_checks
from develop.notices import write_notices
from develop.pins import refresh_pins
from develop.wheels import check_wheels
from techplan import DEVELOPER_COMMANDS


def main(command: str, arguments: list[str]) -> int:
    commands: dict[str, Callable[[list[str]], int]] = {
        "test": run_tests,
        "check-code": run_code_checks,
        "refresh-pins": run_refresh,
        "check-wheels": run_wheel_check,
    }
    return commands[command](arguments)


def run_tests(arguments: list[str]) -> int:
    """Every check, then pytest with the arguments given, so that pytest's own closing line stands near the end."""
    if arguments in (["--help"], ["-h"]):
        return _show_help("test", "Arguments go to pytest: for example -k budget, or tests/planning.")
    environment = say_what_was_found()
    pytest = Check("tests (pytest)", [sys.executable, "-m", "pytest", *arguments], environment)
    return run_checks([*find_checks(), pytest])


def run_code_checks(arguments: list[str]) -> int:
    _take_no_arguments("check-code", arguments)
    return run_checks(find_checks())


def run_refresh(arguments: list[str]) -> int:
    _take_no_arguments("refresh-pins", arguments)
    return refresh_pins() or write_notices()


def run_wheel_check(arguments: list[str]) -> int:
    _take_no_arguments("check-wheels", arguments)
    return check_wheels()


def _take_no_arguments(command: str, arguments: list[str]) -> None:
    argparse.ArgumentParser(prog=f"techplan.py {command}", description=DEVELOPER_COMMANDS[command]).parse_args(
        arguments
    )


def _show_help(command: str, words: str) -> int:
    print(f"python techplan.py {command}: {DEVELOPER_COMMANDS[command]}\n{words}")
    return 0
