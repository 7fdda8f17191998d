"""Errors on the screen: a sentence and the next step; cell text stays text."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.messages import plain


def draw(script: Callable[[], None]) -> AppTest:
    return AppTest.from_function(script, default_timeout=30).run()


def draw_refusal() -> None:
    from pages.ui.messages import draw_unexpected_error
    from planning.errors import InputRefused
    from planning.findings import FindingKind
    from planning.vocabulary import Severity

    kind = FindingKind("x", Severity.ERROR, "The cell holds {found}.", "Type a number.")
    draw_unexpected_error(InputRefused("No amount in $A$1.", "Mend the cell.", (kind.at(found="![x](y)"),)))


def draw_unforeseen() -> None:
    from pages.ui.messages import draw_unexpected_error

    draw_unexpected_error(ValueError("could not convert 'Doe, Jane'"))


@pytest.mark.parametrize(
    "text", ["![x](http://192.0.2.1/x.png)", "[a](b)", "$1 and $2", "<b>", ":red[x]", "**b**", "`c`", "# h", "a_b_c"]
)
def test_plain_text_keeps_every_sign_and_gives_none_a_meaning(text: str) -> None:
    escaped = plain(text)
    assert escaped.replace("\\", "") == text
    assert not re.search(r"(?<!\\)[\[\]$<*`#_:!]", escaped)


def test_an_error_shows_its_sentence_its_next_step_and_its_findings() -> None:
    drawn = draw(draw_refusal)
    assert drawn.error[0].proto.title == plain("No amount in $A$1.")
    assert drawn.error[0].value == plain("Mend the cell.")
    assert drawn.markdown[0].value == "- " + plain("The cell holds ![x](y). Type a number.")
    assert not drawn.exception


def test_a_fault_of_ours_shows_the_request_and_the_log_and_nothing_of_the_data() -> None:
    drawn = draw(draw_unforeseen)
    assert drawn.error[0].proto.title == "This is a fault of Techplan, not of your data."
    assert "report request" in drawn.error[0].value
    assert "techplan\\.log" in drawn.error[0].value
    assert "Doe" not in drawn.error[0].value
    assert not drawn.exception
