"""Which source may pay which cost, and why not: every verdict names its rule, its citation and one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from planning.cost.capitalisation import CostRules, find_nces_object
from planning.funding.rules import FundingRule, RuleEffect, list_rules
from planning.model import CostLine, FundingSource, Initiative
from planning.reference import compare
from planning.vocabulary import CostCategory, Population

SOURCE_USE = "source_use"


class CostProfile(NamedTuple):
    """Everything of a cost line that a funding rule may ask about, as the words that the rules use."""

    category: str
    kind: str
    nces_object: str
    use: str
    erate_service: str
    population: str
    population_share: Decimal
    prior_payer: str
    legally_required: str
    is_equipment: str
    is_rebutted: bool


class Standing(StrEnum):
    """How a source stands to a cost, from the best to the worst."""

    ALLOWED = "allowed"
    VERIFY = "verify"
    PRESUMED = "presumed"
    BARRED = "barred"


class Verdict(NamedTuple):
    """Whether a source may pay a cost, and by which rule not; `share` is the most of the cost that it may pay.

    `conditions` are what must be done or looked up before it pays, `caps` the shares of its money that it falls under.
    """

    standing: Standing
    share: Decimal
    rule_id: str = ""
    sentence: str = ""
    citation: str = ""
    link: str = ""
    conditions: tuple[FundingRule, ...] = ()
    caps: tuple[FundingRule, ...] = ()

    @property
    def may_pay(self) -> bool:
        """Whether a dollar of the source may go there."""
        return self.standing in (Standing.ALLOWED, Standing.VERIFY) and self.share > 0


def describe_cost(line: CostLine, initiative: Initiative, rules: CostRules) -> CostProfile:
    """What a cost line says of itself for the rules; what its initiative is required to do, it is required too."""
    is_equipment = line.category is CostCategory.HARDWARE and compare(
        line.unit_price_usd, rules.operator, rules.level_usd
    )
    return CostProfile(
        category=str(line.category),
        kind=str(line.kind),
        nces_object=find_nces_object(line, is_equipment, rules),
        use=line.use.strip().casefold(),
        erate_service=str(line.erate_service or ""),
        population=str(line.population),
        population_share=line.population_share,
        prior_payer=str(line.prior_payer or ""),
        legally_required="true" if line.legally_required or initiative.mandated else "",
        is_equipment="true" if is_equipment else "",
        is_rebutted=bool(line.supplanting_rebuttal.strip()),
    )


def decide(profile: CostProfile, source: FundingSource, rules: Sequence[FundingRule]) -> Verdict:
    """Whether a source may pay a cost under the rules in force for it (`list_rules`).

    In this order: what the award or ballot names; what the law bars, unless a state permits it; the lists of what
    alone is paid; what is presumed to supplant. Rules from memory never bar: they are conditions to verify.
    """
    share = _find_share(profile, source, rules)
    uses = {use.strip().casefold() for use in source.uses}
    if uses and profile.use not in uses:
        words = f"{source.name} pays only {', '.join(source.uses)}."
        terms = f"Its own terms: {source.restriction}" if source.restriction else "Its own terms"
        return Verdict(Standing.BARRED, share, SOURCE_USE, words, terms)
    hard = [rule for rule in rules if not rule.verify]
    if (rule := _find_bar(profile, hard)) or (rule := _find_missing(profile, rules)):
        return _refuse(Standing.BARRED, rule, share)
    if not profile.is_rebutted and (rule := _find(profile, hard, RuleEffect.PRESUME)):
        return _refuse(Standing.PRESUMED, rule, share)
    conditions = tuple(_list_conditions(profile, rules))
    is_sure = not any(rule.verify for rule in conditions)
    standing = Standing.ALLOWED if is_sure else Standing.VERIFY
    return Verdict(standing, share, conditions=conditions, caps=list_capped(profile, rules))


def decide_all(
    profiles: Iterable[CostProfile],
    sources: Sequence[FundingSource],
    rules: Iterable[FundingRule],
    state: str,
    day: date,
) -> dict[CostProfile, tuple[Verdict, ...]]:
    """For every profile the verdict of each source, in the order of the sources."""
    by_kind = {kind: list_rules(rules, kind, state, day) for kind in {source.kind for source in sources}}
    return {
        profile: tuple(decide(profile, source, by_kind[source.kind]) for source in sources)
        for profile in dict.fromkeys(profiles)
    }


def list_capped(profile: CostProfile, rules: Iterable[FundingRule]) -> tuple[FundingRule, ...]:
    """The caps under which a cost falls."""
    return tuple(rule for rule in rules if rule.effect is RuleEffect.CAP and _applies(profile, rule))


def _find_share(profile: CostProfile, source: FundingSource, rules: Iterable[FundingRule]) -> Decimal:
    """The most of a cost that a source may pay: what serves its population, less the match."""
    by_population = any(rule.effect is RuleEffect.ONLY and rule.field == "population" for rule in rules)
    served = profile.population_share if by_population and profile.population != Population.EVERYONE else Decimal(1)
    return served * (1 - source.match_fraction)


def _find_bar(profile: CostProfile, rules: Sequence[FundingRule]) -> FundingRule | None:
    rule = _find(profile, rules, RuleEffect.BAR)
    return None if rule and _find(profile, rules, RuleEffect.PERMIT) else rule


def _find_missing(profile: CostProfile, rules: Iterable[FundingRule]) -> FundingRule | None:
    """The list that does not hold the cost: the first of its sure rules stands for it."""
    lists: dict[str, list[FundingRule]] = {}
    for rule in rules:
        if rule.effect is RuleEffect.ONLY:
            lists.setdefault(rule.field, []).append(rule)
    for found in lists.values():
        sure = next((rule for rule in found if not rule.verify), None)
        if sure and not any(_applies(profile, rule) for rule in found):
            return sure
    return None


def _list_conditions(profile: CostProfile, rules: Iterable[FundingRule]) -> Iterable[FundingRule]:
    asking = (RuleEffect.BAR, RuleEffect.PRESUME, RuleEffect.ONLY)
    for rule in rules:
        if (rule.effect is RuleEffect.CONDITION or (rule.verify and rule.effect in asking)) and _applies(profile, rule):
            yield rule


def _find(profile: CostProfile, rules: Iterable[FundingRule], effect: RuleEffect) -> FundingRule | None:
    return next((rule for rule in rules if rule.effect is effect and _applies(profile, rule)), None)


def _applies(profile: CostProfile, rule: FundingRule) -> bool:
    return not rule.field or rule.matches(str(getattr(profile, rule.field)))


def _refuse(standing: Standing, rule: FundingRule, share: Decimal) -> Verdict:
    return Verdict(standing, share, rule.rule_id, _explain(rule), rule.source, rule.link)


_LISTS: Mapping[str, str] = {
    "erate_service": "It is not on the list of what this category of E-Rate pays.",
}


def _explain(rule: FundingRule) -> str:
    return _LISTS.get(rule.field, rule.sentence) if rule.effect is RuleEffect.ONLY else rule.sentence
