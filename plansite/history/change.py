"""A change of one document: what became different, when, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey, build_action_sort_key

#: The plan, the position of the kind, the key among its kind, and the path.
DocumentSortKey = tuple[str, int, ActionSortKey, str]

#: Kinds of documents in the order in which a plan's changes are listed.
_KIND_ORDER = ("plan", "action", "review", "incident", "measure", "assessment")

#: One value as text (dates ISO 8601, a missing value empty), or several. A record in a list is one JSON object.
ChangeValue = str | tuple[str, ...]

#: The `field` of a document that was moved or removed together with its plan. What is told of the plan tells it too.
WITH_PLAN = "plan"

#: Fields that only record or configure something; a change of them is not reported by itself.
_BOOKKEEPING_FIELDS = frozenset({"due_history", "allow", "aliases", "audience"})


class ChangeKind(StrEnum):
    """What happened to a document. The values are part of the JSON output."""

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
    """The commit of a change, the day on which it landed, and the number of its pull request."""

    commit: str
    when: date
    pull_request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions of a document.

    `document` is the kind of document (`action`, `plan`, `review`, `incident`, `measure`), `plan` and `slug` are its
    address, `path` is its file after the change and `old_path` before it, both relative to the site. `field` is the
    name of a field, of a field within one (`verification.result`), or the heading of a text (empty for the text before
    the first heading).

    `before` and `after` are, by kind: the field's values; a note as `2025-01-04 (Deputy Manager): text`; the text of a
    step; the HTML of a text; `plan/slug` of a moved document; the title of a document that was added or removed or
    became unreadable or readable. A plan that was removed has in `after` what was removed with it: `3 actions`. A
    document that was moved or removed with its plan has `WITH_PLAN` in `field`. `values` are all values of a document
    that was added or became readable, or the last ones before it was removed or became unreadable.

    `when` is the day on which it landed, `who` the author's name, or for a due date the name given in `due_history`.
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
        """Whether it is reported by itself; changes of bookkeeping fields are not, nor what its plan's change tells."""
        if self.did in (ChangeKind.MOVED, ChangeKind.REMOVED):
            return self.field != WITH_PLAN
        return not (self.did is ChangeKind.FIELD_CHANGED and self.field in _BOOKKEEPING_FIELDS)

    @property
    def is_due_move(self) -> bool:
        """Whether it replaces a due date by another; a first due date is no move."""
        return self.did is ChangeKind.FIELD_CHANGED and self.field == "due" and bool(self.before and self.after)


def document_sort_key(path: str, changes: Sequence[Change], actions: Mapping[str, Action]) -> DocumentSortKey:
    """Sort key for documents that changed: by plan and kind, actions by `Action.sort_key`, others by slug.

    `changes` are those of the document at `path`, newest first; `actions` are the present ones by path. An action that
    is there no longer is sorted by the number and title that it had, if one of the changes tells.
    """
    last, action = changes[0], actions.get(path)
    kind = _KIND_ORDER.index(last.document) if last.document in _KIND_ORDER else len(_KIND_ORDER)
    if action:
        return last.plan, kind, action.sort_key, path
    values = next((dict(change.values) for change in changes if change.values), {}) if last.document == "action" else {}
    title = values.get("title") or (last.before if last.did is ChangeKind.REMOVED else "")
    return last.plan, kind, build_action_sort_key(last.plan, str(values.get("ref", "")), str(title), last.slug), path


def sort_within_commits(changes: Iterable[Change], actions: Mapping[str, Action]) -> Iterator[Change]:
    """The changes in the order of the commits given, those of one commit by document. `actions` are by path."""
    for _, group in groupby(changes, key=lambda change: change.commit):
        yield from sorted(group, key=lambda change: document_sort_key(change.path, (change,), actions))
