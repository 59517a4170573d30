"""Actions as a tracker gives them, before they are files."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.status import Priority, Status
from plansite.trackers.values.dated_notes import DatedNote
from plansite.trackers.values.steps import DraftStep


@dataclass(frozen=True, slots=True)
class MovedDate:
    """An earlier due date, and why it moved if the tracker says so."""

    due: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftEvidence:
    """A link to evidence, or a text about it without an address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class OtherText:
    """What a cell says that is no field: the heading of its column, and its text."""

    heading: str
    text: str


class WrittenForm(StrEnum):
    """The form of a file that plansite itself exported, which decides how much of an action it holds."""

    JSON = "json"
    CSV = "csv"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAction:
    """The file of an action as plansite itself exported it: its name, its fields as YAML by name, and its body.

    `base` is the same as it was when it was exported, where the file tells what was changed in it since.
    """

    slug: str
    fields: tuple[tuple[str, str], ...]
    body: str
    form: WrittenForm = WrittenForm.JSON
    base: WrittenAction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAction:
    """An action of a tracker. `rows` are the numbers of the rows that belong to it, in the table `table`.

    `waits_for` are the titles of actions that come first, until these are found (`find_dependencies`).
    `goal` is the key or title of its goal, and `noted` the day of which its row speaks. `remarks` say what was read in
    another way than it is written. `written` is its file if plansite itself exported it; `goal_title` is then the title
    of the goal, if the plan there had it.
    """

    table: str
    rows: tuple[int, ...]
    title: str
    ref: str = ""
    text: str = ""
    status: Status | None = None
    response: ResponseDecision | None = None
    owner: str = ""
    supporters: tuple[str, ...] = ()
    goal: str = ""
    goal_title: str = ""
    created: date | None = None
    started: date | None = None
    due: date | None = None
    completed: date | None = None
    moved: tuple[MovedDate, ...] = ()
    priority: Priority | None = None
    resources: str = ""
    source_kind: str = ""
    source_ref: str = ""
    depends_on: tuple[str, ...] = ()
    waits_for: tuple[OtherText, ...] = ()
    evidence: tuple[DraftEvidence, ...] = ()
    verified_by: str = ""
    tags: tuple[str, ...] = ()
    rag: str = ""
    steps: tuple[DraftStep, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    progress: tuple[str, ...] = ()
    barriers: str = ""
    outcome: str = ""
    others: tuple[OtherText, ...] = ()
    noted: date | None = None
    remarks: tuple[str, ...] = field(default=())
    written: WrittenAction | None = None
