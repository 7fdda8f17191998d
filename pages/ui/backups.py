"""The store's backups: which there are, which are kept, and one more when it is wanted."""

from datetime import timedelta

import streamlit as st

from data.service.keeper import find_last_backup
from data.settings import load_settings
from data.store.backup import Backup, back_up, list_backups, verify_backup
from data.store.drill import run_restore_drill
from data.store.viewer import Viewer
from pages.ui.messages import draw_error, find_log, plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Tag, draw_table
from pages.ui.wording import count
from planning.backup_rotation import is_backup_due
from planning.errors import TechplanError

MOST_SHOWN = 40
GRACE = timedelta(minutes=10)


def draw_backups(viewer: Viewer) -> None:
    """The schedule in one sentence, and every backup the store knows of."""
    settings = load_settings()
    folder = settings.backup_folder or open_store().backup_directory
    keep = settings.backup_keep
    st.write(
        plain(
            f"While the dashboard runs the store is backed up every {settings.backup_every_hours} hours into {folder}; "
            f"of those backups the newest of {keep.daily} days, {keep.weekly} weeks and {keep.monthly} months stay."
            if settings.backup_every_hours
            else "No backups are taken on schedule: the setting TECHPLAN_BACKUP_EVERY_HOURS is 0."
        )
    )
    _draw_overdue(viewer, settings.backup_every_hours)
    backups = list_backups(open_store(), viewer)
    if not backups:
        st.info("Take one now, or wait for the schedule.", title="No backup has been taken yet")
        return
    headers = ["File", "Taken", "Why", "By", "Megabytes", "Rows", "Verified", "State"]
    draw_table("Backups, newest first", headers, [_list_cells(one) for one in backups[:MOST_SHOWN]], numbers=(4, 5))


def _draw_overdue(viewer: Viewer, every_hours: int) -> None:
    """Say that the schedule is not kept: nobody looks for what is missing in a list."""
    store = open_store()
    last = find_last_backup(store, viewer)
    if last and is_backup_due(last, store.clock() - GRACE, every_hours):
        st.warning(
            plain(
                "The dashboard takes it within a minute of its start and tries again every minute. Where this stays, "
                f"the log says why: {find_log()}. A full or missing folder is the usual reason."
            ),
            title=f"The scheduled backup is overdue: the last one is of {last:%Y-%m-%d %H:%M} UTC",
        )


def draw_backup_actions(viewer: Viewer) -> None:
    """Back up now, read a backup again, and the restore drill."""
    there = {one.backup_id: one for one in list_backups(open_store(), viewer) if one.is_there}
    with st.container(horizontal=True):
        if st.button("Back up now", type="primary"):
            _back_up(viewer)
        if there and st.button("Verify every backup again"):
            _verify(list(there.values()))
        if st.button("Restore drill"):
            _drill(viewer)
    if message := st.session_state.pop("backup_done", ""):
        st.success(plain(message), title="Backed up")
    st.caption(plain("To go back to one: python techplan.py restore FILE. The store as it was is kept beside it."))


def _list_cells(backup: Backup) -> tuple[Cell, ...]:
    state = Tag("there", "good") if backup.is_there else Tag("dropped" if backup.dropped_at else "gone")
    return (
        backup.path.name,
        f"{backup.taken_at:%Y-%m-%d %H:%M} UTC",
        backup.occasion,
        backup.taken_by,
        f"{backup.size_bytes / 1e6:,.1f}",
        f"{backup.rows:,}",
        f"{backup.verified_at:%Y-%m-%d %H:%M} UTC",
        state,
    )


def _back_up(viewer: Viewer) -> None:
    store = open_store()
    folder = load_settings().backup_folder or store.backup_directory
    path = folder / f"{store.path.stem if store.path else 'store'}-asked-{store.clock():%Y%m%dT%H%M%S}Z.duckdb"
    try:
        backup = back_up(store, viewer, path, "Asked for on the page of backups")
    except TechplanError as error:
        draw_error(error)
        return
    st.session_state["backup_done"] = f"{backup.path.name} holds {backup.rows:,} rows and was read back."
    st.rerun()


def _verify(backups: list[Backup]) -> None:
    sound = 0
    for backup in backups:
        try:
            verify_backup(backup)
            sound += 1
        except TechplanError as error:
            draw_error(error)
    if sound == len(backups):
        st.success("Each was read whole and is the file that was written.", title=f"{count(sound, 'backup')} verified")


def _drill(viewer: Viewer) -> None:
    drill = run_restore_drill(open_store(), viewer)
    if drill.is_passed:
        st.success(
            f"{count(drill.compared, 'number')} agree, and all {drill.rows:,} rows verify.",
            title="A backup was taken, restored elsewhere and came back equal",
        )
    for finding in drill.findings:
        st.error(plain(finding.fix), title=plain(finding.message))
