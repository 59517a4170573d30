"""A plan's timeline: from when to when each action lies, month by month, and the same as a picture."""

from __future__ import annotations

from bisect import bisect_left
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from plansite.model.action import Action
from plansite.model.course import Course, Outlook, Standing, is_overdue
from plansite.model.plan import Plan
from plansite.model.words import count, due_in_words, long_date
from plansite.site.addresses import action_link, owner_link, plan_page
from plansite.site.bands import AHEAD, Changing, changing, shifted
from plansite.site.page import Link, Page
from plansite.site.parts import Steps, Tag, course_tag, status_tag, steps
from plansite.site.plan_head import PlanHead, plan_head, plan_trail
from plansite.site.timeline_bars import Picture, picture_of
from plansite.site.timeline_spans import Span, by_end, by_need, span_of

#: Above so many actions the list leads to the register for the rest.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An action on the timeline. `when` says how its end lies to today, `end` is the day it speaks of."""

    ref: str
    title: Link
    owner: Link
    when: str
    end: date | None
    is_late: bool
    span: Span
    steps: Steps
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The actions that end in one month, in the order of their ends; or those without an end."""

    key: str
    title: str
    note: Changing
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """What the timeline shows. `picture` is None where no action has a date; `more` counts what is left out."""

    head: PlanHead
    groups: tuple[Group, ...]
    more: Link
    picture: Picture | None


def timeline_page(outlook: Outlook, plan: Plan) -> Page:
    """A plan's actions along the months: the list first, then the picture."""
    listed = sorted(sorted(plan.actions, key=by_need)[:MOST], key=by_end)
    left = len(plan.actions) - len(listed)
    view = TimelineView(
        head=plan_head(outlook, plan, "timeline"),
        groups=tuple(_groups(outlook, listed)),
        more=Link(f"{left:,} more in the register", plan_page(plan.slug, "register")) if left else Link(""),
        picture=picture_of(outlook, listed, headline(plan.actions, outlook.today)),
    )
    return Page(
        path=plan_page(plan.slug, "timeline"),
        template="timeline.html",
        title=f"Timeline: {plan.title}",
        view=view,
        section="index.html",
        trail=plan_trail(plan, Link("Timeline")),
    )


def headline(actions: Sequence[Action], today: date) -> str:
    """What the picture shows, in a sentence or two: what ends in the present month, or next; and what is late."""
    ends = sorted(end for action in actions if (end := span_of(action).ended))
    late = sum(is_overdue(action, today) for action in actions)
    month = f"{month_name[today.month]} {today.year}"
    ending = sum((end.year, end.month) == (today.year, today.month) for end in ends)
    if ending:
        verb = "ends" if ending == 1 else "end"
        said = f"{ending:,} of {count(len(actions), 'action')} {verb} in {month}."
    elif not any(action.is_open for action in actions):
        said = "Every action has ended."
    else:
        coming = next((end for end in ends if end > today), None)
        then = f"The next one ends on {long_date(coming)}." if coming else "No end lies ahead."
        said = f"No action ends in {month}. {then}"
    return f"{said} {count(late, 'is', 'are')} late." if late else said


def _groups(outlook: Outlook, actions: Iterable[Action]) -> Iterator[Group]:
    """One group a month, from actions in the order of their ends."""
    for month, members in groupby(actions, key=_month):
        group = tuple(members)
        yield Group(
            key=f"m-{month}" if month else "no-end",
            title=f"{month_name[int(month[5:])]} {month[:4]}" if month else "No end is given",
            note=_note(group, outlook.today),
            entries=tuple(_entry(outlook, action) for action in group),
        )


def _month(action: Action) -> str:
    end = span_of(action).ended
    return end.isoformat()[:7] if end else ""


def _note(group: Sequence[Action], today: date) -> Changing:
    """How many end in this month, and how many of them are late: today and later."""
    dues = sorted(action.due for action in group if action.is_open and action.due)

    def words(day: date) -> str:
        late = bisect_left(dues, day)
        return f"{count(len(group), 'action')}{f', {late:,} late' if late else ''}"

    is_still = bisect_left(dues, today) == bisect_left(dues, shifted(today, AHEAD))
    return Changing(words(today)) if is_still else changing(words, today)


def _entry(outlook: Outlook, action: Action) -> Entry:
    standing, span = outlook.standing(action), span_of(action)
    return Entry(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(outlook.site, action.owner),
        when=_when(action, outlook.today),
        end=span.ended,
        is_late=standing.course is Course.OVERDUE,
        span=span,
        steps=steps(action),
        tags=_tags(action, standing),
    )


def _when(action: Action, today: date) -> str:
    if not action.is_open:
        return "Closed"
    return due_in_words(action.due, today) if action.due else "No date"


def _tags(action: Action, standing: Standing) -> tuple[Tag, ...]:
    """Status and course, but for what `when` says already: that it is overdue."""
    status, course = status_tag(action), course_tag(action, standing)
    is_said = standing.course is Course.OVERDUE or status.words == course.words
    return (status,) if is_said else (status, course)
