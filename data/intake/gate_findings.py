"""Why a file is refused, in words a finance officer understands: one kind for every reason."""

from typing import NoReturn

from planning.errors import InputRefused
from planning.findings import FindingKind
from planning.vocabulary import Severity

_SAVE_AGAIN = "Open it in Excel, save it as a new .xlsx workbook, and upload that copy."
_RAISE_LIMITS = "or raise the limits with the setting TECHPLAN_FILE_LIMITS"
_ASK_SENDER = "Do not open it elsewhere; ask the person who sent it for a new export."


def _refusal(code: str, message: str, fix: str) -> FindingKind:
    return FindingKind(code, Severity.ERROR, message, fix)


FILE_MISSING = _refusal("file_missing", "There is no file {found}.", "Check the name and the folder.")
FILE_NOT_READABLE = _refusal(
    "file_not_readable",
    "The file {found} cannot be opened.",
    "Check that it is a file, that you may read it, and that no other program keeps it locked.",
)
FILE_EMPTY = _refusal("file_empty", "The file is empty.", "Export or save the workbook again.")
FILE_TOO_LARGE = _refusal(
    "file_too_large",
    "The file has {found} MB, and Techplan reads files up to {expected} MB.",
    f"Remove pictures and sheets that are not the budget, split the workbook, {_RAISE_LIMITS}.",
)
NOT_A_WORKBOOK = _refusal(
    "not_a_workbook",
    "This is not a workbook but {found}.",
    "Upload the budget as .xlsx, .xlsm, .xlsb, .xls, .ods or .csv; if Excel opens this file, save it there as .xlsx.",
)
PASSWORD_PROTECTED = _refusal(
    "password_protected",
    "The workbook is protected with a password, so it cannot be read.",
    "Open it in Excel, remove the password (File, Info, Protect Workbook), save it, and upload it again.",
)
FILE_INCOMPLETE = _refusal(
    "file_incomplete",
    "The workbook is incomplete: the end of the file is missing.",
    "Download or copy it again; if that does not help, ask for a new export.",
)
WORKBOOK_DAMAGED = _refusal("workbook_damaged", "The workbook is damaged: {found}.", _SAVE_AGAIN)
PART_MISSING = _refusal(
    "workbook_part_missing", "The file has no workbook inside ({expected} is missing).", _SAVE_AGAIN
)
TOO_MANY_PARTS = _refusal(
    "workbook_too_many_parts",
    "The workbook has {found} parts inside, and Techplan reads up to {expected}.",
    "Copy the budget sheets into a new workbook, without pictures, and upload that.",
)
UNSAFE_PART_NAME = _refusal(
    "workbook_unsafe_part_name", "The workbook has a part with a forbidden name: {found}.", _ASK_SENDER
)
DUPLICATE_PART = _refusal(
    "workbook_duplicate_part",
    "The workbook holds the part {found} twice, so it is not clear which counts.",
    _SAVE_AGAIN,
)
OVERLAPPING_PARTS = _refusal(
    "workbook_overlapping_parts", "The parts of the workbook overlap, as in files made to do harm.", _ASK_SENDER
)
UNKNOWN_PACKING = _refusal(
    "workbook_unknown_packing", "The part {found} is packed in a way no spreadsheet program uses.", _SAVE_AGAIN
)
UNPACKS_TOO_LARGE = _refusal(
    "workbook_unpacks_too_large",
    "The workbook unpacks to {found} MB, and Techplan reads up to {expected} MB.",
    f"Copy the budget sheets as values into a new workbook and upload that, {_RAISE_LIMITS}.",
)
PACKED_TOO_TIGHTLY = _refusal(
    "workbook_packed_too_tightly",
    "The part {part} unpacks to {found} times its size, as in files made to do harm.",
    "Copy the budget sheets as values into a new workbook, and upload that.",
)
DECLARES_ENTITIES = _refusal(
    "workbook_declares_entities",
    "The part {found} brings its own text definitions (a DTD), which no spreadsheet program writes.",
    _ASK_SENDER,
)
UNUSUAL_ENCODING = _refusal(
    "workbook_unusual_encoding", "The part {found} is not written in UTF-8 as workbooks are.", _SAVE_AGAIN
)
TAG_TOO_LONG = _refusal("workbook_tag_too_long", "The part {found} has a tag of more than a megabyte.", _SAVE_AGAIN)
FALSE_COUNT = _refusal(
    "workbook_false_count",
    "The part {part} claims {found} entries, and Techplan reads up to {expected}.",
    _SAVE_AGAIN,
)
TOO_MANY_CELLS = _refusal(
    "workbook_too_many_cells",
    "The file has more than {expected} cells.",
    f"Split it by fund or by year, remove the sheets that are not the budget, {_RAISE_LIMITS}.",
)
CELL_TOO_FAR = _refusal(
    "workbook_cell_too_far",
    "A cell stands so far out ({part}, {found}) that the sheet would be larger than Techplan reads ({expected}).",
    "Delete the stray cell, or copy the budget itself into a new sheet, and save the workbook.",
)
CELL_ADDRESS_INVALID = _refusal(
    "workbook_cell_address_invalid", "The part {part} names a cell that cannot exist: {found}.", _SAVE_AGAIN
)
MERGES_TOO_LARGE = _refusal(
    "workbook_merges_too_large",
    "The merged cells of {part} cover more than {expected} cells.",
    "Unmerge the large areas in Excel and save the workbook.",
)
NO_SHEETS = _refusal(
    "workbook_without_sheets", "The workbook has no sheet with cells.", "Upload the workbook with the budget."
)
READER_GAVE_UP = _refusal(
    "workbook_unreadable",
    "The workbook cannot be read: its contents are not as a spreadsheet program writes them.",
    _SAVE_AGAIN,
)
TEXT_NOT_READABLE = _refusal(
    "text_not_readable",
    "The text file cannot be read as a table: {found}.",
    "Open it in Excel and save it as CSV UTF-8 or as .xlsx.",
)


def refuse(kind: FindingKind, **words: object) -> NoReturn:
    """Raise the refusal of this kind, with its finding."""
    finding = kind.at(**words)  # ty: ignore[invalid-argument-type]
    raise InputRefused(finding.message, finding.fix, (finding,))
