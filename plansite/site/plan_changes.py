"""What changed in a plan: the last week and month, what was re-planned often, and what has fallen silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from plansite.history.change import Change, Did
from plansite.history.moves import due_moves, explained, last_progress
from plansite.history.words import sentence
from plansite.model.action import Action
from plansite.model.course import Outlook, is_silent
from plansite.model.plan import Plan
from plansite.model.words import count, days
from plansite.site.addresses import action_link, plan_page
from plansite.site.burn_up import BurnUp, burn_up_of
from plansite.site.page import Link, Page
from plansite.site.past import Past
from plansite.site.plan_head import PlanHead, plan_head, plan_trail
from plansite.site.story import Told

#: A due date moved so often is worth a talk.
OFTEN = 3
_WEEK, _MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with what happened to it, newest first."""

    title: Link
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """What happened in a span of days, document by document."""

    key: str
    title: str
    note: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """An action with what is to be said of it."""

    title: Link
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """What the page shows. `hidden` says why git tells nothing, where it does not."""

    head: PlanHead
    hidden: str
    lede: str
    spans: tuple[Span, ...]
    moved: tuple[Noted, ...]
    silent: tuple[Noted, ...]
    burn_up: BurnUp | None


def changes_page(outlook: Outlook, plan: Plan, past: Past) -> Page:
    """The page of what changed in a plan."""
    return Page(
        path=plan_page(plan.slug, "changes"),
        template="changes.html",
        title=f"Changes: {plan.title}",
        view=_view(outlook, plan, past),
        section="index.html",
        trail=plan_trail(plan, Link("Changes")),
    )


def _view(outlook: Outlook, plan: Plan, past: Past) -> ChangesView:
    spans = tuple(spans_of(past, {action.path: action for action in plan.actions}, outlook.today))
    return ChangesView(
        head=plan_head(outlook, plan, "changes"),
        hidden=past.hidden,
        lede=_lede(spans),
        spans=spans,
        moved=tuple(_moved(plan, past, outlook.today)),
        silent=tuple(_silent(outlook, plan, past)),
        burn_up=burn_up_of(plan, past, outlook.today),
    )


def _lede(spans: Sequence[Span]) -> str:
    number = sum(len(span.subjects) for span in spans)
    return f"{count(number, 'document')} changed in the last {_MONTH} days." if number else ""


def spans_of(past: Past, actions: dict[str, Action], today: date) -> Iterator[Span]:
    """The last week, and the rest of the last month; a span without news is left out."""
    for key, title, first, last in (
        ("week", f"In the last {_WEEK} days", _WEEK - 1, 0),
        ("month", f"In the {_MONTH - _WEEK} days before", _MONTH - 1, _WEEK),
    ):
        found = past.since(today - timedelta(days=first), today - timedelta(days=last))
        subjects = tuple(subjects_of(found, actions))
        if subjects:
            yield Span(key, title, count(sum(len(each.told) for each in subjects), "change"), subjects)


def subjects_of(changes: Iterable[Change], actions: dict[str, Action]) -> Iterator[Subject]:
    """Changes under the document they are about, in the order of files."""
    by_file = sorted((each for each in changes if each.is_news), key=lambda change: change.path)
    for path, group in groupby(by_file, key=lambda change: change.path):
        own, action = list(group), actions.get(path)
        told = tuple(
            Told(sentence(explained(each, action) if action else each), each.when, each.pull_request) for each in own
        )
        yield Subject(action_link(action) if action else Link(_name(own[0])), told)


def _name(change: Change) -> str:
    """What a document that is no action, or is gone, is called."""
    values = dict(change.values)
    title = values.get("title") or (change.before if change.did is Did.REMOVED else "")
    return str(title) or f"{change.document.capitalize()} “{change.slug}”"


def _moved(plan: Plan, past: Past, today: date) -> Iterator[Noted]:
    """Open actions whose due date was moved often, the most often first."""
    counted = [(len(due_moves(action, past.of(action.path, today))), action) for action in plan.open_actions]
    for number, action in sorted(counted, key=lambda each: (-each[0], each[1].slug)):
        if number >= OFTEN:
            first = due_moves(action, past.of(action.path, today))[0].before
            slip = (action.due - first).days if action.due else 0
            yield Noted(
                action_link(action), f"Moved {number} times, {days(abs(slip))} {'later' if slip >= 0 else 'earlier'}."
            )


def _silent(outlook: Outlook, plan: Plan, past: Past) -> Iterator[Noted]:
    """Open actions without progress for longer than the plan's review interval."""
    for action in plan.open_actions:
        if is_silent(action, plan, outlook.today):
            last = last_progress(action, outlook.today, past.of(action.path, outlook.today))
            said = (
                f"No progress for {days((outlook.today - last).days)}." if last else "No progress has been noted yet."
            )
            yield Noted(action_link(action), said)
