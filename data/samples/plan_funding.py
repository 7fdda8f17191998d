"""Who may pay in the sample district, and what each source has promised to which initiative.

The general fund is committed only within what its accounts already hold for these initiatives: $356,870 a year, of
which $74,200 pays today's student system until the new one replaces it. Nothing pays in the years named here as gaps.
"""

from datetime import date
from decimal import Decimal

from planning.fiscal_years import list_fiscal_years
from planning.model import Commitment, FundingSource, YearAmount
from planning.money import to_cents
from planning.vocabulary import Certainty, SourceKind

YEARS = list_fiscal_years("FY2026-27", 5)
ByYear = tuple[str, ...]
"""Dollars for each of YEARS, from the first; missing ones at the end are nothing."""

_SOURCES: tuple[tuple[FundingSource, ByYear], ...] = (
    (
        FundingSource(
            source_id="general-fund",
            name="General fund: accounts of these initiatives",
            kind=SourceKind.GENERAL_FUND,
            fund_code="10",
            restriction="What the adopted budget holds for these initiatives; flat, because enrollment falls.",
        ),
        ("356870",) * 5,
    ),
    (
        FundingSource(
            source_id="fund-balance",
            name="General fund balance, assigned",
            kind=SourceKind.RESERVE,
            fund_code="10",
            certainty=Certainty.APPLIED,
            restriction="One time; needs board action on 2027-03-09. The balance of $10,597,000 is 10.7 % of "
            "expenditures; the policy floor is 8 %.",
        ),
        ("0", "361440"),
    ),
    (
        FundingSource(
            source_id="levy",
            name="Technology levy",
            kind=SourceKind.LEVY,
            fund_code="31",
            window_end=date(2029, 6, 30),
            restriction="Devices and core systems named on the ballot; ends 2029-06-30 unless voters renew it.",
        ),
        ("650000",) * 3,
    ),
    (
        FundingSource(
            source_id="bond",
            name="Bond of March 2025",
            kind=SourceKind.BOND,
            fund_code="30",
            window_start=date(2025, 3, 12),
            window_end=date(2028, 3, 12),
            restriction="Capital only: no subscriptions, storage or staff. 85 % of $2,600,000 ($2,210,000) is expected "
            "to be spent by 2028-03-12.",
        ),
        ("0", "2600000"),
    ),
    (
        FundingSource(
            source_id="erate-c1",
            name="E-Rate category 1",
            kind=SourceKind.ERATE_C1,
            fund_code="10",
            restriction="60 % of $169,200 for internet access; pays no initiative.",
        ),
        ("101520",) * 5,
    ),
    (
        FundingSource(
            source_id="erate-c2",
            name="E-Rate category 2",
            kind=SourceKind.ERATE_C2,
            fund_code="30",
            certainty=Certainty.HOPED,
            restriction="60 % of the $937,734 left of $1,249,734 for 2026-30 ($312,000 is used). Nothing is filed "
            "yet: Form 470 by 2027-01-15.",
        ),
        ("0", "562640.40"),
    ),
    (
        FundingSource(
            source_id="title-i",
            name="Title I-A",
            kind=SourceKind.TITLE_I_A,
            fund_code="21",
            restriction="Pupils of the four Title I schools only. The whole allocation; most of it is staff.",
        ),
        ("1640000",) * 5,
    ),
    (
        FundingSource(
            source_id="title-ii",
            name="Title II-A, one coach",
            kind=SourceKind.TITLE_II_A,
            fund_code="22",
            window_end=date(2027, 9, 30),
            restriction="One technology coach, to 2027-09-30.",
        ),
        ("96300", "24797.25"),
    ),
    (
        FundingSource(
            source_id="title-iv",
            name="Title IV-A",
            kind=SourceKind.TITLE_IV_A,
            fund_code="23",
            window_start=date(2026, 7, 1),
            window_end=date(2028, 9, 30),
            restriction="Technology portion $47,360; of it at most 15 % ($7,104) for devices, software and platforms.",
        ),
        ("118400",),
    ),
    (
        FundingSource(
            source_id="state-cyber",
            name="State cybersecurity grant",
            kind=SourceKind.STATE_GRANT,
            fund_code="24",
            window_end=date(2028, 6, 30),
            restriction="Security services only; ends 2028-06-30.",
        ),
        ("75000",) * 2,
    ),
    (
        FundingSource(
            source_id="foundation",
            name="Education foundation",
            kind=SourceKind.FOUNDATION,
            fund_code="71",
            window_end=date(2028, 6, 30),
            restriction="Home internet for families, for two years.",
        ),
        ("30000",) * 2,
    ),
)

_COMMITMENTS: tuple[tuple[str, str, ByYear], ...] = (
    ("student-devices", "levy", ("525600",) * 3),
    ("wifi", "erate-c2", ("0", "562640.40")),
    ("wifi", "bond", ("0", "555359.60")),
    ("detection", "state-cyber", ("75000",) * 2),
    ("detection", "general-fund", ("19500", "24225")),
    ("new-sis", "levy", ("0", "24560")),
    ("new-sis", "fund-balance", ("0", "361440")),
    ("new-sis", "general-fund", ("0", *("61380",) * 4)),
    ("keep-sis", "general-fund", ("74200",) * 5),
    ("identity", "general-fund", ("38440", "38068", "37696", "37324", "36952")),
    ("literacy", "title-i", ("45630",) * 5),
    ("literacy", "general-fund", ("32130",) * 5),
    ("ai-tutoring", "title-iv", ("7104",)),
    ("panels", "bond", ("0", "914500")),
    ("cameras", "bond", ("0", "742000")),
    ("cameras", "general-fund", ("0", "0", *("58000",) * 3)),
    ("bus-gps", "levy", ("0", "99840", "23040")),
    ("hotspots", "foundation", ("30000",) * 2),
    ("coaches", "title-ii", ("96300", "24797.25")),
    ("coaches", "general-fund", ("192600", "198378", "204329.34", "210459.22", "216773")),
    ("retire-apps", "general-fund", ("0", *("-63700",) * 4)),
)


def build_sources() -> tuple[FundingSource, ...]:
    """Every source with its amounts by year, window and restriction."""
    return tuple(
        source.model_copy(
            update={
                "amounts": tuple(YearAmount(fiscal_year=year, amount_cents=cents) for year, cents in _pair(amounts))
            }
        )
        for source, amounts in _SOURCES
    )


def build_commitments() -> tuple[Commitment, ...]:
    """Who pays how much of what in which year."""
    return tuple(
        Commitment(initiative_id=initiative_id, source_id=source_id, fiscal_year=year, amount_cents=cents)
        for initiative_id, source_id, amounts in _COMMITMENTS
        for year, cents in _pair(amounts)
    )


def _pair(amounts: ByYear) -> list[tuple[str, int]]:
    """The years with money in them."""
    pairs = zip(YEARS, amounts, strict=False)
    return [(year, to_cents(Decimal(amount))) for year, amount in pairs if Decimal(amount)]
