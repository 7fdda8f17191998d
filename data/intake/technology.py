"""Which lines are technology spending: by the chart's codes first, by words only where no code is known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.intake.charts import Chart, read_charts, read_reference_rows
from data.intake.drafts import Document
from planning.vocabulary import Side

_CODED_DIMENSIONS = ("fund", "function", "object")
_RULE_ORDER = ("function", "object", "fund")
_NAMES = ("function_name", "object_name", "description")


@dataclass(frozen=True, slots=True)
class TechnologyRules:
    """Rules of one chart by dimension as (pattern, sentence), and the words for lines without known codes."""

    by_code: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]
    words: tuple[tuple[re.Pattern[str], str], ...]

    def find_code_rule(self, dimension: str, code: str) -> str:
        """The sentence of the rule that a code fires, or nothing."""
        rules = self.by_code.get(dimension, ())
        return next((sentence for pattern, sentence in rules if code and pattern.match(code)), "")

    def find_word_rule(self, text: str) -> str:
        return next((sentence for pattern, sentence in self.words if pattern.search(text)), "")


@cache
def read_technology_rules(chart_key: str) -> TechnologyRules:
    """The rules for one chart of accounts ("" gives the words alone)."""
    by_code: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    words: list[tuple[re.Pattern[str], str]] = []
    for row in read_reference_rows("technology-rules.csv"):
        if row["dimension"] == "words":
            words.append((re.compile(rf"\b{re.escape(row['pattern'])}s?\b", re.I), row["rule"]))
        elif row["chart"] == chart_key:
            pattern = re.compile(row["pattern"].replace("x", r"\w") + r"\Z")
            by_code.setdefault(row["dimension"], []).append((pattern, row["rule"]))
    return TechnologyRules({dimension: tuple(rules) for dimension, rules in by_code.items()}, tuple(words))


def find_technology(document: Document) -> None:
    """Fills `technology_rule` with the rule that fired; revenue is never technology spending."""
    if document.tables[0].side is Side.REVENUE:
        return
    rules, chart = read_technology_rules(document.chart), read_charts().get(document.chart)
    attributes = document.attributes
    codes = list(zip(*(attributes[f"{dimension}_code"] for dimension in _CODED_DIMENSIONS), strict=True))
    coded = {key: _find_coded(rules, chart, key) for key in set(codes)}
    fired = [coded[key] for key in codes]
    if None in coded.values():
        names = zip(*(attributes[name] for name in _NAMES), strict=True)
        fired = [
            rules.find_word_rule(" ".join(words)) if rule is None else rule
            for rule, words in zip(fired, names, strict=True)
        ]
    attributes["technology_rule"] = [rule or "" for rule in fired]


def _find_coded(rules: TechnologyRules, chart: Chart | None, codes: Sequence[str]) -> str | None:
    """The rule that a line's codes fire; nothing where the chart knows them; None where only words are left."""
    coded = dict(zip(_CODED_DIMENSIONS, codes, strict=True))
    for dimension in _RULE_ORDER:
        rule = rules.find_code_rule(dimension, coded[dimension])
        if rule:
            return rule
    known = chart and any(
        coded[dimension] and chart.knows(dimension, coded[dimension]) for dimension in _RULE_ORDER[:2]
    )
    return "" if known else None
