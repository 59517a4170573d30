"""The pages of learning: one for each service that incidents name, and the table of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.incidents.learning import (
    LearningIndexView,
    ServiceLearningView,
    build_learning_pages,
    list_learning_entries,
)
from tests.sites import write

FILES = {
    "content/agencies/lodge.md": "---\ntitle: Riverside Lodge\n---\n",
    "content/plans/p/plan.md": "---\ntitle: Fewer falls\n---\n",
    "content/plans/p/incidents/a.md": (
        "---\ntitle: First\ndate: 2024-11-18\nlearning_for: [lodge, Court]\n"
        "confirmed: [{service: Riverside Lodge, date: 2024-12-01, by: Manager}]\nfindings: [{text: An edge}]\n---\n"
        "## Learning\nSee [second](b.md).\n"
    ),
    "content/plans/p/incidents/b.md": "---\ntitle: Second\ndate: 2024-10-18\nlearning_for: [riverside lodge]\n---\n",
    "content/plans/p/incidents/c.md": "---\ntitle: Third\n---\n## Learning\nNothing for others.\n",
}


def _pages(root: Path, *, is_unfiltered: bool = True) -> list[Page]:
    site = replace(load_site(write(root, FILES)), is_unfiltered=is_unfiltered)
    dated_site, resolver = SiteOnDate(site, date(2025, 1, 20)), LinkResolver.from_site(site)
    entries = [entry for plan in site.plans for entry in list_learning_entries(dated_site, plan, resolver)]
    return list(build_learning_pages(entries, is_unfiltered=is_unfiltered, contact=""))


def test_each_service_has_a_page(tmp_path: Path) -> None:
    """Whatever it is called in the files; what it has not confirmed comes first; its own page is linked."""
    pages = {page.path: page.view for page in _pages(tmp_path)}
    assert list(pages) == ["learning.html", "learning/court.html", "learning/riverside-lodge.html"]
    view = pages["learning/riverside-lodge.html"]
    assert isinstance(view, ServiceLearningView)
    assert view.profile == Link("Riverside Lodge", "agencies/lodge.html")
    assert view.lede == "2 incidents to learn from. 1 is not confirmed yet."
    assert [(it.entry.title.text, it.state, it.share.day, it.share.by.text) for it in view.items] == [
        ("Second", "Not confirmed yet", None, ""),
        ("First", "Read", date(2024, 12, 1), "Manager"),
    ]
    assert 'href="../plans/p/incidents/b.html"' in view.items[1].entry.html
    assert view.items[1].entry.briefing == "plans/p/briefings/a.html"
    assert view.items[0].entry.briefing == ""


def test_the_table_counts_what_is_confirmed(tmp_path: Path) -> None:
    """For each service, by name."""
    view = _pages(tmp_path)[0].view
    assert isinstance(view, LearningIndexView)
    assert view.lede == "What each service can learn from incidents. 2 confirmations are missing."
    assert [(row.service.text, row.total, row.confirmed, row.open_count) for row in view.rows] == [
        ("Court", 1, 0, 1),
        ("Riverside Lodge", 2, 1, 1),
    ]


def test_a_copy_for_an_audience_does_not_say_what_is_missing(tmp_path: Path) -> None:
    """A confirmation may be hidden; those that are shown are said."""
    index, _, lodge = (page.view for page in _pages(tmp_path, is_unfiltered=False))
    assert isinstance(index, LearningIndexView)
    assert isinstance(lodge, ServiceLearningView)
    assert (index.lede, index.shows_open) == ("What each service can learn from incidents.", False)
    assert lodge.lede == "2 incidents to learn from."
    assert [(it.entry.title.text, it.state) for it in lodge.items] == [("First", "Read"), ("Second", "")]


def test_nothing_to_learn_makes_no_page() -> None:
    """Nor does an incident that names no service."""
    assert list(build_learning_pages([], is_unfiltered=True, contact="")) == []


def test_many_incidents_are_split(tmp_path: Path) -> None:
    """At a hundred, as each has a text of its own."""
    site = load_site(write(tmp_path, FILES))
    dated_site, resolver = SiteOnDate(site, date(2025, 1, 20)), LinkResolver.from_site(site)
    entry = next(list_learning_entries(dated_site, site.plans[0], resolver))
    pages = list(build_learning_pages([entry] * 101, is_unfiltered=True, contact=""))
    assert [page.path for page in pages if "lodge" in page.path] == [
        "learning/riverside-lodge.html",
        "learning/riverside-lodge-2.html",
    ]
