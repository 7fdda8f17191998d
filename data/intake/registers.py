"""Lists of things that are no budget: registers, inventories and forms, told by what their columns are called.

A register has one thing on each row (an award, a project, a product) with its status, address or dates beside it. A
budget line has an account or a fiscal year; where neither is there, publishing the list as a budget would be a guess.
"""

import re
from collections.abc import Iterator, Sequence

from data.intake.account_strings import read_label_content
from data.intake.cells import CellValue, column_letter
from data.intake.columns import are_identifiers, counts_rows, holds_words
from data.intake.drafts import Grid, LabelDraft, TableDraft, ValueDraft
from data.intake.headers import names_a_code, part_words, read_label_header, read_value_header
from data.intake.numbers import cell_text, cell_texts, is_placeholder, pick, read_amount_column, read_amount_text
from data.intake.stages import BUDGETS
from planning.vocabulary import RowRole, TableKind

_OF_THINGS = re.compile(
    r"\bstatus\b|\baddress\b|\bcity\b|\bstate\b|\bzip\b|\bpostal\b|\bphone\b|\be-?mail\b|\bweb ?site\b|\burl\b|\bein\b"
    r"|\btax id\b|\bserial\b|\basset tag\b|\bmodel\b|\bmanufacturer\b|\bbrand\b|\blicen[cs]es?\b|\brenewal\b"
    r"|\bexpir(?:es|y|ation)\b|\bwarranty\b|\b(?:date|dates)\b|\bneighbou?rhood\b|\bpurpose\b|\bscope\b|\bproducts?\b"
    r"|\bgrantee\b|\brecipient\b|\bapplicants?\b|\bconsulting\b|\bcondition\b|\bpriority\b|\bcontact\b|\bsso\b"
    r"|\btimestamp\b|\bemployee (?:id|no\b|numbers?|#|names?)|\bdonors?\b|\bhire\b",
    re.I,
)
# What was paid, ordered or posted one by one: its columns hold accounts too, but no budget.
_OF_PAYMENTS = re.compile(
    r"\b(?:(?:check|cheque|warrant|voucher|invoice|p\.?o\.?|purchase order|requisition|transaction|trans|posting"
    r"|payment|receipt|deposit|batch|journal) ?(?:no\b|nos\b|numbers?|nbr|num\b|#|dates?|ids?\b)|invoices?\Z|posted\Z"
    r"|references?(?: (?:no\b|numbers?|#))?\Z|debits?\Z|credits?\Z|payees?\Z|(?:gross|net) pay\Z|pay date\Z)",
    re.I,
)
_SCALED = re.compile(r"\((?:scale )?(?:of )?([01]) ?(?:-|–|to) ?([3-9]|10)\)", re.I)
_TITLED = re.compile(
    r"\b(?:salary|pay|wage|stipend|fee|bell|bus) (?:schedules?|scales?|tables?)\b|\b(?:purchase )?requisition\b"
    r"|\bpurchase order\b|\benroll?ment (?:by|report|summary|projections?|counts?|history|trends?)\b"
    r"|\bbid (?:tab(?:ulations?|s)?|tally|results|comparisons?)\b|\bschedule of (?:[\w-]+ ){0,2}fees\b|\bfee list\b"
    r"|\bsurvey (?:of|results|responses)\b|\bcheck register\b|\bstaff (?:roster|directory)\b",
    re.I,
)
_BUDGET = re.compile(r"\bbudget|\bexpen[ds]|\brevenue|\bappropriat", re.I)
_ACCOUNT_DIMENSIONS = frozenset({"fund", "function", "object", "account"})
_FEWEST_SIGNS = 2
_FEWEST_IDENTIFIERS = 10
_SMALLEST_IDENTIFIER = 100
_HEADER_SEARCH_ROWS = 20
_FEWEST_HEADERS = 3
_FORM_SHARE = 0.5
_LONGEST_FORM = 200
_REGISTER_REASON = (
    "it lists things one a row ({signs}); no column holds account codes and no column of amounts names its fiscal "
    "year, so it is a register and not imported as a budget."
)
_PAYMENTS_REASON = (
    "it lists what was paid, ordered or posted one by one ({signs}), so it is a register and not imported as a budget."
)
_SCALE_REASON = "its figures are answers on the scale that their headers print, so it is a survey and no budget."
_TITLED_REASON = "its title says what it is ({title}), and that is no budget."
_FORM_REASON = "it is a form: single answers beside their labels, without a header, so it is not imported as a budget."


def name_register(grid: Grid, table: TableDraft) -> None:
    """Takes a table that is a register or a form out of the count, with the reason."""
    signs = _list_signs([label.header for label in table.labels])
    has_years = any(value.meaning.years for value in table.values)
    payments = _list_payments(table)
    if payments:
        table.leave_out(TableKind.REGISTER, _PAYMENTS_REASON.format(signs=", ".join(payments[:3])))
        _take_identifiers_out(table)
    elif len(signs) >= _FEWEST_SIGNS and not has_years and not _holds_accounts(table.labels):
        table.leave_out(TableKind.REGISTER, _REGISTER_REASON.format(signs=", ".join(signs[:3])))
        _take_identifiers_out(table)
    elif (title := _find_title_of_list(table)) and not _says_budget(table):
        table.leave_out(TableKind.REGISTER, _TITLED_REASON.format(title=title))
    elif table.values and all(_is_on_scale(table, value) for value in table.values):
        table.leave_out(TableKind.REGISTER, _SCALE_REASON)
    elif _is_form(grid, table):
        table.leave_out(TableKind.FORM, _FORM_REASON)


def _list_payments(table: TableDraft) -> list[str]:
    """Headers that only lists of payments, orders and postings have; none where a column says that it is a budget's."""
    if any(value.meaning.years or value.meaning.basis in BUDGETS for value in table.values):
        return []
    headers = [part_words(column.header) for column in (*table.labels, *table.values)]
    found = list(dict.fromkeys(header for header in headers if _OF_PAYMENTS.search(header)))
    return found if len(found) >= _FEWEST_SIGNS else []


def _is_on_scale(table: TableDraft, value: ValueDraft) -> bool:
    """Whether a header prints a scale such as (1-5) and no figure is beyond it."""
    scale = _SCALED.search(value.header)
    return scale is not None and all(
        float(scale[1]) <= amount <= float(scale[2]) for amount in pick(value.amounts, table.detail) if amount == amount
    )


def _find_title_of_list(table: TableDraft) -> str:
    """The line above the table that calls it a salary schedule, a requisition, an enrollment report or the like."""
    return next((line for line in table.titles.lines if _TITLED.search(line)), "")


def _says_budget(table: TableDraft) -> bool:
    """Whether a line above or a header speaks of a budget, revenue or spending after all."""
    texts = [*table.titles.lines, *(value.header for value in table.values)]
    return any(_BUDGET.search(text) for text in texts)


def _take_identifiers_out(table: TableDraft) -> None:
    """Numbers that name the things of a list (no two alike, none short, under a header that says no amount)."""
    for value in [value for value in table.values if not value.meaning.says_value and value.meaning.unit is None]:
        filled = [amount for amount in pick(value.amounts, table.detail) if amount == amount]
        whole = all(amount % 1 == 0 and amount >= _SMALLEST_IDENTIFIER for amount in filled)
        if len(filled) > _FEWEST_IDENTIFIERS and whole and len(set(filled)) == len(filled):
            table.values.remove(value)
            cells = [row[value.index] if value.index < len(row) else None for row in table.sheet.rows]
            texts = cell_texts(cells[table.body.start : table.body.stop])
            table.labels.append(LabelDraft(value.index, value.header, read_label_header(value.header), texts))


def _list_signs(headers: Sequence[str]) -> list[str]:
    """Headers that only lists of things have."""
    return [header for header in headers if _OF_THINGS.search(part_words(header))]


def _holds_accounts(labels: Sequence[LabelDraft]) -> bool:
    """Whether a column holds codes of funds, functions, objects or accounts."""
    named = [label for label in labels if label.meaning.dimension in _ACCOUNT_DIMENSIONS and not label.meaning.is_name]
    # A column of zeros is an amount nobody spent, whatever its header calls it.
    contents = [
        read_label_content(label.texts) for label in named if max(set(label.texts), key=label.texts.count) != "0"
    ]
    return any(content.segments or content.holds_codes for content in contents)


def _is_form(grid: Grid, table: TableDraft) -> bool:
    """Whether most cells of the leftmost column of labels end in a colon, those above the amounts too."""
    if not table.labels or grid.row_count > _LONGEST_FORM:
        return False
    filled = [text for text in map(cell_text, grid.columns[table.labels[0].index]) if text]
    return len(filled) > 1 and sum(1 for text in filled if text.endswith(":")) > _FORM_SHARE * len(filled)


def find_register(grid: Grid) -> TableDraft | None:
    """A list of things on a sheet without any column of amounts: what it is, so that it can be named."""
    for row, headers in list_header_rows(grid):
        named = [text for text in headers.values() if text]
        # A header names each column once; a line of a list may well say the same twice.
        signs = _list_signs(list(dict.fromkeys(named)))
        if len(named) >= _FEWEST_HEADERS and len(signs) >= _FEWEST_SIGNS and 3 * len(signs) >= len(named):
            table = build_list(grid, row, headers)
            table.leave_out(TableKind.REGISTER, _REGISTER_REASON.format(signs=", ".join(signs[:3])))
            return table
    return None


def list_header_rows(grid: Grid) -> Iterator[tuple[int, dict[int, str]]]:
    """The first rows of a sheet as the headers that each of them would be."""
    for row in range(min(grid.row_count, _HEADER_SEARCH_ROWS)):
        yield row, {index: cell_text(column[row]) for index, column in enumerate(grid.columns)}


def build_list(grid: Grid, header_row: int, headers: dict[int, str]) -> TableDraft:
    """A table without columns of money that anything above told: all below the header, one thing a row."""
    body = range(header_row + 1, grid.row_count)
    table = TableDraft(grid.sheet, 1, [], [header_row], body, headers)
    for index, column in enumerate(grid.columns):
        cells = column[body.start : body.stop]
        if counts_rows(cells, headers[index]):
            continue
        if headers[index] and _are_figures(cells, headers[index]):
            table.values.append(_build_value(index, headers[index], cells))
        elif headers[index]:
            meaning = read_label_header(headers[index])
            table.labels.append(LabelDraft(index, headers[index], meaning, cell_texts(cells)))
    _read_list_roles(grid, table)
    return table


def _read_list_roles(grid: Grid, table: TableDraft) -> None:
    """Things one a row; the header again on the next page, and notes after a blank row below the last, are none."""
    filled = {p: count for p in range(len(table.body)) if (count := _count_filled(grid, table.body.start + p))}
    last = max((p for p, count in filled.items() if count > 1), default=-1)
    notes = [p for p in filled if p > last + 1 and (last + 1) not in filled] if last >= 0 else []
    headers = [p for p in filled if _repeats_header(grid, table, table.body.start + p)]
    aside = {*notes, *headers}
    table.detail = [p for p in filled if p not in aside]
    table.header_rows += [table.body.start + p for p in headers]
    table.roles = {
        **dict.fromkeys((table.body.start + p for p in notes), RowRole.NOTE),
        **dict.fromkeys(table.header_rows, RowRole.HEADER),
        **dict.fromkeys(table.detail_rows(), RowRole.DETAIL),
    }


def _repeats_header(grid: Grid, table: TableDraft, row: int) -> bool:
    return all(cell_text(grid.columns[index][row]) == header for index, header in table.headers.items())


def _are_figures(cells: Sequence[CellValue], header: str) -> bool:
    """Whether a column of a list holds figures: nearly all numbers, in text or not, and neither codes nor names."""
    texts = [text for text in cell_texts(cells) if text and not is_placeholder(text)]
    padded = any(len(text) > 1 and text[0] == "0" and text.isdecimal() for text in texts)
    if not texts or padded or names_a_code(header) or are_identifiers(texts):
        return False
    figures = sum(1 for text in texts if read_amount_text(text) is not None)
    return figures > 0 and not holds_words(texts, read_value_header(header))


def _build_value(index: int, header: str, cells: Sequence[CellValue]) -> ValueDraft:
    column = read_amount_column(cells)
    meaning = read_value_header(header)
    value = ValueDraft(index, header, meaning, column.amounts, column.written, column.unreadable, column.placeholders)
    value.unit = meaning.unit or value.unit
    value.basis = meaning.basis or value.basis
    return value


def _count_filled(grid: Grid, row: int) -> int:
    return sum(1 for column in grid.columns if column[row] is not None and column[row] != "")


def list_cells(table: TableDraft) -> dict[str, list[str]]:
    """Every named column of a list as text, as printed: what it says of each thing, figures and words alike."""
    columns = sorted((column.index, column.header) for column in [*table.labels, *table.values] if column.header)
    rows = [table.sheet.rows[row] for row in table.detail_rows()]
    found: dict[str, list[str]] = {}
    for index, header in columns:
        name = header if header not in found else f"{header} ({column_letter(index)})"
        found[name] = cell_texts([row[index] if index < len(row) else None for row in rows])
    return found
