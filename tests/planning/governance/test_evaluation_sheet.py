from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planning.governance.evaluation_sheet import check_price_weight, score_offers, score_prices
from planning.registers import Criterion


def make_criterion(name: str, weight: int, is_price: bool = False) -> Criterion:
    values = {"criterion_id": name.lower(), "purchase_id": "p", "name": name, "weight": weight}
    return Criterion.model_validate({**values, "is_eligible_price": is_price})


PRICE = make_criterion("Price", 40, is_price=True)
SHEET = (PRICE, make_criterion("Experience", 35), make_criterion("Service", 25))


def points(*values: int) -> dict[str, Decimal]:
    return {criterion.name: Decimal(value) for criterion, value in zip(SHEET, values, strict=False)}


def test_the_weighted_total_orders_the_offers() -> None:
    offers, findings = score_offers(SHEET, {"Dear": points(80, 100, 100), "Cheap": points(100, 90, 60)})
    assert [(offer.vendor, offer.total) for offer in offers] == [("Dear", Decimal(92)), ("Cheap", Decimal("86.5"))]
    assert findings == ()


def test_price_must_weigh_strictly_most() -> None:
    equal = (PRICE, make_criterion("Experience", 40))
    assert check_price_weight(SHEET) == ()
    [finding] = check_price_weight(equal)
    assert finding.message.startswith("Price weighs 40 and Experience weighs 40;")
    assert [one.code for one in check_price_weight(SHEET[1:])] == ["price_not_heaviest"] * 2


def test_only_for_e_rate_must_the_price_weigh_most() -> None:
    equal, given_points = (PRICE, make_criterion("Experience", 40)), {"Sole": points(100, 100)}
    codes = [[one.code for one in score_offers(equal, given_points, is_erate)[1]] for is_erate in (True, False)]
    assert codes == [["price_not_heaviest"], []]


def test_an_offer_with_a_blank_is_not_scored_as_zero() -> None:
    offers, findings = score_offers(SHEET, {"Whole": points(1, 1, 1), "Torn": points(100, 100)})
    assert [offer.vendor for offer in offers] == ["Whole"]
    assert [finding.message for finding in findings] == ["The offer of Torn has no points for Service."]


@given(st.dictionaries(st.text(min_size=1), st.decimals(1, 10**9, places=2), min_size=1, max_size=6))
def test_the_cheapest_has_all_points_and_nobody_more(prices: dict[str, Decimal]) -> None:
    scored = score_prices(prices)
    assert max(scored.values()) == 100 and min(scored.values()) > 0
    assert scored[min(prices, key=lambda name: prices[name])] == 100
