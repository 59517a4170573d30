"""The sentence of every kind of fact, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.history.change import Change, ChangeKind, ChangeValue
from plansite.history.facts import FactKind, classify_change, collect_facts


def _change(
    did: ChangeKind, field: str = "", before: ChangeValue = "", after: ChangeValue = "", reason: str = ""
) -> Change:
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


_CASES: list[tuple[FactKind, str, Change]] = [
    (FactKind.ADDED, "Added", _change(ChangeKind.ADDED, after="Mend it")),
    (
        FactKind.ADDED,
        "Added, owner Ben, due 7 January 2025",
        replace(_change(ChangeKind.ADDED), values=(("due", "2025-01-07"), ("owner", "Ben"))),
    ),
    (
        FactKind.COMPLETED,
        "Completed, in progress before",
        _change(ChangeKind.FIELD_CHANGED, "status", "in progress", "completed"),
    ),
    (FactKind.COMPLETED, "Completed", _change(ChangeKind.FIELD_CHANGED, "status", "", "completed")),
    (
        FactKind.REOPENED,
        "Reopened as in progress, completed before",
        _change(ChangeKind.FIELD_CHANGED, "status", "completed", "in progress"),
    ),
    (
        FactKind.REOPENED,
        "Reopened as blocked, cancelled before",
        _change(ChangeKind.FIELD_CHANGED, "status", "cancelled", "blocked"),
    ),
    (
        FactKind.VERIFIED,
        "Embedded, completed before",
        _change(ChangeKind.FIELD_CHANGED, "status", "completed", "embedded"),
    ),
    (
        FactKind.CANCELLED,
        "Response decision set to not accepted",
        _change(ChangeKind.FIELD_CHANGED, "response.decision", "", "not accepted"),
    ),
    (FactKind.VERIFIED, "Checked: failed", _change(ChangeKind.FIELD_CHANGED, "verification.result", "", "failed")),
    (
        FactKind.REPLANNED,
        "Due date moved from 7 January to 21 January 2025, 14 days later: Engineer away",
        _change(ChangeKind.FIELD_CHANGED, "due", "2025-01-07", "2025-01-21", "Engineer away"),
    ),
    (
        FactKind.REPLANNED,
        "Due date moved from 2 January 2025 to 1 January 2025, 1 day earlier".replace("2 January 2025", "2 January"),
        _change(ChangeKind.FIELD_CHANGED, "due", "2025-01-02", "2025-01-01"),
    ),
    (FactKind.REPLANNED, "Due set to 7 January 2025", _change(ChangeKind.FIELD_CHANGED, "due", "", "2025-01-07")),
    (FactKind.REASSIGNED, "Owner changed from Ben to Cy", _change(ChangeKind.FIELD_CHANGED, "owner", "Ben", "Cy")),
    (
        FactKind.BLOCKED,
        "Blocked, not started before",
        _change(ChangeKind.FIELD_CHANGED, "status", "not started", "blocked"),
    ),
    (
        FactKind.CANCELLED,
        "Cancelled, blocked before: superseded",
        _change(ChangeKind.FIELD_CHANGED, "status", "blocked", "cancelled", "superseded"),
    ),
    (
        FactKind.PROGRESS,
        "Progress noted: 4 January 2025 (Ben): Rang.",
        _change(ChangeKind.NOTE_ADDED, "", "", "2025-01-04 (Ben): Rang."),
    ),
    (FactKind.STEPS, "Step done: Ring", _change(ChangeKind.STEP_TICKED, "", "Ring", "Ring")),
    (FactKind.STEPS, "Step added: Ring", _change(ChangeKind.STEP_ADDED, "", "", "[ ] Ring")),
    (FactKind.OTHER, "Priority set to high", _change(ChangeKind.FIELD_CHANGED, "priority", "", "high")),
    (
        FactKind.OTHER,
        "Status changed from not started to in progress",
        _change(ChangeKind.FIELD_CHANGED, "status", "not started", "in progress"),
    ),
    (
        FactKind.OTHER,
        "Renamed from “heat” to “radiator”",
        _change(ChangeKind.MOVED, "", "winter/heat", "winter/radiator"),
    ),
    (FactKind.OTHER, "Its file can no longer be read", _change(ChangeKind.BECAME_UNREADABLE)),
    (FactKind.OTHER, "Its file can be read again", _change(ChangeKind.BECAME_READABLE)),
    (FactKind.TEXT, "“Barriers” changed", _change(ChangeKind.TEXT_CHANGED, "barriers", "<p>a</p>", "<p>b</p>")),
    (FactKind.REMOVED, "Removed", _change(ChangeKind.REMOVED, before="Mend it")),
]


@pytest.mark.parametrize(("kind", "words", "change"), _CASES, ids=lambda each: each if isinstance(each, str) else "")
def test_each_sort(kind: FactKind, words: str, change: Change) -> None:
    """The sentence ends with the author and the day."""
    (fact,) = collect_facts([change])
    assert (fact.kind, fact.text) == (kind, f"{words} (Ann, 6 January 2025)")


def test_every_sort_is_tried() -> None:
    """No kind of change is without a case above."""
    assert {change.did for _, _, change in _CASES} >= set(ChangeKind) - {
        ChangeKind.NOTE_REMOVED,
        ChangeKind.STEP_UNTICKED,
        ChangeKind.STEP_REMOVED,
    }
    assert {kind for kind, _, _ in _CASES} == set(FactKind)


def test_only_actions_have_a_status() -> None:
    """A measure's field of that name says nothing about work."""
    change = replace(_change(ChangeKind.FIELD_CHANGED, "status", "a", "completed"), document="measure")
    assert classify_change(change) is FactKind.OTHER


def test_a_pull_request_is_named() -> None:
    """Its number stands behind the day, without a sign that hosts make links of."""
    (fact,) = collect_facts([replace(_change(ChangeKind.ADDED), pull_request="7", who="")])
    assert fact.text == "Added (6 January 2025, pull request 7)"


def test_order() -> None:
    """By kind first, then the oldest first, though changes come newest first."""
    changes = [
        _change(ChangeKind.STEP_TICKED, "", "Two", "Two"),
        _change(ChangeKind.FIELD_CHANGED, "status", "in progress", "completed"),
        _change(ChangeKind.STEP_TICKED, "", "One", "One"),
        _change(ChangeKind.ADDED),
    ]
    sentences = [fact.text.partition(" (")[0] for fact in collect_facts(changes)]
    assert sentences == ["Added", "Completed, in progress before", "Step done: One", "Step done: Two"]


def test_books_are_no_facts() -> None:
    """What keeps the books is left out; so is what the status of the same commit says already."""
    cancelled = _change(ChangeKind.FIELD_CHANGED, "status", "blocked", "cancelled", "superseded")
    why = _change(ChangeKind.FIELD_CHANGED, "reason", "", "superseded")
    done = _change(ChangeKind.FIELD_CHANGED, "status", "blocked", "completed")
    day = _change(ChangeKind.FIELD_CHANGED, "completed", "", "2025-01-06")
    assert len(collect_facts([cancelled, why, _change(ChangeKind.FIELD_CHANGED, "allow", "", ("x",))])) == 1
    assert len(collect_facts([day, done])) == 1
    assert len(collect_facts([replace(day, after="2025-01-05"), done])) == 2
    assert len(collect_facts([replace(why, commit="c2"), cancelled])) == 2
