"""The documents say what the code does: every finding, every command, option, exit code and field of an answer."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import techplan
from data.__main__ import COMMANDS, EXIT_BUG, EXIT_INTERRUPTED, build_parser
from data.samples.build import BUDGET_FILE, PLAN_FILE
from data.settings import OPTIONS, SETTINGS_FILE_VARIABLE
from planning import errors
from tests.data.command_runs import run_command

ROOT = Path(techplan.__file__).parent
DOCS = ROOT / "docs"
EVERYWHERE = {"--json", "--store", "--district", "--role", "--help"}
BY_NAME = {"by_year", "unfunded_by_year", "funding", "changes"}  # their keys are years, sources and sections
# What the whole package knows, free of the kinds that tests make.
LIST_ROWS = "from develop.findings_page import document_findings; print(document_findings())"


def list_rows(page: str) -> set[str]:
    return {line for line in page.splitlines() if line.startswith("| `")}


def test_every_kind_of_finding_is_in_the_page_and_no_other() -> None:
    written = subprocess.run([sys.executable, "-c", LIST_ROWS], cwd=ROOT, capture_output=True, text=True, check=True)
    expected, found = list_rows(written.stdout), list_rows((DOCS / "findings.md").read_text(encoding="utf-8"))
    again = "write docs/findings.md again: python -m develop.findings_page"
    assert sorted(expected - found) == [], f"missing rows; {again}"
    assert sorted(found - expected) == [], f"rows that no code has; {again}"


def test_every_registered_kind_is_a_module_constant_that_the_page_finds() -> None:
    code = (
        "from develop.findings_page import list_kinds_by_group\n"
        "from planning.findings import list_finding_kinds\n"
        "listed = [kind.code for kinds in list_kinds_by_group().values() for kind in kinds]\n"
        "assert sorted(listed) == [kind.code for kind in list_finding_kinds()], listed\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def read_sections() -> dict[str, str]:
    """The section of each command by its name."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `([a-z-]+)`", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def list_subparsers() -> dict[str, argparse.ArgumentParser]:
    choices = next(action.choices for action in build_parser()._actions if action.dest == "command")
    assert isinstance(choices, dict)
    return choices


def test_every_command_has_a_section_and_no_other() -> None:
    assert sorted(read_sections()) == sorted(COMMANDS) == sorted(list_subparsers())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_section_names_the_options_of_its_command_and_no_others(command: str) -> None:
    actions = list_subparsers()[command]._actions
    options = {option for action in actions for option in action.option_strings if option.startswith("--")}
    named = set(re.findall(r"^- `(--[a-z-]+)`", read_sections()[command], re.MULTILINE))
    assert named == options - EVERYWHERE
    file = [action for action in actions if action.dest == "file"]
    head = read_sections()[command].splitlines()[0]
    assert head.strip() == ("" if not file else "[FILE]" if file[0].nargs == "?" else "FILE")


def test_the_options_of_every_command_are_said_once() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    shared = page.split("## Options of every command")[1].split("\n## ")[0]
    assert set(re.findall(r"^- `(--[a-z-]+)`", shared, re.MULTILINE)) == EVERYWHERE


def test_every_exit_code_is_in_the_page_and_no_other() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    raised = {kind.exit_code for kind in kinds if issubclass(kind, errors.TechplanError)}
    assert documented == {0, *raised, EXIT_BUG, EXIT_INTERRUPTED}


def list_fields(answer: object) -> Iterator[str]:
    """Every key in an answer but those that are names of the district's own."""
    if isinstance(answer, list):
        for item in answer:
            yield from list_fields(item)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            if key not in BY_NAME:
                yield from list_fields(value)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """One good answer of every command, on a store of its own."""
    folder = tmp_path_factory.mktemp("documented")
    store = ("--store", str(folder / "store.duckdb"), "--district", "sample", "--json")
    files = {
        "import": str(BUDGET_FILE),
        "plan": str(PLAN_FILE),
        "read": str(BUDGET_FILE),
        "template": str(folder / "plan.xlsx"),
        "journal": str(folder / "journal.csv"),
        "backup": str(folder / "copy.duckdb"),
        "restore": str(folder / "copy.duckdb"),
    }
    found = {}
    for command in (*files, "evaluate", "districts", "check", "audit", "drill"):
        ran = run_command(command, *([files[command]] if command in files else []), *store)
        assert ran.code == 0, ran.err
        found[command] = ran.answer
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_field_of_an_answer_is_in_the_page(command: str, answers: dict[str, dict]) -> None:
    page, sections = (DOCS / "commands.md").read_text(encoding="utf-8"), read_sections()
    text = page.split("\n## ")[0] + sections[command] + (sections["read"] if command == "import" else "")
    fields = set(list_fields(answers[command])) - {"schema"}
    assert sorted(field for field in fields if f"`{field}`" not in text) == []
    assert answers[command]["schema"] == f"techplan.{command}/1"


def test_every_setting_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [option.variable for option in OPTIONS if option.variable not in readme] == []
    assert SETTINGS_FILE_VARIABLE in readme


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
