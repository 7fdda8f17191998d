"""The district's own E-Rate discount: what its schools give by the matrix, beside what each request was typed with.

Sources: 47 CFR 54.505; USAC, Calculating Discounts. One discount for each category is that of every school.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.figure import Column, FigureUnit, Table, Value
from planning.findings import Finding, FindingKind
from planning.fiscal_years import start_year_of
from planning.funding.erate import Discount, ErateCategory, calculate_discount, count_eligible
from planning.model import Plan
from planning.money import format_percent
from planning.reference import Reference
from planning.registers import FundingRequest, School
from planning.vocabulary import Severity, SourceKind

DISCOUNT_DIFFERS = FindingKind(
    "erate_discount_differs",
    Severity.WARNING,
    "{item} is typed with a discount of {found} %, but the counts of the schools give {expected} % ({rule}).",
    "Correct the counts of the schools, or leave the discount of {item} empty so that it follows them.",
)
DISCOUNT_UNKNOWN = FindingKind(
    "erate_discount_unknown",
    Severity.WARNING,
    "{item} has no discount, and none can be found: {found}. So nothing is taken from E-Rate.",
    "Name an E-Rate source, count the schools with their students eligible for lunch, or type the discount of {item}.",
)
CATEGORY_OF_KIND = {SourceKind.ERATE_C1: ErateCategory.ONE, SourceKind.ERATE_C2: ErateCategory.TWO}
CATEGORY_NAMES = {ErateCategory.ONE: "Category One", ErateCategory.TWO: "Category Two"}
PROGRAM_YEAR_MONTH = 7
DISCOUNT_RULES = {
    "erate_rural_share": "A district is rural where its share of rural schools is",
    "erate_cep_multiplier": "Community Eligibility Provision: directly certified students count",
}


@dataclass(frozen=True)
class RequestDiscount:
    """The discount of a request in percent (None: nobody can say), and what does not fit."""

    percent: int | None
    findings: tuple[Finding, ...] = ()


def find_program_day(request: FundingRequest) -> date:
    """The first day of the program's funding year, whose rules count."""
    return date(start_year_of(request.funding_year), PROGRAM_YEAR_MONTH, 1)


def settle_discount(request: FundingRequest, plan: Plan, reference: Reference) -> RequestDiscount:
    """The discount of a request: as typed, else that of the district; a warning where both are there and differ.

    A commitment letter has the last word: a request that has one is not held against counts of today.
    """
    kind = next((one.kind for one in plan.sources if one.source_id == request.source_id), None)
    category, typed = CATEGORY_OF_KIND.get(kind) if kind else None, request.discount_percent
    if category is None or not plan.schools:
        why = f"the source {request.source_id} is none of E-Rate" if category is None else "no school is counted"
        return RequestDiscount(typed, () if typed else (DISCOUNT_UNKNOWN.at(item=request.request_id, found=why),))
    if typed and request.committed_on:
        return RequestDiscount(typed)
    own = calculate_discount(plan.schools, category, reference, find_program_day(request))
    if typed in (None, own.percent):
        return RequestDiscount(own.percent)
    finding = DISCOUNT_DIFFERS.at(item=request.request_id, found=typed, expected=own.percent, rule=own.row.source)
    return RequestDiscount(typed, (finding,))


@dataclass(frozen=True)
class DistrictDiscount:
    """The discounts of a district by category, with what they were found by."""

    schools: tuple[School, ...]
    discounts: tuple[tuple[ErateCategory, Discount], ...]
    eligible: int

    @property
    def enrolled(self) -> int:
        return sum(school.enrolled for school in self.schools)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is in doubt, once for both categories."""
        return tuple(dict.fromkeys(finding for _, found in self.discounts for finding in found.findings))

    def describe(self) -> str:
        """Whose students give which discount, and why."""
        _, first = self.discounts[0]
        percents = " and ".join(f"{found.percent} % in {CATEGORY_NAMES[name]}" for name, found in self.discounts)
        if len({found.percent for _, found in self.discounts}) == 1:
            percents = f"{first.percent} % in both categories"
        rural = sum(school.is_rural for school in self.schools)
        return (
            f"{self.eligible:,} of {self.enrolled:,} students are eligible for the lunch program, "
            f"{_show_share(first.eligible_share)}; {rural} of {len(self.schools)} schools "
            f"{'is' if rural == 1 else 'are'} rural, so the district is {'rural' if first.is_rural else 'urban'}: "
            f"the discount is {percents}."
        )


def find_district_discount(plan: Plan, reference: Reference, as_of: date) -> DistrictDiscount | None:
    """The discounts by the rules of a day; None where no school is counted."""
    if not plan.schools:
        return None
    eligible = sum(count_eligible(school, reference, as_of) for school in plan.schools)
    found = tuple((name, calculate_discount(plan.schools, name, reference, as_of)) for name in ErateCategory)
    return DistrictDiscount(plan.schools, found, eligible)


def tabulate_discounts(found: DistrictDiscount) -> Table:
    """Each category with the share of its students, the area, the row of the matrix and the discount it gives."""
    columns = tuple(Column(name) for name in ("Category", "Eligible", "Area", "Row of the matrix", "Discount", "Rule"))
    rows = tuple(
        (
            CATEGORY_NAMES[name],
            _show_share(one.eligible_share),
            "rural" if one.is_rural else "urban",
            f"from {one.row.key.rpartition('_from_')[2].removesuffix('_percent')} %",
            f"{one.percent} %",
            one.row.source,
        )
        for name, one in found.discounts
    )
    return Table(columns, rows)


def tabulate_schools(found: DistrictDiscount, reference: Reference, as_of: date) -> Table:
    """Each school with its students, those who count as eligible and by what, and its area; the district last."""
    names = ("School", "Students", "Eligible", "Share", "Counted by", "Area")
    columns = tuple(
        Column(name, FigureUnit.COUNT if name in ("Students", "Eligible") else FigureUnit.TEXT) for name in names
    )
    rows = [_list_school(school, reference, as_of) for school in found.schools]
    share = _show_share(found.discounts[0][1].eligible_share)
    area = "rural" if found.discounts[0][1].is_rural else "urban"
    total = ("District", found.enrolled, found.eligible, share, "all schools together", area)
    return Table(columns, (*rows, total), total_rows=1)


def _list_school(school: School, reference: Reference, as_of: date) -> tuple[Value, ...]:
    eligible, direct = count_eligible(school, reference, as_of), school.direct_certification_share
    factor = reference.require("erate_cep_multiplier", as_of).value
    return (
        school.name,
        school.enrolled,
        eligible,
        _show_share(Fraction(eligible, school.enrolled)) if school.enrolled else "—",
        "lunch counts" if direct is None else f"CEP: {format_percent(direct, 1)} directly certified × {factor}",
        "rural" if school.is_rural else "urban",
    )


def _show_share(share: Fraction) -> str:
    return format_percent(Decimal(share.numerator) / share.denominator, 1)
