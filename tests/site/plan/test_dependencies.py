"""Actions before and after another stand on its page with how they stand; its card says what it waits for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.components.page import Link
from plansite.site.plan.board_cards import build_card
from plansite.site.plan.dependencies import build_dependencies_view

TODAY = date(2025, 1, 20)
PAST, FAR = date(2025, 1, 1), date(2025, 6, 1)


def _action(ref: str, *waits: str, plan: str = "p", **fields: object) -> Action:
    given = {"due": FAR, "status": Status.IN_PROGRESS} | fields
    return Action(plan=plan, slug=f"a{ref}", path="", title=f"Title {ref}", ref=ref, depends_on=waits, **given)  # type: ignore[arg-type]


def _outlook(*actions: Action) -> SiteOnDate:
    slugs = dict.fromkeys(action.plan for action in actions)
    plans = tuple(
        Plan(slug=slug, path="", title=slug.upper(), actions=tuple(a for a in actions if a.plan == slug))
        for slug in slugs
    )
    return SiteOnDate(Site(settings=Settings(), plans=plans), TODAY)


@pytest.mark.parametrize(
    ("fields", "tag", "words", "day"),
    [
        ({}, "In progress", "Due", FAR),
        ({"due": PAST}, "Overdue by 19 days", "Due", PAST),
        ({"due": TODAY}, "In progress", "Due", TODAY),
        ({"due": None, "status": Status.BLOCKED}, "Blocked", "No due date", None),
        ({"status": Status.COMPLETED, "completed": PAST}, "Completed", "Done", PAST),
        ({"status": Status.EMBEDDED, "verification": Verification(date=TODAY)}, "Embedded", "Done", TODAY),
        ({"status": Status.COMPLETED}, "Completed", "", None),
        ({"status": Status.CANCELLED, "completed": PAST}, "Cancelled", "", None),
        (
            {"status": Status.COMPLETED, "verification": Verification(result=VerificationResult.FAILED)},
            "Reopened",
            "Due",
            FAR,
        ),
    ],
)
def test_each_stands_with_its_state(fields: dict[str, Any], tag: str, words: str, day: date | None) -> None:
    """Late, open, done or given up, in words and with the day that belongs to it."""
    action, other = _action("1", "2"), _action("2", **fields)
    view = build_dependencies_view(_outlook(action, other), action, ())
    assert view is not None
    [shown] = view.before
    assert (shown.tag.words, shown.words, shown.day) == (tag, words, day)
    assert shown.tag.due == (other.due if other.is_open else None)


def test_what_waits_and_what_is_waited_for() -> None:
    """Both sides are named with their plan where it is another; an action that stands alone has neither."""
    action, far, after = _action("1", "q/2"), _action("2", plan="q"), _action("3", "1")
    outlook = _outlook(action, far, after)
    view = build_dependencies_view(outlook, action, (after,))
    assert view is not None
    assert [each.plan for each in (*view.before, *view.after)] == [Link("Q", "plans/q/index.html"), Link("")]
    assert [each.title.text for each in view.after] == ["Title 3"]
    assert build_dependencies_view(outlook, far, ()) is None


def test_blocked_by_is_said_only_of_what_is_open() -> None:
    """Once all that came first is done, or the action itself is, nothing blocks it."""
    done = _action("2", status=Status.COMPLETED)
    for action, other, heading in (
        (_action("1", "2"), _action("2"), "Blocked by"),
        (_action("1", "2"), done, "Depends on"),
        (_action("1", "2", status=Status.COMPLETED), _action("2"), "Depends on"),
    ):
        view = build_dependencies_view(_outlook(action, other), action, ())
        assert view is not None
        assert view.heading == heading


@pytest.mark.parametrize(
    ("actions", "note"),
    [
        ((_action("1", "2"), _action("2")), "Waits for action 2"),
        ((_action("1", "2", "3"), _action("2"), _action("3")), "Waits for action 2 and 1 more"),
        (
            (_action("1", "2", "3"), _action("2"), _action("3", due=PAST)),
            "Waits for action 3, which is overdue, and 1 more",
        ),
        (
            (_action("1", "2"), _action("2", "3"), _action("3", status=Status.BLOCKED)),
            "Waits for action 2, which waits for action 3, which is blocked",
        ),
        ((_action("1", "q/2"), _action("2", plan="q")), "Waits for “Title 2”"),
        ((_action("1", "2"), _action("2", status=Status.COMPLETED)), ""),
        ((_action("1", "2", status=Status.COMPLETED), _action("2")), ""),
        (
            (
                _action("1", "2", status=Status.COMPLETED, verification=Verification(result=VerificationResult.FAILED)),
                _action("2"),
            ),
            "Reopened: the check failed.",
        ),
    ],
)
def test_the_note_on_a_card(actions: tuple[Action, ...], note: str) -> None:
    """What holds it up first, and how many more it waits for; that a check failed goes before both."""
    assert build_card(_outlook(*actions), actions[0]).note == note
