from datetime import date
from decimal import Decimal

import pytest

from data.reference import load_reference
from planning.governance.policy import Comparison, PolicySubject, PolicyThreshold
from planning.governance.self_certification import check_self_certification

REFERENCE, DAY = load_reference(), date(2026, 12, 8)


def note(dollars: str, quotes_from: int | None) -> list[str]:
    policy = ()
    if quotes_from is not None:
        row = {"policy_id": "q", "subject": PolicySubject.QUOTES, "operator": Comparison.AT_LEAST}
        policy = (PolicyThreshold.model_validate({**row, "amount_usd": quotes_from}),)
    found = check_self_certification("Licenses", Decimal(dollars), DAY, policy, REFERENCE)
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("dollars", "quotes_from", "count"),
    [
        ("15000", 60_000, 0),  # a federal micro-purchase anyway
        ("15000.01", 60_000, 1),
        ("50000", 60_000, 1),
        ("50000.01", 60_000, 0),  # beyond what a district may certify
        ("20000", 10_000, 0),  # the district asks for quotes itself
        ("20000", None, 0),  # the policy does not speak of quotes
    ],
)
def test_only_what_the_policy_frees_from_quotes_can_be_certified(
    dollars: str, quotes_from: int | None, count: int
) -> None:
    assert len(note(dollars, quotes_from)) == count


def test_the_note_names_the_limit_and_says_verify() -> None:
    [message] = note("20000", 30_000)
    assert "at most $50,000 (2 CFR 200.320(a)(1)(iv) self-certification; verify)" in message
