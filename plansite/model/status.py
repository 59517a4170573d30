"""Statuses with their synonyms, and the other enums of fields."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The status of an action as its file gives it."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    COMPLETED = "completed"
    EMBEDDED = "embedded"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done."""
        return self in OPEN_STATUSES

    @property
    def label(self) -> str:
        """The status as pages show it: "In progress"."""
        return self.value.capitalize()


#: What each status means, in a sentence.
STATUS_MEANINGS = {
    Status.NOT_STARTED: "It has been agreed, but work has not begun.",
    Status.IN_PROGRESS: "Somebody is working on it.",
    Status.BLOCKED: "It cannot go on until something else happens.",
    Status.COMPLETED: "The owner says this is done.",
    Status.EMBEDDED: "Somebody other than the owner has checked it, and there is evidence that it lasts.",
    Status.CANCELLED: "It will not be done. The action stays on the site with its reason.",
}
OPEN_STATUSES = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED})
#: Completed according to the owner, and verified by somebody else.
FINISHED_STATUSES = frozenset({Status.COMPLETED, Status.EMBEDDED})

_SYNONYMS_BY_STATUS = {
    Status.NOT_STARTED: "open, new, to do, todo, planned, not yet started, not yet due, pending",
    Status.IN_PROGRESS: "ongoing, started, partially complete, on track, substantial, underway, doing, active",
    Status.BLOCKED: "on hold, awaiting, cannot start yet, waiting, stuck, paused",
    Status.COMPLETED: "resolved, done, complete, closed, delivered, implemented, achieved, finished, fixed",
    Status.EMBEDDED: "verified, sustained, evidenced",
    Status.CANCELLED: "superseded, withdrawn, no longer required, no longer needed, not possible, "
    "not undertaken, canceled, won't do, dropped",
}

#: Words that real trackers use, in lower case, and the status each means.
STATUS_SYNONYMS: dict[str, str] = {
    word: status.value for status, words in _SYNONYMS_BY_STATUS.items() for word in words.split(", ")
}

#: Words that different organisations use in different senses.
AMBIGUOUS_STATUSES = frozenset({"closed", "green", "ongoing"})


class Course(StrEnum):
    """The computed state of an action or a plan, in the order of the status bar."""

    EMBEDDED = "embedded"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OVERDUE = "overdue"


class Priority(StrEnum):
    """How soon an action matters beside others."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Strength(StrEnum):
    """How strong a fix is (action hierarchy of incident reviews)."""

    STRONGER = "stronger"
    INTERMEDIATE = "intermediate"
    WEAKER = "weaker"


class Rag(StrEnum):
    """The writer's own rating as red, amber or green; the computed course does not depend on it."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class HomeworkOutcome(StrEnum):
    """What became of something agreed between two counselling sessions."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not done"


class VerificationResult(StrEnum):
    """What a verification found."""

    PASSED = "passed"
    FAILED = "failed"


class PlanKind(StrEnum):
    """What sort of plan it is."""

    INTEGRATED = "integrated"
    SERVICE = "service"
    IMPROVEMENT = "improvement"
    COUNSELLING = "counselling"
    INCIDENT = "incident"
    GENERAL = "general"

    @property
    def label(self) -> str:
        """The kind as pages show it above a plan's title."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    PlanKind.INTEGRATED: "Integrated plan for one person",
    PlanKind.SERVICE: "Service plan",
    PlanKind.IMPROVEMENT: "Improvement plan",
    PlanKind.COUNSELLING: "Counselling plan",
    PlanKind.INCIDENT: "Incident plan",
    PlanKind.GENERAL: "Plan",
}


class RepositoryHost(StrEnum):
    """The program that shows a repository on the web, which decides the form of its addresses."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


#: Other names of these programs, in lower case.
HOST_SYNONYMS = {"gitea": "forgejo", "codeberg": "forgejo", "github enterprise": "github"}


class Download(StrEnum):
    """Files that a site offers beside its pages, if its settings ask for them."""

    REGISTERS = "registers"
    WORKBOOKS = "workbooks"
    CALENDARS = "calendars"
    DOCUMENTS = "documents"


class Audience(StrEnum):
    """The audiences, from the one that sees most to the one that sees least."""

    INTERNAL = "internal"
    PARTNERS = "partners"
    PUBLIC = "public"

    def sees(self, audience: Audience) -> bool:
        """Whether this audience may see what is marked for another: internal sees all, public only what is public."""
        order = (Audience.PUBLIC, Audience.PARTNERS, Audience.INTERNAL)
        return order.index(audience) <= order.index(self)


class EditReader(StrEnum):
    """Whose pages have links to edit their files: those of some audiences, or nobody's."""

    INTERNAL = "internal"
    PARTNERS = "partners"
    PUBLIC = "public"
    NOBODY = "nobody"


class Direction(StrEnum):
    """Which way is better for a measure."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class MeasureKind(StrEnum):
    """What a measure shows: the result, the work itself, or side effects."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class ChartKind(StrEnum):
    """The chart of a measure: with limits, with a median only, or of the days between events."""

    CONTROL = "control"
    RUN = "run"
    DAYS_BETWEEN = "days between"


class ChartMethod(StrEnum):
    """Whose results a control chart reproduces: those of the R package, or of NHS England's Excel tool.

    They differ in two rules (vignette "deviations" of NHSRplotthedots, and its issues 153 and 194):

    - the R package leaves moving ranges out that are unusually large, the Excel tool keeps them;
    - for "two of three", the R package counts only points between the near limit and the limit, the Excel tool
      (since November 2023) also points beyond the limit.
    """

    NHS_R = "nhs-r"
    NHS_EXCEL = "nhs-excel"


class Participant(StrEnum):
    """Who was involved in a plan or asked for a view."""

    PERSON = "person"
    CARER = "carer"
    STAFF = "staff"
    PARTNERS = "partners"


class SmallCounts(StrEnum):
    """Whether copies for partners and the public give counts from 1 to 4, from which somebody might be recognised."""

    SHOW = "show"
    HIDE = "hide"
