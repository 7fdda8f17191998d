"""What a command answers: one object for `--json`, and the same in plain lines for a person.

Money is text with two decimals; other numbers are numbers.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from data.commands.caller import find_err, find_out
from planning.errors import InputRefused, JobStopped, NotPermitted, TechplanError
from planning.findings import Finding, FindingKind
from planning.money import round_half_up
from planning.vocabulary import Severity

Answer = dict[str, Any]

INPUT_REFUSED = FindingKind("input_refused", Severity.ERROR, "{message}", "{next_step}")
NOT_PERMITTED = FindingKind("not_permitted", Severity.ERROR, "{message}", "{next_step}")
WORK_STOPPED = FindingKind("work_stopped", Severity.ERROR, "{message}", "{next_step}")
# An exit code of 4 promises that the reason is a finding.
_KINDS = ((JobStopped, WORK_STOPPED), (NotPermitted, NOT_PERMITTED), (InputRefused, INPUT_REFUSED))
_STATUS_OF_EXIT = {2: "usage", 3: "needs_choice", 4: "refused", 5: "store_unavailable"}


def new_answer(command: str, status: str, findings: Iterable[Finding] = (), **fields: object) -> Answer:
    """The answer of a command, as `techplan.<command>/1`."""
    rows = [finding.as_dict() for finding in findings]
    return {"schema": f"techplan.{command}/1", "status": status, "findings": rows, **fields}


def list_error_findings(error: TechplanError) -> list[Finding]:
    """The findings of an error, or the error itself as one where it refuses the input without any."""
    if error.findings:
        return list(error.findings)
    kind = next((kind for class_, kind in _KINDS if isinstance(error, class_)), None)
    return [kind.at(message=error.message, next_step=error.next_step)] if kind else []


def answer_error(command: str, error: TechplanError) -> Answer:
    """The answer of a command that could not do what was asked."""
    status = _STATUS_OF_EXIT.get(error.exit_code, "failed")
    words = {"message": error.message, "next_step": error.next_step}
    return new_answer(command, status, list_error_findings(error), **words)


def money_text(amount: Decimal | None) -> str | None:
    """Money as text with two decimals; nothing stays nothing."""
    return None if amount is None else f"{round_half_up(amount, 2):f}"


def print_answer(answer: Answer, as_json: bool, lines: Iterable[str] = ()) -> None:
    """Findings in words to stderr; the object or the lines to stdout."""
    for row in answer["findings"]:
        print(_describe_finding(row), file=find_err())
    message = answer.get("message", "")
    if message and message not in [row["message"] for row in answer["findings"]]:
        print(make_plain(f"techplan: {message} {answer['next_step']}".strip()), file=find_err())
    if as_json:
        is_unicode = (find_out().encoding or "").lower().replace("-", "") == "utf8"
        print(json.dumps(answer, ensure_ascii=not is_unicode, allow_nan=False), file=find_out())
        return
    for line in lines:
        print(make_plain(line), file=find_out())


def _describe_finding(row: Mapping[str, str]) -> str:
    place = "!".join(part for part in (row["sheet"], row["cell"]) if part)
    words = " ".join(part for part in (row["message"], row["fix"]) if part)
    return make_plain(f"{row['severity']}: {place + ': ' if place else ''}{words}")


def make_plain(text: str) -> str:
    """Text on one line without control characters: what a file says must not steer the terminal that shows it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
