"""The settings: from the environment and the file, checked, with a place for the store whatever home there is."""

from pathlib import Path

import pytest

from data.settings import OPTIONS, ROOT, find_data_folder, has_screen, load_settings
from planning.backup_rotation import Rotation
from planning.errors import UsageError


def test_the_store_stands_in_the_persons_own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    settings = load_settings({"HOME": str(tmp_path)})
    assert settings.store == tmp_path / ".local" / "share" / "techplan" / "techplan.duckdb"
    assert settings.log == settings.store.with_name("techplan.log")


def test_each_system_has_its_own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = str(tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    assert find_data_folder({"HOME": home, "XDG_DATA_HOME": home}) == tmp_path / "techplan"
    monkeypatch.setattr("sys.platform", "darwin")
    assert find_data_folder({"HOME": home}) == tmp_path / "Library" / "Application Support" / "Techplan"
    monkeypatch.setattr("sys.platform", "win32")
    assert find_data_folder({"LOCALAPPDATA": home}) == tmp_path / "Techplan"


@pytest.mark.parametrize("variables", [{}, {"HOME": ""}, {"HOME": __file__}])
def test_without_a_usable_home_the_store_stands_beside_the_program(variables: dict[str, str]) -> None:
    assert load_settings(variables).store == ROOT / ".techplan" / "techplan.duckdb"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('store = "from-file.duckdb"\nport = 8600\n')
    settings = load_settings({"TECHPLAN_SETTINGS": str(file), "TECHPLAN_PORT": "8700", "HOME": str(tmp_path)})
    assert settings.store == Path("from-file.duckdb").absolute()
    assert settings.port == 8700


def test_a_relative_store_is_where_the_person_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({"TECHPLAN_STORE": "s.duckdb"}).store == tmp_path / "s.duckdb"


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("TECHPLAN_PORT", "http"),
        ("TECHPLAN_PORT", "70000"),
        ("TECHPLAN_DISTRICT", "  "),
        ("TECHPLAN_ACTOR", "a\tb"),
        ("TECHPLAN_REQUIRE_BROWSER", "maybe"),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_sentence_naming_it(variable: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"The setting {variable} .* cannot be used") as caught:
        load_settings({variable: text})
    assert variable in caught.value.next_step


def test_a_file_that_was_asked_for_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings({"TECHPLAN_SETTINGS": str(tmp_path / "missing.toml")})
    (tmp_path / "broken.toml").write_text("store = ")
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings({"TECHPLAN_SETTINGS": str(tmp_path / "broken.toml")})


def test_a_setting_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('stroe = "x"')
    with pytest.raises(UsageError, match="does not exist: stroe") as caught:
        load_settings({"TECHPLAN_SETTINGS": str(tmp_path / "s.toml")})
    assert "store" in caught.value.next_step


def test_every_option_is_a_setting_and_has_a_description() -> None:
    settings = load_settings({})
    assert all(hasattr(settings, option.name) and option.description for option in OPTIONS)


def test_a_bare_terminal_has_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not has_screen({})
    assert has_screen({"DISPLAY": ":0"})


def test_the_limits_of_files_are_multiplied_by_a_whole_number() -> None:
    assert (load_settings({}).file_limits, load_settings({"TECHPLAN_FILE_LIMITS": "6"}).file_limits) == (1, 6)
    for text in ("0", "101", "1.5"):
        with pytest.raises(UsageError, match="TECHPLAN_FILE_LIMITS"):
            load_settings({"TECHPLAN_FILE_LIMITS": text})


def test_the_schedule_of_backups_is_read_and_checked(tmp_path: Path) -> None:
    own = {"HOME": str(tmp_path), "TECHPLAN_BACKUP_EVERY_HOURS": "6", "TECHPLAN_BACKUP_KEEP": "3,0,24"}
    settings = load_settings(own)
    assert (settings.backup_every_hours, settings.backup_keep) == (6, Rotation(3, 0, 24))
    assert (load_settings({}).backup_every_hours, load_settings({}).backup_keep) == (24, Rotation(7, 4, 12))
    for name, text in (("EVERY_HOURS", "-1"), ("KEEP", "7,4"), ("KEEP", "7,4,-1")):
        with pytest.raises(UsageError, match=f"TECHPLAN_BACKUP_{name}"):
            load_settings(own | {f"TECHPLAN_BACKUP_{name}": text})
