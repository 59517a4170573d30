"""A plan's timeline: from when to when each action lies, month by month, and the same as a picture."""

from __future__ import annotations

from bisect import bisect_left
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from plansite.model.action import Action
from plansite.model.assessment import Assessment, Course, SiteOnDate
from plansite.model.formatting import format_count, format_due, format_long_date
from plansite.model.plan import Plan
from plansite.site.charts.timeline_chart import TimelineChart, build_timeline_chart
from plansite.site.charts.timeline_scale import ActionSpan, end_sort_key, find_span, need_sort_key
from plansite.site.components.dated_rows import DAYS_AHEAD, DatedText, add_days, build_dated_text
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link, plan_address
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import StepCount, Tag, build_course_tag, build_status_tag, count_steps

#: Above so many actions the list leads to the register for the rest.
MAX_ACTIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An action on the timeline. `when` says how its end lies to today, `end` is the day it speaks of."""

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
    """The actions that end in one month, in the order of their ends; or those without an end."""

    key: str
    title: str
    note: DatedText
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """What the timeline shows. `picture` is None where no action has a date; `more` counts what is left out."""

    head: PlanHeader
    groups: tuple[TimelineGroup, ...]
    more: Link
    picture: TimelineChart | None


def build_timeline_page(dated_site: SiteOnDate, plan: Plan) -> Page:
    """A plan's actions along the months: the list first, then the picture."""
    listed = sorted(sorted(plan.actions, key=need_sort_key)[:MAX_ACTIONS], key=end_sort_key)
    left = len(plan.actions) - len(listed)
    view = TimelineView(
        head=build_plan_header(dated_site, plan, "timeline"),
        groups=tuple(_group_by_month(dated_site, listed)),
        more=Link(f"{left:,} more in the register", plan_address(plan.slug, "register")) if left else Link(""),
        picture=build_timeline_chart(dated_site, listed, describe_timeline(plan.actions, dated_site.today)),
    )
    return Page(
        path=plan_address(plan.slug, "timeline"),
        template="timeline.html",
        title=f"Timeline: {plan.title}",
        view=view,
        section="index.html",
        trail=build_plan_trail(plan, Link("Timeline")),
    )


def describe_timeline(actions: Sequence[Action], today: date) -> str:
    """What the picture shows, in a sentence or two: what ends in the present month, or next; and what is late."""
    ends = sorted(end for action in actions if (end := find_span(action).ended))
    late = sum(action.is_overdue(today) for action in actions)
    month = f"{month_name[today.month]} {today.year}"
    ending = sum((end.year, end.month) == (today.year, today.month) for end in ends)
    if ending:
        verb = "ends" if ending == 1 else "end"
        said = f"{ending:,} of {format_count(len(actions), 'action')} {verb} in {month}."
    elif not any(action.is_open for action in actions):
        said = "Every action has ended."
    else:
        coming = next((end for end in ends if end > today), None)
        then = f"The next one ends on {format_long_date(coming)}." if coming else "No end lies ahead."
        said = f"No action ends in {month}. {then}"
    return f"{said} {format_count(late, 'is', 'are')} late." if late else said


def _group_by_month(dated_site: SiteOnDate, actions: Iterable[Action]) -> Iterator[TimelineGroup]:
    """One group a month, from actions in the order of their ends."""
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
    """How many end in this month, and how many of them are late: today and later."""
    dues = sorted(action.due for action in group if action.is_open and action.due)

    def words(day: date) -> str:
        late = bisect_left(dues, day)
        return f"{format_count(len(group), 'action')}{f', {late:,} late' if late else ''}"

    is_still = bisect_left(dues, today) == bisect_left(dues, add_days(today, DAYS_AHEAD))
    return DatedText(words(today)) if is_still else build_dated_text(words, today)


def _build_entry(dated_site: SiteOnDate, action: Action) -> TimelineEntry:
    standing, span = dated_site.assess_action(action), find_span(action)
    return TimelineEntry(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=_format_when(action, dated_site.today),
        end=span.ended,
        is_late=standing.course is Course.OVERDUE,
        span=span,
        steps=count_steps(action),
        tags=_build_tags(action, standing),
    )


def _format_when(action: Action, today: date) -> str:
    if not action.is_open:
        return "Closed"
    return format_due(action.due, today) if action.due else "No date"


def _build_tags(action: Action, standing: Assessment) -> tuple[Tag, ...]:
    """Status and course, but for what `when` says already: that it is overdue."""
    status, course = build_status_tag(action), build_course_tag(action, standing)
    is_said = standing.course is Course.OVERDUE or status.words == course.words
    return (status,) if is_said else (status, course)
