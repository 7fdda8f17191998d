"""The real workbooks printed differently: every truth stays, or a person is told.

The suite tries a spread of the variants; `python techplan.py test -m rehearsal -k variants` tries all of them, and each
workbook as a file of every kind, and prints the rates.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from data.intake.cells import Workbook
from data.intake.headers import read_scale
from data.intake.model import Reading
from data.intake.reading import read_budget, read_budget_file
from data.intake.source import read_workbook
from planning.vocabulary import ReadingStatus
from tests.data.intake.test_real_workbooks import ANSWERS, MET, find_file, read_manifest
from tests.data.intake.variant_changes import CHANGES, LOST, SPOILED
from tests.data.intake.variant_files import FILES, TEXT_FILES, Write, convert_with_office, write_xlsx
from tests.data.intake.variant_truths import Verdict, judge
from tests.data.intake.variants import Layout, find_layout

SHARED = Path(__file__).parents[4] / "shared" / "workbooks"
LARGE = ("nyc_council", "sfusd")
EVERY_NTH = 11
FEWEST_VARIANTS = 300
FEWEST_RIGHT = 0.99
# What number formats say is lost in every other kind of file: then it is asked, and answered here.
WITHOUT_FORMATS = {"scale": "dollars"}

# Changes that keep columns, sheets and names in place, so that the manifest's truths can be looked up as they are.
IN_PLACE = (
    *("shifted down", "blank rows", "larger dimensions", "titles", "merged titles", "notes", "header on every page"),
    *("placeholders", "labels padded", "text, blank rows, titles", "amounts as"),
)

BY_ADDRESS = {("tulsa", number) for number in (1, 3, 5, 11)}
SMALLEST_AMOUNT = 1000

pytestmark = [
    pytest.mark.workbooks,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared workbooks are not here"),
]


@dataclass(frozen=True)
class Original:
    """A real workbook, what it says once its questions are answered, and where everything stands."""

    workbook: Workbook
    answers: dict[str, str]
    reading: Reading
    layout: Layout


@dataclass(frozen=True)
class Outcome:
    """How one variant was read."""

    name: str
    verdict: Verdict
    differences: list[str]
    questions: int


def list_files() -> list[str]:
    return sorted(path.name for path in SHARED.glob("*") if path.suffix in (".xlsx", ".csv"))


@cache
def read_original(file: str) -> Original:
    workbook = read_workbook(str(SHARED / file))
    cells = {cell for sheet in workbook.sheets for row in sheet.rows for cell in row if type(cell) is str}
    if any(read_scale(text) > 1 for text in cells):
        workbook = read_workbook(str(SHARED / file), details=True)
    answers = next((found for key, found in ANSWERS.items() if file.startswith(key)), {})
    reading = read_budget(workbook, answers)
    return Original(workbook, answers, reading, find_layout(workbook, reading))


def list_variants() -> list[tuple[str, str, int]]:
    return [
        (file, name, seed) for file in list_files() for name, (_, seeds) in CHANGES.items() for seed in range(seeds)
    ]


def try_variant(file: str, name: str, seed: int) -> Outcome | None:
    """The reading of one variant of the cells against the original; None where the change does not apply."""
    original = read_original(file)
    change, _ = CHANGES[name]
    variant = change(original.workbook, original.layout, Random(seed))
    if variant is None:
        return None
    reading = read_budget(variant, original.answers)
    outcome = _judge(f"{file[:24]}: {name} {seed}", original.reading, reading, LOST.get(name, ()))
    missed = list_missed(file, reading) if name.startswith(IN_PLACE) and outcome.verdict is Verdict.RIGHT else []
    return replace(outcome, verdict=Verdict.SILENT, differences=missed) if missed else outcome


def list_missed(file: str, reading: Reading) -> list[str]:
    """Amounts of the manifest that a reading does not give."""
    key = next((key for key in MET if file.startswith(key)), "")
    missed = []
    for number, check in MET.get(key, {}).items():
        truth = read_manifest()[find_file(key)]["truths"][number]
        expected = truth["expected_value"]
        if (key, number) not in BY_ADDRESS and expected >= SMALLEST_AMOUNT:
            leeway = float(truth["tolerance"]) + 0.005
            missed += [truth["description"]] if abs(float(check(reading)) - float(expected)) > leeway else []
    return missed


def _judge(name: str, original: Reading, reading: Reading, lost: tuple[str, ...] = ()) -> Outcome:
    verdict, differences = judge(original, reading, lost)
    return Outcome(name, verdict, differences, len(reading.questions))


def choose_sheet(original: Original) -> Original:
    """The workbook cut down to the sheet with most published lines, as a text file must be."""
    if len(original.workbook.sheets) == 1:
        return original
    lines = Counter({sheet.name: 0 for sheet in original.workbook.sheets})
    for table in original.reading.tables:
        lines[table.sheet] += len(table.lines.row_number) if table.counted else 0
    name, _ = lines.most_common(1)[0]
    workbook = replace(original.workbook, sheets=[s for s in original.workbook.sheets if s.name == name])
    return replace(original, workbook=workbook, reading=read_budget(workbook, original.answers))


def try_file(file: str, kind: str, write: Write, folder: Path) -> Outcome:
    """The reading of a workbook saved as another kind of file against the original."""
    original = read_original(file)
    if kind in TEXT_FILES:
        original = choose_sheet(original)
    path = write(original.workbook, folder)
    answers = original.answers | ({} if kind == "xlsx" else WITHOUT_FORMATS)
    name = original.workbook.file_name if kind not in TEXT_FILES else None
    return _judge(f"{file[:24]}: saved as {kind}", original.reading, read_budget_file(str(path), name, answers))


def say(outcomes: list[Outcome]) -> str:
    """The rates, and each variant that was not read right."""
    tally = Counter(outcome.verdict for outcome in outcomes)
    rates = [f"{len(outcomes)} variants", *(f"{tally[verdict]} {verdict}" for verdict in Verdict)]
    wrong = [f"{o.name}: {o.verdict} {o.differences}" for o in outcomes if o.verdict is not Verdict.RIGHT]
    return "\n".join([", ".join(rates), *wrong])


def list_over_the_cap(outcomes: list[Outcome]) -> list[str]:
    """Variants that were read right and yet ask more than two questions."""
    return [outcome.name for outcome in outcomes if outcome.verdict is Verdict.RIGHT and outcome.questions > 2]


def spread_variants() -> Iterator[tuple[str, str, int]]:
    """Every so many variants of the smaller workbooks, over all changes and all files."""
    smaller = [variant for variant in list_variants() if not variant[0].startswith(LARGE)]
    return iter(smaller[::EVERY_NTH])


def test_a_spread_of_the_variants_is_read_right() -> None:
    outcomes = [outcome for variant in spread_variants() if (outcome := try_variant(*variant)) is not None]
    assert len(outcomes) > 70
    assert not [o.name for o in outcomes if o.verdict is not Verdict.RIGHT], say(outcomes)


@pytest.mark.parametrize("kind", [*FILES, *TEXT_FILES])
def test_every_kind_of_file_says_the_same(kind: str, tmp_path: Path) -> None:
    write = {**FILES, **TEXT_FILES}[kind]
    for file in ("philadelphia_city_general_fund_obligation_history_fy15-17.xlsx", "hubbardston_ma_fy26_budget.csv"):
        outcome = try_file(file, kind, write, tmp_path)
        assert outcome.verdict is Verdict.RIGHT, say([outcome])


def test_a_changed_figure_is_never_right() -> None:
    """The judge itself: a dollar more in one line must show."""
    original = read_original("philadelphia_city_general_fund_obligation_history_fy15-17.xlsx")
    rows = [list(cells) for cells in original.workbook.sheets[0].rows]
    row = min(original.layout[original.workbook.sheets[0].name].details)
    figure = rows[row][1]
    assert type(figure) is float
    rows[row][1] = figure + 1.0
    changed = replace(original.workbook, sheets=[replace(original.workbook.sheets[0], rows=rows)])
    assert judge(original.reading, read_budget(changed, original.answers))[0] is Verdict.SAID


def test_a_malformed_number_is_always_said() -> None:
    """Wherever it stands: the totals miss it, and a warning names its cell."""
    for file in [file for file in list_files() if not file.startswith(LARGE)]:
        original = read_original(file)
        for seed in range(3):
            variant = SPOILED["a malformed number"](original.workbook, original.layout, Random(seed))
            if variant is not None:
                verdict, _ = judge(original.reading, read_budget(variant, original.answers))
                assert verdict is not Verdict.SILENT, (file, seed)


def test_every_change_changes_something() -> None:
    """A change that leaves all workbooks as they are would prove nothing."""
    tried = {name for _, name, _ in list_variants()}
    for name in tried:
        files = [file for file in list_files() if not file.startswith(LARGE)]
        originals = map(read_original, files)
        made = ((o.workbook, CHANGES[name][0](o.workbook, o.layout, Random(0))) for o in originals)
        assert any(variant is not None and variant != workbook for workbook, variant in made), name


@pytest.mark.rehearsal
def test_all_variants_keep_every_truth(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [outcome for variant in list_variants() if (outcome := try_variant(*variant)) is not None]
    with capsys.disabled():
        print(f"\nCells: {say(outcomes)}")
    right = sum(outcome.verdict is Verdict.RIGHT for outcome in outcomes)
    assert len(outcomes) >= FEWEST_VARIANTS and right >= FEWEST_RIGHT * len(outcomes)
    assert not [outcome.name for outcome in outcomes if outcome.verdict is Verdict.SILENT]
    assert not list_over_the_cap(outcomes)


@pytest.mark.rehearsal
def test_all_kinds_of_files_keep_every_truth(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds = {**FILES, **TEXT_FILES}
    outcomes = [try_file(file, kind, write, tmp_path) for file in list_files() for kind, write in kinds.items()]
    outcomes += list(try_office(tmp_path))
    with capsys.disabled():
        print(f"\nFiles: {say(outcomes)}")
    right = sum(outcome.verdict is Verdict.RIGHT for outcome in outcomes)
    assert right >= FEWEST_RIGHT * len(outcomes)
    assert not [outcome.name for outcome in outcomes if outcome.verdict is Verdict.SILENT]


def try_office(folder: Path) -> Iterator[Outcome]:
    """The workbooks as a real office program saves them, where one is installed."""
    office = shutil.which("libreoffice")
    if office is None:
        return
    sources = []
    for number, file in enumerate(list_files()):
        (place := folder / f"source{number}").mkdir()
        sources.append(write_xlsx(read_original(file).workbook, place).rename(folder / f"book{number}.xlsx"))
    for kind in ("xls", "ods"):
        convert_with_office(office, sources, kind, folder)
        for number, file in enumerate(list_files()):
            original = read_original(file)
            reading = read_budget_file(
                str(folder / f"book{number}.{kind}"),
                original.workbook.file_name,
                original.answers | WITHOUT_FORMATS,
            )
            yield _judge(f"{file[:24]}: saved by an office program as {kind}", original.reading, reading)


def test_what_is_asked_on_variants_stays_what_is_asked_on_the_originals() -> None:
    """Spacers, titles and shifts say nothing new, so they raise no question."""
    original = read_original("boston_ma_fy24_adopted_operating_budget.csv")
    assert original.reading.status is ReadingStatus.READY and not original.reading.questions
    for name in ("everything moved", "header on every page", "row numbers"):
        variant = CHANGES[name][0](original.workbook, original.layout, Random(1))
        assert variant is not None and not read_budget(variant, original.answers).questions
