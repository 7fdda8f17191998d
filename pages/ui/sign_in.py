"""Who is at the screen, and in which role they look at it.

Local mode, the only one so far: whoever sits at this computer is one person with every role, and may act in a lower
one to see what others see. `app.py` answers nobody but this computer while that is so. Single sign-on comes in at
`identify_person` and nowhere else.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit import config

from data.settings import load_settings
from pages.ui.messages import plain
from planning.errors import NotPermitted
from planning.permissions import Role, may_act_as

ACT_AS = "act_as"
_WISHED = "role_wished"  # a page opened by the navigation has no address of its own to say it
WORN_BY = {
    Role.VIEWER: "a board member, the public",
    Role.PLANNER: "the technology leader",
    Role.FINANCE: "the CFO and their office",
    Role.CABINET: "the superintendent's cabinet",
    Role.ADMIN: "who keeps this installation",
}
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone signed in: the name that goes into the audit trail, and the role."""

    actor: str
    role: Role


def require_sign_in() -> Person:
    """The person at the screen in the role they act in; nobody passes where others could reach this server."""
    own = identify_person()
    return Person(own.actor, choose_role(own.role, read_wish()))


def identify_person() -> Person:
    """Who this is and which role is theirs: the one thing that single sign-on will answer differently."""
    if find_server_address() not in LOOPBACK_ADDRESSES:
        raise NotPermitted(
            "Local mode has no sign-in, so Techplan serves it only on this computer.",
            "Set server.address to 127.0.0.1 or start it with python techplan.py.",
        )
    return Person(load_settings().actor, Role.ADMIN)


def read_wish() -> str:
    """The role picked on the screen, else in the address, else on the page before; `choose_role` decides."""
    wish = st.session_state.get(ACT_AS) or st.query_params.get(ACT_AS) or st.session_state.get(_WISHED, "")
    st.session_state[_WISHED] = wish
    return str(wish)


def choose_role(own: Role, wish: str) -> Role:
    """The role asked for where this person may act in it, else their own."""
    roles = {role.value: role for role in Role if may_act_as(own, role)}
    return roles.get(wish, own)


def list_acting_query() -> tuple[tuple[str, str], ...]:
    """What a link must carry so that the page behind it opens in the same role."""
    acting = st.query_params.get(ACT_AS)
    return ((ACT_AS, acting),) if acting else ()


def find_server_address() -> str:
    return config.get_option("server.address") or ""


def draw_signed_in(person: Person) -> None:
    """Who acts, in which role, that nobody had to prove it, and the choice of another role."""
    own = identify_person().role
    as_whom = "signed in with every role" if person.role is own else f"acting in the role {person.role.value}"
    words = f"Local mode: {plain(person.actor)} is {as_whom}; only this computer can open Techplan."
    st.caption(words, width="content")
    choices = [role.value for role in Role if may_act_as(own, role)]
    if len(choices) > 1:
        _draw_choice(choices, person.role, own)


def _draw_choice(choices: list[str], role: Role, own: Role) -> None:
    """The address carries the role, so that links, which open a page anew, keep it."""
    if role is own:
        st.query_params.pop(ACT_AS, None)
    else:
        st.query_params[ACT_AS] = role.value
    with st.popover(f"Act as {role.value}"):
        st.radio(
            "Look at Techplan as someone in this role would, and do no more than they may",
            choices,
            index=choices.index(role.value),
            captions=[WORN_BY[Role(choice)] for choice in choices],
            key=ACT_AS,
        )
