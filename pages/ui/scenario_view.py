"""Scenarios on the screen: which are shown, what each comes to, which change makes which part of it, adopting one."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.plan_of_record import evaluate_stored, explain_scenario
from data.store.plans import StoredPlan
from data.store.scenarios import adopt_scenario
from data.store.viewer import Viewer
from pages.ui.charts import draw_figure
from pages.ui.messages import draw_error
from pages.ui.session import Snapshot, current_plan, open_store, take_snapshot
from pages.ui.tables import Link, build_trail, draw_table
from planning.choice.comparison import MEASURES, BridgeStep, draw_bridge
from planning.choice.scenarios import Scenario, name_targets
from planning.errors import TechplanError
from planning.evaluation import Evaluation
from planning.permissions import Action, may

SIDE_BY_SIDE = 3
Evaluated = tuple[Scenario, Evaluation]


def choose_shown(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios beside the plan, as the address names them: at most three fit side by side."""
    if not scenarios:
        return []
    names = [scenario.name for scenario in scenarios]
    picked = st.multiselect(
        "Beside the plan", names, default=names[:SIDE_BY_SIDE], max_selections=SIDE_BY_SIDE, key="shown",
        bind="query-params",
    )  # fmt: skip
    return [scenario for scenario in scenarios if scenario.name in picked]


def evaluate_scenarios(scenarios: Sequence[Scenario]) -> list[Evaluated]:
    """Each with what it makes of the plan; one that the plan has outgrown says why and is left out."""
    evaluated = []
    for scenario in scenarios:
        try:
            evaluated.append((scenario, evaluate_scenario(scenario)))
        except TechplanError as error:
            draw_error(error)
    return evaluated


def evaluate_scenario(scenario: Scenario) -> Evaluation:
    """What a scenario makes of the plan of record today."""
    return _evaluate(take_snapshot(), scenario.model_dump_json(), date.today())


def draw_one(base: Evaluation, evaluated: Sequence[Evaluated]) -> None:
    """The way from the plan to one scenario, a bar for each change."""
    names = {scenario.name: (scenario, evaluation) for scenario, evaluation in evaluated}
    with st.container(horizontal=True):
        name = st.segmented_control(
            "Scenario", list(names), default=next(iter(names)), required=True, key="scenario", bind="query-params"
        )
        what = st.segmented_control(
            "Counted", [word for word, _ in MEASURES], default=MEASURES[0][0], required=True, key="counted",
            bind="query-params",
        )  # fmt: skip
    scenario, evaluation = names[str(name)] if str(name) in names else evaluated[0]
    steps = _explain(take_snapshot(), scenario.model_dump_json(), date.today(), str(what))
    draw_figure(draw_bridge(base, evaluation, steps, str(what)), key="scenario_bridge", height=320)
    looked_at = (*(("shown", one) for one in names), ("scenario", scenario.name), ("counted", str(what)))
    st.html(build_trail("To share what is looked at:", [Link("the link to it", "scenarios", looked_at)]))


def draw_changes(base: Evaluation, scenarios: Sequence[Scenario]) -> None:
    """Every change in words."""
    names = name_targets(base.plan)
    rows = [(scenario.name, change.say(names)) for scenario in scenarios for change in scenario.changes]
    draw_table("What the scenarios change", ("Scenario", "Change"), rows)


def draw_adopt(stored: StoredPlan, scenarios: Sequence[Scenario], viewer: Viewer) -> None:
    """Make one the plan, as its next revision, for who may save the plan."""
    if not scenarios or not may(viewer.role, Action.SAVE_PLAN):
        return
    with st.expander("Adopt a scenario"), st.form("adopt"):
        st.write("The plan becomes what the scenario makes of it, as a new revision; the revisions before it stay.")
        name = st.selectbox("Scenario", [scenario.name for scenario in scenarios])
        reason = st.text_input("Reason, for the audit trail")
        if st.form_submit_button("Adopt it"):
            try:
                saved = adopt_scenario(open_store(), viewer, name, stored.revision_id, reason)
            except TechplanError as error:
                draw_error(error)
                return
            st.toast("The plan is that already." if saved.already else f"Saved as revision {saved.number}.")
            st.rerun()


@st.cache_resource(max_entries=64, show_spinner=False)
def _evaluate(snapshot: Snapshot, scenario: str, as_of: date) -> Evaluation:
    stored = current_plan()
    assert stored is not None
    return evaluate_stored(stored, as_of, Scenario.model_validate_json(scenario))


@st.cache_resource(max_entries=64, show_spinner=False)
def _explain(snapshot: Snapshot, scenario: str, as_of: date, what: str) -> tuple[BridgeStep, ...]:
    stored = current_plan()
    assert stored is not None
    return explain_scenario(stored, as_of, Scenario.model_validate_json(scenario), dict(MEASURES)[what])
