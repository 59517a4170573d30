"""Reviews: the list with the next one, and minutes that lose nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import CalendarInterval
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.plan.reviews import MinutesView, ReviewListView, build_review_pages
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN = "---\ntitle: P\n---\n"


def _pages(site: Site) -> list[Page]:
    return list(build_review_pages(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site)))


def _list(plan: Plan) -> ReviewListView:
    view = _pages(Site(settings=Settings(title="S"), plans=(plan,)))[0].view
    assert isinstance(view, ReviewListView)
    return view


def _minutes(root: Path, text: str) -> MinutesView:
    site = load_site(write(root, {"content/plans/p/plan.md": PLAN, "content/plans/p/reviews/2025-01-09.md": text}))
    page = _pages(site)[1]
    assert page.path == "plans/p/reviews/2025-01-09.html"
    assert isinstance(page.view, MinutesView)
    return page.view


def _review(slug: str, day: date | None, **more: object) -> Review:
    return Review(plan="p", slug=slug, path=f"{slug}.md", title=slug, date=day, **more)  # type: ignore[arg-type]  # any field


def test_the_newest_stands_first() -> None:
    """By date, and those without a date last."""
    reviews = (_review("a", None), _review("b", date(2024, 12, 1)), _review("c", date(2025, 1, 9)))
    view = _list(Plan(slug="p", path="p.md", reviews=reviews))
    assert [row.title.text for row in view.rows] == ["c", "b", "a"]


def test_a_late_review_is_as_visible_as_a_late_action() -> None:
    """The tag says by how much, and keeps its date for the script."""
    plan = Plan(slug="p", path="p.md", reviews=(_review("a", date(2024, 12, 1), next=date(2025, 1, 16)),))
    tag = _list(plan).next_tag
    assert tag is not None
    assert (tag.words, tag.role, tag.due) == ("Overdue by 4 days", "late", date(2025, 1, 16))


def test_a_review_due_today_is_not_late() -> None:
    """Late begins the day after."""
    plan = Plan(slug="p", path="p.md", reviews=(_review("a", date(2024, 12, 1), next=TODAY),))
    tag = _list(plan).next_tag
    assert tag is not None
    assert (tag.words, tag.due) == ("Planned", TODAY)


def test_no_review_held_and_none_planned() -> None:
    """An empty list without a tag; an interval alone is said in words."""
    assert (_list(Plan(slug="p", path="p.md")).next_tag, _list(Plan(slug="p", path="p.md")).rows) == (None, ())
    weekly = Plan(slug="p", path="p.md", review_every=CalendarInterval(days=7, text="1 week"))
    assert _list(weekly).every == "Every week."


def test_who_came_is_counted() -> None:
    """Present and apologies, each in its own number; nothing where nobody is named."""
    reviews = (
        _review("a", date(2025, 1, 3), present=("X", "Y"), apologies=("Z",)),
        _review("b", date(2025, 1, 2), apologies=("Z", "W")),
        _review("c", date(2025, 1, 1)),
    )
    assert [row.who for row in _list(Plan(slug="p", path="p.md", reviews=reviews)).rows] == [
        "2 present, 1 apology",
        "2 apologies",
        "",
    ]


def test_minutes_hold_every_field(tmp_path: Path) -> None:
    """Date from the file's name where none is given; people as they were written."""
    view = _minutes(
        tmp_path,
        "---\ntitle: January review\nkind: Monthly\nchair: Manager\nminute_taker: Administrator\n"
        'present: ["Nurse, GP practice"]\napologies: [Cook]\nnext: 2025-02-06\n'
        "distribution: [Council]\n---\nIt snowed.\n",
    )
    assert (view.title, view.kind, view.day, view.next) == (
        "January review",
        "Monthly",
        date(2025, 1, 9),
        date(2025, 2, 6),
    )
    assert (view.chair, view.minute_taker) == (Link("Manager"), Link("Administrator"))
    assert (view.present, view.apologies, view.distribution) == (("Nurse, GP practice",), ("Cook",), ("Council",))
    assert "It snowed." in view.intro
    assert view.plan == Link("P", "plans/p/index.html")


def test_decisions_come_first_whatever_the_file_says(tmp_path: Path) -> None:
    """Decisions, updates, actions carried forward, then the rest in the order of the file."""
    view = _minutes(
        tmp_path,
        "---\ntitle: R\n---\n## Weather\nSnow\n## Updates\nU\n## actions carried forward\nC\n"
        "## Decisions\nD\n## Tea\nT\n",
    )
    assert [part.title for part in view.sections] == [
        "Decisions",
        "Updates",
        "actions carried forward",
        "Weather",
        "Tea",
    ]
    assert len({part.key for part in view.sections}) == 5


def test_links_lead_to_pages(tmp_path: Path) -> None:
    """A relative link in the minutes resolves from the page of the minutes."""
    files = {
        "content/plans/p/plan.md": PLAN,
        "content/plans/p/actions/lift.md": "---\ntitle: Lift\n---\n",
        "content/plans/p/reviews/2025-01-09.md": "---\ntitle: R\n---\n## Decisions\n- [lift](../actions/lift.md)\n",
    }
    view = _pages(load_site(write(tmp_path, files)))[1].view
    assert isinstance(view, MinutesView)
    assert 'href="../actions/lift.html"' in view.sections[0].html


def test_lists_under_steps_and_progress_are_not_lost(tmp_path: Path) -> None:
    """What is taken apart for actions stands in the minutes as a list again, with its marks escaped."""
    view = _minutes(
        tmp_path,
        "---\ntitle: R\n---\n## Progress\nSo far:\n- 2025-01-04 (<b>M</b>): Bled it\n- no date\n"
        "## Steps\n- [x] one\n- [ ] two\n",
    )
    html = {part.title: part.html for part in view.sections}
    assert "So far:" in html["Progress"]
    assert "4 January 2025, &lt;b&gt;M&lt;/b&gt;: " in html["Progress"]
    assert "no date" in html["Progress"]
    assert html["Steps"].count("<li>") == 2
    assert "Done:" in html["Steps"]
