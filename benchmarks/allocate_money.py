"""Times the allocation of money: `python -m benchmarks.allocate_money`.

100,000 costs (10,000 cost lines over ten years) that sixty different sets of sources may pay, in any mix of whole and
partly; fifteen sources with an amount for most years, some of which carry over with a limit, a technology portion and a
cap. Cold: building the linear program, solving it and splitting it back to single costs in whole cents. Warm: one
source has $1,000 more in one year; the program is solved again from where it stands and what changed is split again.
Loading numpy and HiGHS is not timed.
"""

from statistics import median
from time import perf_counter, process_time

import numpy as np

from planning.funding.allocation_cents import Allocator
from planning.funding.allocation_program import AllocationProgram, Costs, Offer, Purse, SourceTerms

COSTS, OFFERS, SOURCES, YEARS, RUNS = 100_000, 60, 15, 10, 9
CARRY_OVER = 0.15


def build_problem(seed: int = 1) -> tuple[Costs, list[Offer], list[Purse], list[SourceTerms]]:
    """The same problem for the same seed: money for about two thirds of the costs."""
    draw = np.random.default_rng(seed)
    shares = draw.choice([0.0, 0.0, 1.0, 1.0, 0.6], size=(OFFERS, SOURCES))
    is_capped = draw.random((OFFERS, SOURCES)) < 0.3
    urgency = draw.integers(0, 4, OFFERS)
    offers = [
        Offer(tuple(row), tuple(caps), level)
        for row, caps, level in zip(shares.tolist(), is_capped.tolist(), urgency.tolist(), strict=True)
    ]
    costs = Costs(draw.integers(0, OFFERS, COSTS), draw.integers(0, YEARS, COSTS), draw.integers(100, 5_000_000, COSTS))
    each = int(costs.cents.sum()) / (SOURCES * YEARS)
    purses: list[Purse] = []
    for source in range(SOURCES):
        for year in np.flatnonzero(draw.random(YEARS) < 0.8).tolist():
            cents, carries = int(each * draw.uniform(0.2, 1.4)), source % 4 == 1
            years = tuple(range(year, min(YEARS, year + 3))) if carries else (year,)
            later = int(cents * CARRY_OVER) if carries else cents
            purses.append(Purse(source, cents, years, year, later, len(purses)))
    terms = [SourceTerms() for _ in range(SOURCES)]
    terms[3] = SourceTerms(int(each * 4), 0.15)
    terms[5] = SourceTerms(None, 0.15)
    return costs, offers, purses, terms


def main() -> None:
    """Cold and warm, the median of several runs on the clock and of the processor, with what was solved."""
    problem = build_problem()
    Allocator(AllocationProgram(*problem, YEARS)).allocate()  # numpy and HiGHS are loaded
    cold: list[tuple[float, float]] = []
    warm: list[tuple[float, float]] = []
    for _ in range(RUNS):
        start = perf_counter(), process_time()
        program = AllocationProgram(*problem, YEARS)
        allocator = Allocator(program)
        found = allocator.allocate()
        cold.append((perf_counter() - start[0], process_time() - start[1]))
        for place in range(3):
            start = perf_counter(), process_time()
            program.change_purse(place * 7, program.purse_cents[place * 7] + 1_000_00)
            allocator.allocate()
            warm.append((perf_counter() - start[0], process_time() - start[1]))
    shape = program.shape
    print(f"{COSTS:,} costs, {len(shape.demand):,} groups, {len(shape.column_group):,} columns")
    print(f"paid {found.cents.sum() / found.unpaid.sum():.2f} times what is unpaid")
    for name, runs in (("cold", cold), ("warm", warm)):
        clock, processor = (median(column) * 1000 for column in zip(*runs, strict=True))
        fastest = min(run[0] for run in runs) * 1000
        print(f"{name} {clock:.1f} ms, fastest {fastest:.1f}; processor {processor:.1f} ms")


if __name__ == "__main__":
    main()
