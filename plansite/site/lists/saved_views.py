"""The pages of saved views, and the list of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, OPEN_LIST, VIEWS_PAGE, view_address
from plansite.model.saved_views.selection import ViewSelection, ViewTargets, list_visible_views
from plansite.model.saved_views.settings import SavedView
from plansite.site.components.dated_rows import (
    ALWAYS_VISIBLE,
    DatedRow,
    DatedText,
    RowGroup,
    Visibility,
    build_dated_text,
    build_plain_group,
    build_visible_counter,
    find_reach,
    find_visibility,
    list_days_after,
    list_visible_spans,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import EmptyState
from plansite.site.lists.action_table import (
    DEFAULT_COLUMNS,
    ActionTableView,
    RowBuilder,
    build_columns,
    paginate_table,
)
from plansite.site.lists.view_groups import group_actions, sort_actions
from plansite.site.lists.view_words import choose_columns, describe_view

#: A function from a day, today or later, to a number of actions.
_CountOn = Callable[[date], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewRow:
    """A saved view in the list of them: what it shows in words, and how many actions, and late ones."""

    title: Link
    words: str
    number: DatedText
    late: DatedText


@dataclass(frozen=True, slots=True)
class SavedViewListView:
    """The list of saved views. `reach` is the last day for which the numbers are known; None if they stay known."""

    rows: tuple[SavedViewRow, ...]
    reach: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _ViewContent:
    """The rows of a view on the days that this copy covers, by action, and functions that count them.

    `change_days` are the days on which a count may change; None for any day.
    """

    view: SavedView
    words: str
    actions: tuple[Action, ...]
    shown: dict[tuple[str, str], Visibility]
    count_on: _CountOn
    count_late_on: _CountOn
    change_days: tuple[date, ...] | None

    @property
    def depends_on_day(self) -> bool:
        """Whether rows join or leave with the day."""
        return self.change_days is None

    def find_shown(self, action: Action) -> Visibility:
        """When the row of an action shows."""
        return self.shown.get((action.plan, action.slug), ALWAYS_VISIBLE)

    def build_text(self, describe: Callable[[date], str], today: date) -> DatedText:
        """A text about its rows."""
        return build_dated_text(describe, today, self.change_days)


def build_view_pages(dated_site: SiteOnDate) -> Iterator[Page]:
    """The list of saved views with a page for each, if the settings have any.

    Any action may be on any of them, and their words may name any plan or goal. Plans may be summaries.
    """
    if not dated_site.site.settings.views:
        return
    targets = ViewTargets(dated_site.site)
    rows = RowBuilder(dated_site, targets)
    contents = [_select(dated_site, view, targets) for view in list_visible_views(dated_site.site, targets)]
    index = tuple(_build_index_row(content, dated_site.today) for content in contents)
    is_known = all(row.number.reach is None and row.late.reach is None for row in index)
    yield Page(
        path=VIEWS_PAGE,
        template="lists/views.html",
        title="Views",
        view=SavedViewListView(index, None if is_known else find_reach(dated_site.today)),
        section=VIEWS_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link("Views")),
    )
    for content in contents:
        yield from _build_pages(dated_site, content, targets, rows)


def _select(dated_site: SiteOnDate, view: SavedView, targets: ViewTargets) -> _ViewContent:
    """The content of a view. What joins it while this copy is online is in it too, from that day on."""
    today, selection = dated_site.today, ViewSelection(dated_site, view.filter, targets)
    actions: list[Action] = []
    shown: dict[tuple[str, str], Visibility] = {}
    for action in sort_actions(selection.candidates, view.sort, targets):
        visibility = _find_visibility(selection, action, today)
        if visibility:
            actions.append(action)
            shown[(action.plan, action.slug)] = visibility
    entries = [(action, shown[(action.plan, action.slug)]) for action in actions]
    return _ViewContent(
        view=view,
        words=describe_view(view, targets),
        actions=tuple(actions),
        shown=shown,
        count_on=_count_spans(span for _, each in entries for span in list_visible_spans(each, today)),
        count_late_on=_count_spans(_list_late_spans(entries, today)),
        change_days=None
        if selection.depends_on_day
        else tuple(list_days_after(action.due for action in actions if action.due and action.is_open)),
    )


def _find_visibility(selection: ViewSelection, action: Action, today: date) -> Visibility | None:
    if not selection.depends_on_day:
        return ALWAYS_VISIBLE
    return find_visibility(lambda day: selection.includes(action, day), today, selection.list_change_days(action))


def _list_late_spans(entries: Iterable[tuple[Action, Visibility]], today: date) -> Iterator[tuple[date, date | None]]:
    """The spans of days on which a row shows and its action is late."""
    for action, shown in entries:
        if action.due and action.is_open:
            late_from = add_days(action.due, 1)
            for begin, end in list_visible_spans(shown, today):
                if end is None or late_from < end:
                    yield max(begin, late_from), end


def _count_spans(spans: Iterable[tuple[date, date | None]]) -> _CountOn:
    """A function from a day to the number of spans that it is in."""
    pairs = tuple(spans)
    begins, ends = sorted(begin for begin, _ in pairs), sorted(end for _, end in pairs if end)
    return lambda day: bisect_right(begins, day) - bisect_right(ends, day)


def _build_index_row(content: _ViewContent, today: date) -> SavedViewRow:
    return SavedViewRow(
        title=Link(content.view.name, view_address(content.view)),
        words=content.words,
        number=content.build_text(lambda day: f"{content.count_on(day):,}", today),
        late=content.build_text(lambda day: f"{content.count_late_on(day):,}", today),
    )


def _build_pages(
    dated_site: SiteOnDate, content: _ViewContent, targets: ViewTargets, rows: RowBuilder
) -> Iterator[Page]:
    view, today = content.view, dated_site.today
    page = Page(
        path=view_address(view),
        template="lists/action_table.html",
        title=view.name,
        view=None,
        section=VIEWS_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link("Views", VIEWS_PAGE), Link(view.name)),
    )
    table = ActionTableView(
        title=view.name,
        eyebrow="View",
        description=view.description,
        words=content.words,
        counts=content.build_text(lambda day: _format_counts(content.count_on(day), content.count_late_on(day)), today),
        unread_note=_describe_unread(dated_site),
        columns=build_columns(choose_columns(view, DEFAULT_COLUMNS)),
        has_headings=view.group is not None,
        groups=tuple(_build_groups(content, targets, rows, today)),
        shown=_find_time(content, today, lambda day: content.count_on(day) > 0) or ALWAYS_VISIBLE,
        reach=find_reach(today) if content.depends_on_day else None,
        nothing=_build_empty_state(content, today),
    )
    return paginate_table(page, table)


def _build_groups(content: _ViewContent, targets: ViewTargets, rows: RowBuilder, today: date) -> Iterator[RowGroup]:
    """The groups of a view; one without a heading where it asks for none."""
    grouped: Sequence[tuple[Link, Sequence[Action]]] = [(Link(""), content.actions)] if content.actions else []
    if content.view.group:
        grouped = group_actions(content.actions, content.view.group, targets)
    for number, (heading, actions) in enumerate(grouped, 1):
        entries = tuple(DatedRow(rows.build(action), content.find_shown(action)) for action in actions)
        yield _build_group(f"group-{number}", heading, entries, today, depends_on_day=content.depends_on_day)


def _build_group(
    key: str, heading: Link, entries: tuple[DatedRow, ...], today: date, *, depends_on_day: bool
) -> RowGroup:
    if not depends_on_day:
        return build_plain_group(key, heading, (entry.row for entry in entries))
    count_on = build_visible_counter(entries, today)
    return RowGroup(
        key=key,
        title=heading,
        note=build_dated_text(lambda day: format_count(count_on(day), "action"), today),
        entries=entries,
        shown=find_visibility(lambda day: count_on(day) > 0, today) or ALWAYS_VISIBLE,
        reach=find_reach(today),
    )


def _find_time(content: _ViewContent, today: date, condition: Callable[[date], bool]) -> Visibility | None:
    """When a condition on the number of rows holds; None if it never does."""
    return find_visibility(condition, today, None if content.depends_on_day else ())


def _format_counts(number: int, late: int) -> str:
    if not number:
        return ""
    return f"{format_count(number, 'action')}{f', {late:,} late' if late else ''}."


def _describe_unread(dated_site: SiteOnDate) -> str:
    """A sentence on files that may hold actions of the view; empty where every file was read."""
    number = sum(file.kind == "action" for file in dated_site.site.unreadable)
    return f"{format_count(number, 'file')} could not be read and may belong here." if number else ""


def _build_empty_state(content: _ViewContent, today: date) -> EmptyState | None:
    """What the page says on days on which it shows nothing; None if there is none."""
    empty = _find_time(content, today, lambda day: not content.count_on(day))
    if empty is None:
        return None
    return EmptyState(
        words="No action matches this view.",
        sentence="It lists them as soon as there are any.",
        link=Link("All open actions", OPEN_LIST),
        shown=empty,
        reach=find_reach(today) if content.depends_on_day else None,
    )
