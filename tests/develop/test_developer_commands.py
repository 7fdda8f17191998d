"""What a developer runs: pins that name no place, notices that are complete, checks that report what failed."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from develop import browser, wheels
from develop.checks import Check, run_checks
from develop.commands import main
from develop.notices import NOTICES, describe, list_runtime_distributions
from develop.pins import PYPROJECT, list_direct_dependencies, write_pins

PROJECT = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
PINS: list[str] = PROJECT["tool"]["uv"]["constraint-dependencies"]


def name_of(requirement: str) -> str:
    return re.split(r"[=<>;\[ ]", requirement)[0]


def test_every_direct_dependency_is_exact_and_pinned_as_it_is_named() -> None:
    plain_pins = {pin.split(" ;")[0] for pin in PINS}
    assert set(list_direct_dependencies(PROJECT)) <= plain_pins


def test_a_pin_is_a_name_a_version_and_perhaps_a_system() -> None:
    assert [pin for pin in PINS if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; .+)?", pin)] == []


def test_everything_that_running_needs_is_pinned() -> None:
    pinned = {name_of(pin) for pin in PINS}
    assert {str(found.metadata["Name"]).lower().replace("_", "-") for found in list_runtime_distributions()} <= pinned


def test_new_pins_take_the_place_of_the_old_ones_and_nothing_else() -> None:
    before = '[tool.uv]\nconstraint-dependencies = [\n    "a==1",\n]\npackage = false\n\n[tool.x]\ny = [\n]\n'
    after = write_pins(before, ["a==2", 'b==3 ; sys_platform == "win32"'])
    assert tomllib.loads(after)["tool"]["uv"]["constraint-dependencies"] == ["a==2", "b==3 ; sys_platform == 'win32'"]
    assert after.endswith("]\npackage = false\n\n[tool.x]\ny = [\n]\n")
    assert write_pins("[tool.uv]\npackage = false\n", ["a==2"]).count("a==2") == 1


def test_the_notices_list_every_package_that_running_needs_with_its_licence() -> None:
    rows = NOTICES.read_text(encoding="utf-8").splitlines(keepends=True)
    assert [row for found in list_runtime_distributions() if (row := describe(found)) not in rows] == []
    assert not [row for row in rows if "not stated" in row]


def test_checks_run_to_the_end_and_the_last_line_names_what_failed(capfd: pytest.CaptureFixture[str]) -> None:
    good = Check("good", [sys.executable, "-c", "print('ran')"])
    bad = Check("bad", [sys.executable, "-c", "raise SystemExit(3)"])
    assert run_checks([bad, good]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "Techplan: bad FAILED."
    assert run_checks([good]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "Techplan: all 1 checks passed."


def test_a_missing_browser_is_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.setattr(browser, "fetch_browser", lambda: None)
    assert browser.say_what_was_found() == {}
    assert "NO BROWSER FOUND: the browser tests are SKIPPED" in capsys.readouterr().out


def test_the_browser_that_the_settings_name_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chromium").touch()
    monkeypatch.setenv("TECHPLAN_BROWSER", str(tmp_path / "chromium"))
    assert browser.find_browser() == tmp_path / "chromium"
    monkeypatch.setenv("TECHPLAN_BROWSER", str(tmp_path / "missing"))
    assert browser.find_browser() is None


@pytest.mark.network
@pytest.mark.rehearsal  # asks the package index, at its own pace
def test_a_dependency_without_a_wheel_is_found() -> None:
    assert wheels.find_trouble(["tzdata==2026.6"], PINS, "x86_64-pc-windows-msvc", "3.13") == ""
    assert "duckdb" in wheels.find_trouble(["duckdb==2.0.0"], PINS, "x86_64-unknown-linux-musl", "3.14")


def test_developer_commands_explain_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("test", ["--help"]) == 0
    assert "pytest" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        main("check-wheels", ["surplus"])
