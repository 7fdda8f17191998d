"""Files of a district that are no budgets: they hold amounts, years and codes too, and must not be imported."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from benchmarks.layouts.printed import Cell, Panel

PEOPLE = ("Avery Stone", "Blake Rivers", "Casey Fields", "Drew Marsh", "Ellis Ford", "Finley Moss", "Gray Hollis")
THINGS = (
    "Chromebook 11",
    "Laser printer",
    "Document camera",
    "Wireless access point",
    "Laptop cart",
    "Switch 48-port",
)
VENDORS = ("Northwind Supply", "Tri-County Books", "Summit Software", "Acme Paper", "Valley Bus Parts")
SITES = ("Lincoln Elementary", "Jefferson High School", "District Office")


def draw_date(rng: Random) -> str:
    return f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}/{rng.randint(2019, 2025)}"


def draw_money(rng: Random, low: int, high: int) -> Decimal:
    return Decimal(rng.randint(low * 100, high * 100)) / 100


def _as_cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(value if isinstance(value, Decimal) else str(value))


def draw_count(rng: Random, low: int, high: int) -> Cell:
    """A number that is no money."""
    return Cell(Decimal(rng.randint(low, high)), "number")


def print_rows(header: list[str], rows: Sequence[Sequence[object]]) -> Panel:
    panel = Panel()
    for cells in [header, *rows]:
        panel.add_row({place: _as_cell(value) for place, value in enumerate(cells)})
    return panel


def print_inventory(rng: Random) -> Panel:
    header = ["Asset Tag", "Description", "Serial Number", "Purchase Date", "Cost", "Location", "Condition"]
    rows = [
        [
            f"T{rng.randint(10000, 99999)}",
            rng.choice(THINGS),
            f"SN{rng.randint(10**7, 10**8)}",
            draw_date(rng),
            draw_money(rng, 50, 3000),
            rng.choice(SITES),
            rng.choice(["Good", "Fair", "New"]),
        ]
        for _ in range(rng.randint(15, 60))
    ]
    return print_rows(header, rows)


def print_check_register(rng: Random) -> Panel:
    header = ["Check No", "Check Date", "Vendor", "Invoice", "Account", "Amount"]
    rows: list[list[object]] = [
        [
            str(40000 + number),
            draw_date(rng),
            rng.choice(VENDORS),
            f"INV-{rng.randint(100, 999)}",
            f"10-2410-410-{rng.randint(1, 9):03d}",
            draw_money(rng, 10, 9000),
        ]
        for number in range(rng.randint(15, 60))
    ]
    total = sum((row[-1] for row in rows if isinstance(row[-1], Decimal)), Decimal(0))
    return print_rows(header, [*rows, ["Total", "", "", "", "", total]])


def print_contacts(rng: Random) -> Panel:
    header = ["Name", "Title", "School", "Phone", "Email"]
    rows: list[list[object]] = [
        [
            name,
            rng.choice(["Principal", "Teacher", "Secretary"]),
            rng.choice(SITES),
            f"555-01{rng.randint(10, 99)}",
            f"{name.split()[0].lower()}@example.org",
        ]
        for name in PEOPLE
    ]
    return print_rows(header, rows)


def print_survey(rng: Random) -> Panel:
    header = ["Timestamp", "Role", "I have the devices I need (1-5)", "Training was useful (1-5)", "Comments"]
    rows: list[list[object]] = [
        [
            draw_date(rng),
            rng.choice(["Teacher", "Parent", "Student"]),
            draw_count(rng, 1, 5),
            draw_count(rng, 1, 5),
            rng.choice(["", "More hotspots please", "Great support"]),
        ]
        for _ in range(rng.randint(20, 60))
    ]
    return print_rows(header, rows)


def print_requisition(rng: Random) -> Panel:
    """A form for a purchase: quantities and prices, one total."""
    panel = Panel()
    panel.put(0, 0, "PURCHASE REQUISITION")
    for row, (label, value) in enumerate(
        [("Requested by:", rng.choice(PEOPLE)), ("Date:", draw_date(rng)), ("School:", "")], 2
    ):
        panel.put(row, 0, label)
        panel.put(row, 1, value)
    items = [(rng.choice(THINGS), Decimal(rng.randint(1, 20)), draw_money(rng, 5, 900)) for _ in range(5)]
    rows = [(name, Cell(quantity, "number"), price, quantity * price) for name, quantity, price in items]
    panel.place(print_rows(["Item", "Quantity", "Unit Price", "Extended"], rows), 7, 0)
    panel.add_row({2: Cell("Total"), 3: Cell(sum((row[3] for row in rows), Decimal(0)))})
    panel.add_row({0: Cell("Approved by: ____________________")})
    return panel


def print_salary_schedule(rng: Random) -> Panel:
    """Steps down, lanes across: what one teacher is paid, nobody's budget."""
    base = rng.randint(38000, 52000)
    header = ["Step", "BA", "BA+15", "MA", "MA+30", "PhD"]
    rows: list[list[object]] = [
        [str(step), *(Decimal(round(base * (1 + 0.03 * step) * (1 + 0.04 * lane))) for lane in range(5))]
        for step in range(1, rng.randint(12, 22))
    ]
    panel = Panel()
    panel.put(0, 0, "Certified Salary Schedule 2024-25")
    panel.place(print_rows(header, rows), 2, 0)
    return panel


def print_enrollment(rng: Random) -> Panel:
    header = ["School", "K", "1", "2", "3", "4", "5", "Total Enrollment"]
    rows: list[list[object]] = []
    for site in SITES[:2]:
        pupils = [Decimal(rng.randint(40, 120)) for _ in range(6)]
        rows.append([site, *(Cell(count, "number") for count in [*pupils, sum(pupils, Decimal(0))])])
    panel = Panel()
    panel.put(0, 0, "Enrollment by Grade, October 1 Count")
    panel.place(print_rows(header, rows), 1, 0)
    return panel


def print_licences(rng: Random) -> Panel:
    header = ["Product", "Publisher", "License Type", "Licenses", "Renewal Date", "Annual Cost", "Data Agreement"]
    rows: list[list[object]] = [
        [
            f"{rng.choice(['Math', 'Read', 'Quiz', 'Class'])}{rng.choice(['ly', 'Hub', 'Works'])}",
            rng.choice(VENDORS),
            rng.choice(["Site", "Per student"]),
            draw_count(rng, 20, 4000),
            draw_date(rng),
            draw_money(rng, 200, 30000),
            rng.choice(["Yes", "No", "Pending"]),
        ]
        for _ in range(rng.randint(10, 40))
    ]
    return print_rows(header, rows)


OTHERS: dict[str, Callable[[Random], Panel]] = {
    "inventory": print_inventory,
    "check_register": print_check_register,
    "contacts": print_contacts,
    "survey": print_survey,
    "requisition": print_requisition,
    "salary_schedule": print_salary_schedule,
    "enrollment": print_enrollment,
    "licences": print_licences,
}
