"""Changes of the plan as tables: the rows, the dollars, and two values side by side where one must be chosen."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from data.workbooks.row_words import describe_change, describe_state, name_row_in_full
from pages.ui.charts import draw_data_table
from pages.ui.findings import draw_findings
from pages.ui.messages import plain
from pages.ui.tables import Tag, draw_table
from planning.evaluation import Evaluation
from planning.money import format_cents
from planning.revisions.diff import ChangeKind, RowChange
from planning.revisions.effects import Effect, calculate_effect, list_new_findings, tabulate_effect
from planning.revisions.merge import Conflict, Side
from planning.revisions.rows import RowKey

MOST_ROWS = 200
TONE = {ChangeKind.ADDED: "good", ChangeKind.DELETED: "bad", ChangeKind.CHANGED: "plain"}


def draw_changes(caption: str, changes: Sequence[RowChange], brought_along: Iterable[RowKey] = ()) -> None:
    """The rows that change, each with what it was and what it becomes."""
    along = {*brought_along}
    rows = [
        (
            name_row_in_full(change.key),
            Tag(f"{change.kind}, goes along" if change.key in along else change.kind, TONE[change.kind]),
            describe_change(change),
        )
        for change in changes[:MOST_ROWS]
    ]
    draw_table(caption, ["Row", "Change", "What"], rows)
    if len(changes) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} of {len(changes):,} rows.")


def draw_effect(effect: Effect) -> None:
    """What it does in dollars: one sentence, and the initiatives by year."""
    st.write(plain(describe_effect(effect)))
    table = tabulate_effect(effect)
    if table.rows:
        draw_data_table("Change of the budgeted cost, by initiative and fiscal year", table)


def draw_consequences(before: Evaluation | None, after: Evaluation) -> None:
    """What a change that is not saved yet would do: in dollars, and what the plan would then have to say."""
    draw_effect(calculate_effect(before, after))
    draw_findings("What the plan would then say that it does not say now", list_new_findings(before, after))


def describe_effect(effect: Effect) -> str:
    """The dollars of a change in a sentence."""
    if not any((effect.cost_cents, effect.committed_cents, effect.unfunded_cents)):
        moved = any(any(row.values()) for row in effect.by_initiative.values())
        return "The plan costs the same in all; cost moves inside it." if moved else "No dollar of the plan changes."
    return (
        f"Over all years the plan costs {show_signed(effect.cost_cents)}; sources pay "
        f"{show_signed(effect.committed_cents)}; {show_signed(effect.unfunded_cents)} without a source."
    )


def show_signed(cents: int) -> str:
    """An amount that was added or taken away.

    >>> show_signed(123450), show_signed(-5000), show_signed(0)
    ('$1,235 more', '$50 less', 'nothing more')
    """
    if not cents:
        return "nothing more"
    return f"{format_cents(abs(cents), symbol=True)} {'more' if cents > 0 else 'less'}"


def count_rows(count: int) -> str:
    """So many rows, in words."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def draw_conflicts(conflicts: Sequence[Conflict], theirs_by: str, mine_is: str, key: str) -> Mapping[RowKey, Side]:
    """Both values of each row that two people changed; answers the choices made so far."""
    chosen: dict[RowKey, Side] = {}
    for conflict in conflicts:
        with st.container(border=True):
            st.markdown(f"**{plain(name_row_in_full(conflict.key))}**")
            words = {
                Side.THEIRS: plain(f"{theirs_by}: {describe_state(conflict, conflict.theirs)}"),
                Side.MINE: plain(f"{mine_is}: {describe_state(conflict, conflict.mine)}"),
            }
            side = st.radio(
                plain(f"Which counts for {conflict.key.title}?"),
                list(words),
                index=None,
                format_func=words.__getitem__,
                key=f"{key}_{conflict.key}",
            )
            if side is not None:
                chosen[conflict.key] = Side(side)
    return chosen
