"""Writes THIRD-PARTY-NOTICES.md from the metadata of what is installed."""

import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from develop.pins import PYPROJECT

NOTICES = PYPROJECT.parent / "THIRD-PARTY-NOTICES.md"
HEADING = """# Third-party notices

Techplan is licensed under Apache-2.0 (see LICENSE). It is distributed without its dependencies; `python techplan.py`
installs them, each under its own licence, whose full text comes with the package. This list is made by
`python techplan.py refresh-pins` from the metadata of the installed packages.

| package | version | licence |
| --- | --- | --- |
"""
LONGEST_LICENCE = 60


def write_notices() -> int:
    rows = [describe(found) for found in list_runtime_distributions()]
    NOTICES.write_text(HEADING + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} packages written to {NOTICES.name}.")
    return 0


def list_runtime_distributions() -> list[Distribution]:
    """Everything that running Techplan needs on this system, dependencies of dependencies included, by name."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    waiting = [Requirement(text) for text in project["project"]["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or not _is_needed(requirement):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(text) for text in found[name].requires or ()]
    return [found[name] for name in sorted(found)]


def _is_needed(requirement: Requirement) -> bool:
    if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
        return False
    try:
        distribution(requirement.name)
    except PackageNotFoundError as error:
        raise LookupError(f"{requirement.name} is needed and not installed: run python techplan.py first") from error
    return True


def describe(found: Distribution) -> str:
    return f"| {canonicalize_name(found.metadata['Name'])} | {found.version} | {find_licence(found)} |\n"


def find_licence(found: Distribution) -> str:
    """The licence expression; where a package has none, its classifiers, its licence line, or the file it ships."""
    fields = found.metadata.json
    expression = str(fields.get("license_expression", ""))
    classifiers = [line.split(" :: ")[-1] for line in fields.get("classifier", ()) if line.startswith("License ::")]
    line = str(fields.get("license", "")).strip().split("\n")[0]
    short = line if len(line) <= LONGEST_LICENCE and not line.startswith("Copyright") else ""
    files = [Path(str(file)).name for file in found.files or () if Path(str(file)).name.upper().startswith("LICEN")]
    return expression or ", ".join(classifiers) or short or (f"see its {files[0]}" if files else "not stated")
