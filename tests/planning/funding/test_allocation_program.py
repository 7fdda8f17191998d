"""Money laid on costs: the optimum of the program over single costs, every limit kept, every cent in its place."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.funding.allocation_cents import Allocation, Allocator, split_by_remainder
from planning.funding.allocation_program import (
    ORDER_WEIGHT,
    URGENCY_WEIGHT,
    AllocationProgram,
    Costs,
    Offer,
    Purse,
    SourceTerms,
)
from planning.funding.linear_program import LinearProgram, Solver
from planning.money import split_cents

SOURCES, YEARS = 3, 3


class Problem(NamedTuple):
    """A small problem: costs as (offer, year, cents)."""

    costs: list[tuple[int, int, int]]
    offers: list[Offer]
    purses: list[Purse]
    terms: list[SourceTerms]

    def build(self) -> AllocationProgram:
        columns = [np.array(column, dtype=np.int64) for column in zip(*self.costs, strict=True)]
        return AllocationProgram(Costs(*columns), self.offers, self.purses, self.terms, YEARS)


offers = st.builds(
    Offer,
    shares=st.tuples(*[st.sampled_from((0.0, 0.2, 0.6, 0.85, 1.0))] * SOURCES),
    is_capped=st.tuples(*[st.booleans()] * SOURCES),
    urgency=st.integers(0, 3),
)
amounts = st.integers(0, 2_000_00)


@st.composite
def terms(draw: st.DrawFn) -> SourceTerms:
    """A portion, a cap, and what commitments have paid already, more than either allows at times."""
    paid = draw(st.just(0) | amounts)
    capped = draw(st.integers(0, paid))
    return SourceTerms(draw(st.none() | amounts), draw(st.none() | st.sampled_from((0.15, 0.4))), paid, capped)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    made = draw(st.lists(offers, min_size=1, max_size=3))
    cost = st.tuples(st.integers(0, len(made) - 1), st.integers(0, YEARS - 1), st.integers(1, 1_000_00))
    purses = []
    for source in range(SOURCES):
        for year in draw(st.sets(st.integers(0, YEARS - 1), max_size=YEARS)):
            cents, carries = draw(amounts), draw(st.booleans())
            years = tuple(range(year, YEARS)) if carries else (year,)
            purses.append(
                Purse(source, cents, years, year, draw(st.integers(0, cents)) if carries else cents, len(purses))
            )
    return Problem(
        draw(st.lists(cost, min_size=1, max_size=8)), made, purses, draw(st.tuples(*[terms()] * SOURCES).map(list))
    )


def solve_one_by_one(problem: Problem) -> float:
    """The same problem written cost by cost, with a row for every rule: the objective in dollars."""
    costs, columns = problem.costs, []
    for i, (offer, year, _) in enumerate(costs):
        for j, purse in enumerate(problem.purses):
            if problem.offers[offer].shares[purse.source] > 0 and year in purse.years:
                columns.append((i, j))
    rows: list[tuple[dict[int, float], float, float]] = []
    for i, (_, _, cents) in enumerate(costs):
        own = {k: 1.0 for k, (cost, _) in enumerate(columns) if cost == i} | {len(columns) + i: 1.0}
        rows.append((own, cents / 100, cents / 100))
    for j, purse in enumerate(problem.purses):
        own = {k: 1.0 for k, (_, used) in enumerate(columns) if used == j}
        later = {k: 1.0 for k in own if costs[columns[k][0]][1] != purse.own_year}
        rows += [(own, -np.inf, purse.cents / 100), (later, -np.inf, purse.later_cents / 100)]
    for source, term in enumerate(problem.terms):
        own = [k for k, (_, used) in enumerate(columns) if problem.purses[used].source == source]
        capped = {k for k in own if problem.offers[costs[columns[k][0]][0]].is_capped[source]}
        if term.portion_cents is not None:
            rows.append((dict.fromkeys(own, 1.0), -np.inf, max(term.portion_cents - term.paid_cents, 0) / 100))
        if term.capped_fraction is not None and term.portion_cents is not None:
            most = int(term.capped_fraction * term.portion_cents + 1e-6)
            rows.append((dict.fromkeys(capped, 1.0), -np.inf, max(most - term.capped_cents, 0) / 100))
        elif term.capped_fraction is not None:
            room = max(term.capped_fraction * term.paid_cents - term.capped_cents, 0.0) / 100
            rows.append(({k: (k in capped) - term.capped_fraction for k in own}, -np.inf, room))
        for i, (offer, _, cents) in enumerate(costs):
            share = problem.offers[offer].shares[source]
            rows.append(({k: 1.0 for k in own if columns[k][0] == i}, -np.inf, share * cents / 100))
    cost = [ORDER_WEIGHT * (problem.purses[j].rank + 1) / (len(problem.purses) + 1) for _, j in columns]
    cost += [1 + URGENCY_WEIGHT * problem.offers[offer].urgency / 3 for offer, _, _ in costs]
    solution = Solver(_write(rows, cost)).solve()
    return float(np.dot(solution.columns, cost))


def _write(rows: list[tuple[dict[int, float], float, float]], cost: list[float]) -> LinearProgram:
    entries = sorted((column, row, value) for row, (own, _, _) in enumerate(rows) for column, value in own.items())
    starts = np.searchsorted([column for column, _, _ in entries], np.arange(len(cost) + 1))
    return LinearProgram(
        np.array(cost),
        np.full(len(cost), np.inf),
        np.array([low for _, low, _ in rows]),
        np.array([high for _, _, high in rows]),
        starts.astype(np.int32),
        np.array([row for _, row, _ in entries], dtype=np.int32),
        np.array([value for _, _, value in entries]),
    )


def check_limits(problem: Problem, found: Allocation) -> None:
    """No cent against a rule, over a cap or outside its years; every cost is paid or unpaid to the cent."""
    spent: dict[int, int] = defaultdict(int)
    later: dict[int, int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    capped: dict[int, int] = defaultdict(int)
    groups: dict[tuple[Offer, int, int], int] = defaultdict(int)
    paid = [0] * len(problem.costs)
    for i, j, cents in zip(found.cost.tolist(), found.purse.tolist(), found.cents.tolist(), strict=True):
        (offer, year, _), purse = problem.costs[i], problem.purses[j]
        assert cents > 0
        assert problem.offers[offer].shares[purse.source] > 0
        assert year in purse.years
        paid[i] += cents
        spent[j] += cents
        later[j] += cents if year != purse.own_year else 0
        total[purse.source] += cents
        capped[purse.source] += cents if problem.offers[offer].is_capped[purse.source] else 0
        groups[problem.offers[offer], year, purse.source] += cents
    for i, (_, _, cents) in enumerate(problem.costs):
        assert paid[i] + found.unpaid[i] == cents
        assert found.unpaid[i] >= 0
    for j, purse in enumerate(problem.purses):
        assert spent[j] == found.spent[j] <= purse.cents
        assert later[j] <= purse.later_cents
    for source, term in enumerate(problem.terms):
        if term.portion_cents is not None:
            assert total[source] <= max(term.portion_cents - term.paid_cents, 0)
        if term.capped_fraction is not None:
            whole = total[source] + term.paid_cents if term.portion_cents is None else term.portion_cents
            # what commitments have paid beyond the cap stands; then nothing capped is paid beside it
            room = max(term.capped_fraction * whole - term.capped_cents, term.capped_fraction * total[source])
            assert capped[source] <= (room if term.portion_cents is None else max(room, 0)) + 1e-6
    for (offer, year, source), cents in groups.items():
        whole = sum(c for o, y, c in problem.costs if problem.offers[o] == offer and y == year)
        assert cents <= offer.shares[source] * whole + 1e-6


@given(problems())
@settings(max_examples=150, deadline=None)
def test_the_optimum_is_that_of_the_program_over_single_costs(problem: Problem) -> None:
    program = problem.build()
    grouped = float(np.dot(program.solve().columns, program.objective))
    assert grouped == pytest.approx(solve_one_by_one(problem), rel=1e-9, abs=1e-9)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_no_cent_against_a_rule_over_a_cap_or_outside_its_years(problem: Problem) -> None:
    check_limits(problem, Allocator(problem.build()).allocate())


@given(problems(), st.data())
@settings(max_examples=60, deadline=None)
def test_solved_again_after_a_change_is_solved_anew(problem: Problem, data: st.DataObject) -> None:
    program = problem.build()
    allocator = Allocator(program)
    allocator.allocate()
    if not problem.purses:
        return
    place, cents = data.draw(st.integers(0, len(problem.purses) - 1)), data.draw(st.integers(0, 3_000_00))
    purse = problem.purses[place]
    if purse.later_cents < purse.cents:
        return  # its carry-over limit is a row of its own
    changed = purse._replace(cents=cents, later_cents=cents)
    program.change_purse(place, cents)
    again = allocator.allocate()
    anew = problem._replace(purses=[*problem.purses[:place], changed, *problem.purses[place + 1 :]])
    check_limits(anew, again)
    fresh = Allocator(anew.build()).allocate()
    assert abs(int(again.unpaid.sum()) - int(fresh.unpaid.sum())) <= 2 * len(problem.costs) * SOURCES


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=8), st.fractions(0, 1))
def test_splitting_in_columns_is_splitting_by_largest_remainder(weights: list[int], share: float) -> None:
    total = int(sum(weights) * share)
    found = split_by_remainder(total, np.array(weights, dtype=np.int64))
    assert found.tolist() == (split_cents(total, weights) if sum(weights) else weights)


def _simple(cents: int, purses: list[Purse], urgency: int = 0, others: int = 0) -> Problem:
    offer = Offer((1.0, 1.0, 1.0), (False,) * 3, urgency)
    plain = offer._replace(urgency=0)
    costs = [(0, 0, cents)] + ([(1, 0, others)] if others else [])
    return Problem(costs, [offer, plain], purses, [SourceTerms()] * SOURCES)


def test_the_order_of_use_decides_between_equals() -> None:
    purses = [Purse(0, 100, (0,), 0, 100, rank=1), Purse(1, 100, (0,), 0, 100, rank=0)]
    found = Allocator(_simple(100, purses).build()).allocate()
    assert found.spent.tolist() == [0, 100]


def test_what_is_more_urgent_is_paid_first() -> None:
    found = Allocator(_simple(80, [Purse(0, 100, (0,), 0, 100, 0)], urgency=1, others=80).build()).allocate()
    assert found.unpaid.tolist() == [0, 60]


def test_one_more_dollar_is_worth_what_it_takes_off_the_gap() -> None:
    program = _simple(300, [Purse(0, 100, (0,), 0, 100, 0), Purse(1, 500, (1,), 1, 500, 1)]).build()
    program.solve()
    assert program.calculate_worth().tolist() == [1.0, 0.0]
    assert program.solve().columns.tolist() == pytest.approx([1.0, 2.0])


def test_with_a_match_a_dollar_more_of_the_other_money_is_worth_more_than_a_dollar() -> None:
    """A grant pays as much as 60 %; the rest of a cost of 10 dollars waits for other money."""
    offer = Offer((0.6, 1.0, 0.0), (False,) * 3, 0)
    purses = [Purse(0, 1000, (0,), 0, 1000, 0), Purse(1, 100, (0,), 0, 100, 1)]
    program = Problem([(0, 0, 1000)], [offer], purses, [SourceTerms()] * SOURCES).build()
    found = Allocator(program).allocate()
    assert found.spent.tolist() == [600, 100]
    assert program.calculate_worth().tolist() == [0.0, 1.0]


def test_nothing_to_pay_and_nothing_to_pay_with() -> None:
    empty = Problem([(0, 0, 100)], [Offer((0.0,) * 3, (False,) * 3, 0)], [], [SourceTerms()] * SOURCES)
    assert Allocator(empty.build()).allocate().unpaid.tolist() == [100]


def test_a_program_without_an_optimum_says_so() -> None:
    one = np.array([1.0])
    program = LinearProgram(
        one, one, np.array([5.0]), np.array([5.0]), np.array([0, 1], dtype=np.int32), np.array([0], dtype=np.int32), one
    )
    with pytest.raises(ArithmeticError, match="kInfeasible"):
        Solver(program).solve()
