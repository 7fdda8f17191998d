"""What a district keeps a register of beside its plan: schools, E-Rate requests, awards, gifts, purchases and files.

Each row belongs to the plan's initiatives or sources by id and is versioned with the plan. Days are as printed on the
paper they come from; a day nobody typed has not come yet.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from planning.fields import Identifier, Model, NonNegative, Share
from planning.fiscal_years import FiscalYear


class School(Model):
    """A school with what the E-Rate discount asks of it, as counted for the application: sums, never a single student.

    `students` are there all day, the others half of it. `eligible` are those eligible for the school lunch program;
    under the Community Eligibility Provision (CEP) `direct_certification_share` of all students counts instead.
    """

    school_id: Identifier
    name: str = Field(min_length=1)
    students: int = Field(ge=0)
    morning_students: int = Field(default=0, ge=0)
    afternoon_students: int = Field(default=0, ge=0)
    eligible: int = Field(default=0, ge=0)
    direct_certification_share: Share | None = None
    is_rural: bool = False

    @property
    def enrolled(self) -> int:
        """Every student, whether all day or half of it."""
        return self.students + self.morning_students + self.afternoon_students

    @property
    def students_at_once(self) -> int:
        """The most students who are there at one time: what the Category Two budget counts.

        >>> School(school_id="a", name="A", students=100, morning_students=50, afternoon_students=25).students_at_once
        150
        """
        return self.students + max(self.morning_students, self.afternoon_students)


class ErateInvoicing(StrEnum):
    """Who waits for E-Rate's share: the district (BEAR, it pays the whole bill first) or the provider (SPI)."""

    BEAR = "bear"
    SPI = "spi"


class FundingRequest(Model):
    """One E-Rate funding request (FRN) with its days, from the Form 470 to the last invoice.

    `funding_year` starts in July: FY2027-28 is the program's funding year 2027. `reviewed_on` is the day on which
    USAC's last question was answered. Equipment may be moved and sold so long after it was bought and installed.
    Without a `discount_percent` it has the discount that follows from the district's schools. `initiative_id` is None
    for service that no initiative asks for, such as the district's internet access.
    """

    request_id: Identifier
    initiative_id: Identifier | None = None
    source_id: Identifier
    funding_year: FiscalYear
    eligible_usd: NonNegative
    ineligible_usd: NonNegative = Decimal(0)
    discount_percent: int | None = Field(default=None, ge=20, le=90)
    invoicing: ErateInvoicing = ErateInvoicing.BEAR
    is_recurring: bool = False
    form_470_on: date | None = None
    contract_on: date | None = None
    form_471_on: date | None = None
    reviewed_on: date | None = None
    committed_on: date | None = None
    form_486_on: date | None = None
    service_start: date | None = None
    service_end: date | None = None
    purchased_on: date | None = None
    installed_on: date | None = None
    invoiced_on: date | None = None


class GrantAward(Model):
    """One award year of a grant: its papers, its period, what was drawn and what is owed to the grantor.

    `aln` is the assistance listing number of a federal program (84.424 for Title IV-A). `liquidation_end` is the
    grantor's own day where it is earlier than the rule's. Of Title IV-A: what goes to well-rounded education and to
    safe and healthy students; None where nobody has said yet.
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
    well_rounded_usd: NonNegative | None = None
    safe_healthy_usd: NonNegative | None = None


class GiftForm(StrEnum):
    CASH = "cash"
    IN_KIND = "in_kind"


class Attestation(StrEnum):
    """Whether a donor who also sells or bids has stated in writing that the gift has nothing to do with it."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    ATTESTED = "attested"


class GiftOffer(Model):
    """A gift from the offer to the thanks; `not_met` and `not_yet_judged` name criteria of the district's screening.

    `initiative_id` is the initiative that carries what the gift will cost. `attestation` says how far the statement of
    a donor is who also sells or bids: on which day and by whom it was signed.
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
    attestation: Attestation = Attestation.NOT_ASKED
    attested_on: date | None = None
    attested_by: str = ""
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


class ConflictKind(StrEnum):
    GIFT = "gift"
    INTEREST = "interest"


class ConflictAnswer(StrEnum):
    """What was done about a gift or an interest."""

    NOTHING = "nothing"
    RETURNED = "returned"
    PAID_FOR = "paid_for"
    RECUSED = "recused"


class ConflictEntry(Model):
    """What a service provider gave to a person of the district, or an interest that the person declared.

    `value_usd` is the retail value of a gift. `provider` is who gave it, with all its staff and agents, or whom the
    interest is in; `purchase_id` and `request_id` name what it could bear on.
    """

    entry_id: Identifier
    person: str = Field(min_length=1)
    role: str = ""
    provider: str = Field(min_length=1)
    kind: ConflictKind = ConflictKind.GIFT
    description: str = Field(min_length=1)
    value_usd: NonNegative = Decimal(0)
    day: date
    purchase_id: Identifier | None = None
    request_id: Identifier | None = None
    answer: ConflictAnswer = ConflictAnswer.NOTHING
    answered_on: date | None = None


class Criterion(Model):
    """What the offers for a purchase are judged by, and how much it weighs; weights are relative.

    `is_eligible_price` marks the price of the eligible goods: its points follow from the prices.
    """

    criterion_id: Identifier
    purchase_id: Identifier
    name: str = Field(min_length=1)
    weight: NonNegative
    is_eligible_price: bool = False


class ExclusionResult(StrEnum):
    """What SAM.gov said about a vendor."""

    NOT_CHECKED = "not_checked"
    CLEAR = "clear"
    EXCLUDED = "excluded"


class ReceivedOffer(Model):
    """An offer for a purchase: who, at which price, what SAM.gov said of the vendor and on which day, chosen or not.

    `eligible_usd` is the part of the price that is eligible goods (None: all of it). `refused_because` says why it is
    not judged at all; `reason` why it is chosen although another is better.
    """

    offer_id: Identifier
    purchase_id: Identifier
    vendor: str = Field(min_length=1)
    price_usd: NonNegative
    eligible_usd: NonNegative | None = None
    received_on: date | None = None
    exclusion: ExclusionResult = ExclusionResult.NOT_CHECKED
    exclusion_checked_on: date | None = None
    is_chosen: bool = False
    refused_because: str = ""
    reason: str = ""


class OfferScore(Model):
    """The points of an offer by one criterion, from 0 to 100."""

    offer_id: Identifier
    criterion_id: Identifier
    points: Decimal = Field(ge=0, le=100)


class PaperKind(StrEnum):
    """The papers of a purchase that rests on a cooperative contract or on a sole source."""

    CONTRACT_NUMBER = "contract_number"
    LEAD_AGENCY = "lead_agency"
    PIGGYBACK_CLAUSE = "piggyback_clause"
    CONTRACT_TERM = "contract_term"
    JUSTIFICATION = "justification"
    PRICE_ANALYSIS = "price_analysis"
    APPROVAL = "approval"
    PUBLIC_POSTING = "public_posting"


class PurchasePaper(Model):
    """A paper in the file of a purchase: what it says, since when it is there, until when it holds."""

    purchase_id: Identifier
    kind: PaperKind
    reference: str = Field(min_length=1)
    dated: date | None = None
    valid_to: date | None = None


class BoardMeeting(Model):
    """A day on which the board meets, and what it is for."""

    day: date
    purpose: str = ""
