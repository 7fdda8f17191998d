from datetime import date

import pytest

from data.reference import load_reference
from planning.rule_words import describe_limit, list_rules, tabulate_rules

REFERENCE, DAY = load_reference(), date(2026, 12, 8)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("erate_gift_item", "at most $20"),
        ("erate_c2_per_student", "$201.57"),
        ("title_iv_a_technology", "more than $0"),
        ("title_iv_a_infrastructure", "at most 15 %"),
        ("erate_transfer_after", "at least 3 years"),
        ("federal_conflict_recusal", "at least 1 recusal"),
        ("erate_cep_multiplier", "× 1.6"),
    ],
)
def test_a_rule_says_in_words_what_it_asks_for(key: str, words: str) -> None:
    assert describe_limit(REFERENCE.require(key, DAY)) == words


def test_a_count_of_people_is_printed_in_thousands() -> None:
    row = next(row for row in REFERENCE.rows if row.key == "ada_web_accessibility_small")
    assert describe_limit(row) == "less than 50,000 people"


def test_rules_stand_with_their_source_and_whether_it_was_confirmed() -> None:
    rules = list_rules({"erate_gift_item": "One gift", "federal_sam_check_age": "Age", "no_such": "-"}, REFERENCE, DAY)
    rows = tabulate_rules(rules).rows
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("One gift", "2011-01-03", "yes"),
        ("Age", "2014-12-26", "verify before use"),
    ]
