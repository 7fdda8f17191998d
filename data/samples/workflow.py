"""What the sample district's plan went through: its calendar, one round by the cabinet, and what is confidential."""

from datetime import date

from data.store.comments import add_comment
from data.store.database import Store
from data.store.line_classes import add_rule
from data.store.viewer import Viewer
from data.store.workflow import move_plan, set_deadline
from planning.line_classes import LineRule
from planning.permissions import Action, LineClass, Record
from planning.workflow import PlanStage

DEADLINES = (
    (PlanStage.SUBMITTED, date(2026, 12, 1), "a week before the cabinet meets"),
    (PlanStage.RECOMMENDED, date(2026, 12, 8), "cabinet meeting"),
    (PlanStage.ADOPTED, date(2027, 6, 8), "board meeting; hearing on 2027-05-11"),
)
RULES = (
    (
        LineRule(Record.PLAN, LineClass.OPEN_BID, "initiative_id", "wifi", date(2027, 2, 12)),
        "Form 470 is posted; bids are opened after the earliest award date",
    ),
    (
        LineRule(Record.PLAN, LineClass.SECURITY, "initiative_id", "cameras"),
        "Where cameras and card readers are is no public record",
    ),
)
SENT_BACK = "The cabinet asks who pays for detection and response when the state grant ends in FY2027-28"
COMMENTS = (
    ("printers", "Running the gift costs more than it is worth; the donor also bids on the Wi-Fi."),
    ("", "Nothing here may be bought before the hearing on 2027-05-11."),
)


def seed_workflow(store: Store, person: Viewer, revision_id: str, reason: str) -> None:
    """The plan was submitted once and sent back, so it can be written again."""
    for stage, due_on, note in DEADLINES:
        set_deadline(store, person, stage, due_on, note, reason)
    for rule, why in RULES:
        add_rule(store, person, rule, why)
    move_plan(store, person, Action.SUBMIT_PLAN, revision_id, reason)
    move_plan(store, person, Action.SEND_BACK_PLAN, revision_id, SENT_BACK)
    for initiative_id, words in COMMENTS:
        add_comment(store, person, words, initiative_id)
