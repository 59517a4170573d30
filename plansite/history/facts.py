"""What a change means for the work: completed, re-planned, blocked and so on, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, auto

from plansite.history.change import Change, ChangeKind
from plansite.history.descriptions import describe_change
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_days, format_long_date
from plansite.model.status import OPEN_STATUSES, Status

_OPEN_VALUES = frozenset(status.value for status in OPEN_STATUSES)


class FactKind(IntEnum):
    """The sorts of fact, in the order in which people want to hear them."""

    ADDED = auto()
    COMPLETED = auto()
    REOPENED = auto()
    VERIFIED = auto()
    REPLANNED = auto()
    REASSIGNED = auto()
    BLOCKED = auto()
    CANCELLED = auto()
    PROGRESS = auto()
    STEPS = auto()
    OTHER = auto()
    TEXT = auto()
    REMOVED = auto()


_KIND_BY_CHANGE = {
    ChangeKind.ADDED: FactKind.ADDED,
    ChangeKind.REMOVED: FactKind.REMOVED,
    ChangeKind.NOTE_ADDED: FactKind.PROGRESS,
    ChangeKind.NOTE_REMOVED: FactKind.PROGRESS,
    ChangeKind.STEP_TICKED: FactKind.STEPS,
    ChangeKind.STEP_UNTICKED: FactKind.STEPS,
    ChangeKind.STEP_ADDED: FactKind.STEPS,
    ChangeKind.STEP_REMOVED: FactKind.STEPS,
    ChangeKind.TEXT_CHANGED: FactKind.TEXT,
}
_KIND_BY_STATUS = {
    Status.COMPLETED.value: FactKind.COMPLETED,
    Status.EMBEDDED.value: FactKind.VERIFIED,
    Status.BLOCKED.value: FactKind.BLOCKED,
    Status.CANCELLED.value: FactKind.CANCELLED,
}
_KIND_BY_FIELD = {"due": FactKind.REPLANNED, "owner": FactKind.REASSIGNED}
_STATUS_WORDS = {
    FactKind.COMPLETED: "Completed",
    FactKind.VERIFIED: "Embedded",
    FactKind.BLOCKED: "Blocked",
    FactKind.CANCELLED: "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened: its sort, and the whole sentence with who and when, without a full stop."""

    kind: FactKind
    text: str


def collect_facts(changes: Iterable[Change]) -> tuple[Fact, ...]:
    """The facts of one document, in the order of their kinds, and the oldest first within each.

    `changes` come newest first. What only keeps the books is none, nor what another change says with it.
    """
    news = [change for change in changes if change.is_reportable]
    told = [
        Fact(classify_change(change), _format_fact(change))
        for change in reversed(news)
        if not _is_redundant(change, news)
    ]
    return tuple(sorted(told, key=lambda fact: fact.kind))


def classify_change(change: Change) -> FactKind:
    """What sort of fact a change is."""
    if change.did is not ChangeKind.FIELD_CHANGED:
        return _KIND_BY_CHANGE.get(change.did, FactKind.OTHER)
    if change.document != "action":
        return FactKind.OTHER
    if change.field == "status":
        if change.before not in _OPEN_VALUES and change.after in _OPEN_VALUES and change.before:
            return FactKind.REOPENED
        return _KIND_BY_STATUS.get(str(change.after), FactKind.OTHER)
    if change.field == "verification.result" and change.after:
        return FactKind.VERIFIED
    return _KIND_BY_FIELD.get(change.field, FactKind.OTHER)


def _is_redundant(change: Change, changes: Iterable[Change]) -> bool:
    """Whether the change of a status in the same commit says it already: why it was cancelled, or that day."""
    said = (
        {"reason": "cancelled", "completed": "completed"}.get(change.field)
        if change.did is ChangeKind.FIELD_CHANGED
        else None
    )
    day = change.when.isoformat()
    return said is not None and any(
        other.commit == change.commit
        and (other.field, other.after) == ("status", said)
        and change.after in (other.reason, day)
        for other in changes
    )


def _format_fact(change: Change) -> str:
    reason = f": {change.reason}" if change.reason else ""
    request = f"pull request {change.pull_request}" if change.pull_request else ""
    tail = ", ".join(filter(None, (change.who, format_long_date(change.when), request)))
    return f"{_describe_event(change)}{reason} ({tail})"


def _describe_event(change: Change) -> str:
    kind = classify_change(change)
    if change.did is ChangeKind.ADDED:
        return ", ".join(("Added", *_describe_agreement(change)))
    if change.did is ChangeKind.REMOVED:
        return "Removed"
    if change.did is ChangeKind.BECAME_UNREADABLE:
        return "Its file can no longer be read"
    if change.did is ChangeKind.BECAME_READABLE:
        return "Its file can be read again"
    if change.did is ChangeKind.FIELD_CHANGED and change.document == "action" and change.field == "status":
        return _describe_status_change(change, kind)
    if kind is FactKind.VERIFIED:
        return f"Checked: {change.after}"
    if change.is_due_move:
        return _describe_due_move(change)
    return describe_change(replace(change, who="", reason=""))


def _describe_agreement(change: Change) -> Iterator[str]:
    """Of a new action, who owns it and by when."""
    values = dict(change.values)
    due = parse_iso_date(str(values.get("due", "")))
    if change.document == "action":
        yield from (f"owner {owner}" for owner in (values.get("owner"),) if owner)
        yield from (f"due {format_long_date(day)}" for day in (due,) if day)


def _describe_status_change(change: Change, kind: FactKind) -> str:
    before = f", {change.before} before" if change.before else ""
    if kind is FactKind.REOPENED:
        return f"Reopened as {change.after}{before}"
    word = _STATUS_WORDS.get(kind)
    return f"{word}{before}" if word else describe_change(replace(change, who="", reason=""))


def _describe_due_move(change: Change) -> str:
    """From when, to when, and by how many days."""
    before, after = parse_iso_date(str(change.before)), parse_iso_date(str(change.after))
    words = describe_change(replace(change, who="", reason="")).replace("Due moved", "Due date moved", 1)
    if before is None or after is None:
        return words
    moved = (after - before).days
    return f"{words}, {format_days(abs(moved))} {'later' if moved > 0 else 'earlier'}"
