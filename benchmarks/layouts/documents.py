"""A document in the making: which columns, titles, names and styles it has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.layouts.district import Column, District, invent_district
from benchmarks.layouts.headings import (
    PAIRS,
    STYLES,
    ValueColumn,
    Years,
    choose_years,
    plan_value_columns,
    word_columns,
)
from benchmarks.layouts.noise import hide_rows, put_notes
from benchmarks.layouts.printed import Panel, Sheet
from benchmarks.layouts.spelling import WIDER_YEAR_SPELLINGS
from benchmarks.layouts.tables import TableStyle, choose_style, widen_style

TITLES = {
    "expenditure": ("Expenditure Budget", "Expenditures by Function and Object", "Budgeted Expenditures"),
    "revenue": ("Revenue Budget", "Revenues by Source", "Revenue Detail"),
    "both": ("Budget", "General Ledger Budget Report", "Board Budget Document"),
    "unsaid": ("Budget Report", "Budget Detail", "District Budget by Account"),
}


@dataclass
class Document:
    """A document in the making: what was chosen for it and the sheets it has so far."""

    rng: Random
    suffix: str
    wide: Random | None = None  # what is drawn for the wider layouts; None for those of the first edition
    years: Years = field(default_factory=lambda: Years("2024-25", "header"))
    columns: tuple[Column, ...] = ()
    side: str = "expenditure"
    in_thousands: str = ""  # "", words, format
    side_said: bool = True
    count_lines: bool = True
    sheets: list[Sheet] = field(default_factory=list)
    features: dict[str, str] = field(default_factory=dict)
    paired: bool = False
    balances: bool = False
    plain_money: bool = False  # the currency sign stands in a column of its own

    def draws(self, share: float) -> bool:
        """Whether one of the wider layouts is drawn; never for those of the first edition."""
        return self.wide is not None and self.wide.random() < share

    def choose_years(self, place: str) -> Years:
        years = choose_years(self.rng, place)
        if self.wide is not None and place not in ("file", "sheet") and self.draws(0.2):
            return Years(self.wide.choice(list(WIDER_YEAR_SPELLINGS)), place)
        return years

    def note(self, **features: object) -> None:
        self.features.update({name: str(value) for name, value in features.items()})

    def add_sheet(self, name: str, panel: Panel) -> None:
        put_notes(self.rng, panel)
        if self.rng.random() < 0.08:
            hide_rows(self.rng, panel)
            self.note(hidden_rows=True)
        self.sheets.append(Sheet(name[:31], panel))


def choose_columns(document: Document, many: bool = True) -> None:
    """Years over several bases, or one year in several bases, or one column alone."""
    rng = document.rng
    start = rng.randint(2017, 2025)
    kind = rng.choice(["history", "history", "history", "year", "one"]) if many else "one"
    if kind == "history":
        columns = choose_history(rng, start)
        document.years = document.choose_years("header")
        document.paired = document.draws(0.12)
    elif kind == "year":
        bases = rng.choice(
            [
                ("original", "revised", "year_to_date", "encumbered", "available"),
                ("adopted", "revised", "actual"),
                ("original", "revised"),
                ("requested", "recommended", "approved"),
            ]
        )
        columns = [Column(start, basis) for basis in bases]
        document.years = document.choose_years(_choose_place(document, ("header", "title", "sheet", "file", "nowhere")))
    else:
        basis = rng.choice(["budget", "adopted", "proposed", "approved"]) if many else "budget"
        columns = [Column(start, basis)]
        document.years = document.choose_years(_choose_place(document, ("header", "title", "sheet", "file", "nowhere")))
    if (kind != "year" and many and rng.random() < 0.15) or document.paired:
        columns = [part for c in columns for part in (c, Column(c.start, c.basis, "fte"))]
    document.columns = tuple(columns)
    document.note(columns=kind, year_place=document.years.place, year_spelling=document.years.spelling)


def choose_history(rng: Random, start: int) -> list[Column]:
    count = rng.randint(1, 3)
    past = [Column(start - count + number, "actual") for number in range(count)]
    now = [Column(start, rng.choice(["budget", "adopted", "revised", "estimated"]))]
    future = [Column(start + 1, basis) for basis in rng.choice([("proposed",), ("proposed", "approved"), ("budget",)])]
    columns = past + now + future
    return columns[::-1] if rng.random() < 0.3 else columns


def _choose_place(document: Document, places: Sequence[str]) -> str:
    places = [place for place in places if place != "sheet" or document.suffix in ("xlsx", "ods")]
    return document.rng.choice(places)


def invent(document: Document, sides: Sequence[str], funds: int, size: int) -> District:
    district = invent_district(document.rng, document.columns, sides, funds, size)
    document.note(chart=district.chart.state, funds=funds)
    return district


def write_titles(document: Document, district: District, side: str, extra: str = "") -> list[str]:
    """Title rows: who, what, which year where the title says it, in what scale."""
    rng = document.rng
    what = rng.choice(TITLES[side])
    titles = [district.name]
    if document.years.place == "title":
        year = document.years.spell(document.columns[0].start)
        titles.append(rng.choice([f"{year} {what}", f"{what} {year}", f"{what}|{year}"]))
        titles = [part for title in titles for part in title.split("|")]
    else:
        titles.append(what)
    if extra:
        titles.append(extra)
    if document.in_thousands:
        titles.append(
            rng.choice(["(in thousands)", "(Dollars in Thousands)", "Amounts expressed in thousands of dollars"])
        )
    return titles


def name_sheet(document: Document, side: str, number: int = 0) -> str:
    if document.years.place == "sheet":
        return document.years.spell(document.columns[0].start).replace("/", "-")
    names = {"expenditure": ("Expenditures", "Budget", "Sheet1"), "revenue": ("Revenue", "Budget", "Sheet1")}
    return document.rng.choice(names.get(side, ("Budget", "Sheet1"))) + (f" {number}" if number else "")


def choose_values(document: Document) -> list[ValueColumn]:
    """The columns of amounts with their headers."""
    rng = document.rng
    style = rng.choice(STYLES)
    spacers = document.suffix in ("xlsx", "ods") and rng.random() < 0.12
    if document.years.place != "header":  # a band of two rows needs two things to say
        style = "single"
    if document.paired and document.wide is not None:
        style = document.wide.choice(list(PAIRS))
    document.note(header=style, spacers=spacers)
    return word_columns(rng, plan_value_columns(rng, document.columns, spacers), document.years, style)


def choose_table_style(document: Document, levels: Sequence[str]) -> TableStyle:
    style = choose_style(document.rng, levels)
    if document.wide is not None:
        style = widen_style(document.wide, style)
    document.note(mode=style.mode, totals=style.totals, codes=style.codes, less=style.less, levels=len(style.levels))
    return style


def choose_side(document: Document) -> str:
    side = document.rng.choice(["expenditure", "expenditure", "expenditure", "revenue"])
    document.side = side
    if side == "revenue":
        document.columns = tuple(column for column in document.columns if column.unit == "usd")
    document.note(side=side)
    return side


def title_side(document: Document, side: str) -> str:
    """The words of the title: sometimes they do not say which side it is."""
    if side == "expenditure" and document.rng.random() < 0.25:
        document.side_said = False
        document.note(side_said=False)
        return "unsaid"
    return side


def list_levels(side: str, funds: int) -> tuple[str, ...]:
    return (("fund",) if funds > 1 else ()) + (("function",) if side == "expenditure" else ())


def choose_caption(rng: Random) -> str:
    return rng.choice(["Fund: {0} - {1}", "{0} - {1}", "{1}", "Fund {0} {1}"])
