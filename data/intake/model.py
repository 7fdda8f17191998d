"""What a reading of a budget workbook says: tables, their columns and rows, tie-outs, questions and findings.

Rows and amounts are kept column by column (one list per attribute), because a ledger has a hundred thousand rows;
small things (columns, tie-outs, questions) are one object each. Everything here is plain data that pickles.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from planning.findings import Finding
from planning.vocabulary import Basis, ReadingStatus, RowRole, Side, TableKind, Unit

ROW_ATTRIBUTES = (
    "account",
    "fund_code",
    "fund_name",
    "function_code",
    "function_name",
    "object_code",
    "object_name",
    "location_code",
    "location_name",
    "program_code",
    "program_name",
    "project_code",
    "project_name",
    "vendor",
    "description",
    "side",
    "nces_function",
    "nces_object",
    "technology_rule",
)


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """What one column of amounts means, and how its detail compares with its printed grand total.

    `counted` is false where another column says the same year, basis and unit and was chosen. `why` says for
    `fiscal_year`, `basis`, `unit`, `scale` and `side` why that is believed.
    """

    column: str
    header: str
    fiscal_year: str | None
    basis: Basis
    unit: Unit
    scale: int
    side: Side
    detail_total: Decimal
    printed_total: Decimal | None
    difference: Decimal | None
    empty: bool
    why: Mapping[str, str] = field(default_factory=dict)
    counted: bool = True


@dataclass(frozen=True, slots=True)
class DetailRows:
    """The detail rows of a table, column by column; every sequence has one entry a row.

    `attributes` has a list for every name in ROW_ATTRIBUTES ("" where the file says nothing; `technology_rule` is ""
    where the row is not technology). `amounts` holds, per column letter, dollars (or the column's unit) after scaling,
    NaN where the cell is empty. `raw` keeps the text of cells that were not plain numbers, by address. `cells` is for
    lists that are no budget (registers, inventories, forms, charts of accounts): every named column as printed.
    """

    row_number: Sequence[int]
    attributes: Mapping[str, Sequence[str]]
    amounts: Mapping[str, array]
    raw: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)


CoveredLines = tuple[str, int, int, int]
"""Sheet, table, first row and last row."""


@dataclass(frozen=True, slots=True)
class TieOut:
    """One printed subtotal or total against the detail it claims to add up.

    `covered` has the rows that it covers as (sheet, table, first row, last row), for programs; `covers` says it in
    words. A net figure names in `net_of` the cell of the total from which something is taken off, and `detail` is what
    the lines leave of it; it covers no line by itself.
    """

    sheet: str
    table_no: int
    cell: str
    column: str
    label: str
    role: RowRole
    level: int
    printed: Decimal
    detail: Decimal
    difference: Decimal
    line_count: int
    covers: str
    covered: Sequence[CoveredLines] = ()
    net_of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table found on one sheet. `counted` is false where its money is shown elsewhere too, with the reason.

    `labels` says what the columns of words hold, by letter: `fund`, `function`, `description` …
    """

    sheet: str
    table_no: int
    range: str
    kind: TableKind
    counted: bool
    why_not_counted: str
    title: str
    columns: Sequence[ValueColumn]
    lines: DetailRows
    roles: Mapping[int, RowRole]
    reasons: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """Counted tables added up: one row for each meaning a column can have; `sheets` are those it stands on."""

    header: str
    fiscal_year: str | None
    basis: Basis
    unit: Unit
    side: Side
    detail_total: Decimal
    printed_total: Decimal | None
    difference: Decimal | None
    sheets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not say, in plain words, with a default."""

    key: str
    question: str
    choices: Sequence[str]
    default: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything Techplan believes about one budget workbook, before anything is stored."""

    file_name: str
    sha256: str
    size_bytes: int
    status: ReadingStatus
    chart: str
    tables: Sequence[Table]
    totals: Sequence[ColumnTotal]
    tie_outs: Sequence[TieOut]
    questions: Sequence[Question]
    findings: Sequence[Finding]

    @property
    def published_lines(self) -> int:
        """Rows that publishing would store: detail rows of counted tables."""
        return sum(len(table.lines.row_number) for table in self.tables if table.counted)
