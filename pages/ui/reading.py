"""What was found in a budget workbook, whether it ties out, and the step that publishes it."""

from decimal import Decimal

import streamlit as st

from data.intake.finding_kinds import TOTAL_MISMATCH
from data.intake.model import Question, Reading, TieOut
from data.intake.reconcile import is_mismatch
from data.intake.summary import ReadingSummary, summarise_reading
from data.jobs import Job
from data.store.budget_uploads import list_uploads
from data.store.budgets import name_series, publish_reading
from data.store.viewer import Viewer
from data.uploads import READ_BUDGET, forget_upload, read_upload_again
from pages.ui.findings import MOST_ROWS_SHOWN, draw_findings, limit_caption
from pages.ui.messages import draw_error, plain
from pages.ui.session import current_district_name, open_store
from pages.ui.tables import Cell, Tag, build_disclosure, build_table, draw_table
from pages.ui.wording import count, name_basis, name_side, name_unit
from planning.errors import TechplanError
from planning.money import format_dollars, round_half_up
from planning.vocabulary import ReadingStatus, Unit, UploadStatus


def draw_found(reading: Reading) -> None:
    """What the file is, in one sentence, and what each of its columns means."""
    summary = summarise_reading(reading)
    st.subheader(plain(reading.file_name), anchor=False)
    st.write(plain(_describe_found(summary)))
    if reading.totals:
        _draw_columns(reading)
    draw_findings(
        "What to know about this file",
        [
            finding for finding in reading.findings if finding.code != TOTAL_MISMATCH.code
        ],  # they have a table of their own
    )


def _draw_columns(reading: Reading) -> None:
    rows = [
        (
            total.header or "(no heading)",
            total.fiscal_year or "not said",
            name_basis(total.basis),
            name_side(total.side),
            name_unit(total.unit),
            _show(total.detail_total, total.unit),
            "none printed" if total.printed_total is None else _show(total.printed_total, total.unit),
            _tag_tie(total.difference),
        )
        for total in reading.totals
    ]
    headers = ["Column", "Fiscal year", "Basis", "Side", "Unit", "Detail adds up to", "Printed total", "Tie-out"]
    draw_table("The columns of amounts, all tables together", headers, rows, numbers=(5, 6))


def draw_tie_outs(reading: Reading) -> None:
    """Every printed total against its detail: the ones that are off first, in full."""
    off = [tie for tie in reading.tie_outs if is_mismatch(tie.printed, tie.detail)]
    if not reading.totals:
        return
    if not reading.tie_outs:
        st.info("The file prints no totals, so there is nothing to compare its detail with.", title="No printed totals")
        return
    if off:
        verb = "does" if len(off) == 1 else "do"
        st.warning(
            "Both figures stand as printed; correct the file or publish it as it is.",
            title=f"{len(off):,} of {count(len(reading.tie_outs), 'printed total')} {verb} not add up",
        )
        draw_table(limit_caption("Totals that are off", off), _HEADERS, _list_rows(off), numbers=(3, 4, 5))
    else:
        st.success(
            "Detail and printed totals agree to the cent.",
            title=f"All {count(len(reading.tie_outs), 'printed total')} tie out",
        )
    highest = sorted(reading.tie_outs, key=lambda tie: -tie.line_count)
    table = build_table("Printed totals, the widest first", _HEADERS, _list_rows(highest), numbers=(3, 4, 5))
    shown = min(len(highest), MOST_ROWS_SHOWN)
    words = f"{shown:,} of {len(highest):,} tie-outs, the widest first" if shown < len(highest) else "every tie-out"
    st.html(build_disclosure(f"Show {words}", table))


def draw_questions(reading: Reading, job: Job, viewer: Viewer) -> None:
    """What the file does not say; the answers are kept and the file is read again with them."""
    if not reading.questions:
        return
    with st.form("answers"):
        st.write("The file does not say this. Answer it and the file is read again.")
        answers = {one.key: _draw_question(one) for one in reading.questions}
        if st.form_submit_button("Read it again with these answers"):
            again = read_upload_again(viewer, job, answers)
            st.session_state[f"job_{READ_BUDGET}"] = again.id if again else ""
            st.session_state["answers"] = answers
            st.rerun()


def _draw_question(question: Question) -> str:
    if not question.choices:
        return st.text_input(plain(question.question), question.default, key=f"answer_{question.key}")
    choices = [question.default, *(choice for choice in question.choices if choice != question.default)]
    return st.selectbox(plain(question.question), choices, key=f"answer_{question.key}")


def draw_publish(reading: Reading, job: Job, viewer: Viewer) -> None:
    """The step that stores the reading, or the reason why it cannot be stored."""
    if reading.status is ReadingStatus.REFUSED:
        st.error("Nothing was stored. Choose another file.", title="This file holds no budget that can be read")
        st.button("Try another file", on_click=forget_upload, args=(job.id,))
        return
    series = st.text_input("Store it as a version of", value=name_series(reading), key="series")
    st.write(plain(_describe_consequence(reading, series, viewer)))
    with st.form("publish"):
        st.text_input("Reason, for the audit trail", value="Budget uploaded", key="publish_reason")
        with st.container(horizontal=True):
            publish = st.form_submit_button("Publish", type="primary")
            leave = st.form_submit_button("Leave it out")
    if leave:
        forget_upload(job.id)
        st.rerun()
    if publish:
        _publish(reading, job, viewer)


def _describe_consequence(reading: Reading, series: str, viewer: Viewer) -> str:
    """What publishing would do to what is there, said before it is done."""
    lines, district = count(reading.published_lines, "line"), current_district_name()
    uploads = list_uploads(open_store(), viewer, series.strip())
    current = next((upload for upload in uploads if upload.status == UploadStatus.CURRENT), None)
    if current is None:
        return f"Publishing adds {lines} to {district} as the first version of {series}."
    if current.file_sha256 == reading.sha256:
        return f"{series} of {district} holds this very file already."
    replaced = f"{current.file_name}, version {current.version}, {count(current.published_lines, 'line')}"
    return f"Publishing replaces {replaced}, in {series} of {district} by these {lines}; another name keeps both."


def _publish(reading: Reading, job: Job, viewer: Viewer) -> None:
    try:
        published = publish_reading(
            open_store(),
            viewer,
            reading,
            st.session_state["series"],
            st.session_state.get("answers"),
            st.session_state["publish_reason"],
        )
    except TechplanError as error:
        draw_error(error)
        return
    forget_upload(job.id)
    st.session_state["published"] = published
    st.rerun()


def _describe_found(summary: ReadingSummary) -> str:
    return (
        f"{count(summary.tables, 'table')} on {count(summary.sheets, 'sheet')}, "
        f"{count(summary.detail_lines, 'detail line')}; {summary.technology_lines:,} of them "
        f"{'is' if summary.technology_lines == 1 else 'are'} technology. Accounts follow {summary.chart}."
    )


_HEADERS = ["Total", "Sheet", "Cell", "Printed", "Detail", "Off by", "Covers"]


def _list_rows(ties: list[TieOut]) -> list[tuple[Cell, ...]]:
    return [
        (
            tie.label,
            tie.sheet,
            tie.cell,
            format_dollars(tie.printed, places=2),
            format_dollars(tie.detail, places=2),
            format_dollars(tie.difference, places=2),
            tie.covers,
        )
        for tie in ties[:MOST_ROWS_SHOWN]
    ]


def _show(amount: Decimal, unit: Unit) -> str:
    places, symbol = (2, True) if unit in (Unit.USD, Unit.USD_PER_PUPIL) else (2, False)
    return format_dollars(amount, places=places, symbol=symbol)


def _tag_tie(difference: Decimal | None) -> Tag:
    if difference is None:
        return Tag("nothing to compare")
    off = round_half_up(difference, 2)
    return Tag("ties out", "good") if off == 0 else Tag(f"off by {format_dollars(off, places=2)}", "bad")
