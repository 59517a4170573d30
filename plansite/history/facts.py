"""Changes as facts about the work (completed, re-planned, blocked and so on), one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum, auto

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change, ChangeKind
from plansite.history.descriptions import describe_change, describe_removed_contents
from plansite.model.dates import parse_iso_date
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.formatting import format_days, format_long_date
from plansite.model.status import OPEN_STATUSES, Status

_OPEN_VALUES = frozenset(status.value for status in OPEN_STATUSES)


class FactKind(IntEnum):
    """The kinds of fact, in the order in which they are listed."""

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
#: The status that goes with each of these fields.
_STATUS_BY_FIELD = {"reason": Status.CANCELLED.value, "completed": Status.COMPLETED.value}
_STATUS_WORDS = {
    FactKind.COMPLETED: "Completed",
    FactKind.VERIFIED: "Embedded",
    FactKind.BLOCKED: "Blocked",
    FactKind.CANCELLED: "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One event: its kind, and a sentence with author and day, without a full stop."""

    kind: FactKind
    text: str


def collect_facts(changes: Iterable[Change]) -> tuple[Fact, ...]:
    """The facts of one document, sorted by kind, the oldest first within each. `changes` come newest first.

    Changes of bookkeeping fields are left out, and those that another change of the same commit includes.
    """
    reportable = [change for change in changes if change.is_reportable]
    facts = [
        Fact(classify_change(change), _format_fact(change))
        for change in reversed(reportable)
        if not _is_redundant(change, reportable)
    ]
    return tuple(sorted(facts, key=lambda fact: fact.kind))


def classify_change(change: Change) -> FactKind:
    """The kind of fact that a change is."""
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
    if change.field == "response.decision" and change.after == ResponseDecision.NOT_ACCEPTED.value:
        return FactKind.CANCELLED
    return _KIND_BY_FIELD.get(change.field, FactKind.OTHER)


def _is_redundant(change: Change, changes: Iterable[Change]) -> bool:
    """Whether the change of the status in the same commit includes it.

    That is so for the reason of a cancellation, and for a completion date that is the day of the commit.
    """
    if change.did is not ChangeKind.FIELD_CHANGED or change.field not in _STATUS_BY_FIELD:
        return False
    return any(
        other.commit == change.commit
        and (other.field, other.after) == ("status", _STATUS_BY_FIELD[change.field])
        and change.after in (other.reason, change.when.isoformat())
        for other in changes
    )


def _format_fact(change: Change) -> str:
    reason = f": {change.reason}" if change.reason else ""
    pull_request = f"pull request {change.pull_request}" if change.pull_request else ""
    source = ", ".join(filter(None, (change.who, format_long_date(change.when), pull_request)))
    return f"{_describe_event(change)}{reason} ({source})"


def _describe_event(change: Change) -> str:
    kind = classify_change(change)
    if change.did is ChangeKind.ADDED:
        return ", ".join(("Added", *_describe_agreement(change)))
    if change.did is ChangeKind.REMOVED:
        return f"Removed{describe_removed_contents(change)}"
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
    """The owner and the due date of a new action, where it has them."""
    if change.document != "action":
        return
    values = dict(change.values)
    if owner := values.get("owner"):
        yield f"owner {owner}"
    if due := parse_iso_date(str(values.get("due", ""))):
        yield f"due {format_long_date(due)}"


def _describe_status_change(change: Change, kind: FactKind) -> str:
    before = f", {change.before} before" if change.before else ""
    if kind is FactKind.REOPENED:
        return f"Reopened as {change.after}{before}"
    status_word = _STATUS_WORDS.get(kind)
    return f"{status_word}{before}" if status_word else describe_change(replace(change, who="", reason=""))


def _describe_due_move(change: Change) -> str:
    """The two dates, and the number of days between them."""
    before, after = parse_iso_date(str(change.before)), parse_iso_date(str(change.after))
    sentence = describe_change(replace(change, who="", reason="")).replace("Due moved", "Due date moved", 1)
    if before is None or after is None:
        return sentence
    days = (after - before).days
    return f"{sentence}, {format_days(abs(days))} {'later' if days > 0 else 'earlier'}"
