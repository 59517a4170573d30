"""Long lists in several pages, so that none has more than 1,000 rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plansite.site.bands import ALWAYS, Changing, Group, Shown
from plansite.site.page import Link, Page

MOST = 1000
_NO_LINK = Link("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The pages of one list; `before` and `after` are the neighbours' addresses, empty at the ends."""

    pages: tuple[Link, ...]
    current: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What an empty list says: why, what comes next, and whether that is good news."""

    words: str
    sentence: str = ""
    next: Link | None = None
    next_due: date | None = None
    note: str = ""
    link: Link | None = None
    shown: Shown = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """What a list of actions shows. `lede` counts, `manner` says how to read it, `tabs` are its sister lists."""

    title: str
    lede: Changing
    manner: str = ""
    eyebrow: Link = _NO_LINK
    tabs: tuple[Link, ...] = ()
    current: str = ""
    shows_plan: bool = True
    shows_owner: bool = True
    groups: tuple[Group, ...] = ()
    nothing: Nothing | None = None
    pager: Pager | None = None


def paged(page: Page, view: ListView, most: int = MOST) -> Iterator[Page]:
    """The page with this list, or as many as it takes: `overdue.html`, `overdue-2.html`, …"""
    shares = split(view.groups, most)
    paths = [numbered(page.path, number) for number in range(1, len(shares) + 1)]
    for number, groups in enumerate(shares, 1):
        shown = replace(view, groups=groups, pager=pager_of(paths, number))
        if number == 1:
            yield replace(page, view=shown)
            continue
        title = f"{page.title}, page {number}"
        trail = (*page.trail[:-1], Link(page.trail[-1].text, page.path), Link(f"Page {number}")) if page.trail else ()
        yield replace(page, path=paths[number - 1], title=title, trail=trail, view=replace(shown, title=title))


def numbered(path: str, number: int) -> str:
    """The address of a list's page of that number; the first has the plain one."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def split(groups: Sequence[Group], most: int = MOST) -> list[tuple[Group, ...]]:
    """Groups in their order, at most so many entries a page; a group that does not fit goes on overleaf."""
    pages: list[list[Group]] = [[]]
    room = most
    for group in groups:
        left = group.entries
        while len(left) > room:
            if room:
                pages[-1].append(replace(group, entries=left[:room], tail=Changing()))
            left, room = left[room:], most
            pages.append([])
        pages[-1].append(replace(group, entries=left))
        room -= len(left)
    return [tuple(page) for page in pages]


def pager_of(paths: Sequence[str], number: int) -> Pager | None:
    """The way between pages with these addresses, seen from one of them; None where there is only one."""
    if len(paths) < 2:
        return None
    return Pager(
        pages=tuple(Link(f"{each:,}", path) for each, path in enumerate(paths, 1)),
        current=paths[number - 1],
        before=paths[number - 2] if number > 1 else "",
        after=paths[number] if number < len(paths) else "",
    )
