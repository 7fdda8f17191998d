"""The receipt of a budget line: its cell as it was printed, and the totals of its file that cover it."""

import re
from collections.abc import Iterable, Sequence

from data.intake.model import TieOut
from data.store.budget_queries import BudgetLine
from data.store.database import Store
from data.store.viewer import Viewer

_ROWS = re.compile(r"(\d+)(?:–(\d+))?")
_NAMED = re.compile(r"\d+ (sheets|tables): (\w+) (\S+)")
_CODES = ("fund", "function", "object", "location", "program", "project")


def load_printed_text(store: Store, viewer: Viewer, line: BudgetLine) -> str:
    """What the cell of a line says where it is a text, such as `(1,234)`; nothing where it is a plain number.

    Nothing too where the viewer does not see the line by itself: it is found among the lines that are shown.
    """
    rows = store.read(
        viewer,
        "SELECT raw_text FROM budget_line JOIN budget_table USING (district_id, upload_id, sheet, table_no) "
        "JOIN budget_column USING (district_id, upload_id, table_id, column_letter) "
        "JOIN budget_row USING (district_id, upload_id, table_id, row_number) "
        "JOIN budget_amount USING (district_id, upload_id, row_id, column_id) "
        "WHERE district_id = $district_id AND upload_id = $upload_id AND sheet = $sheet AND table_no = $table_no "
        "AND row_number = $row_number AND column_letter = $column_letter",
        upload_id=line.upload_id,
        sheet=line.sheet,
        table_no=line.table_no,
        row_number=line.row_number,
        column_letter=line.column_letter,
    )
    return rows[0][0] or "" if rows else ""


def find_covering_totals(ties: Sequence[TieOut], line: BudgetLine) -> list[TieOut]:
    """The printed totals in the line's own column that add it up: of each level the one over the fewest lines.

    A tie-out lists the rows that it covers. One of an earlier upload only says so in words (`rows 5–10`, `4 sheets:
    fund 100 - GENERAL FUND`, `all 95 sheets`); where the words do not tell whether a line is among it, the total is
    left out. A net figure covers no line by itself.
    """
    column = [tie for tie in ties if tie.column == line.column_letter]
    whole_sheets = {tie.sheet for tie in column if tie.covers.startswith("all ")}
    nearest: dict[int, TieOut] = {}
    for tie in column:
        if _covers(tie, line, whole_sheets) and tie.line_count < _count(nearest.get(tie.level)):
            nearest[tie.level] = tie
    return sorted(nearest.values(), key=lambda tie: (tie.line_count, tie.level))


def _count(tie: TieOut | None) -> float:
    return tie.line_count if tie else float("inf")


def _covers(tie: TieOut, line: BudgetLine, whole_sheets: Iterable[str]) -> bool:
    if tie.covered or tie.net_of:
        own = (line.sheet, line.table_no)
        return any((s, n) == own and first <= line.row_number <= last for s, n, first, last in tie.covered)
    at_home = (tie.sheet, tie.table_no) == (line.sheet, line.table_no)
    if tie.covers.startswith("row"):
        return at_home and _has_row(tie.covers, line.row_number)
    if tie.covers.startswith("all "):
        # A file with several statements has a grand total for each; only one on the line's own sheet is surely its.
        return tie.sheet == line.sheet or len(set(whole_sheets)) == 1
    named = _NAMED.match(tie.covers)
    if named is None or named[2] not in _CODES:
        return False
    return getattr(line, f"{named[2]}_code") == named[3] and (named[1] == "sheets" or tie.sheet == line.sheet)


def _has_row(covers: str, row_number: int) -> bool:
    return any(int(first) <= row_number <= int(last or first) for first, last in _ROWS.findall(covers))
