"""Actions that come before or after another, each with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.waiting import awaited, called, held_up
from plansite.model.words import days
from plansite.site.addresses import action_link, plan_link
from plansite.site.page import Link
from plansite.site.parts import Tag, status_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An action before or after another. `plan` is empty for the same plan; `words` stand before its day."""

    title: Link
    plan: Link
    tag: Tag
    words: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedView:
    """What an action waits for, under a heading that says whether it still does; and what waits for it."""

    heading: str
    before: tuple[Joined, ...]
    after: tuple[Joined, ...]


def joined_view(outlook: Outlook, action: Action, waiting: tuple[Action, ...]) -> JoinedView | None:
    """The actions joined to one; `waiting` depend on it. None where it stands alone."""
    before = awaited(outlook.site, action)
    if not before and not waiting:
        return None
    is_blocked = action.is_open and any(other.is_open for other in before)
    return JoinedView(
        heading="Blocked by" if is_blocked else "Depends on",
        before=tuple(_joined(outlook, other, action.plan) for other in before),
        after=tuple(_joined(outlook, other, action.plan) for other in waiting),
    )


def _joined(outlook: Outlook, action: Action, plan: str) -> Joined:
    words, day = _when(action)
    elsewhere = outlook.site.plans_by_slug.get(action.plan) if action.plan != plan else None
    return Joined(
        title=action_link(action),
        plan=plan_link(elsewhere) if elsewhere else Link(""),
        tag=_tag(action, outlook.today),
        words=words,
        day=day,
    )


def _tag(action: Action, today: date) -> Tag:
    """Late where it is; else its status, which a script turns into late on the day after it was due."""
    if action.due and action.is_overdue(today):
        return Tag(f"Overdue by {days((today - action.due).days)}", "late", "late", action.due)
    tag = status_tag(action)
    return Tag(tag.words, tag.role, tag.mark, action.due if action.is_open else None)


def _when(action: Action) -> tuple[str, date | None]:
    if action.is_open:
        return ("Due", action.due) if action.due else ("No due date", None)
    check = action.verification
    finished = action.completed or (check.date if check else None)
    return ("Done", finished) if action.is_finished and finished else ("", None)


def waits_for(outlook: Outlook, action: Action) -> str:
    """What an open action waits for, for its card: what holds it up, else the first, and how many more."""
    others = [other for other in awaited(outlook.site, action) if other.is_open] if action.is_open else []
    if not others:
        return ""
    why = (
        held_up(outlook.site, action, outlook.today).removesuffix(".") or f"Waits for {called(others[0], action.plan)}"
    )
    more = len(others) - 1
    return f"{why}{',' if ',' in why else ''} and {more:,} more" if more else why
