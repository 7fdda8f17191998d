"""The shell without a browser: the gate, the page list and the border."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store.database import Store
from data.store.districts import create_district
from data.store.viewer import Viewer
from pages.rooms import PAGES
from pages.ui.session import close_stores
from planning.permissions import Role

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shell(small_store: Path) -> Iterator[AppTest]:
    yield AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30)
    close_stores()


def words(shell: AppTest) -> str:
    """All the text on the screen, with the markdown escapes taken away again."""
    elements = [*shell.markdown, *shell.caption, *shell.text, *shell.title, *shell.error]
    return " ".join(element.value for element in elements).replace("\\", "")


def test_local_mode_says_who_is_signed_in(shell: AppTest) -> None:
    assert "is signed in with every role" in words(shell.run())


def test_every_page_in_the_table_opens_for_an_empty_district(shell: AppTest) -> None:
    shell.run()
    for entry in PAGES:
        shell.switch_page(entry.path).run()
        assert not shell.exception, entry.path
        assert not shell.error, entry.path


def test_local_mode_is_refused_where_others_could_reach_it(shell: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.sign_in.find_server_address", lambda: "0.0.0.0")
    assert "Set server.address to 127.0.0.1" in words(shell.run())
    assert not shell.selectbox


def test_one_district_needs_no_choice_and_two_do(shell: AppTest, small_store: Path) -> None:
    assert not shell.run().selectbox
    close_stores()
    store = Store(small_store)
    create_district(store, Viewer("tests", Role.ADMIN, "large"), "large", "Large District", "for a test")
    store.close()
    choice = shell.run().selectbox[0]
    assert choice.options == ["Large District", "Small District"]
    shell.switch_page("manage/about.py").run()
    shell.selectbox[0].select("small").run()
    assert "Small District, 1 recorded changes" in words(shell)


def test_an_error_nobody_foresaw_is_our_bug_with_the_log_and_no_traceback(
    shell: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_person: object) -> None:
        raise ValueError("salary of J. Doe 91,000")

    monkeypatch.setattr("pages.ui.sign_in.draw_signed_in", fail)
    shell.run()
    assert not shell.exception
    assert "Nothing was saved by this step" in words(shell)
    assert "techplan" in words(shell)
    assert "Doe" not in words(shell)
