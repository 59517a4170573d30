"""The next day on which something changes by itself is found, and none is missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, ProgressNote
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Escalation
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.records.waivers import Allow
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.pagination import ListView
from plansite.site.data.next_change import find_next_change, render_next_change_script
from plansite.site.lists import action_lists, finished_lists
from plansite.site.lists.listed_site import ListedSite
from plansite.site.pages.front import FrontView, build_front_page
from tests.site.entries import row_of
from tests.sites import write

TODAY = date(2025, 1, 20)
_EMPTY_PLAN = Plan(slug="p", path="")
DAYS = st.one_of(st.none(), st.dates(date(2024, 10, 1), date(2025, 6, 30)))


def _dated_site(*actions: Action, plan: Plan = _EMPTY_PLAN, soon: int = 14, today: date = TODAY) -> SiteOnDate:
    plan = replace(plan, actions=actions)
    return SiteOnDate(Site(settings=Settings(due_soon=soon), plans=(plan,)), today)


def _action(**fields: object) -> Action:
    return Action(plan="p", slug="a", path="a.md", title="A", **fields)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"due": date(2025, 3, 1)}, date(2025, 2, 15)),
        ({"due": date(2025, 2, 3)}, date(2025, 2, 4)),
        ({"due": date(2025, 1, 20)}, date(2025, 1, 21)),
        ({"due": date(2025, 1, 19)}, None),
        ({"due": date(2025, 3, 1), "status": Status.COMPLETED}, None),
        ({"due": date(2025, 3, 1), "status": None}, date(2025, 2, 15)),
        ({}, None),
    ],
)
def test_an_open_action_becomes_due_soon_and_then_late(fields: dict[str, object], day: date | None) -> None:
    """So many days before its due date, and the day after it; a closed or late action changes no more."""
    assert find_next_change(_dated_site(_action(**fields))) == day


def test_a_check_becomes_late() -> None:
    """The day after an outstanding check was due; a check that was made changes nothing."""
    check = Verification(due=date(2025, 1, 25))
    made = Verification(due=date(2025, 1, 25), result=VerificationResult.PASSED)
    assert find_next_change(_dated_site(_action(status=Status.COMPLETED, verification=check))) == date(2025, 1, 26)
    assert find_next_change(_dated_site(_action(status=Status.COMPLETED, verification=made))) is None


def test_the_check_of_an_interim_control_becomes_late() -> None:
    """As long as the action is open: first it is due soon, then late."""
    control = InterimControl(control="Torches", next=date(2025, 2, 10))
    assert find_next_change(_dated_site(_action(interim=control))) == date(2025, 1, 27)
    assert find_next_change(_dated_site(_action(interim=control), today=date(2025, 2, 1))) == date(2025, 2, 11)
    assert find_next_change(_dated_site(_action(interim=control, status=Status.CANCELLED))) is None


def test_an_escalation_waits_for_too_long() -> None:
    """After two weeks without a decision `check` points it out."""
    waiting = Escalation(to="Director", date=date(2025, 1, 10))
    assert find_next_change(_dated_site(_action(escalated=(waiting,)))) == date(2025, 1, 25)
    assert find_next_change(_dated_site(_action(escalated=(replace(waiting, decision="We pay"),)))) is None


def test_an_action_falls_silent() -> None:
    """The day after one review interval without news."""
    plan = Plan(slug="p", path="", review_every=CalendarInterval(days=14))
    assert find_next_change(_dated_site(_action(created=date(2025, 1, 10)), plan=plan)) == date(2025, 1, 25)


def test_a_review_becomes_late() -> None:
    """The day after the next review was due, also where there is no action."""
    plan = Plan(slug="p", path="", start=date(2025, 1, 15), review_every=CalendarInterval(days=7))
    assert find_next_change(_dated_site(plan=plan)) == date(2025, 1, 23)


@given(DAYS, DAYS, st.sampled_from([*Status, None]), DAYS, st.integers(1, 31))
def test_nothing_changes_before_that_day(
    due: date | None, created: date | None, status: Status | None, check: date | None, soon: int
) -> None:
    """On every day before it, each action has the course it has today, and the same actions are due soon."""
    plan = Plan(slug="p", path="", start=created, review_every=CalendarInterval(days=30))
    verification = Verification(due=check) if check else None
    action = _action(due=due, created=created, status=status, verification=verification)

    def looks(day: date) -> tuple[object, bool, bool]:
        dated_site = _dated_site(action, plan=plan, soon=soon, today=day)
        return (
            dated_site.assess_action(action).course,
            bool(dated_site.due_within(soon)),
            bool(dated_site.overdue_actions),
        )

    end = find_next_change(_dated_site(action, plan=plan, soon=soon)) or TODAY + timedelta(days=400)
    day = TODAY
    while day < end:
        assert looks(day) == looks(TODAY)
        day += timedelta(days=1)


def test_the_last_day_there_is_does_no_harm() -> None:
    """A due date at the end of the calendar has no day after it."""
    assert find_next_change(_dated_site(_action(due=date.max))) == date.max - timedelta(days=14)
    assert find_next_change(_dated_site(_action(due=date.min))) is None


def test_the_script_is_one_assignment(tmp_path: Path) -> None:
    """A date, or an empty text where no dates are coming up."""
    root = write(tmp_path, {"content/plans/p/actions/a.md": "---\ntitle: A\ndue: 2025-01-22\n---\n"})
    assert (
        render_next_change_script(find_next_change(SiteOnDate(load_site(root), TODAY)))
        == 'window.plansiteNextChange = "2025-01-23";\n'
    )
    assert render_next_change_script(None) == 'window.plansiteNextChange = "";\n'


def _noted(*notes: tuple[date, str]) -> Body:
    return Body(progress=tuple(ProgressNote(date=day, by="", text=text, html=(), line=1) for day, text in notes))


def test_a_check_becomes_due_soon() -> None:
    """A check that is awaited joins the list of what is due soon."""
    check = Verification(due=date(2025, 3, 1))
    assert find_next_change(_dated_site(_action(status=Status.COMPLETED, verification=check))) == date(2025, 2, 15)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2025, 1, 10), date(2025, 1, 18)),
        (date(2025, 1, 18), date(2025, 2, 2)),
        (date(2025, 2, 10), None),
    ],
)
def test_the_next_check_that_goes_on(today: date, day: date | None) -> None:
    """It becomes due soon and then late; a check that is late already hides those after it."""
    action = _action(status=Status.COMPLETED, completed=date(2025, 1, 1), repeat="every month for 6 months")
    assert find_next_change(_dated_site(action, today=today)) == day


def test_a_check_dated_ahead_counts_from_its_day() -> None:
    """What a note of tomorrow settles is settled tomorrow; so it is with the check by somebody else."""
    made = Verification(by="Ben", date=date(2025, 2, 20), result=VerificationResult.PASSED)
    action = _action(
        status=Status.COMPLETED, completed=date(2025, 1, 1), repeat="every month 1 times", verification=made
    )
    assert find_next_change(_dated_site(action, today=date(2025, 2, 10))) == date(2025, 2, 20)
    body = _noted((date(2025, 2, 20), "Checked"))
    action = _action(status=Status.COMPLETED, completed=date(2025, 1, 1), repeat="every month 1 times", body=body)
    assert find_next_change(_dated_site(action, today=date(2025, 2, 10))) == date(2025, 2, 20)


def test_news_grow_old() -> None:
    """On the eighth day after it a note is no news any more; a sixth note was none before."""
    assert find_next_change(_dated_site(_action(body=_noted((date(2025, 1, 15), "One"))))) == date(2025, 1, 23)
    assert find_next_change(_dated_site(_action(body=_noted((date(2025, 1, 12), "One"))))) is None
    notes = [(date(2025, 1, 14), "Old"), *((date(2025, 1, 16), f"{n}") for n in range(5))]
    assert find_next_change(_dated_site(_action(body=_noted(*notes)))) == date(2025, 1, 24)
    assert find_next_change(_dated_site(_action(body=_noted((date(2025, 1, 22), "Ahead"))))) == date(2025, 1, 22)


def test_what_was_set_aside_holds_again() -> None:
    """The day after the last day of an `allow`, in the settings, in a plan or in any of its files."""
    allow = (Allow(rule="missing-due", reason="R", until=date(2025, 1, 25)),)
    plan = Plan(slug="p", path="")
    review = Review(plan="p", slug="r", path="", allow=allow)
    for whole in (
        replace(plan, allow=allow),
        replace(plan, reviews=(review,)),
        replace(plan, actions=(_action(allow=allow),)),
    ):
        assert find_next_change(SiteOnDate(Site(settings=Settings(), plans=(whole,)), TODAY)) == date(2025, 1, 26)
    assert find_next_change(SiteOnDate(Site(settings=Settings(allow=allow), plans=(plan,)), TODAY)) == date(2025, 1, 26)
    assert find_next_change(SiteOnDate(Site(settings=Settings(), plans=(plan,)), TODAY)) is None


_LISTS = (
    action_lists.build_overdue_list,
    action_lists.build_due_soon_list,
    finished_lists.build_finished_list,
    action_lists.build_awaiting_list,
)
_NOTES = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.sampled_from(["Checked", "Rang"])), max_size=7
)


@given(DAYS, st.sampled_from([*Status, None]), DAYS, _NOTES, st.sampled_from(["", "every week 3 times"]), DAYS)
def test_no_list_and_no_finding_changes_before_that_day(
    due: date | None,
    status: Status | None,
    done: date | None,
    notes: list[tuple[date, str]],
    repeat: str,
    until: date | None,
) -> None:
    """On the last day before it the same rows stand in the lists, the same is news, and the same is found."""
    allow = (Allow(rule="missing-owner", reason="R", until=until),)
    action = _action(due=due, status=status, completed=done, repeat=repeat, body=_noted(*notes), allow=allow)

    def looks(day: date) -> tuple[object, ...]:
        dated_site = _dated_site(action, today=day)
        views = [page.view for make in _LISTS for page in make(ListedSite.of(dated_site))]
        groups = [view.groups for view in views if isinstance(view, ListView)]
        shown = [
            [row_of(e).title.text for group in each for e in group.entries if not e.shown.joins] for each in groups
        ]
        front = build_front_page(dated_site, LinkResolver({})).view
        assert isinstance(front, FrontView)
        found = [each.rule.name for each in run_all_checks(dated_site) if each.rule.name == "missing-owner"]
        return shown, front.news, found

    end = find_next_change(_dated_site(action))
    last = end - timedelta(days=1) if end else TODAY + timedelta(days=400)
    assert looks(last) == looks(TODAY)
