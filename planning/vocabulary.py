"""The words that every room shares; `docs/` and a test keep them the same everywhere."""

from enum import StrEnum


class Basis(StrEnum):
    """How firm an amount in a budget column is."""

    ACTUAL = "actual"
    ORIGINAL = "original"
    ADOPTED = "adopted"
    APPROVED = "approved"
    REVISED = "revised"
    ESTIMATED = "estimated"
    PROPOSED = "proposed"
    REQUESTED = "requested"
    RECOMMENDED = "recommended"
    PROJECTED = "projected"
    ALLOCATED = "allocated"
    BUDGET = "budget"
    YEAR_TO_DATE = "year_to_date"
    ENCUMBERED = "encumbered"
    AVAILABLE = "available"
    PLANNED = "planned"


class Unit(StrEnum):
    USD = "usd"
    USD_PER_PUPIL = "usd_per_pupil"
    FTE = "fte"
    PUPILS = "pupils"
    COUNT = "count"
    PERCENT = "percent"
    OTHER = "other"


class Side(StrEnum):
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    FUND_BALANCE = "fund_balance"
    BALANCE_SHEET = "balance_sheet"
    UNKNOWN = "unknown"


class TableKind(StrEnum):
    LINES = "lines"
    CROSSTAB = "crosstab"
    BLOCKS = "blocks"
    GRID = "grid"
    SUMMARY = "summary"
    PIVOT = "pivot"
    REGISTER = "register"
    FORM = "form"
    NOTES = "notes"


class RowRole(StrEnum):
    TITLE = "title"
    HEADER = "header"
    HEADING = "heading"
    DETAIL = "detail"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ReadingStatus(StrEnum):
    READY = "ready"
    NEEDS_CHOICE = "needs_choice"
    REFUSED = "refused"


class UploadStatus(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Certainty(StrEnum):
    """How sure the money of a funding source is."""

    SECURED = "secured"
    APPLIED = "applied"
    HOPED = "hoped"


class PriceConfidence(StrEnum):
    CONTRACT = "contract"
    QUOTE = "quote"
    ESTIMATE = "estimate"
    GUESS = "guess"


class CostBridge(StrEnum):
    """How a cost line meets the ledger: already in it, on top of it, or instead of something in it."""

    BASE = "base"
    NEW = "new"
    REPLACES = "replaces"


class CostKind(StrEnum):
    """When a cost line falls due."""

    ONE_TIME = "one_time"
    RECURRING = "recurring"
    REFRESH = "refresh"
    SCHEDULED = "scheduled"
    SUBSCRIPTION = "subscription"
    STAFFING = "staffing"


class CostPurpose(StrEnum):
    """What a cost line is for: the thing itself, or the work around it in the order of its life."""

    PRODUCT = "product"
    SELECTION = "selection"
    IMPLEMENTATION = "implementation"
    TRAINING = "training"
    SUPPORT = "support"
    SECURITY = "security"
    RETIREMENT = "retirement"


class PaymentPoint(StrEnum):
    """The point of the fiscal year at which money is taken to change hands, for discounting."""

    START_OF_YEAR = "start_of_year"
    MIDDLE_OF_YEAR = "middle_of_year"
    END_OF_YEAR = "end_of_year"


class ResidualMethod(StrEnum):
    """What a used unit is worth: a share of its price, or what straight-line depreciation leaves."""

    SHARE = "share"
    STRAIGHT_LINE = "straight_line"


class RateBasis(StrEnum):
    """Whether a discount rate holds inflation (nominal) or not (real)."""

    NOMINAL = "nominal"
    REAL = "real"


class CostTiming(StrEnum):
    """What a dollar of cost is in its year: bought once, every year, bought again, or what replaced units bring."""

    ONE_TIME = "one_time"
    RECURRING = "recurring"
    REFRESH = "refresh"
    RESIDUAL = "residual"


class FundingState(StrEnum):
    """Who carries a dollar of cost: a source, nobody yet, it is a saving, or it is user time nobody budgets."""

    COMMITTED = "committed"
    UNFUNDED = "unfunded"
    SAVING = "saving"
    NOT_BUDGETED = "not_budgeted"


class CostCategory(StrEnum):
    """The five cost families of the CoSN/Gartner TCO tool; indirect labor is user time, not budgeted."""

    HARDWARE = "hardware"
    SOFTWARE = "software"
    EXTERNAL_SERVICES = "external_services"
    DIRECT_LABOR = "direct_labor"
    INDIRECT_LABOR = "indirect_labor"


class Driver(StrEnum):
    """What a quantity is multiplied by; `fixed` means by nothing."""

    FIXED = "fixed"
    STUDENTS = "students"
    STAFF = "staff"
    DEVICES = "devices"
    SITES = "sites"
    USERS = "users"


class InitiativeStatus(StrEnum):
    IDEA = "idea"
    PROPOSED = "proposed"
    APPROVED = "approved"
    UNDERWAY = "underway"
    COMPLETE = "complete"


class InvestmentClass(StrEnum):
    """Why the money is spent: to keep what runs, to grow it, to change it, or because the law says so."""

    RUN = "run"
    GROW = "grow"
    TRANSFORM = "transform"


class SourceKind(StrEnum):
    GENERAL_FUND = "general_fund"
    LEVY = "levy"
    BOND = "bond"
    ERATE_C1 = "erate_c1"
    ERATE_C2 = "erate_c2"
    TITLE_I_A = "title_i_a"
    TITLE_II_A = "title_ii_a"
    TITLE_III = "title_iii"
    TITLE_IV_A = "title_iv_a"
    IDEA = "idea"
    PERKINS = "perkins"
    STATE_GRANT = "state_grant"
    FOUNDATION = "foundation"
    GIFT = "gift"
    SPONSORSHIP = "sponsorship"
    RESERVE = "reserve"
    OTHER = "other"
    PTA = "pta"
    CROWDFUNDING = "crowdfunding"
    IN_KIND_GIFT = "in_kind_gift"
    RESALE = "resale"
    SAVINGS = "savings"


class Population(StrEnum):
    """Whom a cost serves, in the words of the laws that restrict money to some of the students."""

    EVERYONE = "everyone"
    TITLE_I_SCHOOLS = "title_i_schools"
    ENGLISH_LEARNERS = "english_learners"
    STUDENTS_WITH_DISABILITIES = "students_with_disabilities"
    CAREER_AND_TECHNICAL = "career_and_technical"


class Equipment(StrEnum):
    """Kinds of equipment of which the reference data says how long they are usually kept."""

    STUDENT_CHROMEBOOK = "student_chromebook"
    STAFF_LAPTOP = "staff_laptop"
    LARGE_TOUCH_DISPLAY = "large_touch_display"
    MONITOR = "monitor"
    NETWORK_SWITCH = "network_switch"
    ACCESS_POINT = "access_point"
    FIREWALL = "firewall"
    UPS_BATTERY = "ups_battery"
    CABLING = "cabling"
    TELEPHONE = "telephone"
    SERVER = "server"


class ErateService(StrEnum):
    """What E-Rate's eligible services list calls a thing, and what it names as not eligible."""

    INTERNET_ACCESS = "internet_access"
    DATA_TRANSMISSION = "data_transmission"
    ACCESS_POINTS = "access_points"
    SWITCHES = "switches"
    ROUTERS = "routers"
    CABLING = "cabling"
    RACKS = "racks"
    UPS = "ups"
    WIRELESS_CONTROLLERS = "wireless_controllers"
    CACHING = "caching"
    BASIC_FIREWALL = "basic_firewall"
    INSTALLATION = "installation"
    LICENCES = "licences"
    BASIC_MAINTENANCE = "basic_maintenance"
    MANAGED_INTERNAL_BROADBAND = "managed_internal_broadband"
    ADVANCED_FIREWALL = "advanced_firewall"
    HOTSPOTS = "hotspots"
    SCHOOL_BUS_WIFI = "school_bus_wifi"
    END_USER_DEVICES = "end_user_devices"
    VOICE = "voice"
    STORAGE = "storage"
    SOFTWARE = "software"
    CAMERAS = "cameras"
    VEHICLE_TRACKING = "vehicle_tracking"
    OTHER = "other"
