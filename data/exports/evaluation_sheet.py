"""The evaluation sheet of one purchase as a workbook: criteria, offers with points, weighted totals as formulas."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from planning.evaluation import Stamp
from planning.governance.offer_review import JudgedOffer, OfferReview, show_points

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
HEAD = 5  # the row of the headings, counted from 0; the weights stand below them
PRICE, POINTS = 1, 2  # columns


def write_evaluation_sheet(review: OfferReview, district: str, stamp: Stamp) -> bytes:
    """One sheet: a column for each criterion with its weight, a row for each offer, the best first.

    The weighted total is a formula over the weights and points beside it, stored with its value.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        sheet = book.add_worksheet("Evaluation")
        money, bold = book.add_format({"num_format": "$#,##0.00"}), book.add_format({"bold": True, "text_wrap": True})
        sheet.set_column(0, 0, 32)
        sheet.set_column(PRICE, POINTS + len(review.criteria) + 3, 18, None)
        _write_words(sheet, 0, 0, list_facts(review, district, stamp))
        names = [one.name for one in review.criteria]
        heads = ("Vendor", "Price", *names, "Weighted points", "Received", "SAM.gov", "Outcome")
        for column, text in enumerate(heads):
            sheet.write_string(HEAD, column, text, bold)
        sheet.write_string(HEAD + 1, 0, "Weight", bold)
        for column, one in enumerate(review.criteria, POINTS):
            sheet.write_number(HEAD + 1, column, float(one.weight), bold)
        for row, offer in enumerate(review.offers, HEAD + 2):
            sheet.write_number(row, PRICE, float(offer.offer.price_usd), money)
            _write_offer(sheet, row, offer, review)
        findings = (f"{finding.severity}: {finding.message}" for finding in review.findings)
        _write_words(sheet, HEAD + 3 + len(review.offers), 0, findings)
        sheet.freeze_panes(HEAD + 1, 1)
    return buffer.getvalue()


def list_facts(review: OfferReview, district: str, stamp: Stamp) -> tuple[str, ...]:
    """What stands above the table."""
    record = review.record
    rule = "E-Rate: the price of eligible goods must weigh most" if record.is_erate else "not E-Rate"
    return (
        f"{record.description}: evaluation of offers",
        f"{district}; award {record.award_on}; {rule}",
        "Weighted points = sum of weight × points ÷ sum of weights; points of the price = 100 × lowest ÷ price.",
        f"Plan revision {stamp.plan_revision or 'not saved'}, rules as of {stamp.as_of}",
    )


def _write_offer(sheet: Worksheet, row: int, one: JudgedOffer, review: OfferReview) -> None:
    total = POINTS + len(review.criteria)
    sheet.write_string(row, 0, one.name)
    if one.scored:
        for column, points in enumerate(one.scored.points, POINTS):
            sheet.write_number(row, column, float(points))
        weights, points = (xl_range(r, POINTS, r, total - 1) for r in (HEAD + 1, row))
        formula = f"=ROUND(SUMPRODUCT({weights},{points})/SUM({weights}),2)"
        sheet.write_formula(row, total, formula, None, float(show_points(one.scored.total)))
    looked_up = f"{one.offer.exclusion.replace('_', ' ')} {one.offer.exclusion_checked_on or ''}"
    for column, text in enumerate((str(one.offer.received_on or ""), looked_up, review.explain(one)), total + 1):
        sheet.write_string(row, column, text.strip())


def _write_words(sheet: Worksheet, row: int, column: int, words: Iterable[str]) -> None:
    for number, text in enumerate(words, row):
        sheet.write_string(number, column, text)
