"""What a change means for the work: completed, re-planned, blocked and so on, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, auto

from plansite.history.change import Change, Did
from plansite.history.words import sentence
from plansite.model.dates import iso_date
from plansite.model.status import OPEN, Status
from plansite.model.words import days, long_date

_OPEN = frozenset(status.value for status in OPEN)


class Kind(IntEnum):
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


_BY_DID = {
    Did.ADDED: Kind.ADDED,
    Did.REMOVED: Kind.REMOVED,
    Did.NOTED: Kind.PROGRESS,
    Did.UNNOTED: Kind.PROGRESS,
    Did.TICKED: Kind.STEPS,
    Did.UNTICKED: Kind.STEPS,
    Did.STEP_ADDED: Kind.STEPS,
    Did.STEP_REMOVED: Kind.STEPS,
    Did.REWORDED: Kind.TEXT,
}
_BY_STATUS = {
    Status.COMPLETED.value: Kind.COMPLETED,
    Status.EMBEDDED.value: Kind.VERIFIED,
    Status.BLOCKED.value: Kind.BLOCKED,
    Status.CANCELLED.value: Kind.CANCELLED,
}
_BY_FIELD = {"due": Kind.REPLANNED, "owner": Kind.REASSIGNED}
_STATUS_WORDS = {
    Kind.COMPLETED: "Completed",
    Kind.VERIFIED: "Embedded",
    Kind.BLOCKED: "Blocked",
    Kind.CANCELLED: "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened: its sort, and the whole sentence with who and when, without a full stop."""

    kind: Kind
    words: str


def facts(changes: Iterable[Change]) -> tuple[Fact, ...]:
    """The facts of one document, in the order of their kinds, and the oldest first within each.

    `changes` come newest first. What only keeps the books is none, nor what another change says with it.
    """
    news = [change for change in changes if change.is_news]
    told = [Fact(kind_of(change), _words(change)) for change in reversed(news) if not _is_said(change, news)]
    return tuple(sorted(told, key=lambda fact: fact.kind))


def kind_of(change: Change) -> Kind:
    """What sort of fact a change is."""
    if change.did is not Did.SET:
        return _BY_DID.get(change.did, Kind.OTHER)
    if change.document != "action":
        return Kind.OTHER
    if change.field == "status":
        if change.before not in _OPEN and change.after in _OPEN and change.before:
            return Kind.REOPENED
        return _BY_STATUS.get(str(change.after), Kind.OTHER)
    if change.field == "verification.result" and change.after:
        return Kind.VERIFIED
    return _BY_FIELD.get(change.field, Kind.OTHER)


def _is_said(change: Change, news: Iterable[Change]) -> bool:
    """Whether the change of a status in the same commit says it already: why it was cancelled, or that day."""
    said = {"reason": "cancelled", "completed": "completed"}.get(change.field) if change.did is Did.SET else None
    day = change.when.isoformat()
    return said is not None and any(
        other.commit == change.commit
        and (other.field, other.after) == ("status", said)
        and change.after in (other.reason, day)
        for other in news
    )


def _words(change: Change) -> str:
    reason = f": {change.reason}" if change.reason else ""
    request = f"pull request {change.pull_request}" if change.pull_request else ""
    tail = ", ".join(filter(None, (change.who, long_date(change.when), request)))
    return f"{_what(change)}{reason} ({tail})"


def _what(change: Change) -> str:
    kind = kind_of(change)
    if change.did is Did.ADDED:
        return ", ".join(("Added", *_agreed(change)))
    if change.did is Did.REMOVED:
        return "Removed"
    if change.did is Did.BROKEN:
        return "Its file can no longer be read"
    if change.did is Did.MENDED:
        return "Its file can be read again"
    if change.did is Did.SET and change.document == "action" and change.field == "status":
        return _status(change, kind)
    if kind is Kind.VERIFIED:
        return f"Checked: {change.after}"
    if change.is_due_move:
        return _due(change)
    return sentence(replace(change, who="", reason=""))


def _agreed(change: Change) -> Iterator[str]:
    """Of a new action, who owns it and by when."""
    values = dict(change.values)
    due = iso_date(str(values.get("due", "")))
    if change.document == "action":
        yield from (f"owner {owner}" for owner in (values.get("owner"),) if owner)
        yield from (f"due {long_date(day)}" for day in (due,) if day)


def _status(change: Change, kind: Kind) -> str:
    before = f", {change.before} before" if change.before else ""
    if kind is Kind.REOPENED:
        return f"Reopened as {change.after}{before}"
    word = _STATUS_WORDS.get(kind)
    return f"{word}{before}" if word else sentence(replace(change, who="", reason=""))


def _due(change: Change) -> str:
    """From when, to when, and by how many days."""
    before, after = iso_date(str(change.before)), iso_date(str(change.after))
    words = sentence(replace(change, who="", reason="")).replace("Due moved", "Due date moved", 1)
    if before is None or after is None:
        return words
    moved = (after - before).days
    return f"{words}, {days(abs(moved))} {'later' if moved > 0 else 'earlier'}"
