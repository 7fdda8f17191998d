from datetime import date
from decimal import Decimal

import pytest

from planning.errors import InputRefused
from planning.reference import Reference, ReferenceRow


def make_row(operator: str = "=", value: str = "10", begins: int = 2024, ends: int | None = None) -> ReferenceRow:
    return ReferenceRow.model_validate(
        {
            "key": "bid_limit",
            "operator": operator,
            "value": value,
            "unit": "usd",
            "valid_from": date(begins, 1, 1),
            "valid_to": ends and date(ends, 12, 31),
            "source": "Policy",
            "link": "",
        }
    )


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("=", False, True, False),
    ],
)
def test_the_operator_decides_at_the_boundary(operator: str, below: bool, equal: bool, above: bool) -> None:
    row = make_row(operator)
    assert [row.is_met_by(value) for value in (Decimal("9.99"), 10, Decimal("10.01"))] == [below, equal, above]


def test_the_row_in_force_on_the_day_counts_and_the_latest_of_several() -> None:
    reference = Reference(version="1", rows=(make_row(value="1", ends=2024), make_row(value="2", begins=2025)))
    assert [reference.require("bid_limit", date(year, 6, 1)).value for year in (2024, 2025)] == [1, 2]


def test_a_rule_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(InputRefused, match="no bid limit in force on 2020-01-01") as refused:
        Reference(version="1", rows=(make_row(),)).require("bid_limit", date(2020, 1, 1))
    assert "Add a row bid_limit" in refused.value.next_step


def test_a_source_leads_to_its_address_where_it_has_one() -> None:
    row = make_row().model_copy(update={"source": "2 CFR 200.439", "link": "https://www.ecfr.gov"})
    assert Reference(version="1", rows=(row, make_row())).list_links() == {"2 CFR 200.439": "https://www.ecfr.gov"}
