"""Which extensions and escalations wait for a decision."""

from __future__ import annotations

from datetime import date

from plansite.model.decisions import (
    find_due_when_asked,
    find_granted_extension,
    list_pending_escalations,
    list_pending_extensions,
)
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue, Escalation, Extension, ExtensionDecision
from plansite.model.status import Status


def _action(slug: str, **fields: object) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, **fields)  # type: ignore[arg-type]


def _asked(day: int, decision: ExtensionDecision | None = None) -> Extension:
    return Extension(until=date(2025, 2, day), asked=date(2025, 1, day), decision=decision)


def test_extensions_of_open_actions_wait_until_they_are_decided() -> None:
    """The one that was asked for first comes first. A closed action needs no more time."""
    plan = Plan(
        slug="p",
        path="p.md",
        actions=(
            _action("late", extension=(_asked(20), _asked(9, ExtensionDecision.REFUSED))),
            _action("early", extension=(_asked(3, ExtensionDecision.GRANTED), _asked(12))),
            _action("done", status=Status.COMPLETED, extension=(_asked(2),)),
            _action("undated", extension=(Extension(until=date(2025, 3, 1)),)),
        ),
    )
    assert [each.action.slug for each in list_pending_extensions(plan)] == ["early", "late", "undated"]


def test_escalations_wait_until_there_is_a_decision_or_its_day() -> None:
    """The oldest comes first."""
    plan = Plan(
        slug="p",
        path="p.md",
        actions=(
            _action("b", escalated=(Escalation(to="Director", date=date(2025, 1, 9)),)),
            _action("a", escalated=(Escalation(to="Director", date=date(2025, 1, 3)),)),
            _action("c", escalated=(Escalation(to="Director", date=date(2025, 1, 1), decision="We pay"),)),
            _action("d", escalated=(Escalation(to="Director", decided=date(2025, 1, 5)),)),
            _action("e", status=Status.CANCELLED, escalated=(Escalation(to="Director"),)),
        ),
    )
    assert [each.action.slug for each in list_pending_escalations(plan)] == ["a", "b"]


def test_the_granted_extension_that_reaches_furthest() -> None:
    """One that was refused or is not decided does not count."""
    granted, refused = ExtensionDecision.GRANTED, ExtensionDecision.REFUSED
    action = _action("a", extension=(_asked(9, granted), _asked(3, granted), _asked(20, refused), _asked(28)))
    assert find_granted_extension(action) == _asked(9, granted)
    assert find_granted_extension(_action("b", extension=(_asked(28),))) is None


def test_the_due_date_when_more_time_was_asked_for() -> None:
    """It is the one before the first move since then."""
    moves = (
        EarlierDue(due=date(2025, 1, 10), moved=date(2025, 1, 2)),
        EarlierDue(due=date(2025, 1, 31), moved=date(2025, 1, 22)),
    )
    action = _action("a", due=date(2025, 2, 28), due_history=moves)
    assert find_due_when_asked(action, _asked(20)) == date(2025, 1, 31)
    assert find_due_when_asked(action, _asked(1)) == date(2025, 1, 10)
    assert find_due_when_asked(action, _asked(25)) == date(2025, 2, 28)
    assert find_due_when_asked(action, Extension()) == date(2025, 2, 28)
