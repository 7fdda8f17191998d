"""A budget file of an invented district, made from a seed, with its truth beside it."""

from decimal import Decimal
from random import Random

from benchmarks.layouts.documents import Document
from benchmarks.layouts.families import FAMILIES, MANY_SHEETS
from benchmarks.layouts.others import OTHERS
from benchmarks.layouts.printed import Sheet
from benchmarks.layouts.spelling import MoneySpelling, choose_money, write_plain
from benchmarks.layouts.truth import Layout, Truth, WrongTotal, add_details, count_lines, find_cells
from benchmarks.layouts.wider import widen
from benchmarks.layouts.wider_families import WIDER_FAMILIES, WIDER_MANY_SHEETS
from benchmarks.layouts.wider_others import WIDER_OTHERS
from benchmarks.layouts.writers import write_file

_SUFFIXES = ("xlsx", "xlsx", "xlsx", "xlsx", "csv", "csv", "tsv", "ods")
_OTHER_SHARE = 0.09
_WIDER_SHARE = 0.12  # of families that the first edition did not have
_THOUSANDS_FORMAT = "#,##0,"
_FORMATS = ("#,##0.00", "#,##0", "$#,##0.00", "General", "#,##0.00;(#,##0.00)", "#,##0_);(#,##0)")


def generate(seed: int, widened: bool = True) -> Layout:
    """The file of a seed. The same seed always gives the same file; not widened, that of the first edition."""
    rng = Random(f"layout {seed}")
    wide = Random(f"wider {seed}") if widened else None
    suffix = rng.choice(_SUFFIXES)
    if rng.random() < _OTHER_SHARE:
        return _generate_other(seed, rng, suffix, wide)
    names = [name for name in FAMILIES if suffix in ("xlsx", "ods") or name not in MANY_SHEETS]
    family = rng.choices(names, [FAMILIES[name][0] for name in names])[0]
    document = Document(rng, suffix, wide)
    build = FAMILIES[family][1]
    if wide is not None and wide.random() < _WIDER_SHARE:
        family = wide.choice([n for n in WIDER_FAMILIES if suffix in ("xlsx", "ods") or n not in WIDER_MANY_SHEETS])
        build = WIDER_FAMILIES[family]
    document.in_thousands = _choose_thousands(rng, suffix)
    document.note(family=family, suffix=suffix, thousands=document.in_thousands)
    build(document)
    widen(document)
    return _finish(seed, document)


def _choose_thousands(rng: Random, suffix: str) -> str:
    if rng.random() > 0.07:
        return ""
    return rng.choice(["words", "format"]) if suffix == "xlsx" else "words"


def _finish(seed: int, document: Document) -> Layout:
    """Spoils what is to be spoiled, and writes truth and file."""
    rng = document.rng
    money = choose_money(rng, document.suffix in ("csv", "tsv"))
    number_format = rng.choice(_FORMATS)
    scale = 1000 if document.in_thousands == "words" else 1
    if document.in_thousands == "format":
        money, number_format = MoneySpelling("numbers", None), _THOUSANDS_FORMAT
    if document.plain_money:
        money = write_plain(money)
    wrong = _spoil_total(rng, document.sheets) if rng.random() < 0.1 else ()
    if rng.random() < 0.3:
        _write_codes_as_numbers(document.sheets)
        document.note(codes_as_numbers=True)
    malformed = _spoil_amount(rng, document.sheets) if rng.random() < 0.03 else ()
    document.note(money=money.name, zero=money.zero, empty=money.empty, wrong=bool(wrong), malformed=bool(malformed))
    truth = Truth(
        True,
        add_details(document.sheets, scale),
        add_details(document.sheets, scale, "taken_off"),
        count_lines(document.sheets) if document.count_lines else None,
        scale,
        wrong,
        malformed,
        document.columns[0].fiscal_year if document.years.place == "nowhere" else "",
        document.side_said,
        document.balances,
    )
    content = write_file(document.suffix, document.sheets, money, number_format, rng)
    return Layout(seed, _name_file(document), content, truth, document.sheets, document.features)


def _name_file(document: Document) -> str:
    name = document.rng.choice(["budget", "board packet", "export", "Budget Book"])
    if document.years.place == "file":
        name = f"{document.years.spell(document.columns[0].start)} {name}".replace("/", "-")
    return f"{name}.{document.suffix}"


def _spoil_total(rng: Random, sheets: list[Sheet]) -> tuple[WrongTotal, ...]:
    """One printed total is wrong in the original, as happens where a total was typed by hand."""
    totals = [found for found in find_cells(sheets, "total") if found[2].key and found[2].key.unit == "usd"]
    if not totals:
        return ()
    sheet, name, cell = rng.choice(totals)
    cell.error = Decimal(rng.choice([-1, 1]) * rng.choice([100, 900, 5000]))
    if isinstance(cell.value, Decimal):
        cell.value += cell.error
    return (WrongTotal(sheet, name, cell.error),)


def _spoil_amount(rng: Random, sheets: list[Sheet]) -> tuple[tuple[str, str], ...]:
    """One amount was typed so that it is no number."""
    details = [found for found in find_cells(sheets, "detail") if isinstance(found[2].value, Decimal)]
    sheet, name, cell = rng.choice(details)
    cell.value = rng.choice(["793.138.22", "12,34,5x", "#REF!"])
    return ((sheet, name),)


def _write_codes_as_numbers(sheets: list[Sheet]) -> None:
    """Codes and bare years as numbers, as where a column was typed by hand."""
    for sheet in sheets:
        for cell in sheet.panel.cells.values():
            if not cell.role and isinstance(cell.value, str) and cell.value.isdigit() and cell.value[0] != "0":
                cell.value, cell.role = Decimal(cell.value), "number"


def _generate_other(seed: int, rng: Random, suffix: str, wide: Random | None) -> Layout:
    name = rng.choice(list(OTHERS))
    build = OTHERS[name]
    if wide is not None and wide.random() < 0.5:
        name = wide.choice(list(WIDER_OTHERS))
        build = WIDER_OTHERS[name]
    sheet = Sheet("Sheet1", build(rng))
    money = choose_money(rng, suffix in ("csv", "tsv"))
    content = write_file(suffix, [sheet], money, "#,##0.00", rng)
    features = {"family": "other", "suffix": suffix, "other": name, "money": money.name}
    return Layout(seed, f"{name}.{suffix}", content, Truth(False), [sheet], features)
