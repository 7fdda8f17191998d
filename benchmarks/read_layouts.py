"""Reads generated budgets of invented districts and reports how many are read as they are.

uv run python benchmarks/read_layouts.py --seeds 0..399
uv run python benchmarks/read_layouts.py --seeds 17..17 --show        # what went wrong, and the sheet
uv run python benchmarks/read_layouts.py --seeds 0..399 --save DIR    # also writes the files that went wrong
uv run python benchmarks/read_layouts.py --seeds 0..399 --rates       # nothing of single files: for held-out seeds
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.layouts.generate import generate
from benchmarks.layouts.judge import Outcome, Verdict, judge
from benchmarks.layouts.truth import Layout


def main() -> None:
    options = _read_options()
    first, last = map(int, options.seeds.split(".."))
    outcomes: Counter[Outcome] = Counter()
    families: Counter[tuple[str, Outcome]] = Counter()
    questions: Counter[int] = Counter()
    for seed in range(first, last + 1):
        layout = generate(seed, widened=not options.first_edition)
        verdict = judge(layout)
        outcomes[verdict.outcome] += 1
        families[layout.features["family"], verdict.outcome] += 1
        questions[verdict.questions] += 1
        if verdict.outcome is not Outcome.RIGHT and not options.rates:
            _report(layout, verdict, options.show)
            if options.save:
                _save(layout, Path(options.save))
    _print_rates(outcomes, questions)
    if not options.rates:
        _print_families(families)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", required=True, help="first and last seed, like 0..399")
    parser.add_argument("--show", action="store_true", help="print every file that was not read right")
    parser.add_argument("--rates", action="store_true", help="print the rates alone: held-out seeds stay unseen")
    parser.add_argument("--save", help="a folder for the files that were not read right")
    parser.add_argument("--first-edition", action="store_true", help="the layouts before the generator was widened")
    return parser.parse_args()


def _report(layout: Layout, verdict: Verdict, show: bool) -> None:
    features = " ".join(f"{name}={value}" for name, value in layout.features.items() if value not in ("", "False"))
    print(f"seed {layout.seed}: {verdict.outcome}\n   {features}")
    for why in verdict.why[:6]:
        print(f"   {why}")
    if show:
        _show(layout)


def _show(layout: Layout) -> None:
    for sheet in layout.sheets:
        print(f"   --- {sheet.name}")
        for row in range(sheet.panel.height):
            cells = [sheet.panel.cells.get((row, column)) for column in range(sheet.panel.width)]
            print(f"   {row + 1:3}", " | ".join("" if cell is None else f"{cell.value}"[:22] for cell in cells))


def _save(layout: Layout, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{layout.seed} {layout.file_name}").write_bytes(layout.content)


def _print_rates(outcomes: Counter[Outcome], questions: Counter[int]) -> None:
    total = outcomes.total()
    print(f"\n{total} files")
    for outcome in Outcome:
        print(f"{outcome:34} {outcomes[outcome]:5}  {outcomes[outcome] / total:6.1%}")
    print("questions asked: " + ", ".join(f"{count} in {questions[count]}" for count in sorted(questions)))


def _print_families(families: Counter[tuple[str, Outcome]]) -> None:
    for family in sorted({name for name, _ in families}):
        of_family = {outcome: families[family, outcome] for outcome in Outcome if families[family, outcome]}
        right = of_family.get(Outcome.RIGHT, 0)
        print(f"{family:14} {right} of {sum(of_family.values())} right", {str(k): v for k, v in of_family.items()})


if __name__ == "__main__":
    main()
