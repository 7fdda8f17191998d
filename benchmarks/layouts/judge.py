"""Lays a reading beside the truth of its file and says in one word how it went."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from benchmarks.layouts.printed import Key
from benchmarks.layouts.truth import Layout
from data.intake.model import Question, Reading
from data.intake.reading import read_budget_file
from planning.findings import Finding
from planning.vocabulary import ReadingStatus, Severity, Side, Unit

_FLOWS = {
    "expenditure": "out",
    "transfer_out": "out",
    "revenue": "in",
    "transfer_in": "in",
    "fund_balance": "in",
}
_NEAR = Decimal("0.005")


class Outcome(StrEnum):
    """How a reading went, from best to worst."""

    RIGHT = "right"
    ASKED_NEEDLESSLY = "asked needlessly"
    FALSE_WARNING = "false warning"
    MISCOUNTED = "lines miscounted"
    MISSED_DEFECT = "wrong printed total not reported"
    REFUSED_WRONGLY = "refused wrongly"
    WRONG_BUT_SAID = "wrong but said"
    SILENTLY_WRONG = "silently wrong"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Verdict:
    """The outcome with what was expected and found where they differ."""

    outcome: Outcome
    why: tuple[str, ...] = ()
    questions: int = 0


def read_layout(layout: Layout, answers: Mapping[str, str] | None = None) -> Reading:
    """Reads the file of a layout as a person's upload is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / layout.file_name
        path.write_bytes(layout.content)
        return read_budget_file(str(path), layout.file_name, answers)


def judge(layout: Layout) -> Verdict:
    """Reads the file, answers what it asks with the truth, and compares."""
    try:
        reading = read_layout(layout)
        asked = reading.questions
        # A second time: an answer can raise another question.
        answers: dict[str, str] = {}
        for _ in range(2):
            answers.update({q.key: answer for q in reading.questions if (answer := _answer(q, layout))})
            if answers:
                reading = read_layout(layout, answers)
    except Exception as error:  # noqa: BLE001 - a crash of the reader is an outcome here
        return Verdict(Outcome.CRASHED, (repr(error)[:200],))
    if not layout.truth.is_budget:
        return _judge_other(reading)
    return _judge_budget(layout, reading, len(asked))


def _answer(question: Question, layout: Layout) -> str:
    """What a person who knows the district would answer; nothing where the truth does not say."""
    truth = layout.truth
    kind = question.key.split(":")[0]
    if kind == "fiscal_year":
        years = {key.fiscal_year for key in truth.totals}
        return min(years).removeprefix("FY") if len(years) == 1 else ""
    if kind == "side":
        sides = {key.side for key in truth.totals}
        return sides.pop() if len(sides) == 1 else ""
    if kind == "hidden_totals":
        return _answer_hidden(question, layout)
    return question.default


def _answer_hidden(question: Question, layout: Layout) -> str:
    found = re.search(r"row (\d+) of sheet (.+?)\. ", question.question)
    if not found:
        return question.default
    sheet = next((sheet for sheet in layout.sheets if sheet.name == found[2]), layout.sheets[0])
    row = int(found[1]) - 1
    roles = {cell.role for (at, _), cell in sheet.panel.cells.items() if at == row}
    return "lines" if "detail" in roles else "totals"


def _judge_other(reading: Reading) -> Verdict:
    imported = [str(total) for total in reading.totals if total.unit is Unit.USD and total.detail_total]
    if reading.status is ReadingStatus.REFUSED or not imported:
        return Verdict(Outcome.RIGHT)
    said = reading.questions or _list_warnings(reading)
    return Verdict(Outcome.WRONG_BUT_SAID if said else Outcome.SILENTLY_WRONG, tuple(imported))


def _judge_budget(layout: Layout, reading: Reading, questions: int) -> Verdict:
    if reading.status is ReadingStatus.REFUSED:
        return Verdict(Outcome.REFUSED_WRONGLY, tuple(f.message for f in reading.findings), questions)
    differences = _compare_totals(layout, reading)
    warnings = _list_warnings(reading)
    if differences:
        outcome = Outcome.WRONG_BUT_SAID if warnings or reading.questions else Outcome.SILENTLY_WRONG
        said = [f"  said: {warning.code} {warning.sheet}!{warning.cell}" for warning in warnings[:4]]
        said += [f"  asks: {question.key}" for question in reading.questions]
        return Verdict(outcome, (*differences, *said), questions)
    missed = _list_missed(layout, reading)
    if missed:
        return Verdict(Outcome.MISSED_DEFECT, tuple(missed), questions)
    bounds = layout.truth.lines
    if bounds and not bounds[0] <= reading.published_lines <= bounds[1]:
        return Verdict(Outcome.MISCOUNTED, (f"{reading.published_lines} lines, not {bounds}",), questions)
    false = _list_false(layout, warnings)
    if false:
        return Verdict(Outcome.FALSE_WARNING, tuple(false), questions)
    return Verdict(Outcome.ASKED_NEEDLESSLY if questions > 2 else Outcome.RIGHT, (), questions)


def _list_warnings(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.severity is not Severity.NOTE]


def _compare_totals(layout: Layout, reading: Reading) -> list[str]:
    """Truths that the reading does not have, and totals of dollars or positions that nobody budgeted.

    Where "Less:" lines take something off a total, the total before and the total after are both true of the file.
    """
    gross = _flow(layout.truth.totals)
    off = _flow(layout.truth.taken_off)
    differences = _compare(layout, reading, gross)
    if not differences or not off:
        return differences
    return _compare(layout, reading, {key: amount + off.get(key, 0) for key, amount in gross.items()})


def _compare(layout: Layout, reading: Reading, expected: Mapping[Key, Decimal]) -> list[str]:
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for total in reading.totals:
        if total.side is Side.FUND_BALANCE and layout.truth.balances:
            continue  # neither revenue nor expenditure: counted as a balance or not at all
        if total.unit in (Unit.USD, Unit.FTE) and total.detail_total:
            key = Key(total.fiscal_year or "", str(total.basis), str(total.unit), str(total.side))
            found[key] += total.detail_total
    read = _flow(found)
    if not layout.truth.side_said:
        read = _side_as(read, expected)
    keys = sorted({*expected, *read})
    return [
        f"{key.fiscal_year} {key.basis} {key.unit} {key.side}: {read.get(key, 0)} not {expected.get(key, 0)}"
        for key in keys
        if abs(read.get(key, Decimal(0)) - expected.get(key, Decimal(0))) > _NEAR
    ]


def _flow(totals: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Totals by what comes in and what goes out: a transfer is money of its side."""
    flows: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in totals.items():
        flows[Key(key.fiscal_year, key.basis, key.unit, _FLOWS.get(key.side, key.side))] += amount
    return flows


def _side_as(read: Mapping[Key, Decimal], expected: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Where the file does not say which side it is, "unknown" is as true."""
    side = next(iter(expected)).side
    return {
        Key(key.fiscal_year, key.basis, key.unit, side if key.side == "unknown" else key.side): amount
        for key, amount in read.items()
    }


def _list_missed(layout: Layout, reading: Reading) -> list[str]:
    """Printed totals that are wrong on purpose, and malformed amounts, of which the reading says nothing."""
    spoken = {(finding.sheet, finding.cell) for finding in reading.findings}
    spoken |= {(tie.sheet, tie.cell) for tie in reading.tie_outs if tie.difference}
    places = {(wrong.sheet, wrong.cell) for wrong in layout.truth.wrong} | set(layout.truth.malformed)
    if layout.file_name.endswith(("csv", "tsv")):
        spoken, places = {("", cell) for _, cell in spoken}, {("", cell) for _, cell in places}
    return [f"nothing is said of {sheet}!{cell}" for sheet, cell in sorted(places - spoken)]


def _list_false(layout: Layout, warnings: list[Finding]) -> list[str]:
    """Warnings that are not about what is wrong on purpose."""
    if layout.truth.malformed:
        return []
    cells = {wrong.cell for wrong in layout.truth.wrong}
    return [f"{w.code} {w.sheet}!{w.cell}: {w.message}" for w in warnings if w.cell not in cells]
