"""What must stay when a workbook is printed another way, and how a reading that lost it is judged."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from data.intake.model import ColumnTotal, Reading, Table
from data.intake.reconcile import is_mismatch
from planning.vocabulary import ReadingStatus, RowRole, Severity, TableKind, Unit

_CODES = ("fund_code", "function_code", "object_code", "location_code", "program_code", "project_code", "side")


class Verdict(StrEnum):
    RIGHT = "right"
    NOISY = "right, but a warning or question too many"
    SAID = "wrong with a finding or question"
    SILENT = "silently wrong"


@dataclass(frozen=True, slots=True)
class Truths:
    """Everything of a reading that no way of printing may change."""

    status: ReadingStatus
    totals: Counter
    printed: Counter
    ties: Counter
    lines: int
    tables: Counter
    codes: Counter


def find_truths(reading: Reading) -> Truths:
    """The totals with their meaning, every tie-out, lines, kinds of tables, and the money under every code."""
    return Truths(
        reading.status,
        Counter((*_meaning(total), total.detail_total) for total in reading.totals if total.detail_total),
        Counter((*_meaning(total), total.printed_total) for total in reading.totals if total.printed_total),
        Counter((tie.printed, tie.detail) for tie in reading.tie_outs if tie.printed or tie.detail),
        reading.published_lines,
        Counter(
            (t.kind, sum(role is RowRole.DETAIL for role in t.roles.values())) for t in reading.tables if _tells(t)
        ),
        Counter(code for table in reading.tables if table.counted for code in _add_codes(table)),
    )


def _meaning(total: ColumnTotal) -> tuple:
    """A column of positions beside two of money takes its basis from its neighbour: no truth of its own."""
    return total.fiscal_year, total.basis if total.unit is Unit.USD else None, total.unit, total.side


def _tells(table: Table) -> bool:
    """Whether a table is counted, or named as what else it is; other figures around a budget may come and go."""
    return table.counted or table.kind in (TableKind.REGISTER, TableKind.FORM)


def _add_codes(table: Table) -> list[tuple[str, str, int]]:
    """Dollars of every code (in cents), over all columns of a table; where two tables share a code both stand."""
    money = [column.column for column in table.columns if column.unit is Unit.USD]
    sums: dict[tuple[str, str], list[float]] = {}
    for name in _CODES:
        codes = table.lines.attributes.get(name, ())
        for letter in money:
            for code, amount in zip(codes, table.lines.amounts.get(letter, ()), strict=False):
                if amount == amount:
                    sums.setdefault((name, code), []).append(amount)
    return [(name, code, round(100 * fsum(amounts))) for (name, code), amounts in sums.items() if fsum(amounts)]


def list_differences(truths: Truths, other: Truths) -> list[str]:
    """Which truths of two readings differ, by name."""
    return [name for name in Truths.__slots__ if getattr(truths, name) != getattr(other, name)]


def judge(original: Reading, reading: Reading, lost: Container[str] = ()) -> tuple[Verdict, list[str]]:
    """How the reading of a variant stands against that of the original, and what differs; `lost` truths are gone."""
    differences = [name for name in list_differences(find_truths(original), find_truths(reading)) if name not in lost]
    if lost and not differences:
        return Verdict.RIGHT, []
    said = _list_said(reading) - _list_said(original)
    if not differences:
        return (Verdict.NOISY, sorted(said)) if said else (Verdict.RIGHT, [])
    return (Verdict.SAID if said else Verdict.SILENT), [*differences, *sorted(said)]


def _list_said(reading: Reading) -> Counter:
    """Warnings, errors and questions: what a person is told."""
    said = Counter(finding.code for finding in reading.findings if finding.severity is not Severity.NOTE)
    # Findings are capped, tie-outs are not: each printed total that is off counts.
    said["total_mismatch"] = sum(is_mismatch(tie.printed, tie.detail) for tie in reading.tie_outs)
    said.pop("more_warnings", None)
    return said + Counter(f"question {question.key}" for question in reading.questions)
