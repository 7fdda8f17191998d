"""The audit binder of one grant award as a workbook: its days, what it pays line by line, and the purchases behind."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from planning.evaluation import Evaluation
from planning.funding.grants import AwardState
from planning.model import CostLine
from planning.money import to_dollars

Row = Sequence[object]


def write_audit_binder(state: AwardState, evaluation: Evaluation) -> bytes:
    """Three sheets: Award, What it pays (every line and year, tied to a total), Purchases. No formulas, no macros."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "$#,##0.00;($#,##0.00);–"})
        for name, rows in (
            ("Award", list_award_facts(state, evaluation)),
            ("What it pays", list_payments(state, evaluation)),
            ("Purchases", list_award_purchases(state, evaluation)),
        ):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 7, 28)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, Decimal):
                        sheet.write_number(number, column, float(value), money)
                    else:
                        sheet.write_string(number, column, str(value), bold if number == 0 else None)
    return buffer.getvalue()


def list_award_facts(state: AwardState, evaluation: Evaluation) -> list[Row]:
    """What the award letter and the rules say, and the findings of the day."""
    award, stamp = state.award, evaluation.stamp
    facts: list[Row] = [
        ("Fact", "Value"),
        ("District", evaluation.plan.district.name),
        ("Award", award.award_number or award.award_id),
        ("Assistance listing", award.aln),
        ("Period", f"{award.period_start} to {award.period_end}"),
        ("Obligate by", state.obligate_by),
        ("Pay by", state.pay_by),
        ("Records until", state.retained_until or "three years from the final report"),
        ("Award amount", award.amount_usd),
        ("Drawn", award.drawn_usd),
        ("Left", state.left_usd),
        ("Plan revision", stamp.plan_revision or ""),
        ("Rules as of", stamp.as_of),
    ]
    return [*facts, *(("Finding", finding.message) for finding in state.findings)]


def list_payments(state: AwardState, evaluation: Evaluation) -> list[Row]:
    """Every cost line and year that the source pays, with vendor and account, and the total as a last row."""
    lines = {line.cost_line_id: line for line in evaluation.plan.cost_lines}
    atoms = [atom for atom in evaluation.atoms if atom.source_id == state.award.source_id]
    rows = [
        (atom.fiscal_year, *_describe(lines[atom.cost_line_id]), to_dollars(atom.cents))
        for atom in sorted(atoms, key=lambda atom: (atom.fiscal_year, atom.cost_line_id))
    ]
    total = to_dollars(sum(atom.cents for atom in atoms))
    header = ("Fiscal year", "Initiative", "Cost line", "Account", "Vendor", "Dollars")
    return [header, *rows, ("Total", "", "", "", "", total)]


def _describe(line: CostLine) -> tuple[str, str, str, str]:
    return line.initiative_id, line.description, line.account, line.vendor


def list_award_purchases(state: AwardState, evaluation: Evaluation) -> list[Row]:
    """The purchases of the initiatives that the source pays, with the file each rests on."""
    paid = {atom.initiative_id for atom in evaluation.atoms if atom.source_id == state.award.source_id}
    purchases: Iterable[Row] = (
        (
            purchase.description,
            purchase.vendor,
            purchase.amount_usd,
            purchase.award_on,
            purchase.cooperative or purchase.sole_source or "competition",
        )
        for purchase in evaluation.plan.purchases
        if purchase.initiative_id in paid
    )
    return [("Purchase", "Vendor", "Amount", "Award", "Rests on"), *purchases]
