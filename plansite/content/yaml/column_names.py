"""What registers and trackers call the columns for fields of plansite."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment

_OWNER = (
    "Lead, Action owner, Action lead, Lead person, Named lead, Lead officer, Responsible, Person responsible, "
    "Responsible person, Responsibility, Assigned to"
)
_NAMES: Mapping[type, Mapping[str, str]] = {
    Action: {
        "title": "Action, Action title, Action required, Agreed action, Task",
        "ref": "No, Action No, Action number, Number, Action ref, Ref No, Reference, Action ID, ID",
        "status": "Action status, Current status, Overall status, Progress status",
        "owner": _OWNER,
        "supporters": "Support, Supported by, Others involved",
        "created": "Action creation date, Creation date, Date created, Created on, Date agreed, Date raised",
        "started": "Start date, Date started, Started on",
        "due": "Action due date, Due date, Date due, Due by, Target date, Target completion date, Deadline, By when",
        "completed": "Date completed, Completed date, Completed on, Date implemented, Date closed, Date done",
        "priority": "Action priority, Priority level",
        "resources": "Steps and resources, Resource, Resources needed, Resources required",
        "depends_on": "Dependencies, Dependent on",
        "rag": "RAG rating, RAG status",
    },
    Plan: {
        "title": "Plan, Plan title",
        "owner": f"Plan owner, {_OWNER}",
        "start": "Start date, Date started",
        "end": "End date, Target date",
        "review_every": "Review interval, Review frequency",
    },
    Incident: {"owner": _OWNER, "date": "Date of incident, Incident date"},
    Review: {
        "date": "Date of review, Review date, Meeting date, Date of meeting",
        "next": "Next review, Next review date, Next meeting, Date of next review, Date of next meeting",
    },
    SelfAssessment: {"owner": _OWNER, "date": "Date of assessment, Assessment date"},
}


def list_column_names(cls: type) -> Mapping[str, tuple[str, ...]]:
    """The names of columns by the field that they are read as, for a class of documents; none for any other class."""
    return {field: tuple(names.split(", ")) for field, names in _NAMES.get(cls, {}).items()}
