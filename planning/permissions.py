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
    CONFIRM_BRIDGE = "confirm_bridge"
    SAVE_FUND_BALANCE = "save_fund_balance"
    EXPORT_JOURNAL = "export_journal"
    SAVE_PLAN = "save_plan"
    SUBMIT_PLAN = "submit_plan"
    COMMENT = "comment"
    SEND_BACK_PLAN = "send_back_plan"
    RECOMMEND_PLAN = "recommend_plan"
    ADOPT_PLAN = "adopt_plan"
    AMEND_PLAN = "amend_plan"
    SET_DEADLINE = "set_deadline"
    SET_LINE_RULES = "set_line_rules"
    READ_AUDIT = "read_audit"
    REMOVE_UPLOAD = "remove_upload"
    SET_HOLD = "set_hold"
    BACK_UP = "back_up"
    RESTORE = "restore"
    CREATE_DISTRICT = "create_district"


_PLANNING = frozenset({Action.READ, Action.COMMENT, Action.SAVE_PLAN, Action.SUBMIT_PLAN})
# Whoever writes the plan does not adopt it: the board's act is recorded by the cabinet or the administrator.
PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.READ}),
    Role.PLANNER: _PLANNING,
    Role.FINANCE: _PLANNING
    | {
        Action.PUBLISH_BUDGET,
        Action.WITHDRAW_BUDGET,
        Action.CONFIRM_BRIDGE,
        Action.SAVE_FUND_BALANCE,
        Action.EXPORT_JOURNAL,
        Action.SET_DEADLINE,
    },
    Role.CABINET: frozenset(
        {
            Action.READ,
            Action.COMMENT,
            Action.SEND_BACK_PLAN,
            Action.RECOMMEND_PLAN,
            Action.ADOPT_PLAN,
            Action.AMEND_PLAN,
            Action.SET_DEADLINE,
        }
    ),
    Role.ADMIN: frozenset(Action),
}


def may(role: Role, action: Action) -> bool:
    """Whether a role may do an action; anything not in the table is refused."""
    return action in PERMISSIONS.get(role, frozenset())
