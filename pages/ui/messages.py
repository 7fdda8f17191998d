"""Errors and notes as a person should meet them: one sentence, the next step, never a traceback."""

import logging
import re

import streamlit as st

from data.logs import Known, current_request_id
from data.settings import load_settings
from planning.errors import TechplanError, UsageError

MARKDOWN_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&=])")

log = logging.getLogger("pages.messages")


def plain(text: str) -> str:
    """Text for a place that Streamlit reads as markdown: a cell's `$`, link or picture stays what it is, text."""
    return MARKDOWN_PUNCTUATION.sub(r"\\\1", text)


def draw_error(error: TechplanError) -> None:
    """What happened and what to do next, with the findings behind it."""
    log.info("told the person: %s", Known(type(error).__name__))
    st.error(plain(error.next_step or "Change what was asked for, then try again."), title=plain(error.message))
    for finding in error.findings:
        if finding.message == error.message:
            continue  # a file refused for one reason: said already
        st.markdown("- " + plain(f"{finding.message} {finding.fix}".strip()))


def draw_bug(error: BaseException) -> None:
    """Our fault: say so, with what finds it in the log, and nothing of what was being worked on."""
    log.error("unexpected error", exc_info=error)
    st.error(
        f"Nothing was saved by this step. Reload the page; if it happens again, report request {current_request_id()} "
        f"with the log file {plain(find_log())}.",
        title="This is a fault of Techplan, not of your data.",
    )


def draw_unexpected_error(error: BaseException) -> bool:
    """The last border, for errors in callbacks and fragments too; True tells Streamlit that it has been shown."""
    if isinstance(error, TechplanError):
        draw_error(error)
    else:
        draw_bug(error)
    return True


def find_log() -> str:
    try:
        return str(load_settings().log)
    except UsageError:  # the settings themselves are what is wrong
        return "beside the store"
