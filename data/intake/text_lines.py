"""Print-outs saved as text in one column, each line a cell: parted where the amounts stand below each other.

ACCOUNT               DESCRIPTION            REVISED BUDGET    YTD EXPENDED
10-1100-110           SALARIES                   850,000.00      612,345.10
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.intake.cells import CellValue, ColumnRows, Sheet, Workbook

_AMOUNT = re.compile(r"(?<![\w.,])\$?\(?-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)?\.\d{2}\)?(?:-| CR)?%?(?![\w.,])")
_CHUNK = re.compile(r"\S+(?: \S+)*")
_FEWEST_LINES = 5
_FEWEST_AMOUNTS = 2
_FEWEST_BLANKS = 2
_MOST = 0.9
_LONGEST = 400  # wider is no line of a printer
Span = tuple[int, int]


def part_text_lines(workbook: Workbook) -> Workbook:
    """The workbook with the lines of such sheets in columns; every other sheet as it is."""
    sheets = tuple(map(_part_sheet, workbook.sheets))
    same = all(new is old for new, old in zip(sheets, workbook.sheets, strict=True))
    return workbook if same else replace(workbook, sheets=sheets)


def _part_sheet(sheet: Sheet) -> Sheet:
    lines = _read_lines(sheet)
    tabular = [line for line in lines if len(_AMOUNT.findall(line)) >= _FEWEST_AMOUNTS]
    if len(tabular) < _FEWEST_LINES:
        return sheet
    spans = _find_spans(tabular)
    if len(spans) <= _FEWEST_AMOUNTS:
        return sheet
    rows = [_part_line(line, spans) for line in lines]
    return replace(sheet, rows=rows, merged=(), formats={}, from_lines=True)


def _read_lines(sheet: Sheet) -> list[str]:
    """The lines of a sheet that has a text in one and the same column of every row that has any; else nothing."""
    if isinstance(sheet.rows, ColumnRows):
        return []
    lines: list[str] = []
    columns: set[int] = set()
    for row in sheet.rows:
        filled = [index for index, cell in enumerate(row) if cell is not None and cell != ""]
        columns.update(filled)
        if len(columns) > 1 or not all(type(row[index]) is str for index in filled):
            return []
        lines.append(str(row[filled[0]]).expandtabs().rstrip()[:_LONGEST] if filled else "")
    return lines


def _find_spans(lines: Sequence[str]) -> list[Span]:
    """Where the columns stand: what is parted by blanks in (nearly) all lines that hold amounts."""
    width = max(map(len, lines))
    filled = [sum(1 for line in lines if place < len(line) and line[place] != " ") for place in range(width)]
    most_blank = (1 - _MOST) * len(lines)
    spans: list[Span] = []
    start = None
    for place in range(width + 1):
        is_filled = place < width and filled[place] > most_blank
        if is_filled and start is None:
            start = place
        elif not is_filled and start is not None:
            spans.append((start, place))
            start = None
    return _join_labels(lines, spans)


def _join_labels(lines: Sequence[str], spans: list[Span]) -> list[Span]:
    """Columns without amounts are joined where single blanks part them: words of a text, not columns."""
    joined: list[Span] = []
    for span in spans:
        if (
            joined
            and span[0] - joined[-1][1] < 2
            and not (_holds_amounts(lines, span) or _holds_amounts(lines, joined[-1]))
        ):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _holds_amounts(lines: Sequence[str], span: Span) -> bool:
    ends = sum(1 for line in lines for match in _AMOUNT.finditer(line) if span[0] < match.end() <= span[1] + 1)
    return 2 * ends >= len(lines)


def _part_line(line: str, spans: Sequence[Span]) -> list[CellValue]:
    """Each word group goes to the column it stands over; one that reaches over several belongs to the first."""
    cells: list[str] = [""] * len(spans)
    chunks = _cut(line, spans) if len(_AMOUNT.findall(line)) >= _FEWEST_AMOUNTS else _CHUNK.finditer(line)
    for match in chunks:
        index = _choose_span(match.start(), match.end(), spans)
        cells[index] = f"{cells[index]} {match[0]}".strip()
    return [cell or None for cell in cells]


def _cut(line: str, spans: Sequence[Span]) -> list[re.Match[str]]:
    """The words of a line with amounts: amounts by themselves, other words in groups."""
    return list(re.finditer(rf"{_AMOUNT.pattern}|(?:(?!{_AMOUNT.pattern})\S)+(?: (?!{_AMOUNT.pattern})\S+)*", line))


def _choose_span(start: int, end: int, spans: Sequence[Span]) -> int:
    """The column with the largest overlap, the first of those; else the nearest."""
    overlaps = [min(end, high) - max(start, low) for low, high in spans]
    return max(range(len(spans)), key=lambda index: (overlaps[index], -index))
