"""The sheets of the registers: schools, E-Rate requests, awards, gifts, conflicts, purchases, policy, meetings."""

from data.workbooks.columns import CellKind, Column, SheetLayout
from data.workbooks.layout_costs import INITIATIVE, NAMED
from data.workbooks.layout_files import COLOR, CONFLICTS, PURCHASE_FILES, day, dollars, text, yes_no
from planning import registers
from planning.governance import policy

_SOURCE = Column("source_id", "Source ID", CellKind.REFERENCE, "Which source.", "levy", 18, refers_to="sources")


def _count(field: str, header: str, note: str, example: str = "") -> Column:
    return Column(field, header, CellKind.WHOLE, note, example, 18)


def _for_initiative(note: str, example: str) -> Column:
    return Column("initiative_id", "Initiative ID", CellKind.REFERENCE, note, example, 20, refers_to="initiatives")


SCHOOLS = SheetLayout(
    "schools",
    "Schools",
    "One row for each school, as counted for E-Rate: the share of students eligible for lunch gives the discount.",
    registers.School,
    (
        Column("school_id", "School ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "alder-creek", 18),
        text("name", "School", "As it should be printed.", "Alder Creek Elementary", 30),
        _count("students", "Students", "Who are there all day.", "430"),
        _count("morning_students", "Morning only", "Part-time students of the morning."),
        _count("afternoon_students", "Afternoon only", "Part-time students of the afternoon."),
        _count("eligible", "Eligible for lunch", "Eligible for the National School Lunch Program; sums only.", "318"),
        Column(
            "direct_certification_share",
            "Directly certified",
            CellKind.PERCENT,
            "Only under the Community Eligibility Provision: the share that is certified directly; it counts instead.",
            "50%",
            18,
        ),
        yes_no("is_rural", "Rural", "yes where the census calls its place rural."),
    ),
    COLOR,
    is_optional=True,
)

FUNDING_REQUESTS = SheetLayout(
    "funding_requests",
    "E-Rate requests",
    "One row for each E-Rate funding request (FRN), with the days of its papers; a day not typed has not come yet.",
    registers.FundingRequest,
    (
        Column("request_id", "Request ID", CellKind.IDENTIFIER, "Short name or FRN. " + NAMED, "wifi-2027", 18),
        _for_initiative("Which initiative; empty: service that none asks for, such as internet access.", "wifi"),
        _SOURCE,
        Column("funding_year", "Funding year", CellKind.FISCAL_YEAR, "It starts in July.", "FY2027-28"),
        dollars("eligible_usd", "Eligible cost", "Before the discount.", "$937,734"),
        dollars("ineligible_usd", "Ineligible cost", "Part of the same purchase that E-Rate does not pay.", "$0"),
        Column(
            "discount_percent",
            "Discount",
            CellKind.WHOLE,
            "Percent that E-Rate pays, as its letter says; empty: what the sheet Schools gives.",
            "60",
            unit="percent",
        ),
        Column(
            "invoicing",
            "Invoicing",
            CellKind.CHOICE,
            "bear: the district pays the whole bill first; spi: the provider waits for the discount.",
            "bear",
            choices=tuple(registers.ErateInvoicing),
        ),
        yes_no("is_recurring", "Recurring", "yes for monthly services; equipment has three more months."),
        day("form_470_on", "Form 470 posted", "Day it was posted.", "2027-01-15"),
        day("contract_on", "Contract signed", "Not before the 470 was open long enough."),
        day("form_471_on", "Form 471 filed", "Day it was certified."),
        day("reviewed_on", "Review answered", "Day of the last answer to a question of USAC."),
        day("committed_on", "Commitment letter", "Day of the letter."),
        day("form_486_on", "Form 486 filed", "Day it was certified."),
        day("service_start", "Service from", "Empty: the first of July."),
        day("service_end", "Service to", "Empty: the last day of the program."),
        day("purchased_on", "Bought", "Day of the purchase; from it counts when it may move to another school."),
        day("installed_on", "Installed", "Day it was installed; from it counts when it may be sold."),
        day("invoiced_on", "Invoiced", "Day of the last invoice to USAC."),
    ),
    COLOR,
    is_optional=True,
)

AWARDS = SheetLayout(
    "awards",
    "Grant awards",
    "One row for each award year of a grant: its papers, its period, what was drawn, what is owed to the grantor.",
    registers.GrantAward,
    (
        Column("award_id", "Award ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "title-iv-2026", 18),
        _SOURCE,
        text("award_number", "Award number", "As on the award letter.", "S424A260007", 18),
        Column("aln", "Listing number", CellKind.CODE, "Assistance listing of a federal program.", "84.424", 16),
        yes_no("is_federal", "Federal", "yes: federal money, also where it comes through the state.", "yes"),
        yes_no(
            "is_subrecipient",
            "Through the state",
            "yes: fewer days to pay out than where the money comes from the federal agency itself.",
            "yes",
        ),
        day("awarded_on", "Awarded", "Day of the award letter.", "2026-08-14"),
        dollars("amount_usd", "Award", "The whole award.", "$118,400"),
        day("period_start", "Period from", "First day of the period of performance.", "2026-07-01"),
        day("period_end", "Period to", "Last day to obligate.", "2028-09-30"),
        day("liquidation_end", "Pay out by", "The grantor's own day where it is earlier than the rule."),
        dollars("drawn_usd", "Drawn", "Drawn down so far.", "$20,000"),
        day("drawn_through", "Drawn through", "Day of the last drawdown."),
        day("next_report_due", "Next report due", "Next report to the grantor.", "2027-01-31"),
        day("final_report_on", "Final report", "Day it was filed; the records are kept from then."),
        dollars("well_rounded_usd", "Well-rounded education", "Title IV-A only: what of it goes there."),
        dollars("safe_healthy_usd", "Safe and healthy", "Title IV-A only: what of it goes there."),
    ),
    COLOR,
    is_optional=True,
)

GIFTS = SheetLayout(
    "gifts",
    "Gifts",
    "One row for each gift, from the offer to the thanks.",
    registers.GiftOffer,
    (
        Column("gift_id", "Gift ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "printers-2026", 18),
        text("description", "What is given", "In one line.", "Twelve 3D printers", 34),
        text("donor", "Donor", "Who gives it.", "Northwind", 24),
        Column("form", "Form", CellKind.CHOICE, "cash, or in kind.", "in kind", choices=tuple(registers.GiftForm)),
        dollars("value_usd", "Value", "What the donor says it is worth.", "$118,000"),
        day("offered_on", "Offered", "Day of the offer.", "2026-10-20"),
        yes_no("is_real_property", "Real property", "Land or buildings: always for the board."),
        _for_initiative("The initiative that carries what it will cost; empty: none.", "printers"),
        Column(
            "not_met", "Criteria not met", CellKind.TEXT_LIST,
            "Of the district's screening; a semicolon between two. Its cost against its value and whether its donor "
            "sells or bids are found by themselves.",
            width=34,
        ),
        Column(
            "not_yet_judged", "Criteria open", CellKind.TEXT_LIST, "Not judged yet; a semicolon between two.", width=34
        ),
        Column(
            "attestation", "Attestation", CellKind.CHOICE,
            "Of a donor who also sells or bids: whether it has stated in writing that the gift is unrelated to any "
            "purchase.",
            "asked", choices=tuple(registers.Attestation),
        ),
        day("attested_on", "Attested", "Day of the donor's written statement."),
        text("attested_by", "Attested by", "Who signed it for the donor."),
        text("conditions", "Conditions", "What the donor asks for.", width=34),
        day("conditions_due", "Conditions by", "Day by which they must be met."),
        day("conditions_met_on", "Conditions met", "Day they were."),
        day("accepted_on", "Accepted", "Day of the acceptance."),
        day("acknowledged_on", "Thanked", "Day of the letter of thanks."),
    ),
    COLOR,
    is_optional=True,
)  # fmt: skip

PURCHASES = SheetLayout(
    "purchases",
    "Purchases",
    "One row for each thing to buy: how much, when the award is, and when it is needed.",
    registers.PurchaseRecord,
    (
        Column("purchase_id", "Purchase ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "access-points", 18),
        INITIATIVE,
        text("description", "What is bought", "In one line.", "Access points and switches", 34),
        text("vendor", "Vendor", "Empty until it is awarded."),
        text("commodity", "Commodity", "One word for what is alike, for sums over twelve months.", "network equipment"),
        dollars("amount_usd", "Amount", "The whole contract.", "$1,118,000"),
        day("award_on", "Award", "Day of the award, planned or done.", "2027-03-09"),
        day("needed_by", "Needed by", "Day it must be there and working.", "2027-07-30"),
        yes_no("is_construction", "Construction", "yes where the state's rule for works applies."),
        yes_no("is_erate", "E-Rate", "yes where a Form 470 opens the competition."),
        text("cooperative", "Cooperative contract", "Name and number of the contract it rests on."),
        text("sole_source", "Sole source", "The written reason, where nobody else can."),
    ),
    COLOR,
    is_optional=True,
)

POLICIES = SheetLayout(
    "policies",
    "Policy",
    "The amounts at which the district's own policy asks for something: one sentence of it a row.",
    policy.PolicyThreshold,
    (
        Column("policy_id", "Policy ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "gift-board", 18),
        Column(
            "subject", "What it decides", CellKind.CHOICE, "Who accepts a gift, or how something is bought.",
            "gift board", 24, choices=tuple(policy.PolicySubject),
        ),
        Column(
            "operator", "Comparison", CellKind.CHOICE, "As the policy says: less than, at most, more than, at least.",
            "at least", choices=tuple(policy.Comparison),
        ),
        dollars("amount_usd", "Amount", "The amount it names.", "$5,000"),
        text("source", "Policy", "Where it stands.", "Policy KCD", 24),
    ),
    COLOR,
    is_optional=True,
)  # fmt: skip

MEETINGS = SheetLayout(
    "meetings",
    "Board meetings",
    "The days on which the board meets: purchases are planned back from them.",
    registers.BoardMeeting,
    (day("day", "Day", "Day of the meeting.", "2027-03-09"), text("purpose", "Purpose", "What it is for.", width=40)),
    COLOR,
    is_optional=True,
)

REGISTERS = (SCHOOLS, FUNDING_REQUESTS, AWARDS, GIFTS, CONFLICTS, PURCHASES, *PURCHASE_FILES, POLICIES, MEETINGS)
