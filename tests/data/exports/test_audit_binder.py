from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl

from data.exports.audit_binder import list_payments, write_audit_binder
from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.evaluation import evaluate
from planning.funding.register_tables import track_awards

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)
EVALUATION = evaluate(PLAN, REFERENCE, DAY)
STATES = {state.award.source_id: state for state in track_awards(PLAN, REFERENCE, DAY)}


def test_the_lines_that_an_award_pays_sum_to_what_the_plan_takes_from_it() -> None:
    *lines, total = list_payments(STATES["state-cyber"], EVALUATION)[1:]
    assert sum((Decimal(str(line[-1])) for line in lines), Decimal(0)) == total[-1] == Decimal("150000.00")
    assert {line[1] for line in lines} == {"detection"}


def test_the_binder_is_a_workbook_with_the_award_its_payments_and_purchases() -> None:
    book = openpyxl.load_workbook(BytesIO(write_audit_binder(STATES["title-ii"], EVALUATION)))
    assert book.sheetnames == ["Award", "What it pays", "Purchases"]
    facts = {row[0]: row[1] for row in book["Award"].iter_rows(values_only=True)}
    assert (facts["Assistance listing"], facts["Award amount"], facts["Pay by"]) == ("84.367", 192_600, "2027-12-29")
    assert "has drawn 25 %" in facts["Finding"]
