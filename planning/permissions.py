"""Who may do what and who sees which lines: pure tables that the store enforces and the page list follows.

Default deny: an action that is not in PERMISSIONS is refused, a class of lines that is not in TREATMENTS is hidden as
far as its record allows. Public records matter: sums by fund, function and object are shown to everyone, only the
single lines behind them are a matter of roles, and a district may set that otherwise.
"""

from collections.abc import Mapping
from enum import StrEnum

from planning.errors import InputRefused


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
    SAVE_SCENARIO = "save_scenario"
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
    READ_EVERY_DISTRICT = "read_every_district"
    UPGRADE_STORE = "upgrade_store"


_PLANNING = frozenset({Action.READ, Action.COMMENT, Action.SAVE_PLAN, Action.SAVE_SCENARIO, Action.SUBMIT_PLAN})
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
            Action.SAVE_SCENARIO,
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


def may_act_as(own: Role, other: Role) -> bool:
    """Whether someone may take on another role: the administrator any, everyone else only their own."""
    return own is other or own is Role.ADMIN


class LineClass(StrEnum):
    """Lines that not everyone sees one by one."""

    SALARY = "salary"
    SECURITY = "security"
    OPEN_BID = "open_bid"


class Record(StrEnum):
    """Where a line stands: in a published budget, or in the plan."""

    LEDGER = "ledger"
    PLAN = "plan"


class Treatment(StrEnum):
    """What a role gets of a class: every line; only its sums, with what tells one line from another gone; nothing."""

    SHOWN = "shown"
    SUMMED = "summed"
    REMOVED = "removed"


Cell = tuple[Record, LineClass, Role]

# The estimate of an open bid is itself what bidders must not learn, so it leaves the plan's totals; an adopted budget
# is public to the last sum, so nothing ever leaves the ledger's totals.
_REMOVABLE = frozenset({(Record.PLAN, LineClass.OPEN_BID)})
_ALL_SHOWN = frozenset({Role.PLANNER, Role.FINANCE, Role.CABINET, Role.ADMIN})
_SHOWN: dict[tuple[Record, LineClass], frozenset[Role]] = {
    (Record.LEDGER, LineClass.SALARY): _ALL_SHOWN - {Role.PLANNER},
    (Record.LEDGER, LineClass.SECURITY): _ALL_SHOWN,
    (Record.LEDGER, LineClass.OPEN_BID): _ALL_SHOWN,
    (Record.PLAN, LineClass.SALARY): _ALL_SHOWN,
    (Record.PLAN, LineClass.SECURITY): _ALL_SHOWN,
    (Record.PLAN, LineClass.OPEN_BID): _ALL_SHOWN,
}


def list_treatments(record: Record, line_class: LineClass) -> tuple[Treatment, ...]:
    """What a district may choose between for a class of lines."""
    removed = (Treatment.REMOVED,) if (record, line_class) in _REMOVABLE else ()
    return (Treatment.SHOWN, Treatment.SUMMED, *removed)


def is_always_shown(record: Record, role: Role) -> bool:
    """What no district may hide: anything from the administrator, and the plan from those who write it.

    Whoever saved a plan of which a part was hidden from them would delete that part.
    """
    return role is Role.ADMIN or (record is Record.PLAN and may(role, Action.SAVE_PLAN))


def find_treatment(
    role: Role, record: Record, line_class: LineClass, settings: Mapping[Cell, Treatment] | None = None
) -> Treatment:
    """What a role gets of a class of lines: the district's setting where it may have one, else the default."""
    if is_always_shown(record, role):
        return Treatment.SHOWN
    chosen = (settings or {}).get((record, line_class, role))
    if chosen in list_treatments(record, line_class):
        return chosen
    if role in _SHOWN.get((record, line_class), frozenset()):
        return Treatment.SHOWN
    return list_treatments(record, line_class)[-1]


def check_treatment(role: Role, record: Record, line_class: LineClass, treatment: Treatment) -> None:
    """Refuse a setting that a district cannot have."""
    if treatment is not Treatment.SHOWN and is_always_shown(record, role):
        raise InputRefused(
            f"The role {role} always sees every line of the {record}.",
            "Whoever administers must see what they set, and whoever saves a plan must have all of it.",
        )
    if treatment not in list_treatments(record, line_class):
        raise InputRefused(
            f"Lines of the class {line_class} cannot be {treatment} from the {record}.",
            f"Choose one of: {', '.join(list_treatments(record, line_class))}.",
        )
