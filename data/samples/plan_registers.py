"""The sample district's registers: schools, E-Rate requests, awards, gifts, purchases, policy, board days."""

from datetime import date
from decimal import Decimal

from planning.governance.policy import Comparison, PolicySubject, PolicyThreshold
from planning.registers import (
    Attestation,
    BoardMeeting,
    ErateInvoicing,
    FundingRequest,
    GiftOffer,
    GrantAward,
    PurchaseRecord,
    School,
)

_COUNTS = (
    ("alder-creek", "Alder Creek Elementary", 430, 318, False),
    ("mesa-view", "Mesa View Elementary", 420, 302, False),
    ("riverbend", "Riverbend Elementary", 415, 294, False),
    ("sage-hill", "Sage Hill Elementary", 410, 152, False),
    ("north-fork", "North Fork Elementary", 395, 138, True),
    ("harlow", "Harlow Elementary", 385, 130, False),
    ("ridge-middle", "Ridge Middle School", 730, 330, False),
    ("canyon-middle", "Canyon Middle School", 690, 300, False),
    ("harlow-ridge-high", "Harlow Ridge High School", 1900, 610, False),
)


def build_schools() -> tuple[School, ...]:
    """The ten schools: 2,914 of 6,200 students are eligible for lunch, those of Cottonwood by direct certification."""
    counted = tuple(
        School(school_id=name, name=words, students=students, eligible=eligible, is_rural=is_rural)
        for name, words, students, eligible, is_rural in _COUNTS
    )
    cottonwood = School(
        school_id="cottonwood",
        name="Cottonwood Elementary",
        students=425,
        direct_certification_share=Decimal("0.5"),
    )
    return (counted[0], cottonwood, *counted[1:])


def build_funding_requests() -> tuple[FundingRequest, ...]:
    """The Wi-Fi of FY2027-28, what is left of the five-year budget; the switches of 2026 that used the rest; and this
    year's internet access with a managed router that is not eligible. The Wi-Fi follows the schools' discount.
    """
    return (
        FundingRequest(
            request_id="wifi-2027",
            initiative_id="wifi",
            source_id="erate-c2",
            funding_year="FY2027-28",
            eligible_usd=Decimal(937_734),
            ineligible_usd=Decimal(180_266),
            invoicing=ErateInvoicing.SPI,
            form_470_on=date(2027, 1, 15),
            contract_on=date(2027, 3, 9),
        ),
        FundingRequest(
            request_id="switches-2026",
            initiative_id="wifi",
            source_id="erate-c2",
            funding_year="FY2026-27",
            eligible_usd=Decimal(312_000),
            discount_percent=60,
            invoicing=ErateInvoicing.BEAR,
            form_470_on=date(2026, 1, 20),
            contract_on=date(2026, 3, 10),
            form_471_on=date(2026, 3, 12),
            reviewed_on=date(2026, 4, 16),
            committed_on=date(2026, 5, 18),
            form_486_on=date(2026, 7, 20),
            service_start=date(2026, 7, 1),
            purchased_on=date(2026, 7, 6),
            installed_on=date(2026, 8, 7),
        ),
        FundingRequest(
            request_id="internet-2026",
            source_id="erate-c1",
            funding_year="FY2026-27",
            eligible_usd=Decimal(169_200),
            ineligible_usd=Decimal(8_460),
            discount_percent=60,
            invoicing=ErateInvoicing.BEAR,
            is_recurring=True,
            form_470_on=date(2026, 1, 20),
            contract_on=date(2026, 3, 10),
            form_471_on=date(2026, 3, 12),
            reviewed_on=date(2026, 4, 9),
            committed_on=date(2026, 5, 4),
            form_486_on=date(2026, 7, 20),
            service_start=date(2026, 7, 1),
            service_end=date(2027, 6, 30),
        ),
    )


def build_awards() -> tuple[GrantAward, ...]:
    """Federal awards of the year and the state's cyber grant."""
    return (
        GrantAward(
            award_id="title-iv-2026",
            source_id="title-iv",
            award_number="S424A260-0417",
            aln="84.424",
            awarded_on=date(2026, 8, 14),
            amount_usd=Decimal(118_400),
            period_start=date(2026, 7, 1),
            period_end=date(2028, 9, 30),
            drawn_usd=Decimal(21_300),
            drawn_through=date(2026, 10, 31),
            next_report_due=date(2027, 1, 31),
            well_rounded_usd=Decimal(35_520),
            safe_healthy_usd=Decimal(33_152),
        ),
        GrantAward(
            award_id="title-ii-2025",
            source_id="title-ii",
            award_number="S367A250-0417",
            aln="84.367",
            awarded_on=date(2025, 8, 11),
            amount_usd=Decimal(192_600),
            period_start=date(2025, 7, 1),
            period_end=date(2027, 9, 30),
            drawn_usd=Decimal(48_150),
            drawn_through=date(2026, 10, 31),
            next_report_due=date(2027, 1, 31),
        ),
        GrantAward(
            award_id="state-cyber-2025",
            source_id="state-cyber",
            award_number="CO-CYB-25-118",
            is_federal=False,
            awarded_on=date(2025, 6, 20),
            amount_usd=Decimal(225_000),
            period_start=date(2025, 7, 1),
            period_end=date(2028, 6, 30),
            drawn_usd=Decimal(98_000),
            drawn_through=date(2026, 10, 31),
        ),
    )


def build_gifts() -> tuple[GiftOffer, ...]:
    """Printers worth less than they cost, from a donor who also bids on the Wi-Fi; and one that is nothing but kind."""
    return (
        GiftOffer(
            gift_id="printers-2026",
            description="Forty 3D printers",
            donor="Mesa Network Supply",
            value_usd=Decimal(118_000),
            offered_on=date(2026, 10, 20),
            initiative_id="printers",
            not_yet_judged=("Compatible with technology standards",),
            attestation=Attestation.ASKED,
            conditions="Named for the donor for five years",
        ),
        GiftOffer(
            gift_id="robotics-kits",
            description="Six robotics kits for the high school club",
            donor="Harlow Ridge Rotary",
            value_usd=Decimal(2_700),
            offered_on=date(2026, 9, 8),
            accepted_on=date(2026, 9, 22),
            acknowledged_on=date(2026, 9, 29),
        ),
    )


def build_purchases() -> tuple[PurchaseRecord, ...]:
    """What must be bought for the plan's first two years, planned back from when it is needed."""
    return (
        _buy(
            "wifi",
            "Access points and switches",
            "network equipment",
            1_118_000,
            date(2027, 3, 9),
            date(2027, 8, 2),
            is_erate=True,
        ),
        _buy(
            "student-devices",
            "1,200 student devices",
            "student devices",
            525_600,
            date(2027, 3, 9),
            date(2027, 7, 15),
            cooperative="State price agreement 2025-PA-114",
        ),
        _buy("panels", "310 classroom panels", "classroom displays", 914_500, date(2027, 3, 9), date(2027, 7, 30)),
        _buy(
            "identity",
            "Identity and multifactor sign-on",
            "identity service",
            38_440,
            date(2027, 2, 23),
            date(2027, 7, 1),
        ),
        _buy(
            "cameras",
            "Cameras and door access",
            "building security",
            742_000,
            date(2027, 3, 9),
            date(2027, 8, 2),
            is_construction=True,
        ),
        _buy(
            "literacy",
            "K-5 literacy software",
            "reading software",
            77_760,
            date(2027, 2, 23),
            date(2027, 7, 1),
            sole_source="Adopted core reading program",
        ),
    )


def _buy(
    initiative_id: str,
    description: str,
    commodity: str,
    dollars: int,
    award_on: date,
    needed_by: date,
    is_erate: bool = False,
    is_construction: bool = False,
    cooperative: str = "",
    sole_source: str = "",
) -> PurchaseRecord:
    return PurchaseRecord(
        purchase_id=f"buy-{initiative_id}",
        initiative_id=initiative_id,
        description=description,
        commodity=commodity,
        amount_usd=Decimal(dollars),
        award_on=award_on,
        needed_by=needed_by,
        is_erate=is_erate,
        is_construction=is_construction,
        cooperative=cooperative,
        sole_source=sole_source,
    )


def build_policies() -> tuple[PolicyThreshold, ...]:
    """The fictitious district's own thresholds for gifts and purchases."""
    rows = (
        ("gift-principal", PolicySubject.GIFT_PRINCIPAL, Comparison.LESS_THAN, 1_000, "Policy KCD"),
        ("gift-superintendent", PolicySubject.GIFT_SUPERINTENDENT, Comparison.LESS_THAN, 5_000, "Policy KCD"),
        ("gift-board", PolicySubject.GIFT_BOARD, Comparison.AT_LEAST, 5_000, "Policy KCD"),
        ("quotes", PolicySubject.QUOTES, Comparison.AT_LEAST, 10_000, "Policy DJ"),
        ("formal-bid", PolicySubject.FORMAL_BID, Comparison.AT_LEAST, 50_000, "Policy DJ"),
        ("board-purchase", PolicySubject.BOARD_PURCHASE, Comparison.AT_LEAST, 25_000, "Policy DJ"),
    )
    return tuple(
        PolicyThreshold(policy_id=name, subject=subject, operator=operator, amount_usd=Decimal(dollars), source=source)
        for name, subject, operator, dollars, source in rows
    )


def build_meetings() -> tuple[BoardMeeting, ...]:
    days = (
        (date(2027, 1, 26), "Regular meeting"),
        (date(2027, 2, 23), "Regular meeting"),
        (date(2027, 3, 9), "Contracts over $25,000"),
        (date(2027, 4, 27), "Regular meeting"),
        (date(2027, 5, 11), "Budget hearing"),
        (date(2027, 6, 8), "Budget adoption"),
    )
    return tuple(BoardMeeting(day=day, purpose=purpose) for day, purpose in days)
