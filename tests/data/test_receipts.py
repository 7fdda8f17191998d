"""Which printed totals a line is part of: by the rows that their tie-outs list, or by their words."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.intake.model import TieOut
from data.intake.reading import read_budget_file
from data.receipts import find_covering_totals, load_printed_text
from data.store.budget_queries import LINE_FIELDS, BudgetLine, list_lines
from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.line_filter import LineFilter
from data.store.viewer import Viewer
from planning.permissions import Role
from planning.vocabulary import RowRole

LINE = BudgetLine._make([""] * len(LINE_FIELDS))._replace(
    sheet="General", table_no=1, row_number=12, column_letter="D", fund_code="100"
)


def make_tie(covers: str, level: int = 1, lines: int = 5, **changes: Any) -> TieOut:  # noqa: ANN401
    zero = Decimal(0)
    tie = TieOut("General", 1, "D20", "D", covers, RowRole.SUBTOTAL, level, zero, zero, zero, lines, covers)
    return replace(tie, **changes)


@pytest.mark.parametrize("covers", ["rows 5–12", "row 12", "rows 1–3, 10–14, 20", "all 95 sheets", "rows 12–12 …"])
def test_a_total_over_the_row_or_over_everything_covers_the_line(covers: str) -> None:
    assert find_covering_totals([make_tie(covers)], LINE) == [make_tie(covers)]


@pytest.mark.parametrize("covers", ["rows 5–11", "row 1", "rows 1–3, 120–140", "no lines", "4 sheets", "3 tables"])
def test_a_total_over_other_rows_or_over_nobody_knows_what_does_not(covers: str) -> None:
    assert find_covering_totals([make_tie(covers)], LINE) == []


@pytest.mark.parametrize("elsewhere", [{"sheet": "Other"}, {"table_no": 2}, {"column": "E"}])
def test_the_same_rows_of_another_sheet_table_or_column_are_other_lines(elsewhere: dict[str, Any]) -> None:
    assert find_covering_totals([make_tie("rows 5–12", **elsewhere)], LINE) == []


def test_a_total_over_several_sheets_covers_the_lines_of_the_code_it_names() -> None:
    fund = make_tie("4 sheets: fund 100 - GENERAL FUND", sheet="Last sheet of the fund")
    assert find_covering_totals([fund], LINE) == [fund]
    assert find_covering_totals([make_tie("4 sheets: fund 10 - OTHER"), make_tie("2 sheets: wing 100")], LINE) == []
    tables = make_tie("2 tables: fund 100 - GENERAL FUND", sheet="Another")
    assert find_covering_totals([tables], LINE) == []


def test_of_each_level_only_the_nearest_is_listed_and_the_nearest_first() -> None:
    near, far, whole = make_tie("rows 10–12", 1, 3), make_tie("rows 5–12", 1, 8), make_tie("all 2 sheets", 2, 40)
    assert find_covering_totals([whole, far, near], LINE) == [near, whole]


def test_where_a_file_has_several_grand_totals_only_the_sheets_own_is_certain() -> None:
    here, there = make_tie("all 2 sheets", 2), make_tie("all 3 sheets", 3, sheet="Revenue")
    assert find_covering_totals([here, there], LINE) == [here]


@pytest.mark.parametrize(("rows", "covers"), [((5, 12), True), ((12, 12), True), ((13, 20), False), ((1, 11), False)])
def test_the_rows_that_a_tie_out_lists_decide_whatever_its_words_say(rows: tuple[int, int], covers: bool) -> None:
    tie = make_tie("no words at all", sheet="Summary", covered=(("Other", 1, 1, 99), ("General", 1, *rows)))
    assert find_covering_totals([tie], LINE) == [tie] * covers
    assert find_covering_totals([replace(tie, covered=(("General", 2, 1, 99),))], LINE) == []


def test_a_net_figure_covers_no_line_by_itself() -> None:
    assert find_covering_totals([make_tie("rows 5–12", net_of="D18")], LINE) == []


def test_an_amount_that_was_printed_as_a_text_shows_it(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text('Account,2026-27 Adopted Expenditures\n10-2580-350,"($1,234)"\n10-2580-650,450\n')
    viewer, store = Viewer("tests", Role.FINANCE, "north"), Store(tmp_path / "t.duckdb")
    publish_reading(store, Viewer("tests", Role.ADMIN, "north"), read_budget_file(str(tmp_path / "b.csv")))
    lines = list_lines(store, viewer, LineFilter()).lines
    assert [(line.amount, load_printed_text(store, viewer, line)) for line in lines] == [
        (-1234, "($1,234)"),
        (450, "450"),
    ]
    assert load_printed_text(store, viewer, lines[0]._replace(row_number=9)) == ""
    store.close()


def test_a_line_that_a_role_sees_only_in_sums_shows_no_cell(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text('Account,2026-27 Adopted Expenditures\n10-2580-110,"($1,234)"\n10-2580-350,450\n')
    store = Store(tmp_path / "t.duckdb")
    publish_reading(store, Viewer("tests", Role.ADMIN, "north"), read_budget_file(str(tmp_path / "b.csv")))
    finance, viewer = (Viewer("tests", role, "north") for role in (Role.FINANCE, Role.VIEWER))
    [salary, _] = list_lines(store, finance, LineFilter()).lines
    assert load_printed_text(store, finance, salary) == "($1,234)"
    assert load_printed_text(store, viewer, salary) == ""
    store.close()
