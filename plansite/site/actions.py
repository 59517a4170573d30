"""An action's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.history.moves import last_progress
from plansite.markdown.html import resolve
from plansite.model.action import Action
from plansite.model.course import Outlook, reopened
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.model.prose import ProgressNote
from plansite.model.status import Status
from plansite.model.words import count
from plansite.site.addresses import action_page, edit_url, owner_link, party_link, plan_link, plan_page
from plansite.site.evidence import EvidenceView, evidence_of
from plansite.site.follow_up import AgainView, CheckView, again_view, check_view, repeat_words
from plansite.site.joined import JoinedView, joined_view
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.parts import Fault, Tag, course_tag, fault, status_tag
from plansite.site.plan_head import plan_trail
from plansite.site.story import MOST, Told, due_note, more_words, story_of


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its HTML."""

    html: str
    done: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A progress note with its HTML; `day` is None where none is given."""

    html: str
    day: date | None
    by: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A further part of the body under its own heading."""

    key: str
    title: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """What an action's page shows."""

    ref: str
    title: str
    plan: Link
    course: Tag
    status: Tag
    sentence: str
    edit: str
    history: str
    contact: str
    owner: Link
    supporters: tuple[Link, ...]
    due: date | None
    due_note: str
    created: date | None
    started: date | None
    completed: date | None
    priority: str
    goal: Link
    source: str
    resources: str
    repeat: str
    strength: str
    tags: tuple[str, ...]
    why: str
    steps: tuple[StepView, ...]
    steps_done: int
    steps_more: str
    progress: tuple[NoteView, ...]
    progress_more: str
    barriers: str
    outcome: str
    outcome_empty: str
    further: tuple[SectionView, ...]
    evidence: tuple[EvidenceView, ...]
    check: CheckView | None
    again: AgainView | None
    story: tuple[Told, ...]
    story_more: str
    last_progress: date | None
    joined: JoinedView | None
    homework: tuple[str, str]
    faults: tuple[Fault, ...]


_OWN = ("steps", "progress", "barriers", "outcome")


def action_page_of(
    outlook: Outlook,
    plan: Plan,
    action: Action,
    addresses: Addresses,
    found: tuple[Finding, ...],
    waiting: tuple[Action, ...],
    changes: tuple[Change, ...] = (),
) -> Page:
    """An action's page; `found` are its findings, `waiting` the actions that depend on it, `changes` its past."""
    return Page(
        path=action_page(action),
        template="action.html",
        title=action.title,
        view=_view(outlook, plan, action, addresses, found, waiting, changes),
        section="index.html",
        trail=plan_trail(plan, Link(f"Action {action.ref}" if action.ref else action.title)),
    )


def _view(
    outlook: Outlook,
    plan: Plan,
    action: Action,
    addresses: Addresses,
    found: tuple[Finding, ...],
    waiting: tuple[Action, ...],
    changes: tuple[Change, ...],
) -> ActionView:
    story = story_of(action, changes)
    site, body, standing = outlook.site, action.body, outlook.standing(action)
    address = addresses.of(action)
    return ActionView(
        ref=action.ref,
        title=action.title,
        plan=plan_link(plan),
        course=course_tag(action, standing),
        status=status_tag(action),
        sentence=_sentence(outlook, action),
        edit=edit_url(site, action.path),
        history=edit_url(site, action.path, "commits"),
        contact=site.settings.contact,
        owner=owner_link(site, action.owner),
        supporters=tuple(party_link(site, name) for name in action.supporters),
        due=action.due,
        due_note=due_note(action, changes),
        created=action.created,
        started=action.started,
        completed=action.completed,
        priority=action.priority.capitalize() if action.priority else "",
        goal=_goal(plan, action),
        source=_source(action),
        resources=action.resources,
        repeat=repeat_words(action),
        strength=action.strength.capitalize() if action.strength else "",
        tags=action.tags,
        why=resolve(body.intro, address),
        steps=tuple(StepView(resolve(step.html, address), step.done) for step in body.steps),
        steps_done=body.steps_done,
        steps_more=resolve(body.section("steps"), address),
        progress=tuple(NoteView(resolve(n.html, address), n.date, n.by) for n in _newest_first(action)),
        progress_more=resolve(body.section("progress"), address),
        barriers=resolve(body.section("barriers"), address),
        outcome=resolve(body.section("outcome"), address),
        outcome_empty=_outcome_empty(action),
        further=tuple(
            SectionView(f"part-{number}", part.title, resolve(part.html, address))
            for number, part in enumerate(body.further(*_OWN), 1)
        ),
        evidence=evidence_of(action.evidence, action.path, addresses),
        check=check_view(outlook, action),
        again=again_view(outlook, action),
        story=story[:MOST],
        story_more=more_words(story),
        last_progress=last_progress(action, outlook.today, changes),
        joined=joined_view(outlook, action, waiting),
        homework=_homework(action),
        faults=tuple(fault(outlook, finding) for finding in found),
    )


def _sentence(outlook: Outlook, action: Action) -> str:
    standing = outlook.standing(action)
    if standing.days_late:
        left = len(action.body.steps) - action.body.steps_done
        steps = f"{left} of {count(len(action.body.steps), 'step')} left." if left else ""
        return f"{reopened(action, outlook.today)} {steps}".strip()
    return standing.reason


def _goal(plan: Plan, action: Action) -> Link:
    goal = plan.goal(action.goal)
    if goal is None:
        return Link(action.goal)
    return Link(goal.title, f"{plan_page(plan.slug, 'goals')}#goal-{plan.goals.index(goal) + 1}")


def _source(action: Action) -> str:
    if action.source is None:
        return ""
    kind = action.source.kind[:1].upper() + action.source.kind[1:]
    return f"{kind}: {action.source.ref}" if kind and action.source.ref else kind or action.source.ref


def _newest_first(action: Action) -> list[ProgressNote]:
    return sorted(action.body.progress, key=lambda note: (note.date or date.min, note.line), reverse=True)


def _outcome_empty(action: Action) -> str:
    if action.status is Status.CANCELLED:
        return ""
    if action.is_open:
        return "Not written yet. When this is done, say what changed, and for whom."
    return "No outcome is written. Ask the owner what changed, and for whom."


def _homework(action: Action) -> tuple[str, str]:
    if action.homework is None:
        return ("", "")
    outcome = action.homework.outcome
    return (action.homework.rationale, outcome.capitalize() if outcome else "")
