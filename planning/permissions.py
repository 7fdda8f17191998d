"""Who may do what: one pure table that the store enforces on every write and the page list follows."""

from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    PLANNER = "planner"
    FINANCE = "finance"
    CABINET = "cabinet"
    ADMIN = "admin"


class Action(StrEnum):
    READ = "read"
    PUBLISH_BUDGET = "publish_budget"
    WITHDRAW_BUDGET = "withdraw_budget"
    SAVE_PLAN = "save_plan"
    CREATE_DISTRICT = "create_district"
    BACK_UP = "back_up"


PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.READ}),
    Role.CABINET: frozenset({Action.READ}),
    Role.PLANNER: frozenset({Action.READ, Action.SAVE_PLAN}),
    Role.FINANCE: frozenset({Action.READ, Action.PUBLISH_BUDGET, Action.WITHDRAW_BUDGET, Action.SAVE_PLAN}),
    Role.ADMIN: frozenset(Action),
}


def may(role: Role, action: Action) -> bool:
    """Whether a role may do an action; anything not in the table is refused."""
    return action in PERMISSIONS.get(role, frozenset())
