"""Four people edit one plan at once. In full, 4 × 250 edits on a file: `python -m tests.data.store.edit_race`."""

import tempfile
from decimal import Decimal
from functools import partial
from pathlib import Path

from data.samples.plan import build_sample_plan
from data.store.audit import list_events, verify_chain
from data.store.database import Store
from data.store.plan_edits import save_rows
from data.store.plans import list_revisions, load_plan, save_plan
from data.store.viewer import Viewer
from planning.editing import upsert_row
from planning.model import Goal, Plan
from planning.permissions import Role
from planning.revisions.merge import RowsChanged
from tests.data.store.threads import run_together

PEOPLE, EDITS_EACH = 4, 250
PLAN = build_sample_plan()
DANA = Viewer("Dana Whitfield", Role.ADMIN, PLAN.district.district_id)


def edit_own_rows(store: Store, each: int) -> None:
    """Each person edits a row of their own over and over, from what they saw last: every edit is there, once."""
    rows = [Goal(goal_id=f"goal-{person}", title="Count", weight=Decimal(0)) for person in range(PEOPLE)]
    save_plan(store, DANA, PLAN.model_copy(update={"goals": (*PLAN.goals, *rows)}))

    def edit(person: int) -> None:
        seen = PLAN.model_copy(update={"goals": (rows[person],)})
        for count in range(1, each + 1):
            row = rows[person].model_copy(update={"weight": Decimal(count)})
            save_rows(store, DANA, [upsert_row(seen, "goals", row)])
            seen = seen.model_copy(update={"goals": (row,)})

    run_together([partial(edit, person) for person in range(PEOPLE)])
    assert [goal.weight for goal in load_current(store).goals[-PEOPLE:]] == [each] * PEOPLE
    check_records(store, PEOPLE * each)


def edit_one_row(store: Store, each: int) -> None:
    """Everyone adds one to the same row; who learns that it changed looks again and adds to what is there."""
    save_plan(store, DANA, PLAN.model_copy(update={"goals": (Goal(goal_id="sum", title="Sum", weight=Decimal(0)),)}))

    def add() -> None:
        done = 0
        while done < each:
            seen = load_current(store)
            row = seen.goals[0].model_copy(update={"weight": seen.goals[0].weight + 1})
            try:
                done += not save_rows(store, DANA, [upsert_row(seen, "goals", row)]).already
            except RowsChanged:
                continue

    run_together([add] * PEOPLE)
    assert load_current(store).goals[0].weight == PEOPLE * each
    check_records(store, PEOPLE * each)


def load_current(store: Store) -> Plan:
    stored = load_plan(store, DANA)
    assert stored is not None
    return stored.plan


def check_records(store: Store, edits: int) -> None:
    """One revision and one audit event for the first plan and for each edit, and both chains whole."""
    revisions = list_revisions(store, DANA)
    assert [one.number for one in revisions] == list(range(edits + 1, 0, -1))
    assert [one.parent_id for one in revisions[:-1]] == [one.revision_id for one in revisions[1:]]
    assert sum(event.action == "save_plan" for event in list_events(store, DANA, 10_000)) == edits + 1
    assert verify_chain(store, DANA) == ()


def main() -> None:
    for race in (edit_own_rows, edit_one_row):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder) / "race.duckdb")
            race(store, EDITS_EACH)
            store.close()
        print(f"{race.__name__}: {PEOPLE} × {EDITS_EACH} edits, none lost, none doubled, the audit chain is whole.")


if __name__ == "__main__":
    main()
