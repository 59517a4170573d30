"""The columns of a board, and what its cards say of checks."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.history.change import Change, ChangeKind
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.field_groups import EarlierDue, Verification
from plansite.model.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.components.content_links import LinkResolver
from plansite.site.plan.board import build_board_page, build_card

TODAY = date(2025, 3, 10)


def _action(slug: str, **fields: object) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, **fields)  # type: ignore[arg-type]


def _outlook(*actions: Action) -> SiteOnDate:
    return SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="", title="P", actions=actions),)), TODAY)


def test_what_a_failed_check_opened_stands_with_the_work() -> None:
    """Whatever its file calls it; each action stands in exactly one column."""
    failed = Verification(date=date(2025, 3, 3), result=VerificationResult.FAILED)
    outlook = _outlook(
        _action("a", status=Status.COMPLETED, verification=failed),
        _action("b", status=Status.EMBEDDED, verification=failed),
        _action("c", status=Status.IN_PROGRESS),
        _action("d", status=Status.COMPLETED),
        _action("e", status=None),
    )
    columns = build_board_page(outlook, outlook.site.plans[0], LinkResolver({})).view.columns  # type: ignore[attr-defined]
    assert {column.title: [each.title.text for each in column.cards] for column in columns if column.cards} == {
        "Status unknown": ["e"],
        "In progress": ["a", "b", "c"],
        "Completed": ["d"],
    }
    assert build_card(outlook, outlook.site.plans[0].actions[1]).lead == "No due date"


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"repeat": "every week 6 times", "completed": date(2025, 3, 1)}, "Check late by 2 days"),
        ({"repeat": "every week 6 times", "completed": date(2025, 3, 3)}, ""),
        ({"verification": Verification(due=date(2025, 3, 9))}, "Check late by 1 day"),
        ({"verification": Verification(due=TODAY)}, ""),
        (
            {
                "verification": Verification(due=date(2025, 3, 9)),
                "repeat": "every week 6 times",
                "completed": date(2025, 3, 1),
            },
            "Check late by 2 days",
        ),
        ({"status": Status.CANCELLED, "verification": Verification(due=date(2025, 3, 9))}, ""),
    ],
)
def test_a_late_check_is_said_on_the_card(fields: dict[str, object], note: str) -> None:
    """Of the check that is awaited and of those that go on, the one that is most late."""
    action = _action("a", **{"status": Status.COMPLETED} | fields)
    assert build_card(_outlook(action), action).late_note == note


_MOVE = Change(
    did=ChangeKind.FIELD_CHANGED,
    document="action",
    plan="p",
    slug="a",
    path="",
    field="due",
    before="2025-03-01",
    after="2025-03-20",
    when=TODAY,
)


@pytest.mark.parametrize(
    ("fields", "changes", "note"),
    [
        ({}, (), ""),
        ({"due_history": (EarlierDue(due=date(2025, 3, 1), reason="Snow"),)}, (), ""),
        ({"due_history": (EarlierDue(due=date(2025, 3, 1)),)}, (), "Moved, no reason given"),
        ({}, (_MOVE,), "Moved, no reason given"),
        ({"due_history": (EarlierDue(due=date(2025, 3, 1), reason="Snow"),)}, (_MOVE,), ""),
        ({"due_history": (EarlierDue(due=date(2025, 3, 1)),), "status": Status.COMPLETED}, (), ""),
    ],
)
def test_a_move_without_a_reason_is_said_on_the_card(
    fields: dict[str, object], changes: tuple[Change, ...], note: str
) -> None:
    """Whether the file records the move or git alone knows it, as long as the action is open."""
    action = _action("a", **{"due": date(2025, 3, 20), "status": Status.IN_PROGRESS} | fields)
    assert build_card(_outlook(action), action, changes).move_note == note
