from datetime import date
from io import BytesIO

import openpyxl
import pytest

from data.exports.evaluation_sheet import write_evaluation_sheet
from data.reference import load_reference
from data.samples.plan import build_sample_plan
from planning.evaluation import evaluate
from planning.governance.purchase_review import review_purchases

PLAN, REFERENCE, DAY = build_sample_plan(), load_reference(), date(2026, 12, 8)
SHEETS = {one.record.purchase_id: one.sheet for one in review_purchases(PLAN, REFERENCE, DAY)}


def write(purchase: str, values_only: bool) -> list[tuple]:
    stamp = evaluate(PLAN, REFERENCE, DAY).stamp
    content = write_evaluation_sheet(SHEETS[purchase], PLAN.district.name, stamp)
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=values_only)["Evaluation"]
    return list(sheet.iter_rows(values_only=True))


def test_the_weighted_points_are_formulas_that_keep_their_values() -> None:
    formulas, values = write("buy-panels", values_only=False), write("buy-panels", values_only=True)
    assert formulas[7][5] == "=ROUND(SUMPRODUCT(C7:E7,C8:E8)/SUM(C7:E7),2)"
    assert (values[7][0], values[7][5]) == ("Alpine Classroom Systems", 93.49)
    weights, points = values[6][2:5], values[7][2:5]
    assert sum(w * p for w, p in zip(weights, points, strict=True)) / sum(weights) == pytest.approx(93.49, abs=0.005)


def test_the_sheet_says_who_was_refused_and_what_is_to_be_looked_at() -> None:
    rows = write("buy-panels", values_only=True)
    assert rows[9][0] == "Clearview Boards" and rows[9][-1] == "refused: came in after the closing day"
    assert any(str(row[0]).startswith("warning: 310 classroom panels: Summit") for row in rows)


def test_a_sheet_without_offers_has_its_criteria_and_the_rule() -> None:
    rows = write("buy-wifi", values_only=True)
    assert rows[1][0].endswith("E-Rate: the price of eligible goods must weigh most")
    assert rows[6][:3] == ("Weight", None, 40)
