"""What a district's own policy says at which amount: who may accept a gift, when quotes or bids are asked for.

Boundaries differ from policy to policy ("more than", "at least", "less than"): the comparison stands with the amount.
"""

from decimal import Decimal
from enum import StrEnum

from planning.fields import Identifier, Model, NonNegative
from planning.reference import compare


class PolicySubject(StrEnum):
    """What a threshold of the district's policy decides."""

    GIFT_PRINCIPAL = "gift_principal"
    GIFT_SUPERINTENDENT = "gift_superintendent"
    GIFT_BOARD = "gift_board"
    QUOTES = "quotes"
    FORMAL_BID = "formal_bid"
    BOARD_PURCHASE = "board_purchase"


class Comparison(StrEnum):
    """How an amount stands to the one a policy names, in the policy's words."""

    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


_OPERATORS = {
    Comparison.LESS_THAN: "<",
    Comparison.AT_MOST: "<=",
    Comparison.MORE_THAN: ">",
    Comparison.AT_LEAST: ">=",
}


class PolicyThreshold(Model):
    """One sentence of the policy: `subject` applies where an amount stands so to `amount_usd`."""

    policy_id: Identifier
    subject: PolicySubject
    operator: Comparison
    amount_usd: NonNegative
    source: str = ""

    def applies_to(self, amount_usd: Decimal) -> bool:
        return compare(amount_usd, _OPERATORS[self.operator], self.amount_usd)

    def say(self) -> str:
        places = 0 if self.amount_usd == self.amount_usd.to_integral_value() else 2
        return f"{self.operator.replace('_', ' ')} ${self.amount_usd:,.{places}f}"
