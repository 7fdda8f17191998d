"""Parts the columns of a table into labels and amounts, and settles what each column of amounts means."""

from array import array
from collections import Counter
from collections.abc import Mapping

from data.intake.cells import CellValue
from data.intake.drafts import ColumnKey, Grid, LabelDraft, TableDraft, ValueDraft
from data.intake.headers import names_a_code, read_label_header, read_value_header, read_years
from data.intake.numbers import cell_texts, looks_like_money, read_amount_column
from planning.vocabulary import Basis, Unit


def read_columns(grid: Grid, table: TableDraft, convention: str = "ends") -> None:
    """Fills `values` and `labels` of a table."""
    for index, column in enumerate(grid.columns):
        cells = column[table.body.start : table.body.stop]
        header = table.headers[index]
        if _holds_amounts(cells, header, bool(table.header_rows)):
            _add_value(table, index, header, cells, convention)
        elif any(cell is not None for cell in cells) or read_label_header(header).dimension:
            table.labels.append(LabelDraft(index, header, read_label_header(header), cell_texts(cells)))
    _drop_row_totals(table)


def _holds_amounts(cells: tuple[CellValue, ...], header: str, has_header: bool) -> bool:
    kinds = Counter(map(type, cells))
    meaning = read_value_header(header)
    numbers = kinds[float] + kinds[int]
    if not numbers:
        written = [cell for cell in cells[:400] if type(cell) is str and looks_like_money(cell)]
        return (bool(written) and not names_a_code(header)) or (
            meaning.says_value and _is_written_or_empty(cells, header)
        )
    if kinds[str] > numbers or (has_header and not header):
        return False
    return not (names_a_code(header) and _are_whole(cells))


def _is_written_or_empty(cells: tuple[CellValue, ...], header: str) -> bool:
    """An announced column without plain numbers: written whole numbers, or nothing yet (still to be adopted)."""
    if any(cell is not None for cell in cells):
        column = read_amount_column(cells)
        readable = len(column.written)
        return readable > len(column.unreadable)
    years = read_years(header)[0]
    return bool(years) and read_value_header(header).basis is not None


def _are_whole(cells: tuple[CellValue, ...]) -> bool:
    return all(cell % 1 == 0 for cell in cells if type(cell) is float)


def _add_value(table: TableDraft, index: int, header: str, cells: tuple[CellValue, ...], convention: str) -> None:
    meaning = read_value_header(header, convention)
    if meaning.is_change or meaning.unit is Unit.PERCENT:
        table.reasons.append(f"Column {header} compares other columns and is left out.")
        return
    column = read_amount_column(cells)
    table.values.append(ValueDraft(index, header, meaning, column.amounts, column.written, column.unreadable))


def _drop_row_totals(table: TableDraft) -> None:
    """A column headed Total beside others adds them up along the row; counting it would double the money."""
    plain = [value for value in table.values if not value.meaning.is_row_total]
    if len(plain) > 1 and len(plain) < len(table.values):
        table.reasons.append("The column of row totals is left out: it adds up the columns beside it.")
        table.values = plain


def settle_values(table: TableDraft, sheet_years: tuple[str, ...], answers: Mapping[str, str]) -> None:
    """Gives every column its year, basis, unit and scale: from its header, else the titles, else the answers."""
    years = table.titles.years or _constant_label_year(table) or sheet_years
    for value in table.values:
        meaning = value.meaning
        value.fiscal_year = meaning.years[0] if len(meaning.years) == 1 else years[0] if len(years) == 1 else None
        value.basis = meaning.basis or _neighbour_basis(table, value) or table.titles.basis or Basis.BUDGET
        value.unit = meaning.unit or Unit.USD
        value.scale = max(meaning.scale, table.titles.scale) if value.unit is Unit.USD else 1
        if value.fiscal_year is None:
            value.fiscal_year = read_year_answer(answers, value.header)
        if value.scale != 1:
            value.amounts = _scaled(value)
    _number_repeats(table)


def _number_repeats(table: TableDraft) -> None:
    """Columns that say the very same are told apart by their order."""
    seen: dict[ColumnKey, int] = {}
    for value in table.values:
        key = value.key
        value.repeat = seen.get(key, 0)
        seen[key] = value.repeat + 1


def _neighbour_basis(table: TableDraft, value: ValueDraft) -> Basis | None:
    """A column without a basis (2024-25 FTE) shares that of the column before it with the same year."""
    before = [v for v in table.values if v.index < value.index and v.meaning.years == value.meaning.years]
    return next((v.meaning.basis for v in reversed(before) if v.meaning.basis), None)


def read_year_answer(answers: Mapping[str, str], header: str) -> str | None:
    """The fiscal year a person gave for one header, or for all columns without one."""
    given = answers.get(f"fiscal_year:{header}") or answers.get("fiscal_year", "")
    years = read_years(given)[0]
    return years[0] if len(years) == 1 else None


def _scaled(value: ValueDraft) -> array:
    return array("d", [amount * value.scale for amount in value.amounts])


def _constant_label_year(table: TableDraft) -> tuple[str, ...]:
    """A label column that names one fiscal year on every row, such as FY19 | … | AMOUNT."""
    for label in table.labels:
        texts = set(label.texts) - {""}
        if 0 < len(texts) <= 3:
            found = {read_years(text)[0] for text in texts}
            if len(found) == 1 and len(years := next(iter(found))) == 1:
                return years
    return ()
