"""Printed subtotals and totals against the detail they cover: one tie-out for each figure."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import fsum, isfinite

from data.intake import finding_kinds as kinds
from data.intake.cells import cell_address, column_letter
from data.intake.drafts import Document, TableDraft, ValueDraft
from data.intake.extent_rules import PlacedTotal, Ranges, count_lines, slice_amounts, table_of_line
from data.intake.model import CoveredLines, TieOut
from data.intake.nets import add_taken_off
from planning.findings import Finding
from planning.money import format_dollars, round_half_up
from planning.vocabulary import RowRole, Unit

STORED_PLACES = 6
_WHOLE_RULES = frozenset({"table", "document", "value_document", "since_same_document"})
_MOST_PIECES = 400
NEVER_ADDED = frozenset({Unit.USD_PER_PUPIL, Unit.PERCENT, Unit.OTHER})
"""Rates: what a report prints below them is a rate of its own, and no sum."""
_HALF_CENT = Decimal("0.005")

_FLOAT_BLUR = 2.0**-53


def add_exactly(amounts: Iterable[float]) -> Decimal:
    """A sum without intermediate rounding, rounded once to what the store keeps.

    Each cell is the float nearest to what was printed. Where all that these nearnesses can add up to is more than the
    sum lies beside whole cents, it is whole cents: 4 × 999,999,999.95 is 3,999,999,999.80, not ….800001.
    """
    figures = amounts if isinstance(amounts, (list, array)) else list(amounts)
    try:
        added = fsum(figures)
    except (OverflowError, ValueError):
        # Beyond what a float holds: no budget, but the sum is still shown, and `find_too_large` says where.
        return round_half_up(
            sum((Decimal(figure) for figure in figures if isfinite(figure)), Decimal(0)), STORED_PLACES
        )
    if not isfinite(added):
        return Decimal(0)
    cents = round_half_up(added)
    largest = max(max(figures), -min(figures)) if figures else 0.0
    blur = (len(figures) + 1) * largest * _FLOAT_BLUR
    return round_half_up(cents if abs(added - float(cents)) <= blur else added, STORED_PLACES)


def is_mismatch(printed: Decimal, detail: Decimal) -> bool:
    """Whether two figures differ as printed: after rounding each once to cents, and by at least half a cent."""
    return abs(printed - detail) >= _HALF_CENT and round_half_up(printed) != round_half_up(detail)


def check_totals(document: Document, placed: list[PlacedTotal]) -> list[TieOut]:
    """Every printed total of a document against its detail, in the columns that are not empty."""
    ties: list[TieOut] = []
    of_rows: dict[tuple[int, int], list[TieOut]] = {}
    for total in placed:
        covers = describe_lines(document, total.covers, _named_value(total))
        covered = list_covered(document, total.covers)
        role = RowRole.TOTAL if total.rule in _WHOLE_RULES else RowRole.SUBTOTAL
        total.table.roles[total.total.row] = role
        found = [
            _tie(document, total, value, role, covers, covered)
            for value in total.table.values
            if not value.empty
            and value.unit not in NEVER_ADDED
            and (amount := value.amounts[total.total.position]) == amount
        ]
        of_rows[id(total.table), total.total.position] = found
        ties += found
    return ties + [tie for table in document.tables for tie in _check_nets(table, of_rows)]


def _check_nets(table: TableDraft, of_rows: Mapping[tuple[int, int], Sequence[TieOut]]) -> Iterator[TieOut]:
    """Every net figure against the lines of its total, less what is printed as taken off."""
    for net in table.nets:
        if net.position < 0:
            continue
        rows = ", ".join(str(table.body.start + position + 1) for position in net.taken_off)
        for tie in of_rows.get((id(table), net.total), ()):
            value = next(value for value in table.values if column_letter(value.index) == tie.column)
            printed = value.amounts[net.position]
            if printed == printed:
                off = add_exactly([add_taken_off(value.amounts, net.taken_off)])
                yield replace(
                    tie,
                    cell=cell_address(table.body.start + net.position, value.index),
                    label=net.label,
                    printed=round_half_up(printed, STORED_PLACES),
                    detail=tie.detail - off,
                    difference=round_half_up(printed, STORED_PLACES) - (tie.detail - off),
                    covered=(),
                    covers=f"{tie.covers} less row{'s' if len(net.taken_off) > 1 else ''} {rows}",
                    net_of=tie.cell,
                )


def _tie(
    document: Document,
    total: PlacedTotal,
    value: ValueDraft,
    role: RowRole,
    covers: str,
    covered: tuple[CoveredLines, ...],
) -> TieOut:
    amounts = slice_amounts(document.amounts[value.key], total.covers)
    return make_tie(
        total.table,
        value,
        total.total.row,
        label=total.total.label,
        role=role,
        level=total.level,
        printed=value.amounts[total.total.position],
        detail=add_exactly(amounts),
        line_count=len(amounts),
        covers=covers,
        covered=covered,
    )


def make_tie(
    table: TableDraft,
    value: ValueDraft,
    row: int,
    *,
    label: str,
    role: RowRole,
    level: int,
    printed: float,
    detail: Decimal,
    line_count: int,
    covers: str,
    covered: tuple[CoveredLines, ...] = (),
) -> TieOut:
    """One comparison of a printed figure with its detail."""
    figure = add_exactly([printed])
    return TieOut(
        sheet=table.sheet.name,
        table_no=table.table_no,
        cell=cell_address(row, value.index),
        column=column_letter(value.index),
        label=label,
        role=role,
        level=level,
        printed=figure,
        detail=detail,
        difference=figure - detail,
        line_count=line_count,
        covers=covers,
        covered=covered,
    )


def _named_value(total: PlacedTotal) -> str:
    if total.link.kind != "title":
        return ""
    return f"{total.link.name} {total.table.titles.fields[total.link.name]}"


def describe_lines(document: Document, ranges: Ranges, name: str = "") -> str:
    """Which rows are covered, in words: `rows 5–10`, or `4 sheets: fund 100 - GENERAL FUND`."""
    if not count_lines(ranges):
        return "no lines"
    first, last = table_of_line(document, ranges[0][0]), table_of_line(document, ranges[-1][1] - 1)
    if first == last:
        rows = document.tables[first].detail_rows()
        start = document.starts[first]
        parts = [(rows[low - start] + 1, rows[high - 1 - start] + 1) for low, high in ranges]
        words = ", ".join(f"{a}–{b}" if a != b else f"{a}" for a, b in parts[:6]) + (" …" if len(parts) > 6 else "")
        return f"row {words}" if parts == [(parts[0][0], parts[0][0])] else f"rows {words}"
    return _describe_sheets(document, ranges, name)


def list_covered(document: Document, ranges: Ranges) -> tuple[CoveredLines, ...]:
    """Which rows are covered, as (sheet, table, first row, last row); nothing where they lie in too many pieces."""
    found: list[CoveredLines] = []
    for low, high in ranges:
        while low < high and len(found) <= _MOST_PIECES:
            index = table_of_line(document, low)
            table, start = document.tables[index], document.starts[index]
            end = min(high, document.starts[index + 1])
            first, last = (table.body.start + table.detail[line - start] + 1 for line in (low, end - 1))
            found.append((table.sheet.name, table.table_no, first, last))
            low = end
    return tuple(found) if len(found) <= _MOST_PIECES else ()


def _describe_sheets(document: Document, ranges: Ranges, name: str) -> str:
    indexes = {
        index
        for low, high in ranges
        for index in range(table_of_line(document, low), table_of_line(document, high - 1) + 1)
        if document.starts[index + 1] > document.starts[index]
    }
    sheets = {document.tables[index].sheet.name for index in indexes}
    tables = "tables" if len(sheets) == 1 else "sheets"
    number = len(indexes) if len(sheets) == 1 else len(sheets)
    everything = count_lines(ranges) == document.line_count
    return f"{'all ' if everything else ''}{number} {tables}{f': {name}' if name else ''}"


def list_mismatches(ties: Iterable[TieOut], units: dict[tuple[str, int, str], Unit]) -> list[Finding]:
    """A warning for every printed total that its detail does not add up to."""
    return [
        kinds.TOTAL_MISMATCH.at(
            sheet=tie.sheet,
            cell=tie.cell,
            found=_format(tie.printed, units[tie.sheet, tie.table_no, tie.column]),
            expected=_format(tie.detail, units[tie.sheet, tie.table_no, tie.column]),
            label=tie.label or "unlabelled total",
            covers=tie.covers,
            difference=_format(tie.difference, units[tie.sheet, tie.table_no, tie.column]),
            column=tie.column,
        )
        for tie in ties
        if is_mismatch(tie.printed, tie.detail)
    ]


def _format(amount: Decimal, unit: Unit) -> str:
    return format_dollars(amount, places=2, symbol=unit is Unit.USD)
