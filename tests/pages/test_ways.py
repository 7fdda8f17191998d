"""Ways from page to page: what a link says is what stands there when it is followed."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.pages.screen import Screen


def follow(screen: Screen, words: str) -> dict[str, str]:
    """What the link with these words asks of its page."""
    [address] = {unescape(found) for body in screen.html() for found in re.findall(rf'href="([^"]+)">{words}<', body)}
    return dict(parse_qsl(urlsplit(address).query))


def test_an_initiative_leads_to_which_money_may_pay_it(screen: Screen) -> None:
    screen.open("technology/initiatives.py", district="sample", initiative="ai-tutoring")
    query = follow(screen, "which money may pay it, and why other money may not")
    words = screen.open("finance/funding.py", **query)
    assert "Of 11 sources 2 may pay something of AI tutoring pilot" in words
    assert "may pay, within a cap" in words


@pytest.mark.parametrize(
    ("page", "words", "section"), [("gifts", "Edit Gifts", "gifts"), ("procurement", "Edit Policy", "policies")]
)
def test_a_register_leads_to_the_table_where_it_is_edited(screen: Screen, page: str, words: str, section: str) -> None:
    screen.open(f"finance/{page}.py", district="sample")
    screen.open("technology/edit.py", **follow(screen, words))
    assert screen.app.selectbox(key="section").value == section
