from datetime import date

import pytest

from data.reference import load_reference
from planning.governance.purchase_files import PurchaseFile, review_file, tabulate_files
from planning.reference import ReferenceRow
from planning.registers import PaperKind, PurchasePaper, PurchaseRecord

REFERENCE, AWARD = load_reference(), date(2027, 3, 9)
COOPERATIVE = ["contract_number", "lead_agency", "piggyback_clause", "contract_term"]
SOLE_SOURCE = ["justification", "price_analysis", "approval"]


def review(
    *papers: tuple[str, date | None],
    state: str = "",
    posting: bool = False,
    cooperative: str = "",
    sole_source: str = "",
) -> PurchaseFile:
    values = {"purchase_id": "p1", "initiative_id": "wifi", "description": "Devices", "commodity": "devices"}
    record = PurchaseRecord.model_validate(
        {**values, "amount_usd": "90000", "award_on": AWARD, "cooperative": cooperative, "sole_source": sole_source}
    )
    rows = [
        PurchasePaper(purchase_id="p1", kind=PaperKind(kind), reference="No. 1", valid_to=valid_to)
        for kind, valid_to in papers
    ]
    rule = ReferenceRow.model_validate(
        {
            "key": f"paper_sole_source_posting_{state.lower()}",
            "value": 1,
            "unit": "papers",
            "valid_from": date(2020, 1, 1),
            "source": "The state's code",
            "link": "",
        }
    )
    reference = REFERENCE.model_copy(update={"rows": (*REFERENCE.rows, rule)}) if posting else REFERENCE
    return review_file(record, rows, state, reference)


def test_competition_asks_for_no_file() -> None:
    assert review().papers == review().findings == ()


@pytest.mark.parametrize(
    ("cooperative", "sole_source", "kinds"), [("PA-114", "", COOPERATIVE), ("", "Only maker", SOLE_SOURCE)]
)
def test_each_missing_paper_is_a_finding_with_its_rule(cooperative: str, sole_source: str, kinds: list[str]) -> None:
    found = review(cooperative=cooperative, sole_source=sole_source)
    assert [one.kind for one in found.papers] == kinds
    assert [one.code for one in found.findings] == ["purchase_paper_missing"] * len(kinds)
    assert all("(verify)" in one.message for one in found.findings)
    papers = [(kind, None) for kind in kinds]
    assert review(*papers, cooperative=cooperative, sole_source=sole_source).findings == ()


@pytest.mark.parametrize(("last", "codes"), [(AWARD, []), (date(2027, 3, 8), ["purchase_paper_expired"])])
def test_a_contract_holds_on_the_day_of_the_award(last: date, codes: list[str]) -> None:
    papers = [(kind, last if kind == "contract_term" else None) for kind in COOPERATIVE]
    assert [one.code for one in review(*papers, cooperative="PA-114").findings] == codes


def test_a_state_that_asks_for_a_posting_is_a_row_and_one_that_nobody_knows_a_note() -> None:
    papers = [(kind, None) for kind in SOLE_SOURCE]
    [note] = review(*papers, state="CO", sole_source="Only maker").findings
    assert (note.code, note.severity, "whether CO asks" in note.message) == (
        "sole_source_posting_unknown",
        "note",
        True,
    )
    [finding] = review(*papers, state="CO", posting=True, sole_source="Only maker").findings
    assert "has no public posting: The state's code." in finding.message
    assert review(*papers, ("public_posting", None), state="CO", posting=True, sole_source="Only").findings == ()


def test_the_checklist_says_what_is_there_and_what_is_missing() -> None:
    rows = tabulate_files([review(("contract_number", None), ("contract_term", AWARD), cooperative="PA-114")]).rows
    assert [row[3] for row in rows] == ["No. 1", "missing", "missing", "No. 1"]
    assert rows[3][4] == "2027-03-09" and rows[0][6] == "2014-12-26"


def test_no_rule_about_papers_ships_as_confirmed() -> None:
    assert all(row.verify for row in REFERENCE.rows if row.key.startswith("paper_"))
