"""Where a person says what a column of amounts means instead, before anything is stored."""

import streamlit as st

from data.intake.corrections import (
    Correction,
    ReadColumn,
    describe_column,
    describe_correction,
)
from data.intake.headers import read_years
from pages.ui.messages import plain
from pages.ui.shown_reading import ShownReading
from pages.ui.wording import name_basis, name_unit
from planning.vocabulary import Basis, Unit

SCALES = (1, 1_000, 1_000_000)


def draw_corrections(shown: ShownReading) -> None:
    """What was said of the columns, now or last year, and the form to say it."""
    if not shown.columns:
        return
    if shown.corrections:
        _draw_said(shown)
    with st.expander("Correct a column"):
        _draw_form(shown)


def _draw_said(shown: ShownReading) -> None:
    said = [
        f"- {plain(f'“{name.header}”, read as {describe_column(name)}: {describe_correction(name, correction)}')}"
        for name, correction in shown.corrections.items()
    ]
    title = "Read as you said last year" if shown.is_last_year else "Read as you said"
    source = f"It comes from {shown.profile.file_name}." if shown.is_last_year and shown.profile else ""
    st.info("\n".join([plain(source), *said]), title=title)
    if st.button("Take it back: read the columns as the file says"):
        shown.upload.corrections = {}
        st.rerun()


def _draw_form(shown: ShownReading) -> None:
    columns = list(shown.columns)
    number = st.selectbox(
        "Column",
        range(len(columns)),
        format_func=lambda place: f"{columns[place].header or 'no heading'} ({describe_column(columns[place])})",
        key=f"correct_{shown.job.id}",
    )
    name = columns[number or 0]
    given = shown.corrections.get(name, Correction())
    with st.form(f"correct_{shown.job.id}_{number}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            year = st.text_input("Fiscal year", given.fiscal_year or name.fiscal_year, placeholder="2026-27")
            basis = st.selectbox("Basis", list(Basis), _place(Basis, given.basis, name.basis), format_func=name_basis)
            unit = st.selectbox("Unit", list(Unit), _place(Unit, given.unit, name.unit), format_func=name_unit)
            scales = sorted({*SCALES, name.scale})
            scale = st.selectbox(
                "One in a cell stands for", scales, scales.index(given.scale or name.scale), format_func="{:,}".format
            )
        left_out = st.checkbox("Leave this column out: it is not counted", given.left_out)
        if st.form_submit_button("Read it so", type="primary"):
            _correct(shown, name, year, basis, unit, scale, left_out)


def _place(words: type[Basis] | type[Unit], given: Basis | Unit | None, read: str) -> int:
    """Where what was said stands in the list, else what was read."""
    return [str(word) for word in words].index(str(given or read))


def _correct(
    shown: ShownReading, name: ReadColumn, year: str, basis: Basis, unit: Unit, scale: int, left_out: bool
) -> None:
    years = read_years(year)[0]
    if year.strip() and len(years) != 1:
        st.error("Write it like 2026-27.", title=plain(f"“{year}” is not one fiscal year."))
        return
    said = years[0] if years else ""
    correction = Correction(
        said if said and said != name.fiscal_year else None,
        basis if str(basis) != name.basis else None,
        unit if str(unit) != name.unit else None,
        scale if scale != name.scale else None,
        left_out,
    )
    others = {other: one for other, one in shown.corrections.items() if other != name}
    shown.upload.corrections = others if correction.is_empty else {**others, name: correction}
    st.rerun()
