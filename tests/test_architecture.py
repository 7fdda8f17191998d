"""The rules of the house that no linter knows: who imports what, how long things are, and what is never written."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ("techplan.py", "app.py", "pages", "data", "planning", "develop")
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_PAGE = 80, 400, 90
BORDERS = {"pages/main.py", "data/__main__.py"}
READERS_OF_THE_ENVIRONMENT = {"data/settings.py", "techplan.py"}
PASSING_IT_ON = ("develop/", "data/jobs/process.py")  # to the programs they start
WORN_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)(_|$)")
# Put together here, so that this file does not hold what it looks for.
HOSTS = [
    part + "." + end for part, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
]
PLACES = ["/" + name + "/" for name in ("work", "root", "home")]


def list_modules(*folders: str) -> list[Path]:
    paths = [ROOT / folder for folder in folders]
    return sorted(module for path in paths for module in ([path] if path.is_file() else path.rglob("*.py")))


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


@cache
def parse_modules() -> dict[str, ast.Module]:
    """Every module of the source, parsed, by its path from the root."""
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in list_modules(*SOURCE)}


def walk_source(*kinds: type[ast.AST]) -> Iterator[tuple[str, Any]]:
    """Every node of these kinds in the source, each with the module it stands in."""
    return (
        (name, node) for name, tree in parse_modules().items() for node in ast.walk(tree) if isinstance(node, kinds)
    )


def test_a_function_is_at_most_80_lines() -> None:
    functions = walk_source(ast.FunctionDef, ast.AsyncFunctionDef)
    assert [(name, node.name) for name, node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION] == []


def test_a_module_is_at_most_400_lines_and_a_page_90() -> None:
    for path in list_modules(*SOURCE):
        is_page = path.is_relative_to(ROOT / "pages") and not path.is_relative_to(ROOT / "pages" / "ui")
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= (LONGEST_PAGE if is_page else LONGEST_MODULE), name_of(path)


def test_names_say_what_a_thing_is() -> None:
    assert [name for name in parse_modules() if WORN_NAMES.search(Path(name).stem)] == []


def test_only_the_two_borders_catch_everything() -> None:
    """Elsewhere an unknown error may be tidied up after and raised again, never swallowed."""
    handlers = walk_source(ast.ExceptHandler)
    swallowing = [(name, node.lineno) for name, node in handlers if is_broad(node) and not raises_again(node)]
    assert {name for name, _ in swallowing} <= BORDERS, swallowing


def is_broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or getattr(kind, "id", "") in ("Exception", "BaseException") for kind in kinds)


def raises_again(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


def test_only_the_settings_read_the_environment() -> None:
    for name, node in walk_source(ast.Attribute):
        if node.attr in ("environ", "getenv") and getattr(node.value, "id", "") == "os":
            assert name in READERS_OF_THE_ENVIRONMENT or name.startswith(PASSING_IT_ON), f"{name}:{node.lineno}"


def test_pages_name_their_modules_in_full() -> None:
    """`ui` and `pages.ui` both resolve inside a page and would be two modules with two caches."""
    short = {path.stem for path in (ROOT / "pages").iterdir()}
    for name, node in walk_source(ast.Import, ast.ImportFrom):
        modules = [node.module or "."] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        relative = isinstance(node, ast.ImportFrom) and node.level
        assert not relative and not {module.split(".")[0] for module in modules} & short, f"{name}:{node.lineno}"


@pytest.mark.parametrize(
    ("package", "barred"),
    [
        ("planning", {"streamlit", "duckdb", "pandas", "pyarrow", "plotly", "openpyxl", "xlsxwriter"}),
        ("data/intake", {"streamlit", "duckdb", "pandas", "pyarrow", "numpy", "plotly"}),
        ("data", {"streamlit", "plotly"}),
    ],
)
def test_importing_a_package_loads_nothing_it_must_not_know(package: str, barred: set[str]) -> None:
    names = [name_of(path)[:-3].replace("/", ".").removesuffix(".__init__") for path in list_modules(package)]
    names = [name for name in names if name != "data.intake.cell_arrays"]  # loaded for a long sheet alone
    code = f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert barred & set(done.stdout.split()) == set()


def test_a_page_has_an_address_of_its_own_and_a_name_that_shadows_nothing() -> None:
    from pages.rooms import PAGES

    names = [entry.url_path for entry in PAGES]
    assert len(names) == len(set(names))
    assert not set(names) & {*sys.stdlib_module_names, "data", "planning", "develop", "app", "techplan"}


def test_tests_are_no_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_registry_and_no_place_of_one_machine_is_written_down() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8_000]:
            text = content.decode("utf-8", errors="replace")
            assert not [word for word in (*HOSTS, *PLACES) if word in text], name
