"""A store with very many budget lines, made at once."""

from data.store.budgets import publish_reading
from data.store.database import Store
from data.store.viewer import Viewer
from tests.data.store.readings import make_reading, make_table

LETTERS = "DEFGHIJK"


def fill_large_store(store: Store, viewer: Viewer, amounts: int, uploads: int = 5) -> None:
    """So many amounts over several uploads, each of its own series, eight columns wide."""
    rows = amounts // uploads // len(LETTERS)
    lines = [
        (
            {"fund_code": str(10 + row % 9), "function_code": str(1000 + row % 97), "vendor": f"Vendor {row % 400}",
             "account": f"10-{row:06}", "description": f"Line {row}"},
            {letter: (row * 37 + place * 11) % 100_000 + 0.25 for place, letter in enumerate(LETTERS)},
        )
        for row in range(rows)
    ]  # fmt: skip
    table = make_table(lines, columns={letter: {"fiscal_year": f"FY{2020 + i}"} for i, letter in enumerate(LETTERS)})
    for number in range(uploads):
        publish_reading(store, viewer, make_reading(table, sha256=f"{number:064d}"), series=f"Ledger {number}")
