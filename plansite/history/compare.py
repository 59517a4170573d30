"""Two versions of a document side by side: what became different."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plansite.history.change import Change, Did, Stamp, Value
from plansite.history.version import NOTES, STEPS, TEXT, Version
from plansite.model.names import title_of

_Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose change it is: the document's kind, its address, its file, the author, and the commit."""

    document: str
    plan: str
    slug: str
    path: str
    who: str
    stamp: Stamp

    def change(self, did: Did, field: str = "", before: Value = "", after: Value = "") -> Change:
        """A change of this document."""
        return Change(
            did=did,
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


def compared(before: Version | None, after: Version | None, subject: Subject, old_path: str) -> Iterator[Change]:
    """The changes from one version to the next; None where there was no document before, or is none after."""
    if after is None:
        if before is not None:
            yield _whole(subject, Did.REMOVED, before.values)
        return
    if before is None:
        yield _whole(subject, Did.ADDED, after.values)
        if after.values is None:
            yield subject.change(Did.BROKEN, after=title_of(subject.slug))
        return
    if old_path != subject.path or (before.plan, before.slug) != (after.plan, after.slug):
        yield _moved(subject, before, after, old_path)
    if after.values is None:
        if before.values is not None:
            yield _whole(subject, Did.BROKEN, before.values)
    elif before.values is None:
        yield _whole(subject, Did.MENDED, after.values)
    else:
        yield from differences(before.values, after.values, subject)


def _whole(subject: Subject, did: Did, values: _Values | None) -> Change:
    held = values or {}
    title = _title(held) or title_of(subject.slug)
    change = subject.change(did, before=title if did is Did.REMOVED else "", after="" if did is Did.REMOVED else title)
    return replace(change, values=tuple(sorted(held.items())))


def _moved(subject: Subject, before: Version, after: Version, old_path: str) -> Change:
    change = subject.change(Did.MOVED, before=f"{before.plan}/{before.slug}", after=f"{after.plan}/{after.slug}")
    return replace(change, old_path=old_path)


def differences(before: _Values, after: _Values, subject: Subject) -> Iterator[Change]:
    """Field by field in the order of the later version; then what is no longer there."""
    if before == after:
        return
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name, ""), after.get(name, "")
        if old == new:
            continue
        if name == STEPS:
            yield from _steps(tuple(old), tuple(new), subject)
        elif name == NOTES:
            yield from _notes(tuple(old), tuple(new), subject)
        elif name.startswith(TEXT):
            yield subject.change(Did.REWORDED, name.removeprefix(TEXT), old, new)
        else:
            yield _explained(subject.change(Did.SET, name, old, new), after)


def _steps(before: tuple[str, ...], after: tuple[str, ...], subject: Subject) -> Iterator[Change]:
    """Steps are known by their words; their order says nothing."""
    old, new = Counter(before), Counter(after)
    gone, come = old - new, new - old
    for step in list(come.elements()):
        twin = f"[{' ' if step[1] == 'x' else 'x'}] {step[4:]}"
        done, words = step[1] == "x", step[4:]
        if gone[twin] > 0:
            gone[twin] -= 1
            yield subject.change(Did.TICKED if done else Did.UNTICKED, before=words, after=words)
        else:
            yield subject.change(Did.STEP_ADDED, after=step)
    for step in gone.elements():
        yield subject.change(Did.STEP_REMOVED, before=step)


def _notes(before: tuple[str, ...], after: tuple[str, ...], subject: Subject) -> Iterator[Change]:
    old, new = Counter(before), Counter(after)
    for note in (new - old).elements():
        yield subject.change(Did.NOTED, after=note)
    for note in (old - new).elements():
        yield subject.change(Did.UNNOTED, before=note)


def _explained(change: Change, after: _Values) -> Change:
    """Why a date moved is in `due_history`, and who moved it; why an action was cancelled is in `reason`."""
    if change.field == "status" and change.after == "cancelled":
        reason = after.get("reason", "")
        return replace(change, reason=reason if isinstance(reason, str) else "")
    if change.field != "due":
        return change
    moves: list[dict[str, str]] = [json.loads(move) for move in after.get("due_history", ())]
    move = next((move for move in reversed(moves) if move.get("due") == change.before), {})
    return replace(change, reason=move.get("reason", ""), who=move.get("by", "") or change.who)


def _title(values: _Values) -> str:
    title = values.get("title", "")
    return title if isinstance(title, str) else ""
