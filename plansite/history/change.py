"""A change: what became different in one document, when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: One value as text (dates ISO 8601, a missing value empty), or several. A record in a list is one JSON object.
ChangeValue = str | tuple[str, ...]

#: Fields that keep the books: their changes go with others and are no news of their own.
_BOOKKEEPING_FIELDS = frozenset({"due_history", "allow", "aliases", "audience"})


class ChangeKind(StrEnum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    FIELD_CHANGED = "field changed"
    NOTE_ADDED = "progress note added"
    NOTE_REMOVED = "progress note removed"
    STEP_TICKED = "step ticked"
    STEP_UNTICKED = "step unticked"
    STEP_ADDED = "step added"
    STEP_REMOVED = "step removed"
    TEXT_CHANGED = "text changed"
    BECAME_UNREADABLE = "became unreadable"
    BECAME_READABLE = "readable again"


@dataclass(frozen=True, slots=True)
class CommitStamp:
    """The commit of a change, the day it landed, and its pull request."""

    commit: str
    when: date
    pull_request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions of a document.

    `document` is what it is (`action`, `plan`, `review`, `incident`, `measure`), `plan` and `slug` its address, `path`
    its file after the change and `old_path` before it, both relative to the site. `field` names a field, a field
    within one (`verification.result`), or the heading of a text (empty for the text before the first heading).

    `before` and `after` are, by kind: the field's values; a note as `2025-01-04 (Deputy Manager): words`; the words of
    a step; the HTML of a text; `plan/slug` of what moved; the title of what was added, removed, broken or mended.
    `values` is all that a document held when it was added or mended, and before it was removed or broken.

    `when` is the day it landed, `who` the author's name, or whoever the entry in `due_history` says moved a date.
    """

    did: ChangeKind
    document: str
    plan: str
    slug: str
    path: str
    old_path: str = ""
    field: str = ""
    before: ChangeValue = ""
    after: ChangeValue = ""
    who: str = ""
    reason: str = ""
    values: tuple[tuple[str, ChangeValue], ...] = ()
    when: date = date.min
    commit: str = ""
    pull_request: str = ""

    @property
    def is_reportable(self) -> bool:
        """Whether it says something by itself; what keeps the books does not."""
        return not (self.did is ChangeKind.FIELD_CHANGED and self.field in _BOOKKEEPING_FIELDS)

    @property
    def is_due_move(self) -> bool:
        """Whether a due date was exchanged for another; a first one is no move."""
        return self.did is ChangeKind.FIELD_CHANGED and self.field == "due" and bool(self.before and self.after)
