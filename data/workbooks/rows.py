"""A plan as the rows of its sheets, and those rows as a plan again; no cell or file is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from data.workbooks.columns import SheetLayout
from data.workbooks.layout import SHEETS
from data.workbooks.layout_registers import REGISTERS
from planning.fiscal_years import list_fiscal_years
from planning.model import Commitment, DriverCount, Model, Plan, YearAmount
from planning.money import to_dollars
from planning.vocabulary import Driver


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row: its fields, and its amounts by fiscal year (dollars or counts) where the sheet has year columns."""

    values: Mapping[str, Any]
    years: Mapping[str, Decimal] = field(default_factory=dict)


def list_plan_rows(plan: Plan) -> dict[str, list[PlanRow]]:
    """The rows of every sheet, in the plan's own order."""
    return {
        "district": [_row_of(plan.district, "escalation_rates", "driver_counts")],
        "driver_counts": _count_rows(plan.district.driver_counts),
        "escalation_rates": [_row_of(rate) for rate in plan.district.escalation_rates],
        "goals": [_row_of(goal) for goal in plan.goals],
        "initiatives": [_row_of(initiative) for initiative in plan.initiatives],
        "cost_lines": [_row_of(line) for line in plan.cost_lines],
        "fleets": [_row_of(fleet) for fleet in plan.fleets],
        "sources": [
            PlanRow(_row_of(source, "amounts").values, _dollars_by_year(source.amounts)) for source in plan.sources
        ],
        "commitments": _commitment_rows(plan.commitments),
        "contributions": [_row_of(contribution) for contribution in plan.contributions],
        **{sheet.key: [_row_of(row) for row in getattr(plan, sheet.key)] for sheet in REGISTERS},
    }


def list_empty_rows() -> dict[str, list[PlanRow]]:
    """The rows of a template nobody has filled: only what is to be counted."""
    return {sheet.key: [] for sheet in SHEETS} | {"driver_counts": _count_rows(())}


def list_sheet_years(sheet: SheetLayout, rows: Sequence[PlanRow], first: str, count: int) -> tuple[str, ...]:
    """The fiscal years a sheet needs columns for: those planned and any other that holds an amount."""
    if not sheet.years:
        return ()
    return tuple(sorted({*list_fiscal_years(first, count), *(year for row in rows for year in row.years)}))


def _row_of(item: Model, *left_out: str) -> PlanRow:
    return PlanRow({name: value for name, value in item if name not in left_out})


def _dollars_by_year(amounts: Sequence[YearAmount]) -> dict[str, Decimal]:
    # Reversed, because of two amounts in one year the first counts (planning.checks).
    return {amount.fiscal_year: to_dollars(amount.amount_cents) for amount in reversed(amounts)}


def _count_rows(counts: Sequence[DriverCount]) -> list[PlanRow]:
    rows = [
        PlanRow({"driver": run[0].driver}, {item.fiscal_year: item.count for item in run})
        for run in _runs(counts, ("driver",))
    ]
    missing = [driver for driver in Driver if driver is not Driver.FIXED and driver not in {c.driver for c in counts}]
    return rows + [PlanRow({"driver": driver}) for driver in missing]


def _commitment_rows(commitments: Sequence[Commitment]) -> list[PlanRow]:
    return [
        PlanRow(
            {"initiative_id": run[0].initiative_id, "source_id": run[0].source_id},
            {item.fiscal_year: to_dollars(item.amount_cents) for item in run},
        )
        for run in _runs(commitments, ("initiative_id", "source_id"))
    ]


def _runs(items: Sequence[Any], key: tuple[str, ...]) -> list[list[Any]]:
    """Neighbours that belong on one row: same key, later and later years. So the plan's order survives the trip."""
    runs: list[list[Any]] = []
    for _, group in groupby(items, key=lambda item: tuple(getattr(item, name) for name in key)):
        for i, item in enumerate(group):
            if i == 0 or item.fiscal_year <= runs[-1][-1].fiscal_year:
                runs.append([])
            runs[-1].append(item)
    return runs
