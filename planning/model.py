"""The plan of record as immutable models: a district, its goals, initiatives, costs, sources and who pays what.

Amounts a person typed are exact decimals in dollars; `*_cents` are integer cents; rates are fractions (0.03).
Every list is flat and joined by ids, so a plan goes to a workbook and comes back the same.
"""

from datetime import date
from decimal import Decimal

from pydantic import Field

from planning.fields import Fraction, Identifier, Model, NonNegative, Share
from planning.fiscal_years import FiscalYear
from planning.governance.policy import PolicyThreshold
from planning.registers import (
    BoardMeeting,
    ConflictEntry,
    Criterion,
    FundingRequest,
    GiftOffer,
    GrantAward,
    OfferScore,
    PurchasePaper,
    PurchaseRecord,
    ReceivedOffer,
    School,
)
from planning.vocabulary import (
    Certainty,
    CostBridge,
    CostCategory,
    CostKind,
    CostPurpose,
    Driver,
    Equipment,
    ErateService,
    InitiativeStatus,
    InvestmentClass,
    PaymentPoint,
    Population,
    PriceConfidence,
    RateBasis,
    ResidualMethod,
    SourceKind,
)


class EscalationRate(Model):
    """A named yearly price increase, as a fraction: `software` 0.05.

    With a category, every cost line of that family which names no rate of its own follows it.
    """

    name: Identifier
    rate_per_year: Fraction
    category: CostCategory | None = None


class DriverCount(Model):
    """How many of a driver (students, staff, devices …) the district has in one fiscal year."""

    driver: Driver
    fiscal_year: FiscalYear
    count: NonNegative


class District(Model):
    """Who plans, over which years, at which rates.

    A real discount rate is used together with `inflation_rate`. Without a `borrowing_rate` leases are valued at the
    discount rate. `bulk_capitalisation_usd`: purchases of one line in one year of this much are capital even where
    each unit is below the level; `subscription_level_usd`: smaller leases and subscriptions are expensed;
    `half_year_convention`: half a year's depreciation in the first and the last year. `population` are the people who
    live in the district, not its students.
    """

    district_id: Identifier
    name: str = Field(min_length=1)
    state: str = ""
    fiscal_year_start_month: int = Field(default=7, ge=1, le=12)
    time_zone: str = "America/New_York"
    first_fiscal_year: FiscalYear
    horizon_years: int = Field(default=5, ge=1, le=40)
    discount_rate: Fraction = Decimal("0.03")
    capitalisation_level_usd: NonNegative = Decimal(5000)
    bulk_capitalisation_usd: NonNegative | None = None
    subscription_level_usd: NonNegative = Decimal(0)
    half_year_convention: bool = False
    payment_point: PaymentPoint = PaymentPoint.END_OF_YEAR
    rate_basis: RateBasis = RateBasis.NOMINAL
    inflation_rate: Fraction = Decimal(0)
    borrowing_rate: Fraction | None = None
    refresh_cap_usd: NonNegative | None = None
    population: int | None = Field(default=None, ge=0)
    escalation_rates: tuple[EscalationRate, ...] = ()
    driver_counts: tuple[DriverCount, ...] = ()


class Goal(Model):
    """A strategic goal with its measure; weights are relative and need not sum to 100."""

    goal_id: Identifier
    title: str = Field(min_length=1)
    measure: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    weight: NonNegative


class Initiative(Model):
    """One thing the district wants to do; `included` says whether the base plan does it.

    `compared_with` names the way things go on without it, the base its cost is compared with; without one it is
    compared with doing nothing. An `archived` one is kept for its history: no total counts it and no list of the
    plan shows it.
    """

    initiative_id: Identifier
    name: str = Field(min_length=1)
    description: str = ""
    sponsor: str = ""
    owner: str = ""
    division: str = ""
    sites: tuple[str, ...] = ()
    investment_class: InvestmentClass = InvestmentClass.RUN
    status: InitiativeStatus = InitiativeStatus.PROPOSED
    included: bool = True
    start: FiscalYear
    life_years: int = Field(default=5, ge=1, le=40)
    mandated: bool = False
    depends_on: tuple[Identifier, ...] = ()
    excludes: tuple[Identifier, ...] = ()
    compared_with: Identifier | None = None
    archived: bool = False

    @property
    def counted(self) -> bool:
        """Whether the totals of the plan hold it."""
        return self.included and not self.archived


class CostLine(Model):
    """One priced thing an initiative needs: quantity × driver × price, escalated from its dollar year.

    `one_time` falls in `start`; `recurring` runs from `start` to `end` (or the end of the initiative's life);
    `refresh` buys in `start` and again every `refresh_years`, when the replaced units bring their residual value:
    `residual_fraction` of what they cost, or what straight-line depreciation over `useful_life_years` leaves.
    `scheduled` is bought in each of `scheduled_years`. `subscription` runs in terms of `term_years` at the price of
    each term's first year, raised by `renewal_uplift` at every renewal; `option_years` extend the first term where
    the district is reasonably certain to use them. `staffing` is FTE × salary × (1 + `loading_fraction`) a year.
    `capital` overrides the district's rule for capital outlay. Negative prices are savings.
    """

    cost_line_id: Identifier
    initiative_id: Identifier
    description: str = Field(min_length=1)
    kind: CostKind
    category: CostCategory
    quantity: NonNegative = Decimal(1)
    driver: Driver = Driver.FIXED
    unit_price_usd: Decimal
    dollar_year: FiscalYear
    escalation: Identifier | None = None
    start: FiscalYear
    end: FiscalYear | None = None
    refresh_years: int | None = Field(default=None, ge=1, le=40)
    residual_fraction: Decimal = Field(default=Decimal(0), ge=0, le=1)
    residual_method: ResidualMethod = ResidualMethod.SHARE
    useful_life_years: int | None = Field(default=None, ge=1, le=40)
    scheduled_years: tuple[FiscalYear, ...] = ()
    term_years: int | None = Field(default=None, ge=1, le=40)
    option_years: int = Field(default=0, ge=0, le=40)
    renewal_uplift: Fraction | None = None
    transfers_ownership: bool = False
    loading_fraction: Decimal = Field(default=Decimal(0), ge=0, le=5)
    purpose: CostPurpose = CostPurpose.PRODUCT
    paid: PaymentPoint | None = None
    capital: bool | None = None
    nces_object: str = Field(default="", pattern=r"^(\d{3})?$")
    account: str = ""
    vendor: str = ""
    price_confidence: PriceConfidence = PriceConfidence.ESTIMATE
    bridge: CostBridge = CostBridge.NEW
    use: str = ""
    erate_service: ErateService | None = None
    population: Population = Population.EVERYONE
    population_share: Share = Decimal(1)
    prior_payer: SourceKind | None = None
    legally_required: bool = False
    supplanting_rebuttal: str = ""


class Fleet(Model):
    """Units in service that were bought in one year and come due together: a cohort of devices, switches …

    The price is that of a replacement, in dollars of `dollar_year`. `equipment` says what it is, where reference data
    knows how long such a thing is usually kept.
    """

    fleet_id: Identifier
    initiative_id: Identifier
    description: str = Field(min_length=1)
    units: NonNegative
    bought: FiscalYear
    life_years: int = Field(ge=1, le=40)
    unit_price_usd: NonNegative
    dollar_year: FiscalYear
    escalation: Identifier | None = None
    equipment: Equipment | None = None


class YearAmount(Model):
    """An amount in integer cents in one fiscal year."""

    fiscal_year: FiscalYear
    amount_cents: int


class FundingSource(Model):
    """Money that may pay: how much in each fiscal year, inside which window, for what, and how sure it is.

    Each award year is a source of its own. `amounts` are gross; equitable services, administration and indirect
    cost (shares of the gross amount) come off. Money is due in `amounts`' year; what a year leaves stays to the end
    of the window only where it `carries_over`. `technology_portion_usd` is what of the whole may pay technology.
    `uses` are the words for what the award or ballot names; empty: whatever the rules of its kind allow.
    `match_fraction` is the share of a cost that other money must pay. A lower `use_order` is used first.
    """

    source_id: Identifier
    name: str = Field(min_length=1)
    kind: SourceKind
    fund_code: str = ""
    amounts: tuple[YearAmount, ...] = ()
    window_start: date | None = None
    window_end: date | None = None
    certainty: Certainty = Certainty.SECURED
    restriction: str = ""
    award_year: FiscalYear | None = None
    uses: tuple[str, ...] = ()
    equitable_services_fraction: Share = Decimal(0)
    administration_fraction: Share = Decimal(0)
    indirect_cost_fraction: Share = Decimal(0)
    technology_portion_usd: NonNegative | None = None
    carries_over: bool = False
    liquidation_end: date | None = None
    match_fraction: Share = Decimal(0)
    weighted_maturity_years: NonNegative | None = None
    use_order: int | None = Field(default=None, ge=1, le=999)


class Commitment(Model):
    """A source pays this much of an initiative in one fiscal year; negative where a saving returns to it."""

    initiative_id: Identifier
    source_id: Identifier
    fiscal_year: FiscalYear
    amount_cents: int


class GoalContribution(Model):
    """How strongly an initiative moves a goal: influence 0 (not at all) to 5 (decides it)."""

    initiative_id: Identifier
    goal_id: Identifier
    influence: int = Field(ge=0, le=5)
    note: str = ""


class Plan(Model):
    """The whole plan of one district."""

    district: District
    goals: tuple[Goal, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    cost_lines: tuple[CostLine, ...] = ()
    fleets: tuple[Fleet, ...] = ()
    sources: tuple[FundingSource, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contributions: tuple[GoalContribution, ...] = ()
    schools: tuple[School, ...] = ()
    funding_requests: tuple[FundingRequest, ...] = ()
    awards: tuple[GrantAward, ...] = ()
    gifts: tuple[GiftOffer, ...] = ()
    conflicts: tuple[ConflictEntry, ...] = ()
    purchases: tuple[PurchaseRecord, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    offers: tuple[ReceivedOffer, ...] = ()
    offer_scores: tuple[OfferScore, ...] = ()
    purchase_papers: tuple[PurchasePaper, ...] = ()
    policies: tuple[PolicyThreshold, ...] = ()
    meetings: tuple[BoardMeeting, ...] = ()
