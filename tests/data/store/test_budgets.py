import json
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.store.audit import list_events
from data.store.budget_queries import list_measures
from data.store.budget_uploads import list_uploads
from data.store.budgets import name_series, publish_reading, withdraw_upload
from data.store.database import Store
from data.store.viewer import Viewer
from planning.errors import ChoiceNeeded, InputRefused, NotPermitted, StoreFull
from planning.permissions import Role
from planning.vocabulary import ReadingStatus, Side
from tests.data.store.readings import NAN, Question, make_reading, make_table

FIRST = make_reading(make_table([({"fund_code": "10"}, {"D": 100.0}), ({}, {"D": 200.5})]), sha256="a" * 64)
SECOND = make_reading(make_table([({"fund_code": "10"}, {"D": 150.0})]), sha256="b" * 64)


def total(store: Store, viewer: Viewer) -> Decimal:
    return sum((measure.amount for measure in list_measures(store, viewer)), Decimal(0))


def statuses(store: Store, viewer: Viewer) -> list[tuple[int, str]]:
    return [(upload.version, upload.status) for upload in list_uploads(store, viewer)]


def test_a_first_import_makes_its_district_its_series_and_version_one(store: Store, viewer: Viewer) -> None:
    published = publish_reading(store, viewer, FIRST, reason="adopted in June")
    assert (published.series, published.version, published.published_lines) == ("Expenditure budget", 1, 2)
    assert (published.replaced, published.already, published.findings) == (None, False, ())
    assert total(store, viewer) == Decimal("300.5")
    assert [event.action for event in list_events(store, viewer)] == ["publish_budget", "create_district"]


def test_two_columns_with_one_meaning_are_a_choice_and_never_added_up(store: Store, viewer: Viewer) -> None:
    columns: dict[str, dict[str, object]] = {"D": {"header": "FY27 Dept"}, "E": {"header": "FY27 Admin"}}
    with pytest.raises(
        ChoiceNeeded, match="“FY27 Dept” and “FY27 Admin” of General fund both read as FY2026-27 proposed"
    ):
        publish_reading(store, viewer, make_reading(make_table([({}, {"D": 100.0, "E": 90.0})], columns)))
    assert list_uploads(store, viewer) == ()


def test_the_same_file_again_writes_nothing(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, FIRST)
    revision = store.revision("harlow")
    again = publish_reading(store, viewer, FIRST)
    assert (again.upload_id, again.version, again.published_lines, again.already) == (first.upload_id, 1, 2, True)
    assert store.revision("harlow") == revision
    assert total(store, viewer) == Decimal("300.5")


def test_the_same_file_with_other_answers_is_another_version(store: Store, viewer: Viewer) -> None:
    publish_reading(store, viewer, FIRST, answers={"fiscal_year": "FY2026-27"})
    again = publish_reading(store, viewer, FIRST, answers={"fiscal_year": "FY2025-26"})
    assert (again.version, again.already) == (2, False)
    assert total(store, viewer) == Decimal("300.5")


def test_a_second_version_takes_the_place_of_the_first(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, FIRST)
    second = publish_reading(store, viewer, SECOND)
    assert (second.version, second.replaced) == (2, first.upload_id)
    assert statuses(store, viewer) == [(2, "current"), (1, "superseded")]
    assert total(store, viewer) == Decimal(150)


def test_withdrawing_the_current_version_brings_back_the_one_before(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, FIRST)
    second = publish_reading(store, viewer, SECOND)
    withdrawn = withdraw_upload(store, viewer, second.upload_id, "wrong file")
    assert withdrawn.current == first.upload_id
    assert statuses(store, viewer) == [(2, "withdrawn"), (1, "current")]
    assert total(store, viewer) == Decimal("300.5")
    assert publish_reading(store, viewer, FIRST).already


def test_withdrawing_a_former_version_leaves_the_current_one(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, FIRST)
    second = publish_reading(store, viewer, SECOND)
    assert withdraw_upload(store, viewer, first.upload_id).current == second.upload_id
    assert total(store, viewer) == Decimal(150)
    assert withdraw_upload(store, viewer, second.upload_id).current is None
    assert total(store, viewer) == 0
    assert "current" not in {upload.status for upload in list_uploads(store, viewer)}


def test_a_withdrawn_file_can_be_published_again(store: Store, viewer: Viewer) -> None:
    first = publish_reading(store, viewer, FIRST)
    withdraw_upload(store, viewer, first.upload_id)
    again = publish_reading(store, viewer, FIRST)
    assert (again.version, again.already) == (2, False)
    assert total(store, viewer) == Decimal("300.5")


def test_a_withdrawal_says_who_and_why(store: Store, viewer: Viewer) -> None:
    upload_id = publish_reading(store, viewer, FIRST).upload_id
    withdraw_upload(store, Viewer("Kim", Role.FINANCE, "harlow"), upload_id, "wrong file")
    [upload] = list_uploads(store, viewer)
    assert (upload.withdrawn_by, upload.withdrawn_reason) == ("Kim", "wrong file")
    detail = json.loads(list_events(store, viewer)[0].detail)
    assert detail["status"] == {"from": "current", "to": "withdrawn"}


def test_a_withdrawn_version_cannot_be_withdrawn_again(store: Store, viewer: Viewer) -> None:
    upload_id = publish_reading(store, viewer, FIRST).upload_id
    withdraw_upload(store, viewer, upload_id)
    with pytest.raises(InputRefused, match="Version 1 of Expenditure budget was already withdrawn"):
        withdraw_upload(store, viewer, upload_id)


def test_the_upload_of_another_district_cannot_be_withdrawn(store: Store, viewer: Viewer) -> None:
    upload_id = publish_reading(store, viewer, FIRST).upload_id
    other = viewer.at_district("dayton")
    publish_reading(store, other, SECOND)
    with pytest.raises(InputRefused, match="no upload"):
        withdraw_upload(store, other, upload_id)
    assert total(store, viewer) == Decimal("300.5")


def test_two_series_stand_side_by_side(store: Store, viewer: Viewer) -> None:
    publish_reading(store, viewer, FIRST)
    revenue = make_reading(make_table([({}, {"D": 40.0})], {"D": {"side": Side.REVENUE}}), sha256="c" * 64)
    assert publish_reading(store, viewer, revenue).series == "Revenue budget"
    assert {upload.series for upload in list_uploads(store, viewer)} == {"Expenditure budget", "Revenue budget"}
    assert {str(measure.side): measure.amount for measure in list_measures(store, viewer)} == {
        "expenditure": Decimal("300.5"),
        "revenue": Decimal(40),
    }


def test_a_series_is_the_same_in_capitals_and_with_spaces(store: Store, viewer: Viewer) -> None:
    publish_reading(store, viewer, FIRST, series="General ledger")
    assert publish_reading(store, viewer, SECOND, series=" general LEDGER ").series == "General ledger"
    assert total(store, viewer) == Decimal(150)


def test_a_file_that_counts_twice_is_said_aloud(store: Store, viewer: Viewer) -> None:
    publish_reading(store, viewer, FIRST)
    [finding] = publish_reading(store, viewer, FIRST, series="Ledger").findings
    assert finding.message == (
        "budget.xlsx is also the current version of the series Expenditure budget: its amounts now count twice."
    )


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([Side.EXPENDITURE, Side.TRANSFER_OUT], "Expenditure budget"),
        ([Side.REVENUE, Side.UNKNOWN], "Revenue budget"),
        ([Side.REVENUE, Side.EXPENDITURE], "Budget"),
        ([Side.UNKNOWN], "Budget"),
    ],
)
def test_a_series_is_named_for_what_its_columns_hold(sides: list[Side], expected: str) -> None:
    letters = {letter: {"side": side} for letter, side in zip("DE", sides, strict=False)}
    assert name_series(make_reading(make_table([({}, {})], letters))) == expected


def test_a_series_whose_columns_do_not_say_is_named_for_its_rows() -> None:
    table = make_table([({"side": "revenue"}, {"D": 1.0})], {"D": {"side": Side.UNKNOWN}})
    assert name_series(make_reading(table)) == "Revenue budget"


def test_a_reading_with_questions_is_not_published(store: Store, viewer: Viewer) -> None:
    question = Question("fiscal_year", "Which fiscal year is column D?", ("FY2025-26", "FY2026-27"), "FY2026-27")
    reading = make_reading(status=ReadingStatus.NEEDS_CHOICE, questions=(question,))
    with pytest.raises(ChoiceNeeded, match=r"budget\.xlsx needs an answer first\. Which fiscal year is column D\?"):
        publish_reading(store, viewer, reading)
    assert store.revision("harlow") == 0


def test_a_refused_reading_is_not_published(store: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match=r"budget\.xlsx cannot be published"):
        publish_reading(store, viewer, make_reading(status=ReadingStatus.REFUSED))
    assert store.revision("harlow") == 0


def test_a_reading_without_lines_is_not_published(store: Store, viewer: Viewer) -> None:
    with pytest.raises(InputRefused, match=r"budget\.xlsx has no budget lines"):
        publish_reading(store, viewer, make_reading(make_table([({}, {"D": 1.0})], counted=False)))


@pytest.mark.parametrize("amount", [1e12, -1e12, float("inf")])
def test_an_amount_no_line_can_hold_is_refused_with_its_cell(store: Store, viewer: Viewer, amount: float) -> None:
    with pytest.raises(InputRefused) as refused:
        publish_reading(store, viewer, make_reading(make_table([({}, {"D": 1.0}), ({}, {"D": amount})])))
    [finding] = refused.value.findings
    assert (finding.code, finding.sheet, finding.cell) == ("amount_too_large", "General fund", "D6")
    assert store.revision("harlow") == 0


def test_only_who_may_publishes_and_withdraws(store: Store, viewer: Viewer) -> None:
    upload_id = publish_reading(store, viewer, FIRST).upload_id
    planner = Viewer("Ana", Role.PLANNER, "harlow")
    with pytest.raises(NotPermitted, match="role planner may not publish budget"):
        publish_reading(store, planner, SECOND)
    with pytest.raises(NotPermitted, match="role planner may not withdraw budget"):
        withdraw_upload(store, planner, upload_id)
    assert total(store, viewer) == Decimal("300.5")


def test_a_disk_without_room_is_told_before_anything_is_written(file_store: Store, viewer: Viewer) -> None:
    with pytest.raises(StoreFull):
        publish_reading(file_store, viewer, make_reading(size_bytes=10**17))
    assert file_store.revision("harlow") == 0


CENTS = st.integers(-(10**11), 10**11)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), CENTS), min_size=1, max_size=20), min_size=1, max_size=4))
def test_the_view_sums_to_what_was_put_in_and_never_doubles(columns: Sequence[Sequence[int | None]]) -> None:
    store, viewer = Store(":memory:"), Viewer("Dana", Role.ADMIN, "harlow")
    rows = max(len(column) for column in columns)
    cells = [[column[i] if i < len(column) else None for column in columns] for i in range(rows)]
    letters = "DEFG"[: len(columns)]
    lines = [({}, {a: NAN if b is None else b / 100 for a, b in zip(letters, row, strict=True)}) for row in cells]
    meanings = {letter: {"fiscal_year": f"FY202{place}-2{place + 1}"} for place, letter in enumerate(letters)}
    tables = (make_table(lines, meanings), make_table(lines, meanings, counted=False))
    expected = Decimal(sum(cell or 0 for row in cells for cell in row)).scaleb(-2)
    first = publish_reading(store, viewer, make_reading(*tables, sha256="d" * 64))
    assert total(store, viewer) == expected
    publish_reading(store, viewer, make_reading(*tables, sha256="d" * 64))
    second = publish_reading(store, viewer, make_reading(*tables, sha256="e" * 64))
    assert total(store, viewer) == expected
    withdraw_upload(store, viewer, second.upload_id)
    assert total(store, viewer) == expected
    withdraw_upload(store, viewer, first.upload_id)
    assert list_measures(store, viewer) == ()
    store.close()
