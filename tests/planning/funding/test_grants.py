import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import load_reference
from planning.funding.grants import AwardState, calculate_srsa_award, track_award
from planning.registers import GrantAward

SRSA = tomllib.loads((Path(__file__).parents[2] / "cases" / "small_rural_award.toml").read_text(encoding="utf-8"))[
    "case"
]
REFERENCE, TODAY = load_reference(), date(2026, 12, 8)


def track(as_of: date = TODAY, /, **changes: object) -> AwardState:
    values = {
        "award_id": "iv-a-2026",
        "source_id": "title-iv-a",
        "aln": "84.424",
        "amount_usd": "118400",
        "period_start": date(2026, 7, 1),
        "period_end": date(2028, 9, 30),
        **changes,
    }
    return track_award(GrantAward.model_validate(values), REFERENCE, as_of)


def test_a_district_pays_within_90_days_or_sooner_where_the_state_says_so() -> None:
    days = [
        track(**changes).pay_by
        for changes in ({}, {"is_subrecipient": False}, {"liquidation_end": date(2028, 11, 14)}, {"is_federal": False})
    ]
    assert days == [date(2028, 12, 29), date(2029, 1, 28), date(2028, 11, 14), date(2028, 9, 30)]


def test_records_are_kept_three_years_from_the_final_report() -> None:
    assert track().retained_until is None
    assert track(final_report_on=date(2028, 12, 1)).retained_until == date(2031, 12, 1)


@pytest.mark.parametrize(
    ("as_of", "changes", "code"),
    [
        (TODAY, {"drawn_usd": "118400.01"}, "grant_drawn_beyond"),
        (TODAY, {"period_end": date(2026, 1, 1)}, "grant_period_reversed"),
        (TODAY, {"next_report_due": date(2026, 12, 7)}, "grant_report_late"),
        (date(2028, 1, 1), {"drawn_usd": "20000"}, "grant_spent_slowly"),
        (date(2029, 1, 1), {"drawn_usd": "20000"}, "grant_closed"),
    ],
)
def test_what_is_wrong_with_an_award_is_said(as_of: date, changes: dict[str, object], code: str) -> None:
    [finding] = track(as_of, **changes).findings
    assert (finding.code, finding.item) == (code, "iv-a-2026")


def test_an_award_that_keeps_up_is_silent() -> None:
    assert track().findings == ()
    assert track(date(2028, 1, 1), drawn_usd="60000", next_report_due=date(2028, 1, 1)).findings == ()


@pytest.mark.parametrize("case", SRSA, ids=lambda case: " ".join(case.values()))
def test_the_small_rural_award_by_its_formula(case: dict[str, str]) -> None:
    amounts = [Decimal(case.get(name, "0")) for name in ("attendance", "title_ii_a", "title_iv_a")]
    assert calculate_srsa_award(*amounts, REFERENCE, TODAY) == Decimal(case["award"])


@given(st.integers(0, 2000), st.integers(0, 100_000))
def test_the_small_rural_award_lies_between_nothing_and_its_ceiling(attendance: int, other: int) -> None:
    found = calculate_srsa_award(Decimal(attendance), Decimal(other), Decimal(0), REFERENCE, TODAY)
    assert 0 <= found <= 60_000
