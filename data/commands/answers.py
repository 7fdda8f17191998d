"""What a command answers: one object for `--json`, and the same in plain lines for a person.

Money is text with two decimals; other numbers are numbers.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from data.intake.model import ColumnTotal, Question, Reading, Table, ValueColumn
from planning.findings import Finding
from planning.money import format_dollars, round_half_up
from planning.vocabulary import RowRole, Unit

Answer = dict[str, Any]

COUNTED_ROLES = (RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.TOTAL, RowRole.HEADING, RowRole.NOTE)


def new_answer(command: str, status: str, findings: Iterable[Finding] = (), **fields: object) -> Answer:
    """The answer of a command, as `techplan.<command>/1`."""
    rows = [finding.as_dict() for finding in findings]
    return {"schema": f"techplan.{command}/1", "status": status, "findings": rows, **fields}


def money_text(amount: Decimal | None) -> str | None:
    """Money as text with two decimals; nothing stays nothing."""
    return None if amount is None else str(round_half_up(amount, 2))


def as_amount(amount: Decimal | None, unit: Unit) -> str | float | None:
    """Dollars as text, anything else as a number."""
    if amount is None or unit in (Unit.USD, Unit.USD_PER_PUPIL):
        return money_text(amount)
    return float(amount)


def describe_reading(reading: Reading) -> Answer:
    """The fields of `read FILE` in contracts.md."""
    return {
        "file": reading.file_name,
        "sha256": reading.sha256,
        "tables": [_describe_table(table) for table in reading.tables],
        "totals": [_describe_total(total) for total in reading.totals],
        "questions": [_describe_question(question) for question in reading.questions],
    }


def _describe_table(table: Table) -> Answer:
    roles = Counter(table.roles.values())
    return {
        "sheet": table.sheet,
        "table_no": table.table_no,
        "range": table.range,
        "kind": str(table.kind),
        "counted": table.counted,
        "why_not_counted": table.why_not_counted,
        "values": [_describe_column(column) for column in table.columns],
        "rows": {str(role): roles[role] for role in COUNTED_ROLES},
    }


def _describe_column(column: ValueColumn) -> Answer:
    return {
        "column": column.column,
        **_describe_total(column),
        "scale": column.scale,
        "empty": column.empty,
    }


def _describe_total(total: ColumnTotal | ValueColumn) -> Answer:
    return {
        "header": total.header,
        "fiscal_year": total.fiscal_year,
        "basis": str(total.basis),
        "unit": str(total.unit),
        "side": str(total.side),
        "detail_total": as_amount(total.detail_total, total.unit),
        "printed_total": as_amount(total.printed_total, total.unit),
        "difference": as_amount(total.difference, total.unit),
    }


def _describe_question(question: Question) -> Answer:
    return {
        "key": question.key,
        "question": question.question,
        "choices": list(question.choices),
        "default": question.default,
    }


def print_answer(answer: Answer, as_json: bool, lines: Iterable[str] = ()) -> None:
    """Findings in words to stderr; the object or the lines to stdout."""
    for row in answer["findings"]:
        place = "!".join(part for part in (row["sheet"], row["cell"]) if part)
        words = " ".join(part for part in (row["message"], row["fix"]) if part)
        print(f"{row['severity']}: {place + ': ' if place else ''}{words}", file=sys.stderr)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for line in lines:
            print(line)


def list_total_lines(reading: Reading) -> list[str]:
    """The totals of a reading as a person reads them in a terminal."""
    lines = [f"{reading.file_name}: {len(reading.tables)} tables, {reading.published_lines:,} detail lines"]
    for total in reading.totals:
        label = f"{total.fiscal_year or '—'} {total.basis} {total.side} {total.unit}"
        lines.append(f"  {label:<48} {_show(total.detail_total):>18}  {_show_tie(total)}")
    return lines + [f"  ? {question.question} [{question.default}]" for question in reading.questions]


def _show(amount: Decimal) -> str:
    return format_dollars(amount, places=2)


def _show_tie(total: ColumnTotal) -> str:
    if total.printed_total is None:
        return "no printed total"
    if not total.difference:
        return "ties to the printed total"
    return f"OFF by {_show(total.difference)} from the printed {_show(total.printed_total)}"
