"""A few findings of each kind in full, then how many more there are: a person reads ten lines, not ten thousand."""

from collections.abc import Iterable, Sequence

from data.intake import finding_kinds as kinds
from planning.findings import Finding
from planning.vocabulary import Severity

MOST_ALIKE = 12
_CELLS_NAMED = 4


def limit_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in their order; beyond the first of each kind one sentence stands for the rest."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    return [finding for alike in by_code.values() for finding in _limit_alike(alike)]


def _limit_alike(alike: Sequence[Finding]) -> list[Finding]:
    if len(alike) <= MOST_ALIKE:
        return list(alike)
    shown, rest = alike[:MOST_ALIKE], alike[MOST_ALIKE:]
    kind = kinds.MORE_WARNINGS if alike[0].severity is Severity.WARNING else kinds.MORE_NOTES
    cells = ", ".join(_name_place(finding) for finding in rest[:_CELLS_NAMED])
    first = rest[0]
    more = kind.at(first.sheet, first.cell, len(rest), len(shown), alike=first.code, cells=cells)
    return [*shown, more]


def _name_place(finding: Finding) -> str:
    return f"{finding.sheet} {finding.cell}".strip()
