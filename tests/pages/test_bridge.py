"""Ledger bridge: what is suggested, confirmed, rejected and taken back, and the years beside each other."""

from pages.ui.bridge_view import name_line
from pages.ui.sign_in import ACT_AS
from planning.bridge import BridgeLine
from tests.pages.screen import Screen

PAGE = "finance/bridge.py"
LINES = "Technology lines of FY2026-27"
TRAILMARK = name_line(BridgeLine("10-2580-352", 0, 0, 0, 1, "Trailmark Student Systems", "Student information system"))


def find_row(screen: Screen, vendor: str) -> list[str]:
    [row] = [row for row in screen.table(LINES) if row[1] == vendor]
    return row


def test_the_ledgers_technology_is_explained_and_unexplained_to_the_dollar(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample")
    assert "Of $3.61M technology in the ledger of FY2026-27, initiatives explain $1.08M (30 %)" in words
    assert "nobody has confirmed any of it yet" in words
    assert screen.table(LINES)[-1][3:7] == ["$3,612,500", "$1,077,700", "$125,080", "$2,409,720"]
    assert 3_612_500 == 1_077_700 + 125_080 + 2_409_720


def test_a_line_says_what_suggests_its_initiative(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    assert find_row(screen, "Palisade Watch")[7:] == [
        "Detection and response, 24×7", "suggested", "vendor, account and words"
    ]  # fmt: skip


def test_lines_can_be_narrowed_to_what_nobody_explains(screen: Screen) -> None:
    screen.open(PAGE, district="sample", show="Left over")
    rows = screen.table(LINES)[1:-1]
    assert rows and all(row[6] != "—" for row in rows)
    assert screen.table(LINES)[-1][6] == "$2,409,720"
    screen.app.segmented_control(key="show").set_value("Confirmed").run()
    assert screen.table(LINES)[1:] == [["Total", "", "", "—", "—", "—", "—", "", "", ""]]


def test_a_confirmed_line_wins_and_can_be_taken_back(screen: Screen) -> None:
    screen.open(PAGE, district="sample", line=TRAILMARK)
    [choice] = [one for one in screen.app.selectbox if one.label == "Initiative"]
    assert choice.value == "new-sis"
    screen.app.text_input[0].set_value("The contract ends with it")
    screen.click("Confirm")
    assert find_row(screen, "Trailmark Student Systems")[5:9] == [
        "74,200", "—", "New student information system", "confirmed",
    ]  # fmt: skip
    decided = screen.table("What was decided")[1]
    assert decided[:3] == ["New student information system", "confirmed", "replaces"]
    assert decided[-1] == "The contract ends with it"
    screen.click("Take it back")
    assert find_row(screen, "Trailmark Student Systems")[5] == "61,380"


def test_several_suggestions_are_confirmed_at_once(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    suggested = [row for row in screen.table(LINES)[1:-1] if row[8] == "suggested"]
    assert len([box for box in screen.app.checkbox if " → " in box.label]) == len(suggested)
    assert "Nothing is ticked." in screen.click("Confirm what is ticked")
    for box in screen.app.checkbox:
        if "→ Technology coaches" in box.label:
            box.check()
    words = screen.click("Confirm what is ticked")
    rows = screen.table(LINES)[1:-1]
    assert {row[8] for row in rows if row[7] == "Technology coaches"} == {"confirmed"}
    assert "$288.9K is confirmed" in words
    assert len(screen.table("What was decided")) == 9
    screen.app.checkbox(key="tick_every_line").check().run()
    screen.click("Confirm what is ticked")
    assert "suggested" not in {row[8] for row in screen.table(LINES)[1:-1]}


def test_a_rejected_line_goes_back_to_the_unexplained(screen: Screen) -> None:
    key = name_line(BridgeLine("10-2580-530", 0, 0, 0, 1, "Keyring Identity", "Identity and multifactor sign-on"))
    screen.open(PAGE, district="sample", line=key)
    screen.click("Reject")
    assert find_row(screen, "Keyring Identity")[4:7] == ["—", "—", "38,440"]
    assert "initiatives explain $1.04M" in screen.words()


def test_the_overview_reads_the_same_bridge(screen: Screen) -> None:
    key = name_line(BridgeLine("10-2580-530", 0, 0, 0, 1, "Keyring Identity", "Identity and multifactor sign-on"))
    screen.open(PAGE, district="sample", line=key)
    screen.click("Reject")
    assert "initiatives explain $1.04M" in screen.open("cabinet/overview.py", district="sample")


def test_planned_budgeted_and_actual_stand_beside_each_other(screen: Screen) -> None:
    screen.open(PAGE, district="sample")
    rows = {row[0]: row[1:] for row in screen.table("Planned, budgeted and actual by year")}
    assert rows["FY2026-27"][:2] == ["1,077,700", "1,077,700"]
    assert rows["FY2024-25"][2] == "887,086"
    screen.app.selectbox(key="initiative").select("Student devices").run()
    rows = {row[0]: row[1:] for row in screen.table("Planned, budgeted and actual by year: Student devices")}
    assert rows["FY2026-27"][:2] == ["525,600", "525,600"]


def test_who_may_not_confirm_sees_the_bridge_without_the_buttons(screen: Screen) -> None:
    words = screen.open(PAGE, district="sample", **{ACT_AS: "planner"})
    assert "The role planner looks at the bridge" in words
    assert not screen.has_button("Confirm")


def test_a_plan_without_a_budget_has_nothing_to_lie_beside(screen: Screen) -> None:
    assert "The ledger does not hold the plan's first year." in screen.open(PAGE, district="plan")
