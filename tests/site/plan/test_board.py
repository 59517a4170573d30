"""The columns of a board, what they fold away, and what its cards say of checks."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.history.change import Change, ChangeKind
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.changes.history import NO_HISTORY
from plansite.site.components.content_links import LinkResolver
from plansite.site.plan.board import build_board_page
from plansite.site.plan.board_cards import build_card
from plansite.site.plan.board_columns import BoardColumn, build_columns

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


def _build_columns(*actions: Action) -> dict[str, BoardColumn]:
    outlook = _outlook(*actions)
    return {column.key: column for column in build_columns(outlook, outlook.site.plans[0], NO_HISTORY)}


def test_a_long_column_is_folded_after_its_first_cards() -> None:
    """Open actions in the order of their due dates, with words for the others that are true on any day."""
    dated = [_action(f"a{n}", status=Status.BLOCKED, due=date(2025, 4, n + 1)) for n in reversed(range(11))]
    column = _build_columns(*dated, _action("b", status=Status.BLOCKED))["blocked"]
    assert [card.title.text for card in column.cards] == [f"a{n}" for n in range(8)]
    assert [card.title.text for card in column.folded] == ["a8", "a9", "a10", "b"]
    assert (column.total, column.fold) == (12, "4 more, the first due on 9 April 2025")


@pytest.mark.parametrize(("number", "fold"), [(8, ""), (9, "1 more, without a due date")])
def test_a_column_says_that_its_folded_cards_have_no_date(number: int, fold: str) -> None:
    """Cards without a due date come last."""
    column = _build_columns(*(_action(f"a{n}", status=Status.NOT_STARTED) for n in range(number)))["not-started"]
    assert (len(column.cards), column.fold) == (8, fold)


def test_finished_columns_show_the_newest() -> None:
    """By the date on the card: that of completion, or of the verification."""
    done = [_action(f"d{n}", status=Status.COMPLETED, completed=date(2025, 2, n)) for n in range(1, 6)]
    checked = [
        _action(
            f"e{n}",
            status=Status.EMBEDDED,
            completed=date(2025, 1, 20 - n),
            verification=Verification(date=date(2025, 2, n), result=VerificationResult.PASSED),
        )
        for n in range(1, 6)
    ]
    columns = _build_columns(*done, *checked)
    assert [card.title.text for card in columns["completed"].cards] == ["d5", "d4", "d3"]
    assert [card.title.text for card in columns["embedded"].cards] == ["e5", "e4", "e3"]
    assert [card.title.text for card in columns["completed"].folded] == ["d2", "d1"]
    assert columns["completed"].fold == "2 more completed"
    assert columns["completed"].is_done
    assert not columns["blocked"].is_done
