"""One changed assumption on a plan of 200 initiatives × 20 cost lines × 10 years, beside LibreOffice recalculating it.

    uv run python benchmarks/evaluate_plan.py [--runs 15] [--rival-runs 3]

The same plan goes to `planning.evaluation.evaluate` (plan in, every cent of every line, year and payer out) and, with
formulas for every line and year, every initiative's cost, gap and present value, to LibreOffice without a window. Both
in one run, by turns; LibreOffice's start with an empty workbook is timed too and taken off. What both come to is
compared to the cent, so a file that was not recalculated is noticed.
"""

import argparse
import gc
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from data.reference import load_reference  # noqa: E402 - this file is run by its path
from planning.evaluation import Evaluation, evaluate  # noqa: E402
from planning.fiscal_years import list_fiscal_years, start_year_of  # noqa: E402
from planning.model import (  # noqa: E402
    Commitment,
    CostLine,
    District,
    DriverCount,
    EscalationRate,
    FundingSource,
    Initiative,
    Plan,
    YearAmount,
)
from planning.vocabulary import CostCategory, CostKind, Driver, SourceKind  # noqa: E402

LIMIT_MS, LEAST_RATIO = 50.0, 10.0
INITIATIVES, LINES, SOURCES = 200, 20, 12
YEARS = list_fiscal_years("FY2026-27", 10)
TODAY = date(2026, 11, 23)
KINDS = (
    [CostKind.RECURRING] * 10
    + [CostKind.STAFFING] * 2
    + [CostKind.REFRESH] * 3
    + [CostKind.SUBSCRIPTION] * 3
    + [CostKind.ONE_TIME] * 2
)
CATEGORIES = (CostCategory.HARDWARE, CostCategory.SOFTWARE, CostCategory.EXTERNAL_SERVICES, CostCategory.DIRECT_LABOR)
RATES = {"supplies": Decimal("0.03"), "salaries": Decimal("0.035")}
# Columns of the lines' sheet: what stands before the amounts of the years.
KIND, INITIATIVE, QUANTITY, COUNTED, PRICE, LOADING, RATE, DOLLAR_YEAR, START, STEP, SHARE, UPLIFT = "ABCDEFGHIJKL"
FIRST_YEAR_COLUMN = 12


def build_plan(seed: int = 5) -> Plan:
    """The same plan for the same seed: every kind of line, drivers, rates, terms, and a payer for every year."""
    dice = random.Random(seed)
    names = [f"i{number:03d}" for number in range(INITIATIVES)]
    lines = [_build_line(dice, name, number) for name in names for number in range(LINES)]
    commitments = [
        Commitment(
            initiative_id=name, source_id=f"s{place % SOURCES}", fiscal_year=year,
            amount_cents=dice.randint(10**5, 10**8),
        )
        for place, name in enumerate(names)
        for year in YEARS
    ]  # fmt: skip
    amounts = tuple(YearAmount(fiscal_year=year, amount_cents=10**13) for year in YEARS)
    sources = [
        FundingSource(source_id=f"s{number}", name="Source", kind=SourceKind.OTHER, amounts=amounts)
        for number in range(SOURCES)
    ]
    district = District(
        district_id="benchmark",
        name="Benchmark",
        first_fiscal_year=YEARS[0],
        horizon_years=len(YEARS),
        escalation_rates=tuple(EscalationRate(name=name, rate_per_year=rate) for name, rate in RATES.items()),
        driver_counts=tuple(
            DriverCount(driver=Driver.STUDENTS, fiscal_year=year, count=Decimal(6200 - 60 * place))
            for place, year in enumerate(YEARS)
        ),
    )
    return Plan(
        district=district,
        initiatives=tuple(Initiative(initiative_id=name, name=name, start=YEARS[0], life_years=10) for name in names),
        cost_lines=tuple(lines),
        sources=tuple(sources),
        commitments=tuple(commitments),
    )


def _build_line(dice: random.Random, initiative: str, number: int) -> CostLine:
    kind = KINDS[number]
    counted = number % 7 == 0
    return CostLine(
        cost_line_id=f"{initiative}.{number}",
        initiative_id=initiative,
        description="A cost line",
        kind=kind,
        category=CostCategory.DIRECT_LABOR if kind is CostKind.STAFFING else CATEGORIES[number % 4],
        quantity=Decimal(1 if counted else dice.randint(1, 400)),
        driver=Driver.STUDENTS if counted else Driver.FIXED,
        unit_price_usd=Decimal(dice.randint(100, 9000 if counted else 90000)) / 100,
        dollar_year=YEARS[0],
        start=YEARS[number % 3],
        escalation=("supplies", "salaries", None)[number % 3],
        refresh_years=4,
        residual_fraction=Decimal("0.1"),
        term_years=3,
        renewal_uplift=Decimal("0.04"),
        loading_fraction=Decimal("0.36") if kind is CostKind.STAFFING else Decimal(0),
    )


def write_formulas(plan: Plan, path: Path) -> None:
    """The plan as a spreadsheet would hold it: a row a line, a formula a year, sums and present value an initiative."""
    with Workbook(str(path)) as book:
        inputs, lines, result = (book.add_worksheet(name) for name in ("Inputs", "Lines", "Initiatives"))
        inputs.write_row(0, 0, ["students", *(6200 - 60 * place for place in range(len(YEARS)))])
        inputs.write_row(1, 0, ["rate", *(float(rate) for rate in RATES.values()), 0.0])
        inputs.write_row(2, 0, ["discount", float(plan.district.discount_rate)])
        lines.write_row(0, FIRST_YEAR_COLUMN, [start_year_of(year) for year in YEARS])
        for row, line in enumerate(plan.cost_lines, 1):
            lines.write_row(row, 0, _list_inputs(line))
            lines.write(
                row, 6, f"=Inputs!${'DBC'[1 + list(RATES).index(line.escalation)] if line.escalation else 'D'}$2"
            )
            for place in range(len(YEARS)):
                lines.write_formula(row, FIRST_YEAR_COLUMN + place, _write_amount(line.kind, row, place))
        _write_results(plan, result)


def _list_inputs(line: CostLine) -> list[str | float]:
    step = line.refresh_years if line.kind is CostKind.REFRESH else line.term_years
    counted = 1.0 if line.driver is Driver.STUDENTS else 0.0
    numbers = (line.quantity, counted, line.unit_price_usd, line.loading_fraction, 0)
    years = (start_year_of(line.dollar_year), start_year_of(line.start), step or 1)
    shares = (line.residual_fraction, line.renewal_uplift or 0)
    return [str(line.kind), line.initiative_id, *(float(value) for value in (*numbers, *years, *shares))]


def _write_amount(kind: CostKind, row: int, place: int) -> str:
    cell = {name: f"${name}{row + 1}" for name in "CDEFGHIJKL"}
    year = f"{xl_col_to_name(FIRST_YEAR_COLUMN + place)}$1"
    count = f"IF({cell['D']}=1,Inputs!${xl_col_to_name(1 + place)}$1,1)"
    unit = f"{cell['C']}*{cell['E']}*(1+{cell['F']})"
    age = f"({year}-{cell['I']})"
    if kind is CostKind.ONE_TIME:
        return f"=IF({age}=0,ROUND({unit}*{count}*(1+{cell['G']})^({year}-{cell['H']}),2),0)"
    if kind is CostKind.SUBSCRIPTION:
        growth = f"(1+{cell['L']})^INT({age}/{cell['J']})*(1+{cell['G']})^({cell['I']}-{cell['H']})"
        return f"=IF({age}>=0,ROUND({unit}*{count}*{growth},2),0)"
    amount = f"ROUND({unit}*{count}*(1+{cell['G']})^({year}-{cell['H']}),2)"
    if kind is not CostKind.REFRESH:
        return f"=IF({age}>=0,{amount},0)"
    before = f"IF({cell['D']}=1,Inputs!${xl_col_to_name(max(place - 3, 1))}$1,1)"
    old = f"ROUND({cell['K']}*{unit}*{before}*(1+{cell['G']})^({year}-{cell['J']}-{cell['H']}),2)"
    return f"=IF(AND({age}>=0,MOD({age},{cell['J']})=0),{amount}-IF({age}>0,{old},0),0)"


def _write_results(plan: Plan, sheet: Worksheet) -> None:
    """Cost, what is committed, the gap and the present value of every initiative, and the plan's total in row 1."""
    last, years = len(plan.cost_lines) + 1, len(YEARS)
    paid = {(item.initiative_id, item.fiscal_year): item.amount_cents / 100 for item in plan.commitments}
    for row, item in enumerate(plan.initiatives, 1):
        sheet.write(row, 0, item.initiative_id)
        for place, year in enumerate(YEARS):
            column = xl_col_to_name(FIRST_YEAR_COLUMN + place)
            total = f"=SUMIF(Lines!$B$2:$B${last},$A{row + 1},Lines!{column}$2:{column}${last})"
            sheet.write_formula(row, 1 + place, total)
            sheet.write(row, 1 + years + place, paid.get((item.initiative_id, year), 0.0))
            cost, given = xl_rowcol_to_cell(row, 1 + place), xl_rowcol_to_cell(row, 1 + years + place)
            sheet.write_formula(row, 1 + 2 * years + place, f"=MAX({cost}-{given},0)")
        first, end = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row, years)
        sheet.write_formula(row, 1 + 3 * years, f"=NPV(Inputs!$B$3,{first}:{end})")
    end = len(plan.initiatives) + 1
    for place in range(3 * years + 1):
        column = xl_col_to_name(1 + place)
        sheet.write_formula(0, 1 + place, f"=SUM({column}2:{column}{end})")


def make_profile(folder: Path) -> Path:
    """A profile in which LibreOffice recalculates every workbook that it opens; it would trust the file otherwise."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    item = (
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        "<value>0</value></prop></item>"
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{item}</oor:items>",
        encoding="utf-8",
    )
    return folder / "profile"


def recalculate(office: str, path: Path, folder: Path) -> tuple[float, float]:
    """Milliseconds, and CPU milliseconds, that LibreOffice takes to open, recalculate and write the last sheet."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    command = [office, f"-env:UserInstallation={make_profile(folder).as_uri()}", "--headless", "--convert-to", options]
    started, before = time.perf_counter(), os.times()
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=600)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return 1000 * (time.perf_counter() - started), 1000 * used


def read_totals(folder: Path, name: str) -> list[float]:
    """The plan's totals as LibreOffice worked them out."""
    (path,) = folder.glob(f"{name}*.csv")
    return [float(cell) for cell in path.read_text(encoding="utf-8").splitlines()[0].split(",")[1:]]


def list_totals(evaluation: Evaluation) -> list[float]:
    """The same totals from an evaluation: cost by year and present value, in dollars."""
    table = evaluation.table
    by_year = table.sum_by(table.year, len(YEARS))
    value = sum(item.present_value_cents for item in evaluation.initiatives)
    return [cents / 100 for cents in by_year] + [value / 100]


def measure(plan: Plan, runs: int) -> tuple[list[float], list[float], list[float], Evaluation]:
    """Milliseconds and CPU milliseconds of each evaluation, with another rate each time; of making every amount an
    object; and the evaluation of the plan itself.
    """
    reference = load_reference()
    columns, cpu, objects = list[float](), list[float](), list[float]()
    evaluation = evaluate(plan, reference, TODAY)
    for run in range(runs):
        rate = Decimal(20 + run) / 1000
        rates = (EscalationRate(name="supplies", rate_per_year=rate), *plan.district.escalation_rates[1:])
        changed = plan.model_copy(update={"district": plan.district.model_copy(update={"escalation_rates": rates})})
        del evaluation
        gc.collect()
        started, used = time.perf_counter(), time.process_time()
        evaluation = evaluate(changed, reference, TODAY)
        columns.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - used))
    for _ in range(3):
        evaluation = evaluate(plan, reference, TODAY)
        started = time.perf_counter()
        assert evaluation.atoms
        objects.append(1000 * (time.perf_counter() - started))
    return columns, cpu, objects, evaluate(plan, reference, TODAY)


def report(name: str, milliseconds: Sequence[float]) -> float:
    median = statistics.median(milliseconds)
    print(f"{name:<58} median {median:9.1f} ms   fastest {min(milliseconds):9.1f} ms")
    return median


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--rival-runs", type=int, default=3)
    options = parser.parse_args()
    office = shutil.which("libreoffice") or shutil.which("soffice")
    plan = build_plan()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_formulas(plan, folder / "plan.xlsx")
        with Workbook(str(folder / "empty.xlsx")) as book:
            for sheet in ("Inputs", "Lines", "Initiatives"):
                book.add_worksheet(sheet).write(0, 0, 1)
        columns, cpu, objects = list[float](), list[float](), list[float]()
        rival, start = list[tuple[float, float]](), list[tuple[float, float]]()
        evaluation = evaluate(plan, load_reference(), TODAY)
        if office:
            recalculate(office, folder / "empty.xlsx", folder)  # makes the profile
        for _ in range(options.rival_runs):
            found = measure(plan, max(options.runs // options.rival_runs, 1))
            columns, cpu, objects = columns + found[0], cpu + found[1], objects + found[2]
            evaluation = found[3]
            if office:
                start.append(recalculate(office, folder / "empty.xlsx", folder))
                rival.append(recalculate(office, folder / "plan.xlsx", folder))
        ours = report(f"evaluate: {len(evaluation.table.cents):,} amounts out in cents", columns)
        ours_cpu = report("CPU time of it", cpu)
        report("and to make every amount an object beside it", objects)
        if not office:
            print("LibreOffice is not here; nothing to compare with.")
            return int(ours > LIMIT_MS)
        whole = report("LibreOffice: open, recalculate, write the totals", [wall for wall, _ in rival])
        work = whole - report("LibreOffice: the same with an empty workbook", [wall for wall, _ in start])
        used = report("CPU time of the first", [used for _, used in rival])
        used -= report("CPU time of the second", [used for _, used in start])
        theirs = read_totals(folder, "plan")
        theirs = [*theirs[: len(YEARS)], theirs[-1]]
        difference = max(abs(a - b) for a, b in zip(list_totals(evaluation), theirs, strict=True))
    print(f"ratio {whole / ours:.0f} with its start, {work / ours:.0f} without, {used / ours_cpu:.0f} in CPU time")
    print(f"largest difference of a year's cost or the present value: ${difference:.4f}")
    return int(min(ours, ours_cpu) > LIMIT_MS or used / ours_cpu < LEAST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
