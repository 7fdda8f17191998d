"""What a column of labels holds: account strings, codes, codes with titles, or words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.account_strings import read_label_content, split_fixed_width
from data.intake.charts import read_charts

SEGMENT = st.from_regex(r"[0-9]{2,4}", fullmatch=True)


@given(st.lists(st.tuples(SEGMENT, SEGMENT, SEGMENT), min_size=1, max_size=20), st.sampled_from("-./"))
def test_account_strings_come_apart_into_their_segments(accounts: list[tuple[str, str, str]], separator: str) -> None:
    texts = [separator.join(account) for account in accounts]
    content = read_label_content(texts)
    assert (content.segments, content.separator) == (3, separator)
    assert [content.parts[text] for text in texts] == accounts


@given(st.lists(st.sampled_from(["Office supplies", "Travel - staff", "E-Rate", "Wi-Fi", ""]), max_size=9))
def test_words_hold_neither_accounts_nor_codes(texts: list[str]) -> None:
    content = read_label_content(texts)
    assert content.segments == 0 and not content.holds_codes


def test_codes_with_titles_are_parted_text_by_text() -> None:
    content = read_label_content(["10 - General", "20 - Transport", ""])
    assert content.holds_codes and content.parts == {
        "10 - General": ("10", "General"),
        "20 - Transport": ("20", "Transport"),
    }


def test_a_few_odd_strings_do_not_hide_the_accounts() -> None:
    texts = [f"10-{number}-100" for number in range(1000, 1040)]
    content = read_label_content([*texts, "see note"])
    assert content.segments == 3 and "see note" not in content.parts


def test_half_words_are_no_codes() -> None:
    content = read_label_content(["10 - General", "Transport", "Food"])
    assert not content.holds_codes and content.code_share == pytest.approx(1 / 3)


def test_a_string_is_cut_by_the_charts_widths_only_when_all_have_that_length() -> None:
    chart = read_charts()["oregon"]
    content = split_fixed_width(["1002660001320410"[: sum(w for _, w in chart.segments)]], chart)
    assert content and content.parts[next(iter(content.parts))][:3] == ("100", "2660", "001")
    assert split_fixed_width(["1002660001320", "100"], chart) is None and split_fixed_width([], chart) is None
