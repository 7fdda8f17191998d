"""A reading as the answer of `read` and `import`, and as lines for a terminal."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from data.commands.answers import Answer, money_text
from data.intake.model import ColumnTotal, Question, Reading, Table, ValueColumn
from planning.findings import Finding
from planning.money import format_dollars
from planning.vocabulary import ReadingStatus, RowRole, Unit

COUNTED_ROLES = (RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.TOTAL, RowRole.HEADING, RowRole.NOTE)
_MONEY = frozenset({Unit.USD, Unit.USD_PER_PUPIL})


def describe_reading(reading: Reading) -> Answer:
    """The file, its tables, the totals over the counted ones, and what is still to be answered."""
    return {
        "file": reading.file_name,
        "sha256": reading.sha256,
        "tables": [_describe_table(table) for table in reading.tables],
        "totals": [{**_describe_total(total), "sheets": list(total.sheets)} for total in reading.totals],
        "questions": [_describe_question(question) for question in reading.questions],
    }


def make_refused_reading(path: Path, findings: Sequence[Finding]) -> Reading:
    """The reading of a file that no reader would take."""
    # Late: a file that is read has its fingerprint already.
    import hashlib

    digest, size = "", 0
    if path.is_file():
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    return Reading(path.name, digest, size, ReadingStatus.REFUSED, "", (), (), (), (), tuple(findings))


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
        "detail_total": _as_amount(total.detail_total, total.unit),
        "printed_total": _as_amount(total.printed_total, total.unit),
        "difference": _as_amount(total.difference, total.unit),
    }


def _as_amount(amount: Decimal | None, unit: Unit) -> str | float | None:
    """Dollars as text, anything else as a number."""
    if amount is None or unit in _MONEY:
        return money_text(amount)
    return float(amount)


def _describe_question(question: Question) -> Answer:
    return {
        "key": question.key,
        "question": question.question,
        "choices": list(question.choices),
        "default": question.default,
    }


def list_reading_lines(reading: Reading) -> list[str]:
    """The totals of a reading and its questions as a person reads them in a terminal."""
    if not reading.tables:
        return [f"{reading.file_name}: no budget was found in it."]
    tables, detail = len(reading.tables), reading.published_lines
    found = f"{tables:,} table{'s' * (tables != 1)}, {detail:,} detail line{'s' * (detail != 1)}"
    lines = [f"{reading.file_name}: {found}"]
    apart = len({tuple(total.sheets) for total in reading.totals}) > 1
    lines += [_list_total(total, apart) for total in reading.totals]
    return lines + [line for question in reading.questions for line in _list_question(question)]


def _list_total(total: ColumnTotal, apart: bool) -> str:
    """A total with what its column is called and, where totals stand on sheets apart, on which."""
    place = f" on {', '.join(total.sheets)}" if apart else ""
    label = f"{total.fiscal_year or 'no year'} {total.basis} {total.side} {total.unit}"
    return f"  {label:<48} {_show(total.detail_total):>18}  {_show_tie(total)}  “{total.header or 'no heading'}”{place}"


def _list_question(question: Question) -> list[str]:
    choices = f" ({', '.join(question.choices)})" if question.choices else ""
    taken = f" Taken for granted: {question.default}." if question.default else ""
    return [f"? {question.question}{choices}{taken}", f"  answer it with: --answer '{question.key}=…'"]


def _show(amount: Decimal) -> str:
    return format_dollars(amount, places=2)


def _show_tie(total: ColumnTotal) -> str:
    if total.printed_total is None:
        return "no printed total"
    if not total.difference:
        return "ties to the printed total"
    return f"OFF by {_show(total.difference)} from the printed {_show(total.printed_total)}"
