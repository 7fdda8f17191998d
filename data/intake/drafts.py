"""What the steps of a reading hand to each other: tables and documents being understood, still open to change."""

from array import array
from bisect import bisect_left
from collections.abc import KeysView
from dataclasses import dataclass, field

from data.intake.account_strings import LabelContent
from data.intake.cells import CellValue, Sheet
from data.intake.headers import HeaderMeaning, LabelMeaning
from planning.vocabulary import Basis, RowRole, Side, TableKind, Unit

ColumnKey = tuple[str, str, str, str]
"""Which columns of several sheets are one: header, fiscal year, basis, unit."""


@dataclass(slots=True)
class Grid:
    """A sheet turned on its side: columns first, every column as long as the sheet."""

    sheet: Sheet
    columns: list[tuple[CellValue, ...]]
    row_count: int


@dataclass(slots=True)
class ValueDraft:
    """One column of amounts over the body rows of its table."""

    index: int
    header: str
    meaning: HeaderMeaning
    amounts: array
    written: dict[int, str]
    unreadable: dict[int, str]
    placeholders: dict[int, str] = field(default_factory=dict)
    fiscal_year: str | None = None
    basis: Basis = Basis.BUDGET
    unit: Unit = Unit.USD
    scale: int = 1
    empty: bool = False
    repeat: int = 0
    rival: bool = False
    why: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> ColumnKey:
        name = f"{self.header.casefold()} #{self.repeat}" if self.repeat else self.header.casefold()
        return (name, self.fiscal_year or "", str(self.basis), str(self.unit))


@dataclass(slots=True)
class LabelDraft:
    """One column of labels over the body rows of its table."""

    index: int
    header: str
    meaning: LabelMeaning
    texts: list[str]
    _distinct: dict[str, None] | None = field(default=None, init=False, repr=False, compare=False)
    _words: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        return self.header.casefold() or f"column {self.index}"

    @property
    def distinct(self) -> KeysView[str]:
        """Its texts without repetition, found once: a column of a long ledger holds few."""
        if self._distinct is None:
            self._distinct = dict.fromkeys(self.texts)
        return self._distinct.keys()

    @property
    def words(self) -> str:
        """Its distinct texts in small letters, in one piece: tells at once whether a word stands in any of them."""
        if self._words is None:
            self._words = "\n".join(self.distinct).lower()
        return self._words


@dataclass(slots=True)
class TitleContext:
    """What the rows above a table say: its lines, named fields such as the fund, side, years, basis, scale."""

    lines: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    side: Side = Side.UNKNOWN
    years: tuple[str, ...] = ()
    bare_years: bool = False
    basis: Basis | None = None
    scale: int = 1


@dataclass(slots=True)
class Heading:
    """A row without amounts that names what follows: its place among the detail rows, and its text."""

    row: int
    text: str
    detail_before: int


@dataclass(slots=True)
class TotalRow:
    """A printed subtotal or total: where it stands, what it is called, how many detail rows of its table precede it.

    `leaves` are the first and last place of the rows that stand under it in a hierarchy, where one says so, and `depth`
    how deep it stands there itself; `of_page` is one that a page break put between the lines of others.
    """

    row: int
    position: int
    label: str
    label_key: str
    detail_before: int
    leaves: tuple[int, int] | None = None
    depth: int = 0
    of_page: bool = False


@dataclass(frozen=True, slots=True)
class Twins:
    """Columns of one meaning that nothing tells apart: the key of the question, and what is taken without an answer."""

    key: str
    headers: tuple[str, ...]
    basis: str
    default: str
    answered: bool


@dataclass(frozen=True, slots=True)
class NetRow:
    """What is taken off a total, and the net figure printed for the rest (at -1 where none is); places in the body."""

    position: int
    total: int
    taken_off: tuple[int, ...]
    label: str
    end: int


@dataclass(frozen=True, slots=True)
class OddSum:
    """A total along a row that is not the sum of its columns; row and column counted from 0."""

    row: int
    column: int
    printed: float
    added: float


@dataclass(slots=True)
class TableDraft:
    """One table: where its rows are, then what they are. `body` holds sheet rows counted from 0.

    `nameless` are columns of figures without a header; `row_sums` columns left out because they add up others, and
    `odd_sums` the cells where they do not; `hidden_totals` are positions of lines that add up the lines beside them;
    `nets` are net figures below totals, `beyond` positions of figures below the last of them that are no lines;
    `parts` are columns that a column beside them adds up, `twins` columns of one meaning that a person tells apart;
    `own_year` and `own_basis` hold where the rows themselves name them; Last Year is counted from `this_year`.
    """

    sheet: Sheet
    table_no: int
    title_rows: list[int]
    header_rows: list[int]
    body: range
    headers: dict[int, str]
    titles: TitleContext = field(default_factory=TitleContext)
    values: list[ValueDraft] = field(default_factory=list)
    labels: list[LabelDraft] = field(default_factory=list)
    roles: dict[int, RowRole] = field(default_factory=dict)
    detail: list[int] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    nets: list[NetRow] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    side: Side = Side.UNKNOWN
    side_assumed: bool = False
    kind: TableKind = TableKind.LINES
    why_not_counted: str = ""
    nameless: list[int] = field(default_factory=list)
    row_sums: list[ValueDraft] = field(default_factory=list)
    odd_sums: list[OddSum] = field(default_factory=list)
    hidden_totals: list[int] = field(default_factory=list)
    own_year: str = ""
    this_year: str = ""
    asks_this_year: bool = False
    rows_bare_years: bool = False
    own_basis: Basis | None = None
    scale_unsure: bool = False
    same_as: str = ""
    parts: set[int] = field(default_factory=set)
    twins: list[Twins] = field(default_factory=list)

    def leave_out(self, kind: TableKind, reason: str) -> None:
        """Names a table as what it is; its money is not counted, and the reader is told why."""
        self.kind, self.why_not_counted = kind, reason

    def add_reason(self, reason: str) -> None:
        """Says why something was read so, once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def recount(self) -> None:
        """Counts the detail rows before every total and heading anew, after some became totals."""
        for total in self.totals:
            total.detail_before = bisect_left(self.detail, total.position)
        for heading in self.headings:
            heading.detail_before = bisect_left(self.detail, heading.row - self.body.start)

    def first_row(self) -> int:
        return self.header_rows[0] if self.header_rows else self.body.start

    def detail_rows(self) -> list[int]:
        """Sheet rows of the detail, counted from 0."""
        start = self.body.start
        return [start + position for position in self.detail]


@dataclass(slots=True)
class Document:
    """Tables that continue each other: same columns, same side. Its detail rows are numbered straight through.

    `labels` (by header), `amounts` (by column key) and `attributes` have one entry a detail row; `starts[i]` is the
    number of the first detail row of table i, with one more entry for the end.
    """

    tables: list[TableDraft]
    starts: list[int]
    labels: dict[str, list[str]]
    meanings: dict[str, LabelMeaning]
    amounts: dict[ColumnKey, array]
    attributes: dict[str, list[str]] = field(default_factory=dict)
    chart: str = ""
    contents: dict[str, LabelContent] = field(default_factory=dict)
    lines_by_value: dict[tuple[str, str], dict[str, tuple[tuple[int, int], ...]]] = field(default_factory=dict)

    @property
    def line_count(self) -> int:
        return self.starts[-1]
