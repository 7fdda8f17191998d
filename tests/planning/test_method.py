"""docs/method.md stays true: its version, the cases it names and the words it explains."""

import re
from pathlib import Path

from planning.evaluation import METHOD_VERSION
from planning.vocabulary import FundingState

ROOT = Path(__file__).parents[2]
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_document_is_of_the_method_that_runs() -> None:
    assert f"Method version {METHOD_VERSION}." in METHOD


def test_every_case_file_is_named_and_every_named_case_exists() -> None:
    roles = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(\w+)\.toml", METHOD + roles))
    assert named == {path.stem for path in (ROOT / "tests" / "cases").glob("*.toml")}


def test_every_state_of_an_atom_is_explained() -> None:
    assert all(f"| {state.replace('_', ' ')} |" in METHOD for state in FundingState)
