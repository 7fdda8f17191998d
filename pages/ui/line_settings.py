"""The parts of the page on who sees what: the matrix of classes and roles, the district's rules, and the actions."""

from collections.abc import Callable, Mapping

import streamlit as st

from data.store.line_classes import StoredRule, add_rule, list_rules, remove_rule, set_treatment
from data.store.viewer import Viewer
from pages.ui.messages import draw_error
from pages.ui.session import current_plan, open_store
from pages.ui.tables import Cell, Tag, draw_table
from planning.errors import TechplanError
from planning.line_classes import LEDGER_FIELDS, PLAN_FIELDS, LineRule
from planning.permissions import Action, LineClass, Record, Role, Treatment, find_treatment, may
from planning.permissions import Cell as MatrixCell

CLASSES = {
    LineClass.SALARY: "Salaries and benefits",
    LineClass.SECURITY: "Security",
    LineClass.OPEN_BID: "Open bids",
}
RECORDS = {Record.LEDGER: "budget", Record.PLAN: "plan"}
TREATMENTS = {
    Treatment.SHOWN: "line by line",
    Treatment.SUMMED: "as sums",
    Treatment.REMOVED: "not at all",
}


def draw_classes(settings: Mapping[MatrixCell, Treatment], viewer: Viewer) -> None:
    """What each role gets of each class of lines, and the way to change a cell for those who may."""
    rows = [
        (
            f"{CLASSES[line_class]}, {RECORDS[record]}",
            *(_show(find_treatment(role, record, line_class, settings)) for role in Role),
        )
        for record in Record
        for line_class in LineClass
    ]
    headers = ["Lines", *(role.value.capitalize() for role in Role)]
    draw_table("How each role sees lines", headers, rows)
    if may(viewer.role, Action.SET_LINE_RULES):
        with st.popover("Change this"), st.form("treatment"):
            _draw_treatment_form(viewer)


def _show(treatment: Treatment) -> Cell:
    return TREATMENTS[treatment] if treatment is Treatment.SHOWN else Tag(TREATMENTS[treatment])


def _draw_treatment_form(viewer: Viewer) -> None:
    places = {f"{CLASSES[one]}, {RECORDS[record]}": (record, one) for record in Record for one in LineClass}
    place = st.selectbox("Lines", list(places))
    role = st.selectbox("Role", [role.value for role in Role if role is not Role.ADMIN], format_func=str.capitalize)
    names = {name: treatment for treatment, name in TREATMENTS.items()}
    chosen = st.selectbox("Sees them", list(names))
    reason = st.text_input("Reason, for the audit trail", max_chars=200)
    if st.form_submit_button("Set it", type="primary"):
        record, line_class = places[str(place)]
        _do(set_treatment, viewer, Role(str(role)), record, line_class, names[str(chosen)], reason)


def draw_rules(viewer: Viewer) -> None:
    """The district's own rules, with the forms to add one and to take one away."""
    rules = list_rules(open_store(), viewer)
    if rules:
        headers = ["Lines", "Where", "Like", "Until", "Why", "Set by"]
        draw_table("What this district counts to a class besides", headers, [_list_rule(one) for one in rules])
    else:
        st.caption("This district counts no lines to a class besides those of the chart of accounts.")
    with st.container(horizontal=True):
        with st.popover("Close an initiative while its bid is open"), st.form("bid"):
            _draw_bid_form(viewer)
        with st.popover("Add a rule"), st.form("rule"):
            _draw_rule_form(viewer)
        if rules:
            with st.popover("Take a rule away"), st.form("no_rule"):
                _draw_removal(rules, viewer)


def _list_rule(stored: StoredRule) -> tuple[Cell, ...]:
    rule = stored.rule
    until = f"{rule.until}" if rule.until else "always"
    where = f"{RECORDS[rule.record]}, {rule.field.replace('_', ' ')}"
    return (CLASSES[rule.line_class], where, rule.pattern, until, stored.reason, stored.set_by)


def _draw_bid_form(viewer: Viewer) -> None:
    stored = current_plan()
    names = {item.initiative_id: item.name for item in stored.plan.initiatives} if stored else {}
    chosen = st.selectbox("Initiative", list(names), format_func=names.__getitem__)
    until = st.date_input("Last day before the bids are opened", value=None, format="YYYY-MM-DD")
    if st.form_submit_button("Close it", type="primary", disabled=not names):
        rule = LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", str(chosen), until)
        _do(add_rule, viewer, rule, "Its bid is open")


def _draw_rule_form(viewer: Viewer) -> None:
    classes = {name: one for one, name in CLASSES.items()}
    line_class = st.selectbox("Lines", list(classes))
    places = [f"{RECORDS[Record.LEDGER]}: {name}" for name in LEDGER_FIELDS]
    places += [f"{RECORDS[Record.PLAN]}: {name}" for name in PLAN_FIELDS]
    place = str(st.selectbox("Where to look", places))
    pattern = st.text_input("Like", help="A value, `26*` for all that start so, `*word*` for a part.", max_chars=80)
    until = st.date_input("Until (left empty: always)", value=None, format="YYYY-MM-DD")
    reason = st.text_input("Reason, for the audit trail", max_chars=200)
    if st.form_submit_button("Add it", type="primary"):
        record = Record.LEDGER if place.startswith(RECORDS[Record.LEDGER]) else Record.PLAN
        rule = LineRule(record, classes[str(line_class)], place.partition(": ")[2], pattern.strip(), until)
        _do(add_rule, viewer, rule, reason)


def _draw_removal(rules: tuple[StoredRule, ...], viewer: Viewer) -> None:
    chosen = st.selectbox(
        "Rule", range(len(rules)), format_func=lambda i: f"{rules[i].rule.field} like {rules[i].rule.pattern}"
    )
    reason = st.text_input("Reason, for the audit trail", max_chars=200)
    if st.form_submit_button("Take it away"):
        _do(remove_rule, viewer, rules[chosen].rule, reason)


def _do(change: Callable[..., None], viewer: Viewer, *arguments: object) -> None:
    try:
        change(open_store(), viewer, *arguments)
    except TechplanError as error:
        draw_error(error)
        return
    st.rerun()


def draw_actions() -> None:
    """What each role may do, from the table that the store enforces."""
    rows = [
        (action.value.replace("_", " ").capitalize(), *("yes" if may(role, action) else "—" for role in Role))
        for action in Action
    ]
    draw_table("What each role may do", ["Action", *(role.value.capitalize() for role in Role)], rows)
