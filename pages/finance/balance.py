"""Fund balance: every fund over five years, with and without the plan, against its floor; reserves; the journal."""

import streamlit as st

from pages.ui import balance_view
from pages.ui.bridge_view import draw_findings
from pages.ui.charts import draw_data_table, draw_figure
from pages.ui.journal import draw_journal
from pages.ui.reserves import draw_reserve_inputs
from pages.ui.session import current_evaluation, current_fund_balances, current_viewer
from pages.ui.start import draw_first_budget
from planning.finance_figures import draw_fund_balance, tabulate_reserves
from planning.permissions import Action, may

st.title("Fund balance", anchor=False)
stored, evaluation, viewer = current_fund_balances(), current_evaluation(), current_viewer()
if stored is None:
    if evaluation:
        balance_view.draw_no_budget(evaluation)
    else:
        draw_first_budget()
    st.stop()
balances = stored.balances

fund_code = balance_view.draw_fund_choice(balances)
line, statement = st.columns([2, 3], gap="medium")
with line:
    draw_figure(draw_fund_balance(balances, fund_code), key=f"balance_{fund_code}", height=320, numbers=False)
with statement:
    balance_view.draw_statement(balances, fund_code, with_plan=evaluation is not None)
balance_view.draw_rules(balances, fund_code, stored.column, evaluation)
draw_findings(balances.findings)

balance_view.draw_every_fund(balances)
if balances.reserves:
    draw_data_table("Reserves: parts of the beginning balance that are set aside", tabulate_reserves(balances))
if may(viewer.role, Action.SAVE_FUND_BALANCE):
    draw_reserve_inputs(balances, fund_code, viewer)
    balance_view.draw_inputs(balances, fund_code, viewer)
if evaluation and may(viewer.role, Action.EXPORT_JOURNAL):
    draw_journal(viewer)
