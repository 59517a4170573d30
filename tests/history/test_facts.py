"""Every sort of fact in one sentence, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.history.change import Change, Did, Value
from plansite.history.facts import Kind, facts, kind_of


def _change(did: Did, field: str = "", before: Value = "", after: Value = "", reason: str = "") -> Change:
    return Change(
        did=did,
        document="action",
        plan="winter",
        slug="radiator",
        path="r.md",
        field=field,
        before=before,
        after=after,
        who="Ann",
        reason=reason,
        when=date(2025, 1, 6),
        commit="c1",
    )


_CASES: list[tuple[Kind, str, Change]] = [
    (Kind.ADDED, "Added", _change(Did.ADDED, after="Mend it")),
    (
        Kind.ADDED,
        "Added, owner Ben, due 7 January 2025",
        replace(_change(Did.ADDED), values=(("due", "2025-01-07"), ("owner", "Ben"))),
    ),
    (Kind.COMPLETED, "Completed, in progress before", _change(Did.SET, "status", "in progress", "completed")),
    (Kind.COMPLETED, "Completed", _change(Did.SET, "status", "", "completed")),
    (
        Kind.REOPENED,
        "Reopened as in progress, completed before",
        _change(Did.SET, "status", "completed", "in progress"),
    ),
    (Kind.REOPENED, "Reopened as blocked, cancelled before", _change(Did.SET, "status", "cancelled", "blocked")),
    (Kind.VERIFIED, "Embedded, completed before", _change(Did.SET, "status", "completed", "embedded")),
    (Kind.VERIFIED, "Checked: failed", _change(Did.SET, "verification.result", "", "failed")),
    (
        Kind.REPLANNED,
        "Due date moved from 7 January to 21 January 2025, 14 days later: Engineer away",
        _change(Did.SET, "due", "2025-01-07", "2025-01-21", "Engineer away"),
    ),
    (
        Kind.REPLANNED,
        "Due date moved from 2 January 2025 to 1 January 2025, 1 day earlier".replace("2 January 2025", "2 January"),
        _change(Did.SET, "due", "2025-01-02", "2025-01-01"),
    ),
    (Kind.REPLANNED, "Due set to 7 January 2025", _change(Did.SET, "due", "", "2025-01-07")),
    (Kind.REASSIGNED, "Owner changed from Ben to Cy", _change(Did.SET, "owner", "Ben", "Cy")),
    (Kind.BLOCKED, "Blocked, not started before", _change(Did.SET, "status", "not started", "blocked")),
    (
        Kind.CANCELLED,
        "Cancelled, blocked before: superseded",
        _change(Did.SET, "status", "blocked", "cancelled", "superseded"),
    ),
    (
        Kind.PROGRESS,
        "Progress noted: 4 January 2025 (Ben): Rang.",
        _change(Did.NOTED, "", "", "2025-01-04 (Ben): Rang."),
    ),
    (Kind.STEPS, "Step done: Ring", _change(Did.TICKED, "", "Ring", "Ring")),
    (Kind.STEPS, "Step added: Ring", _change(Did.STEP_ADDED, "", "", "[ ] Ring")),
    (Kind.OTHER, "Priority set to high", _change(Did.SET, "priority", "", "high")),
    (
        Kind.OTHER,
        "Status changed from not started to in progress",
        _change(Did.SET, "status", "not started", "in progress"),
    ),
    (Kind.OTHER, "Renamed from “heat” to “radiator”", _change(Did.MOVED, "", "winter/heat", "winter/radiator")),
    (Kind.OTHER, "Its file can no longer be read", _change(Did.BROKEN)),
    (Kind.OTHER, "Its file can be read again", _change(Did.MENDED)),
    (Kind.TEXT, "“Barriers” changed", _change(Did.REWORDED, "barriers", "<p>a</p>", "<p>b</p>")),
    (Kind.REMOVED, "Removed", _change(Did.REMOVED, before="Mend it")),
]


@pytest.mark.parametrize(("kind", "words", "change"), _CASES, ids=lambda each: each if isinstance(each, str) else "")
def test_each_sort(kind: Kind, words: str, change: Change) -> None:
    """It is told once, with its author and its day."""
    (fact,) = facts([change])
    assert (fact.kind, fact.words) == (kind, f"{words} (Ann, 6 January 2025)")


def test_every_sort_is_tried() -> None:
    """No kind of change is without a case above."""
    assert {change.did for _, _, change in _CASES} >= set(Did) - {Did.UNNOTED, Did.UNTICKED, Did.STEP_REMOVED}
    assert {kind for kind, _, _ in _CASES} == set(Kind)


def test_only_actions_have_a_status() -> None:
    """A measure's field of that name says nothing about work."""
    change = replace(_change(Did.SET, "status", "a", "completed"), document="measure")
    assert kind_of(change) is Kind.OTHER


def test_a_pull_request_is_named() -> None:
    """Its number stands behind the day, without a sign that hosts make links of."""
    (fact,) = facts([replace(_change(Did.ADDED), pull_request="7", who="")])
    assert fact.words == "Added (6 January 2025, pull request 7)"


def test_order() -> None:
    """By kind first, then the oldest first, though changes come newest first."""
    changes = [
        _change(Did.TICKED, "", "Two", "Two"),
        _change(Did.SET, "status", "in progress", "completed"),
        _change(Did.TICKED, "", "One", "One"),
        _change(Did.ADDED),
    ]
    told = [fact.words.partition(" (")[0] for fact in facts(changes)]
    assert told == ["Added", "Completed, in progress before", "Step done: One", "Step done: Two"]


def test_books_are_no_facts() -> None:
    """What keeps the books is left out; so is what the status of the same commit says already."""
    cancelled = _change(Did.SET, "status", "blocked", "cancelled", "superseded")
    why = _change(Did.SET, "reason", "", "superseded")
    done = _change(Did.SET, "status", "blocked", "completed")
    day = _change(Did.SET, "completed", "", "2025-01-06")
    assert len(facts([cancelled, why, _change(Did.SET, "allow", "", ("x",))])) == 1
    assert len(facts([day, done])) == 1
    assert len(facts([replace(day, after="2025-01-05"), done])) == 2
    assert len(facts([replace(why, commit="c2"), cancelled])) == 2
