"""The pages of tags, and the list of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, TAGS_PAGE
from plansite.site.components.dated_rows import (
    DatedText,
    DueRange,
    RowGroup,
    build_dated_group,
    build_dated_text,
    build_plain_group,
    find_reach,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.lists.action_table import (
    DEFAULT_COLUMNS,
    ActionTableView,
    build_columns,
    paginate_table,
)
from plansite.site.lists.tagged_actions import SiteTags, TagCount, TagShare
from plansite.site.page_parts import PartFingerprints, SitePagePart, select_fingerprints
from plansite.site.people.workload import format_late_count

_LATE_RANGE = DueRange("late", "Late", 1, None)
_OPEN_RANGE = DueRange("open", "Open", None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """A tag in the list of them, with the numbers of its open, late and finished actions."""

    title: Link
    open_count: int
    late: DatedText
    finished: int
    reach: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TagListView:
    """The list of tags, or one page of it."""

    rows: tuple[TagRow, ...]
    pager: Pager | None


def list_tag_parts(dated_site: SiteOnDate, tags: SiteTags, plans: Sequence[PartFingerprints]) -> Iterator[SitePagePart]:
    """The list of tags, and each tag, if any action has one. The site may be without plans.

    `plans` are the fingerprints of what each plan has under each tag.
    """
    if not tags.links:
        return
    yield SitePagePart(
        path=TAGS_PAGE,
        inputs=tuple((link, tags.count(link)) for link in tags.links),
        compose=partial(_build_list_pages, tags, dated_site.today),
    )
    for link in tags.links:
        yield SitePagePart(
            path=link.href,
            inputs=select_fingerprints(plans, link.href),
            compose=partial(_build_pages, tags, link, dated_site.today),
        )


def _build_list_pages(tags: SiteTags, today: date) -> Iterator[Page]:
    rows = [_build_list_row(link, tags.count(link), today) for link in tags.links]
    parts = [tuple(rows[start : start + ROWS_PER_PAGE]) for start in range(0, len(rows), ROWS_PER_PAGE)]
    paths = [TAGS_PAGE, *(f"tags-{number}.html" for number in range(2, len(parts) + 1))]
    for number, part in enumerate(parts, 1):
        is_first = number == 1
        trail = (Link("Tags"),) if is_first else (Link("Tags", TAGS_PAGE), Link(f"Page {number}"))
        yield Page(
            path=paths[number - 1],
            template="lists/tags.html",
            title="Tags" if is_first else f"Tags, page {number}",
            view=TagListView(rows=part, pager=build_pager(paths, number)),
            section=FRONT_PAGE,
            trail=(Link("Plans", FRONT_PAGE), *trail),
        )


def _build_list_row(tag: Link, count: TagCount, today: date) -> TagRow:
    return TagRow(
        title=tag,
        open_count=count.open,
        late=format_late_count(count.due_dates, today),
        finished=count.finished,
        reach=find_reach(today),
    )


def _build_pages(tags: SiteTags, tag: Link, today: date) -> Iterator[Page]:
    page = Page(
        path=tag.href,
        template="lists/action_table.html",
        title=f"Tag: {tag.text}",
        view=None,
        section=FRONT_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link("Tags", TAGS_PAGE), Link(tag.text)),
    )
    count = tags.count(tag)
    table = ActionTableView(
        title=tag.text,
        eyebrow="Tag",
        counts=_describe_counts(count, today),
        columns=build_columns(DEFAULT_COLUMNS),
        groups=tuple(_build_groups(tags.find(tag), today)),
        reach=find_reach(today) if count.due_dates else None,
    )
    return paginate_table(page, table)


def _describe_counts(count: TagCount, today: date) -> DatedText:
    """How many actions are open, late and finished, for each day."""
    finished = f", {count.finished:,} finished" if count.finished else ""

    def describe(day: date) -> str:
        late = bisect_left(count.due_dates, day)
        return f"{format_count(count.open, 'open action')}{f', {late:,} late' if late else ''}{finished}."

    return build_dated_text(describe, today, list_days_after(count.due_dates))


def _build_groups(tagged: TagShare, today: date) -> Iterator[RowGroup]:
    """Late, open, finished and cancelled. Rows that become late in the coming days are in both of the first two."""
    rows = [entry.row for entry in tagged.open]
    dated, undated = [row for row in rows if row.due], [row for row in rows if not row.due]
    late, coming = (group_rows_in_range(each, dated, today) for each in (_LATE_RANGE, _OPEN_RANGE))
    if late:
        yield late
    if coming or undated:
        without_date = build_plain_group("", Link(""), undated).entries
        entries = (*(coming.entries if coming else ()), *without_date)
        yield build_dated_group(_OPEN_RANGE.key, _OPEN_RANGE.title, entries, today, "action")
    for key, closed in (("finished", tagged.finished), ("cancelled", tagged.cancelled)):
        if closed:
            yield build_plain_group(key, Link(key.capitalize()), (entry.row for entry in closed))
