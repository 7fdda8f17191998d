"""Tables as HTML: everything from a file is text, and a screen reader finds its way."""

import pytest

from data.store.viewer import Viewer
from pages.ui import tables
from pages.ui.tables import (
    Cell,
    Cited,
    Code,
    Link,
    Meter,
    Tag,
    build_disclosure,
    build_facts,
    build_table,
    build_trail,
)
from planning.permissions import Role

ATTACK = '<script>alert(1)</script>"&'
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;"


@pytest.fixture(autouse=True)
def at_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "current_viewer", lambda: Viewer("tests", Role.VIEWER, "north & south"))


@pytest.mark.parametrize(
    "cell",
    [
        ATTACK,
        Tag(ATTACK),
        Tag("x", ATTACK),
        Meter(0.5, ATTACK),
        Code(ATTACK),
        Link(ATTACK, "budget"),
        Cited(ATTACK, {ATTACK: "https://a"}),
    ],
)
def test_a_cell_is_text_whatever_it_says(cell: Cell) -> None:
    html = build_table("Caption", ["First", "Second"], [[cell, cell]])
    assert "<script" not in html
    assert html.count(SAFE) == 2


def test_captions_and_headers_are_text_too() -> None:
    html = build_table(ATTACK, [ATTACK], [])
    assert "<script" not in html
    assert f'aria-label="{SAFE}"' in html
    assert f"<caption>{SAFE}</caption>" in html


def test_a_table_names_itself_its_columns_and_its_rows() -> None:
    html = build_table("Funds", ["Fund", "Amount"], [["10", "$5"]], numbers=(1,))
    assert '<caption>Funds</caption><thead><tr><th scope="col">Fund</th>' in html
    assert '<th scope="col" class="number">Amount</th>' in html
    assert '<tr><th scope="row">10</th><td class="number">$5</td></tr>' in html
    assert 'role="region" aria-label="Funds" tabindex="0"' in html


def test_the_last_rows_are_totals_and_an_aside_is_muted() -> None:
    html = build_table("Funds", ["Fund"], [["a"], ["b"], ["c"]], totals=1, muted=(0,))
    assert '<tr class=muted><th scope="row">a</th></tr><tr><th scope="row">b</th></tr>' in html
    assert '<tr class=total><th scope="row">c</th></tr>' in html


def test_a_link_carries_what_is_looked_at_and_the_district() -> None:
    html = build_table("Funds", ["Fund"], [[Link("10", "budget", (("fund", "1&0"), ("by", "Function")))]])
    assert '<a href="/budget?fund=1%260&amp;by=Function&amp;district=north+%26+south">10</a>' in html


def test_a_link_names_each_of_several_things_and_the_district_it_says() -> None:
    query = (("shown", "a"), ("shown", "b"), ("district", "south"))
    html = build_table("Scenarios", ["Name"], [[Link("x", "scenarios", query)]])
    assert '<a href="/scenarios?shown=a&amp;shown=b&amp;district=south">x</a>' in html


def test_each_source_that_is_named_leads_to_where_it_can_be_read() -> None:
    links = {"2 CFR 200": "https://a/?x=1&y", "2 CFR 200.439": "https://b"}
    html = build_table("Rules", ["Rule"], [[Cited("By 2 CFR 200.439; 2 CFR 200 <too>", links)]])
    assert 'By <a href="https://b" target="_blank" rel="noopener noreferrer">2 CFR 200.439</a>; ' in html
    assert '<a href="https://a/?x=1&amp;y" target="_blank" rel="noopener noreferrer">2 CFR 200</a> &lt;too&gt;' in html


def test_days_and_years_are_never_broken_at_their_dashes() -> None:
    html = build_table("Days", ["FY2026-27"], [["2026-12-08"], ["planned 2026-12-08"], ["10-2580-352"]])
    assert html.count('<span class="tp-code">') == 3
    assert 'planned <span class="tp-code">2026-12-08</span>' in html


@pytest.mark.parametrize(("share", "width"), [(-0.2, "0%"), (0.375, "38%"), (1.7, "100%")])
def test_a_meter_stays_within_its_frame(share: float, width: str) -> None:
    assert f'style="width:{width}"' in build_table("Paid", ["Paid"], [[Meter(share, "so much")]])


def test_facts_trails_and_disclosures_are_escaped() -> None:
    built = build_facts([(ATTACK, ATTACK)]) + build_trail(ATTACK, [Link(ATTACK, "budget")])
    assert "<script" not in built + build_disclosure(ATTACK, "")
    assert built.count(SAFE) == 4
    assert build_disclosure("More", "<p>kept</p>") == "<details><summary>More</summary><p>kept</p></details>"
