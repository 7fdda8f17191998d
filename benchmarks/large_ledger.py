"""A ledger of any length as a finance system exports it: fifteen columns, one line an account, a printed total below.

    uv run python benchmarks/large_ledger.py FILE.xlsx [--lines 100000] [--amounts 3]

The same seed gives the same ledger. Codes and names repeat as they do in a ledger, accounts do not; the columns of
amounts carry cents, and the last row adds each of them up.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter import Workbook

COLUMNS = 15
FUNDS = {"10": "General Fund", "21": "Food Services", "23": "Grants", "27": "Debt Service", "43": "Building Fund"}
FUNCTIONS = {
    "1100": "Regular Instruction", "1200": "Special Education", "2120": "Guidance", "2210": "Curriculum",
    "2320": "Executive Administration", "2410": "Office of the Principal", "2510": "Fiscal Services",
    "2580": "Administrative Technology", "2620": "Building Operations", "2720": "Pupil Transportation",
}  # fmt: skip
OBJECTS = {
    "110": "Salaries", "210": "Group Insurance", "220": "Social Security", "320": "Professional Services",
    "430": "Repairs", "530": "Communications", "610": "Supplies", "640": "Books", "650": "Technology Supplies",
    "734": "Technology Equipment", "810": "Dues and Fees",
}  # fmt: skip
LABELS = (
    "Fund", "Fund Name", "Function", "Function Name", "Object", "Object Name", "Location", "Location Name", "Program",
    "Account", "Description", "Vendor",
)  # fmt: skip
YEARS = ("2022-23 Actual", "2023-24 Actual", "2024-25 Actual", "2025-26 Adopted", "2026-27 Proposed")


def write_ledger(path: Path, lines: int, amounts: int = 3, seed: int = 2026) -> list[int]:
    """Writes the workbook; answers what each column of amounts adds up to, in cents."""
    book = Workbook(str(path), {"constant_memory": lines > 200_000, "strings_to_formulas": False})
    sheet = book.add_worksheet("Ledger")
    labels = LABELS[: COLUMNS - amounts]
    sheet.write_row(0, 0, [*labels, *YEARS[-amounts:]])
    totals = [0] * amounts
    for row, (words, cents) in enumerate(_make_lines(random.Random(seed), lines, amounts), 1):
        for column, word in enumerate(words[: len(labels)]):
            sheet.write_string(row, column, word)
        for place, amount in enumerate(cents):
            sheet.write_number(row, len(labels) + place, amount / 100)
            totals[place] += amount
    sheet.write_string(lines + 1, 0, "Grand Total")
    for place, total in enumerate(totals):
        sheet.write_number(lines + 1, len(labels) + place, total / 100)
    book.close()
    return totals


def _make_lines(random_: random.Random, lines: int, amounts: int) -> Iterator[tuple[Sequence[str], list[int]]]:
    vendors = [f"Vendor {number:04}" for number in range(1_500)]
    for line in range(lines):
        fund, function, object_ = (random_.choice([*codes]) for codes in (FUNDS, FUNCTIONS, OBJECTS))
        school = random_.randrange(1, 120)
        program = f"{random_.randrange(90):03}"
        account = f"{fund}-{function}-{object_}-{school:03}-{program}-{line:06}"
        words = (
            fund, FUNDS[fund], function, FUNCTIONS[function], object_, OBJECTS[object_], f"{school:03}",
            f"School {school}", program, account, f"{OBJECTS[object_]} for program {program}", random_.choice(vendors),
        )  # fmt: skip
        base = random_.randrange(50_00, 90_000_00)
        yield words, [base * (100 + 3 * year) // 100 for year in range(amounts)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--amounts", type=int, default=3, choices=range(1, len(YEARS) + 1))
    arguments = parser.parse_args()
    totals = write_ledger(arguments.file, arguments.lines, arguments.amounts)
    print(", ".join(f"{total / 100:,.2f}" for total in totals))


if __name__ == "__main__":
    main()
