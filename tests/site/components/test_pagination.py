"""Long lists in several pages: nothing is lost, nothing is said twice, every page leads to the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from plansite.site.components.dated_rows import DatedRow, DatedText, RowGroup
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ListView, build_pager, paginate, split_groups
from plansite.site.components.widgets import FinishedRow
from tests.site.entries import row_of


def _group(key: str, number: int) -> RowGroup:
    rows = (FinishedRow(Link(f"{key}-{n}"), "", Link(""), None, None, "") for n in range(number))
    return RowGroup(
        key=key,
        title=Link(key),
        note=DatedText(f"{number} actions"),
        entries=tuple(DatedRow(row) for row in rows),
        tail=DatedText("The end."),
    )


def _titles(groups: Sequence[RowGroup]) -> list[str]:
    return [row_of(entry).title.text for group in groups for entry in group.entries]


@given(sizes=st.lists(st.integers(0, 9), max_size=6), most=st.integers(1, 7))
def test_split_keeps_every_row_in_order(sizes: Sequence[int], most: int) -> None:
    """No page has more rows than it may; together they have all of them, and each group ends once."""
    groups = [_group(f"g{number}", size) for number, size in enumerate(sizes)]
    pages = split_groups(groups, most)
    assert _titles(list(chain.from_iterable(pages))) == _titles(groups)
    assert all(sum(len(group.entries) for group in page) <= most for page in pages)
    assert [g.key for page in pages for g in page if g.tail.words] == [group.key for group in groups]
    assert len(pages) == max(1, -(-sum(sizes) // most))


def _page() -> Page:
    trail = (Link("Plans", "index.html"), Link("Overdue"))
    return Page(path="overdue.html", template="lists/list.html", title="Overdue", view=None, trail=trail)


def _views(number: int, most: int) -> list[tuple[Page, ListView]]:
    view = ListView(title="Overdue", lede=DatedText(""), groups=(_group("g", number),))
    found = []
    for page in paginate(_page(), view, most):
        assert isinstance(page.view, ListView)
        found.append((page, page.view))
    return found


def test_a_short_list_is_one_page() -> None:
    """Without overleaf there is no pager."""
    [(page, view)] = _views(3, 3)
    assert (page.path, page.title, view.pager) == ("overdue.html", "Overdue", None)


def test_a_long_list_leads_from_page_to_page() -> None:
    """Each page has an address, a title and a trail of its own, and knows its neighbours."""
    (first, one), (second, two), (third, three) = _views(5, 2)
    assert [page.path for page in (first, second, third)] == ["overdue.html", "overdue-2.html", "overdue-3.html"]
    assert [page.title for page in (first, second, third)] == ["Overdue", "Overdue, page 2", "Overdue, page 3"]
    assert second.trail == (Link("Plans", "index.html"), Link("Overdue", "overdue.html"), Link("Page 2"))
    assert one.pager and two.pager and three.pager
    assert (one.pager.before, one.pager.after) == ("", "overdue-2.html")
    assert (two.pager.before, two.pager.after) == ("overdue.html", "overdue-3.html")
    assert (three.pager.before, three.pager.after) == ("overdue-2.html", "")
    assert two.pager.current == "overdue-2.html"
    assert two.title == second.title


def test_the_pager_counts_in_words_people_read() -> None:
    """Page numbers have commas like all numbers, and a single page has no pager."""
    pager = build_pager([f"p{number}" for number in range(1, 1003)], 1001)
    assert pager is not None
    assert pager.pages[1000] == Link("1,001", "p1001")
    assert build_pager(["p1"], 1) is None
