"""The uploads of a district: which version counts, and how to take one back."""

import streamlit as st

from data.store.budget_uploads import Upload, list_uploads
from data.store.budgets import Published, Withdrawn, withdraw_upload
from data.store.viewer import Viewer
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.tables import Tag, draw_table
from planning.errors import TechplanError
from planning.vocabulary import UploadStatus

TONE = {UploadStatus.CURRENT: "good"}


def draw_outcome() -> None:
    """What the last publishing or withdrawal did, and where to look at it."""
    if withdrawn := st.session_state.pop("withdrawn", None):
        _draw_withdrawn(withdrawn)
    if published := st.session_state.pop("published", None):
        _draw_published(published)


def _draw_withdrawn(withdrawn: Withdrawn) -> None:
    rest = "The version before it counts again." if withdrawn.current else "No version of it counts now."
    st.success(rest, title=plain(f"{withdrawn.series}, version {withdrawn.version}, is taken back."))


def _draw_published(published: Published) -> None:
    lines, version = f"{published.published_lines:,} lines", f"{published.series}, version {published.version}"
    if published.already:
        st.info(plain(f"{version} holds this very file; nothing was stored twice."), title="Already there")
    else:
        replaced = " It replaces the version before it, which can be had back below." if published.replaced else ""
        st.success(plain(f"{lines} are now {version}.{replaced}"), title="Published")
        for finding in published.findings:
            st.warning(plain(finding.fix), title=plain(finding.message))
    st.page_link("finance/budget.py", label="See it in the budget")


def draw_uploads(viewer: Viewer) -> None:
    """Every upload, newest first, with a way to take back the current ones."""
    uploads = list_uploads(open_store(), viewer)
    if not uploads:
        return
    headers = ["File", "Budget", "Version", "Status", "Lines", "Published", "By", "Reason"]
    draw_table(
        "What has been published, newest first", headers, [_list_cells(upload) for upload in uploads], numbers=(2, 4)
    )
    current = {upload.upload_id: upload for upload in uploads if upload.status == UploadStatus.CURRENT}
    if current:
        _draw_withdrawal(current, viewer)


def _list_cells(upload: Upload) -> tuple[str | Tag, ...]:
    return (
        upload.file_name,
        upload.series,
        str(upload.version),
        Tag(upload.status, TONE.get(UploadStatus(upload.status), "plain")),
        f"{upload.published_lines:,}",
        f"{upload.uploaded_at:%Y-%m-%d %H:%M} UTC",
        upload.uploaded_by,
        upload.withdrawn_reason or upload.reason,
    )


def _draw_withdrawal(current: dict[str, Upload], viewer: Viewer) -> None:
    # A form of these very uploads: where another tab changed them, a click on the old form does nothing.
    with st.popover("Take one back"), st.form(f"withdraw {' '.join(current)}"):
        chosen = st.selectbox(
            "Upload",
            list(current),
            format_func=lambda key: f"{current[key].series}: {current[key].file_name}",
            width=480,
        )
        reason = st.text_input("Reason, for the audit trail", value="Published by mistake")
        if st.form_submit_button("Take it back"):
            _withdraw(viewer, str(chosen), reason)


def _withdraw(viewer: Viewer, upload_id: str, reason: str) -> None:
    try:
        withdrawn = withdraw_upload(open_store(), viewer, upload_id, reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.session_state["withdrawn"] = withdrawn
    st.rerun()
