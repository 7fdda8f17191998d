"""A reading as rows of the store: its outline (tables, columns, tie-outs, findings) and its lines."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import duckdb

from data.intake.model import ROW_ATTRIBUTES, Reading, Table, TieOut, ValueColumn
from data.intake.numbers import pick
from data.store.audit import canonical_json
from data.store.bulk_load import insert_columns
from planning.errors import InputRefused
from planning.findings import FindingKind
from planning.vocabulary import Severity

# DECIMAL(18, 6) holds twelve digits before the point.
LARGEST_AMOUNT = 1e12
AMOUNT_TOO_LARGE = FindingKind(
    "amount_too_large",
    Severity.ERROR,
    "{sheet} {cell} holds {found}, which no budget line can hold.",
    "Correct the cell, or its scale, and upload the file again.",
)
_STORED_NAMES = {"column": "column_letter", "empty": "is_empty"}
_NOT_STORED = frozenset({"why", "counted"})
Keys = Mapping[str, object]
Columns = dict[str, Any]


def check_amounts(reading: Reading) -> None:
    """Refuse amounts beyond what the store keeps exactly (infinity too)."""
    findings = tuple(
        AMOUNT_TOO_LARGE.at(sheet=table.sheet, cell=f"{letter}{row_number}", found=amount)
        for table in _counted(reading)
        for letter, amounts in table.lines.amounts.items()
        if not _are_storable(amounts)
        for row_number, amount in zip(table.lines.row_number, amounts, strict=True)
        if not -LARGEST_AMOUNT < amount < LARGEST_AMOUNT and not math.isnan(amount)
    )
    if findings:
        raise InputRefused(
            f"{reading.file_name} holds amounts of a million million or more.", findings[0].fix, findings
        )


def _are_storable(amounts: Sequence[float]) -> bool:
    """Whether a glance at a whole column tells that all of it is; where a cell is empty only each cell does."""
    added = sum(amounts)
    return added == added and -LARGEST_AMOUNT < min(amounts, default=0.0) <= max(amounts, default=0.0) < LARGEST_AMOUNT


def summarise_reading(reading: Reading) -> str:
    """What stays of a reading besides its rows, as JSON: status, chart of accounts, totals and questions."""
    return canonical_json(
        {
            "status": reading.status,
            "chart": reading.chart,
            "totals": [asdict(total) for total in reading.totals],
            "questions": [asdict(question) for question in reading.questions],
        }
    )


def insert_outline(cursor: duckdb.DuckDBPyConnection, keys: Keys, reading: Reading) -> None:
    """Everything about the upload but its lines, for every table, counted or not."""
    tables = [_table_record(number, table) for number, table in enumerate(reading.tables, 1)]
    insert_columns(cursor, "budget_table", keys, _by_column(tables))
    insert_columns(cursor, "budget_column", keys, _list_value_columns(reading))
    tie_outs: Columns = {"tie_out_id": [*range(1, len(reading.tie_outs) + 1)]}
    tie_outs |= _list_fields(reading.tie_outs, TieOut)
    tie_outs["covered"] = [canonical_json(tie.covered) if tie.covered else "" for tie in reading.tie_outs]
    insert_columns(cursor, "budget_tie_out", keys, tie_outs)
    findings = ({"finding_id": number} | finding.as_dict() for number, finding in enumerate(reading.findings, 1))
    insert_columns(cursor, "budget_finding", keys, _by_column(findings))


def insert_lines(cursor: duckdb.DuckDBPyConnection, keys: Keys, reading: Reading) -> None:
    """The detail rows of counted tables and every amount in them; an empty cell stores nothing."""
    rows: Columns = {name: [] for name in ("row_id", "table_id", "row_number", *ROW_ATTRIBUTES)}
    amounts: Columns = {"row_id": array("q"), "column_id": array("q"), "amount": array("d"), "raw_text": []}
    column_ids = _number_columns(reading)
    for table_id, table in enumerate(reading.tables, 1):
        if table.counted:
            first_row_id = len(rows["row_id"]) + 1
            _add_rows(rows, table_id, table, first_row_id)
            for letter in table.lines.amounts:
                if (table_id, letter) in column_ids:
                    _add_amounts(amounts, table, letter, column_ids[table_id, letter], first_row_id)
    insert_columns(cursor, "budget_row", keys, rows)
    insert_columns(cursor, "budget_amount", keys, amounts)


def _counted(reading: Reading) -> Iterator[Table]:
    return (table for table in reading.tables if table.counted)


def _number_columns(reading: Reading) -> dict[tuple[int, str], int]:
    """The column_id of every value column, by table_id and letter."""
    places = ((number, column.column) for number, table in enumerate(reading.tables, 1) for column in table.columns)
    return {place: column_id for column_id, place in enumerate(places, 1)}


def _add_rows(rows: Columns, table_id: int, table: Table, first_row_id: int) -> None:
    size = len(table.lines.row_number)
    rows["row_id"].extend(range(first_row_id, first_row_id + size))
    rows["table_id"].extend([table_id] * size)
    rows["row_number"].extend(table.lines.row_number)
    for name in ROW_ATTRIBUTES:
        rows[name].extend(table.lines.attributes[name])


def _add_amounts(amounts: Columns, table: Table, letter: str, column_id: int, first_row_id: int) -> None:
    raw, column = table.lines.raw, table.lines.amounts[letter]
    row_ids, texts = array("q", range(first_row_id, first_row_id + len(column))), [None] * len(column)
    if raw or (added := sum(column)) != added:  # some cell may be empty, and one that is no number may hold a text
        texts = [raw.get(f"{letter}{number}") for number in table.lines.row_number] if raw else texts
        filled = [place for place, amount in enumerate(column) if amount == amount or texts[place] is not None]
        row_ids, column = array("q", pick(row_ids, filled)), array("d", pick(column, filled))
        texts = pick(texts, filled)
    amounts["row_id"].extend(row_ids)
    amounts["column_id"].extend(array("q", [column_id]) * len(column))
    amounts["amount"].extend(column)
    amounts["raw_text"].extend(texts)


def _table_record(table_id: int, table: Table) -> dict[str, object]:
    return {
        "table_id": table_id,
        "sheet": table.sheet,
        "table_no": table.table_no,
        "cell_range": table.range,
        "kind": str(table.kind),
        "counted": table.counted,
        "why_not_counted": table.why_not_counted,
        "title": table.title,
        "reasons": canonical_json(list(table.reasons)),
        "row_roles": canonical_json({str(role): times for role, times in Counter(table.roles.values()).items()}),
    }


def _list_value_columns(reading: Reading) -> Columns:
    places = [(table_id, column) for table_id, table in enumerate(reading.tables, 1) for column in table.columns]
    listed = _list_fields([column for _, column in places], ValueColumn)
    listed["fiscal_year"] = [column.fiscal_year or "" for _, column in places]
    return {
        "column_id": [*range(1, len(places) + 1)],
        "table_id": [table_id for table_id, _ in places],
    } | listed


def _list_fields(items: Sequence[ValueColumn] | Sequence[TieOut], kind: type[ValueColumn] | type[TieOut]) -> Columns:
    """The fields of a dataclass of intake, each as a column under the name it has in the store."""
    names = [field.name for field in fields(kind) if field.name not in _NOT_STORED]
    return {_STORED_NAMES.get(name, name): [getattr(item, name) for item in items] for name in names}


def _by_column(records: Iterable[Mapping[str, object]]) -> Columns:
    listed = list(records)
    names = listed[0] if listed else {"none": None}
    return {name: [record[name] for record in listed] for name in names}
