"""What is late, next due and at risk in a plan, today and on later days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.site.plan.board_late import LateRow, LateSection, build_late_section

TODAY = date(2025, 3, 10)


def _day(days: int) -> date:
    return TODAY + timedelta(days)


def _open(*dues: int | None) -> list[Action]:
    """Open actions that are due so many days from today; their titles say when."""
    return [
        Action(
            plan="p",
            slug=f"a{number}",
            path="",
            title=f"{due}",
            status=Status.IN_PROGRESS,
            due=None if due is None else _day(due),
        )
        for number, due in enumerate(dues)
    ]


def _section(actions: Iterable[Action], today: date = TODAY) -> LateSection | None:
    plan = Plan(slug="p", path="", title="P", actions=tuple(actions))
    return build_late_section(SiteOnDate(Site(settings=Settings(), plans=(plan,)), today), plan)


def _shown(rows: Iterable[LateRow], day: date) -> list[str]:
    visible = [row for row in rows if (row.shown.joins or day) <= day < (row.shown.leaves or date.max)]
    return [row.title.text for row in visible]


@pytest.mark.parametrize(
    ("dues", "rows"),
    [
        ([], []),
        ([None], []),
        ([5], ["5"]),
        ([5, 6], ["5"]),
        ([-2, 5, -9, 6], ["-9", "-2", "5"]),
        ([0, 1, -1], ["-1", "0"]),
        ([4, 4, 4, 5], ["4", "4", "4"]),
        ([90, 400], ["90"]),
    ],
)
def test_late_actions_and_the_next_due(dues: list[int | None], rows: list[str]) -> None:
    """The longest late first, then all that are due on the next day on which something is due."""
    section = _section(_open(*dues, None))
    assert section is not None
    assert _shown((*section.rows, *section.folded), TODAY) == rows


def test_rows_join_as_on_a_new_page() -> None:
    """On each covered day the rows of an old page are those of a page of that day."""
    actions = _open(-3, 0, 0, 2, 9, 9, 20, 31, 32, 50)
    old = _section(actions)
    assert old is not None
    for days in range(32):
        new = _section(actions, _day(days))
        assert new is not None
        for part in ("rows", "folded", "at_risk"):
            assert _shown(getattr(old, part), _day(days)) == _shown(getattr(new, part), _day(days)), (days, part)
        assert _on(old.fold.words, old.fold.later, _day(days)) == new.fold.words


def _on(words: str, later: str, day: date) -> str:
    come = [change[11:] for change in later.split("|") if change and change[:10] <= day.isoformat()]
    return come[-1] if come else words


def test_rows_past_the_fifth_are_folded() -> None:
    """With how many they are; a fold for later days only is hidden today."""
    section = _section(_open(*range(-9, 0)))
    assert section is not None
    assert (len(section.rows), len(section.folded), section.fold.words) == (5, 4, "4 more")
    later = _section(_open(*range(-4, 3)))
    assert later is not None
    assert later.fold_shown is not None
    assert later.fold_shown.joins == _day(1)
    few = _section(_open(-1))
    assert few is not None
    assert few.fold_shown is None


def test_what_is_at_risk_leaves_when_it_is_late() -> None:
    """None is at risk and late at once."""
    blocked = _section([Action(plan="p", slug="b", path="", title="b", status=Status.BLOCKED, due=_day(2))])
    assert blocked is not None
    assert (_shown(blocked.at_risk, _day(2)), _shown(blocked.at_risk, _day(3))) == (["b"], [])
    assert _on(blocked.at_risk_count.words, blocked.at_risk_count.later, _day(3)) == "0 at risk"
    assert blocked.at_risk_shown is not None
    assert blocked.at_risk_shown.leaves == _day(3)


@pytest.mark.parametrize(
    ("dues", "now", "tomorrow", "undated"),
    [
        ([-1], "", "", ""),
        ([0, None], "Nothing is late.", "", "1 open action has no due date."),
        ([None, None], "Nothing is late.", "Nothing is late.", "2 open actions have no due date."),
    ],
)
def test_what_is_said_of_an_empty_list(dues: list[int | None], now: str, tomorrow: str, undated: str) -> None:
    """That nothing is late, until something is; and which actions can never be."""
    section = _section(_open(*dues))
    assert section is not None
    note = section.note
    assert (note.words, _on(note.words, note.later, _day(1)), section.undated) == (now, tomorrow, undated)


def test_late_checks_are_counted() -> None:
    """Also in a plan in which nothing is open. A plan with neither has no such list."""
    done = Action(
        plan="p",
        slug="d",
        path="",
        title="d",
        status=Status.COMPLETED,
        completed=_day(-60),
        repeat="every month 3 times",
    )
    section = _section([done])
    assert section is not None
    assert section.checks.words == "1 check of finished work is late."
    assert _section([Action(plan="p", slug="d", path="", title="d", status=Status.COMPLETED)]) is None
