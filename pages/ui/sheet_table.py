"""A window of a sheet as an HTML table: every row with its role, every column with its meaning, every colour a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from data.intake.cell_pages import SheetOutline, ShownValue
from data.intake.model import Table, TieOut, ValueColumn
from data.intake.pictures import (
    NOT_READ,
    Fold,
    Run,
    count_letter,
    find_meaning,
    find_table,
    list_covered_rows,
    list_letters,
)
from data.intake.reconcile import is_mismatch
from pages.ui.wording import count, name_basis, name_side, name_unit
from planning.vocabulary import RowRole, TableKind

COLUMNS_SHOWN = 40
COLUMNS_ALWAYS_SHOWN = 6
LONGEST_TEXT = 64
_NO_BUDGETS = frozenset({TableKind.REGISTER, TableKind.FORM, TableKind.NOTES})
_AMOUNT_ROLES = frozenset({RowRole.DETAIL, RowRole.SUBTOTAL, RowRole.TOTAL})
_LABEL_WORDS = {"": "label", "org": "organization", "code": "number"}
ROLES = (*(str(role) for role in RowRole), NOT_READ)


def build_legend() -> str:
    words = {role: role for role in ROLES} | {NOT_READ: "not read, or not counted"}
    chips = "".join(f'<li class="{_class_name(role)}">{escape(word)}</li>' for role, word in words.items())
    marks = "<li>✓ printed total that ties out</li><li>! printed total that is off</li><li>→ the cell gone to</li>"
    return f'<ul class="tp-legend" aria-label="What the colours and marks mean">{chips}{marks}</ul>'


def _class_name(role: str) -> str:
    return "r-" + role.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class SheetWindow:
    """One window of one sheet as HTML; `letter` and `row` are the cell that was gone to."""

    sheet: SheetOutline
    tables: Sequence[Table]
    runs: Sequence[Run]
    cells: dict[int, list[ShownValue]]
    ties: dict[tuple[str, str], TieOut]
    letter: str
    row: int

    def build(self, window: Sequence[int | Fold]) -> str:
        letters = self._list_letters()
        head = "".join(f'<th scope="col">{letter}</th>' for letter in letters)
        body: list[str] = []
        named: set[int] = set()
        for one in window:
            if isinstance(one, Fold):
                body.append(self._build_fold(one, len(letters)))
                continue
            meaning = find_meaning(self.runs, one)
            if meaning.role in (*_AMOUNT_ROLES, RowRole.HEADING):
                body += [self._build_meanings(t, letters) for t in self._list_new(meaning.tables, named)]
                named |= set(meaning.tables)
            body.append(self._build_row(one, letters))
        name = escape(f"Sheet {self.sheet.name}", quote=True)
        more = self.sheet.columns - len(letters)
        note = (
            f'<p class="tp-note">{count(more, "more column")} not shown; go to a cell to see those around it.</p>'
            if more > 0
            else ""
        )
        return (
            f'<div class="tp-scroll tp-window" role="region" aria-label="{name}" tabindex="0">'
            f'<table class="tp tp-sheet"><caption>{escape(self.sheet.name)}</caption><thead><tr>'
            f'<th scope="col">Row</th><th scope="col">Role</th>{head}</tr></thead>'
            f"<tbody>{''.join(body)}</tbody></table></div>{note}"
        )

    def _list_letters(self) -> list[str]:
        """The first columns; where the one that was gone to is beyond them, the very first and those around it."""
        letters = list_letters(self.sheet.columns)
        place = count_letter(self.letter) if self.letter else 0
        if place < COLUMNS_SHOWN or place >= len(letters):
            return letters[:COLUMNS_SHOWN]
        around = COLUMNS_SHOWN - COLUMNS_ALWAYS_SHOWN
        first = min(place - around // 2, len(letters) - around)
        return letters[:COLUMNS_ALWAYS_SHOWN] + letters[max(first, COLUMNS_ALWAYS_SHOWN) : first + around]

    def _list_new(self, numbers: Sequence[int], named: set[int]) -> list[Table]:
        return [table for table in self.tables if table.table_no in numbers and table.table_no not in named]

    def _build_fold(self, fold: Fold, columns: int) -> str:
        words = f"Rows {fold.first:,} to {fold.last:,}: {fold.rows:,} more {fold.role} rows, not shown one by one"
        return f'<tr class="tp-fold"><td colspan="{columns + 2}">{escape(words)}</td></tr>'

    def _build_meanings(self, table: Table, letters: Sequence[str]) -> str:
        """What every column of a table means, above its first row."""
        words = "counted" if table.counted else "not counted"
        columns = {column.column: (number, column) for number, column in enumerate(table.columns)}
        cells = "".join(self._build_meaning(table, letter, columns.get(letter)) for letter in letters)
        return f'<tr class="tp-means"><th scope="row" colspan="2">Table {table.table_no}, {words}</th>{cells}</tr>'

    def _build_meaning(self, table: Table, letter: str, column: tuple[int, ValueColumn] | None) -> str:
        if column:
            words = "figures" if table.kind in _NO_BUDGETS else describe_meaning(column[1])
            return f'<td class="v{column[0] % 6}">{escape(words)}</td>'
        if table.labels.get(letter) or (letter in table.labels and not self._holds_numbers(letter)):
            return f"<td>{escape(_LABEL_WORDS.get(table.labels[letter], table.labels[letter]))}</td>"
        other = find_table(self.tables, [one.table_no for one in self.tables if one is not table], letter)
        if other is not None and find_table([table], [table.table_no], letter) is None:
            return f"<td>table {other.table_no}</td>"
        index = count_letter(letter)
        filled = any(index < len(values) and values[index] not in (None, "") for values in self.cells.values())
        return f"<td>{NOT_READ if filled else ''}</td>"

    def _holds_numbers(self, letter: str) -> bool:
        """Whether a column has figures and no words in this window."""
        index = count_letter(letter)
        filled = [values[index] for values in self.cells.values() if index < len(values) and values[index] is not None]
        return bool(filled) and not any(isinstance(value, str) for value in filled)

    def _build_row(self, number: int, letters: Sequence[str]) -> str:
        meaning = find_meaning(self.runs, number)
        members = [table for table in self.tables if table.table_no in meaning.tables]
        aside = bool(members) and not meaning.counted
        role = f"{meaning.role}, not counted" if aside and meaning.role == RowRole.DETAIL else meaning.role
        values = self.cells.get(number, [])
        if role == NOT_READ and not any(values):
            role = str(RowRole.BLANK)
        columns = {column.column: place for table in members for place, column in enumerate(table.columns)}
        holds_amounts = meaning.role in _AMOUNT_ROLES
        covered = self._list_covered(number)
        cells = "".join(
            self._build_cell(number, letter, values, columns.get(letter), letter in covered, holds_amounts)
            for letter in letters
        )
        kind = f"{_class_name(role if role in ROLES else meaning.role)}{' aside' if aside else ''}"
        return f'<tr class="{kind}"><th scope="row">{number}</th><td class="tp-word">{escape(role)}</td>{cells}</tr>'

    def _list_covered(self, number: int) -> set[str]:
        """The columns in which this row is detail of the total that was gone to."""
        tie = self.ties.get((self.sheet.name, f"{self.letter}{self.row}"))
        rows = list_covered_rows(tie) if tie else []
        return {self.letter} if any(first <= number <= last for first, last in rows) else set()

    def _build_cell(
        self,
        number: int,
        letter: str,
        values: Sequence[ShownValue],
        place: int | None,
        covered: bool,
        holds_amounts: bool,
    ) -> str:
        index = count_letter(letter)
        value = values[index] if index < len(values) else None
        is_number = isinstance(value, float | int) and not isinstance(value, bool)
        classes = ["number"] if is_number or (place is not None and holds_amounts) else []
        classes += [f"v{place % 6}"] if place is not None else []
        classes += ["covered"] if covered else []
        mark = self._mark(number, letter)
        if (letter, number) == (self.letter, self.row):
            classes.append("focus")
            mark = f"→ {mark}"
        attribute = f' class="{" ".join(classes)}"' if classes else ""
        return f"<td{attribute}>{mark}{escape(show_value(value, place is not None and holds_amounts))}</td>"

    def _mark(self, number: int, letter: str) -> str:
        tie = self.ties.get((self.sheet.name, f"{letter}{number}"))
        if tie is None:
            return ""
        return "! " if is_mismatch(tie.printed, tie.detail) else "✓ "


def describe_meaning(column: ValueColumn) -> str:
    """A column of amounts in words: `FY2025-26 adopted · US dollars · Expenditures`."""
    words = [f"{column.fiscal_year or 'No year'} {name_basis(column.basis)}", name_unit(column.unit)]
    words += [f"in {column.scale:,}s"] if column.scale != 1 else []
    words += [name_side(column.side)] + (["empty"] if column.empty else [])
    return " · ".join(words)


def show_value(value: ShownValue, is_amount: bool = False) -> str:
    """A cell as text: amounts with separators and cents where they have any, codes and years bare, long texts cut."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - 1] + "…"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}" if is_amount else f"{int(value)}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.4g}"
