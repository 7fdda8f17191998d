"""Generated layouts: what the generator says of its files is true of their cells, and a handful is read as it is.

`benchmarks/read_layouts.py` reads hundreds; benchmarks/intake.md has the rates.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from benchmarks.layouts.generate import generate
from benchmarks.layouts.judge import Outcome, judge
from benchmarks.layouts.printed import add_up
from benchmarks.layouts.truth import Layout, add_details, count_lines, find_cells
from data.intake.source import read_workbook

CONSISTENT = range(60)
# Of the first edition, one of each family: years, totals, hierarchies, spellings of money and kinds of file among them.
READ_RIGHT = (
    0,
    2,
    5,
    7,
    8,
    9,
    10,
    11,
    14,
    17,
    18,
    22,
    23,
    28,
    30,
    31,
    32,
    34,
    35,
    36,
    38,
    40,
    46,
    47,
    50,
    51,
    59,
    73,
    155,
    267,
    454,
)

make = cache(generate)


@cache
def make_first(seed: int) -> Layout:
    return generate(seed, widened=False)


@pytest.mark.parametrize("seed", CONSISTENT)
def test_every_printed_total_is_the_sum_of_its_cells_but_for_what_is_wrong_on_purpose(seed: int) -> None:
    layout = make(seed)
    wrong = {(place.sheet, place.cell): place.difference for place in layout.truth.wrong}
    for sheet, name, cell in find_cells(layout.sheets, "total"):
        spoiled = any(isinstance(covered.value, str) for covered in cell.covers)
        assert spoiled or cell.value == add_up(cell.covers) + wrong.get((sheet, name), Decimal(0))


@pytest.mark.parametrize("seed", CONSISTENT)
def test_the_truth_adds_up_the_detail_cells(seed: int) -> None:
    layout = make(seed)
    if layout.truth.is_budget:
        assert layout.truth.totals == add_details(layout.sheets, layout.truth.scale)
        assert layout.truth.lines in (None, count_lines(layout.sheets))
        assert any(layout.truth.totals.values())


def test_the_same_seed_prints_the_same_cells() -> None:
    first, second = ([cell.value for cell in generate(7).sheets[0].panel.cells.values()] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", [seed for seed in CONSISTENT if make(seed).features["money"] == "numbers"][:12])
def test_the_file_holds_the_cells(seed: int, tmp_path: Path) -> None:
    layout = make(seed)
    path = tmp_path / layout.file_name
    path.write_bytes(layout.content)
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(str(path), layout.file_name).sheets}
    for sheet in layout.sheets:
        for (row, column), cell in sheet.panel.cells.items():
            if cell.role in ("detail", "total") and isinstance(cell.value, Decimal):
                read = sheets[sheet.name][row][column]
                assert read == f"{cell.value}{cell.mark}" if cell.mark else read == pytest.approx(float(cell.value))


@pytest.mark.parametrize("seed", READ_RIGHT)
def test_a_layout_is_read_as_it_is(seed: int) -> None:
    layout = make_first(seed)
    verdict = judge(layout)
    assert verdict.outcome is Outcome.RIGHT, (layout.features, verdict.why)
