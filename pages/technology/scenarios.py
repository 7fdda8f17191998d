"""Scenarios: what if - the plan beside what other choices make of it, change by change, and the way to adopt one."""

import streamlit as st

from data.store.scenarios import list_scenarios
from pages.ui.charts import draw_data_table
from pages.ui.messages import plain
from pages.ui.scenario_editor import draw_editor
from pages.ui.scenario_view import choose_shown, draw_adopt, draw_changes, draw_one, evaluate_scenarios
from pages.ui.session import current_plan, current_viewer, open_store, require_evaluation
from planning.choice.comparison import describe_scenarios, tabulate_scenarios
from planning.permissions import Action, may

st.title("Scenarios", anchor=False)
base, stored, viewer = require_evaluation(), current_plan(), current_viewer()
scenarios = [one.scenario for one in list_scenarios(open_store(), viewer)]
may_save = may(viewer.role, Action.SAVE_SCENARIO)

shown = choose_shown(scenarios)
evaluated = evaluate_scenarios(shown)
if evaluated:
    st.write(plain(describe_scenarios(base, [evaluation for _, evaluation in evaluated])))
    draw_one(base, evaluated)
    draw_data_table(
        "The base plan and the scenarios, all years together and year by year",
        tabulate_scenarios(base, [evaluation for _, evaluation in evaluated]),
    )
    draw_changes(base, [scenario for scenario, _ in evaluated])
elif not scenarios:
    st.info(
        "A scenario is a list of changes of the plan: leave something out, start it later, lose a source."
        + (" Begin one below." if may_save else ""),
        title="Nobody has asked what if yet.",
    )
if may_save and stored:
    draw_editor(base, stored, scenarios)
    draw_adopt(stored, scenarios, viewer)
