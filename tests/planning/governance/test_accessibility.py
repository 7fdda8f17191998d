from datetime import date

import pytest

from data.reference import load_reference
from planning.errors import InputRefused
from planning.governance.accessibility import find_web_accessibility_date
from planning.reference import Reference


def test_the_date_depends_on_the_people_of_the_district() -> None:
    days = [find_web_accessibility_date(people, load_reference()) for people in (50_000, 49_999, 41_000)]
    assert days == [date(2027, 4, 26), date(2028, 4, 26), date(2028, 4, 26)]


def test_without_the_rule_no_date_is_assumed() -> None:
    with pytest.raises(InputRefused, match="no date for web accessibility"):
        find_web_accessibility_date(1, Reference(version="1"))
