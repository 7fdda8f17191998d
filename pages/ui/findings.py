"""Findings as a table: what a person should know about a file or a plan, where it is and how to mend it."""

from collections.abc import Callable, Sequence

from pages.ui.tables import Cell, Tag, draw_table
from planning.findings import Finding
from planning.vocabulary import Severity

MOST_ROWS_SHOWN = 200
NO_PLACE = "—"


def draw_findings(
    caption: str, findings: Sequence[Finding], link: Callable[[Finding], Cell | None] = lambda _: None
) -> None:
    """The findings, the gravest first, each with the link to its place where one has any; nothing where none is."""
    severities = list(Severity)
    ordered = sorted(findings, key=lambda finding: severities.index(finding.severity))
    if not ordered:
        return
    rows: list[tuple[Cell, ...]] = [
        (
            _TONES[finding.severity],
            link(finding) or "!".join(filter(None, (finding.sheet, finding.cell))) or NO_PLACE,
            finding.message,
            finding.fix or "—",
        )
        for finding in ordered[:MOST_ROWS_SHOWN]
    ]
    headers = ["Severity", "Where", "What", "How to mend it"]
    if all(row[1] == NO_PLACE for row in rows):
        headers, rows = headers[:1] + headers[2:], [row[:1] + row[2:] for row in rows]
    if not any(finding.fix for finding in ordered[:MOST_ROWS_SHOWN]):
        headers, rows = headers[:-1], [row[:-1] for row in rows]
    draw_table(limit_caption(caption, ordered), headers, rows)


def limit_caption(caption: str, rows: Sequence[object]) -> str:
    """The caption, with how much of a long list is shown."""
    more = len(rows) > MOST_ROWS_SHOWN
    return f"{caption}: the first {MOST_ROWS_SHOWN:,} of {len(rows):,}" if more else caption


_TONES = {
    Severity.ERROR: Tag("error", "bad"),
    Severity.WARNING: Tag("warning"),
    Severity.NOTE: Tag("note"),
}
