"""What the sample's initiatives cost: every line with its count, price, account, vendor and place in the ledger."""

from decimal import Decimal
from typing import Any

from planning.model import CostLine, Fleet
from planning.vocabulary import CostBridge, CostCategory, CostKind, CostPurpose, Driver, Equipment, PriceConfidence

HARDWARE, SOFTWARE = CostCategory.HARDWARE, CostCategory.SOFTWARE
SERVICES, LABOR, USER_TIME = CostCategory.EXTERNAL_SERVICES, CostCategory.DIRECT_LABOR, CostCategory.INDIRECT_LABOR
ONE_TIME, RECURRING, REFRESH = CostKind.ONE_TIME, CostKind.RECURRING, CostKind.REFRESH
SUBSCRIPTION, STAFFING = CostKind.SUBSCRIPTION, CostKind.STAFFING
IMPLEMENTATION, TRAINING = CostPurpose.IMPLEMENTATION, CostPurpose.TRAINING
SECURITY, SUPPORT = CostPurpose.SECURITY, CostPurpose.SUPPORT
CONTRACT, QUOTE, GUESS = PriceConfidence.CONTRACT, PriceConfidence.QUOTE, PriceConfidence.GUESS
BASE, REPLACES = CostBridge.BASE, CostBridge.REPLACES
THIS_YEAR, NEXT_YEAR, THIRD_YEAR = "FY2026-27", "FY2027-28", "FY2028-29"
DEVICES, NETWORK, PRINTERS = "Summit Device Supply", "Mesa Network Supply", "Mesa Network Supply"


def build_cost_lines() -> tuple[CostLine, ...]:
    """Every cost line; the ids count within an initiative."""
    groups = (
        _student_devices(),
        _wifi(),
        _detection(),
        _student_systems(),
        _identity(),
        _learning_software(),
        _panels(),
        _cameras(),
        _buses(),
        _hotspots(),
        _printers(),
        _coaches(),
        _retired_applications(),
    )
    return tuple(line for group in groups for line in group)


def _line(
    cost_line_id: str,
    description: str,
    kind: CostKind,
    category: CostCategory,
    quantity: int,
    unit_price_usd: str,
    start: str,
    **fields: Any,  # noqa: ANN401 - the other fields of CostLine, which checks them
) -> CostLine:
    """A cost line; its id is its initiative's id, a dot and a word."""
    return CostLine(
        cost_line_id=cost_line_id,
        initiative_id=cost_line_id.partition(".")[0],
        description=description,
        kind=kind,
        category=category,
        quantity=Decimal(quantity),
        unit_price_usd=Decimal(unit_price_usd),
        start=start,
        **{"dollar_year": THIS_YEAR, **fields},
    )


def _student_devices() -> tuple[CostLine, ...]:
    fields = {"account": "10-1000-650", "vendor": DEVICES, "price_confidence": CONTRACT, "bridge": BASE}
    return (_line("student-devices.yearly", "A year's devices", RECURRING, HARDWARE, 1200, "438", THIS_YEAR, **fields),)


def _wifi() -> tuple[CostLine, ...]:
    fields = {"account": "30-4700-450", "price_confidence": QUOTE}
    return (
        _line(
            "wifi.access-points", "Access points", REFRESH, HARDWARE, 620, "780", NEXT_YEAR, refresh_years=7, **fields
        ),
        _line("wifi.switches", "Switches", REFRESH, HARDWARE, 148, "2850", NEXT_YEAR, refresh_years=8, **fields),
        _line(
            "wifi.installation",
            "Cabling and installation, each school",
            ONE_TIME,
            SERVICES,
            1,
            "21260",
            NEXT_YEAR,
            driver=Driver.SITES,
            purpose=IMPLEMENTATION,
            **fields,
        ),
    )


def _detection() -> tuple[CostLine, ...]:
    return (
        _line(
            "detection.service",
            "Service for each computer and server",
            RECURRING,
            SERVICES,
            4500,
            "21",
            THIS_YEAR,
            purpose=SECURITY,
            escalation="managed-security",
            account="10-2580-352",
            vendor="Palisade Watch",
            price_confidence=CONTRACT,
            bridge=BASE,
        ),
    )


def _student_systems() -> tuple[CostLine, ...]:
    new = {"account": "10-2580-352", "vendor": "Foxglove Student Records", "price_confidence": QUOTE}
    return (
        _line(
            "new-sis.conversion",
            "Data conversion",
            ONE_TIME,
            SERVICES,
            1,
            "148000",
            NEXT_YEAR,
            purpose=IMPLEMENTATION,
            **new,
        ),
        _line(
            "new-sis.integration",
            "Integration and reports",
            ONE_TIME,
            SERVICES,
            1,
            "96000",
            NEXT_YEAR,
            purpose=IMPLEMENTATION,
            **new,
        ),
        _line(
            "new-sis.training",
            "Training and go-live",
            ONE_TIME,
            SERVICES,
            1,
            "142000",
            NEXT_YEAR,
            purpose=TRAINING,
            **new,
        ),
        _line(
            "new-sis.subscription",
            "Subscription for 6,200 students, price fixed for the term of five years",
            SUBSCRIPTION,
            SOFTWARE,
            6200,
            "9.90",
            NEXT_YEAR,
            term_years=5,
            renewal_uplift=Decimal("0.07"),
            bridge=REPLACES,
            **new,
        ),
        _line(
            "new-sis.learning",
            "Four hours of every employee's time to learn it",
            ONE_TIME,
            USER_TIME,
            4,
            "45",
            NEXT_YEAR,
            driver=Driver.STAFF,
            purpose=TRAINING,
            price_confidence=GUESS,
        ),
        _line(
            "keep-sis.renewal",
            "Yearly renewal",
            RECURRING,
            SOFTWARE,
            1,
            "74200",
            THIS_YEAR,
            account="10-2580-352",
            vendor="Trailmark Student Systems",
            price_confidence=CONTRACT,
            bridge=BASE,
        ),
    )


def _identity() -> tuple[CostLine, ...]:
    return (
        _line(
            "identity.accounts",
            "Sign-on for each student, staff included in the price",
            RECURRING,
            SOFTWARE,
            1,
            "6.20",
            THIS_YEAR,
            driver=Driver.STUDENTS,
            purpose=SECURITY,
            account="10-2580-530",
            vendor="Keyring Identity",
            price_confidence=CONTRACT,
            bridge=BASE,
        ),
    )


def _learning_software() -> tuple[CostLine, ...]:
    reading = {"account": "10-1000-530", "vendor": "Brightpage Learning", "price_confidence": CONTRACT, "bridge": BASE}
    return (
        _line("literacy.title-i", "Pupils of Title I schools", RECURRING, SOFTWARE, 1690, "27", THIS_YEAR, **reading),
        _line("literacy.others", "Pupils of other schools", RECURRING, SOFTWARE, 1190, "27", THIS_YEAR, **reading),
        _line(
            "ai-tutoring.licences",
            "Pilot licence for each middle school pupil",
            ONE_TIME,
            SOFTWARE,
            1420,
            "30",
            THIS_YEAR,
            account="10-1000-530",
            vendor="Tutorwell",
            price_confidence=QUOTE,
        ),
    )


def _panels() -> tuple[CostLine, ...]:
    fields = {"account": "30-4700-450", "price_confidence": QUOTE, "refresh_years": 8}
    return (_line("panels.panels", "Panels, mounted", REFRESH, HARDWARE, 310, "2950", NEXT_YEAR, **fields),)


def _cameras() -> tuple[CostLine, ...]:
    fields = {"account": "30-4700-450", "price_confidence": QUOTE, "refresh_years": 10}
    return (
        _line("cameras.cameras", "Cameras, installed", REFRESH, HARDWARE, 640, "725", NEXT_YEAR, **fields),
        _line("cameras.doors", "Doors with card readers", REFRESH, HARDWARE, 139, "2000", NEXT_YEAR, **fields),
        _line(
            "cameras.storage", "Storage of video", RECURRING, SERVICES, 1, "58000", THIRD_YEAR, account="10-2580-530"
        ),
    )


def _buses() -> tuple[CostLine, ...]:
    fields = {"account": "10-2700-530", "vendor": "Waybill Transit", "price_confidence": QUOTE}
    return (
        _line("bus-gps.units", "GPS and card readers", ONE_TIME, HARDWARE, 64, "1200", NEXT_YEAR, **fields),
        _line("bus-gps.service", "Service for each bus", RECURRING, SERVICES, 64, "360", NEXT_YEAR, **fields),
    )


def _hotspots() -> tuple[CostLine, ...]:
    fields = {"account": "10-1000-530", "vendor": "Foothill Wireless", "price_confidence": CONTRACT, "bridge": BASE}
    return (_line("hotspots.service", "Hotspot and service", RECURRING, SERVICES, 250, "210", THIS_YEAR, **fields),)


def _printers() -> tuple[CostLine, ...]:
    supplies, upkeep = {"account": "10-1000-650", "capital": False}, {"account": "10-2580-432", "vendor": PRINTERS}
    return (
        _line(
            "printers.setup",
            "Ventilation, wiring and benches",
            ONE_TIME,
            SERVICES,
            1,
            "18900",
            THIS_YEAR,
            purpose=IMPLEMENTATION,
            **upkeep,
        ),
        _line("printers.materials", "Filament and parts", RECURRING, HARDWARE, 1, "12400", THIS_YEAR, **supplies),
        _line(
            "printers.upkeep",
            "Maintenance contract",
            RECURRING,
            SERVICES,
            1,
            "9300",
            THIS_YEAR,
            purpose=SUPPORT,
            **upkeep,
        ),
        _line("printers.aide", "Lab aide, hours a year", RECURRING, LABOR, 300, "24", THIS_YEAR, account="10-1000-100"),
    )


def _coaches() -> tuple[CostLine, ...]:
    fields = {"escalation": "salaries", "price_confidence": CONTRACT, "bridge": BASE}
    return (
        _line("coaches.pay-10", "Pay of two", STAFFING, LABOR, 2, "70800", THIS_YEAR, account="10-2230-100", **fields),
        _line(
            "coaches.benefits-10",
            "Benefits of two",
            STAFFING,
            LABOR,
            2,
            "25500",
            THIS_YEAR,
            account="10-2230-200",
            **fields,
        ),
        _line("coaches.pay-22", "Pay of one", STAFFING, LABOR, 1, "70800", THIS_YEAR, account="22-2230-100", **fields),
        _line(
            "coaches.benefits-22",
            "Benefits of one",
            STAFFING,
            LABOR,
            1,
            "25500",
            THIS_YEAR,
            account="22-2230-200",
            **fields,
        ),
    )


def _retired_applications() -> tuple[CostLine, ...]:
    fields = {"account": "10-1000-530", "price_confidence": CONTRACT, "bridge": REPLACES}
    ended = (
        ("video", "Classroom video library", "-18200", "Reelcase"),
        ("quiz", "Quiz application", "-14600", "Snapquiz"),
        ("whiteboard", "Digital whiteboard application", "-17400", "Chalkdust Apps"),
        ("typing", "Typing application", "-13500", "Homerow"),
    )
    return tuple(
        _line(f"retire-apps.{word}", name, RECURRING, SOFTWARE, 1, price, NEXT_YEAR, vendor=vendor, **fields)
        for word, name, price, vendor in ended
    )


def build_fleets() -> tuple[Fleet, ...]:
    """The students' devices in service, by year of purchase: half of them were bought with relief money in 2022."""
    bought = (("2022", "FY2021-22", 3100), ("2023", "FY2022-23", 650), ("2024", "FY2023-24", 1150),
              ("2025", "FY2024-25", 1150), ("2026", "FY2025-26", 150))  # fmt: skip
    return tuple(
        Fleet(
            fleet_id=f"student-devices.{word}",
            initiative_id="student-devices",
            description="Students' devices, bought with relief money" if word == "2022" else "Students' devices",
            units=Decimal(units),
            bought=year,
            life_years=6,
            unit_price_usd=Decimal("438"),
            dollar_year=THIS_YEAR,
            equipment=Equipment.STUDENT_CHROMEBOOK,
        )
        for word, year, units in bought
    )
