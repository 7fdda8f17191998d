"""What `plan FILE` asks before it takes a workbook, and the answers: whose row counts, and which missing rows go."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from data.commands.answers import Answer, new_answer, print_answer
from planning.errors import ChoiceNeeded, UsageError
from planning.findings import Finding
from planning.revisions.merge import Conflict, Side
from planning.revisions.rows import RowKey

if TYPE_CHECKING:
    from data.store.viewer import Viewer
    from data.workbooks.comparison import Comparison

ALL, DELETE, YES, NO = "all", "delete:", "yes", "no"
PlanAnswers = Mapping[str, str]


def parse_plan_answers(pairs: Sequence[str]) -> PlanAnswers:
    """`row=mine|theirs` and `delete:row=yes|no` pairs; `all` stands for every row that is not named."""
    answers = {}
    for pair in pairs:
        key, equals, value = pair.rpartition("=")
        choices = (YES, NO) if key.startswith(DELETE) else tuple(side.value for side in Side)
        if not (key and equals) or value not in choices:
            raise UsageError(
                f"{pair!r} is not an answer.",
                "Write --answer ROW=mine, --answer ROW=theirs or --answer delete:ROW=yes.",
            )
        answers[key] = value
    return answers


def match_answers(answers: PlanAnswers, comparison: "Comparison") -> tuple[dict[RowKey, Side], frozenset[RowKey]]:
    """Whose row counts where both changed one, and which of the missing rows are to go."""
    missing = {str(key): key for key in comparison.missing}
    deleted = frozenset(key for name, key in missing.items() if _find(answers, DELETE, name) == YES)
    conflicts = comparison.split(deleted).conflicts
    sides = {conflict.key: _find(answers, "", str(conflict.key)) for conflict in conflicts}
    known = {ALL, DELETE + ALL, *(str(key) for key in sides), *(DELETE + name for name in missing)}
    if unknown := sorted(answers.keys() - known):
        raise UsageError(
            f"No row is asked about as {', '.join(unknown)}.", "Run it without --answer to see the questions."
        )
    return {key: Side(side) for key, side in sides.items() if side}, deleted


def _find(answers: PlanAnswers, prefix: str, name: str) -> str | None:
    return answers.get(prefix + name, answers.get(prefix + ALL))


def print_questions(
    conflicts: Iterable[Conflict],
    comparison: "Comparison",
    findings: Sequence[Finding],
    file_name: str,
    viewer: "Viewer",
    as_json: bool,
) -> int:
    """The conflicts as questions; nothing was stored."""
    questions = [_describe_question(conflict, comparison) for conflict in conflicts]
    answer = new_answer(
        "plan", "needs_choice", findings, file=file_name, district=viewer.district_id, questions=questions
    )
    lines = [f"{file_name} was not stored: others changed {len(questions)} of its rows differently."]
    for question in questions:
        lines += [f"? {question['question']}", f"  answer it with: --answer '{question['key']}=mine' or =theirs"]
    print_answer(answer, as_json, lines)
    return ChoiceNeeded.exit_code


def _describe_question(conflict: Conflict, comparison: "Comparison") -> Answer:
    from data.workbooks.row_words import describe_state, name_row_in_full

    theirs, mine = describe_state(conflict, conflict.theirs), describe_state(conflict, conflict.mine)
    current = comparison.current.revision if comparison.current else None
    now = f"in the plan now (revision {current.number} by {current.saved_by})" if current else "in the plan now"
    return {
        "key": str(conflict.key),
        "question": f"{name_row_in_full(conflict.key)} is {theirs} {now}, and {mine} in the workbook. Which counts?",
        "choices": [side.value for side in Side],
        "default": "",
        "theirs": theirs,
        "mine": mine,
    }
