"""The views of the page Funding besides who pays: who could lawfully pay, why money may not, what expires."""

import streamlit as st

from data.reference import load_reference
from pages.ui.charts import build_data_table, draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.plan_rows import link_initiatives
from pages.ui.session import current_suggestion
from pages.ui.tables import build_disclosure
from planning import funding_tables
from planning.evaluation import Evaluation
from planning.funding.suggestion import Suggestion

SUGGESTION_NOTE = (
    "A suggestion, not a decision: it changes nothing in the plan. It keeps every commitment and lays what is left of "
    "each source on what lacks money, so that as few dollars as the rules allow stay without a source; what a law "
    "requires and what serves the goals comes first. A person commits it on the page Edit."
)


def draw_suggestion(evaluation: Evaluation) -> None:
    """Who could pay what nobody pays yet, and what one more dollar would do."""
    found = require_suggestion()
    draw_data_table(
        "What nobody pays yet: who could lawfully pay it",
        funding_tables.tabulate_suggestion(found, evaluation),
        link_initiatives(evaluation),
    )
    st.caption(plain(SUGGESTION_NOTE))
    draw_findings("What no lawful money reaches though a law requires it", found.findings)
    worth = funding_tables.tabulate_worth(found)
    if worth.rows:
        draw_data_table("What one more dollar of a source would do", worth)


def draw_verdicts(evaluation: Evaluation) -> None:
    """Which money may pay an initiative and why not; those that lack money come first."""
    found = require_suggestion()
    lacking = {item.initiative_id for item in found.shortfalls}
    items = sorted(evaluation.included, key=lambda item: item.initiative_id not in lacking)
    if not items:
        st.info("Add an initiative on the page Edit.", title="The plan has no initiatives.")
        return
    names = {item.initiative_id: item.name for item in items}
    chosen = st.selectbox(
        "Initiative", list(names), format_func=names.__getitem__, key="initiative", bind="query-params", width=420
    )
    st.write(plain(funding_tables.describe_verdicts(found, evaluation, chosen)))
    reference = load_reference()
    cited = reference.list_links()
    draw_data_table(
        f"{names[chosen]}: which money may pay, and the rule where it may not",
        funding_tables.tabulate_verdicts(found, evaluation, chosen),
        cited=cited,
    )
    rules = funding_tables.tabulate_rules(evaluation, reference)
    table = build_data_table("Rules", rules, cited=cited)
    st.html(build_disclosure(f"All {len(rules.rows)} rules about the plan's money", table))


def draw_available(evaluation: Evaluation) -> None:
    """What every source really has, until when, and what would expire."""
    found, reference = require_suggestion(), load_reference()
    expiring = funding_tables.tabulate_expiring(found, reference, evaluation.stamp.as_of)
    if expiring.rows:
        draw_data_table("Money that would expire unspent, the soonest first", expiring)
    else:
        st.info("Every source with a last day inside the plan is used up by then.", title="Nothing expires unspent.")
    draw_data_table(
        "What each year's money leaves to spend: gross, what comes off, and until when",
        funding_tables.tabulate_receipts(evaluation, reference),
    )
    rebate = funding_tables.tabulate_rebate(evaluation, reference)
    if rebate.rows:
        words = "How fast bonds must be spent for an exception from arbitrage rebate; bond counsel knows which are open"
        st.html(build_disclosure(words, build_data_table("Arbitrage rebate", rebate)))


def require_suggestion() -> Suggestion:
    """The suggestion for the plan that the page has evaluated."""
    found = current_suggestion()
    if found is None:
        st.stop()
    return found
