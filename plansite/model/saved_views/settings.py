"""Saved views as `plansite.yaml` describes them: which actions, in which order, in which columns."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.requirements import REQUIREMENT_SYNONYMS, RequirementLevel
from plansite.model.fields import NAME, ChoiceOf, Date, Field, Integer, ListOf, RecordOf, Text
from plansite.model.slugs import distinct_slug, normalise_name
from plansite.model.status import STATUS_SYNONYMS, Audience, Course, PlanKind, Priority

#: What stands for the owner of actions that have none.
NOBODY = "nobody"


class ViewStatus(StrEnum):
    """The statuses that a view can ask for: those of actions, and words for several of them."""

    OPEN = "open"
    FINISHED = "finished"
    CLOSED = "closed"
    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    COMPLETED = "completed"
    EMBEDDED = "embedded"
    CANCELLED = "cancelled"


class ViewGrouping(StrEnum):
    """What the actions of a view can be grouped by."""

    OWNER = "owner"
    AGENCY = "agency"
    PLAN = "plan"
    GOAL = "goal"
    STATUS = "status"
    PRIORITY = "priority"
    TAG = "tag"
    DUE_MONTH = "due month"


class ViewOrder(StrEnum):
    """What the actions of a view can be sorted by; a hyphen in front turns the order round."""

    DUE = "due"
    DUE_DOWN = "-due"
    TITLE = "title"
    TITLE_DOWN = "-title"
    OWNER = "owner"
    OWNER_DOWN = "-owner"
    PLAN = "plan"
    PLAN_DOWN = "-plan"
    PRIORITY = "priority"
    PRIORITY_DOWN = "-priority"
    CREATED = "created"
    CREATED_DOWN = "-created"
    LAST_PROGRESS = "last progress"
    LAST_PROGRESS_DOWN = "-last progress"


class ViewColumn(StrEnum):
    """The columns that a view can have, called as the fields of an action."""

    REF = "ref"
    TITLE = "title"
    OWNER = "owner"
    AGENCY = "agency"
    PLAN = "plan"
    GOAL = "goal"
    STEPS = "steps"
    RESOURCES = "resources"
    CREATED = "created"
    DUE = "due"
    PROGRESS = "progress"
    PRIORITY = "priority"
    TAGS = "tags"
    STATUS = "status"


_STATUS_WORDS = {word: meant for word, meant in STATUS_SYNONYMS.items() if word not in (*ViewStatus,)}
_COURSE_WORDS = {"late": "overdue"}
_GROUPING_WORDS = {"month": "due month", "due": "due month", "tags": "tag"}
_ORDER_WORDS = {"progress": "last progress", "due date": "due", "action": "title"}
_COLUMN_WORDS = {
    "action no": "ref",
    "number": "ref",
    "no": "ref",
    "action": "title",
    "last progress": "progress",
    "tag": "tags",
    "due date": "due",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFilter:
    """The conditions of a view. An action has to meet all of them; of several values in one, any will do."""

    owner: Annotated[
        tuple[str, ...],
        Field(ListOf(NAME), "The owner. `nobody` means actions without an owner.", "[Maintenance, nobody]"),
    ] = ()
    agency: Annotated[tuple[str, ...], Field(ListOf(NAME), "The agency of the owner.", "riverside-council")] = ()
    plan: Annotated[tuple[str, ...], Field(ListOf(Text()), "The plan, by its folder or title.", "falls")] = ()
    kind: Annotated[
        tuple[PlanKind, ...],
        Field(ListOf(ChoiceOf(PlanKind, noun="a kind of plan")), "The kind of plan.", "improvement"),
    ] = ()
    goal: Annotated[tuple[str, ...], Field(ListOf(Text()), "The key or title of the goal.", "warm-rooms")] = ()
    tag: Annotated[tuple[str, ...], Field(ListOf(Text()), "A tag of the action.", "urgent")] = ()
    priority: Annotated[tuple[Priority, ...], Field(ListOf(ChoiceOf(Priority)), "The priority.", "[high, medium]")] = ()
    status: Annotated[
        tuple[ViewStatus, ...],
        Field(
            ListOf(ChoiceOf(ViewStatus, _STATUS_WORDS)),
            "The status. `open` is every action still to be done, `finished` is completed or embedded, `closed` is "
            "finished or cancelled. Default: all.",
            "open",
        ),
    ] = ()
    course: Annotated[
        tuple[Course, ...],
        Field(ListOf(ChoiceOf(Course, _COURSE_WORDS)), "The course. `late` is `overdue`.", "[late, at risk]"),
    ] = ()
    requirement: Annotated[
        tuple[RequirementLevel, ...],
        Field(
            ListOf(ChoiceOf(RequirementLevel, REQUIREMENT_SYNONYMS)),
            "How strongly somebody outside asks for it.",
            "[must, should]",
        ),
    ] = ()
    due_within: Annotated[
        int | None, Field(Integer(0, 366), "Open and due from today up to that many days ahead.", "14")
    ] = None
    due_before: Annotated[date | None, Field(Date(), "Due before this day.", "2025-04-01")] = None
    due_after: Annotated[date | None, Field(Date(), "Due after this day.", "2025-01-31")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A list of actions with a page of its own.

    `lines` are the lines of its name and of the values of its filter, by `find_line`.
    """

    lines: tuple[tuple[str, int], ...] = ()
    name: Annotated[str, Field(Text(), "What the view is called.", "Maintenance this month", True)] = ""
    description: Annotated[str, Field(Text(), "What it is for.", "For the meeting on Monday.")] = ""
    filter: Annotated[
        ViewFilter,
        Field(RecordOf(ViewFilter), "Which actions it shows. Default: all.", "{owner: Maintenance, status: open}"),
    ] = ViewFilter()
    group: Annotated[
        ViewGrouping | None, Field(ChoiceOf(ViewGrouping, _GROUPING_WORDS), "A heading for each.", "plan")
    ] = None
    sort: Annotated[
        tuple[ViewOrder, ...],
        Field(
            ListOf(ChoiceOf(ViewOrder, _ORDER_WORDS)),
            "The order, by one field or several. A hyphen in front reverses it: `-due`.",
            "[priority, due]",
        ),
    ] = (ViewOrder.DUE,)
    columns: Annotated[
        tuple[ViewColumn, ...],
        Field(
            ListOf(ChoiceOf(ViewColumn, _COLUMN_WORDS, noun="a column")),
            "The columns in their order. The title is always shown.",
            "[title, owner, due, status]",
        ),
    ] = ()
    audience: Annotated[
        Audience | None,
        Field(ChoiceOf(Audience), "Who may see the view. Default: the `audience` of the site.", "partners"),
    ] = None

    @property
    def slug(self) -> str:
        """The slug that its page has, which no view of another name has."""
        return distinct_slug(self.name)

    def find_line(self, condition: str = "", value: str = "") -> int:
        """The line of a value of a condition, else that of the name; 1 where neither is known."""
        lines = dict(self.lines)
        return lines.get(f"{condition} {value}") or lines.get("", 1)

    @property
    def asks_for_nobody(self) -> bool:
        """Whether actions without an owner are among those it shows."""
        return any(normalise_name(name) == NOBODY for name in self.filter.owner)
