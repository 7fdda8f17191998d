"""Tables that continue each other are one document; labels printed once a block hold for its lines."""

import pytest

from data.intake.documents import build_documents, read_table_side, settle_sides, strip_total
from data.intake.drafts import TableDraft
from planning.vocabulary import Side
from tests.data.intake.layouts import draft, read_sheet

HEADER = ["Fund", "Object", "FY25 Budget"]


def make(*rows: list, header: list | None = None, title: str = "") -> TableDraft:
    titles = [[title, None, None]] if title else []
    return draft(*titles, header or HEADER, *rows)


def test_tables_with_the_same_columns_are_one_document_in_their_order() -> None:
    tables = [make(["10", "100", 1.5]), make(["20", "100", 2], ["20", "200", 3])]
    settle_sides(tables)
    (document,) = build_documents(tables)
    assert (document.starts, document.line_count) == ([0, 1, 3], 3)
    assert document.labels["fund"] == ["10", "20", "20"]
    assert list(next(iter(document.amounts.values()))) == [1.5, 2, 3]


def test_other_columns_or_another_side_make_another_document() -> None:
    tables = [make(["10", "100", 1.5]), make(["10", "1990", 2], title="Revenue")]
    tables.append(make(["10", "100", 3], header=["Fund", "Object", "FY26 Budget"]))
    for table in tables:
        table.side = read_table_side(table)
    settle_sides(tables)
    assert [document.line_count for document in build_documents(tables)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("texts", "carried"),
    [
        (["10", None, None, "20"], ["10", "10", "10", "20"]),
        ([None, "10", None, "20"], ["", "10", "", "20"]),
    ],
)
def test_a_label_is_carried_down_only_where_the_first_line_has_it(texts: list, carried: list[str]) -> None:
    (document,) = build_documents([make(*([text, f"{n}00", 1.5] for n, text in enumerate(texts)))])
    assert document.labels["fund"] == carried


def test_an_empty_amount_adds_nothing() -> None:
    (document,) = build_documents([make(["10", "100", 1.5], ["10", "200", None], ["10", "300", 2])])
    assert sum(next(iter(document.amounts.values()))) == 3.5


@pytest.mark.parametrize(
    ("title", "header", "side"),
    [
        ("Proposed Revenue", HEADER, Side.REVENUE),
        ("", ["Fund", "Source", "FY25 Receipts"], Side.REVENUE),
        ("", ["Item", "Name", "FY25 Spending"], Side.EXPENDITURE),
        ("", HEADER, Side.EXPENDITURE),
        ("", ["Item", "Name", "FY25 Budget"], Side.UNKNOWN),
    ],
)
def test_the_side_is_said_by_title_then_headers_then_codes(title: str, header: list, side: Side) -> None:
    assert read_table_side(make(["10", "x", 1.5], ["20", "y", 2], header=header, title=title)) is side


def test_codes_with_the_letter_of_revenue_are_revenue() -> None:
    assert read_table_side(make(["10", "R1111", 1.5], ["10", "R1990", 2])) is Side.REVENUE


def test_a_silent_table_takes_the_side_of_those_laid_out_like_it() -> None:
    header = ["Item", "Name", "FY25 Budget"]
    tables = [make(["a", "x", 1.5], header=header), make(["b", "y", 2], header=header)]
    tables[0].side = Side.REVENUE
    settle_sides(tables)
    assert (tables[1].side, tables[1].side_assumed) == (Side.REVENUE, False)
    alone = make(["a", "x", 1.5], header=header)
    settle_sides([alone])
    assert (alone.side, alone.side_assumed) == (Side.EXPENDITURE, True)


@pytest.mark.parametrize(
    ("label", "rest"),
    [("Total of Fund 10", "Fund 10"), ("Fund 10 - Totals:", "Fund 10"), ("Sub total", ""), ("Rentals", "Rentals")],
)
def test_a_total_is_named_by_the_rest_of_its_label(label: str, rest: str) -> None:
    assert strip_total(label) == rest


def test_a_line_without_amounts_opens_a_block_too() -> None:
    reading = read_sheet(
        ["Function Code", "Object", "Description", "FY25 Expenditures"],
        ["2222", "610", "Supplies", 500.5],
        ["", "640", "Books", 20],
        ["2230", "580", "Travel", "N/A"],
        ["", "610", "Supplies", 55.25],
    )
    assert reading.tables[0].lines.attributes["function_code"] == ["2222", "2222", "2230"]
