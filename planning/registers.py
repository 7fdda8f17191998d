"""What a district keeps a register of beside its plan: E-Rate funding requests, grant awards, gifts, purchases.

Each row belongs to the plan's initiatives or sources by id and is versioned with the plan. Days are as printed on the
paper they come from; a day nobody typed has not come yet.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from planning.fields import Identifier, Model, NonNegative
from planning.fiscal_years import FiscalYear


class ErateInvoicing(StrEnum):
    """Who waits for E-Rate's share: the district (BEAR, it pays the whole bill first) or the provider (SPI)."""

    BEAR = "bear"
    SPI = "spi"


class FundingRequest(Model):
    """One E-Rate funding request (FRN) with its days, from the Form 470 to the last invoice.

    `funding_year` starts in July: FY2027-28 is the program's funding year 2027.
    """

    request_id: Identifier
    initiative_id: Identifier
    source_id: Identifier
    funding_year: FiscalYear
    eligible_usd: NonNegative
    ineligible_usd: NonNegative = Decimal(0)
    discount_percent: int = Field(ge=20, le=90)
    invoicing: ErateInvoicing = ErateInvoicing.BEAR
    is_recurring: bool = False
    form_470_on: date | None = None
    contract_on: date | None = None
    form_471_on: date | None = None
    committed_on: date | None = None
    form_486_on: date | None = None
    service_start: date | None = None
    service_end: date | None = None
    invoiced_on: date | None = None


class GrantAward(Model):
    """One award year of a grant: its papers, its period, what was drawn and what is owed to the grantor.

    `aln` is the assistance listing number of a federal program (84.424 for Title IV-A). `liquidation_end` is the
    grantor's own day where it is earlier than the rule's.
    """

    award_id: Identifier
    source_id: Identifier
    award_number: str = ""
    aln: str = Field(default="", pattern=r"^(\d{2}\.\d{3}[A-Z]?)?$")
    is_federal: bool = True
    is_subrecipient: bool = True
    awarded_on: date | None = None
    amount_usd: NonNegative
    period_start: date
    period_end: date
    liquidation_end: date | None = None
    drawn_usd: NonNegative = Decimal(0)
    drawn_through: date | None = None
    next_report_due: date | None = None
    final_report_on: date | None = None


class GiftForm(StrEnum):
    CASH = "cash"
    IN_KIND = "in_kind"


class GiftOffer(Model):
    """A gift from the offer to the thanks; `not_met` and `not_yet_judged` name criteria of the district's screening.

    `initiative_id` is the initiative that carries what the gift will cost.
    """

    gift_id: Identifier
    description: str = Field(min_length=1)
    donor: str = Field(min_length=1)
    form: GiftForm = GiftForm.IN_KIND
    value_usd: NonNegative
    offered_on: date
    is_real_property: bool = False
    initiative_id: Identifier | None = None
    not_met: tuple[str, ...] = ()
    not_yet_judged: tuple[str, ...] = ()
    conditions: str = ""
    conditions_due: date | None = None
    conditions_met_on: date | None = None
    accepted_on: date | None = None
    acknowledged_on: date | None = None


class PurchaseRecord(Model):
    """Something to buy: how much, for what, by when, and on which file it rests where nobody competes.

    `cooperative` names the cooperative contract, `sole_source` the written reason; `commodity` says what is alike.
    """

    purchase_id: Identifier
    initiative_id: Identifier
    description: str = Field(min_length=1)
    vendor: str = ""
    commodity: str = Field(min_length=1)
    amount_usd: NonNegative
    award_on: date
    needed_by: date | None = None
    is_construction: bool = False
    is_erate: bool = False
    cooperative: str = ""
    sole_source: str = ""


class BoardMeeting(Model):
    """A day on which the board meets, and what it is for."""

    day: date
    purpose: str = ""
