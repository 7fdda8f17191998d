"""What people typed in about funds: beginning balances, policy floors, how each fund goes on, and reserves."""

from data.store.database import Change, Store
from data.store.viewer import Viewer
from planning.errors import InputRefused
from planning.fund_outlook import FundOutlook, Reserve
from planning.model import Model
from planning.permissions import Action

_OUTLOOK = (
    "fund_code, fund_name, fiscal_year, beginning_cents, floor_fraction, floor_operator, revenue_growth, "
    "expenditure_growth, rule, note"
)
_RESERVE = "reserve_id, fund_code, name, balance_class, amount_cents, board_action, acted_on"


def list_outlooks(store: Store, viewer: Viewer) -> tuple[FundOutlook, ...]:
    """Every fund that something was typed in about, by code."""
    rows = store.read(
        viewer, f"SELECT {_OUTLOOK} FROM fund_outlook WHERE district_id = $district_id ORDER BY fund_code"
    )
    return tuple(FundOutlook.model_validate(_pair(_OUTLOOK, row)) for row in rows)


def list_reserves(store: Store, viewer: Viewer) -> tuple[Reserve, ...]:
    """Every reserve, by fund and name."""
    rows = store.read(
        viewer, f"SELECT {_RESERVE} FROM fund_reserve WHERE district_id = $district_id ORDER BY fund_code, name"
    )
    return tuple(Reserve.model_validate(_pair(_RESERVE, row)) for row in rows)


def save_fund_balances(
    store: Store, viewer: Viewer, outlooks: tuple[FundOutlook, ...], reserves: tuple[Reserve, ...], reason: str = ""
) -> bool:
    """Take these outlooks and reserves in the place of those there are; answers whether anything changed."""
    for names, what in (
        ([one.fund_code for one in outlooks], "fund"),
        ([one.reserve_id for one in reserves], "reserve"),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputRefused(f"The {what} {', '.join(twice)} is there twice.", "Give each one row.")

    def work(change: Change) -> bool:
        changes = {
            "funds": _replace(change, "fund_outlook", _OUTLOOK, FundOutlook, outlooks),
            "reserves": _replace(change, "fund_reserve", _RESERVE, Reserve, reserves),
        }
        if not any(changes.values()):
            change.keep_nothing()
            return False
        change.detail |= {name: found for name, found in changes.items() if found}
        return True

    return store.write(viewer, Action.SAVE_FUND_BALANCE, reason, work)


def save_outlook(store: Store, viewer: Viewer, outlook: FundOutlook, reason: str = "") -> bool:
    """Take one fund's outlook in the place of the one there is; answers whether anything changed."""
    others = [one for one in list_outlooks(store, viewer) if one.fund_code != outlook.fund_code]
    return save_fund_balances(store, viewer, (*others, outlook), list_reserves(store, viewer), reason)


def save_reserve(store: Store, viewer: Viewer, reserve: Reserve, reason: str = "") -> bool:
    """Take one reserve in the place of the one of its name, or add it; answers whether anything changed."""
    others = [one for one in list_reserves(store, viewer) if one.reserve_id != reserve.reserve_id]
    return save_fund_balances(store, viewer, list_outlooks(store, viewer), (*others, reserve), reason)


def remove_reserve(store: Store, viewer: Viewer, reserve_id: str, reason: str = "") -> None:
    """Let one reserve go; what it was stays in the audit trail."""
    kept = tuple(one for one in list_reserves(store, viewer) if one.reserve_id != reserve_id)
    if not save_fund_balances(store, viewer, list_outlooks(store, viewer), kept, reason):
        raise InputRefused("This reserve is not there any more.", "Look at the list again.")


def _replace(
    change: Change, table: str, columns: str, kind: type[Model], entries: tuple[Model, ...]
) -> dict[str, dict[str, object]]:
    """Write the entries that differ from those there are; answers them from → to by their name."""
    district_id, key = change.viewer.district_id, columns.split(", ")[0]
    rows = change.cursor.execute(f"SELECT {columns} FROM {table} WHERE district_id = ?", [district_id]).fetchall()
    before = {str(row[0]): kind.model_validate(_pair(columns, row)) for row in rows}
    after = {str(getattr(entry, key)): entry for entry in entries}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in changed:
        change.cursor.execute(f"DELETE FROM {table} WHERE district_id = ? AND {key} = ?", [district_id, name])
        if name in after:
            values = [getattr(after[name], column) for column in columns.split(", ")]
            marks = ", ".join("?" * (len(values) + 3))
            change.cursor.execute(
                f"INSERT INTO {table} (district_id, {columns}, saved_by, saved_at) VALUES ({marks})",
                [district_id, *values, change.viewer.actor, change.recorded_at],
            )
    return {name: {"from": _describe(before.get(name)), "to": _describe(after.get(name))} for name in changed}


def _pair(columns: str, row: tuple) -> dict[str, object]:
    return dict(zip(columns.split(", "), row, strict=True))


def _describe(entry: Model | None) -> dict[str, object] | None:
    return entry.model_dump(mode="json") if entry else None
