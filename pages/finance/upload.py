"""Upload: drop a budget workbook, see what was found and whether every total ties out, publish it, take it back."""

import streamlit as st

from data.uploads import READ_BUDGET
from pages.ui.jobs import draw_drop, draw_job, find_current_job
from pages.ui.own_district import draw_own_district
from pages.ui.reading import draw_found, draw_publish, draw_questions, draw_tie_outs
from pages.ui.session import current_viewer
from pages.ui.uploads import draw_outcome, draw_uploads

BUDGET_TYPES = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv"]

st.title("Upload a budget", anchor=False)
viewer = current_viewer()
draw_own_district(viewer)
draw_outcome()

job = find_current_job(READ_BUDGET, viewer)
if job is None:
    draw_drop("Drop a budget workbook here: any layout, one file", READ_BUDGET, BUDGET_TYPES, viewer)
elif reading := draw_job(job):
    draw_found(reading)
    draw_tie_outs(reading)
    draw_questions(reading, job, viewer)
    draw_publish(reading, job, viewer)

draw_uploads(viewer)
