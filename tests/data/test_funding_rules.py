"""The file of funding rules, and what is said where it was spoiled."""

import pytest

from data.funding_rules import COLUMNS, FUNDING_RULES_FILE, read_funding_rules
from planning.errors import InputRefused

LINES = FUNDING_RULES_FILE.read_text(encoding="utf-8").splitlines()


def test_every_line_that_ships_is_a_rule() -> None:
    assert len(read_funding_rules(FUNDING_RULES_FILE.read_bytes(), "rules.csv")) == len(LINES) - 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["rule_id,sentence"], "does not have the columns rule_id, source_kinds"),
        ([",".join(COLUMNS), LINES[1], LINES[1]], "holds the rule erate_c1_internet_access twice"),
        ([",".join(COLUMNS), LINES[1].replace("erate_c1,only", "erate_c9,only")], "Line 2 .* is wrong at source_kinds"),
        ([",".join(COLUMNS), LINES[1].replace("2015-07-01", "soon")], "Line 2 .* is wrong at valid_from"),
    ],
)
def test_a_spoiled_file_is_refused_in_words(lines: list[str], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        read_funding_rules("\n".join(lines).encode(), "rules.csv")
