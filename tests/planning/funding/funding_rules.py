"""What tests of lawful money share: the rules that ship, a cost nobody restricts, a source of any kind."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from data.reference import load_reference
from planning.funding.eligibility import CostProfile, Verdict, decide
from planning.funding.rules import list_rules
from planning.model import FundingSource
from planning.reference import Reference
from planning.vocabulary import SourceKind

TODAY = date(2026, 11, 23)
PLAIN = CostProfile(
    category="external_services",
    kind="one_time",
    nces_object="",
    use="",
    erate_service="",
    population="everyone",
    population_share=Decimal(1),
    prior_payer="",
    legally_required="",
    is_equipment="",
    is_rebutted=False,
)


@cache
def shipped() -> Reference:
    return load_reference()


def without(rule_id: str) -> Reference:
    """The reference data as it ships, without one rule."""
    rules = tuple(rule for rule in shipped().funding_rules if rule.rule_id != rule_id)
    assert len(rules) < len(shipped().funding_rules)
    return shipped().model_copy(update={"funding_rules": rules})


def make_source(kind: SourceKind, **fields: Any) -> FundingSource:  # noqa: ANN401 - the fields of FundingSource
    return FundingSource.model_validate({"source_id": "s", "name": "The source", "kind": kind, **fields})


def judge(
    reference: Reference, source: FundingSource, profile: CostProfile, state: str = "", day: date = TODAY
) -> Verdict:
    return decide(profile, source, list_rules(reference.funding_rules, source.kind, state, day))
