"""Who is at the screen. Local mode, the only one so far: whoever sits at this computer is one person with every role.

`app.py` answers nobody but this computer while that is so.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit import config

from data.settings import load_settings
from pages.ui.messages import plain
from planning.errors import NotPermitted
from planning.permissions import Role

LOOPBACK_ADDRESSES = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone signed in: the name that goes into the audit trail, and the role."""

    actor: str
    role: Role


def require_sign_in() -> Person:
    """The person at the screen; nobody passes where others could reach this server."""
    if find_server_address() not in LOOPBACK_ADDRESSES:
        raise NotPermitted(
            "Local mode has no sign-in, so Techplan serves it only on this computer.",
            "Set server.address to 127.0.0.1 or start it with python techplan.py.",
        )
    return Person(load_settings().actor, Role.ADMIN)


def find_server_address() -> str:
    return config.get_option("server.address") or ""


def draw_signed_in(person: Person) -> None:
    """One line that says who acts, and that nobody had to prove it."""
    words = f"Local mode: {plain(person.actor)} is signed in with every role; only this computer can open Techplan."
    st.caption(words, width="content")
