"""Fund balance: the statement of every fund, the floor, what finance types in, and the journal's file."""

import pytest

from data.store.plan_edits import save_rows
from data.store.plans import load_plan
from data.store.viewer import Viewer
from data.store.workflow import move_plan
from pages.ui.balance_view import read_outlook
from pages.ui.reserves import make_reserve_id, read_reserve
from pages.ui.session import open_store
from pages.ui.sign_in import ACT_AS
from planning.editing import archive_initiative
from planning.errors import InputRefused
from planning.fund_outlook import OutlookRule
from planning.permissions import Action, Role
from tests.pages.screen import Screen

PAGE = "finance/balance.py"
ADMIN = Viewer("Lee", Role.ADMIN, "sample")
TYPED = {"beginning": "$1,200.50", "floor": "8 %", "revenue": "2.15", "spending": "(1)"}
CHOSEN: dict[str, object] = {"rule": OutlookRule.GROWS, "floor_operator": ">=", "note": ""}


def test_the_general_funds_statement_ends_as_the_budget_says(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample")
    assert "It falls below its policy floor in FY2029-30 as things are, and in FY2028-29 with the plan." in words
    without = screen.table("10 General Fund, without the plan")
    assert [row[1] for row in without[1:]] == [
        "$11,840,000", "96,657,000", "755,000", "(98,655,000)", "—", "$10,597,000"
    ]  # fmt: skip
    floor = screen.table("10 General Fund, with the plan")[-1]
    assert floor == ["Policy: at least 8.0 %", "kept", "kept", "below", "below", "below"]


def test_revenue_that_is_only_hoped_for_is_named_beside_the_balance_that_counts_it(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", fund="30 Bond Fund")
    assert "With the plan, $562,640 of its revenue is not yet secured." in words
    assert "not yet secured" not in Screen().open(PAGE, district="sample", fund="10 General Fund")


def test_every_fund_adds_up_and_leads_to_its_own_statement(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    rows = screen.table("Every fund, with the plan")[1:]
    ends = [int(row[-2].replace("$", "").replace(",", "").replace("—", "0")) for row in rows]
    assert abs(sum(ends[:-1]) - ends[-1]) <= len(rows)  # each shown in whole dollars


def test_a_levy_ends_with_its_source(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", fund="31 Technology Levy")
    assert "it spends and passes on whatever comes in" in words
    revenue = screen.table("31 Technology Levy, with the plan")[2]
    assert revenue == ["Revenue", "650,000", "650,000", "650,000", "—", "—"]


def test_reserves_show_their_class_and_the_boards_action(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    rows = {row[0]: row[1:] for row in screen.table("Reserves")}
    assert rows["Reading curriculum adoption"][1:] == ["committed", "900,000", "Resolution 2026-14 · 2026-05-12"]


def test_finance_types_a_balance_in_and_the_projection_follows(screen: Screen) -> None:
    screen.open(PAGE, district="ledger")
    assert "No beginning balance is known for fund 10" in screen.words()
    [beginning] = [one for one in screen.app.text_input if one.label.startswith("Balance at the start")]
    [floor] = [one for one in screen.app.text_input if one.label.startswith("Policy floor")]
    beginning.set_value("11,840,000")
    floor.set_value("8")
    screen.click("Save")
    statement = screen.table("10 General Fund, as the budget goes on")
    assert statement[6][1] == "$10,597,000"
    assert statement[8][:2] == ["Policy: at least 8.0 %", "kept"]


def test_a_figure_that_is_none_is_refused_at_its_field(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    [beginning] = [one for one in screen.app.text_input if one.label.startswith("Balance at the start")]
    beginning.set_value("about a million")
    assert "The beginning balance reads 'about a million', which is no number." in screen.click("Save")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"floor": "900"}, "The floor fraction cannot be 9"),
        ({"revenue": "nan"}, "is no number"),
        ({"spending": "-100"}, "The expenditure growth cannot be -1"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        read_outlook("10", "General", "FY2026-27", TYPED | changes, CHOSEN)


def test_figures_are_read_as_a_person_types_them() -> None:
    outlook = read_outlook("10", "General", "FY2026-27", TYPED, CHOSEN)
    assert outlook.beginning_cents == 1_200_50
    assert [str(rate) for rate in (outlook.floor_fraction, outlook.revenue_growth, outlook.expenditure_growth)] == [
        "0.08", "0.0215", "-0.01",
    ]  # fmt: skip
    assert read_outlook("10", "", "FY2026-27", TYPED | {"floor": " "}, CHOSEN).floor_fraction is None


def test_who_may_not_write_sees_the_balance_without_the_fields(screen: Screen) -> None:
    screen.open(PAGE, district="sample", **{ACT_AS: "cabinet"})
    assert not screen.app.text_input
    assert not screen.has_button("Save")


@pytest.mark.parametrize(
    ("district", "words"),
    [("plan", "The ledger does not hold the plan's first year."), ("empty", "No budget in dollars has been published")],
)
def test_districts_without_a_budget_say_what_is_missing(screen: Screen, district: str, words: str) -> None:
    assert words in screen.open(PAGE, district=district)


def test_the_journal_is_shown_with_what_it_lacks(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    screen.app.session_state["journal_panel"] = True
    words = screen.app.run() and screen.words()
    assert "is debited and credited" in words
    assert "$163,400.00 of Gift of 3D printers has no source" in words
    assert "$562,640.40 is to be paid by E-Rate category 2, which is hoped, not secured." in words
    assert "This is revision 1 of the plan, which is sent back, not adopted by the board." in words


def test_the_journal_is_of_the_adopted_plan_until_another_is_chosen(screen: Screen) -> None:
    stored = load_plan(open_store(), ADMIN)
    assert stored
    for action in (Action.SUBMIT_PLAN, Action.RECOMMEND_PLAN, Action.ADOPT_PLAN, Action.AMEND_PLAN):
        move_plan(open_store(), ADMIN, action, stored.revision_id, "the board met")
    save_rows(open_store(), ADMIN, [archive_initiative(stored.plan, "new-sis")], "amended")
    screen.open(PAGE, district="sample")
    screen.app.session_state["journal_panel"] = True
    words = screen.app.run() and screen.words()
    assert "not adopted by the board" not in words
    screen.app.selectbox(key="journal_plan").set_value("As it is now: revision 2")
    screen.app.session_state["journal_panel"] = True
    screen.app.run()
    assert "This is revision 2 of the plan, which is being amended, not adopted by the board." in screen.words()


def test_a_reserve_is_set_aside_and_let_go(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    fields = {one.label: one for one in screen.app.text_input}
    fields["Reserve for"].set_value("Roof of the gym")
    fields["Amount in dollars"].set_value("$250,000")
    screen.click("Save the reserve")
    rows = {row[0]: row[1:4] for row in screen.table("Reserves")}
    assert rows["Roof of the gym"] == ["10 General Fund", "assigned", "250,000"]
    screen.app.selectbox(key="reserve").select("10-roof-of-the-gym").run()
    screen.click("Let it go")
    assert "Roof of the gym" not in {row[0] for row in screen.table("Reserves")}


@pytest.mark.parametrize(
    ("name", "amount", "words"),
    [
        ("", "5", "The name of the reserve"),
        ("Roofs", "-5", "The amount of the reserve"),
        ("Roofs", "x", "is no number"),
    ],
)
def test_a_reserve_without_a_name_or_an_amount_is_refused(name: str, amount: str, words: str) -> None:
    typed: dict[str, object] = {"fund_code": "10", "name": name, "balance_class": "assigned"}
    with pytest.raises(InputRefused, match=words):
        read_reserve("r", typed, amount)


def test_reserves_of_one_name_are_told_apart() -> None:
    assert make_reserve_id("10", "Roof of the gym!", ()) == "10-roof-of-the-gym"
    assert make_reserve_id("10", "Roofs", ("10-roofs",)) == "10-roofs-2"
    assert make_reserve_id("", "—", ()) == "reserve"
