"""What the file does not say: each question with its default, what depends on the answer, and what was answered."""

import streamlit as st

from data.intake.consequences import describe_choice, describe_consequence
from data.intake.model import Question
from data.store.viewer import Viewer
from data.uploads import READ_BUDGET, read_upload_again
from pages.ui.messages import plain
from pages.ui.shown_reading import ShownReading
from pages.ui.wording import count


def draw_questions(shown: ShownReading, viewer: Viewer) -> None:
    """The questions that are open, then those that were answered; first of all as last year."""
    _answer_as_last_year(shown, viewer)
    if shown.reading.questions:
        _draw_open(shown, viewer)
    if shown.upload.answers:
        _draw_answered(shown, viewer)


def _answer_as_last_year(shown: ShownReading, viewer: Viewer) -> None:
    """What was asked and answered for a file laid out alike is not asked again, once, unless a person wants it."""
    if shown.profile is None or shown.upload.answers_of_last_year is not None:
        return
    kept = shown.profile.profile.answers
    known = {question.key: kept[question.key] for question in shown.reading.questions if question.key in kept}
    if known:
        shown.upload.answers_of_last_year = True
        _read_again(shown, viewer, {**shown.upload.answers, **known})


def _draw_open(shown: ShownReading, viewer: Viewer) -> None:
    questions = shown.reading.questions
    st.header("What the file does not say", anchor=False)
    with st.form("answers"):
        st.write(f"{count(len(questions), 'question')}; with the answers the file is read again.")
        answers = {one.key: _draw_question(one, shown) for one in questions}
        if st.form_submit_button("Read it again with these answers"):
            given = {key: answer for key, answer in answers.items() if answer and answer.strip()}
            shown.upload.answers_of_last_year = False
            _read_again(shown, viewer, {**shown.upload.answers, **given})


def _draw_question(question: Question, shown: ShownReading) -> str | None:
    """One question; what is taken without an answer is preselected, so that what is seen is what is published."""
    help_text = describe_consequence(question, shown.reading)
    key = f"answer_{question.key}"
    if not question.choices:
        answer = st.text_input(plain(question.question), question.default, key=key)
    else:
        first = question.default
        choices = [*filter(None, [first]), *(choice for choice in question.choices if choice != first)]
        answer = st.selectbox(
            plain(question.question),
            choices,
            index=0 if first else None,
            format_func=lambda choice: describe_choice(question.key, choice),
            placeholder="Choose",
            key=key,
        )
    st.caption(plain(help_text))
    return answer


def _draw_answered(shown: ShownReading, viewer: Viewer) -> None:
    said = "; ".join(_describe_answer(key, answer) for key, answer in shown.upload.answers.items())
    with st.container(horizontal=True, vertical_alignment="center"):
        who = "As you said last year" if shown.upload.answers_of_last_year else "You answered"
        st.caption(plain(f"{who}: {said}."))
        if st.button("Ask again"):
            shown.upload.answers_of_last_year = False
            _read_again(shown, viewer, {})


def _describe_answer(key: str, answer: str) -> str:
    """An answer in words; one that is no choice, such as a year, with what it is of."""
    words = describe_choice(key, answer)
    return words[:1].lower() + words[1:] if words != answer else f"{key.replace('_', ' ')}: {answer}"


def _read_again(shown: ShownReading, viewer: Viewer, answers: dict[str, str]) -> None:
    again = read_upload_again(viewer, shown.job, answers)
    st.session_state[f"job_{READ_BUDGET}"] = again.id if again else ""
    st.rerun()
