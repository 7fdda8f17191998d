"""Technology spending by rule: codes first, words only where no code is known, and the rule is kept."""

import pytest

from data.intake.charts import read_charts
from data.intake.technology import read_technology_rules
from tests.data.intake.layouts import read_sheet

HEADER = ["Object", "Description", "2026-27 Proposed Expenditures"]


def find_rules(*names: str) -> list[str]:
    rows = [[None, name, 10.5 + n] for n, name in enumerate(names)]
    lines = (
        read_sheet(["Item", "Name", HEADER[2]], *([f"x{n}", *row[1:]] for n, row in enumerate(rows))).tables[0].lines
    )
    return list(lines.attributes["technology_rule"])


@pytest.mark.parametrize("name", ["Computers", "Chromebook carts", "Software licences", "Network switches"])
def test_words_find_technology_where_a_file_has_no_codes(name: str) -> None:
    assert find_rules(name, "Library books")[0].startswith("Word “")


@pytest.mark.parametrize("name", ["Bus fuel", "Commuter passes", "Library books", "Hardwood floors"])
def test_other_words_are_no_technology(name: str) -> None:
    assert find_rules(name, "Paper") == ["", ""]


def test_revenue_is_never_technology_spending() -> None:
    reading = read_sheet(["Source", "Description", "2026-27 Revenue"], ["1990", "Computer refunds", 1.5], ["1", "b", 2])
    assert set(reading.tables[0].lines.attributes["technology_rule"]) == {""}


@pytest.mark.parametrize("key", ["", *read_charts()])
def test_every_rule_is_a_sentence_and_fires_for_its_own_pattern(key: str) -> None:
    rules = read_technology_rules(key)
    assert rules.words and rules.find_word_rule("new computer lab") and not rules.find_word_rule("bus")
    for dimension, found in rules.by_code.items():
        for pattern, sentence in found:
            code = pattern.pattern.removesuffix(r"\Z").replace(r"\w", "1")
            assert sentence and rules.find_code_rule(dimension, code), (key, code)
    assert rules.find_code_rule("function", "") == ""
