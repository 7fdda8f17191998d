"""More files of a district that are no budgets."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from benchmarks.layouts.others import PEOPLE, SITES, THINGS, VENDORS, draw_count, draw_date, draw_money, print_rows
from benchmarks.layouts.printed import Cell, Panel


def print_enrollment_history(rng: Random) -> Panel:
    first = rng.randint(2017, 2021)
    header = ["School", *(f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + 4))]
    rows: list[list[object]] = [[site, *(draw_count(rng, 120, 900) for _ in range(4))] for site in SITES]
    panel = Panel()
    panel.put(0, 0, "Enrollment History, October Count")
    panel.place(print_rows(header, rows), 2, 0)
    return panel


def print_bid_tabulation(rng: Random) -> Panel:
    header = ["Item", "Description", "Qty", *rng.sample(VENDORS, 3)]
    rows: list[list[object]] = [
        [str(number), rng.choice(THINGS), draw_count(rng, 1, 200), *(draw_money(rng, 50, 900) for _ in range(3))]
        for number in range(1, rng.randint(6, 15))
    ]
    panel = Panel()
    panel.put(0, 0, f"Bid Tabulation - RFP {rng.randint(2020, 2025)}-{rng.randint(10, 40)}")
    panel.place(print_rows(header, rows), 2, 0)
    return panel


def print_fees(rng: Random) -> Panel:
    header = ["Fee", "Grade Level", "Amount"]
    names = (
        "Activity Fee",
        "Parking Permit",
        "Chromebook Insurance",
        "Lunch",
        "Breakfast",
        "Yearbook",
        "Instrument Rental",
    )
    rows: list[list[object]] = [[name, rng.choice(["K-5", "6-8", "9-12"]), draw_money(rng, 2, 150)] for name in names]
    panel = Panel()
    panel.put(0, 0, "Schedule of Student Fees 2024-25")
    panel.place(print_rows(header, rows), 2, 0)
    return panel


def print_purchase_orders(rng: Random) -> Panel:
    header = ["PO Number", "PO Date", "Vendor Name", "Account", "Description", "PO Amount", "Paid", "Open"]
    rows: list[list[object]] = []
    for number in range(rng.randint(15, 50)):
        amount = draw_money(rng, 50, 9000)
        paid = rng.choice([Decimal(0), amount])
        account = f"10-2410-410-{rng.randint(1, 9):03d}"
        rows.append(
            [
                f"24{number:05d}",
                draw_date(rng),
                rng.choice(VENDORS),
                account,
                rng.choice(THINGS),
                amount,
                paid,
                amount - paid,
            ]
        )
    return print_rows(header, rows)


def print_payroll(rng: Random) -> Panel:
    header = ["Employee ID", "Name", "Pay Date", "Gross Pay", "Taxes", "Deductions", "Net Pay"]
    rows: list[list[object]] = []
    for _ in range(rng.randint(15, 50)):
        gross = draw_money(rng, 1200, 4000)
        taxes, deductions = round(gross / 5, 2), draw_money(rng, 10, 300)
        rows.append(
            [
                str(rng.randint(1000, 9999)),
                rng.choice(PEOPLE),
                draw_date(rng),
                gross,
                taxes,
                deductions,
                gross - taxes - deductions,
            ]
        )
    return print_rows(header, rows)


def print_test_scores(rng: Random) -> Panel:
    header = ["School", "Subject", "2022-23 % Proficient", "2023-24 % Proficient", "2024-25 % Proficient"]
    rows: list[list[object]] = [
        [site, subject, *(Cell(Decimal(rng.randint(200, 900)) / 10, "number") for _ in range(3))]
        for site in SITES
        for subject in ("Mathematics", "Reading", "Science")
    ]
    return print_rows(header, rows)


def print_bank_transactions(rng: Random) -> Panel:
    header = ["Posting Date", "Reference", "Description", "Debit", "Credit", "Balance"]
    balance = draw_money(rng, 50000, 90000)
    rows: list[list[object]] = []
    for _ in range(rng.randint(20, 60)):
        amount = draw_money(rng, 10, 3000)
        out = rng.random() < 0.6
        balance += -amount if out else amount
        rows.append(
            [
                draw_date(rng),
                str(rng.randint(10**5, 10**6)),
                rng.choice(VENDORS),
                amount if out else "",
                "" if out else amount,
                balance,
            ]
        )
    return print_rows(header, rows)


def print_donors(rng: Random) -> Panel:
    """A list of gifts that the board accepts."""
    header = ["Donor", "School", "Purpose", "Date Received", "Amount"]
    rows: list[list[object]] = [
        [
            rng.choice(PEOPLE),
            rng.choice(SITES),
            rng.choice(["Band", "Library", "Robotics"]),
            draw_date(rng),
            draw_money(rng, 25, 5000),
        ]
        for _ in range(rng.randint(8, 25))
    ]
    panel = Panel()
    panel.put(0, 0, "Donations for Board Acceptance")
    panel.place(print_rows(header, rows), 2, 0)
    return panel


WIDER_OTHERS: dict[str, Callable[[Random], Panel]] = {
    "enrollment_history": print_enrollment_history,
    "bid_tabulation": print_bid_tabulation,
    "fees": print_fees,
    "purchase_orders": print_purchase_orders,
    "payroll": print_payroll,
    "test_scores": print_test_scores,
    "bank_transactions": print_bank_transactions,
    "donors": print_donors,
}
