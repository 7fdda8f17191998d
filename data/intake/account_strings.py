"""What the cells of a label column hold: account strings, codes, codes with titles, or words."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.intake.charts import Chart
from data.intake.codes import CODE, part_code_title
from data.intake.numbers import look_up

_SEPARATOR = re.compile(r"[-./]")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,8}(?:[-./][0-9A-Za-z]{1,8})+\Z")
_DIGITS_ALONE = re.compile(r"[0-9]{1,8}(?:-[0-9]{1,8})+\Z")
_SAME_DIGITS = r"(?:[0-9]{1,8}(?:-[0-9]{1,8}){%d}(?:\n|\Z))*+\Z"
_DIGITS = frozenset("0123456789")
_MOST = 0.95
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class LabelContent:
    """The parts of the distinct texts of a column: `places` has one list for each part, with an entry for each text.

    Account strings have `segments` places; codes have two (code and title) and no segments; words have none.
    """

    segments: int
    separator: str
    texts: Sequence[str]
    places: Sequence[Sequence[str]]
    code_share: float

    @property
    def holds_codes(self) -> bool:
        return self.code_share >= _MOST

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The parts of each text."""
        return dict(zip(self.texts, zip(*self.places, strict=True), strict=True))

    def spread(self, texts: Sequence[str], place: int) -> Sequence[str]:
        """One part of every text of the column, blank where it has none."""
        if len(texts) == len(self.texts):  # nothing repeats
            return self.places[place]
        return look_up(texts, dict(zip(self.texts, self.places[place], strict=True)) if self.places else {})


_WORDS = LabelContent(0, "", (), (), 0.0)


def read_label_content(texts: Sequence[str]) -> LabelContent:
    """What a column holds; gives segments for account strings, (code, title) for codes, nothing for words."""
    distinct = [text for text in dict.fromkeys(texts) if text]
    sample = distinct[:: len(distinct) // _SAMPLE + 1]
    if _usual_count(sample) >= 2:
        separator = next((found[0] for text in sample if (found := _SEPARATOR.search(text))), "-")
        return _split_all(distinct, separator)
    if not any(part_code_title(text)[0] for text in sample):
        return _WORDS
    codes, titles = zip(*map(part_code_title, distinct), strict=True)
    return LabelContent(0, "", distinct, (codes, titles), sum(map(bool, codes)) / len(distinct))


def _usual_count(texts: Collection[str]) -> int:
    """The number of segments that nearly all texts have, else 0."""
    counts = Counter(len(_split(text)) for text in texts)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if times >= _MOST * len(texts) else 0


def _split_all(distinct: Sequence[str], separator: str) -> LabelContent:
    """The segments of every text, all at once where each is as many numbers and dashes as the first."""
    count = distinct[0].count("-") + 1
    joined = "\n".join(distinct)
    if count > 1 and re.match(_SAME_DIGITS % (count - 1), joined):
        segments = joined.replace("\n", "-").split("-")
        return LabelContent(count, separator, distinct, [segments[place::count] for place in range(count)], 0.0)
    split = [(text, _split(text)) for text in distinct]
    usual = Counter(len(parts) for _, parts in split).most_common(1)[0][0]
    return (
        _lay_out(usual, separator, {text: parts for text, parts in split if len(parts) == usual}) if usual else _WORDS
    )


def _lay_out(segments: int, separator: str, parts: Mapping[str, tuple[str, ...]]) -> LabelContent:
    return LabelContent(segments, separator, [*parts], [*zip(*parts.values(), strict=True)], 0.0)


def _split(text: str) -> tuple[str, ...]:
    """The segments of an account string; a text with spaces or words is none."""
    if _DIGITS_ALONE.match(text):
        return tuple(text.split("-"))
    if not _ACCOUNT.match(text):
        return ()
    parts = tuple(text.replace(".", "-").replace("/", "-").split("-"))
    digits = sum([part[-1] in _DIGITS for part in parts])
    return parts if 2 * digits > len(parts) else ()


def split_fixed_width(texts: Sequence[str], chart: Chart) -> LabelContent | None:
    """Account strings without separators, cut by the widths of the chart's template."""
    distinct = [text for text in dict.fromkeys(texts) if text]
    width = sum(size for _, size in chart.segments)
    if not distinct or not all(CODE.match(text) and len(text) == width for text in distinct):
        return None
    return _lay_out(len(chart.segments), "", {text: _cut(text, chart) for text in distinct})


def _cut(text: str, chart: Chart) -> tuple[str, ...]:
    parts, start = [], 0
    for _, size in chart.segments:
        parts.append(text[start : start + size])
        start += size
    return tuple(parts)
