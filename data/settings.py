"""The settings: from the environment and an optional file, checked once; nobody else reads the environment.

The file is TOML with the same names in lower case without the prefix (`store = "…"`). TECHPLAN_SETTINGS names it;
without that it is `settings.toml` in the folder of the store's default place. The environment wins over the file.
"""

import getpass
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planning.backup_rotation import USUAL_ROTATION, Rotation
from planning.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_FILE_VARIABLE = "TECHPLAN_SETTINGS"
TRUE_WORDS, FALSE_WORDS = ("1", "true", "yes"), ("", "0", "false", "no")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and who acts."""

    store: Path
    log: Path
    port: int | None = None
    district: str | None = None
    actor: str = "local"
    browser: Path | None = None
    require_browser: bool = False
    backup_every_hours: int = 24
    backup_keep: Rotation = USUAL_ROTATION
    backup_folder: Path | None = None
    file_limits: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its variable, how its text is understood, and what it is for."""

    name: str
    convert: Callable[[str], Any]
    description: str

    @property
    def variable(self) -> str:
        return f"TECHPLAN_{self.name.upper()}"


def _read_path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _read_port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return port


def _read_name(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > 80:
        raise ValueError("a name is 1 to 80 printable characters")
    return text.strip()


def _read_switch(text: str) -> bool:
    if text.lower() not in TRUE_WORDS + FALSE_WORDS:
        raise ValueError("a switch is 1 or 0")
    return text.lower() in TRUE_WORDS


def _read_hours(text: str) -> int:
    hours = int(text)
    if not 0 <= hours <= 24 * 366:
        raise ValueError("hours are a number from 0, for never, to a year")
    return hours


def _read_factor(text: str) -> int:
    factor = int(text)
    if not 1 <= factor <= 100:
        raise ValueError("the limits are multiplied by a whole number from 1 to 100")
    return factor


def _read_rotation(text: str) -> Rotation:
    counts = [int(part) for part in text.split(",")]
    if len(counts) != 3 or min(counts) < 0 or max(counts) > 1_000:
        raise ValueError("three numbers are needed, such as 7,4,12")
    return Rotation(*counts)


OPTIONS = (
    Option("store", _read_path, "the store's file"),
    Option("log", _read_path, "the log's file; beside the store when not set"),
    Option("port", _read_port, "the dashboard's port; the next free one from 8501 when not set"),
    Option("district", _read_name, "the district to open first"),
    Option("actor", _read_name, "the name written into the audit trail; the system's user name when not set"),
    Option("backup_every_hours", _read_hours, "hours between the dashboard's backups; 24 when not set, 0 for none"),
    Option("backup_keep", _read_rotation, "how many daily, weekly and monthly backups stay; 7,4,12 when not set"),
    Option("backup_folder", _read_path, "where they go; the folder backups beside the store when not set"),
    Option("file_limits", _read_factor, "how many times the usual limits a budget file may have; 1 when not set"),
    Option("browser", _read_path, "the Chromium that the browser tests drive"),
    Option("require_browser", _read_switch, "1: a missing browser fails the tests instead of skipping them"),
)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force now."""
    variables = os.environ if environ is None else environ
    folder = find_data_folder(variables)
    file = Path(variables.get(SETTINGS_FILE_VARIABLE) or folder / "settings.toml")
    texts = _read_file(file, asked_for=bool(variables.get(SETTINGS_FILE_VARIABLE)))
    values: dict[str, Any] = {}
    for option in OPTIONS:
        text = variables.get(option.variable) or texts.get(option.name, "")
        if text:
            values[option.name] = _convert(option, text)
    store = values.setdefault("store", folder / "techplan.duckdb")
    values.setdefault("log", store.parent / "techplan.log")
    values.setdefault("actor", find_user_name())
    return Settings(**values)


def _convert(option: Option, text: str) -> object:
    try:
        return option.convert(text)
    except ValueError as error:
        raise UsageError(
            f"The setting {option.variable} ({option.description}) cannot be used: {error}.",
            f"Change or remove {option.variable} and start again.",
        ) from error


def _read_file(file: Path, asked_for: bool) -> dict[str, str]:
    if not asked_for and not file.is_file():
        return {}
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The settings file {file} cannot be read: {error}.", "Mend it, or remove it to use the defaults."
        ) from error
    unknown = sorted(set(table) - {option.name for option in OPTIONS})
    if unknown:
        raise UsageError(
            f"The settings file {file} has a setting that does not exist: {unknown[0]}.",
            f"The settings are {', '.join(option.name for option in OPTIONS)}.",
        )
    return {name: str(value) for name, value in table.items()}


def find_data_folder(variables: Mapping[str, str]) -> Path:
    """The person's own data folder; beside the program where they have no home that can be written to."""
    folder = _find_user_folder(variables)
    if folder is None:
        return ROOT / ".techplan"
    parent = _find_existing_parent(folder)
    return folder if parent.is_dir() and os.access(parent, os.W_OK) else ROOT / ".techplan"


def _find_user_folder(variables: Mapping[str, str]) -> Path | None:
    if sys.platform == "win32":
        base = variables.get("LOCALAPPDATA")
        return Path(base) / "Techplan" if base else None
    home = variables.get("HOME")
    if not home:
        return None
    if sys.platform == "darwin":
        return Path(home) / "Library" / "Application Support" / "Techplan"
    return Path(variables.get("XDG_DATA_HOME") or Path(home) / ".local" / "share") / "techplan"


def _find_existing_parent(folder: Path) -> Path:
    return next((parent for parent in (folder, *folder.parents) if parent.exists()), folder)


def has_screen(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a browser could be opened for the person; on a bare terminal a text browser would take the terminal."""
    variables = os.environ if environ is None else environ
    return sys.platform in ("win32", "darwin") or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def find_user_name() -> str:
    """The system's name for the person, for the audit trail."""
    try:
        return getpass.getuser() or "local"
    except (OSError, KeyError, ImportError):  # no such user in this container; Windows without USERNAME
        return "local"
