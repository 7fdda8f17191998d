"""Which chart of accounts a workbook follows, by names, by codes, by shape."""

import pytest

from data.intake.charts import choose_chart, names_agree, read_charts, share_known

CALIFORNIA = {"fund": {"01"}, "function": {"1000", "2700", "3600"}, "object": {"4300", "8011", "5800"}}


def freeze(codes: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {dimension: frozenset(found) for dimension, found in codes.items()}


def test_codes_without_names_show_their_chart_by_widths_and_groups() -> None:
    chart = choose_chart((), (), freeze(CALIFORNIA))
    assert chart and chart.key == "california"


@pytest.mark.parametrize(
    "change",
    [
        {"fund": {"001"}},
        {"object": {"43000"}},
        {"fund": set()},
        {"function": {"0130", "0240", "0350"}, "object": {"0111"}},
    ],
)
def test_another_shape_or_unknown_groups_show_no_chart(change: dict[str, set[str]]) -> None:
    assert choose_chart((), (), freeze(CALIFORNIA | change)) is None


def test_names_go_before_shape() -> None:
    pairs = {("2660", "Technology services"), ("470", "Computer software"), ("480", "Computer hardware")}
    chart = choose_chart(pairs, (), freeze(CALIFORNIA))
    assert chart and chart.key == "oregon"


def test_names_that_disagree_weigh_against_a_chart() -> None:
    pairs = {("2230", "Boiler room"), ("2580", "Swimming pool"), ("735", "Bus fuel")}
    assert choose_chart(pairs, ()) is None


@pytest.mark.parametrize(
    ("printed", "reference", "agree"),
    [
        ("ADMIN TECHNOLOGY SVCS", "Administrative technology services", True),
        ("Instr.", "Instruction", True),
        ("Bus fuel", "Debt service", False),
        ("", "Instruction", False),
        ("12 34", "Instruction", False),
    ],
)
def test_half_of_the_words_must_begin_alike(printed: str, reference: str, agree: bool) -> None:
    assert names_agree(printed, reference) is agree


def test_the_share_of_known_codes_counts_exact_codes_only() -> None:
    chart = read_charts()["nces"]
    assert share_known(chart, "function", frozenset({"2230", "2580", "2581", "9999"})) == 0.5
    assert share_known(chart, "nothing", frozenset({"2230"})) == 0 == share_known(chart, "function", frozenset())


@pytest.mark.parametrize("key", read_charts())
def test_every_chart_has_a_template_with_function_and_object(key: str) -> None:
    chart = read_charts()[key]
    dimensions = [dimension for dimension, _ in chart.segments]
    assert {"function", "object"} <= set(dimensions) and all(width > 0 for _, width in chart.segments)
