"""What the law and practice say about money, as dated rows: who may pay what, until when and how much of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from planning.fields import Model
from planning.findings import Finding, FindingKind
from planning.vocabulary import Severity, SourceKind

FUNDING_RULE_EXPIRED = FindingKind(
    "funding_rule_expired",
    Severity.WARNING,
    "The funding rule {item} was valid to {expected} and nothing follows it; it still counts.",
    "Look at {found}, and give the rule its new dates or the row that follows it.",
)


class RuleEffect(StrEnum):
    """What a rule does to a cost, to a source, or to both."""

    ONLY = "only"  # with the other `only` rows of its field: nothing else is paid
    BAR = "bar"
    PERMIT = "permit"  # lifts a bar
    PRESUME = "presume"  # bars until a written reason lifts it
    CONDITION = "condition"  # allows, if something is done first
    CAP = "cap"  # allows a share of the technology portion
    CARRY_OVER = "carry_over"
    PERIOD = "period"
    LIQUIDATION = "liquidation"
    SPEND_DOWN = "spend_down"
    REBATE = "rebate"  # an exception from arbitrage rebate, by how fast a bond is spent
    WEIGHTED_LIFE = "weighted_life"


class FundingRule(Model):
    """One row: for these kinds of source, `effect` where `field` of a cost is one of `values`, on these days.

    An empty field is every cost. A value ending in * is the start of it. Rules of amounts and spans name the row of
    the reference data that holds the figure in `values`. `state` limits a rule to districts of a state. A rule to
    `verify` is from memory: it never bars, it asks. `superseded_by` names the rule that took its place.
    """

    rule_id: str
    source_kinds: tuple[SourceKind, ...]
    effect: RuleEffect
    field: str = ""
    values: tuple[str, ...] = ()
    state: str = ""
    sentence: str
    valid_from: date
    valid_to: date | None = None
    superseded_by: str = ""
    source: str
    link: str
    owner: str
    verify: bool = False

    def is_in_force(self, day: date) -> bool:
        """Whether it counts on a day: one that ended and that nothing follows still does."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to or not self.superseded_by)

    def matches(self, value: str) -> bool:
        """Whether a value is one of the rule's.

        >>> rule = FundingRule(rule_id="r", source_kinds=(), effect=RuleEffect.BAR, field="nces_object",
        ...     values=("1*", "734"), sentence="", valid_from=date(2020, 1, 1), source="", link="", owner="")
        >>> rule.matches("110"), rule.matches("734"), rule.matches("650"), rule.matches("")
        (True, True, False, False)
        """
        return any(
            value.startswith(wanted[:-1]) if wanted.endswith("*") else value == wanted
            for wanted in self.values
            if value
        )


def list_rules(rules: Iterable[FundingRule], kind: SourceKind, state: str, day: date) -> tuple[FundingRule, ...]:
    """The rules for a kind of source in a state on a day."""
    return tuple(
        rule
        for rule in rules
        if kind in rule.source_kinds and rule.state in ("", state.strip().upper()) and rule.is_in_force(day)
    )


def find_rule(rules: Iterable[FundingRule], kind: SourceKind, effect: RuleEffect, day: date) -> FundingRule | None:
    """The rule of an effect for a kind of source, the latest one where several are in force."""
    found = [rule for rule in list_rules(rules, kind, "", day) if rule.effect is effect]
    return max(found, key=lambda rule: rule.valid_from, default=None)


def check_rules(rules: Iterable[FundingRule], kinds: Sequence[SourceKind], as_of: date) -> tuple[Finding, ...]:
    """A warning for every rule about these kinds of source that is past its last day and has no successor."""
    return tuple(
        FUNDING_RULE_EXPIRED.at(found=rule.link, expected=rule.valid_to, item=rule.rule_id)
        for rule in rules
        if rule.valid_to is not None
        and rule.valid_to < as_of
        and not rule.superseded_by
        and not set(kinds).isdisjoint(rule.source_kinds)
    )
