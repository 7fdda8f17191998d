"""The evaluation sheet of one purchase: offers by weighted points, why one is refused, whether the best was chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.figure import Column, FigureUnit, Table, Value
from planning.findings import Finding, FindingKind
from planning.governance.evaluation_sheet import ScoredOffer, score_offers, score_prices
from planning.model import Plan
from planning.money import format_percent, round_half_up, to_cents
from planning.registers import Criterion, ExclusionResult, PurchaseRecord, ReceivedOffer
from planning.vocabulary import Severity

OFFER_NOT_BEST = FindingKind(
    "offer_not_best",
    Severity.WARNING,
    "{item}: {found} is chosen with {points} points although {expected} has {most}, and no reason is written down.",
    "Write down why {found} is chosen, or choose {expected}.",
)
OFFER_REFUSED_CHOSEN = FindingKind(
    "offer_refused_chosen",
    Severity.ERROR,
    "{item}: {found} is chosen although it is not judged: {expected}.",
    "Choose an offer that is judged, or take away the reason why {found} is not.",
)
OFFERS_CHOSEN_TWICE = FindingKind(
    "offers_chosen_twice",
    Severity.ERROR,
    "{item} has {count} chosen offers: {found}.",
    "Leave one of them chosen, or record a purchase for each.",
)
EVALUATION_MISSING = FindingKind(
    "evaluation_missing",
    Severity.ERROR,
    "{item} was awarded under E-Rate on {found} and has no evaluation sheet.",
    "Enter the criteria with their weights and every offer that came in; USAC asks for them for ten years.",
)
NO_POINTS = "not judged: points are missing"


@dataclass(frozen=True)
class JudgedOffer:
    """An offer by the name it is listed under, with its points or why it is not judged."""

    name: str
    offer: ReceivedOffer
    scored: ScoredOffer | None
    refused: str = ""


@dataclass(frozen=True)
class OfferReview:
    """The sheet: criteria, offers with the best first and those not judged last, and what is wrong."""

    record: PurchaseRecord
    criteria: tuple[Criterion, ...]
    offers: tuple[JudgedOffer, ...]
    findings: tuple[Finding, ...]

    @property
    def best(self) -> JudgedOffer | None:
        return next((one for one in self.offers if one.scored), None)

    @property
    def chosen(self) -> tuple[JudgedOffer, ...]:
        return tuple(one for one in self.offers if one.offer.is_chosen)

    def explain(self, one: JudgedOffer) -> str:
        """Why the offer is chosen, is not, or is not judged."""
        if one.offer.is_chosen:
            return f"chosen: {one.offer.reason}" if one.offer.reason else "chosen"
        if one.scored is None or self.best is None or self.best.scored is None:
            return one.refused
        if one is self.best:
            return "best, not chosen" if self.chosen else "best so far"
        return f"{show_points(self.best.scored.total - one.scored.total)} points behind {self.best.name}"


def review_offers(record: PurchaseRecord, plan: Plan, is_federal: bool, as_of: date) -> OfferReview:
    """The offers for a purchase by weighted points, the best first.

    Not judged is an offer that was refused with a reason, one whose vendor is excluded where federal money pays, and
    one without points for a criterion. The points of the eligible price are 100 × lowest ÷ price among those judged.
    """
    criteria = _name_criteria([one for one in plan.criteria if one.purchase_id == record.purchase_id])
    offers = _name_offers([one for one in plan.offers if one.purchase_id == record.purchase_id])
    refused = {name: why for name, one in offers.items() if (why := _find_refusal(one, criteria, is_federal))}
    judged = {name: one for name, one in offers.items() if name not in refused}
    ranked, findings = score_offers(criteria, _list_points(plan, criteria, judged), record.is_erate)
    places = {one.vendor: place for place, one in enumerate(ranked)}
    listed = tuple(
        JudgedOffer(name, offers[name], ranked[places[name]] if name in places else None, refused.get(name, NO_POINTS))
        for name in sorted(offers, key=lambda name: places.get(name, len(ranked)))
    )
    review = OfferReview(record, criteria, listed, findings)
    return OfferReview(record, criteria, listed, (*findings, *_check_choice(review, as_of)))


def _name_offers(offers: Sequence[ReceivedOffer]) -> dict[str, ReceivedOffer]:
    """Offers by their vendor; by vendor and id where one vendor made several."""
    counts = Counter(one.vendor for one in offers)
    return {one.vendor if counts[one.vendor] == 1 else f"{one.vendor} ({one.offer_id})": one for one in offers}


def _name_criteria(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Criteria by their name; by name and id where several have one name, because points go by the name."""
    counts = Counter(one.name for one in criteria)
    return tuple(
        one if counts[one.name] == 1 else one.model_copy(update={"name": f"{one.name} ({one.criterion_id})"})
        for one in criteria
    )


def _find_refusal(offer: ReceivedOffer, criteria: Sequence[Criterion], is_federal: bool) -> str:
    if offer.refused_because:
        return f"refused: {offer.refused_because}"
    if is_federal and offer.exclusion is ExclusionResult.EXCLUDED:
        return "refused: its vendor is excluded in SAM.gov"
    return "" if criteria else "no criteria yet"


def _list_points(
    plan: Plan, criteria: Sequence[Criterion], offers: Mapping[str, ReceivedOffer]
) -> dict[str, dict[str, Decimal]]:
    """The points of each offer by the name of the criterion; those of the eligible price follow from the prices."""
    typed = {(one.offer_id, one.criterion_id): one.points for one in plan.offer_scores}
    prices = {name: one.price_usd if one.eligible_usd is None else one.eligible_usd for name, one in offers.items()}
    of_price = score_prices(prices) if prices else {}
    points: dict[str, dict[str, Decimal]] = {}
    for name, offer in offers.items():
        given = {one.name: typed.get((offer.offer_id, one.criterion_id)) for one in criteria}
        given |= {one.name: of_price[name] for one in criteria if one.is_eligible_price}
        points[name] = {key: value for key, value in given.items() if value is not None}
    return points


def _check_choice(review: OfferReview, as_of: date) -> list[Finding]:
    record, best, item = review.record, review.best, review.record.description
    if record.is_erate and record.award_on < as_of and not (review.criteria and review.offers):
        return [EVALUATION_MISSING.at(item=item, found=record.award_on)]
    if len(review.chosen) > 1:
        names = ", ".join(one.name for one in review.chosen)
        return [OFFERS_CHOSEN_TWICE.at(item=item, found=names, count=len(review.chosen))]
    findings = []
    for one in review.chosen:
        if one.scored is None and one.refused.startswith("refused"):
            findings.append(OFFER_REFUSED_CHOSEN.at(item=item, found=one.name, expected=one.refused))
        elif one.scored and best and best.scored and one.scored.total < best.scored.total and not one.offer.reason:
            points, most = show_points(one.scored.total), show_points(best.scored.total)
            findings.append(OFFER_NOT_BEST.at(item=item, found=one.name, expected=best.name, points=points, most=most))
    return findings


def show_points(points: Decimal) -> str:
    """Points as they are shown: two decimals, rounded half up."""
    return str(round_half_up(points, 2))


def tabulate_offers(review: OfferReview) -> Table:
    """Every offer with its points by criterion and its weighted total, the best first, and why not the others."""
    columns = (
        Column("Vendor"),
        Column("Price", FigureUnit.CENTS),
        *(Column(_head(one, review.criteria)) for one in review.criteria),
        Column("Weighted points"),
        Column("Received"),
        Column("SAM.gov"),
        Column("Outcome"),
    )
    return Table(columns, tuple(_list_cells(one, review) for one in review.offers))


def _head(criterion: Criterion, criteria: Sequence[Criterion]) -> str:
    whole = sum((one.weight for one in criteria), Decimal(0))
    return f"{criterion.name} ({format_percent(criterion.weight / whole) if whole else 'no weight'})"


def _list_cells(one: JudgedOffer, review: OfferReview) -> tuple[Value, ...]:
    offer = one.offer
    points = [show_points(value) for value in one.scored.points] if one.scored else ["—"] * len(review.criteria)
    looked_up = offer.exclusion.replace("_", " ")
    return (
        one.name,
        to_cents(offer.price_usd),
        *points,
        show_points(one.scored.total) if one.scored else "—",
        str(offer.received_on or ""),
        f"{looked_up} {offer.exclusion_checked_on}" if offer.exclusion_checked_on else looked_up,
        review.explain(one),
    )


def tabulate_criteria(review: OfferReview) -> Table:
    """What the offers are judged by, the heaviest first."""
    rows = tuple(
        (one.name, show_points(one.weight), "yes" if one.is_eligible_price else "no")
        for one in sorted(review.criteria, key=lambda one: -one.weight)
    )
    return Table((Column("Criterion"), Column("Weight"), Column("Price of eligible goods")), rows)


def describe_offers(review: OfferReview) -> str:
    """What the sheet says first."""
    item, best = review.record.description, review.best
    if not review.offers:
        return f"{item}: the criteria stand, and no offer is in yet." if review.criteria else f"{item}: no sheet yet."
    judged = sum(one.scored is not None for one in review.offers)
    offers = f"{len(review.offers)} offer{'s' * (len(review.offers) != 1)}"
    sentence = f"{item}: {offers} came in, {judged} judged."
    if best and best.scored:
        sentence += f" {best.name} is best with {show_points(best.scored.total)} of 100 points."
    chosen = ", ".join(one.name for one in review.chosen)
    return sentence + (f" {chosen} is chosen." if chosen else " None is chosen yet.")
