"""The description of every kind of change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.history.change import Change, ChangeKind, ChangeValue
from plansite.history.descriptions import describe_change, describe_change_beside


def _describe(
    did: ChangeKind,
    field: str = "",
    before: ChangeValue = "",
    after: ChangeValue = "",
    who: str = "Ann",
    reason: str = "",
) -> str:
    return describe_change(
        Change(
            did=did,
            document="action",
            plan="winter",
            slug="radiator",
            path="r.md",
            field=field,
            before=before,
            after=after,
            who=who,
            reason=reason,
        )
    )


_CASES: list[tuple[str, ChangeKind, str, ChangeValue, ChangeValue]] = [
    ("Added by Ann: Mend it", ChangeKind.ADDED, "", "", "Mend it"),
    ("Removed by Ann: Mend it", ChangeKind.REMOVED, "", "Mend it", ""),
    ("Made unreadable by Ann: Mend it", ChangeKind.BECAME_UNREADABLE, "", "", "Mend it"),
    ("Made readable again by Ann: Mend it", ChangeKind.BECAME_READABLE, "", "", "Mend it"),
    ("Renamed from “heat” to “radiator” by Ann", ChangeKind.MOVED, "", "winter/heat", "winter/radiator"),
    (
        "Moved from the plan “summer” to the plan “winter” by Ann",
        ChangeKind.MOVED,
        "",
        "summer/heat",
        "winter/radiator",
    ),
    ("File moved by Ann", ChangeKind.MOVED, "", "winter/radiator", "winter/radiator"),
    ("Due moved from 7 January to 21 January 2025 by Ann", ChangeKind.FIELD_CHANGED, "due", "2025-01-07", "2025-01-21"),
    (
        "Due moved from 30 December 2024 to 2 January 2025 by Ann",
        ChangeKind.FIELD_CHANGED,
        "due",
        "2024-12-30",
        "2025-01-02",
    ),
    ("Due set to 7 January 2025 by Ann", ChangeKind.FIELD_CHANGED, "due", "", "2025-01-07"),
    ("Due 7 January 2025 removed by Ann", ChangeKind.FIELD_CHANGED, "due", "2025-01-07", ""),
    (
        "Status changed from not started to in progress by Ann",
        ChangeKind.FIELD_CHANGED,
        "status",
        "not started",
        "in progress",
    ),
    ("Verification result set to passed by Ann", ChangeKind.FIELD_CHANGED, "verification.result", "", "passed"),
    ("Resources changed by Ann", ChangeKind.FIELD_CHANGED, "resources", "a" * 100, "b"),
    ("Resources written by Ann", ChangeKind.FIELD_CHANGED, "resources", "", "a" * 100),
    ("Resources removed by Ann", ChangeKind.FIELD_CHANGED, "resources", "a" * 100, ""),
    ("Supporters: Ben and Cy added, Di removed by Ann", ChangeKind.FIELD_CHANGED, "supporters", ("Di",), ("Ben", "Cy")),
    ("Supporters: order changed by Ann", ChangeKind.FIELD_CHANGED, "supporters", ("Ben", "Cy"), ("Cy", "Ben")),
    ("Supporters: Ben added by Ann", ChangeKind.FIELD_CHANGED, "supporters", "", ("Ben",)),
    ("Evidence: Audit added by Ann", ChangeKind.FIELD_CHANGED, "evidence", "", ('{"label": "Audit", "url": "a.pdf"}',)),
    (
        "Due history: 7 January 2025 added by Ann",
        ChangeKind.FIELD_CHANGED,
        "due_history",
        "",
        ('{"due": "2025-01-07"}',),
    ),
    ("Tags: {odd added by Ann", ChangeKind.FIELD_CHANGED, "tags", "", ("{odd",)),
    ("Step done by Ann: Ring", ChangeKind.STEP_TICKED, "", "Ring", "Ring"),
    ("Step no longer done by Ann: Ring", ChangeKind.STEP_UNTICKED, "", "Ring", "Ring"),
    ("Step added by Ann: Ring", ChangeKind.STEP_ADDED, "", "", "[ ] Ring"),
    ("Step removed by Ann: Ring", ChangeKind.STEP_REMOVED, "", "[x] Ring", ""),
    ("Progress noted by Ann: 4 January 2025 (Ben): Rang.", ChangeKind.NOTE_ADDED, "", "", "2025-01-04 (Ben): Rang."),
    ("Progress noted by Ann: Rang.", ChangeKind.NOTE_ADDED, "", "", "Rang."),
    ("Progress note removed by Ann: 4 January 2025: Rang.", ChangeKind.NOTE_REMOVED, "", "2025-01-04: Rang.", ""),
    ("The text changed by Ann", ChangeKind.TEXT_CHANGED, "", "<p>a</p>", "<p>b</p>"),
    ("“Barriers” written by Ann", ChangeKind.TEXT_CHANGED, "barriers", "", "<p>b</p>"),
    ("“Barriers” removed by Ann", ChangeKind.TEXT_CHANGED, "barriers", "<p>b</p>", ""),
]


@pytest.mark.parametrize(("sentence", "did", "field", "before", "after"), _CASES, ids=[case[0] for case in _CASES])
def test_sentences(sentence: str, did: ChangeKind, field: str, before: ChangeValue, after: ChangeValue) -> None:
    """Dates in full, values as written, the author at the end."""
    assert _describe(did, field, before, after) == sentence


def test_every_kind_has_words() -> None:
    """No kind of change is without a sentence of its own."""
    assert {case[1] for case in _CASES} == set(ChangeKind)


def test_reason_and_nobody() -> None:
    """A reason follows a colon; where nobody is named, nobody is made up."""
    sentence = _describe(
        ChangeKind.FIELD_CHANGED, "due", "2025-01-07", "2025-01-21", "Deputy Manager", "engineer unavailable"
    )
    assert sentence == "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"
    assert (
        _describe(ChangeKind.FIELD_CHANGED, "status", "blocked", "completed", who="")
        == "Status changed from blocked to completed"
    )


@pytest.mark.parametrize(
    ("sentence", "did", "after", "who"),
    [
        ("Added by Ann", ChangeKind.ADDED, "Mend it", "Ann"),
        ("Added", ChangeKind.ADDED, "Mend it", ""),
        ("Added by Ann: Mend them", ChangeKind.ADDED, "Mend them", "Ann"),
        ("Jo noted: ring (twice): no", ChangeKind.NOTE_ADDED, "2025-01-14 (Jo): ring (twice): no", "Ann"),
        ("Jo noted on 13 January: ring", ChangeKind.NOTE_ADDED, "2025-01-13 (Jo): ring", "Ann"),
        ("Jo noted on 31 December 2024: ring", ChangeKind.NOTE_ADDED, "2024-12-31 (Jo): ring", "Ann"),
        ("Jo noted: ring", ChangeKind.NOTE_ADDED, "(Jo): ring", "Ann"),
        ("Ann noted: ring", ChangeKind.NOTE_ADDED, "2025-01-14: ring", "Ann"),
        ("Noted: ring", ChangeKind.NOTE_ADDED, "2025-01-14: ring", ""),
        ("Progress noted by Ann: ring: no", ChangeKind.NOTE_ADDED, "ring: no", "Ann"),
        ("Step done by Ann: ring", ChangeKind.STEP_TICKED, "ring", "Ann"),
    ],
)
def test_words_beside_title_and_day(sentence: str, did: ChangeKind, after: str, who: str) -> None:
    """Neither is said again: a note has the name of who wrote it, and its own day only where it is another."""
    change = Change(did=did, document="action", plan="winter", slug="radiator", path="r.md", after=after, who=who)
    assert describe_change_beside(replace(change, when=date(2025, 1, 14)), "Mend it") == sentence
