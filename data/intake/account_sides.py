"""Sides from account codes: where a state's codes tell revenue from spending, one column may hold both.

An export of a general ledger lists everything in one column; its own words do not say which line is what.
"""

from data.intake.charts import find_side, read_account_sides
from data.intake.drafts import Document, TableDraft
from data.intake.parts import RowMeaning, part_table
from planning.vocabulary import Side


def part_by_accounts(document: Document, named: set[int]) -> dict[int, list[TableDraft]]:
    """The tables of a document whose lines stand on several sides, or on another one than was taken, parted.

    `named` holds the ids of tables whose own words say their side: those are left alone.
    """
    parted: dict[int, list[TableDraft]] = {}
    for dimension, ranges in read_account_sides(document.chart).items():
        codes = document.attributes[f"{dimension}_code"]
        sides = {code: find_side(ranges, code) for code in set(codes)}
        for index, table in enumerate(document.tables):
            own = codes[document.starts[index] : document.starts[index + 1]]
            found = {sides[code] for code in own}
            if id(table) not in named and Side.UNKNOWN not in found and found != {table.side}:
                meanings: list[RowMeaning] = [(sides[code], "", None) for code in own]
                parted[id(table)] = part_table(table, meanings)
    return parted
