"""The changes between two versions of a document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change, ChangeKind, ChangeValue, CommitStamp
from plansite.history.versions import NOTES, STEPS, TEXT_PREFIX, DocumentVersion
from plansite.model.slugs import title_from_slug

_Values = Mapping[str, ChangeValue]


@dataclass(frozen=True, slots=True)
class ChangeOrigin:
    """What all changes of a document in one commit have in common: its kind, address and file, author and commit."""

    document: str
    plan: str
    slug: str
    path: str
    who: str
    stamp: CommitStamp

    def build_change(
        self, kind: ChangeKind, field: str = "", before: ChangeValue = "", after: ChangeValue = ""
    ) -> Change:
        """A change of this document."""
        return Change(
            did=kind,
            document=self.document,
            plan=self.plan,
            slug=self.slug,
            path=self.path,
            field=field,
            before=before,
            after=after,
            who=self.who,
            when=self.stamp.when,
            commit=self.stamp.commit,
            pull_request=self.stamp.pull_request,
        )


def diff_versions(
    before: DocumentVersion | None, after: DocumentVersion | None, origin: ChangeOrigin, old_path: str
) -> Iterator[Change]:
    """The changes from one version to the next; `before` is None for a new document, `after` for a removed one."""
    if after is None:
        if before is not None:
            yield _build_document_change(origin, ChangeKind.REMOVED, before.values)
        return
    if before is None:
        yield _build_document_change(origin, ChangeKind.ADDED, after.values)
        if after.values is None:
            yield origin.build_change(ChangeKind.BECAME_UNREADABLE, after=title_from_slug(origin.slug))
        return
    if old_path != origin.path or (before.plan, before.slug) != (after.plan, after.slug):
        yield _build_move(origin, before, after, old_path)
    if after.values is None:
        if before.values is not None:
            yield _build_document_change(origin, ChangeKind.BECAME_UNREADABLE, before.values)
    elif before.values is None:
        yield _build_document_change(origin, ChangeKind.BECAME_READABLE, after.values)
    else:
        yield from diff_values(before.values, after.values, origin)


def _build_document_change(origin: ChangeOrigin, kind: ChangeKind, values: _Values | None) -> Change:
    """A change of the whole document: added, removed, unreadable or readable again."""
    title = _find_title(values or {}) or title_from_slug(origin.slug)
    is_removal = kind is ChangeKind.REMOVED
    change = origin.build_change(kind, before=title if is_removal else "", after="" if is_removal else title)
    return replace(change, values=tuple(sorted((values or {}).items())))


def _build_move(origin: ChangeOrigin, before: DocumentVersion, after: DocumentVersion, old_path: str) -> Change:
    change = origin.build_change(
        ChangeKind.MOVED, before=f"{before.plan}/{before.slug}", after=f"{after.plan}/{after.slug}"
    )
    return replace(change, old_path=old_path)


def diff_values(before: _Values, after: _Values, origin: ChangeOrigin) -> Iterator[Change]:
    """The changes field by field, in the order of the later version; then those of fields that it no longer has."""
    if before == after:
        return
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name, ""), after.get(name, "")
        if old == new:
            continue
        if name == STEPS:
            yield from _diff_steps(tuple(old), tuple(new), origin)
        elif name == NOTES:
            yield from _diff_notes(tuple(old), tuple(new), origin)
        elif name.startswith(TEXT_PREFIX):
            yield origin.build_change(ChangeKind.TEXT_CHANGED, name.removeprefix(TEXT_PREFIX), old, new)
        else:
            yield _with_reason(origin.build_change(ChangeKind.FIELD_CHANGED, name, old, new), after)


def _diff_steps(before: tuple[str, ...], after: tuple[str, ...], origin: ChangeOrigin) -> Iterator[Change]:
    """Steps are identified by their text; their order is not compared."""
    old, new = Counter(before), Counter(after)
    removed, added = old - new, new - old
    for step in list(added.elements()):
        is_done, text = step[1] == "x", step[4:]
        other_state = f"[{' ' if is_done else 'x'}] {text}"
        if removed[other_state] > 0:
            removed[other_state] -= 1
            kind = ChangeKind.STEP_TICKED if is_done else ChangeKind.STEP_UNTICKED
            yield origin.build_change(kind, before=text, after=text)
        else:
            yield origin.build_change(ChangeKind.STEP_ADDED, after=step)
    for step in removed.elements():
        yield origin.build_change(ChangeKind.STEP_REMOVED, before=step)


def _diff_notes(before: tuple[str, ...], after: tuple[str, ...], origin: ChangeOrigin) -> Iterator[Change]:
    old, new = Counter(before), Counter(after)
    for note in (new - old).elements():
        yield origin.build_change(ChangeKind.NOTE_ADDED, after=note)
    for note in (old - new).elements():
        yield origin.build_change(ChangeKind.NOTE_REMOVED, before=note)


def _with_reason(change: Change, after: _Values) -> Change:
    """The change with its reason: of a cancellation from the field `reason`, of a due date from `due_history`.

    For a due date the name in `due_history` also takes the place of the author's.
    """
    if change.field == "status" and change.after == "cancelled":
        reason = after.get("reason", "")
        return replace(change, reason=reason if isinstance(reason, str) else "")
    if change.field != "due":
        return change
    moves: list[dict[str, str]] = [json.loads(move) for move in after.get("due_history", ())]
    move = next((move for move in reversed(moves) if move.get("due") == change.before), {})
    return replace(change, reason=move.get("reason", ""), who=move.get("by", "") or change.who)


def _find_title(values: _Values) -> str:
    title = values.get("title", "")
    return title if isinstance(title, str) else ""
