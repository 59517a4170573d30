"""Two versions of a document side by side: what became different."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plansite.history.change import Change, ChangeKind, ChangeValue, CommitStamp
from plansite.history.versions import NOTES, STEPS, TEXT_PREFIX, DocumentVersion
from plansite.model.slugs import title_from_slug

_Values = Mapping[str, ChangeValue]


@dataclass(frozen=True, slots=True)
class ChangeOrigin:
    """Whose change it is: the document's kind, its address, its file, the author, and the commit."""

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
    """The changes from one version to the next; None where there was no document before, or is none after."""
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
    held = values or {}
    title = _find_title(held) or title_from_slug(origin.slug)
    change = origin.build_change(
        kind, before=title if kind is ChangeKind.REMOVED else "", after="" if kind is ChangeKind.REMOVED else title
    )
    return replace(change, values=tuple(sorted(held.items())))


def _build_move(origin: ChangeOrigin, before: DocumentVersion, after: DocumentVersion, old_path: str) -> Change:
    change = origin.build_change(
        ChangeKind.MOVED, before=f"{before.plan}/{before.slug}", after=f"{after.plan}/{after.slug}"
    )
    return replace(change, old_path=old_path)


def diff_values(before: _Values, after: _Values, origin: ChangeOrigin) -> Iterator[Change]:
    """Field by field in the order of the later version; then what is no longer there."""
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
    """Steps are known by their words; their order says nothing."""
    old, new = Counter(before), Counter(after)
    gone, come = old - new, new - old
    for step in list(come.elements()):
        twin = f"[{' ' if step[1] == 'x' else 'x'}] {step[4:]}"
        done, words = step[1] == "x", step[4:]
        if gone[twin] > 0:
            gone[twin] -= 1
            yield origin.build_change(
                ChangeKind.STEP_TICKED if done else ChangeKind.STEP_UNTICKED, before=words, after=words
            )
        else:
            yield origin.build_change(ChangeKind.STEP_ADDED, after=step)
    for step in gone.elements():
        yield origin.build_change(ChangeKind.STEP_REMOVED, before=step)


def _diff_notes(before: tuple[str, ...], after: tuple[str, ...], origin: ChangeOrigin) -> Iterator[Change]:
    old, new = Counter(before), Counter(after)
    for note in (new - old).elements():
        yield origin.build_change(ChangeKind.NOTE_ADDED, after=note)
    for note in (old - new).elements():
        yield origin.build_change(ChangeKind.NOTE_REMOVED, before=note)


def _with_reason(change: Change, after: _Values) -> Change:
    """Why a date moved is in `due_history`, and who moved it; why an action was cancelled is in `reason`."""
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
