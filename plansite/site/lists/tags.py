"""The pages of tags, and the list of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import natural_sort_key
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
from plansite.site.components.page_links import link_tags
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.lists.action_table import (
    DEFAULT_COLUMNS,
    ActionTableView,
    RowBuilder,
    build_columns,
    paginate_table,
)
from plansite.site.page_parts import SitePagePart
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


@dataclass(frozen=True, slots=True)
class TaggedActions:
    """The actions that have a tag: open ones by due date, finished ones newest first, cancelled ones."""

    tag: Link
    open_actions: tuple[Action, ...]
    finished: tuple[Action, ...]
    cancelled: tuple[Action, ...]


def list_tag_parts(dated_site: SiteOnDate, rows: RowBuilder) -> Iterator[SitePagePart]:
    """The list of tags, and each tag, if any action has one."""
    tags = list_tags(dated_site)
    if not tags:
        return
    yield SitePagePart(
        path=TAGS_PAGE,
        documents=(),
        facts=tuple((each.tag, len(each.open_actions), _list_dues(each), len(each.finished)) for each in tags),
        compose=partial(_build_list_pages, dated_site, tags),
    )
    for tagged in tags:
        yield SitePagePart(
            path=tagged.tag.href,
            documents=(*tagged.open_actions, *tagged.finished, *tagged.cancelled),
            facts=(tagged.tag, len(tagged.open_actions), len(tagged.finished)),
            compose=partial(_build_pages, dated_site, tagged, rows),
        )


def list_tags(dated_site: SiteOnDate) -> list[TaggedActions]:
    """All tags of actions in natural order, each as most of its actions write it."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    actions: defaultdict[str, tuple[list[Action], ...]] = defaultdict(lambda: ([], [], []))
    dropped = (action for action in dated_site.site.actions if not action.is_open and not action.is_finished)
    for kind, chosen in enumerate((dated_site.open_actions, dated_site.finished_actions, dropped)):
        for action in chosen:
            for link in link_tags(action):
                spellings[link.href][link.text] += 1
                actions[link.href][kind].append(action)
    links = [Link(min(texts, key=lambda text: (-texts[text], text)), href) for href, texts in spellings.items()]
    links.sort(key=lambda link: (natural_sort_key(link.text), link.href))
    return [TaggedActions(link, *map(tuple, actions[link.href])) for link in links]


def _build_list_pages(dated_site: SiteOnDate, tags: Sequence[TaggedActions]) -> Iterator[Page]:
    rows = [_build_list_row(tagged, dated_site.today) for tagged in tags]
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


def _build_list_row(tagged: TaggedActions, today: date) -> TagRow:
    return TagRow(
        title=tagged.tag,
        open_count=len(tagged.open_actions),
        late=format_late_count(_list_dues(tagged), today),
        finished=len(tagged.finished),
        reach=find_reach(today),
    )


def _list_dues(tagged: TaggedActions) -> list[date]:
    return [action.due for action in tagged.open_actions if action.due]


def _build_pages(dated_site: SiteOnDate, tagged: TaggedActions, rows: RowBuilder) -> Iterator[Page]:
    page = Page(
        path=tagged.tag.href,
        template="lists/action_table.html",
        title=f"Tag: {tagged.tag.text}",
        view=None,
        section=FRONT_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link("Tags", TAGS_PAGE), Link(tagged.tag.text)),
    )
    table = ActionTableView(
        title=tagged.tag.text,
        eyebrow="Tag",
        counts=_describe_counts(tagged, dated_site.today),
        columns=build_columns(DEFAULT_COLUMNS),
        groups=tuple(_build_groups(dated_site, tagged, rows)),
        reach=find_reach(dated_site.today) if _list_dues(tagged) else None,
    )
    return paginate_table(page, table)


def _describe_counts(tagged: TaggedActions, today: date) -> DatedText:
    """How many actions are open, late and finished, for each day."""
    dues, number = _list_dues(tagged), len(tagged.open_actions)
    finished = f", {len(tagged.finished):,} finished" if tagged.finished else ""

    def describe(day: date) -> str:
        late = sum(due < day for due in dues)
        return f"{format_count(number, 'open action')}{f', {late:,} late' if late else ''}{finished}."

    return build_dated_text(describe, today, list_days_after(dues))


def _build_groups(dated_site: SiteOnDate, tagged: TaggedActions, rows: RowBuilder) -> Iterator[RowGroup]:
    """Late, open, finished and cancelled. Rows that become late in the coming days are in both of the first two."""
    today = dated_site.today
    dated = [rows.build(action) for action in tagged.open_actions if action.due]
    undated = [rows.build(action) for action in tagged.open_actions if not action.due]
    late, coming = (group_rows_in_range(each, dated, today) for each in (_LATE_RANGE, _OPEN_RANGE))
    if late:
        yield late
    if coming or undated:
        without_date = build_plain_group("", Link(""), undated).entries
        entries = (*(coming.entries if coming else ()), *without_date)
        yield build_dated_group(_OPEN_RANGE.key, _OPEN_RANGE.title, entries, today, "action")
    for key, actions in (("finished", tagged.finished), ("cancelled", tagged.cancelled)):
        if actions:
            yield build_plain_group(key, Link(key.capitalize()), map(rows.build, actions))
