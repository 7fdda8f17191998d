"""E-Rate: the discount, the five-year budget of Category Two, and what the program leaves the district to pay.

Sources: 47 CFR 54.502, 54.505; USAC, Calculating Discounts and Category Two Budgets. All figures are dated rows of the
reference data; a missing one is refused, never assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from planning.findings import Finding, FindingKind
from planning.money import round_half_up, to_cents
from planning.reference import Reference, ReferenceRow
from planning.registers import School
from planning.vocabulary import Severity

SHARE_BETWEEN_BANDS = FindingKind(
    "erate_share_between_bands",
    Severity.WARNING,
    "The share of eligible students is {found} %, between two bands of the discount matrix; rounded to a whole percent "
    "it gives {expected} %.",
    "See in EPC that the discount is {expected} % before the Form 471 is filed.",
)
_PREFIX = "erate_discount_{category}_{area}_from_"


class ErateCategory(StrEnum):
    """Category One brings the internet to the building, Category Two inside it."""

    ONE = "c1"
    TWO = "c2"


@dataclass(frozen=True)
class Discount:
    """A discount in percent with what it was found by: the exact share, the area and the row of the matrix."""

    percent: int
    eligible_share: Fraction
    is_rural: bool
    row: ReferenceRow
    findings: tuple[Finding, ...] = ()


def count_eligible(school: School, reference: Reference, as_of: date) -> int:
    """Eligible students of a school: counted, or enrollment × direct certification × 1.6 and at most the enrollment.

    A part of a student counts as one. Source: USAC, Calculating Discounts, Community Eligibility Provision; E-Rate
    Central, news of 2016-04-18, on how EPC rounds.
    """
    if school.direct_certification_share is None:
        return school.eligible
    multiplier = Fraction(reference.require("erate_cep_multiplier", as_of).value)
    certified = school.enrolled * Fraction(school.direct_certification_share)
    return min(school.enrolled, ceil(certified * multiplier))


def is_district_rural(schools: Sequence[School], reference: Reference, as_of: date) -> bool:
    """Whether more than half of the schools are rural; exactly half is urban (47 CFR 54.505(b)(3))."""
    share = Decimal(sum(school.is_rural for school in schools)) / len(schools)
    return reference.require("erate_rural_share", as_of).is_met_by(share)


def calculate_discount(
    schools: Sequence[School], category: ErateCategory, reference: Reference, as_of: date
) -> Discount:
    """The one discount of a district: eligible students ÷ all students, looked up in the matrix.

    Every school of the district uses it. A school on its own is a list of one. No students: the lowest band.
    """
    students = sum(school.enrolled for school in schools)
    eligible = sum(count_eligible(school, reference, as_of) for school in schools)
    share = Fraction(eligible, students) if students else Fraction(0)
    return find_discount(share, category, is_district_rural(schools, reference, as_of), reference, as_of)


def find_discount(
    eligible_share: Fraction, category: ErateCategory, is_rural: bool, reference: Reference, as_of: date
) -> Discount:
    """The row of the discount matrix for an exact share of eligible students (a fraction).

    The bands are printed in whole percents, so the share is rounded to one, half up, as EPC does (E-Rate Central, news
    of 2016-04-18); below 1 % is below 1 %. USAC itself does not print it, so where it decides there is a warning.
    """
    bands = _list_bands(category, is_rural, reference, as_of)
    percent = eligible_share * 100
    rounded = round_half_up(Decimal(percent.numerator) / percent.denominator, 0) if percent >= 1 else 0
    row = _find_band(bands, Fraction(rounded))
    doubt = _find_band(bands, percent).value != row.value
    found = round_half_up(Decimal(percent.numerator) / percent.denominator, 2)
    findings = (SHARE_BETWEEN_BANDS.at(found=found, expected=row.value),) if doubt else ()
    return Discount(int(row.value), eligible_share, is_rural, row, findings)


def _list_bands(
    category: ErateCategory, is_rural: bool, reference: Reference, as_of: date
) -> list[tuple[int, ReferenceRow]]:
    prefix = _PREFIX.format(category=category, area="rural" if is_rural else "urban")
    keys = {row.key for row in reference.rows if row.key.startswith(prefix)}
    lowest = prefix + "0_percent"
    rows = [reference.require(key, as_of) for key in sorted(keys | {lowest})]
    return sorted((int(row.key.removeprefix(prefix).removesuffix("_percent")), row) for row in rows)


def _find_band(bands: list[tuple[int, ReferenceRow]], percent: Fraction) -> ReferenceRow:
    return max((band for band in bands if band[0] <= percent), key=lambda band: band[0])[1]


@dataclass(frozen=True)
class CategoryTwoBudget:
    """The five-year budget before discount, in cents, and what is left of it."""

    budget_cents: int
    used_cents: int
    rows: tuple[ReferenceRow, ...]

    @property
    def left_cents(self) -> int:
        return max(0, self.budget_cents - self.used_cents)


def calculate_category_two_budget(
    students: int, reference: Reference, as_of: date, used_cents: int = 0
) -> CategoryTwoBudget:
    """max(students × dollars per student, floor) of the five-year cycle in force on a day, before discount.

    Nothing is carried into the next cycle. Source: 47 CFR 54.502(d); FCC public notice of 2025-06-04.
    """
    per_student, floor = (reference.require(f"erate_c2_{key}", as_of) for key in ("per_student", "floor"))
    return CategoryTwoBudget(to_cents(max(students * per_student.value, floor.value)), used_cents, (per_student, floor))


def calculate_library_budget(
    square_feet: Decimal, reference: Reference, as_of: date, is_tribal: bool = False
) -> CategoryTwoBudget:
    """max(square feet × dollars per square foot, floor) of a library, before discount."""
    per_foot = reference.require("erate_c2_per_square_foot", as_of)
    floor = reference.require("erate_c2_tribal_library_floor" if is_tribal else "erate_c2_floor", as_of)
    return CategoryTwoBudget(to_cents(max(square_feet * per_foot.value, floor.value)), 0, (per_foot, floor))


@dataclass(frozen=True)
class CostShare:
    """Who pays a purchase: every cent of it is in exactly one of the four.

    `beyond_budget_cents` is eligible but over what is left of the Category Two budget, so the district pays it whole.
    """

    erate_cents: int
    non_discount_cents: int
    ineligible_cents: int
    beyond_budget_cents: int

    @property
    def district_cents(self) -> int:
        return self.non_discount_cents + self.ineligible_cents + self.beyond_budget_cents

    @property
    def total_cents(self) -> int:
        return self.erate_cents + self.district_cents


def calculate_cost_share(
    eligible_cents: int, discount_percent: int, ineligible_cents: int = 0, budget_left_cents: int | None = None
) -> CostShare:
    """E-Rate pays discount × the eligible cost within the budget; the district pays the rest.

    `budget_left_cents` is None for Category One, which has no budget.

    >>> share = calculate_cost_share(111_800_000, 60, budget_left_cents=93_773_400)
    >>> share.erate_cents, share.district_cents
    (56264040, 55535960)
    """
    within = eligible_cents if budget_left_cents is None else min(eligible_cents, max(0, budget_left_cents))
    erate = to_cents(Decimal(within) / 100 * discount_percent / 100)
    return CostShare(erate, within - erate, ineligible_cents, eligible_cents - within)


@dataclass(frozen=True)
class CashNeed:
    """What the district must appropriate, what it must have in cash first, and what comes back later."""

    appropriation_cents: int
    cash_first_cents: int
    reimbursed_later_cents: int


def calculate_cash_need(share: CostShare, is_reimbursed: bool) -> CashNeed:
    """By reimbursement (BEAR) the district appropriates and pays the whole invoice first; by discounted invoice (SPI)
    only its own share.

    Source: USAC, Invoicing: BEAR and SPI.
    """
    first = share.total_cents if is_reimbursed else share.district_cents
    return CashNeed(first, first, share.erate_cents if is_reimbursed else 0)


def calculate_cybersecurity_ceiling(students: int, reference: Reference, as_of: date) -> int:
    """min(max(students × dollars per student, floor), ceiling) in cents, before discount, over three years.

    Source: FCC Schools and Libraries Cybersecurity Pilot Program (DA 25-53). Closed to new applicants.
    """
    per_student, floor, ceiling = (
        reference.require(f"cybersecurity_pilot_{key}", as_of).value for key in ("per_student", "floor", "ceiling")
    )
    return to_cents(min(max(students * per_student, floor), ceiling))
