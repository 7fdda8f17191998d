"""How sure the money is that pays: what rests on sources that are applied for or hoped for stands apart."""

from collections.abc import Iterable

from planning.atoms import NOTHING, Atom, Total, calculate_totals
from planning.checks import keep_first
from planning.evaluation import Evaluation
from planning.model import FundingSource
from planning.vocabulary import Certainty


def list_unsecured_sources(evaluation: Evaluation) -> frozenset[str]:
    """The ids of the sources whose money is not secured; of two with one id the first counts."""
    sources = keep_first(evaluation.plan.sources, "source_id")
    return frozenset(source.source_id for source in sources if source.certainty is not Certainty.SECURED)


def calculate_unsecured_by_year(evaluation: Evaluation) -> dict[str, Total]:
    """What the plan is paid in each fiscal year from sources that are not secured, in cents.

    It is a part of what sources pay, so it is never negative and never more than that; savings stand aside.
    """
    found = calculate_totals(_list_unsecured(evaluation.atoms, evaluation), lambda atom: atom.fiscal_year)
    return {year: found.get(year, NOTHING) for year in evaluation.years}


def calculate_unsecured_by_initiative(evaluation: Evaluation) -> dict[str, Total]:
    """What each initiative, alternatives too, is paid from sources that are not secured, in cents."""
    atoms = (*evaluation.atoms, *evaluation.alternative_atoms)
    found = calculate_totals(_list_unsecured(atoms, evaluation), lambda atom: atom.initiative_id)
    return {item.initiative_id: found.get(item.initiative_id, NOTHING) for item in evaluation.initiatives}


def name_source(source: FundingSource) -> str:
    """What a source is called where it is counted as paying: with how sure it is, unless it is secured."""
    return source.name if source.certainty is Certainty.SECURED else f"{source.name} ({source.certainty})"


def _list_unsecured(atoms: Iterable[Atom], evaluation: Evaluation) -> list[Atom]:
    unsecured = list_unsecured_sources(evaluation)
    return [atom for atom in atoms if atom.cents > 0 and atom.source_id in unsecured]
