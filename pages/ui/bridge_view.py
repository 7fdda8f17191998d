"""The parts of the page on the ledger bridge: its lines, the decision about one, the years, and what was decided."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from data.store.bridge_matches import StoredMatch, make_match, remove_match, save_matches
from data.store.viewer import Viewer
from pages.ui.charts import draw_data_table
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Link, Tag, draw_table
from planning.bridge import BridgeLine, LedgerBridge
from planning.bridge_matching import BridgeMatch, Evidence, MatchState
from planning.bridge_years import LedgerYear, compare_years
from planning.errors import TechplanError
from planning.evaluation import Evaluation
from planning.finance_figures import tabulate_years
from planning.findings import Finding
from planning.money import format_cents
from planning.permissions import Action, may
from planning.vocabulary import CostBridge

SHOWN = ("All lines", "To confirm", "Confirmed", "Left over")
LINE_HEADERS = (
    "Account", "Vendor", "Description", "Ledger", "Explained", "Would be replaced", "Left over", "Initiative", "State",
    "Because of",
)  # fmt: skip
EVERY_INITIATIVE = "All initiatives"
ROLE_NAMES = {CostBridge.BASE: "explains the line", CostBridge.REPLACES: "replaces it"}


class Suggestion(NamedTuple):
    """An initiative that may be what a ledger line is for."""

    initiative_id: str
    bridge: CostBridge
    evidence: Evidence
    is_counted: bool


def draw_no_ledger(fiscal_year: str) -> None:
    """The plan has no budget to lie beside."""
    st.info(
        f"Publish the budget of {fiscal_year} to see how much of its technology the plan explains.",
        title="The ledger does not hold the plan's first year.",
    )


def draw_lines(bridge: LedgerBridge, evaluation: Evaluation) -> None:
    """Every technology line with the initiative it is for, and why; its account leads to the decision about it."""
    shown = st.segmented_control(
        "Show", SHOWN, default=SHOWN[0], required=True, key="show", bind="query-params", label_visibility="collapsed"
    )
    lines = [line for line in bridge.lines if _is_shown(line, str(shown))]
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    rows = [_list_line(line, names, symbol=place == 0) for place, line in enumerate(lines)]
    sums = [
        sum(amounts)
        for amounts in zip(
            *((one.ledger_cents, one.explained_cents, one.replaced_cents, one.left_over_cents) for one in lines),
            strict=True,
        )
    ] or [0] * 4
    total: tuple[Cell, ...] = ("Total", "", "", *(format_cents(cents, symbol=True) for cents in sums), "", "", "")
    draw_table(
        f"Technology lines of {bridge.fiscal_year}", LINE_HEADERS, [*rows, total], numbers=(3, 4, 5, 6), totals=1
    )


def _is_shown(line: BridgeLine, shown: str) -> bool:
    confirmed = any(share.evidence is Evidence.CONFIRMED for share in line.shares)
    if shown == "To confirm":
        return any(share.evidence is not Evidence.CONFIRMED for share in line.shares)
    if shown == "Confirmed":
        return confirmed
    return shown != "Left over" or line.left_over_cents != 0


def _list_line(line: BridgeLine, names: dict[str, str], symbol: bool) -> tuple[Cell, ...]:
    found = list_suggestions(line)
    confirmed = any(share.evidence is Evidence.CONFIRMED for share in line.shares)
    amounts = (line.ledger_cents, line.explained_cents, line.replaced_cents, line.left_over_cents)
    initiative = ", ".join(dict.fromkeys(names[one.initiative_id] for one in found if one.is_counted))
    state, why = _describe_evidence(found, confirmed, names)
    return (
        Link(line.account or "(no account)", "bridge", (("line", name_line(line)),)),
        line.vendor,
        line.description,
        *(format_cents(cents, symbol=symbol) for cents in amounts),
        initiative,
        state,
        why,
    )


def _describe_evidence(found: Sequence[Suggestion], confirmed: bool, names: dict[str, str]) -> tuple[Cell, str]:
    """Whether a person said so, a rule suggests it, or it may be; and what it rests on."""
    if confirmed:
        return Tag("confirmed", "good"), "a decision below"
    if not found:
        return "", ""
    first = found[0]
    return Tag("suggested" if first.is_counted else "perhaps"), (
        str(first.evidence) if first.is_counted else f"{first.evidence}: {names[first.initiative_id]}"
    )


def list_suggestions(line: BridgeLine) -> list[Suggestion]:
    """Who the line is laid to and who else may be meant, the surest first, each initiative once."""
    found: dict[tuple[str, CostBridge], Suggestion] = {}
    for share in line.shares:
        found.setdefault(
            (share.initiative_id, share.bridge), Suggestion(share.initiative_id, share.bridge, share.evidence, True)
        )
    for one in line.possible:
        found.setdefault(
            (one.initiative_id, one.bridge), Suggestion(one.initiative_id, one.bridge, one.evidence, False)
        )
    return list(found.values())


def name_line(line: BridgeLine) -> str:
    """A short name of a line for the address; it says nothing of what the line holds."""
    return hashlib.sha256("\x1f".join(line.key).encode()).hexdigest()[:12]


def draw_decision(bridge: LedgerBridge, evaluation: Evaluation, viewer: Viewer) -> None:
    """Say what one line is for: confirm what is suggested, choose another initiative, or reject it."""
    st.subheader("What is this line for?", anchor=False)
    lines = {name_line(line): line for line in _order_for_decision(bridge)}
    chosen = st.query_params.get("line", "")
    keys = list(lines)
    key = st.selectbox(
        "Ledger line",
        keys,
        index=keys.index(chosen) if chosen in lines else 0,
        format_func=lambda name: name_in_full(lines[name]),
        key=f"decided_line_{chosen}",
    )
    if key is None:
        st.caption("The ledger has no technology line.")
        return
    line = lines[key]
    suggestions = list_suggestions(line)
    names = {item.initiative_id: item.name for item in evaluation.included}
    options = [one.initiative_id for one in suggestions if one.initiative_id in names]
    options = list(dict.fromkeys([*options, *names]))
    with st.form(f"decision_{key}"):
        initiative_id = st.selectbox("Initiative", options, format_func=names.__getitem__)
        roles = list(ROLE_NAMES)
        role = st.segmented_control(
            "The initiative",
            roles,
            default=suggestions[0].bridge if suggestions else roles[0],
            required=True,
            format_func=ROLE_NAMES.__getitem__,
        )
        reason = st.text_input("Why, for the audit trail", max_chars=300)
        with st.container(horizontal=True):
            confirmed = st.form_submit_button("Confirm", type="primary")
            rejected = st.form_submit_button("Reject")
    if (confirmed or rejected) and initiative_id:
        state = MatchState.CONFIRMED if confirmed else MatchState.REJECTED
        _save(viewer, line, initiative_id, state, CostBridge(str(role)), reason)


def _order_for_decision(bridge: LedgerBridge) -> list[BridgeLine]:
    """What waits for a word comes first, the largest amounts before the small."""

    def order(line: BridgeLine) -> tuple[bool, bool, int]:
        is_confirmed = any(share.evidence is Evidence.CONFIRMED for share in line.shares)
        return is_confirmed, not line.shares, -line.ledger_cents

    return sorted(bridge.lines, key=order)


def match_line(line: BridgeLine, initiative_id: str, state: MatchState, bridge: CostBridge) -> BridgeMatch:
    """What is said of one line: it is known again in other years by its account, vendor and description."""
    return make_match(initiative_id, state, bridge, account=line.account, vendor=line.vendor, words=line.description)


def name_in_full(line: BridgeLine) -> str:
    """Account, vendor and description of a line, with its amount."""
    words = " · ".join(part for part in (line.account, line.vendor, line.description) if part)
    return f"{words}: {format_cents(line.ledger_cents, symbol=True)}"


def _save(
    viewer: Viewer, line: BridgeLine, initiative_id: str, state: MatchState, bridge: CostBridge, reason: str
) -> None:
    try:
        save_matches(open_store(), viewer, [match_line(line, initiative_id, state, bridge)], reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.query_params.pop("line", None)
    st.toast("Confirmed." if state is MatchState.CONFIRMED else "Rejected.")
    st.rerun()


def draw_findings(findings: Sequence[Finding]) -> None:
    """What does not fit, in words."""
    for finding in findings:
        st.markdown("- " + plain(f"{finding.message} {finding.fix}".strip()))


def draw_years(
    evaluation: Evaluation, bridge: LedgerBridge, years: Sequence[LedgerYear], matches: Sequence[StoredMatch]
) -> None:
    """Planned, budgeted and actual by year, of one initiative or of all that explain something."""
    explaining = list(dict.fromkeys(share.initiative_id for share in bridge.shares if share.bridge is CostBridge.BASE))
    names = {item.initiative_id: item.name for item in evaluation.included if item.initiative_id in explaining}
    chosen = st.selectbox(
        "Planned, budgeted and actual of",
        [EVERY_INITIATIVE, *names.values()],
        key="initiative",
        bind="query-params",
        width=420,
    )
    initiative_id = next((key for key, name in names.items() if name == chosen), None)
    decided = [stored.match for stored in matches]
    rows = compare_years(evaluation, bridge, years, decided, initiative_id)
    draw_data_table(f"Planned, budgeted and actual by year: {chosen}", tabulate_years(rows))
    what = "everything its budget carries" if initiative_id else "what cost lines say is in the ledger (base)"
    whose = "that it explains" if initiative_id else "that initiatives explain"
    st.caption(
        f"Planned is {what}; budgeted and actual are the ledger lines {whose}, which stay with them "
        "from year to year by account, vendor and description."
    )


def draw_matches(matches: Sequence[StoredMatch], evaluation: Evaluation, viewer: Viewer) -> None:
    """Every decision with who, when and why, and the way to take one back."""
    if not matches:
        st.caption("Nobody has confirmed or rejected a line yet.")
        return
    names = {item.initiative_id: item.name for item in evaluation.initiatives}
    rows = [
        (
            names.get(stored.match.initiative_id, stored.match.initiative_id),
            Tag(stored.match.state.value, "good" if stored.match.state is MatchState.CONFIRMED else "plain"),
            "replaces" if stored.match.bridge is CostBridge.REPLACES else "explains",
            _describe_match(stored.match),
            f"{stored.decided_at:%Y-%m-%d %H:%M} UTC",
            stored.decided_by,
            stored.reason or "—",
        )
        for stored in matches
    ]
    draw_table("What was decided, newest first", ["Initiative", "", "It", "Lines", "When", "By", "Why"], rows)
    if may(viewer.role, Action.CONFIRM_BRIDGE):
        _draw_removal({stored.match.match_id: stored.match for stored in matches}, names, viewer)


def _draw_removal(matches: dict[str, BridgeMatch], names: dict[str, str], viewer: Viewer) -> None:
    with st.popover("Take one back"), st.form("take_back"):
        chosen = st.selectbox(
            "Decision",
            list(matches),
            format_func=lambda key: f"{names.get(matches[key].initiative_id, '')}: {_describe_match(matches[key])}",
        )
        reason = st.text_input("Why, for the audit trail", max_chars=300)
        if st.form_submit_button("Take it back") and chosen:
            try:
                remove_match(open_store(), viewer, chosen, reason)
            except TechplanError as error:
                draw_error(error)
                return
            st.rerun()


def _describe_match(match: BridgeMatch) -> str:
    return " · ".join(part for part in (match.account, match.vendor, match.words, match.technology_rule) if part)
