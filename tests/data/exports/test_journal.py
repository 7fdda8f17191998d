"""The journal as CSV: layout, mapping, totals, and text that must stay text."""

import csv
import io
from pathlib import Path

import pytest

from data.exports.journal import FIELDS, JournalMapping, parse_mapping, read_mapping, write_journal_csv
from planning.errors import InputRefused
from planning.journal import EntryType, Journal, JournalLine

LINES = (
    JournalLine("TP-1", "FY2026-27", "10", "10-5200", EntryType.TRANSFER_IN, 80_00, 0, "In", "transfer_in:10"),
    JournalLine("TP-1", "FY2026-27", "10", "=1+1", EntryType.APPROPRIATION, 0, 80_00, "@SUM(A1)", "=1+1", "buses"),
)
JOURNAL = Journal(LINES, ())


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_line_is_a_row_and_the_last_row_holds_the_totals() -> None:
    head, first, _, totals = read(write_journal_csv(JOURNAL))
    row = dict(zip(head, first, strict=True))
    assert (row["account"], row["debit"], row["credit"]) == ("10-5200", "80.00", "")
    assert dict(zip(head, totals, strict=True)) | {"entry": "TOTAL"} == dict.fromkeys(head, "") | {
        "entry": "TOTAL",
        "debit": "80.00",
        "credit": "80.00",
    }


def test_the_totals_are_those_of_the_rows() -> None:
    head, *rows, totals = read(write_journal_csv(JOURNAL, parse_mapping("kind,name,value\ncolumn,debit,DR\n")))
    assert (head, rows, totals) == (["DR"], [["80.00"], [""]], ["80.00"])


def test_text_that_a_spreadsheet_would_calculate_stays_text_and_amounts_stay_numbers() -> None:
    mapping = JournalMapping({"account": "=A", "description": "Words", "amount": "Amount"})
    head, _, risky, _ = read(write_journal_csv(JOURNAL, mapping))
    assert head == ["'=A", "Words", "Amount"]
    assert risky == ["'=1+1", "'@SUM(A1)", "-80.00"]


def test_a_mapping_names_columns_accounts_and_options(tmp_path: Path) -> None:
    path = tmp_path / "erp.csv"
    path.write_text(
        "\ufeffKind, name ,value\ncolumn,amount,AMT\n\ncolumn,fund,FUND\n"
        "account,fund_balance:10,10.770\noption,totals,no\n",
        encoding="utf-8",
    )
    mapping = read_mapping(path)
    assert mapping == JournalMapping({"amount": "AMT", "fund": "FUND"}, {"fund_balance:10": "10.770"}, totals=False)
    assert read(write_journal_csv(JOURNAL, mapping)) == [["AMT", "FUND"], ["80.00", "10"], ["-80.00", "10"]]


def test_a_mapping_of_accounts_alone_keeps_every_column() -> None:
    assert parse_mapping("kind,name,value\naccount,a,b\n").columns == JournalMapping().columns
    assert set(JournalMapping().columns) < set(FIELDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not begin with kind, name, value"),
        ("a,b,c\n", "does not begin with"),
        ("kind,name,value\nrow,a,b\n", "Line 2 of mapping is no column, account or option"),
        ("kind,name,value\ncolumn,fund,a,b\n", "is no column, account or option"),
        ("kind,name,value\ncolumn,colour,C\n", "names no column"),
        ("kind,name,value\naccount,10-1,\n", "names no account"),
        ("kind,name,value\noption,totals,maybe\n", "answers totals with 'maybe'"),
        ("kind,name,value\ncolumn,fund," + "x" * 200_000, "is no CSV"),
    ],
)
def test_a_mapping_that_nobody_understands_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        parse_mapping(text)


def test_a_mapping_that_cannot_be_read_or_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_mapping(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputRefused, match="cannot be read"):
        read_mapping(tmp_path / "bytes.csv")
    (tmp_path / "large.csv").write_bytes(b"a" * 5_000_001)
    with pytest.raises(InputRefused, match="too large"):
        read_mapping(tmp_path / "large.csv")
