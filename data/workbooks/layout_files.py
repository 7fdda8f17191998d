"""The sheets of what the registers keep in their files: gifts to employees, how offers were judged, papers."""

from data.workbooks.columns import CellKind, Column, SheetLayout
from data.workbooks.layout_costs import NAMED
from planning import registers

COLOR = "#7F6000"


def day(field: str, header: str, note: str, example: str = "") -> Column:
    return Column(field, header, CellKind.DATE, note, example, 18)


def yes_no(field: str, header: str, note: str, example: str = "no") -> Column:
    return Column(field, header, CellKind.YES_NO, note, example)


def dollars(field: str, header: str, note: str, example: str = "") -> Column:
    return Column(field, header, CellKind.DOLLARS, note, example, 16, unit="dollars")


def text(field: str, header: str, note: str, example: str = "", width: int = 24) -> Column:
    return Column(field, header, CellKind.TEXT, note, example, width)


def _name(field: str, header: str, example: str) -> Column:
    return Column(field, header, CellKind.IDENTIFIER, "Short name. " + NAMED, example, 22)


def _refer(field: str, header: str, note: str, example: str, sheet: str) -> Column:
    return Column(field, header, CellKind.REFERENCE, note, example, 22, refers_to=sheet)


_PURCHASE = _refer("purchase_id", "Purchase ID", "Which purchase.", "access-points", "purchases")

CONFLICTS = SheetLayout(
    "conflicts",
    "Gifts to employees",
    "One row for each thing that a provider gave to a person of the district, and each interest a person declared.",
    registers.ConflictEntry,
    (
        _name("entry_id", "Entry ID", "lunch-2026-08"),
        text("person", "Person", "Who of the district; not shown to roles that do not see salaries.", "Dana Ruiz"),
        text("role", "Role", "What the person does in the district.", "Network manager"),
        text("provider", "Provider", "Who gave it, or whom the interest is in.", "Northwind"),
        Column(
            "kind", "Kind", CellKind.CHOICE, "gift, or interest (work, shares, family).", "gift",
            choices=tuple(registers.ConflictKind),
        ),
        text("description", "What", "In one line, without a name.", "Lunch at a trade show", 34),
        dollars("value_usd", "Retail value", "Of a gift.", "$18.50"),
        day("day", "Day", "Day it was given or declared.", "2026-08-20"),
        _refer(
            "purchase_id", "Purchase ID", "The purchase it could bear on; empty: none.", "access-points", "purchases",
        ),
        _refer(
            "request_id", "Request ID", "The E-Rate request it could bear on; empty: none.", "wifi-2027",
            "funding_requests",
        ),
        Column(
            "answer", "What was done", CellKind.CHOICE, "returned, paid for, or recused from the purchase.",
            "nothing", choices=tuple(registers.ConflictAnswer),
        ),
        day("answered_on", "Done on", "Day it was done."),
    ),
    COLOR,
    is_optional=True,
)  # fmt: skip

CRITERIA = SheetLayout(
    "criteria",
    "Evaluation criteria",
    "What the offers for a purchase are judged by, one row each, with its weight.",
    registers.Criterion,
    (
        _name("criterion_id", "Criterion ID", "ap-price"),
        _PURCHASE,
        text("name", "Criterion", "As in the request.", "Price of eligible goods", 34),
        Column("weight", "Weight", CellKind.NUMBER, "Relative to the others.", "40"),
        yes_no("is_eligible_price", "Eligible price", "yes: price of eligible goods; E-Rate weighs it most.", "yes"),
    ),
    COLOR,
    is_optional=True,
)

OFFERS = SheetLayout(
    "offers",
    "Offers",
    "One row for each offer that came in for a purchase, with the look-up of its vendor in SAM.gov.",
    registers.ReceivedOffer,
    (
        _name("offer_id", "Offer ID", "ap-northwind"),
        _PURCHASE,
        text("vendor", "Vendor", "Who offers.", "Northwind"),
        dollars("price_usd", "Price", "The whole offer.", "$1,090,000"),
        dollars("eligible_usd", "Eligible price", "The part of it that is eligible goods; empty: all of it."),
        day("received_on", "Received", "Day it came in.", "2027-02-12"),
        Column(
            "exclusion", "SAM.gov", CellKind.CHOICE, "What the look-up of exclusions said.", "clear",
            choices=tuple(registers.ExclusionResult),
        ),
        day("exclusion_checked_on", "SAM.gov checked", "Day of the look-up.", "2027-03-01"),
        yes_no("is_chosen", "Chosen", "yes for the one that gets the award."),
        text("refused_because", "Refused because", "Why it is not judged at all: late, not responsive …", width=34),
        text("reason", "Why it is chosen", "The written reason where another is better.", width=34),
    ),
    COLOR,
    is_optional=True,
)  # fmt: skip

OFFER_SCORES = SheetLayout(
    "offer_scores",
    "Offer points",
    "The points of each offer by each criterion; those of the eligible price follow from the prices.",
    registers.OfferScore,
    (
        _refer("offer_id", "Offer ID", "Which offer.", "ap-northwind", "offers"),
        _refer("criterion_id", "Criterion ID", "By which criterion.", "ap-experience", "criteria"),
        Column("points", "Points", CellKind.NUMBER, "From 0 to 100.", "85"),
    ),
    COLOR,
    is_optional=True,
)

PURCHASE_PAPERS = SheetLayout(
    "purchase_papers",
    "Purchase papers",
    "The papers of a purchase that rests on a cooperative contract or a sole source, one row each.",
    registers.PurchasePaper,
    (
        _PURCHASE,
        Column(
            "kind", "Paper", CellKind.CHOICE,
            "Cooperative: contract number, lead agency, piggyback clause, contract term. Sole source: justification, "
            "price analysis, approval, public posting.",
            "contract number", 20, choices=tuple(registers.PaperKind),
        ),
        text("reference", "What it says", "Its number, or where it is kept.", "2025-PA-114", 34),
        day("dated", "Dated", "Day of the paper, or of the check.", "2026-10-14"),
        day("valid_to", "Valid to", "Last day on which it may be used.", "2028-06-30"),
    ),
    COLOR,
    is_optional=True,
)  # fmt: skip

PURCHASE_FILES = (CRITERIA, OFFERS, OFFER_SCORES, PURCHASE_PAPERS)
