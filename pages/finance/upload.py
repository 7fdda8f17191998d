"""Upload: drop a budget workbook, see what was found and whether every total ties out, publish it, take it back."""

import streamlit as st

from data.uploads import BUDGET_TYPES, READ_BUDGET, find_upload
from pages.ui.column_corrections import draw_corrections
from pages.ui.jobs import draw_drop, draw_job, find_current_job
from pages.ui.own_district import draw_own_district
from pages.ui.profiles_view import draw_profiles
from pages.ui.publishing import draw_publish
from pages.ui.reading import draw_columns, draw_found, draw_known, draw_tables
from pages.ui.reading_questions import draw_questions
from pages.ui.session import current_viewer
from pages.ui.sheet_picture import draw_picture
from pages.ui.shown_reading import settle_reading
from pages.ui.tie_outs import draw_tie_outs, draw_verdict
from pages.ui.uploads import draw_outcome, draw_uploads

st.title("Upload a budget", anchor=False)
viewer = current_viewer()
draw_own_district(viewer)
draw_outcome()

job = find_current_job(READ_BUDGET, viewer)
if job is None:
    draw_drop("Drop a budget workbook here: any layout, one file", READ_BUDGET, list(BUDGET_TYPES), viewer)
elif (reading := draw_job(job)) and (upload := find_upload(job.id)):
    shown = settle_reading(job, upload, reading, viewer)
    draw_found(shown)
    draw_verdict(shown)
    draw_questions(shown, viewer)
    draw_tables(shown)
    draw_known(shown)
    draw_columns(shown)
    draw_corrections(shown)
    draw_tie_outs(shown)
    draw_picture(shown)
    draw_publish(shown, viewer)

draw_uploads(viewer)
draw_profiles(viewer)
