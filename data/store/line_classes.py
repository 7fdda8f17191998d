"""Which lines a role sees one by one: the district's rules and settings, and the one place that applies them.

`restrict_lines` stands in every read of the store: for a role from which lines are hidden, the view `budget_line` is
covered by a table of the same name in which those lines are only sums by fund, function and object. Whoever asks, and
however, gets no hidden line; `load_plan` does the same to the plan with `planning.line_classes`.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data.store.viewer import Viewer
from planning.line_classes import NOT_SHOWN, Hidden, LineRule, check_rule, hide_plan_lines, split_pattern
from planning.permissions import (
    Action,
    Cell,
    LineClass,
    Record,
    Role,
    Treatment,
    check_treatment,
    find_treatment,
    is_always_shown,
)

if TYPE_CHECKING:
    from data.store.database import Change, Store
    from planning.model import Plan

RULES_FILE = Path(__file__).parents[1] / "reference" / "line-classes.csv"
# Money that comes in has no salary, bid or guard in it.
_SIDES = "side NOT IN ('revenue', 'transfer_in', 'fund_balance', 'balance_sheet')"
_COMPARISONS = {"whole": "{0} = {1}", "start": "starts_with({0}, {1})", "part": "contains(lower({0}), lower({1}))"}
# What is left of a hidden line: the codes of the public sums; the amount is added up over them.
_KEPT = (
    "district_id", "series", "upload_id", "file_name", "fund_code", "fund_name", "function_code", "function_name",
    "object_code", "object_name", "side", "fiscal_year", "basis", "unit", "nces_function", "nces_object",
    "is_technology", "technology_rule",
)  # fmt: skip
_LINES = """budget_line AS (
    SELECT * FROM main.budget_line WHERE district_id = $district_id AND NOT ({hidden})
    UNION ALL BY NAME
    SELECT {kept}, '' AS sheet, 0 AS table_no, 0 AS row_number, '' AS column_letter, '' AS cell, '' AS account,
        '' AS location_code, '' AS location_name, '' AS program_code, '' AS program_name, '' AS project_code,
        '' AS project_name, '' AS vendor, '{words}' AS description, sum(amount) AS amount
    FROM main.budget_line WHERE district_id = $district_id AND ({hidden})
    GROUP BY {kept}
)"""
Query = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule of the district beside those that ship with Techplan: why it is there, who set it."""

    rule: LineRule
    reason: str
    set_by: str


@cache
def load_rules_that_ship(day: date) -> tuple[LineRule, ...]:
    """The rules of `data/reference/line-classes.csv` in force on a day."""
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            LineRule(Record(row["record"]), LineClass(row["line_class"]), row["field"], row["pattern"])
            for row in csv.DictReader(file)
            if date.fromisoformat(row["valid_from"]) <= day
            and (not row["valid_to"] or day <= date.fromisoformat(row["valid_to"]))
        )


def list_rules(store: "Store", viewer: Viewer) -> tuple[StoredRule, ...]:
    """The district's own rules, for those who may set them; they name what is hidden."""
    viewer.check_may(Action.SET_LINE_RULES)
    rows = store.read(
        viewer,
        "SELECT record, line_class, field, pattern, until, reason, set_by FROM line_rule "
        "WHERE district_id = $district_id ORDER BY record, line_class, field, pattern",
    )
    return tuple(StoredRule(_make_rule(row[:5]), *row[5:]) for row in rows)


def load_treatments(store: "Store", viewer: Viewer) -> dict[Cell, Treatment]:
    """What the district set otherwise than the default, by record, class and role."""
    rows = store.read(viewer, _TREATMENTS)
    return _make_settings(rows)


def add_rule(store: "Store", viewer: Viewer, rule: LineRule, reason: str) -> None:
    """Count more lines to a class; the same rule again takes the new last day."""
    check_rule(rule)

    def work(change: "Change") -> None:
        _delete_rule(change, rule)
        change.cursor.execute(
            "INSERT INTO line_rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [viewer.district_id, *_key(rule), rule.until, reason, viewer.actor, change.recorded_at],
        )
        change.detail["rule"] = {"from": None, "to": [*_key(rule), rule.until]}

    store.write(viewer, Action.SET_LINE_RULES, reason, work)


def remove_rule(store: "Store", viewer: Viewer, rule: LineRule, reason: str) -> None:
    """Take a rule of the district away; the rules that ship are narrowed by treatments alone."""

    def work(change: "Change") -> None:
        _delete_rule(change, rule)
        change.detail["rule"] = {"from": [*_key(rule), rule.until], "to": None}

    store.write(viewer, Action.SET_LINE_RULES, reason, work)


def set_treatment(
    store: "Store", viewer: Viewer, role: Role, record: Record, line_class: LineClass, treatment: Treatment, reason: str
) -> None:
    """Set what a role gets of a class of lines in this district."""
    check_treatment(role, record, line_class, treatment)

    def work(change: "Change") -> None:
        key = [viewer.district_id, record, line_class, role]
        before = _make_settings(change.cursor.execute(_TREATMENTS, {"district_id": viewer.district_id}).fetchall())
        change.cursor.execute(
            "DELETE FROM line_treatment WHERE district_id = ? AND record = ? AND line_class = ? AND role = ?", key
        )
        change.cursor.execute(
            "INSERT INTO line_treatment VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*key, treatment, viewer.actor, change.recorded_at],
        )
        former = find_treatment(role, record, line_class, before)
        change.detail[f"{record} {line_class} {role}"] = {"from": former, "to": treatment}

    store.write(viewer, Action.SET_LINE_RULES, reason, work)


def find_treatments(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, record: Record) -> dict[LineClass, Treatment]:
    """What the viewer gets of each class of a record's lines."""
    rows = cursor.execute(_TREATMENTS, {"district_id": viewer.district_id}).fetchall()
    settings = _make_settings(rows)
    return {line_class: find_treatment(viewer.role, record, line_class, settings) for line_class in LineClass}


def find_rules(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, record: Record, day: date) -> tuple[LineRule, ...]:
    """The rules for a record in force on a day: those that ship and the district's own."""
    rows = cursor.execute(
        "SELECT record, line_class, field, pattern, until FROM line_rule WHERE district_id = ? AND record = ?",
        [viewer.district_id, record],
    ).fetchall()
    rules = (*load_rules_that_ship(day), *(_make_rule(row) for row in rows))
    return tuple(rule for rule in rules if rule.record is record and rule.is_in_force(day))


def find_hidden_rules(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, day: date) -> tuple[LineRule, ...]:
    """The rules that say which budget lines the viewer does not see one by one."""
    if is_always_shown(Record.LEDGER, viewer.role):
        return ()
    treatments = find_treatments(cursor, viewer, Record.LEDGER)
    if all(treatment is Treatment.SHOWN for treatment in treatments.values()):
        return ()
    rules = find_rules(cursor, viewer, Record.LEDGER, day)
    return tuple(rule for rule in rules if treatments[rule.line_class] is not Treatment.SHOWN)


def sees_only_sums(store: "Store", viewer: Viewer) -> bool:
    """Whether some budget lines of the district are hidden from the viewer."""
    with store.cursor(store.read_timeout_seconds) as cursor:
        return bool(find_hidden_rules(cursor, viewer, store.clock().date()))


def restrict_lines(
    cursor: duckdb.DuckDBPyConnection, viewer: Viewer, moment: datetime, sql: str, parameters: dict[str, object]
) -> Query:
    """The query with its district bound, as the viewer may ask it: hidden lines of `budget_line` are only sums."""
    bound = {"district_id": viewer.district_id, **parameters}
    rules = find_hidden_rules(cursor, viewer, moment.date()) if "budget_line" in sql else ()
    if not rules:
        return sql, bound
    conditions = []
    for number, rule in enumerate(rules):
        kind, text = split_pattern(rule.pattern)
        conditions.append(_COMPARISONS[kind].format(rule.field, f"$hidden_{number}"))
        bound[f"hidden_{number}"] = text
    hidden = f"{_SIDES} AND ({' OR '.join(conditions)})"
    lines = _LINES.format(hidden=hidden, kept=", ".join(_KEPT), words=NOT_SHOWN)
    first, _, rest = sql.lstrip().partition(" ")
    return f"WITH {lines}, {rest}" if first.upper() == "WITH" else f"WITH {lines} {sql}", bound


def sees_every_plan_line(store: "Store", viewer: Viewer) -> bool:
    """Whether no class of the plan's lines is hidden from the viewer."""
    if is_always_shown(Record.PLAN, viewer.role):
        return True
    with store.cursor(store.read_timeout_seconds) as cursor:
        treatments = find_treatments(cursor, viewer, Record.PLAN)
    return all(treatment is Treatment.SHOWN for treatment in treatments.values())


def hide_plan(store: "Store", viewer: Viewer, plan: "Plan") -> "tuple[Plan, Hidden]":
    """The plan as the viewer may see it, and how much of it that leaves out."""
    if is_always_shown(Record.PLAN, viewer.role):
        return plan, Hidden()
    day = store.clock().date()
    with store.cursor(store.read_timeout_seconds) as cursor:
        treatments = find_treatments(cursor, viewer, Record.PLAN)
        rules = find_rules(cursor, viewer, Record.PLAN, day)
    return hide_plan_lines(plan, rules, treatments, day)


_TREATMENTS = "SELECT record, line_class, role, treatment FROM line_treatment WHERE district_id = $district_id"


def _make_rule(row: tuple) -> LineRule:
    return LineRule(Record(row[0]), LineClass(row[1]), *row[2:])


def _make_settings(rows: list[tuple]) -> dict[Cell, Treatment]:
    return {
        (Record(record), LineClass(line_class), Role(role)): Treatment(treatment)
        for record, line_class, role, treatment in rows
    }


def _key(rule: LineRule) -> list[str]:
    return [rule.record, rule.line_class, rule.field, rule.pattern]


def _delete_rule(change: "Change", rule: LineRule) -> None:
    change.cursor.execute(
        "DELETE FROM line_rule WHERE district_id = ? AND record = ? AND line_class = ? AND field = ? AND pattern = ?",
        [change.viewer.district_id, *_key(rule)],
    )
