"""The journal as CSV in the layout an accounting system takes; docs/journal.md describes layout and mapping file.

A mapping file is itself a CSV with the columns `kind`, `name`, `value`:

    column,account,GL_ACCT          a column of ours under the name the system wants; only named columns are written
    account,10-2580-352,10.2580.352 an account, or a key such as `fund_balance:10`, as the system writes it
    option,totals,no                leave the line of totals out
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.exports.csv_text import guard_text
from planning.errors import InputRefused
from planning.journal import Journal, JournalLine
from planning.money import to_dollars

MAPPING_COLUMNS = ("kind", "name", "value")
MOST_MAPPING_BYTES = 5_000_000


def _money(cents: int) -> str:
    return f"{to_dollars(cents):f}" if cents else ""


FIELDS: Mapping[str, Callable[[JournalLine], str]] = {
    "entry": lambda line: line.entry,
    "fiscal_year": lambda line: line.fiscal_year,
    "fund": lambda line: line.fund_code,
    "account": lambda line: line.account,
    "entry_type": lambda line: str(line.entry_type),
    "debit": lambda line: _money(line.debit_cents),
    "credit": lambda line: _money(line.credit_cents),
    "description": lambda line: line.description,
    "initiative": lambda line: line.initiative_id,
    "cost_line": lambda line: line.cost_line_id,
    "source": lambda line: line.source_id,
    "other_fund": lambda line: line.other_fund,
    "bridge": lambda line: line.bridge,
    "amount": lambda line: f"{to_dollars(line.amount_cents):f}",
    "account_key": lambda line: line.account_key,
}
# Debit and credit say what the signed amount says, so it is written only where a mapping asks for it.
_DEFAULT_FIELDS = tuple(name for name in FIELDS if name not in ("amount", "account_key"))
_MONEY_FIELDS = frozenset({"debit", "credit", "amount"})


@dataclass(frozen=True, slots=True)
class JournalMapping:
    """Which columns are written, under which names, with which accounts."""

    columns: Mapping[str, str] = field(default_factory=lambda: {name: name for name in _DEFAULT_FIELDS})
    accounts: Mapping[str, str] = field(default_factory=dict)
    totals: bool = True


def read_mapping(path: Path) -> JournalMapping:
    """The mapping of a file; refused with the line where it says something nobody understands."""
    try:
        if path.stat().st_size > MOST_MAPPING_BYTES:
            raise InputRefused(f"The mapping file {path.name} is too large.", "Name a CSV of kind, name and value.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            f"The mapping file {path.name} cannot be read.", "Save it as CSV in UTF-8 and name it again."
        ) from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str = "mapping") -> JournalMapping:
    """The mapping of a text in CSV."""
    try:
        rows = list(csv.reader(text[:MOST_MAPPING_BYTES].splitlines()))
    except csv.Error as error:
        raise InputRefused(f"The mapping file {name} is no CSV ({error}).", "Save it as CSV again.") from error
    if not rows or tuple(cell.strip().casefold() for cell in rows[0]) != MAPPING_COLUMNS:
        raise InputRefused(
            f"The mapping file {name} does not begin with {', '.join(MAPPING_COLUMNS)}.",
            "Give its first line exactly these names.",
        )
    columns: dict[str, str] = {}
    accounts: dict[str, str] = {}
    totals = True
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        kind, key, value = _read_row(row, number, name)
        if kind == "column":
            columns[key] = value
        elif kind == "account":
            accounts[key] = value
        else:
            totals = value == "yes"
    return JournalMapping(columns or JournalMapping().columns, accounts, totals)


def _read_row(row: list[str], number: int, name: str) -> tuple[str, str, str]:
    kind, key, value, *more = (*(cell.strip() for cell in row), "", "", "")
    allowed = {"column": set(FIELDS), "account": None, "option": {"totals"}}
    if kind not in allowed or any(more):
        raise InputRefused(
            f"Line {number} of {name} is no column, account or option.",
            "Write kind, name and value, for example column,account,GL_ACCT.",
        )
    known = allowed[kind]
    if not key or not value or (known is not None and key not in known):
        choices = f"one of {', '.join(sorted(known))}" if known else "an account and what it is called there"
        raise InputRefused(f"Line {number} of {name} names no {kind} Techplan knows.", f"Name {choices}, with a value.")
    if kind == "option" and value not in ("yes", "no"):
        raise InputRefused(f"Line {number} of {name} answers totals with {value!r}.", "Write yes or no.")
    return kind, key, value


def write_journal_csv(journal: Journal, mapping: JournalMapping | None = None) -> str:
    """The journal as CSV text: a header, a line for each line, and at the end the totals of debits and credits.

    The account names of the mapping must be in the journal already (`calculate_journal` takes them), so that what is
    missing is found.
    """
    chosen = mapping or JournalMapping()
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(guard_text(name) for name in chosen.columns.values())
    for line in journal.lines:
        writer.writerow(_write_cell(name, FIELDS[name](line)) for name in chosen.columns)
    if chosen.totals:
        writer.writerow(_list_totals(journal, chosen.columns))
    return file.getvalue()


def _list_totals(journal: Journal, columns: Iterable[str]) -> list[str]:
    totals = {
        "debit": f"{to_dollars(journal.debit_cents):f}",
        "credit": f"{to_dollars(journal.credit_cents):f}",
        "amount": f"{to_dollars(journal.debit_cents - journal.credit_cents):f}",
    }
    cells = [totals.get(name, "") for name in columns]
    place = next((i for i, name in enumerate(columns) if name not in totals), None)
    if place is not None:
        cells[place] = "TOTAL"
    return cells


def _write_cell(name: str, text: str) -> str:
    """Money is a number as it stands; text that a spreadsheet would calculate gets a quote before it."""
    return text if name in _MONEY_FIELDS else guard_text(text)
