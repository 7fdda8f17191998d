"""What can be said about a plan workbook, each with its words and how to mend it."""

from planning.findings import FindingKind
from planning.vocabulary import Severity

NOT_A_PLAN_WORKBOOK = FindingKind(
    "not_a_plan_workbook",
    Severity.ERROR,
    "{found} is not a Techplan plan workbook: the sheets {expected} are not in it.",
    "Start from a fresh plan template. A budget workbook goes to the budget upload.",
)
SHEET_MISSING = FindingKind(
    "plan_sheet_missing",
    Severity.ERROR,
    "The sheet {expected} is missing, so nothing can be said about its rows.",
    "Put the sheet back from the template, even if it stays empty.",
)
SHEET_TWICE = FindingKind(
    "plan_sheet_twice",
    Severity.ERROR,
    "Two sheets are called {expected}: {found}.",
    "Keep one of them, or rename the other.",
)
SHEET_UNKNOWN = FindingKind(
    "plan_sheet_unknown", Severity.NOTE, "The sheet {sheet} is not part of a plan workbook and was not read."
)
HEADER_MISSING = FindingKind(
    "plan_header_missing",
    Severity.ERROR,
    "No row of {sheet} has its column headings.",
    "Restore the heading row: {expected}.",
)
COLUMN_MISSING = FindingKind(
    "plan_column_missing",
    Severity.ERROR,
    "{sheet} has no column “{expected}”, which every row needs.",
    "Restore the column with that heading.",
)
COLUMN_ABSENT = FindingKind(
    "plan_column_absent",
    Severity.WARNING,
    "{sheet} has no column “{expected}”; it is read as empty in every row.",
    "Restore the column if its values should be kept.",
)
COLUMN_TWICE = FindingKind(
    "plan_column_twice",
    Severity.ERROR,
    "{sheet} has the heading “{expected}” twice.",
    "Rename or remove one of the two columns.",
)
COLUMN_UNKNOWN = FindingKind(
    "plan_column_unknown", Severity.NOTE, "The column “{found}” of {sheet} is not part of the plan and was not read."
)
COLUMN_UNHEADED = FindingKind(
    "plan_column_unheaded",
    Severity.WARNING,
    "{sheet} has values in a column without a heading; they were not read.",
    "Give the column a heading of the template, or clear it.",
)
CELL_EMPTY = FindingKind(
    "plan_cell_empty",
    Severity.ERROR,
    "“{column}” is empty; {sheet} needs it.",
    "Type {expected}.",
)
CELL_UNREADABLE = FindingKind(
    "plan_cell_unreadable", Severity.ERROR, "“{column}”{of} holds “{found}”, which cannot be read.", "Type {expected}."
)
CELL_FORMULA_ERROR = FindingKind(
    "plan_cell_formula_error",
    Severity.WARNING,
    "“{column}” holds {found}, which is what a failing formula shows; it was read as text.",
    "Type {expected}, or mend the formula.",
)
CELL_BECAME_DATE = FindingKind(
    "plan_cell_became_date",
    Severity.ERROR,
    "“{column}” holds {found}: the spreadsheet turned what was typed into a date or a time.",
    "Format the cell as text and type {expected} again.",
)
VALUE_OUT_OF_RANGE = FindingKind(
    "plan_value_out_of_range",
    Severity.ERROR,
    "“{column}”{of} holds {found}, which is out of range.",
    "Type {expected}.",
)
REFERENCE_UNKNOWN = FindingKind(
    "plan_reference_unknown",
    Severity.ERROR,
    "“{column}” names “{found}”, which the sheet {other} does not have.",
    "Choose one that is there, or add a row for it to {other}.",
)
IDENTIFIER_TWICE = FindingKind(
    "plan_identifier_twice",
    Severity.ERROR,
    "“{column}” {found} stands in two rows of {sheet}; the first is {first}.",
    "Give one of the rows a name of its own, or remove it.",
)
PERCENT_LARGE = FindingKind(
    "plan_percent_large",
    Severity.WARNING,
    "“{column}” is read as {found}.",
    "Type the percentage with its sign, such as 5%, if that is too much.",
)
CENTS_ROUNDED = FindingKind(
    "plan_cents_rounded", Severity.NOTE, "{found} has parts of a cent and was read as {expected}."
)
CODE_WAS_NUMBER = FindingKind(
    "plan_code_was_number",
    Severity.NOTE,
    "“{column}” holds a number and was read as the text “{found}”.",
    "If the code has leading zeros, format the cell as text and type it again.",
)
COMMITMENT_EMPTY = FindingKind(
    "plan_commitment_empty",
    Severity.NOTE,
    "The commitment of {found} has no amount in any year and says nothing.",
    "Fill in dollars, or clear the row.",
)
ROW_MISSING = FindingKind(
    "plan_row_missing",
    Severity.WARNING,
    "{found} is in the plan but not in the workbook; it was kept.",
    "If it should go, say so: --answer 'delete:{row}=yes', or tick it on the page.",
)
BASE_UNKNOWN = FindingKind(
    "plan_base_unknown",
    Severity.WARNING,
    "The workbook says that it was made from a revision that this store does not have, so every row that differs from "
    "the plan is a question.",
    "Start from a fresh template, or answer each question.",
)
IDENTIFIER_CHANGED = FindingKind(
    "plan_identifier_changed",
    Severity.ERROR,
    "“{column}” was {expected} and is now {found}; other rows name it, so it stays.",
    "Type {expected} again, or add a row of its own for {found}.",
)
