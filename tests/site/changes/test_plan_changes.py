"""The page of what changed in a plan, and the one for the whole site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.history.change import Change, ChangeKind
from plansite.history.repository import SHALLOW
from plansite.model.assessment import SiteOnDate
from plansite.site.changes.changed_documents import ChangedDay, ChangedDocument
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


def _days(document: ChangedDocument) -> list[int]:
    """How many days ago each change was: those shown, then -1, then those folded."""
    shown, folded = ([(TODAY - day.day).days for day in days for _ in day.events] for days in _parts(document))
    return [*shown, -1, *folded]


def _parts(document: ChangedDocument) -> tuple[tuple[ChangedDay, ...], tuple[ChangedDay, ...]]:
    return document.days, document.earlier


def test_a_document_has_its_changes_under_one_title(tmp_path: Path) -> None:
    """Newest first; those before the last week are folded, those of more than 30 days ago are left out."""
    trail = tuple(_change(number) for number in (-1, 0, 6, 7, 29, 30))
    view = _view(tmp_path, PlanHistory(by_file={A: trail}))
    (week,) = view.periods
    (document,) = week.documents
    assert (week.title, week.note, week.summary) == ("In the last 7 days", "2 changes", "")
    assert document.title == Link("Mend", "plans/p/actions/a.html")
    assert (_days(document), document.more) == ([0, 6, -1, 7, 29], "2 earlier changes")
    assert view.lede == "4 changes to 1 document in the last 30 days."


def test_all_changes_of_a_day_are_shown(tmp_path: Path) -> None:
    """The newest day is never folded, however much happened; its date is there once. Further days are, beyond three."""
    for ago, shown, more in (
        ((2, 2, 2, 2, 3), [4], "1 earlier change"),
        ((1, 2, 3, 4, 5), [1, 1, 1], "2 earlier changes"),
        ((1, 2, 2, 2), [1], "3 earlier changes"),
        ((9, 10), [1], "1 earlier change"),
    ):
        trail = tuple(_change(number, field=str(at)) for at, number in enumerate(ago))
        (period,) = _view(tmp_path, PlanHistory(by_file={A: trail})).periods
        (document,) = period.documents
        assert ([len(day.events) for day in document.days], document.more) == (shown, more)


def test_what_changed_before_is_folded(tmp_path: Path) -> None:
    """Documents without news of the last week are folded, and open where there is no news at all."""
    light = replace(_change(9), slug="b", path=A.replace("a.md", "b.md"))
    week, month = _view(tmp_path / "1", PlanHistory(by_file={A: (_change(1),), light.path: (light,)})).periods
    assert [document.title.text for document in (*week.documents, *month.documents)] == ["Mend", "Light"]
    assert (month.title, month.summary) == ("In the 23 days before", "1 change to 1 other document")
    (month,) = _view(tmp_path / "2", PlanHistory(by_file={light.path: (light,)})).periods
    assert (month.note, month.summary) == ("1 change", "")


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
    assert view.lede == "1 change in 1 plan in the last 30 days."
    assert [(plan.title, plan.note, plan.more) for plan in view.plans] == [
        (Link("P", "plans/p/changes.html"), "1 change", Link(""))
    ]
    assert sorted(render_feeds(dated_site, news)) == ["changes.atom", "owners/cook.atom", "plans/p/changes.atom"]


def _note(days_ago: int, number: int) -> str:
    return f"- {TODAY - timedelta(days=days_ago)} (Ann): News {number}.\n"


def _plan(slug: str, *days_ago: int) -> dict[str, str]:
    """A plan with an action for each day, on which a note was written."""
    folder = f"content/plans/{slug}"
    actions = {
        f"{folder}/actions/{number}.md": f"---\ntitle: Do {number}\n---\n## Progress\n{_note(days, number)}"
        for number, days in enumerate(days_ago)
    }
    return {f"{folder}/plan.md": f"---\ntitle: {slug.capitalize()}\n---\n", **actions}


def test_the_plan_with_most_news_comes_first(tmp_path: Path) -> None:
    """By the changes of the last week, then of the month; only some plans, documents and changes are shown."""
    few = {f"f{number}": _plan(f"f{number}", 20 + number) for number in range(5)}
    files = {**_plan("many", *([9] * 12)), **_plan("new", 1, 2, 3, 4, 5), **_plan("one", 0)}
    site = load_site(write(tmp_path, {**files, **{path: text for plan in few.values() for path, text in plan.items()}}))
    view = build_site_changes_page(SiteOnDate(site, TODAY), {}, "", has_history=False).view
    assert isinstance(view, SiteChangesView)
    assert [plan.title.text for plan in view.plans] == ["New", "One", "Many", "F0", "F1", "F2"]
    assert [document.title.text for document in view.plans[0].documents] == ["Do 0", "Do 1", "Do 2"]
    assert [document.title.text for document in view.plans[0].others] == ["Do 3", "Do 4"]
    assert (view.plans[0].summary, view.plans[0].more) == ("2 other documents", Link(""))
    assert [(plan.title, plan.note) for plan in view.further] == [
        (Link("F3", "plans/f3/changes.html"), "1 change, the last on 28 December"),
        (Link("F4", "plans/f4/changes.html"), "1 change, the last on 27 December"),
    ]


def test_a_plan_with_very_many_changes_leads_to_its_page(tmp_path: Path) -> None:
    """The page of all plans does not grow with it."""
    dated_site = SiteOnDate(load_site(write(tmp_path, _plan("many", *([2] * 64)))), TODAY)
    view = build_site_changes_page(dated_site, {}, "", has_history=False).view
    assert isinstance(view, SiteChangesView)
    (plan,) = view.plans
    assert (len(plan.documents), len(plan.others), plan.summary) == (3, 60, "60 other documents")
    assert plan.more == Link("All 64 changes in this plan", "plans/many/changes.html")


def test_news_of_the_front_page_are_changes(tmp_path: Path) -> None:
    """What git does not tell, the dated notes of the files do, once; also where git cannot be read whole."""
    body = f"## Progress\n{_note(1, 1)}{_note(2, 2)}"
    files = {**FILES, A: f"{FILES[A]}\n{body}"}
    dated_site = SiteOnDate(load_site(write(tmp_path, files)), TODAY)
    noted = _change(0, ChangeKind.NOTE_ADDED, after=f"{TODAY - timedelta(days=1)} (Ann): News 1.")
    for of_git, reason, expected in (
        ((noted,), "", ["Ann noted on 19 January: News 1.", "Ann noted: News 2."]),
        ((), SHALLOW, ["Ann noted: News 1.", "Ann noted: News 2."]),
    ):
        history = PlanHistory(by_file={A: of_git} if of_git else {}, unavailable_reason=reason)
        view = build_plan_changes_page(dated_site, dated_site.site.plans[0], history).view
        assert isinstance(view, PlanChangesView)
        document = view.periods[0].documents[0]
        assert [event.words for day in document.days for event in day.events] == expected
        assert ("These entries come from git and" in view.origin) is bool(of_git)
        site_view = build_site_changes_page(
            dated_site, {"p": {A: of_git}} if of_git else {}, reason, has_history=not reason, first_day=TODAY
        ).view
        assert isinstance(site_view, SiteChangesView)
        assert site_view.plans[0].documents[0].days == document.days
        assert site_view.origin == view.origin


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    """Feeds need whole addresses."""
    dated_site = SiteOnDate(load_site(write(tmp_path, {**FILES, "plansite.yaml": "title: T\n"})), TODAY)
    assert render_feeds(dated_site, {"p": {A: (_change(0),)}}) == {}
