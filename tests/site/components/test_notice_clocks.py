"""The clocks of notices on the front page, on a plan's page, in the calendar and in the list of what is overdue."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from plansite.exports.calendars.events import list_calendar_events
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.site.components.check_rows import build_late_checks_group
from plansite.site.components.dated_rows import RowGroup, Visibility
from plansite.site.components.deadline_rows import build_notice_rows, build_review_rows
from plansite.site.components.notice_clocks import build_first_clocks, build_notice_clocks, build_notice_views
from plansite.site.data.next_change import find_next_change
from plansite.site.lists.calendar_entries import CalendarEntryKind, list_calendar_entries
from tests.site.entries import row_of
from tests.sites import FixedClock, html_of, write

TODAY = date(2025, 1, 20)
_RUNNING = Instrument(name="requirement notice", ref="N-1", received=date(2025, 1, 6))
_LATE = Instrument(name="warning notice", ref="N-2", due=date(2025, 1, 17))
_ANSWERED = Instrument(name="PFD report", ref="N-3", received=date(2024, 10, 1), sent=date(2024, 11, 1))
_ANSWERED_LATER = replace(_RUNNING, ref="N-4", sent=date(2025, 1, 25))


def _site(*notices: Instrument, is_unfiltered: bool = True) -> SiteOnDate:
    plan = Plan(slug="p", path="content/plans/p/plan.md", title="Plan", instrument=notices)
    site = Site(settings=Settings(), plans=(plan,), is_unfiltered=is_unfiltered, audience=Audience.PUBLIC)
    return SiteOnDate(site, TODAY)


def test_a_clock_runs_until_the_reply() -> None:
    """The overdue one first; one that is answered later leaves on that day, one that was answered has no clock."""
    site = _site(_ANSWERED, _RUNNING, _LATE, _ANSWERED_LATER)
    clocks = build_notice_clocks(site, site.site.plans)
    assert [(clock.title.text, clock.when, clock.is_late) for clock in clocks] == [
        ("Warning notice N-2", "Overdue by 3 days", True),
        ("Requirement notice N-1", "Due in 14 days", False),
        ("Requirement notice N-4", "Due in 14 days", False),
    ]
    assert [clock.shown for clock in clocks] == [Visibility(), Visibility(), Visibility(leaves=date(2025, 1, 25))]


@pytest.mark.parametrize(("number", "more"), [(5, ""), (6, "And 1 more notice"), (8, "And 3 more notices")])
def test_the_front_page_has_the_first(number: int, more: str) -> None:
    """The governance report has all; the public has no such report, so nothing leads there."""
    for is_unfiltered, href in ((True, "governance.html#notices"), (False, "")):
        site = _site(*[replace(_RUNNING, ref=str(at)) for at in range(number)], is_unfiltered=is_unfiltered)
        first = build_first_clocks(site, site.site.plans)
        assert first is not None
        assert len(first.rows) == 5
        assert (first.more.text, first.more.href) == (more, href if more else "")
    assert build_first_clocks(_site(_ANSWERED), _site(_ANSWERED).site.plans) is None


def test_all_that_is_known_of_a_notice() -> None:
    """The days and the law that sets them, unless the file gives another day; and how the reply was sent."""
    other_day = replace(_RUNNING, ref="N-5", due=date(2025, 2, 10))
    site = _site(_ANSWERED, other_day, replace(_RUNNING, days=10, sent=date(2025, 1, 18)), _RUNNING)
    views = {view.title: view for view in build_notice_views(site, site.site.plans[0])[:2]}
    assert views["Requirement notice N-1"].allowed.startswith("28 days by the Health and Social Care Act 2008")
    assert views["Requirement notice N-5"].allowed == ""
    answered = [view for view in build_notice_views(site, site.site.plans[0]) if view.sent]
    assert [(view.result, view.allowed[:7], view.waits) for view in answered] == [
        ("Sent in time", "56 days", None),
        ("Sent 2 days late", "10 days", None),
    ]


def test_a_reply_that_is_sent_later() -> None:
    """The clock shows up to the day before, and from that day on what became of it."""
    (view,) = build_notice_views(_site(_ANSWERED_LATER), _site(_ANSWERED_LATER).site.plans[0])
    assert view.waits == Visibility(leaves=date(2025, 1, 25))
    assert view.answered == Visibility(joins=date(2025, 1, 25))


def test_the_calendar_and_the_next_change() -> None:
    """A notice is due on its day until a reply is noted; the site changes on the day after, and when it is sent."""
    site = _site(_RUNNING, _LATE, _ANSWERED, _ANSWERED_LATER)
    events = list_calendar_events(site, site.site.plans[0])
    entries = [entry for entry in list_calendar_entries(events) if entry.kind is CalendarEntryKind.NOTICE]
    assert [(entry.day, entry.title) for entry in entries] == [
        (date(2025, 1, 17), "Reply: Warning notice N-2"),
        (date(2025, 2, 3), "Reply: Requirement notice N-1"),
    ]
    assert find_next_change(_site(_RUNNING)) == date(2025, 2, 4)
    assert find_next_change(_site(_ANSWERED_LATER)) == date(2025, 1, 25)


def test_an_overdue_notice_is_among_what_is_late() -> None:
    """With checks and reviews; without notices, nothing is said of them."""
    group = _group_late_checks(_site(_LATE, _RUNNING))
    assert group.title.text == "Checks, reviews and notices"
    assert [row_of(entry).title.text for entry in group.entries] == [
        "Reply: Warning notice N-2",
        "Reply: Requirement notice N-1",
    ]
    assert [entry.shown.joins for entry in group.entries] == [None, date(2025, 2, 4)]
    assert group.note.words == "1 notice"
    assert group.tail.words == "No check and no review is late."
    assert _group_late_checks(_site()).title.text == "Checks and reviews"


def _group_late_checks(dated_site: SiteOnDate) -> RowGroup:
    (plan,) = dated_site.site.plans
    reviews, notices = build_review_rows(dated_site, plan), build_notice_rows(dated_site, plan)
    return build_late_checks_group((), list(reviews), list(notices), dated_site.today)


@pytest.mark.parametrize("field", ["name", "ref", "sender", "received", "due", "sent", "note"])
def test_every_field_of_a_notice_is_shown(tmp_path: Path, field: str) -> None:
    """On the page of the plan, whole; also to the public."""
    values = {
        "name": "Warning notice",
        "ref": "WN-77",
        "sender": "Fire Service",
        "received": "2025-01-06",
        "due": "2025-03-07",
        "sent": "2025-01-19",
        "note": "New doors are ordered",
    }
    shown = {"name": "Warning notice", "received": "6 January 2025", "due": "7 March 2025", "sent": "19 January 2025"}
    entry = ", ".join(f"{name}: {value}" for name, value in values.items())
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": f"---\ntitle: P\ninstrument: [{{{entry}}}]\n---\n",
    }
    built = build_in_memory(write(tmp_path, files), clock=FixedClock(TODAY), audience=Audience.PUBLIC)
    for page in ("index", "print", "review-pack"):
        text = re.sub(r"<[^>]+>", " ", html_of(built)[f"plans/p/{page}.html"].partition("<main")[2])
        assert shown.get(field, values[field]) in " ".join(text.split()), page


def test_the_first_screen_of_a_plan_has_the_clock(tmp_path: Path) -> None:
    """Above what is late; and the front page below its figures and above its plans."""
    files = {
        "plansite.yaml": "title: T\n",
        "content/plans/p/plan.md": "---\ntitle: P\ninstrument: [{name: PFD report, received: 2025-01-06}]\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\ndue: 2025-01-02\n---\n",
    }
    pages = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(TODAY)))
    plan, front = pages["plans/p/index.html"], pages["index.html"]
    assert 0 < plan.find("Due in 42 days") < plan.find('id="late"')
    assert front.find('class="glance"') < front.find("Due in 42 days") < front.find('id="plans"')
    assert (TODAY + timedelta(42)).isoformat() in front
