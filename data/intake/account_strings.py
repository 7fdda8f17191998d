"""What the cells of a label column hold: account strings, codes, codes with titles, or words."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.intake.charts import Chart
from data.intake.codes import CODE, part_code_title

_SEPARATOR = re.compile(r"[-./]")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,8}(?:[-./][0-9A-Za-z]{1,8})+\Z")
_DIGITS_ALONE = re.compile(r"[0-9]{1,8}(?:-[0-9]{1,8})+\Z")
_SAME_DIGITS = r"(?:[0-9]{1,8}(?:-[0-9]{1,8}){%d}(?:\n|\Z))*+\Z"
_DIGITS = frozenset("0123456789")
_MOST = 0.95
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class LabelContent:
    """The parts of every distinct text of a column; `segments` is 0 where it holds no account strings."""

    segments: int
    separator: str
    parts: Mapping[str, tuple[str, ...]]
    code_share: float

    @property
    def holds_codes(self) -> bool:
        return self.code_share >= _MOST


def read_label_content(texts: Sequence[str]) -> LabelContent:
    """What a column holds; `parts` gives segments for account strings, (code, title) for codes, nothing for words."""
    distinct = [text for text in dict.fromkeys(texts) if text]
    sample = distinct[:: len(distinct) // _SAMPLE + 1]
    if _usual_count(sample) >= 2:
        split = _split_all(distinct)
        usual = Counter(map(len, split.values())).most_common(1)[0][0]
        separator = next((found[0] for text in sample if (found := _SEPARATOR.search(text))), "-")
        return LabelContent(usual, separator, {t: p for t, p in split.items() if len(p) == usual}, 0.0)
    if not any(part_code_title(text)[0] for text in sample):
        return LabelContent(0, "", {}, 0.0)
    parted = {text: part_code_title(text) for text in distinct}
    coded = sum(1 for code, _ in parted.values() if code)
    return LabelContent(0, "", parted, coded / len(distinct))


def _usual_count(texts: Collection[str]) -> int:
    """The number of segments that nearly all texts have, else 0."""
    counts = Counter(len(_split(text)) for text in texts)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if times >= _MOST * len(texts) else 0


def _split_all(distinct: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The segments of every text, all at once where each is as many numbers and dashes as the first."""
    count = distinct[0].count("-") + 1
    joined = "\n".join(distinct)
    if count > 1 and re.match(_SAME_DIGITS % (count - 1), joined):
        segments = iter(joined.replace("\n", "-").split("-"))
        return dict(zip(distinct, zip(*[segments] * count, strict=True), strict=True))
    return {text: _split(text) for text in distinct}


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
    distinct = set(texts) - {""}
    width = sum(size for _, size in chart.segments)
    if not distinct or not all(CODE.match(text) and len(text) == width for text in distinct):
        return None
    return LabelContent(len(chart.segments), "", {text: _cut(text, chart) for text in distinct}, 0.0)


def _cut(text: str, chart: Chart) -> tuple[str, ...]:
    parts, start = [], 0
    for _, size in chart.segments:
        parts.append(text[start : start + size])
        start += size
    return tuple(parts)
