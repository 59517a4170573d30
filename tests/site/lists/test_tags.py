"""The pages of tags: what is late first, then what is open, then what is finished; and the list of tags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.slugs import normalise_name
from plansite.model.status import Status
from plansite.site.all_pages import build_tag_pages
from plansite.site.components.page import Page
from plansite.site.components.page_links import link_tags
from plansite.site.lists.action_table import ActionTableView
from plansite.site.lists.tags import TagListView
from tests.site.entries import row_of

TODAY = date(2025, 1, 20)


def _action(slug: str, *tags: str, **fields: object) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, tags=tags, **fields)  # type: ignore[arg-type]


def _pages(*actions: Action) -> dict[str, Page]:
    ordered = tuple(sorted(actions, key=lambda action: action.sort_key))
    site = Site(settings=Settings(), plans=(Plan(slug="p", path="plan.md", title="P", actions=ordered),))
    return {page.path: page for page in build_tag_pages(SiteOnDate(site, TODAY))}


def _table(pages: dict[str, Page], path: str) -> ActionTableView:
    view = pages[path].view
    assert isinstance(view, ActionTableView)
    return view


def _index(pages: dict[str, Page]) -> TagListView:
    view = pages["tags/index.html"].view
    assert isinstance(view, TagListView)
    return view


def test_late_then_open_then_finished() -> None:
    """Each under its heading: the longest late and the earliest due first, and the last finished first."""
    days = [TODAY + timedelta(days=days) for days in (-9, -2, 3, 5)]
    pages = _pages(
        _action("no date", "x"),
        _action("done", "x", status=Status.COMPLETED, completed=date(2025, 1, 3)),
        _action("embedded", "x", status=Status.EMBEDDED, completed=date(2025, 1, 9)),
        _action("dropped", "x", status=Status.CANCELLED),
        _action("late", "x", due=days[1]),
        _action("later", "x", due=days[0]),
        _action("soon", "x", due=days[2], status=Status.BLOCKED),
        _action("next", "x", due=days[3]),
        _action("other", "y"),
    )
    table = _table(pages, "tags/x.html")
    shown = {
        group.title.text: [row_of(entry).title.text for entry in group.entries if not entry.shown.joins]
        for group in table.groups
    }
    assert shown == {
        "Late": ["later", "late"],
        "Open": ["soon", "next", "no date"],
        "Finished": ["embedded", "done"],
        "Cancelled": ["dropped"],
    }
    assert table.counts.words == "5 open actions, 2 late, 2 finished."
    assert table.counts.later.startswith("2025-01-24=5 open actions, 3 late")


def test_the_list_of_tags_counts_their_actions() -> None:
    """In natural order, with the numbers of open, late and finished actions."""
    pages = _pages(
        _action("a", "room 10", "Room 9", due=date(2025, 1, 19)),
        _action("b", "Room 9", status=Status.COMPLETED),
        _action("c", "Room 9"),
    )
    rows = [(row.title.text, row.open_count, row.late.words, row.finished) for row in _index(pages).rows]
    assert rows == [("Room 9", 2, "1", 1), ("room 10", 1, "1", 0)]


def test_spellings_of_one_tag_share_a_page() -> None:
    """It is called as most actions write it, and has an action once that gives it twice."""
    pages = _pages(
        _action("a", "Urgent", "urgent"), _action("b", "urgent"), _action("c", "URGENT"), _action("d", "urgent")
    )
    assert sorted(pages) == ["tags/index.html", "tags/urgent.html"]
    table = _table(pages, "tags/urgent.html")
    assert table.title == "urgent"
    assert table.counts.words == "4 open actions."


def test_a_site_without_tags_has_no_page_of_them() -> None:
    """Nor one for a tag of blanks."""
    assert _pages(_action("a"), _action("b", " ")) == {}


@given(
    st.lists(st.text(max_size=12) | st.sampled_from(["a", "A", "a b", "a-b", "a/b", "index", "con", "..", "a/page-2"]))
)
def test_each_tag_has_a_page_of_its_own(tags: Sequence[str]) -> None:
    """Two tags share an address only if they are the same name, and each link of an action leads to a page."""
    links = link_tags(_action("a", *tags))
    assert len({link.href for link in links}) == len({normalise_name(tag) for tag in tags} - {""})
    pages = _pages(_action("a", *tags))
    assert {link.href for link in links} <= pages.keys()
    assert len({path.casefold() for path in pages}) == len(links) + bool(links)


@pytest.mark.parametrize(
    "tag", ["a", "A", "<script>alert(1)</script>", "عاجل جدا", "R&D", "../../etc/passwd", "x" * 400]
)
def test_any_tag_stays_below_its_folder(tag: str) -> None:
    """Whatever its text, its page lies in `tags/`, under a short name without dots or slashes."""
    (link,) = link_tags(_action("a", tag))
    folder, _, name = link.href.partition("/")
    assert folder == "tags"
    assert name.endswith(".html")
    assert not set('/\\.<>:"|?*') & set(name.removesuffix(".html"))
    assert len(name.encode()) <= 105
    assert link.text == tag
