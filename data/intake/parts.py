"""Tables whose rows state their own side, fiscal year or basis: one table for each, so that no total mixes them."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from data.intake.charts import read_reference_rows
from data.intake.drafts import LabelDraft, TableDraft
from data.intake.headers import part_words, read_basis, read_label_header, read_row_side, read_years
from data.intake.numbers import is_year, pick
from data.intake.sections import find_row_sides
from planning.vocabulary import Basis, RowRole, Side

_MOST_DISTINCT = 40
_YEAR_COLUMN = re.compile(r"(?:budget |fiscal |school )?(?:year|yr)|fy|sy", re.I)
_PLACES = frozenset({"org", "location", "fund", "program"})
RowMeaning = tuple[Side, str, Basis | None]
_NOTHING: RowMeaning = (Side.UNKNOWN, "", None)


def part_by_rows(table: TableDraft, convention: str = "ends") -> list[TableDraft]:
    """The table itself, or one for each side, year and basis that its label columns name."""
    _take_year_columns(table)
    labels = [label for label in table.labels if len(label.distinct) <= _MOST_DISTINCT + len(table.totals)]
    has_years = any(value.meaning.years for value in table.values)
    has_bases = any(value.meaning.basis for value in table.values)
    sides = _find_sides(table, labels)
    of_sections = None if sides else find_row_sides(table)
    years = None if has_years else _find_meaning(table, labels, _read_year) or _find_bare_years(table, convention)
    bases = None if has_bases else _find_meaning(table, labels, read_basis) or _find_basis_codes(table, labels)
    if sides is None and of_sections is None and years is None and bases is None:
        return [table]
    of_detail = of_sections or [sides[p] if sides else Side.UNKNOWN for p in table.detail]
    of_rows: list[RowMeaning] = [
        (side, years[p] if years else "", bases[p] if bases else None)
        for side, p in zip(of_detail, table.detail, strict=True)
    ]
    return part_table(table, of_rows)


def _take_year_columns(table: TableDraft) -> None:
    """Numbers such as 2025 under Fiscal Year name the year of their rows and are no amounts."""
    called = [value for value in table.values if _YEAR_COLUMN.fullmatch(part_words(value.header).strip())]
    for value in called:
        figures = [amount for amount in value.amounts if amount == amount]
        if figures and all(map(is_year, figures)):
            table.values.remove(value)
            texts = [str(int(amount)) if amount == amount else "" for amount in value.amounts]
            table.labels.append(LabelDraft(value.index, value.header, read_label_header(value.header), texts))
    table.labels.sort(key=lambda label: label.index)


def _find_sides(table: TableDraft, labels: Sequence[LabelDraft]) -> list | None:
    """What a column says of the side of every row: one that tells two apart, else any that names no unit or fund."""
    found = [side for label in labels if (side := _find_meaning(table, [label], _read_side)) is not None]
    both = [side for side in found if len({side[p] for p in table.detail}) > 1]
    plain = [label for label in labels if label.meaning.dimension not in _PLACES]
    return both[0] if both else _find_meaning(table, plain, _read_side)


def _read_side(text: str) -> Side | None:
    side = read_row_side(text)
    return None if side is Side.UNKNOWN else side


def _read_year(text: str) -> str | None:
    years, bare = read_years(text)
    return years[0] if len(years) == 1 and not bare else None


def _find_bare_years(table: TableDraft, convention: str) -> list | None:
    """Bare years such as 2025 on every row, in a column that is called a year."""
    labels = [label for label in table.labels if _YEAR_COLUMN.fullmatch(part_words(label.header).strip())]

    def read(text: str) -> str | None:
        years, bare = read_years(text, convention)
        return years[0] if bare and len(years) == 1 else None

    found = _find_meaning(table, labels, read)
    table.rows_bare_years = found is not None
    return found


@cache
def _read_basis_codes() -> Mapping[str, Mapping[str, Basis]]:
    """Codes that state systems write for how firm an amount is, by what their column is called."""
    codes: dict[str, dict[str, Basis]] = {}
    for row in read_reference_rows("basis-codes.csv"):
        codes.setdefault(row["header"].replace(" ", ""), {})[row["code"]] = Basis(row["basis"])
    return codes


def _find_basis_codes(table: TableDraft, labels: Sequence[LabelDraft]) -> list | None:
    for label in labels:
        codes = _read_basis_codes().get(part_words(label.header).replace(" ", "").lower())
        if codes and (found := _find_meaning(table, [label], codes.get)):
            return found
    return None


def _find_meaning(table: TableDraft, labels: Sequence[LabelDraft], read: Callable[[str], object]) -> list | None:
    """By position in the body, what the first label column says whose every detail row says it."""
    for label in labels:
        texts = set(pick(label.texts, table.detail))
        meanings = {text: read(text) for text in texts}
        if meanings and all(meaning is not None for meaning in meanings.values()):
            return [meanings.get(text) for text in label.texts]
    return None


def part_table(table: TableDraft, of_rows: Sequence[RowMeaning]) -> list[TableDraft]:
    """One table for each meaning, in the order of their first rows; `of_rows` has one entry a detail row."""
    positions: dict[RowMeaning, list[int]] = {}
    for position, meaning in zip(table.detail, of_rows, strict=True):
        positions.setdefault(meaning, []).append(position)
    if len(positions) > 1:
        words = [", ".join(filter(None, _describe(meaning))) for meaning in positions]
        table.reasons.append(f"The rows are read apart: {'; '.join(words)}.")
    return [_take_part(table, meaning, detail) for meaning, detail in positions.items()]


def _describe(meaning: RowMeaning) -> tuple[str, str, str]:
    side, year, basis = meaning
    return (str(side).replace("_", " ") if side is not Side.UNKNOWN else "", year, str(basis or ""))


def _take_part(table: TableDraft, meaning: RowMeaning, detail: list[int]) -> TableDraft:
    side, year, basis = meaning
    start = table.body.start
    kept = set(detail)
    owners = {total.row: _is_owner(table.detail, total.position, kept) for total in table.totals}
    left_out = {start + p for p in table.detail if p not in kept} | {row for row, own in owners.items() if not own}
    part = replace(
        table,
        detail=detail,
        side=side if side is not Side.UNKNOWN else table.side,
        own_year=year or table.own_year,
        own_basis=basis or table.own_basis,
        values=[replace(value) for value in table.values],
        labels=list(table.labels),
        roles={row: role for row, role in table.roles.items() if row not in left_out},
        reasons=list(table.reasons),
        headings=[replace(heading, detail_before=_count(detail, heading.row - start)) for heading in table.headings],
        totals=[replace(t, detail_before=_count(detail, t.position)) for t in table.totals if owners[t.row]],
    )
    part.roles.update(dict.fromkeys(part.detail_rows(), RowRole.DETAIL))
    return part


def _is_owner(detail: list[int], position: int, kept: set[int]) -> bool:
    """A total belongs to the side of the line above it."""
    above = bisect_left(detail, position) - 1
    return above >= 0 and detail[above] in kept


def _count(detail: list[int], position: int) -> int:
    return bisect_left(detail, position)
