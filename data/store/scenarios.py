"""Scenarios by name: kept as changes, laid on the plan as it is when somebody looks, adopted as its next revision."""

import json
from dataclasses import dataclass
from datetime import datetime

from data.store.audit import canonical_json
from data.store.database import Change, Store
from data.store.line_classes import sees_every_plan_line
from data.store.plan_edits import require_head
from data.store.plans import PlanRevision, append_revision, as_already, refuse_errors
from data.store.viewer import Viewer
from planning.choice.changes import Reprice
from planning.choice.scenarios import Scenario, apply_scenario, check_scenario
from planning.errors import InputRefused
from planning.permissions import Action

_COLUMNS = "name, changes, reason, saved_by, saved_at"


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario with who saved it, when and why."""

    scenario: Scenario
    reason: str
    saved_by: str
    saved_at: datetime


def list_scenarios(store: Store, viewer: Viewer) -> tuple[StoredScenario, ...]:
    """Every scenario of the district by name, without those that name a price that the role may not see."""
    rows = store.read(viewer, f"SELECT {_COLUMNS} FROM scenario WHERE district_id = $district_id ORDER BY lower(name)")
    stored = tuple(_make_scenario(row) for row in rows)
    if sees_every_plan_line(store, viewer):
        return stored
    return tuple(one for one in stored if not any(isinstance(change, Reprice) for change in one.scenario.changes))


def find_scenario(store: Store, viewer: Viewer, name: str) -> Scenario:
    """The scenario of a name; InputRefused with those there are where it is none of them."""
    scenarios = {one.scenario.name: one.scenario for one in list_scenarios(store, viewer)}
    if name not in scenarios:
        names = ", ".join(scenarios) or "none yet"
        raise InputRefused(f"There is no scenario called {name}.", f"The scenarios are: {names}.")
    return scenarios[name]


def save_scenario(store: Store, viewer: Viewer, scenario: Scenario, reason: str = "") -> None:
    """Keep a scenario under its name, in the place of what had the name.

    Raises InputRefused where it contradicts itself or names what the current plan does not have.
    """

    def work(change: Change) -> None:
        check_scenario(require_head(change).plan, scenario)
        before = _take_out(change, scenario.name)
        if before == scenario:
            change.keep_nothing()
            return
        changes = canonical_json(scenario.model_dump(mode="json")["changes"])
        change.cursor.execute(
            f"INSERT INTO scenario (district_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            [viewer.district_id, scenario.name, changes, reason, viewer.actor, change.recorded_at],
        )
        change.detail["scenario"] = {"from": _describe(before), "to": _describe(scenario)}

    store.write(viewer, Action.SAVE_SCENARIO, reason, work)


def remove_scenario(store: Store, viewer: Viewer, name: str, reason: str = "") -> None:
    """Take a scenario out of the list; what it was stays in the audit trail."""

    def work(change: Change) -> None:
        change.detail["scenario"] = {"from": _describe(_require(change, name)), "to": None}

    store.write(viewer, Action.SAVE_SCENARIO, reason, work)


def adopt_scenario(store: Store, viewer: Viewer, name: str, seen_revision: str, reason: str = "") -> PlanRevision:
    """Make the plan what a scenario makes of it, as its next revision; it then leaves the list.

    `seen_revision` is the current one as the person saw it: where there is a newer one by now, nothing is saved, nor
    where it makes an error of the plan.
    """

    def work(change: Change) -> PlanRevision:
        head = require_head(change)
        if head.revision_id != seen_revision:
            raise InputRefused(
                f"{head.revision.saved_by} saved revision {head.revision.number} since you looked.",
                "Look at the scenario on the plan as it is now, then adopt it again.",
            )
        scenario = _require(change, name)
        plan = apply_scenario(head.plan, scenario)
        if plan == head.plan:
            change.keep_nothing()
            return as_already(head.revision)
        refuse_errors(head.plan, plan)
        change.detail["adopted_scenario"] = _describe(scenario)
        return append_revision(change, plan, head, reason or f"Adopted the scenario {name}")

    return store.write(viewer, Action.SAVE_PLAN, reason, work)


def _require(change: Change, name: str) -> Scenario:
    """The scenario, taken out of the list."""
    scenario = _take_out(change, name)
    if scenario is None:
        raise InputRefused(f"There is no scenario called {name}.", "Look at the list of scenarios again.")
    return scenario


def _take_out(change: Change, name: str) -> Scenario | None:
    key = [change.viewer.district_id, name]
    row = change.cursor.execute(f"SELECT {_COLUMNS} FROM scenario WHERE district_id = ? AND name = ?", key).fetchone()
    change.cursor.execute("DELETE FROM scenario WHERE district_id = ? AND name = ?", key)
    return _make_scenario(row).scenario if row else None


def _make_scenario(row: tuple) -> StoredScenario:
    name, changes, *rest = row
    return StoredScenario(Scenario.model_validate({"name": name, "changes": json.loads(changes)}), *rest)


def _describe(scenario: Scenario | None) -> dict[str, object] | None:
    return scenario.model_dump(mode="json") if scenario else None
