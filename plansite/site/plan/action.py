"""An action's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.history.action_dates import find_last_progress
from plansite.history.change import Change
from plansite.markdown.html import resolve_links
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, describe_reopening
from plansite.model.body import ProgressNote
from plansite.model.findings import Finding
from plansite.model.formatting import format_count
from plansite.model.plan import Plan
from plansite.model.status import Status
from plansite.site.changes.history import (
    MAX_EVENTS,
    HistoryEvent,
    build_action_history,
    format_due_note,
    format_more_events,
)
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import (
    action_address,
    edit_url,
    owner_link,
    plan_address,
    plan_link,
    profile_link,
)
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.components.verification import (
    RecurringCheckView,
    VerificationView,
    build_recurring_check_view,
    build_verification_view,
    format_repeat,
)
from plansite.site.components.widgets import (
    FindingNotice,
    Tag,
    build_course_tag,
    build_finding_notice,
    build_status_tag,
)
from plansite.site.plan.dependencies import DependenciesView, build_dependencies_view


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its HTML."""

    html: str
    done: bool


@dataclass(frozen=True, slots=True)
class ProgressNoteView:
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
    progress: tuple[ProgressNoteView, ...]
    progress_more: str
    barriers: str
    outcome: str
    outcome_empty: str
    further: tuple[SectionView, ...]
    evidence: tuple[EvidenceLink, ...]
    check: VerificationView | None
    again: RecurringCheckView | None
    story: tuple[HistoryEvent, ...]
    story_more: str
    last_progress: date | None
    joined: DependenciesView | None
    homework: tuple[str, str]
    faults: tuple[FindingNotice, ...]


_OWN_SECTIONS = ("steps", "progress", "barriers", "outcome")


def build_action_page(
    dated_site: SiteOnDate,
    plan: Plan,
    action: Action,
    resolver: LinkResolver,
    findings: tuple[Finding, ...],
    dependents: tuple[Action, ...],
    changes: tuple[Change, ...] = (),
) -> Page:
    """An action's page; `found` are its findings, `waiting` the actions that depend on it, `changes` its past."""
    return Page(
        path=action_address(action),
        template="action.html",
        title=action.title,
        view=_build_view(dated_site, plan, action, resolver, findings, dependents, changes),
        section="index.html",
        trail=build_plan_trail(plan, Link(f"Action {action.ref}" if action.ref else action.title)),
    )


def _build_view(
    dated_site: SiteOnDate,
    plan: Plan,
    action: Action,
    resolver: LinkResolver,
    findings: tuple[Finding, ...],
    dependents: tuple[Action, ...],
    changes: tuple[Change, ...],
) -> ActionView:
    story = build_action_history(action, changes)
    site, body, standing = dated_site.site, action.body, dated_site.assess_action(action)
    address = resolver.for_document(action)
    return ActionView(
        ref=action.ref,
        title=action.title,
        plan=plan_link(plan),
        course=build_course_tag(action, standing),
        status=build_status_tag(action),
        sentence=_describe_state(dated_site, action),
        edit=edit_url(site, action.path),
        history=edit_url(site, action.path, "commits"),
        contact=site.settings.contact,
        owner=owner_link(site, action.owner),
        supporters=tuple(profile_link(site, name) for name in action.supporters),
        due=action.due,
        due_note=format_due_note(action, changes),
        created=action.created,
        started=action.started,
        completed=action.completed,
        priority=action.priority.capitalize() if action.priority else "",
        goal=_link_goal(plan, action),
        source=_format_source(action),
        resources=action.resources,
        repeat=format_repeat(action),
        strength=action.strength.capitalize() if action.strength else "",
        tags=action.tags,
        why=resolve_links(body.intro, address),
        steps=tuple(StepView(resolve_links(step.html, address), step.done) for step in body.steps),
        steps_done=body.steps_done,
        steps_more=resolve_links(body.section_html("steps"), address),
        progress=tuple(
            ProgressNoteView(resolve_links(n.html, address), n.date, n.by) for n in _sort_newest_first(action)
        ),
        progress_more=resolve_links(body.section_html("progress"), address),
        barriers=resolve_links(body.section_html("barriers"), address),
        outcome=resolve_links(body.section_html("outcome"), address),
        outcome_empty=_describe_missing_outcome(action),
        further=tuple(
            SectionView(f"part-{number}", part.title, resolve_links(part.html, address))
            for number, part in enumerate(body.other_sections(*_OWN_SECTIONS), 1)
        ),
        evidence=build_evidence_links(action.evidence, action.path, resolver),
        check=build_verification_view(dated_site, action),
        again=build_recurring_check_view(dated_site, action),
        story=story[:MAX_EVENTS],
        story_more=format_more_events(story),
        last_progress=find_last_progress(action, dated_site.today, changes),
        joined=build_dependencies_view(dated_site, action, dependents),
        homework=_format_homework(action),
        faults=tuple(build_finding_notice(dated_site, finding) for finding in findings),
    )


def _describe_state(dated_site: SiteOnDate, action: Action) -> str:
    standing = dated_site.assess_action(action)
    if standing.days_late:
        left = len(action.body.steps) - action.body.steps_done
        steps = f"{left} of {format_count(len(action.body.steps), 'step')} left." if left else ""
        return f"{describe_reopening(action, dated_site.today)} {steps}".strip()
    return standing.reason


def _link_goal(plan: Plan, action: Action) -> Link:
    goal = plan.find_goal(action.goal)
    if goal is None:
        return Link(action.goal)
    return Link(goal.title, f"{plan_address(plan.slug, 'goals')}#goal-{plan.goals.index(goal) + 1}")


def _format_source(action: Action) -> str:
    if action.source is None:
        return ""
    kind = action.source.kind[:1].upper() + action.source.kind[1:]
    return f"{kind}: {action.source.ref}" if kind and action.source.ref else kind or action.source.ref


def _sort_newest_first(action: Action) -> list[ProgressNote]:
    return sorted(action.body.progress, key=lambda note: (note.date or date.min, note.line), reverse=True)


def _describe_missing_outcome(action: Action) -> str:
    if action.status is Status.CANCELLED:
        return ""
    if action.is_open:
        return "Not written yet. When this is done, say what changed, and for whom."
    return "No outcome is written. Ask the owner what changed, and for whom."


def _format_homework(action: Action) -> tuple[str, str]:
    if action.homework is None:
        return ("", "")
    outcome = action.homework.outcome
    return (action.homework.rationale, outcome.capitalize() if outcome else "")
