"""The page of what changed in a plan, and the one for the whole site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.history.change import Change, ChangeKind
from plansite.model.assessment import SiteOnDate
from plansite.site.changes.history import PlanHistory
from plansite.site.changes.plan_changes import PlanChangesView, build_plan_changes_page
from plansite.site.changes.site_changes import (
    SiteChangesView,
    build_site_changes_page,
    render_feeds,
    select_recent_changes,
)
from plansite.site.components.page import Link
from tests.sites import write

TODAY = date(2025, 1, 20)
A = "content/plans/p/actions/a.md"
FILES = {
    "plansite.yaml": "title: T\nbase_url: https://plans.example.org/\n",
    "content/plans/p/plan.md": "---\ntitle: P\nreview_every: 2 weeks\n---\n",
    A: (
        "---\ntitle: Mend\nowner: Cook\ndue: 2025-03-01\ncreated: 2024-11-01\n"
        "due_history: [{due: 2025-01-01}, {due: 2025-01-10}, {due: 2025-02-01}]\n---\n"
    ),
    "content/plans/p/actions/b.md": "---\ntitle: Light\nstatus: completed\ncreated: 2024-12-01\ncompleted: 2025-01-02\n---\n",
}


def _change(days_ago: int, did: ChangeKind = ChangeKind.STEP_TICKED, **more: str) -> Change:
    made = Change(did=did, document="action", plan="p", slug="a", path=A, after="Ring", who="Ann")
    return replace(made, when=TODAY - timedelta(days=days_ago), **more)  # type: ignore[arg-type]


def _view(root: Path, past: PlanHistory) -> PlanChangesView:
    dated_site = SiteOnDate(load_site(write(root, FILES)), TODAY)
    view = build_plan_changes_page(dated_site, dated_site.site.plans[0], past).view
    assert isinstance(view, PlanChangesView)
    return view


def test_a_week_and_the_month_before(tmp_path: Path) -> None:
    """Changes stand in the span they fell in, under their document; older and later ones are left out."""
    trail = tuple(_change(number) for number in (-1, 0, 6, 7, 29, 30))
    view = _view(tmp_path, PlanHistory(by_file={A: trail}))
    assert [(span.title, len(span.documents[0].events)) for span in view.periods] == [
        ("In the last 7 days", 2),
        ("In the 23 days before", 2),
    ]
    assert view.periods[0].documents[0].title == Link("Mend", "plans/p/actions/a.html")


def test_often_moved_and_silent_ones_are_named(tmp_path: Path) -> None:
    """From the file alone: how often and how far a date was moved, and how long nothing was heard."""
    view = _view(tmp_path, PlanHistory(unavailable_reason="There is no git."))
    assert [each.words for each in view.moved] == ["Moved 3 times, 59 days later."]
    assert [each.title.text for each in view.silent] == ["Mend"]
    assert (view.unavailable_reason, view.periods, view.lede) == ("There is no git.", (), "")
    assert view.burn_up is not None


def test_what_is_gone_keeps_its_name(tmp_path: Path) -> None:
    """A file that was removed is named as it was called, without a link."""
    gone = _change(1, ChangeKind.REMOVED, before="Old one", after="", path="content/plans/p/actions/old.md")
    (span,) = _view(tmp_path, PlanHistory(by_file={gone.path: (gone,)})).periods
    assert span.documents[0].title == Link("Old one")


def test_the_whole_site_in_a_month(tmp_path: Path) -> None:
    """Each plan with its news, and a feed for the site, the plan and the owner of what changed."""
    dated_site = SiteOnDate(load_site(write(tmp_path, FILES)), TODAY)
    news = select_recent_changes({"p": PlanHistory(by_file={A: (_change(0), _change(40))})}, TODAY)
    view = build_site_changes_page(dated_site, news, "", has_history=True).view
    assert isinstance(view, SiteChangesView)
    assert (view.lede, [span.title for span in view.periods]) == ("1 change in 1 plan in the last 30 days.", ["P"])
    assert sorted(render_feeds(dated_site, news)) == ["changes.atom", "owners/cook.atom", "plans/p/changes.atom"]


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    """Feeds need whole addresses."""
    dated_site = SiteOnDate(load_site(write(tmp_path, {**FILES, "plansite.yaml": "title: T\n"})), TODAY)
    assert render_feeds(dated_site, {"p": {A: (_change(0),)}}) == {}
