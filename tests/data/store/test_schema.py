"""What the shared engine does not have must not be relied on, and the words of the contract must be there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.budget_queries import LINE_FIELDS
from data.store.database import Store

ROOT = Path(__file__).parents[3]
BANNED = re.compile(
    r"\b(PRIMARY\s+KEY|UNIQUE|FOREIGN\s+KEY|REFERENCES|CHECK|SEQUENCE|NEXTVAL|INDEX|ENUM|RETURNING|ON\s+CONFLICT|"
    r"INSERT\s+OR\s+(REPLACE|IGNORE)|GENERATED|NOW\s*\(|CURRENT_TIMESTAMP|UUID\s*\(|GEN_RANDOM_UUID|RANDOM\s*\()",
    re.IGNORECASE,
)
STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (TABLE|VIEW)|ALTER TABLE|WHERE|MERGE INTO)\b")


def sql_texts() -> Iterator[tuple[str, str]]:
    """Every SQL script, and every string in `data/` that reads like SQL."""
    for path in sorted((ROOT / "data").rglob("*.sql")):
        yield path.name, re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "data").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value):
                yield f"{path.name}:{node.lineno}", node.value


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE a (b INTEGER PRIMARY  KEY)", "insert into a values (1) returning b", "CREATE INDEX i ON a (b)"],
)
def test_the_ban_finds_what_it_bans(sql: str) -> None:
    assert BANNED.search(sql)


def test_no_sql_uses_what_the_shared_engine_lacks() -> None:
    texts = dict(sql_texts())
    assert len(texts) > 40
    assert {place: found[0] for place, text in texts.items() if (found := BANNED.search(text))} == {}


def test_every_table_but_the_two_of_the_whole_store_has_its_district(store: Store) -> None:
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT table_name FROM duckdb_tables() EXCEPT "
            "SELECT table_name FROM duckdb_columns() WHERE column_name = 'district_id' ORDER BY table_name"
        ).fetchall()
    assert rows == [("schema_migration",), ("write_guard",)]


def test_the_view_has_the_columns_of_the_contract_in_their_order(store: Store) -> None:
    with store.cursor() as cursor:
        described = cursor.execute("DESCRIBE budget_line").fetchall()
    assert tuple(row[0] for row in described) == LINE_FIELDS
    assert dict(row[:2] for row in described)["amount"] == "DECIMAL(18,6)"
    assert " ".join(LINE_FIELDS) == (
        "district_id series upload_id file_name sheet table_no row_number column_letter cell account "
        "fund_code fund_name function_code function_name object_code object_name location_code location_name "
        "program_code program_name project_code project_name vendor description side fiscal_year basis unit amount "
        "nces_function nces_object is_technology technology_rule"
    )
