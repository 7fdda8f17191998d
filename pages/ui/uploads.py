"""The uploads of a district: which version counts, and how to take one back."""

import streamlit as st

from data.store.budget_uploads import Upload, list_uploads
from data.store.budgets import Published, withdraw_upload
from data.store.viewer import Viewer
from pages.ui.messages import plain
from pages.ui.session import open_store
from pages.ui.tables import Tag, draw_table
from planning.vocabulary import UploadStatus

TONE = {UploadStatus.CURRENT: "good"}


def draw_published() -> None:
    """What the last publishing did, and where to look at it."""
    published: Published | None = st.session_state.pop("published", None)
    if published is None:
        return
    lines, version = f"{published.published_lines:,} lines", f"{published.series}, version {published.version}"
    if published.already:
        st.info(plain(f"{version} holds this very file; nothing was stored twice."), title="Already there")
    else:
        st.success(plain(f"{lines} are now {version}."), title="Published")
    st.page_link("finance/budget.py", label="See it in the budget")


def draw_uploads(viewer: Viewer) -> None:
    """Every upload, newest first, with a way to take back the current ones."""
    uploads = list_uploads(open_store(), viewer)
    if not uploads:
        return
    headers = ["File", "Series", "Version", "Status", "Lines", "Published", "By", "Reason"]
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
    with st.popover("Take one back"), st.form("withdraw"):
        chosen = st.selectbox(
            "Upload", list(current), format_func=lambda key: f"{current[key].series}: {current[key].file_name}"
        )
        reason = st.text_input("Reason, for the audit trail", value="Published by mistake")
        if st.form_submit_button("Withdraw it"):
            withdraw_upload(open_store(), viewer, str(chosen), reason)
            st.rerun()
