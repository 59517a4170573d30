"""The actions under each tag: what each plan has under it, and that of all plans joined."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key, finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey, natural_sort_key, newest_first_sort_key
from plansite.model.documents.plan import Plan
from plansite.model.saved_views.selection import ViewTargets
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.page import Link
from plansite.site.components.page_links import link_tags
from plansite.site.components.table_rows import TableRow
from plansite.site.lists.action_table import RowBuilder


class TaggedRow(NamedTuple):
    """The row of an action, and its place under a tag."""

    order: tuple[date | int, ActionSortKey]
    row: TableRow | DrawnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TagShare:
    """What a plan, or several, have under a tag: open actions by due date, finished ones newest first, cancelled ones.

    `spellings` are how its actions write the tag, each with their number.
    """

    spellings: tuple[tuple[str, int], ...]
    open: tuple[TaggedRow, ...]
    finished: tuple[TaggedRow, ...]
    cancelled: tuple[TaggedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """How many actions a tag has, and the due dates of the open ones, the earliest first."""

    open: int
    due_dates: tuple[date, ...]
    finished: int


def list_tag_shares(dated_site: SiteOnDate, plan: Plan) -> dict[str, TagShare]:
    """What a plan has under each tag, by the address of the page about it. The site may hold that plan alone."""
    rows = RowBuilder(dated_site, ViewTargets(dated_site.site))
    tagged: defaultdict[str, list[tuple[Action, str]]] = defaultdict(list)
    for action in plan.actions:
        for link in link_tags(action):
            tagged[link.href].append((action, link.text))
    return {href: _build_share(tagged[href], rows) for href in sorted(tagged)}


def _build_share(tagged: Iterable[tuple[Action, str]], rows: RowBuilder) -> TagShare:
    spellings: Counter[str] = Counter()
    entries: tuple[list[TaggedRow], list[TaggedRow], list[TaggedRow]] = ([], [], [])
    for action, text in tagged:
        spellings[text] += 1
        row = rows.build(action)
        if action.is_open:
            entries[0].append(TaggedRow(due_sort_key(action), row))
        elif action.is_finished:
            entries[1].append(TaggedRow(newest_first_sort_key(finished_on(action), action.sort_key), row))
        else:
            entries[2].append(TaggedRow(due_sort_key(action), row))
    return TagShare(
        spellings=tuple(spellings.items()),
        open=tuple(sorted(entries[0], key=_find_order)),
        finished=tuple(sorted(entries[1], key=_find_order)),
        cancelled=tuple(entries[2]),
    )


_find_order = attrgetter("order")


class SiteTags:
    """What all plans have under each tag. `links` are the tags in natural order, as most actions write them."""

    def __init__(self, plans: Iterable[Mapping[str, TagShare]]) -> None:
        """`plans` are the shares of each plan by the address of the tag's page, in the order of plans."""
        self._shares: defaultdict[str, list[TagShare]] = defaultdict(list)
        for shares in plans:
            for href, share in shares.items():
                self._shares[href].append(share)

    @functools.cached_property
    def links(self) -> tuple[Link, ...]:
        """The tags with links to their pages."""
        links = [Link(self._find_spelling(href), href) for href in self._shares]
        return tuple(sorted(links, key=lambda link: (natural_sort_key(link.text), link.href)))

    def _find_spelling(self, href: str) -> str:
        counts: Counter[str] = Counter()
        for share in self._shares[href]:
            counts.update(dict(share.spellings))
        return min(counts, key=lambda text: (-counts[text], text))

    def find(self, tag: Link) -> TagShare:
        """What all plans have under a tag."""
        shares = self._shares[tag.href]
        return TagShare(
            spellings=(),
            open=tuple(sorted(chain.from_iterable(share.open for share in shares), key=_find_order)),
            finished=tuple(sorted(chain.from_iterable(share.finished for share in shares), key=_find_order)),
            cancelled=tuple(chain.from_iterable(share.cancelled for share in shares)),
        )

    def count(self, tag: Link) -> TagCount:
        """How many actions that are."""
        shares = self._shares[tag.href]
        dues = sorted(entry.row.due for share in shares for entry in share.open if entry.row.due)
        finished = sum(len(share.finished) for share in shares)
        return TagCount(open=sum(len(share.open) for share in shares), due_dates=tuple(dues), finished=finished)
