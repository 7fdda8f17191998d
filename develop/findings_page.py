"""`docs/findings.md` from the code: `python -m develop.findings_page`. A test names the rows that are missing."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from planning.findings import FindingKind

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
INTRODUCTION = """\
# Findings

A finding is one thing a person should know about the data: where it is, what was found and how to mend it. An
**error** forbids going on, a **warning** asks to be looked at, a **note** only says what was done. The command line
prints them to standard error, and with `--json` as objects with `severity`, `code`, `sheet`, `cell`, `found`,
`expected`, `fix` (what to do) and `message`; the dashboard shows the same words. Braces stand for what the file, the
plan or the store says.

This page is written by `python -m develop.findings_page` from the kinds of findings in the code.
"""
# A kind belongs to the first group whose modules hold it; the others only import it.
GROUPS = {
    "A file, before it is read": ("data.intake.gate_findings",),
    "A budget workbook": ("data.intake",),
    "The plan, its money and its goals": ("planning",),
    "A plan workbook": ("data.workbooks",),
    "The store": ("data.store",),
    "A command or another piece of work": ("data",),
}


def list_modules() -> list[ModuleType]:
    """Every module of planning and data, imported."""
    names = [
        found.name
        for package in ("planning", "data")
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    ]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def list_kinds_by_group() -> dict[str, list[FindingKind]]:
    """The kinds of each group, in the order of their codes."""
    modules = list_modules()
    taken: set[str] = set()
    groups: dict[str, list[FindingKind]] = {}
    for title, prefixes in GROUPS.items():
        found = {kind.code: kind for module in modules if _is_within(module, prefixes) for kind in _list_kinds(module)}
        groups[title] = [found[code] for code in sorted(found.keys() - taken)]
        taken |= found.keys()
    return groups


def describe_kind(kind: FindingKind) -> str:
    """One row of the table."""
    return f"| `{kind.code}` | {kind.severity} | {kind.message} | {kind.fix or 'Nothing to do.'} |"


def document_findings() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for title, kinds in list_kinds_by_group().items():
        head = f"\n## {title}\n\n| code | severity | message | what to do |\n| --- | --- | --- | --- |\n"
        parts.append(head + "".join(f"{describe_kind(kind)}\n" for kind in kinds))
    return "".join(parts)


def _list_kinds(module: ModuleType) -> Iterator[FindingKind]:
    return (value for value in vars(module).values() if isinstance(value, FindingKind))


def _is_within(module: ModuleType, prefixes: tuple[str, ...]) -> bool:
    return any(f"{module.__name__}.".startswith(f"{prefix}.") for prefix in prefixes)


if __name__ == "__main__":
    PAGE.write_text(document_findings(), encoding="utf-8")
    print(f"Wrote {PAGE.name}.")
