"""The timeline of a plan: its actions month by month, and the same as a chart."""

from __future__ import annotations

from bisect import bisect_left
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_long_date
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.site.charts.timeline_chart import TimelineChart, build_timeline_chart
from plansite.site.charts.timeline_scale import ActionSpan, end_sort_key, find_span, need_sort_key
from plansite.site.components.dated_rows import DatedText, build_dated_text, list_days_after
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import StepCount, Tag, build_entry_tags, count_steps, format_due_or_closed

#: The most actions in the list; a link to the register counts the others.
MAX_ACTIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An action on the timeline. `when` is its due date relative to today, `end` the day on which it ends."""

    ref: str
    title: Link
    owner: Link
    when: str
    end: date | None
    is_late: bool
    span: ActionSpan
    steps: StepCount
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineGroup:
    """The actions that end in one month, the earliest first; or those without an end."""

    key: str
    title: str
    note: DatedText
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """What the timeline shows. `chart` is None if no action has a date; `more` links to what is left out."""

    head: PlanHeader
    groups: tuple[TimelineGroup, ...]
    more: Link
    chart: TimelineChart | None


def build_timeline_page(dated_site: SiteOnDate, plan: Plan) -> Page:
    """A plan's actions in order of time: a list, then a chart."""
    listed = sorted(sorted(plan.actions, key=need_sort_key)[:MAX_ACTIONS], key=end_sort_key)
    omitted = len(plan.actions) - len(listed)
    view = TimelineView(
        head=build_plan_header(dated_site, plan, "timeline"),
        groups=tuple(_group_by_month(dated_site, listed)),
        more=Link(f"{omitted:,} more in the register", plan_address(plan.slug, "register")) if omitted else Link(""),
        chart=build_timeline_chart(dated_site, listed, describe_timeline(plan.actions, dated_site.today)),
    )
    return Page(
        path=plan_address(plan.slug, "timeline"),
        template="plan/timeline.html",
        title=f"Timeline: {plan.title}",
        view=view,
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Timeline")),
    )


def describe_timeline(actions: Sequence[Action], today: date) -> str:
    """The headline of the chart: how many actions end this month, or when the next one ends; how many are late."""
    ends = sorted(end for action in actions if (end := find_span(action).ended))
    late = sum(action.is_overdue(today) for action in actions)
    month = f"{month_name[today.month]} {today.year}"
    ending = sum((end.year, end.month) == (today.year, today.month) for end in ends)
    if ending:
        verb = "ends" if ending == 1 else "end"
        sentence = f"{ending:,} of {format_count(len(actions), 'action')} {verb} in {month}."
    elif not any(action.is_open for action in actions):
        sentence = "Every action has ended."
    else:
        next_end = next((end for end in ends if end > today), None)
        following = f"The next one ends on {format_long_date(next_end)}." if next_end else "No end dates are coming up."
        sentence = f"No action ends in {month}. {following}"
    return f"{sentence} {format_count(late, 'is', 'are')} late." if late else sentence


def _group_by_month(dated_site: SiteOnDate, actions: Iterable[Action]) -> Iterator[TimelineGroup]:
    """A group for each month, from actions that are sorted by their ends."""
    for month, members in groupby(actions, key=_find_end_month):
        group = tuple(members)
        yield TimelineGroup(
            key=f"m-{month}" if month else "no-end",
            title=f"{month_name[int(month[5:])]} {month[:4]}" if month else "No end is given",
            note=_build_note(group, dated_site.today),
            entries=tuple(_build_entry(dated_site, action) for action in group),
        )


def _find_end_month(action: Action) -> str:
    end = find_span(action).ended
    return end.isoformat()[:7] if end else ""


def _build_note(group: Sequence[Action], today: date) -> DatedText:
    """How many actions the group has and how many are late, today and on covered days."""
    due_dates = sorted(action.due for action in group if action.is_open and action.due)

    def describe(day: date) -> str:
        late = bisect_left(due_dates, day)
        return f"{format_count(len(group), 'action')}{f', {late:,} late' if late else ''}"

    return build_dated_text(describe, today, list_days_after(due_dates))


def _build_entry(dated_site: SiteOnDate, action: Action) -> TimelineEntry:
    assessment, span = dated_site.assess_action(action), find_span(action)
    return TimelineEntry(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=format_due_or_closed(action, dated_site.today),
        end=span.ended,
        is_late=assessment.course is Course.OVERDUE,
        span=span,
        steps=count_steps(action),
        tags=build_entry_tags(action, assessment),
    )
