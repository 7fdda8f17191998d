"""The sheets of cost: what each initiative buys, and the fleets in service that come due for replacement."""

from data.workbooks.columns import CellKind, Column, SheetLayout
from planning import model
from planning.vocabulary import (
    CostBridge,
    CostCategory,
    CostKind,
    CostPurpose,
    Driver,
    Equipment,
    ErateService,
    PaymentPoint,
    Population,
    PriceConfidence,
    ResidualMethod,
    SourceKind,
)

NAMED = "It ties the sheets together, so keep it once it is used."
INITIATIVE = Column(
    "initiative_id", "Initiative ID", CellKind.REFERENCE, "Which initiative.", "wifi", 20, refers_to="initiatives"
)
INITIATIVE_NAME = Column(
    "initiative_name",
    "Initiative name",
    CellKind.LOOKED_UP,
    "Filled by a formula from the sheet Initiatives; nothing to type.",
    width=30,
    refers_to="initiatives",
)

_DOLLAR_YEAR = Column("dollar_year", "Dollar year", CellKind.FISCAL_YEAR, "Year the price was quoted for.", "FY2026-27")


def _price(header: str, note: str) -> Column:
    return Column("unit_price_usd", header, CellKind.UNIT_PRICE, note, "$438.00", unit="dollars")


def _follow_rate(example: str) -> Column:
    note = "Name of a rate on the sheet Rates; empty: the price stays."
    return Column("escalation", "Escalation", CellKind.REFERENCE, note, example, 16, refers_to="escalation_rates")


COST_LINES = SheetLayout(
    "cost_lines",
    "Cost lines",
    "What each initiative buys: quantity × what is counted × price. Negative prices are savings.",
    model.CostLine,
    (
        Column("cost_line_id", "Cost line ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "wifi-switches", 20),
        INITIATIVE,
        INITIATIVE_NAME,
        Column("description", "Description", CellKind.TEXT, "What is bought.", "48-port switches", 40),
        Column(
            "kind",
            "Kind",
            CellKind.CHOICE,
            "one time: in its start year; recurring: every year; refresh: again after so many years; scheduled: in the "
            "years given; subscription: in terms; staffing: FTE × salary a year.",
            "one time",
            choices=tuple(CostKind),
        ),
        Column(
            "category",
            "Category",
            CellKind.CHOICE,
            "Cost family; indirect labor is user time and is not budgeted.",
            "hardware",
            18,
            choices=tuple(CostCategory),
        ),
        Column("quantity", "Quantity", CellKind.NUMBER, "How many (for each one counted).", "1200"),
        Column(
            "driver",
            "For each",
            CellKind.CHOICE,
            "fixed: the quantity as it is; otherwise it is multiplied by the count of that year.",
            "fixed",
            choices=tuple(Driver),
        ),
        _price("Price per unit", "Price in dollars of the dollar year; negative for a saving."),
        _DOLLAR_YEAR,
        _follow_rate("software"),
        Column("start", "Start", CellKind.FISCAL_YEAR, "First fiscal year it is paid.", "FY2026-27"),
        Column("end", "End", CellKind.FISCAL_YEAR, "Last year; empty: to the end of its initiative.", "FY2029-30"),
        Column("refresh_years", "Refresh after", CellKind.WHOLE, "Only for refresh.", "5", unit="years"),
        Column(
            "residual_fraction",
            "Resale share",
            CellKind.PERCENT,
            "Share of the purchase price that replaced units bring.",
            "5%",
        ),
        Column("account", "Account", CellKind.CODE, "Ledger account, as text.", "10-2580-650", 20),
        Column("vendor", "Vendor", CellKind.TEXT, "Who is paid.", width=22),
        Column(
            "price_confidence",
            "Price confidence",
            CellKind.CHOICE,
            "How sure the price is.",
            "quote",
            choices=tuple(PriceConfidence),
        ),
        Column(
            "bridge",
            "In the ledger",
            CellKind.CHOICE,
            "base: already in today's budget; new: on top of it; replaces: instead of something in it.",
            "new",
            choices=tuple(CostBridge),
        ),
        Column(
            "use",
            "Use",
            CellKind.TEXT,
            "What it serves, in a word that awards and ballots use too (see Uses on the sheet Sources).",
            "security",
            18,
        ),
        Column(
            "erate_service",
            "E-Rate service",
            CellKind.CHOICE,
            "What the eligible services list calls it; empty: E-Rate does not pay it.",
            "access points",
            22,
            choices=tuple(ErateService),
        ),
        Column(
            "population",
            "Serves",
            CellKind.CHOICE,
            "Whom it serves, for money that the law keeps for some of the students.",
            "everyone",
            24,
            choices=tuple(Population),
        ),
        Column(
            "population_share", "Share that serves them", CellKind.PERCENT, "How much of it serves them.", "100%", 16
        ),
        Column(
            "prior_payer",
            "Paid last year by",
            CellKind.CHOICE,
            "What money paid it the year before; empty: it is new.",
            "general fund",
            24,
            choices=tuple(SourceKind),
        ),
        Column("legally_required", "Required by law", CellKind.YES_NO, "yes: some law asks for it.", "no"),
        Column(
            "supplanting_rebuttal",
            "Why it is not supplanting",
            CellKind.TEXT,
            "The written reason why the district could not have paid it otherwise; it lifts the presumption.",
            width=40,
        ),
        Column(
            "residual_method",
            "Resale by",
            CellKind.CHOICE,
            "share: the share above at any age; straight line: what depreciation over the useful life leaves above it.",
            "share",
            choices=tuple(ResidualMethod),
        ),
        Column("useful_life_years", "Useful life", CellKind.WHOLE, "For depreciation.", "6", unit="years"),
        Column(
            "scheduled_years",
            "Falls in",
            CellKind.FISCAL_YEARS,
            "Only for scheduled: the fiscal years, a semicolon between two.",
            "FY2027-28; FY2029-30",
            24,
        ),
        Column("term_years", "Term", CellKind.WHOLE, "Only for subscriptions and leases.", "3", unit="years"),
        Column("option_years", "Option", CellKind.WHOLE, "Years of renewal sure to be used.", "2", unit="years"),
        Column(
            "renewal_uplift",
            "Rise at renewal",
            CellKind.PERCENT,
            "Price rise at each renewal; empty: the escalation rate.",
            "7%",
        ),
        Column(
            "transfers_ownership",
            "Becomes ours",
            CellKind.YES_NO,
            "yes: a lease that ends in ownership (one-dollar buy-out) is a purchase on credit.",
            "no",
        ),
        Column(
            "loading_fraction",
            "Benefits on top",
            CellKind.PERCENT,
            "Only for labor: benefits as a share of the salary.",
            "36%",
        ),
        Column(
            "purpose",
            "Purpose",
            CellKind.CHOICE,
            "product: the thing itself; or the work around it.",
            "product",
            16,
            choices=tuple(CostPurpose),
        ),
        Column(
            "paid",
            "Paid at",
            CellKind.CHOICE,
            "When in the year; empty: as the district says.",
            "start of year",
            16,
            choices=tuple(PaymentPoint),
        ),
        Column(
            "capital",
            "Capital outlay",
            CellKind.YES_NO,
            "yes or no where the district's rule does not fit; empty: by the rule.",
            "",
        ),
        Column("nces_object", "NCES object", CellKind.CODE, "Three digits; empty: from the cost family.", "734", 12),
    ),
    "#C55A11",
    frozen_columns=1,
)

FLEETS = SheetLayout(
    "fleets",
    "Fleets",
    "What is in service, one row for each year of purchase: units that were bought together come due together.",
    model.Fleet,
    (
        Column("fleet_id", "Fleet ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "devices-2022", 20),
        INITIATIVE,
        INITIATIVE_NAME,
        Column("description", "Description", CellKind.TEXT, "What is in service.", "Bought with relief money", 40),
        Column("units", "Units", CellKind.NUMBER, "How many are still in service.", "3100"),
        Column("bought", "Bought in", CellKind.FISCAL_YEAR, "Fiscal year of purchase.", "FY2021-22"),
        Column("life_years", "Life", CellKind.WHOLE, "Years until it is due.", "5", unit="years"),
        _price("Price to replace one", "In dollars of the dollar year."),
        _DOLLAR_YEAR,
        _follow_rate("hardware"),
        Column(
            "equipment",
            "What it is",
            CellKind.CHOICE,
            "Where it is one of these, its life is shown beside the usual one; empty: something else.",
            "student chromebook",
            20,
            choices=tuple(Equipment),
        ),
    ),
    "#C55A11",
    frozen_columns=1,
    is_optional=True,
)
