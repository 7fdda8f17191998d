"""What a district's own policy says at which amount: who may accept a gift, when quotes or bids are asked for.

Boundaries differ from policy to policy ("more than", "at least", "less than"): the comparison stands with the amount.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from planning.model import Identifier, Model, NonNegative
from planning.reference import compare


class PolicySubject(StrEnum):
    """What a threshold of the district's policy decides."""

    GIFT_PRINCIPAL = "gift_principal"
    GIFT_SUPERINTENDENT = "gift_superintendent"
    GIFT_BOARD = "gift_board"
    QUOTES = "quotes"
    FORMAL_BID = "formal_bid"
    BOARD_PURCHASE = "board_purchase"


class PolicyThreshold(Model):
    """One sentence of the policy: `subject` applies where an amount stands so to `amount_usd`."""

    policy_id: Identifier
    subject: PolicySubject
    operator: Literal["<", "<=", ">", ">="]
    amount_usd: NonNegative
    source: str = ""

    def applies_to(self, amount_usd: Decimal) -> bool:
        return compare(amount_usd, self.operator, self.amount_usd)

    def say(self) -> str:
        words = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
        return f"{words[self.operator]} ${self.amount_usd:,.2f}"
