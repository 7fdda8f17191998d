"""The shell: who is at the screen, the pages their role may open, and the border where errors become sentences."""

import logging
from pathlib import Path

import streamlit as st

from data.logs import Known, start_request
from pages.rooms import PAGES, Entry, list_entries
from pages.ui.memory import set_modules_aside
from pages.ui.messages import draw_unexpected_error
from pages.ui.not_shown import draw_not_shown
from pages.ui.session import begin_run, has_several_districts
from pages.ui.sign_in import Person, draw_signed_in, require_sign_in
from planning.errors import NotPermitted
from planning.permissions import Role

FAVICON = Path(__file__).resolve().parent.parent / "static" / "favicon.png"
STYLE = Path(__file__).resolve().parent / "ui" / "style.css"

log = logging.getLogger("pages.main")


def list_pages(person: Person) -> list[st.Page]:
    """The pages of this person's role, the first one at the bare address, and hidden ones that refuse the others."""
    several = has_several_districts(person)
    allowed = list_entries(person.role)
    refused = [entry for entry in PAGES if entry not in allowed]
    pages = [
        st.Page(
            entry.path,
            title=entry.title,
            url_path=entry.url_path,
            default=number == 0,
            visibility="hidden" if entry.needs_several and not several else "visible",
        )
        for number, entry in enumerate(allowed)
    ]
    # Without these Streamlit would say of them that they do not exist.
    return [*pages, *(_make_refusal(entry, person.role) for entry in refused)]


def _make_refusal(entry: Entry, role: Role) -> st.Page:
    """What stands at the address of a page that the role may not open."""

    def refuse() -> None:
        raise NotPermitted(
            f"The role {role} may not open the page {entry.title}.", "Choose another page, or act in another role."
        )

    return st.Page(refuse, title=entry.title, url_path=entry.url_path, visibility="hidden")


def run() -> None:
    st.set_page_config("Techplan", page_icon=str(FAVICON), layout="wide")
    st.html(STYLE)
    start_request()
    person = require_sign_in()
    page = st.navigation(list_pages(person), position="top")
    st.set_page_config(f"{page.title} · Techplan")
    log.info("page %s", Known(page.url_path))
    with st.container(key="signed_in", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        draw_signed_in(person)
        viewer = begin_run()
    draw_not_shown(viewer)
    page.run()


try:
    run()
except Exception as error:  # noqa: BLE001 - one of the two borders: here an error becomes a sentence on the screen
    draw_unexpected_error(error)
finally:
    set_modules_aside()
