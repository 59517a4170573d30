"""Every kind of change in plain words."""

from __future__ import annotations

import pytest

from plansite.history.change import Change, Did, Value
from plansite.history.words import sentence


def _said(did: Did, field: str = "", before: Value = "", after: Value = "", who: str = "Ann", reason: str = "") -> str:
    return sentence(
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


_CASES: list[tuple[str, Did, str, Value, Value]] = [
    ("Added by Ann: Mend it", Did.ADDED, "", "", "Mend it"),
    ("Removed by Ann: Mend it", Did.REMOVED, "", "Mend it", ""),
    ("Made unreadable by Ann: Mend it", Did.BROKEN, "", "", "Mend it"),
    ("Made readable again by Ann: Mend it", Did.MENDED, "", "", "Mend it"),
    ("Renamed from “heat” to “radiator” by Ann", Did.MOVED, "", "winter/heat", "winter/radiator"),
    ("Moved from the plan “summer” to the plan “winter” by Ann", Did.MOVED, "", "summer/heat", "winter/radiator"),
    ("File moved by Ann", Did.MOVED, "", "winter/radiator", "winter/radiator"),
    ("Due moved from 7 January to 21 January 2025 by Ann", Did.SET, "due", "2025-01-07", "2025-01-21"),
    ("Due moved from 30 December 2024 to 2 January 2025 by Ann", Did.SET, "due", "2024-12-30", "2025-01-02"),
    ("Due set to 7 January 2025 by Ann", Did.SET, "due", "", "2025-01-07"),
    ("Due 7 January 2025 removed by Ann", Did.SET, "due", "2025-01-07", ""),
    ("Status changed from not started to in progress by Ann", Did.SET, "status", "not started", "in progress"),
    ("Verification result set to passed by Ann", Did.SET, "verification.result", "", "passed"),
    ("Resources changed by Ann", Did.SET, "resources", "a" * 100, "b"),
    ("Resources written by Ann", Did.SET, "resources", "", "a" * 100),
    ("Resources removed by Ann", Did.SET, "resources", "a" * 100, ""),
    ("Supporters: Ben and Cy added, Di removed by Ann", Did.SET, "supporters", ("Di",), ("Ben", "Cy")),
    ("Supporters: order changed by Ann", Did.SET, "supporters", ("Ben", "Cy"), ("Cy", "Ben")),
    ("Supporters: Ben added by Ann", Did.SET, "supporters", "", ("Ben",)),
    ("Evidence: Audit added by Ann", Did.SET, "evidence", "", ('{"label": "Audit", "url": "a.pdf"}',)),
    ("Due history: 7 January 2025 added by Ann", Did.SET, "due_history", "", ('{"due": "2025-01-07"}',)),
    ("Tags: {odd added by Ann", Did.SET, "tags", "", ("{odd",)),
    ("Step done by Ann: Ring", Did.TICKED, "", "Ring", "Ring"),
    ("Step no longer done by Ann: Ring", Did.UNTICKED, "", "Ring", "Ring"),
    ("Step added by Ann: Ring", Did.STEP_ADDED, "", "", "[ ] Ring"),
    ("Step removed by Ann: Ring", Did.STEP_REMOVED, "", "[x] Ring", ""),
    ("Progress noted by Ann: 4 January 2025 (Ben): Rang.", Did.NOTED, "", "", "2025-01-04 (Ben): Rang."),
    ("Progress noted by Ann: Rang.", Did.NOTED, "", "", "Rang."),
    ("Progress note removed by Ann: 4 January 2025: Rang.", Did.UNNOTED, "", "2025-01-04: Rang.", ""),
    ("The text changed by Ann", Did.REWORDED, "", "<p>a</p>", "<p>b</p>"),
    ("“Barriers” written by Ann", Did.REWORDED, "barriers", "", "<p>b</p>"),
    ("“Barriers” removed by Ann", Did.REWORDED, "barriers", "<p>b</p>", ""),
]


@pytest.mark.parametrize(("said", "did", "field", "before", "after"), _CASES, ids=[case[0] for case in _CASES])
def test_sentences(said: str, did: Did, field: str, before: Value, after: Value) -> None:
    """Dates in full, values as written, the author at the end."""
    assert _said(did, field, before, after) == said


def test_every_kind_has_words() -> None:
    """No kind of change is without a sentence of its own."""
    assert {case[1] for case in _CASES} == set(Did)


def test_reason_and_nobody() -> None:
    """A reason follows a colon; where nobody is named, nobody is made up."""
    said = _said(Did.SET, "due", "2025-01-07", "2025-01-21", "Deputy Manager", "engineer unavailable")
    assert said == "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"
    assert _said(Did.SET, "status", "blocked", "completed", who="") == "Status changed from blocked to completed"
