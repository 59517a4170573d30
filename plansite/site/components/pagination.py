"""Long lists in several pages, so that none has more than 1,000 rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DatedText, RowGroup, Visibility
from plansite.site.components.page import Link, Page

ROWS_PER_PAGE = 1000
_NO_LINK = Link("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The pages of one list; `before` and `after` are the neighbours' addresses, empty at the ends."""

    pages: tuple[Link, ...]
    current: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """What an empty list says: why, what comes next, and whether that is good news."""

    words: str
    sentence: str = ""
    next: Link | None = None
    next_due: date | None = None
    note: str = ""
    link: Link | None = None
    shown: Visibility = ALWAYS_VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """What a list of actions shows. `lede` counts, `manner` says how to read it, `tabs` are its sister lists."""

    title: str
    lede: DatedText
    manner: str = ""
    eyebrow: Link = _NO_LINK
    tabs: tuple[Link, ...] = ()
    current: str = ""
    shows_plan: bool = True
    shows_owner: bool = True
    groups: tuple[RowGroup, ...] = ()
    nothing: EmptyState | None = None
    pager: Pager | None = None


def paginate(page: Page, view: ListView, rows_per_page: int = ROWS_PER_PAGE) -> Iterator[Page]:
    """The page with this list, or as many as it takes: `overdue.html`, `overdue-2.html`, …"""
    shares = split_groups(view.groups, rows_per_page)
    paths = [numbered_address(page.path, number) for number in range(1, len(shares) + 1)]
    for number, groups in enumerate(shares, 1):
        shown = replace(view, groups=groups, pager=build_pager(paths, number))
        if number == 1:
            yield replace(page, view=shown)
            continue
        title = f"{page.title}, page {number}"
        trail = (*page.trail[:-1], Link(page.trail[-1].text, page.path), Link(f"Page {number}")) if page.trail else ()
        yield replace(page, path=paths[number - 1], title=title, trail=trail, view=replace(shown, title=title))


def numbered_address(path: str, number: int) -> str:
    """The address of a list's page of that number; the first has the plain one."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def split_groups(groups: Sequence[RowGroup], rows_per_page: int = ROWS_PER_PAGE) -> list[tuple[RowGroup, ...]]:
    """Groups in their order, at most so many entries a page; a group that does not fit goes on overleaf."""
    pages: list[list[RowGroup]] = [[]]
    room = rows_per_page
    for group in groups:
        left = group.entries
        while len(left) > room:
            if room:
                pages[-1].append(replace(group, entries=left[:room], tail=DatedText()))
            left, room = left[room:], rows_per_page
            pages.append([])
        pages[-1].append(replace(group, entries=left))
        room -= len(left)
    return [tuple(page) for page in pages]


def build_pager(paths: Sequence[str], number: int) -> Pager | None:
    """The way between pages with these addresses, seen from one of them; None where there is only one."""
    if len(paths) < 2:
        return None
    return Pager(
        pages=tuple(Link(f"{each:,}", path) for each, path in enumerate(paths, 1)),
        current=paths[number - 1],
        before=paths[number - 2] if number > 1 else "",
        after=paths[number] if number < len(paths) else "",
    )
