"""Everything the reading of a budget workbook can find, in words."""

from planning.findings import FindingKind
from planning.vocabulary import Severity

EMPTY_WORKBOOK = FindingKind(
    "empty_workbook",
    Severity.ERROR,
    "The workbook has no filled cell.",
    "Open it in the program it came from, check that it holds the budget, and save it again.",
)
NO_NUMBERS = FindingKind(
    "no_numbers",
    Severity.ERROR,
    "No sheet holds a table with amounts.",
    "Upload the workbook that lists budget lines with amounts; formulas must have been calculated and saved.",
)
TOTAL_MISMATCH = FindingKind(
    "total_mismatch",
    Severity.WARNING,
    "“{label}” in {cell} of sheet {sheet} prints {found}, but the lines it covers ({covers}) add up to {expected}: "
    "a difference of {difference}.",
    "Check the printed figure and the lines it covers in column {column}; both figures are kept as they are.",
)
UNREADABLE_AMOUNT = FindingKind(
    "unreadable_amount",
    Severity.WARNING,
    "{cell} of sheet {sheet} stands in a column of amounts but reads “{found}”, which is not a number.",
    "Type the amount as a plain number, or clear the cell.",
)
EMPTY_COLUMN = FindingKind(
    "empty_column",
    Severity.NOTE,
    "Column “{found}” holds only zeros or nothing; it is kept as empty and not read as a budget of zero.",
)
TABLE_NOT_COUNTED = FindingKind(
    "table_not_counted",
    Severity.NOTE,
    "The table in {cell} of sheet {sheet} is not counted: {found}",
)
NOTHING_COUNTED = FindingKind(
    "nothing_counted",
    Severity.ERROR,
    "The workbook has tables, but none of their columns holds money.",
    "Upload a workbook with at least one column of dollars.",
)
COLUMN_WITHOUT_HEADER = FindingKind(
    "column_without_header",
    Severity.WARNING,
    "Column {found} of sheet {sheet} holds figures but no header, so it is not read.",
    "Write a header such as “2026-27 Budget” over it, or clear the column.",
)
NOT_A_BUDGET = FindingKind(
    "not_a_budget",
    Severity.ERROR,
    "The file holds no budget. Sheet {sheet}: {found}",
    "Upload the workbook that lists budget lines by account or by fiscal year.",
)
ROW_TOTAL_MISMATCH = FindingKind(
    "row_total_mismatch",
    Severity.WARNING,
    "{cell} of sheet {sheet} prints {found} as the total of its row, but the columns it adds up come to {expected}.",
    "Check the row; the total column is not counted, the columns beside it are.",
)
BEYOND_BUDGETS = FindingKind(
    "beyond_budgets",
    Severity.ERROR,
    "Column “{found}” of sheet {sheet} adds up to {expected}, more than any budget: {cell} holds {largest}, which is "
    "probably no amount.",
    "Correct the cell (an account number, a missing decimal point, the wrong scale), and upload the file again.",
)
HIDDEN_TOTAL = FindingKind(
    "hidden_total",
    Severity.WARNING,
    "Row {row} of sheet {sheet} (“{found}”) is not called a total, but equals the sum of the rows beside it.",
    "Answer whether such rows are totals or lines.",
)
FIGURES_BELOW_NET = FindingKind(
    "figures_below_net",
    Severity.NOTE,
    "{found} rows with figures below “{label}” in {cell} of sheet {sheet} are not counted: no total adds them up, and "
    "they are not laid out like the lines above.",
    "Where they are budget lines, move them above the total.",
)
SHEET_LEFT_OUT = FindingKind(
    "sheet_left_out",
    Severity.NOTE,
    "On sheet {sheet} no table of budget amounts was found; it is not read.",
)
TEXT_LINES_PARTED = FindingKind(
    "text_lines_parted",
    Severity.NOTE,
    "Sheet {sheet} holds lines of text in one column; they are parted into columns where their amounts stand below "
    "each other, and cells are named as if they stood in these columns.",
)
MACROS_IGNORED = FindingKind(
    "macros_ignored",
    Severity.NOTE,
    "The workbook holds macros; they are not read and never run.",
)
MORE_WARNINGS = FindingKind(
    "more_warnings",
    Severity.WARNING,
    "{found} more warnings like the {expected} before ({alike}), the next in {cells}.",
    "Mend the first ones and read the file again; the tie-outs list every printed total.",
)
MORE_NOTES = FindingKind(
    "more_notes",
    Severity.NOTE,
    "{found} more notes like the {expected} before ({alike}), the next in {cells}.",
)
