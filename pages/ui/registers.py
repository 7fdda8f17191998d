"""What the pages of the registers share: the way to where they are edited, the rules, and the audit binder."""

from collections.abc import Sequence

import streamlit as st

from data.exports.audit_binder import write_audit_binder
from data.workbooks.layout import SHEET_BY_KEY
from pages.ui.charts import build_data_table
from pages.ui.session import current_reference, current_viewer, require_evaluation
from pages.ui.tables import Link, build_disclosure, build_trail
from planning.funding.grants import AwardState
from planning.permissions import Action, may
from planning.rule_words import RuleInWords, tabulate_rules

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_edit_link(*sections: str) -> None:
    """To the tables on the page Edit, for who may write the plan."""
    if may(current_viewer().role, Action.SAVE_PLAN):
        names = [SHEET_BY_KEY[key].name for key in sections]  # the address of a choice is what it is called
        links = [Link(f"Edit {name}", "edit", (("section", name),)) for name in names]
        st.html(build_trail("Where this is edited", links))


def draw_rules(caption: str, rules: Sequence[RuleInWords]) -> None:
    """The dated rules behind a page, each with its source to read, behind a line that opens them."""
    if rules:
        table = build_data_table(caption, tabulate_rules(rules), cited=current_reference().list_links())
        st.html(build_disclosure(f"{caption} ({len(rules)})", table))


def draw_binder(states: Sequence[AwardState]) -> None:
    """The audit binder of one award, as a workbook to take away."""
    evaluation = require_evaluation()
    by_name = {state.award.award_number or state.award.award_id: state for state in states}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Audit binder of", list(by_name), width=320)
        st.download_button(
            "Download the binder",
            lambda: write_audit_binder(by_name[name], evaluation),
            f"audit-binder-{name}.xlsx",
            WORKBOOK_TYPE,
            on_click="ignore",
        )
