"""A person's word on what columns of amounts mean, put in the place of what was read; the file is not read again.

A correction names a column by how it was read, so it holds in every table that has the same column.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from data.intake import finding_kinds as kinds
from data.intake.finding_limits import limit_findings
from data.intake.model import ColumnTotal, DetailRows, Question, Reading, Table, TieOut, ValueColumn
from data.intake.pictures import part_cell
from data.intake.questions import FISCAL_YEAR, has_open_question
from data.intake.reconcile import list_mismatches
from planning.findings import Finding, FindingKind
from planning.vocabulary import Basis, ReadingStatus, Severity, Unit

COLUMN_CORRECTED = FindingKind(
    "column_corrected",
    Severity.NOTE,
    "Column “{item}” was read as {found}; {who} it is {expected}.",
)
COLUMN_LEFT_OUT = FindingKind(
    "column_left_out",
    Severity.NOTE,
    "Column “{item}”, read as {found}, is left out: {who} it does not count.",
)
YOU_SAID = "you said so"
SAID_NOW = "you said that"
SAID_LAST_YEAR = "as you said last year,"
_UNIT_WORDS = {"usd": "dollars", "usd_per_pupil": "dollars per pupil", "fte": "FTE"}
_NEVER_ADDED = frozenset({Unit.USD_PER_PUPIL, Unit.PERCENT})


@dataclass(frozen=True, slots=True, order=True)
class ReadColumn:
    """A column of amounts as it was read; `repeat` counts those of one table that were read alike."""

    header: str
    fiscal_year: str
    basis: str
    unit: str
    scale: int
    side: str
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a column means instead; None leaves it as it was read."""

    fiscal_year: str | None = None
    basis: Basis | None = None
    unit: Unit | None = None
    scale: int | None = None
    left_out: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Correction()


Corrections = Mapping[ReadColumn, Correction]


def name_columns(table: Table) -> list[ReadColumn]:
    """The columns of a table by how they were read, in their order."""
    seen: dict[ReadColumn, int] = {}
    names = []
    for column in table.columns:
        name = ReadColumn(
            column.header,
            column.fiscal_year or "",
            str(column.basis),
            str(column.unit),
            column.scale,
            str(column.side),
        )
        names.append(replace(name, repeat=seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return names


def list_read_columns(reading: Reading) -> dict[ReadColumn, list[tuple[Table, ValueColumn]]]:
    """The columns of the counted tables, each with the places where it stands."""
    found: dict[ReadColumn, list[tuple[Table, ValueColumn]]] = {}
    for table in reading.tables:
        if table.counted:
            for name, column in zip(name_columns(table), table.columns, strict=True):
                found.setdefault(name, []).append((table, column))
    return found


def correct_reading(reading: Reading, corrections: Corrections, who: str = SAID_NOW) -> Reading:
    """The reading as if the file had said what the person says; every correction is a note of it."""
    columns = list_read_columns(reading) if corrections else {}
    given = {name: one for name, one in corrections.items() if name in columns and not one.is_empty}
    if not given:
        return reading
    plan = _plan_changes(reading, given)
    tables = tuple(_correct_table(table, plan) for table in reading.tables)
    totals = tuple(_correct_totals(reading, given))
    ties = tuple(_correct_ties(reading.tie_outs, plan))
    findings = [*_list_notes(given, who), *_keep_findings(reading, plan), *_list_mismatches(tables, ties)]
    questions = tuple(question for question in reading.questions if _is_open(question, tables))
    corrected = replace(
        reading, tables=tables, totals=totals, tie_outs=ties, questions=questions, findings=tuple(findings)
    )
    return _settle_status(corrected)


Place = tuple[str, int, str]
Changes = Mapping[Place, tuple[ValueColumn, Correction]]


def _plan_changes(reading: Reading, given: Corrections) -> Changes:
    """The correction of every column that has one, by sheet, table and letter."""
    return {
        (table.sheet, table.table_no, column.column): (column, given[name])
        for table in reading.tables
        for name, column in zip(name_columns(table), table.columns, strict=True)
        if name in given
    }


def _correct_table(table: Table, plan: Changes) -> Table:
    changes = {
        column.column: plan[place][1]
        for column in table.columns
        if (place := (table.sheet, table.table_no, column.column)) in plan
    }
    if not changes:
        return table
    columns = [
        _correct_column(column, changes.get(column.column, Correction()))
        for column in table.columns
        if column.column not in changes or not changes[column.column].left_out
    ]
    return replace(table, columns=tuple(columns), lines=_correct_lines(table, changes))


def _correct_column(column: ValueColumn, correction: Correction) -> ValueColumn:
    factor = _find_factor(column.scale, correction)
    return replace(
        column,
        fiscal_year=correction.fiscal_year or column.fiscal_year,
        basis=correction.basis or column.basis,
        unit=correction.unit or column.unit,
        scale=correction.scale or column.scale,
        detail_total=column.detail_total * factor,
        printed_total=_times(column.printed_total, factor),
        difference=_times(column.difference, factor),
        why={**column.why, **dict.fromkeys(_list_changed(correction), YOU_SAID)},
    )


def _list_changed(correction: Correction) -> list[str]:
    return [name for name in ("fiscal_year", "basis", "unit", "scale") if getattr(correction, name) is not None]


def _find_factor(scale: int, correction: Correction) -> Decimal:
    return Decimal(correction.scale or scale) / Decimal(scale)


def _times(amount: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if amount is None else amount * factor


def _correct_lines(table: Table, changes: Mapping[str, Correction]) -> DetailRows:
    scales = {column.column: column.scale for column in table.columns}
    amounts = {}
    for letter, figures in table.lines.amounts.items():
        correction = changes.get(letter, Correction())
        if correction.left_out:
            continue
        factor = float(_find_factor(scales.get(letter, 1), correction))
        amounts[letter] = figures if factor == 1 else array("d", [figure * factor for figure in figures])
    left_out = {letter for letter, correction in changes.items() if correction.left_out}
    raw = {cell: text for cell, text in table.lines.raw.items() if part_cell(cell)[0] not in left_out}
    return replace(table.lines, amounts=amounts, raw=raw)


def _correct_totals(reading: Reading, given: Corrections) -> Iterator[ColumnTotal]:
    """Totals do not say their scale: they are found by everything else, those read alike in their order."""
    alike: dict[tuple[str, ...], list[ReadColumn]] = {}
    for name in sorted(list_read_columns(reading)):
        alike.setdefault(_describe(name), []).append(name)
    seen: Counter[tuple[str, ...]] = Counter()
    for total in reading.totals:
        key = (total.header, total.fiscal_year or "", str(total.basis), str(total.unit), str(total.side))
        names = alike.get(key, [])
        name = names[seen[key] % len(names)] if names else None
        seen[key] += 1
        correction = given.get(name) if name else None
        if name is None or correction is None:
            yield total
        elif not correction.left_out and correction.unit not in _NEVER_ADDED:
            yield _correct_total(total, name, correction)


def _describe(name: ReadColumn) -> tuple[str, ...]:
    return (name.header, name.fiscal_year, name.basis, name.unit, name.side)


def _correct_total(total: ColumnTotal, name: ReadColumn, correction: Correction) -> ColumnTotal:
    factor = _find_factor(name.scale, correction)
    return replace(
        total,
        fiscal_year=correction.fiscal_year or total.fiscal_year,
        basis=correction.basis or total.basis,
        unit=correction.unit or total.unit,
        detail_total=total.detail_total * factor,
        printed_total=_times(total.printed_total, factor),
        difference=_times(total.difference, factor),
    )


def _correct_ties(ties: Iterable[TieOut], plan: Changes) -> Iterator[TieOut]:
    for tie in ties:
        column, correction = plan.get((tie.sheet, tie.table_no, tie.column), (None, Correction()))
        if correction.left_out:
            continue
        factor = _find_factor(column.scale, correction) if column else Decimal(1)
        if factor == 1:
            yield tie
        else:
            yield replace(
                tie, printed=tie.printed * factor, detail=tie.detail * factor, difference=tie.difference * factor
            )


def _keep_findings(reading: Reading, plan: Changes) -> list[Finding]:
    """Findings but those of totals, which are made anew, and those inside columns that are left out."""
    left_out = {place for place, (_, correction) in plan.items() if correction.left_out}
    rows = {
        (table.sheet, letter, row)
        for table in reading.tables
        for sheet, number, letter in left_out
        if (table.sheet, table.table_no) == (sheet, number)
        for row in table.roles
    }
    return [
        finding
        for finding in reading.findings
        if not is_of_totals(finding) and (finding.sheet, *part_cell(finding.cell)) not in rows
    ]


def is_of_totals(finding: Finding) -> bool:
    """Whether a finding is about a printed total that is off; the tie-outs list all of them."""
    more = finding.code == kinds.MORE_WARNINGS.code and f"({kinds.TOTAL_MISMATCH.code})" in finding.message
    return more or finding.code == kinds.TOTAL_MISMATCH.code


def _list_mismatches(tables: Sequence[Table], ties: Sequence[TieOut]) -> list[Finding]:
    units = {(table.sheet, table.table_no, column.column): column.unit for table in tables for column in table.columns}
    known = [tie for tie in ties if (tie.sheet, tie.table_no, tie.column) in units]
    return limit_findings(list_mismatches(known, units))


def _list_notes(given: Corrections, who: str) -> list[Finding]:
    notes = []
    for name, correction in given.items():
        kind = COLUMN_LEFT_OUT if correction.left_out else COLUMN_CORRECTED
        expected = describe_correction(name, correction)
        notes.append(kind.at(found=describe_column(name), expected=expected, item=name.header, who=who))
    return notes


def describe_column(name: ReadColumn) -> str:
    """How a column was read, in words: `FY2025-26 adopted dollars`."""
    words = [name.fiscal_year or "no fiscal year", name.basis.replace("_", " "), _UNIT_WORDS.get(name.unit, name.unit)]
    return " ".join(words) + (f" in {name.scale:,}s" if name.scale != 1 else "")


def describe_correction(name: ReadColumn, correction: Correction) -> str:
    """What a column means instead, in the same words."""
    if correction.left_out:
        return "left out"
    return describe_column(
        replace(
            name,
            fiscal_year=correction.fiscal_year or name.fiscal_year,
            basis=str(correction.basis or name.basis),
            unit=str(correction.unit or name.unit),
            scale=correction.scale or name.scale,
        )
    )


def _is_open(question: Question, tables: Sequence[Table]) -> bool:
    """Whether a question about fiscal years still has a column without one."""
    if question.key != FISCAL_YEAR and not question.key.startswith(f"{FISCAL_YEAR}:"):
        return True
    header = question.key.partition(":")[2]
    return any(
        column.fiscal_year is None and column.unit is Unit.USD and not column.empty
        for table in tables
        if table.counted
        for column in table.columns
        if not header or column.header == header
    )


def _settle_status(reading: Reading) -> Reading:
    if not any(total.unit is Unit.USD for total in reading.totals):
        findings = (kinds.NOTHING_COUNTED.at(), *reading.findings)
        return replace(reading, status=ReadingStatus.REFUSED, findings=findings, questions=())
    open_question = has_open_question(list(reading.questions))
    return replace(reading, status=ReadingStatus.NEEDS_CHOICE if open_question else ReadingStatus.READY)


def list_correction_answers(corrections: Corrections) -> dict[str, str]:
    """Corrections as answers in words, to be stored beside those to the questions."""
    return {
        f"column {name.header} ({describe_column(name)}{f', no. {name.repeat + 1}' if name.repeat else ''})": (
            describe_correction(name, correction)
        )
        for name, correction in corrections.items()
        if not correction.is_empty
    }
