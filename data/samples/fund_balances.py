"""The sample district's fund balances: what its finance office typed in, as data in `tables/`."""

from datetime import date
from decimal import Decimal

from data.samples.ledger import Row, list_funds, read_table
from data.store.database import Store
from data.store.fund_balances import save_fund_balances
from data.store.viewer import Viewer
from planning.fund_outlook import BalanceClass, FundOutlook, OutlookRule, Reserve
from planning.money import to_cents


def build_outlooks(fiscal_year: str) -> tuple[FundOutlook, ...]:
    """Every fund's balance at the start of a year, the floor of its policy, and how it goes on."""
    names = {row["code"]: row["name"] for row in list_funds()}
    return tuple(_build_outlook(row, names, fiscal_year) for row in read_table("fund_outlooks"))


def build_reserves() -> tuple[Reserve, ...]:
    """What is set aside of the balances, with the class and the board's action."""
    return tuple(
        Reserve(
            reserve_id=row["reserve_id"],
            fund_code=row["fund_code"],
            name=row["name"],
            balance_class=BalanceClass(row["balance_class"]),
            amount_cents=to_cents(Decimal(row["amount_usd"])),
            board_action=row["board_action"],
            acted_on=date.fromisoformat(row["acted_on"]) if row["acted_on"] else None,
        )
        for row in read_table("fund_reserves")
    )


def seed_fund_balances(store: Store, viewer: Viewer, fiscal_year: str, reason: str) -> None:
    """Save them the way the page does."""
    save_fund_balances(store, viewer, build_outlooks(fiscal_year), build_reserves(), reason)


def _build_outlook(row: Row, names: dict[str, str], fiscal_year: str) -> FundOutlook:
    return FundOutlook.model_validate(
        {
            "fund_code": row["fund_code"],
            "fund_name": names[row["fund_code"]],
            "fiscal_year": fiscal_year,
            "beginning_cents": to_cents(Decimal(row["beginning_usd"])),
            "floor_fraction": Decimal(row["floor_fraction"]) if row["floor_fraction"] else None,
            "floor_operator": row["floor_operator"],
            "revenue_growth": Decimal(row["revenue_growth"]),
            "expenditure_growth": Decimal(row["expenditure_growth"]),
            "rule": OutlookRule(row["rule"]),
            "note": row["note"],
        }
    )
