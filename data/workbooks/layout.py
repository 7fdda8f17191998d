"""The plan workbook as one table: every sheet and column, declared once.

The template, the reader, the drop-downs, the notes and `docs/plan-workbook.md` are all driven by this table. What the
model already says (required, limits, default) is asked of the model and not said again.
"""

from data.workbooks.columns import CellKind, Column, SheetLayout, YearColumns
from data.workbooks.layout_costs import COST_LINES, FLEETS, INITIATIVE, INITIATIVE_NAME, NAMED
from data.workbooks.layout_registers import REGISTERS
from planning import model
from planning.vocabulary import (
    Certainty,
    CostCategory,
    Driver,
    InitiativeStatus,
    InvestmentClass,
    PaymentPoint,
    RateBasis,
    SourceKind,
)

README_SHEET = "Read me"
LISTS_SHEET = "Lists"
REVISION_LABEL = "Plan revision"
TOTAL_HEADER = "All years"

DISTRICT = SheetLayout(
    "district",
    "District",
    "Who plans, over which years, at which rates.",
    model.District,
    (
        Column("district_id", "District ID", CellKind.IDENTIFIER, "Short name of the district.", "harlow-ridge"),
        Column("name", "District name", CellKind.TEXT, "As it should be printed.", "Harlow Ridge School District"),
        Column("state", "State", CellKind.TEXT, "Two letters.", "CO"),
        Column("fiscal_year_start_month", "Fiscal year starts in", CellKind.MONTH, "First month of the year.", "July"),
        Column("time_zone", "Time zone", CellKind.TIME_ZONE, "IANA name, for deadlines.", "America/Denver"),
        Column("first_fiscal_year", "First fiscal year", CellKind.FISCAL_YEAR, "First year of the plan.", "FY2026-27"),
        Column("horizon_years", "Years planned", CellKind.WHOLE, "How many years are shown.", "5", unit="years"),
        Column(
            "discount_rate",
            "Discount rate",
            CellKind.PERCENT,
            "Yearly rate that makes money of later years comparable with today's.",
            "3%",
            unit="per year",
        ),
        Column(
            "capitalisation_level_usd",
            "Capitalization level",
            CellKind.DOLLARS,
            "Items at or above this price are capital assets.",
            "$5,000",
            unit="dollars",
        ),
        Column(
            "bulk_capitalisation_usd",
            "Bulk purchases capital from",
            CellKind.DOLLARS,
            "A purchase of this much in one year is capital even if each unit costs less; empty: never.",
            "$100,000",
            unit="dollars",
        ),
        Column(
            "subscription_level_usd",
            "Leases and subscriptions from",
            CellKind.DOLLARS,
            "Smaller liabilities are expensed and get no schedule.",
            "$25,000",
            unit="dollars",
        ),
        Column(
            "half_year_convention",
            "Half-year depreciation",
            CellKind.YES_NO,
            "yes: half of a year's depreciation in the year of purchase and in the last one.",
            "no",
        ),
        Column(
            "borrowing_rate",
            "Borrowing rate",
            CellKind.PERCENT,
            "What the district would pay for a loan; values leases and subscriptions. Empty: the discount rate.",
            "4%",
            unit="per year",
        ),
        Column(
            "payment_point",
            "Amounts fall at",
            CellKind.CHOICE,
            "When in the year money is taken to be paid.",
            "end of year",
            choices=tuple(PaymentPoint),
        ),
        Column(
            "rate_basis",
            "Discount rate is",
            CellKind.CHOICE,
            "nominal: it holds inflation; real: it does not, and the inflation rate is added.",
            "nominal",
            choices=tuple(RateBasis),
        ),
        Column(
            "inflation_rate",
            "Inflation rate",
            CellKind.PERCENT,
            "Yearly rise of all prices; shows amounts in constant dollars.",
            "2%",
            unit="per year",
        ),
        Column(
            "refresh_cap_usd",
            "Refresh cap per year",
            CellKind.DOLLARS,
            "Most that may go into replacing the fleets in a year; empty: what the plan buys.",
            "$525,600",
            unit="dollars",
        ),
        Column(
            "population",
            "Population",
            CellKind.WHOLE,
            "People who live in the district, for the date of the federal rule on web accessibility; empty: not shown.",
            "41000",
            unit="people",
        ),
    ),
    "#1F3864",
    is_form=True,
)

COUNTS = SheetLayout(
    "driver_counts",
    "Counts by year",
    "How many students, staff, devices, sites and users the district expects. Cost lines multiply by these.",
    model.DriverCount,
    (
        Column(
            "driver",
            "What is counted",
            CellKind.CHOICE,
            "What cost lines can be multiplied by.",
            "students",
            22,
            choices=tuple(driver for driver in Driver if driver is not Driver.FIXED),
        ),
    ),
    "#1F3864",
    YearColumns("count", CellKind.NUMBER, "How many in that fiscal year.", total=False),
)

RATES = SheetLayout(
    "escalation_rates",
    "Rates",
    "Named yearly price increases that cost lines can follow.",
    model.EscalationRate,
    (
        Column("name", "Rate name", CellKind.IDENTIFIER, "Name of the rate. " + NAMED, "software", 24),
        Column("rate_per_year", "Rate per year", CellKind.PERCENT, "Price increase a year.", "5%"),
        Column(
            "category",
            "For category",
            CellKind.CHOICE,
            "Lines of this cost family follow it unless they name a rate of their own; empty: only lines that name it.",
            "software",
            20,
            choices=tuple(CostCategory),
        ),
    ),
    "#1F3864",
)

GOALS = SheetLayout(
    "goals",
    "Goals",
    "The strategic goals, how each is measured and how much it weighs.",
    model.Goal,
    (
        Column("goal_id", "Goal ID", CellKind.IDENTIFIER, "Short name of the goal. " + NAMED, "reading", 18),
        Column("title", "Goal", CellKind.TEXT, "The goal in one line.", "Every third grader reads", 44),
        Column("measure", "Measure", CellKind.TEXT, "What shows that it is met.", "third graders proficient", 34),
        Column("unit", "Unit", CellKind.TEXT, "Unit of baseline and target.", "percent"),
        Column("baseline", "Baseline", CellKind.NUMBER, "Where the measure stands today.", "46"),
        Column("target", "Target", CellKind.NUMBER, "Where it should be.", "60"),
        Column("weight", "Weight", CellKind.NUMBER, "Share of attention; weights need not sum to 100.", "30"),
    ),
    "#375623",
    frozen_columns=2,
)

INITIATIVES = SheetLayout(
    "initiatives",
    "Initiatives",
    "One row for each thing the district wants to do.",
    model.Initiative,
    (
        Column("initiative_id", "Initiative ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "wifi", 20),
        Column("name", "Name", CellKind.TEXT, "As it should be printed.", "Wi-Fi and switches", 34),
        Column("description", "Description", CellKind.TEXT, "What is done and why, in a line or two.", width=44),
        Column("sponsor", "Sponsor", CellKind.TEXT, "Cabinet member who stands for it.", "Chief of Schools", 20),
        Column("owner", "Owner", CellKind.TEXT, "Person who carries it out.", "Director of Technology", 20),
        Column("division", "Division", CellKind.TEXT, "Department that runs it.", "Technology", 18),
        Column(
            "sites",
            "Sites",
            CellKind.TEXT_LIST,
            "Schools or buildings, a semicolon between two; empty means all.",
            "North Elementary; High School",
            28,
        ),
        Column(
            "investment_class",
            "Class",
            CellKind.CHOICE,
            "run: keep what works; grow: more of it; transform: something new.",
            "run",
            choices=tuple(InvestmentClass),
        ),
        Column("status", "Status", CellKind.CHOICE, "How far it is.", "proposed", choices=tuple(InitiativeStatus)),
        Column("included", "In the base plan", CellKind.YES_NO, "no: it is kept but not counted.", "yes"),
        Column("start", "Start", CellKind.FISCAL_YEAR, "First fiscal year with cost or effect.", "FY2026-27"),
        Column("life_years", "Life", CellKind.WHOLE, "Years it lasts from its start.", "5", unit="years"),
        Column("mandated", "Mandated", CellKind.YES_NO, "yes where law or contract leaves no choice.", "no"),
        Column(
            "depends_on",
            "Depends on",
            CellKind.REFERENCES,
            "Initiative IDs that must be done too, a semicolon between two.",
            "identity",
            22,
            refers_to="initiatives",
        ),
        Column(
            "excludes",
            "Excludes",
            CellKind.REFERENCES,
            "Initiative IDs that cannot be done as well, a semicolon between two.",
            "keep-old-sis",
            22,
            refers_to="initiatives",
        ),
        Column(
            "compared_with",
            "Compared with",
            CellKind.REFERENCE,
            "What the district does without it; empty: nothing.",
            "keep-old-sis",
            20,
            refers_to="initiatives",
        ),
        Column(
            "archived", "Archived", CellKind.YES_NO, "yes: kept for its history; no total and no list shows it.", "no"
        ),
    ),
    "#C55A11",
    frozen_columns=2,
)

SOURCES = SheetLayout(
    "sources",
    "Sources",
    "Money that may pay, and how much of it there is in each fiscal year.",
    model.FundingSource,
    (
        Column("source_id", "Source ID", CellKind.IDENTIFIER, "Short name. " + NAMED, "levy", 18),
        Column("name", "Name", CellKind.TEXT, "As it should be printed.", "Technology levy", 34),
        Column("kind", "Kind", CellKind.CHOICE, "What money it is.", "levy", 24, choices=tuple(SourceKind)),
        Column("fund_code", "Fund code", CellKind.CODE, "Fund in the ledger, as text.", "31", 12),
        Column("window_start", "May be spent from", CellKind.DATE, "First day it may be spent.", "2026-07-01", 16),
        Column("window_end", "May be spent to", CellKind.DATE, "Last day it may be spent.", "2029-06-30", 16),
        Column("certainty", "Certainty", CellKind.CHOICE, "How sure it is.", "secured", choices=tuple(Certainty)),
        Column("restriction", "Restriction", CellKind.TEXT, "What it may not pay for.", width=40),
        Column("award_year", "Award year", CellKind.FISCAL_YEAR, "Year of the award; each is a row.", "FY2026-27"),
        Column(
            "uses",
            "Uses",
            CellKind.TEXT_LIST,
            "What the award or ballot names, a semicolon between two; cost lines name theirs. Empty: any use.",
            "security; training",
            26,
        ),
        Column(
            "equitable_services_fraction",
            "Equitable services",
            CellKind.PERCENT,
            "Share kept for private school students.",
            "4%",
        ),
        Column("administration_fraction", "Administration", CellKind.PERCENT, "Share kept to administer it.", "2%", 16),
        Column(
            "indirect_cost_fraction",
            "Indirect cost",
            CellKind.PERCENT,
            "Share taken at the state-approved restricted rate.",
            "3%",
        ),
        Column(
            "technology_portion_usd",
            "Technology portion",
            CellKind.DOLLARS,
            "Dollars of the whole award that may pay technology; empty: all of it.",
            "$47,360",
            unit="dollars",
        ),
        Column("carries_over", "Carries over", CellKind.YES_NO, "yes: what a year leaves stays to the last day.", "no"),
        Column("liquidation_end", "Paid out by", CellKind.DATE, "Last day to pay what was ordered.", "2028-12-29", 16),
        Column("match_fraction", "Match", CellKind.PERCENT, "Share of a cost that other money must pay.", "40%"),
        Column(
            "weighted_maturity_years",
            "Average maturity",
            CellKind.NUMBER,
            "Only for bonds: weighted average years until it is repaid.",
            "5",
            unit="years",
        ),
        Column("use_order", "Order of use", CellKind.WHOLE, "1 is used first; empty: the soonest to expire.", "1"),
    ),
    "#7030A0",
    YearColumns("amounts", CellKind.DOLLARS, "Dollars available in that fiscal year.", total=True),
    frozen_columns=2,
)

COMMITMENTS = SheetLayout(
    "commitments",
    "Commitments",
    "Who pays what: one row for an initiative and a source, dollars by fiscal year.",
    model.Commitment,
    (
        INITIATIVE,
        INITIATIVE_NAME,
        Column("source_id", "Source ID", CellKind.REFERENCE, "Who pays.", "levy", 18, refers_to="sources"),
        Column(
            "source_name",
            "Source name",
            CellKind.LOOKED_UP,
            "Filled by a formula from the sheet Sources; nothing to type.",
            width=26,
            refers_to="sources",
        ),
    ),
    "#7030A0",
    YearColumns(
        "amount_cents",
        CellKind.DOLLARS,
        "Dollars this source pays of this initiative in that year; negative where a saving returns to it.",
        total=True,
    ),
    frozen_columns=4,
)

CONTRIBUTIONS = SheetLayout(
    "contributions",
    "Contributions",
    "How strongly each initiative moves a goal.",
    model.GoalContribution,
    (
        INITIATIVE,
        INITIATIVE_NAME,
        Column("goal_id", "Goal ID", CellKind.REFERENCE, "Which goal.", "reading", 18, refers_to="goals"),
        Column(
            "goal_title",
            "Goal title",
            CellKind.LOOKED_UP,
            "Filled by a formula from the sheet Goals; nothing to type.",
            width=36,
            refers_to="goals",
        ),
        Column("influence", "Influence", CellKind.WHOLE, "0: not at all … 5: decides it.", "3"),
        Column("note", "Note", CellKind.TEXT, "Why so much.", width=50),
    ),
    "#375623",
    frozen_columns=4,
)

SHEETS = (
    DISTRICT, COUNTS, RATES, GOALS, INITIATIVES, COST_LINES, FLEETS, SOURCES, COMMITMENTS, CONTRIBUTIONS, *REGISTERS,
)  # fmt: skip
SHEET_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
# The sheets whose rows have an id of their own, and the field it stands in.
_WITH_IDS = (RATES, GOALS, INITIATIVES, COST_LINES, FLEETS, SOURCES, *REGISTERS)
IDENTIFIED = {sheet.key: sheet.columns[0].field for sheet in _WITH_IDS if sheet.columns[0].kind is CellKind.IDENTIFIER}
