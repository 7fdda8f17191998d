"""How offices spell years, bases and money."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

YEAR_SPELLINGS: dict[str, Callable[[int], str]] = {
    "2024-25": lambda start: f"{start}-{(start + 1) % 100:02d}",
    "2024-2025": lambda start: f"{start}-{start + 1}",
    "2024–25": lambda start: f"{start}–{(start + 1) % 100:02d}",
    "2024/25": lambda start: f"{start}/{(start + 1) % 100:02d}",
    "FY25": lambda start: f"FY{(start + 1) % 100:02d}",
    "FY 25": lambda start: f"FY {(start + 1) % 100:02d}",
    "FY2025": lambda start: f"FY{start + 1}",
    "FY 2025": lambda start: f"FY {start + 1}",
    "FY2024-25": lambda start: f"FY{start}-{(start + 1) % 100:02d}",
    "FY 24-25": lambda start: f"FY {start % 100:02d}-{(start + 1) % 100:02d}",
    "SY24-25": lambda start: f"SY{start % 100:02d}-{(start + 1) % 100:02d}",
    "FYE 6/30/2025": lambda start: f"FYE 6/30/{start + 1}",
    "School Year 2024-25": lambda start: f"School Year {start}-{(start + 1) % 100:02d}",
    "Fiscal Year 2025": lambda start: f"Fiscal Year {start + 1}",
    "Year Ending June 30, 2025": lambda start: f"Year Ending June 30, {start + 1}",
    "2025": lambda start: f"{start + 1}",
}
WIDER_YEAR_SPELLINGS: dict[str, Callable[[int], str]] = {
    "2024-2025 Fiscal Year": lambda start: f"{start}-{start + 1} Fiscal Year",
    "Fiscal 2025": lambda start: f"Fiscal {start + 1}",
    "FY '25": lambda start: f"FY '{(start + 1) % 100:02d}",
    "FY24/25": lambda start: f"FY{start % 100:02d}/{(start + 1) % 100:02d}",
    "24-25": lambda start: f"{start % 100:02d}-{(start + 1) % 100:02d}",
    "24/25": lambda start: f"{start % 100:02d}/{(start + 1) % 100:02d}",
    "FYE 2025": lambda start: f"FYE {start + 1}",
    "Fiscal Year Ended 6/30/25": lambda start: f"Fiscal Year Ended 6/30/{(start + 1) % 100:02d}",
    "Fiscal Year 2024-2025": lambda start: f"Fiscal Year {start}-{start + 1}",
    "SY 2024-2025": lambda start: f"SY {start}-{start + 1}",
    "2024-25 School Year": lambda start: f"{start}-{(start + 1) % 100:02d} School Year",
    "FY 2024/2025": lambda start: f"FY {start}/{start + 1}",
    "2024 - 2025": lambda start: f"{start} - {start + 1}",
    "FY-25": lambda start: f"FY-{(start + 1) % 100:02d}",
    "F.Y. 2025": lambda start: f"F.Y. {start + 1}",
}
BASIS_WORDS = {
    "actual": ("Actual", "Actuals", "Audited Actual", "ACTUAL"),
    "budget": ("Budget", "BUDGET"),
    "adopted": ("Adopted", "Adopted Budget", "ADOPTED BUDGET"),
    "original": ("Original Budget", "ORIGINAL BUDGET"),
    "revised": ("Revised Budget", "Amended Budget", "REVISED BUDGET"),
    "proposed": ("Proposed", "Proposed Budget"),
    "requested": ("Requested", "Requested Budget"),
    "recommended": ("Recommended", "Recommended Budget"),
    "estimated": ("Estimated", "ESTIMATED"),
    "projected": ("Projected",),
    "approved": ("Approved", "Approved Budget"),
    "year_to_date": ("YTD Actual", "Year to Date", "FYTD Activity", "YTD Expended"),
    "encumbered": ("Encumbered", "Encumbrances", "Encumbered Amount"),
    "available": ("Available Budget", "Unencumbered Balance", "Remaining Balance"),
}


@dataclass(frozen=True, slots=True)
class MoneySpelling:
    """How one file writes its money. `as_text` is how a cell of text reads; numbers are kept where it is None."""

    name: str
    as_text: Callable[[Decimal], str] | None
    zero: str = ""
    empty: str = ""


def _commas(amount: Decimal) -> str:
    return f"{abs(amount):,}"


def _sign(before: str, after: str, negative_before: str, negative_after: str) -> Callable[[Decimal], str]:
    """Money with these signs around it, other ones where it is negative."""

    def spell(amount: Decimal) -> str:
        if amount < 0:
            return f"{negative_before}{_commas(amount)}{negative_after}"
        return f"{before}{_commas(amount)}{after}"

    return spell


_TEXTS: dict[str, Callable[[Decimal], str]] = {
    "1234.5": lambda amount: f"{amount}",
    "1,234": _sign("", "", "-", ""),
    "(1,234)": _sign("", "", "(", ")"),
    "$1,234": _sign("$", "", "-$", ""),
    "$(1,234)": _sign("$", "", "$(", ")"),
    "($1,234)": _sign("$", "", "($", ")"),
    "$ 1,234 ": _sign(" $ ", " ", " $ (", ")"),
    "1,234-": _sign("", "", "", "-"),
    "1,234.00 CR": _sign("", "", "", " CR"),
}


def choose_money(rng: Random, always_text: bool) -> MoneySpelling:
    """The spelling of one file; a file of delimited text has no other than text."""
    zero = rng.choice(["", "", "-", "$-", "—", "$0"])
    empty = rng.choice(["", "", "", "-", "N/A", "#Missing", "—"])
    if not always_text and rng.random() < 0.8:
        return MoneySpelling("numbers", None, "", rng.choice(["", "", "", "", "-", "N/A"]))
    name = rng.choice(list(_TEXTS))
    return MoneySpelling(name, _TEXTS[name], zero, empty)


def write_plain(money: MoneySpelling) -> MoneySpelling:
    """Without the sign of the currency, which stands in a column of its own."""
    return money if money.as_text is None else MoneySpelling("1,234", _TEXTS["1,234"], "-", money.empty)


def spell_cell(value: object, money: MoneySpelling) -> object:
    """An amount as the file writes it: text, or the number itself."""
    if not isinstance(value, Decimal):
        return value
    if money.as_text is None:
        return value
    return money.zero if value == 0 and money.zero else money.as_text(value)
