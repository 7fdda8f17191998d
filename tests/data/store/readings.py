"""Readings made by hand, as the intake would answer them."""

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from data.intake.model import ROW_ATTRIBUTES, DetailRows, Question, Reading, Table, TieOut, ValueColumn
from planning.vocabulary import Basis, ReadingStatus, RowRole, Side, TableKind, Unit

__all__ = ["NAN", "Question", "make_column", "make_reading", "make_table", "make_tie_out"]
NAN = float("nan")
# One detail row: its attributes, then its amounts by column letter.
Line = tuple[Mapping[str, str], Mapping[str, float]]


def make_column(letter: str, amounts: Sequence[float], **changes: object) -> ValueColumn:
    total = sum((Decimal(repr(amount)) for amount in amounts if amount == amount), Decimal(0))
    values: dict[str, object] = {
        "column": letter,
        "header": f"Proposed {letter}",
        "fiscal_year": "FY2026-27",
        "basis": Basis.PROPOSED,
        "unit": Unit.USD,
        "scale": 1,
        "side": Side.EXPENDITURE,
        "detail_total": total,
        "printed_total": total,
        "difference": Decimal(0),
        "empty": all(amount != amount for amount in amounts),
    }
    return ValueColumn(**cast(dict[str, Any], values | changes))


def make_table(
    lines: Sequence[Line],
    columns: Mapping[str, Mapping[str, object]] | None = None,
    sheet: str = "General fund",
    table_no: int = 1,
    counted: bool = True,
    raw: Mapping[str, str] | None = None,
) -> Table:
    letters = columns or {"D": {}}
    numbers = list(range(5, 5 + len(lines)))
    amounts = {letter: array("d", [line[1].get(letter, NAN) for line in lines]) for letter in letters}
    attributes = {name: [line[0].get(name, "") for line in lines] for name in ROW_ATTRIBUTES}
    return Table(
        sheet=sheet,
        table_no=table_no,
        range=f"A4:H{5 + len(lines)}",
        kind=TableKind.LINES,
        counted=counted,
        why_not_counted="" if counted else "a summary of the other sheets",
        title=sheet,
        columns=[make_column(letter, amounts[letter], **changes) for letter, changes in letters.items()],
        lines=DetailRows(numbers, attributes, amounts, raw or {}),
        roles={4: RowRole.HEADER} | dict.fromkeys(numbers, RowRole.DETAIL),
        reasons=("row 4 is a header",),
    )


def make_tie_out(cell: str = "D9", printed: str = "300.00", detail: str = "300.00") -> TieOut:
    difference = Decimal(printed) - Decimal(detail)
    return TieOut(
        "General fund", 1, cell, "D", "Total 2580", RowRole.SUBTOTAL, 1, Decimal(printed), Decimal(detail), difference,
        2, "rows 5 to 8",
    )  # fmt: skip


def make_reading(*tables: Table, sha256: str = "a" * 64, **changes: object) -> Reading:
    values: dict[str, object] = {
        "file_name": "budget.xlsx",
        "sha256": sha256,
        "size_bytes": 10_000,
        "status": ReadingStatus.READY,
        "chart": "nces_2014",
        "tables": tables or (make_table([({"fund_code": "10"}, {"D": 100.0})]),),
        "totals": (),
        "tie_outs": (),
        "questions": (),
        "findings": (),
    }
    return Reading(**cast(dict[str, Any], values | changes))
