"""What the sample district keeps in the files of its registers: gifts to employees, offers and their points, papers."""

from datetime import date
from decimal import Decimal

from planning.registers import (
    ConflictAnswer,
    ConflictEntry,
    ConflictKind,
    Criterion,
    ExclusionResult,
    OfferScore,
    PaperKind,
    PurchasePaper,
    ReceivedOffer,
)

NETWORK, DEVICES, READING = "Mesa Network Supply", "Summit Device Supply", "Brightpage Learning"
_NETWORK_MANAGER, _COACH = ("Dana Ruiz", "Network manager"), ("Lee Tanaka", "Instructional coach")
_PANELS = "buy-panels"


def build_conflicts() -> tuple[ConflictEntry, ...]:
    """Fictitious people: one gift too dear and returned, three that are too much together, an interest in a bidder."""
    return (
        _give("lunch-network-forum", _NETWORK_MANAGER, NETWORK, "Lunch at a network forum", "18.50", date(2026, 8, 20)),
        _give(
            "tickets-network", _NETWORK_MANAGER, NETWORK, "Two tickets to a game", "64", date(2026, 10, 2),
            answer=ConflictAnswer.RETURNED, answered_on=date(2026, 10, 5),
        ),
        _give("books-reading", _COACH, READING, "Sample books", "20", date(2026, 8, 6)),
        _give("mug-reading", _COACH, READING, "Travel mug", "16", date(2026, 9, 17)),
        _give("lunch-reading", _COACH, READING, "Lunch at a training", "19", date(2026, 11, 5)),
        _give(
            "interest-network", ("Morgan Ellis", "Purchasing specialist"), NETWORK, "A family member works there", "0",
            date(2026, 9, 1), kind=ConflictKind.INTEREST, purchase_id="buy-wifi", request_id="wifi-2027",
        ),
    )  # fmt: skip


def _give(
    entry_id: str, person: tuple[str, str], provider: str, description: str, dollars: str, day: date, **more: object
) -> ConflictEntry:
    words = {"entry_id": entry_id, "person": person[0], "role": person[1], "provider": provider}
    return ConflictEntry.model_validate({**words, "description": description, "value_usd": dollars, "day": day, **more})


def build_criteria() -> tuple[Criterion, ...]:
    """The Wi-Fi's sheet with the price of eligible goods heaviest, before any offer is in; and that of the panels."""
    rows = (
        ("wifi-price", "buy-wifi", "Price of eligible goods", 40, True),
        ("wifi-experience", "buy-wifi", "Experience with schools", 25, False),
        ("wifi-service", "buy-wifi", "Service and warranty", 20, False),
        ("wifi-fit", "buy-wifi", "Fit with what is there", 15, False),
        ("panels-price", _PANELS, "Price", 40, True),
        ("panels-quality", _PANELS, "Display and software", 35, False),
        ("panels-service", _PANELS, "Service and warranty", 25, False),
    )
    return tuple(
        Criterion(criterion_id=name, purchase_id=purchase, name=words, weight=Decimal(weight), is_eligible_price=price)
        for name, purchase, words, weight, price in rows
    )


def build_offers() -> tuple[ReceivedOffer, ...]:
    """Three offers for the panels, one of them late, not the best chosen; the reading program's only one."""
    return (
        _offer("panels-summit", _PANELS, DEVICES, 914_500, date(2026, 11, 12), is_chosen=True),
        _offer("panels-alpine", _PANELS, "Alpine Classroom Systems", 939_300, date(2026, 11, 13)),
        _offer(
            "panels-clearview", _PANELS, "Clearview Boards", 899_000, date(2026, 11, 17),
            refused_because="came in after the closing day",
        ),
        _offer(
            "literacy-brightpage", "buy-literacy", READING, 77_760, date(2026, 7, 10), is_chosen=True,
            exclusion=ExclusionResult.CLEAR, exclusion_checked_on=date(2026, 7, 15),
        ),
    )  # fmt: skip


def _offer(
    offer_id: str, purchase_id: str, vendor: str, dollars: int, received_on: date, **more: object
) -> ReceivedOffer:
    values = {"offer_id": offer_id, "purchase_id": purchase_id, "vendor": vendor, "price_usd": dollars}
    return ReceivedOffer.model_validate({**values, "received_on": received_on, **more})


def build_offer_scores() -> tuple[OfferScore, ...]:
    rows = (
        ("panels-summit", "panels-quality", 78),
        ("panels-summit", "panels-service", 84),
        ("panels-alpine", "panels-quality", 93),
        ("panels-alpine", "panels-service", 88),
    )
    return tuple(
        OfferScore(offer_id=offer, criterion_id=criterion, points=Decimal(points)) for offer, criterion, points in rows
    )


def build_purchase_papers() -> tuple[PurchasePaper, ...]:
    """The devices' cooperative contract without its piggyback clause, the reading program with nothing but a reason."""
    devices, end = "buy-student-devices", date(2028, 6, 30)
    return (
        _file(devices, PaperKind.CONTRACT_NUMBER, "2025-PA-114", dated=date(2025, 7, 1)),
        _file(devices, PaperKind.LEAD_AGENCY, "State purchasing office", dated=date(2025, 7, 1)),
        _file(devices, PaperKind.CONTRACT_TERM, "2025-PA-114, section 3", dated=date(2025, 7, 1), valid_to=end),
        _file(
            "buy-literacy",
            PaperKind.JUSTIFICATION,
            "The core reading program the board adopted",
            dated=date(2026, 9, 14),
        ),
    )


def _file(
    purchase_id: str, kind: PaperKind, reference: str, dated: date, valid_to: date | None = None
) -> PurchasePaper:
    return PurchasePaper(purchase_id=purchase_id, kind=kind, reference=reference, dated=dated, valid_to=valid_to)
