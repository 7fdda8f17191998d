"""Commitments laid on a whole plan at once pay the same cents as laid one by one."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from planning.atom_table import STATES
from planning.cost.flow_table import FlowTable, Whole
from planning.funding.allocation import Share
from planning.funding.spreading import spread_commitments
from planning.model import CostLine
from planning.money import split_cents
from planning.vocabulary import CostCategory, CostKind, FundingState

YEARS = ("FY2026-27", "FY2027-28")
NAMES, SOURCES = ("a", "b"), ("levy", "grant")
Part = tuple[int, str, str, int]

amounts = st.one_of(st.integers(-1000, 1000), st.integers(-(10**14), 10**14)).filter(bool)
flows = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), amounts, st.booleans()), max_size=12).map(sorted)
shares = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(YEARS)),
    st.lists(st.builds(Share, st.sampled_from(SOURCES), amounts), min_size=1, max_size=3, unique_by=lambda s: s[0]),
)


def make_line(number: int, is_time: bool) -> CostLine:
    category = CostCategory.INDIRECT_LABOR if is_time else CostCategory.SOFTWARE
    return CostLine(
        cost_line_id=f"l{number}", initiative_id="a", description="x", kind=CostKind.ONE_TIME, category=category,
        unit_price_usd=1, dollar_year=YEARS[0], start=YEARS[0],
    )  # fmt: skip


def make_table(rows: Sequence[tuple[int, int, int, bool]]) -> FlowTable:
    import numpy as np

    columns = [np.array(column, dtype=np.int64) for column in zip(*(row[:3] for row in rows), strict=True)]
    initiative, year, cents = columns or [np.zeros(0, dtype=np.int64)] * 3
    number: Whole = np.arange(len(rows))
    lines = tuple(make_line(place, row[3]) for place, row in enumerate(rows))
    return FlowTable(lines, initiative, number, year, np.zeros_like(number), cents)


def lay_one_by_one(rows: Sequence[tuple[int, int, int, bool]], found: dict[tuple[str, str], list[Share]]) -> list[Part]:
    """The parts in the order of initiative, year, commitment and flow, by the exact way to split."""
    parts: list[Part] = []
    for initiative, name in enumerate(NAMES):
        for year, label in enumerate(YEARS):
            own = [place for place, row in enumerate(rows) if row[:2] == (initiative, year)]
            left = {place: 0 if rows[place][3] else rows[place][2] for place in own}
            for share in found.get((name, label), ()):
                sign = -1 if share.cents < 0 else 1
                weights = [max(sign * left[place], 0) for place in own]
                payable = min(abs(share.cents), sum(weights))
                paid = [sign * part for part in split_cents(payable, weights)] if payable else [0] * len(own)
                for place, cents in zip(own, paid, strict=True):
                    left[place] -= cents
                    parts += [(place, share.source_id, "committed", cents)] if cents else []
            for place in own:
                if rows[place][3]:
                    parts.append((place, "", "not_budgeted", rows[place][2]))
                elif left[place]:
                    parts.append((place, "", "saving" if left[place] < 0 else "unfunded", left[place]))
    return parts


@given(flows, shares)
def test_all_at_once_pays_the_cents_of_one_by_one(
    rows: list[tuple[int, int, int, bool]], found: dict[tuple[str, str], list[Share]]
) -> None:
    table = make_table(rows)
    (flow, payer, state, cents), findings = spread_commitments(table, found, NAMES, SOURCES, YEARS)
    columns = zip(*(column.tolist() for column in (flow, payer, state, cents)), strict=True)
    parts = [(f, SOURCES[p] if p >= 0 else "", str(STATES[s]), c) for f, p, s, c in columns]
    assert parts == lay_one_by_one(rows, found)
    paid = sum(c for _, _, s, c in parts if s == FundingState.COMMITTED)
    promised = sum(share.cents for key, items in found.items() for share in items)
    assert bool(findings) or paid == promised
