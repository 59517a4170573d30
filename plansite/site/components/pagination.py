"""Long lists split into pages of at most 1,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DatedText, RowGroup, Visibility
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.filters import FilterBar, build_filter_bar
from plansite.site.components.page import Link, Page
from plansite.site.components.widgets import ActionRow

ROWS_PER_PAGE = 1000
_NO_LINK = Link("")
_NUMBERED = compile_lazily(r"-[0-9]+\.html$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Links between the pages of one list. `before` and `after` are addresses, empty on the first and last page."""

    pages: tuple[Link, ...]
    current: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """The text of an empty list: why it is empty, what is due next, and where to look instead.

    `reach` is the last day for which it is known when it shows; None if that does not depend on the day.
    """

    words: str
    sentence: str = ""
    next: Link | None = None
    next_due: date | None = None
    note: str = ""
    link: Link | None = None
    shown: Visibility = ALWAYS_VISIBLE
    reach: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of actions. `lede` counts them, `explanation` says how to read the list, `tabs` are the other lists.

    `filter_nouns` say what its rows are, one and several, if it has a filter; `filter` is that of one of its pages.
    """

    title: str
    lede: DatedText
    explanation: str = ""
    eyebrow: Link = _NO_LINK
    tabs: tuple[Link, ...] = ()
    current: str = ""
    shows_plan: bool = True
    shows_owner: bool = True
    groups: tuple[RowGroup, ...] = ()
    nothing: EmptyState | None = None
    pager: Pager | None = None
    filter_nouns: tuple[str, str] | None = None
    filter: FilterBar | None = None


def paginate(page: Page, view: ListView, rows_per_page: int = ROWS_PER_PAGE) -> Iterator[Page]:
    """The page with this list, split where it is too long: `overdue.html`, `overdue-2.html`, …"""
    groups_by_page = split_groups(view.groups, rows_per_page)
    paths = [numbered_address(page.path, number) for number in range(1, len(groups_by_page) + 1)]
    for number, groups in enumerate(groups_by_page, 1):
        pager = build_pager(paths, number)
        part = replace(view, groups=groups, pager=pager, filter=_build_list_filter(view, groups, is_part=bool(pager)))
        if number == 1:
            yield replace(page, view=part)
            continue
        title = f"{page.title}, page {number}"
        trail = (*page.trail[:-1], Link(page.trail[-1].text, page.path), Link(f"Page {number}")) if page.trail else ()
        yield replace(page, path=paths[number - 1], title=title, trail=trail, view=replace(part, title=title))


def _build_list_filter(view: ListView, groups: Iterable[RowGroup], *, is_part: bool) -> FilterBar | None:
    """The filter of a page of a list with these rows; None for a list without."""
    if view.filter_nouns is None:
        return None
    rows = (entry.row for group in groups for entry in group.entries)
    values = (row.values for row in rows if isinstance(row, (ActionRow, DrawnRow)) and row.values)
    return build_filter_bar(values, place="in this list", nouns=view.filter_nouns, is_part=is_part)


def numbered_address(path: str, number: int) -> str:
    """The address of a list's page by its number; the first page has the address of the list."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def find_first_address(path: str) -> str:
    """The address of the first page of the list that the page at `path` may belong to."""
    return _NUMBERED.sub(".html", path)


def split_groups(groups: Sequence[RowGroup], rows_per_page: int = ROWS_PER_PAGE) -> list[tuple[RowGroup, ...]]:
    """The groups of each page, in order; a group that does not fit is continued on the next page."""
    pages: list[list[RowGroup]] = [[]]
    room = rows_per_page
    for group in groups:
        entries = group.entries
        while len(entries) > room:
            if room:
                pages[-1].append(replace(group, entries=entries[:room], tail=DatedText()))
            entries, room = entries[room:], rows_per_page
            pages.append([])
        pages[-1].append(replace(group, entries=entries))
        room -= len(entries)
    return [tuple(page) for page in pages]


def build_pager(paths: Sequence[str], number: int) -> Pager | None:
    """The links between pages with these addresses, for the page of that number; None if there is only one page."""
    if len(paths) < 2:
        return None
    return Pager(
        pages=tuple(Link(f"{position:,}", path) for position, path in enumerate(paths, 1)),
        current=paths[number - 1],
        before=paths[number - 2] if number > 1 else "",
        after=paths[number] if number < len(paths) else "",
    )
