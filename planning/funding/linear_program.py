"""A linear program in columns and rows, solved by HiGHS; it can be changed and solved again from where it stands.

With every column a whole number it is solved by branch and bound (`solve_whole`). Nothing here knows money. HiGHS
(https://highs.dev, MIT) is loaded only when a program is solved.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]
DUAL, PRIMAL = 1, 4  # HiGHS: simplex_strategy


@dataclass(frozen=True, slots=True)
class LinearProgram:
    """Minimise cost · x with 0 ≤ x ≤ upper and low ≤ A x ≤ high; A by columns (start, row and value of each entry)."""

    cost: Floats
    upper: Floats
    low: Floats
    high: Floats
    starts: Whole
    rows: Whole
    values: Floats


@dataclass(frozen=True, slots=True)
class Solution:
    """The columns, and for every row what one more unit of its bound changes of the objective."""

    columns: Floats
    duals: Floats


@dataclass(frozen=True, slots=True)
class WholeSolution:
    """The best whole columns found, None where none was; no solution has an objective below `bound`."""

    columns: Floats | None
    bound: float
    is_proven: bool


class Solver:
    """One program inside HiGHS. Not to be shared between threads."""

    def __init__(self, program: LinearProgram) -> None:
        import highspy

        self._highs = _open(highspy)
        self._ok = highspy.HighsModelStatus.kOptimal
        self._highs.setOptionValue("presolve", "off")
        self._is_new = True
        self._highs.passModel(_build(program, highspy))

    def solve(self, from_feasible: bool = False) -> Solution:
        """The best solution, from the basis of the last one where there is one.

        Primal simplex where the start is feasible (the first time: nothing is paid; or other costs), dual simplex
        after other bounds. Raises ArithmeticError where HiGHS does not end at an optimum, which programs that may
        leave everything unpaid always have.
        """
        self._highs.setOptionValue("simplex_strategy", PRIMAL if from_feasible or self._is_new else DUAL)
        self._is_new = False
        self._highs.run()
        if self._highs.getModelStatus() != self._ok:
            raise ArithmeticError(f"The linear program ended as {self._highs.getModelStatus()}.")
        found = self._highs.getSolution()
        return Solution(np.array(found.col_value), np.array(found.row_dual))

    def change_costs(self, cost: Floats) -> None:
        """Other costs for every column."""
        places = np.arange(len(cost), dtype=np.int32)
        self._highs.changeColsCost(len(cost), places, np.ascontiguousarray(cost))

    def change_row(self, row: int, low: float, high: float) -> None:
        """Other bounds for one row."""
        self._highs.changeRowBounds(row, low, high)


def solve_whole(program: LinearProgram, node_limit: int) -> WholeSolution | None:
    """The best solution in whole numbers; None where there is none.

    The search stops after `node_limit` nodes and not after a time, so that it ends at the same place every time.
    Raises ArithmeticError where HiGHS ends otherwise.
    """
    import highspy

    highs = _open(highspy)
    for option in ("mip_rel_gap", "mip_abs_gap"):
        highs.setOptionValue(option, 0.0)
    highs.setOptionValue("mip_feasibility_tolerance", 1e-9)
    highs.setOptionValue("mip_max_nodes", node_limit)
    model = _build(program, highspy)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    highs.passModel(model)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    is_proven = status == highspy.HighsModelStatus.kOptimal
    if not is_proven and status != highspy.HighsModelStatus.kSolutionLimit:
        raise ArithmeticError(f"The program in whole numbers ended as {status}.")
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    columns = np.rint(np.array(highs.getSolution().col_value)) if is_found else None
    return WholeSolution(columns, info.mip_dual_bound, is_proven)


def _open(highspy: Any) -> Any:  # noqa: ANN401 - the module itself, and a class that it does not declare
    # The class behind highspy.Highs, because that one prints a banner where a command prints its answer.
    highs = highspy._Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("primal_feasibility_tolerance", 1e-9)
    highs.setOptionValue("dual_feasibility_tolerance", 1e-9)
    return highs


def _build(program: LinearProgram, highspy: Any) -> "highspy.HighsLp":  # noqa: ANN401 - the module itself
    model = highspy.HighsLp()
    model.num_col_ = len(program.cost)
    model.num_row_ = len(program.low)
    model.col_cost_ = program.cost
    model.col_lower_ = np.zeros(len(program.cost))
    model.col_upper_ = program.upper
    model.row_lower_ = program.low
    model.row_upper_ = program.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.starts
    model.a_matrix_.index_ = program.rows
    model.a_matrix_.value_ = program.values
    return model
