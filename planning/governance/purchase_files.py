"""The file of a purchase that nobody competes for: the papers that a cooperative contract or a sole source asks for.

Which papers is dated reference data (`paper_cooperative_…`, `paper_sole_source_…`); none of it was confirmed in a
public source, so every row says verify. A state that asks for a public posting has a row
`paper_sole_source_posting_<state>`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.figure import Column, Table
from planning.findings import Finding, FindingKind
from planning.reference import Reference, ReferenceRow
from planning.registers import PaperKind, PurchasePaper, PurchaseRecord
from planning.vocabulary import Severity

PAPER_MISSING = FindingKind(
    "purchase_paper_missing",
    Severity.WARNING,
    "The file of {item} ({found}) has no {paper}: {expected}.",
    "Put the {paper} into the file before the award, or write down why it is not asked for.",
)
PAPER_EXPIRED = FindingKind(
    "purchase_paper_expired",
    Severity.ERROR,
    "The {paper} of {item} ({found}) ends on {expected}, before the award on {day}.",
    "Award before it ends, have it extended, or buy another way.",
)
POSTING_UNKNOWN = FindingKind(
    "sole_source_posting_unknown",
    Severity.NOTE,
    "The reference data does not say whether {expected} asks for a public posting of a sole source such as {item}.",
    "Look it up, and add the state's rule to the reference data with its source.",
)
_COOPERATIVE = (
    PaperKind.CONTRACT_NUMBER, PaperKind.LEAD_AGENCY, PaperKind.PIGGYBACK_CLAUSE, PaperKind.CONTRACT_TERM,
)  # fmt: skip
_SOLE_SOURCE = (PaperKind.JUSTIFICATION, PaperKind.PRICE_ANALYSIS, PaperKind.APPROVAL)
COOPERATIVE, SOLE_SOURCE = "cooperative contract", "sole source"


@dataclass(frozen=True)
class FilePaper:
    """A paper that a file asks for, by which rule, and the paper that is there (None: missing)."""

    file: str
    kind: PaperKind
    rule: ReferenceRow
    paper: PurchasePaper | None

    @property
    def name(self) -> str:
        return self.kind.replace("_", " ")


@dataclass(frozen=True)
class PurchaseFile:
    """The checklist of a purchase's file, and what is missing or past."""

    record: PurchaseRecord
    papers: tuple[FilePaper, ...]
    findings: tuple[Finding, ...]


def review_file(
    record: PurchaseRecord, papers: Sequence[PurchasePaper], state: str, reference: Reference
) -> PurchaseFile:
    """The papers that the purchase asks for on the day of its award; none where it rests on competition."""
    there = {paper.kind: paper for paper in papers if paper.purchase_id == record.purchase_id}
    asked: list[FilePaper] = []
    if record.cooperative:
        asked += _ask(COOPERATIVE, "paper_cooperative", _COOPERATIVE, record, there, reference)
    if record.sole_source:
        asked += _ask(SOLE_SOURCE, "paper_sole_source", _SOLE_SOURCE, record, there, reference)
        asked += _ask_posting(state, record, there, reference)
    findings = [finding for one in asked for finding in _check_paper(one, record)]
    if record.sole_source and state and not any(one.kind is PaperKind.PUBLIC_POSTING for one in asked):
        findings.append(POSTING_UNKNOWN.at(item=record.description, expected=state.upper()))
    return PurchaseFile(record, tuple(asked), tuple(findings))


def _ask(
    file: str,
    prefix: str,
    kinds: Sequence[PaperKind],
    record: PurchaseRecord,
    there: dict[PaperKind, PurchasePaper],
    reference: Reference,
) -> list[FilePaper]:
    rules = [(kind, reference.valid_on(f"{prefix}_{kind}", record.award_on)) for kind in kinds]
    return [FilePaper(file, kind, rule, there.get(kind)) for kind, rule in rules if rule]


def _ask_posting(
    state: str, record: PurchaseRecord, there: dict[PaperKind, PurchasePaper], reference: Reference
) -> list[FilePaper]:
    rule = reference.valid_on(f"paper_sole_source_posting_{state.lower()}", record.award_on) if state else None
    kind = PaperKind.PUBLIC_POSTING
    return [FilePaper(SOLE_SOURCE, kind, rule, there.get(kind))] if rule else []


def _check_paper(asked: FilePaper, record: PurchaseRecord) -> list[Finding]:
    words = {"item": record.description, "found": asked.file, "paper": asked.name}
    if asked.paper is None:
        return [PAPER_MISSING.at(expected=_say_rule(asked.rule), **words)]
    if asked.paper.valid_to and asked.paper.valid_to < record.award_on:
        return [PAPER_EXPIRED.at(expected=asked.paper.valid_to, day=record.award_on, **words)]
    return []


def _say_rule(rule: ReferenceRow) -> str:
    return f"{rule.source}{' (verify)' if rule.verify else ''}"


def tabulate_files(files: Sequence[PurchaseFile]) -> Table:
    """Every paper that the files ask for: there or missing, until when it holds, and the rule with its first day."""
    names = ("Purchase", "Rests on", "Paper", "In the file", "Valid to", "Rule", "Since")
    rows = tuple(
        (
            one.record.description,
            asked.file,
            asked.name,
            asked.paper.reference if asked.paper else "missing",
            str((asked.paper.valid_to if asked.paper else None) or ""),
            _say_rule(asked.rule),
            str(asked.rule.valid_from),
        )
        for one in files
        for asked in one.papers
    )
    return Table(tuple(Column(name) for name in names), rows)
