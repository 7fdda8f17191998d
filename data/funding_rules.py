"""Reads the rules of funding sources that ship with Techplan: `data/reference/funding-rules.csv`."""

import csv
from pathlib import Path

from data.reference_rows import read_reference_row
from planning.errors import InputRefused
from planning.funding.rules import FundingRule

FUNDING_RULES_FILE = Path(__file__).with_name("reference") / "funding-rules.csv"
COLUMNS = tuple(FundingRule.model_fields)
_LISTS = ("source_kinds", "values")


def read_funding_rules(content: bytes, file_name: str) -> tuple[FundingRule, ...]:
    """The rules of a file, in its order.

    Raises InputRefused when the file names other columns, holds a row that is no rule, or a rule twice.
    """
    lines = content.decode("utf-8", errors="replace").splitlines()
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputRefused(
            f"The reference data {file_name} does not have the columns {', '.join(COLUMNS)}.",
            "Give its first line exactly these names.",
        )
    rules = tuple(_read_rule(row, file_name, reader.line_num) for row in reader)
    names = [rule.rule_id for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise InputRefused(f"The reference data {file_name} holds the rule {name} twice.", "Rename one of them.")
    return rules


def _read_rule(row: dict[str, str], file_name: str, line_number: int) -> FundingRule:
    lists = {name: [part.strip() for part in (row[name] or "").split(";") if part.strip()] for name in _LISTS}
    values = {**row, **lists, "valid_to": row["valid_to"] or None}
    return read_reference_row(FundingRule, values, file_name, line_number)
