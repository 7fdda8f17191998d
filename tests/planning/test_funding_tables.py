"""What the page Funding says about lawful money, on the sample district."""

from datetime import date
from decimal import Decimal
from functools import cache

from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning import funding_tables
from planning.evaluation import Evaluation, evaluate
from planning.figure import Table
from planning.funding.suggestion import Suggestion, suggest_allocation
from planning.money import to_cents

DAY = date(2026, 11, 23)


@cache
def evaluation() -> Evaluation:
    return evaluate(build_sample_plan(), load_reference(), DAY)


@cache
def found() -> Suggestion:
    return suggest_allocation(evaluation(), load_reference())


def row_of(table: Table, *cells: str) -> tuple[str, ...]:
    return next(row for row in table.list_text_rows() if row[: len(cells)] == cells)


def test_the_message_says_what_could_be_paid_what_lacks_what_caps_bar_and_what_expires() -> None:
    assert funding_tables.describe_suggestion(found()) == (
        "Lawful money that nobody has committed yet could pay $204.2K of the $2.22M that lacks a source; $2.01M would "
        "have none. Caps bar $35,496. $654.2K would expire unspent."
    )


def test_a_plan_that_lacks_nothing_or_finds_nothing_says_so() -> None:
    plan = build_sample_plan()
    nothing = evaluate(plan.model_copy(update={"cost_lines": ()}), load_reference(), DAY)
    assert funding_tables.describe_suggestion(suggest_allocation(nothing, load_reference())).startswith(
        "Every cost of the plan has its source."
    )
    poor = evaluate(plan.model_copy(update={"sources": ()}), load_reference(), DAY)
    words = funding_tables.describe_suggestion(suggest_allocation(poor, load_reference()))
    assert words.startswith("No lawful money is left for the $9")


def test_the_suggestion_sums_to_what_lacks_money() -> None:
    table = funding_tables.tabulate_suggestion(found(), evaluation())
    assert row_of(table, "Detection and response, 24×7", "Still without a source")[4] == "104,186"
    assert row_of(table, "AI tutoring pilot")[1].startswith("General fund")
    assert table.rows[-1][-1] == found().paid_cents + found().lacking_cents


def test_a_cap_shows_its_rule_and_what_it_bars() -> None:
    """The trap of the tutoring: $7,104 of it is committed, so nothing is left of the 15 % and $35,496 is barred."""
    table = funding_tables.tabulate_verdicts(found(), evaluation(), "ai-tutoring")
    capped = row_of(table, "Title IV-A", "may pay, within a cap")
    assert capped[4].startswith("Of the technology portion of Title IV-A at most 15 %")
    assert capped[4].endswith("The cap leaves nothing more and bars $35,496.")
    assert capped[5].startswith("ESEA section 4109(b)")


def test_a_refusal_shows_the_rule_behind_it() -> None:
    table = funding_tables.tabulate_verdicts(found(), evaluation(), "cameras")
    assert row_of(table, "Bond of March 2025", "may pay")[2] == "Cameras, installed; Doors with card readers"
    refused = row_of(table, "Bond of March 2025", "may not pay")
    assert refused[2] == "Storage of video"
    assert refused[4].endswith("what is paid again every year is an operating cost.")
    assert refused[5].startswith("26 CFR 1.148-6(d)(3)")
    hotspots = funding_tables.tabulate_verdicts(found(), evaluation(), "hotspots")
    assert "since 2025-09-30" in row_of(hotspots, "E-Rate category 2")[4]
    assert row_of(hotspots, "Education foundation")[4] == funding_tables.NOTHING_LEFT
    assert funding_tables.describe_verdicts(found(), evaluation(), "cameras").endswith(
        "may pay something of Cameras and door access; all of its cost has or could have a source."
    )
    assert "$180,000 of its cost would have no source" in funding_tables.describe_verdicts(
        found(), evaluation(), "hotspots"
    )


def test_money_that_expires_says_by_when_it_must_be_spent_and_paid_out() -> None:
    table = funding_tables.tabulate_expiring(found(), load_reference(), DAY)
    assert [row[0] for row in table.rows] == ["Bond of March 2025", "Title IV-A", "Technology levy"]
    assert row_of(table, "Title IV-A")[1:4] == ("FY2026-27", "2028-09-30", "2028-12-29")
    assert table.rows[0][-1] == 388_140_40
    assert table.rows[1][-1] == to_cents(47_360 - 7_104)  # its other areas are no technology


def test_what_a_dollar_more_would_do() -> None:
    table = funding_tables.tabulate_worth(found())
    assert row_of(table, "Title II-A, one coach") == ("Title II-A, one coach", "$1.00", "FY2027-28")
    assert not [row for row in table.rows if row[0] == "E-Rate category 2"]


def test_a_receipt_for_every_years_money() -> None:
    sources = [
        source.model_copy(update={"administration_fraction": Decimal("0.02")})
        if source.source_id == "title-iv"
        else source
        for source in build_sample_plan().sources
    ]
    changed = evaluate(build_sample_plan().model_copy(update={"sources": tuple(sources)}), load_reference(), DAY)
    row = row_of(funding_tables.tabulate_receipts(changed, load_reference()), "Title IV-A")
    assert row[2:] == ("118,400", "—", "(2,368)", "—", "116,032", "from 2026-07-01 to 2028-09-30")


def test_each_bond_says_how_fast_it_must_be_spent_for_its_earnings_to_stay() -> None:
    """$2,600,000 of 2025-03-12: days of the 18-month exception are in September 2025, before the plan, and in 2026."""
    table = funding_tables.tabulate_rebate(evaluation(), load_reference())
    row = row_of(table, "Bond of March 2025", "26 CFR 1.148-7(d), 18-month exception", "2026-09-12")
    assert row[3:] == ("2,600,000", "—", "—", funding_tables.NOT_BY_PLAN)
    assert len(table.rows) == 1 + 3 + 4
    plan = build_sample_plan()
    sources = tuple(one.model_copy(update={"window_start": date(2026, 7, 1)}) for one in plan.sources)
    issued_within = evaluate(plan.model_copy(update={"sources": sources}), load_reference(), DAY)
    new = row_of(funding_tables.tabulate_rebate(issued_within, load_reference()), "Bond of March 2025")
    assert new[2:] == ("2027-01-01", "$2,600,000", "—", "—", "missed")


def test_the_rules_of_the_plans_money_are_all_there_with_their_state() -> None:
    rows = funding_tables.tabulate_rules(evaluation(), load_reference()).rows
    assert len(rows) > 30
    assert {row[4] for row in rows} == {"confirmed", "verify before use"}
    assert not [row for row in rows if row[0] == "idea"]
