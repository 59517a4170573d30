"""The calendar of a plan has what is due in it and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.components.page import Link
from plansite.site.plan.calendar import PlanCalendarView, build_plan_calendar_page
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN, OTHER = "content/plans/p", "content/plans/q"


def _action(title: str, due: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nowner: Cook\ndue: {due}\n{more}---\n"


FILES = {
    f"{PLAN}/plan.md": "---\ntitle: P\nowner: Ann\nstart: 2025-01-13\nreview_every: 3 weeks\n---\n",
    f"{PLAN}/actions/a.md": _action("Late", "2024-12-31"),
    f"{PLAN}/actions/b.md": _action("Today", "2025-01-20"),
    f"{PLAN}/actions/c.md": _action("Far", "2025-04-02"),
    f"{PLAN}/actions/d.md": _action("Very far", "2027-04-02"),
    f"{PLAN}/actions/e.md": _action(
        "Done", "2025-01-21", "status: completed\nverification: {by: GP, due: 2025-02-03}\n"
    ),
    f"{OTHER}/plan.md": "---\ntitle: Q\n---\n",
    f"{OTHER}/actions/a.md": _action("Other", "2025-01-22"),
}


def _view(root: Path, files: dict[str, str]) -> PlanCalendarView:
    dated_site = SiteOnDate(load_site(write(root, files)), TODAY)
    view = build_plan_calendar_page(dated_site, dated_site.site.plans_by_slug["p"]).view
    assert isinstance(view, PlanCalendarView)
    return view


def test_it_has_what_is_due_in_the_plan(tmp_path: Path) -> None:
    """By month and day: actions, checks and the review, with who has to do it; far months are folded, then counted."""
    view = _view(tmp_path, FILES)
    assert [(month.title, month.note, month.is_folded) for month in view.months] == [
        ("December 2024", "1 action", False),
        ("January 2025", "1 action", False),
        ("February 2025", "1 check and 1 review", False),
        ("April 2025", "1 action", True),
        ("April 2027", "1 action", False),
    ]
    days = [(day.day.day, [item.title for item in day.items]) for month in view.months for day in month.days]
    assert days == [
        (31, [Link("Late", "plans/p/actions/a.html")]),
        (20, [Link("Today", "plans/p/actions/b.html")]),
        (3, [Link("Check: Done", "plans/p/actions/e.html"), Link("Review: P", "plans/p/reviews.html")]),
        (2, [Link("Far", "plans/p/actions/c.html")]),
    ]
    assert view.months[0].days[0].items[0].owner == "Cook"
    assert view.months[0].days[0].items[0].plan == ""
    assert view.months[-1].days == ()
    assert view.until == date(2025, 2, 1)  # then April is near enough to be open


def test_it_says_what_is_late_today_and_later(tmp_path: Path) -> None:
    """In the words of the calendar of all plans, about this plan."""
    late = _view(tmp_path, FILES).late
    assert late.words == "1 action is late."
    assert f"{TODAY + timedelta(days=1)}=2 actions are late." in late.later


def test_a_plan_without_dates_has_an_empty_calendar(tmp_path: Path) -> None:
    """Nothing breaks, and no month is made up."""
    view = _view(tmp_path, {f"{PLAN}/plan.md": "---\ntitle: P\n---\n"})
    assert (view.months, view.until) == ((), None)
