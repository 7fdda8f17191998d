import tomllib
from pathlib import Path
from typing import Any

import pytest

from data.reference import load_reference
from planning.errors import InputRefused
from planning.governance.accessibility import find_web_accessibility_date
from planning.reference import Reference

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "web_accessibility.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: f"{case['population']} people")
def test_the_date_depends_on_the_people_of_the_district(case: dict[str, Any]) -> None:
    assert find_web_accessibility_date(case["population"], load_reference()) == case["from"]


def test_without_the_rule_no_date_is_assumed() -> None:
    with pytest.raises(InputRefused, match="no date for web accessibility"):
        find_web_accessibility_date(1, Reference(version="1"))
