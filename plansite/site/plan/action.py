"""The page of an action."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import find_last_progress
from plansite.history.change import Change
from plansite.mail.update_form import build_action_mail_link
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.links.email_address import find_coordinator
from plansite.model.links.repository import edit_url, history_url
from plansite.model.page_addresses import FRONT_PAGE, action_address
from plansite.site.changes.history import (
    MAX_EVENTS,
    HistoryEvent,
    build_action_history,
    format_due_note,
    format_more_events,
)
from plansite.site.components.body_sections import SectionView, build_other_sections, find_heading
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.finding_notices import FindingNotice, build_finding_notice
from plansite.site.components.page import Link, Page
from plansite.site.components.page_anchors import ACTION_SECTIONS
from plansite.site.components.page_links import link_tags, owner_link, plan_link, profile_link
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.components.verification import (
    RecurringCheckView,
    VerificationView,
    build_recurring_check_view,
    build_verification_view,
    format_repeat,
)
from plansite.site.components.widgets import Tag, build_course_tag, build_status_tag
from plansite.site.evidence.action_evidence import ActionEvidenceView, build_action_evidence
from plansite.site.incidents.action_learning import ActionLearningView, build_action_learning
from plansite.site.oversight.action_oversight import ActionOversight, build_action_oversight
from plansite.site.oversight.words import describe_due_and_extension
from plansite.site.plan.action_summary import (
    NoteSummary,
    describe_late_action,
    find_next_step,
    sort_newest_first,
    summarise_latest_note,
)
from plansite.site.plan.dependencies import DependenciesView, build_dependencies_view
from plansite.site.plan.goals import goal_address
from plansite.site.standards.links import link_standards


@dataclass(frozen=True, slots=True)
class StepView:
    """A step, as HTML."""

    html: str
    done: bool


@dataclass(frozen=True, slots=True)
class ProgressNoteView:
    """A progress note, as HTML; `day` is None if it has no date."""

    html: str
    day: date | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """What the page of an action shows. `history` is the address of the commits, `events` are the changes in words.

    `edit` and `edit_note` are addresses for editing its file, at the place for a new note; `update` opens a mail.

    `steps_more` and `progress_more` are what their sections hold beside the lists. The titles of parts are their
    headings as the file has them, empty where it has none.
    """

    ref: str
    title: str
    plan: Link
    course: Tag
    status: Tag
    sentence: str
    sentence_until: date | None
    edit: str
    edit_note: str
    update: str
    history: str
    owner: Link
    supporters: tuple[Link, ...]
    due: date | None
    due_note: str
    next_step: str
    latest_note: NoteSummary | None
    created: date | None
    started: date | None
    completed: date | None
    priority: str
    goal: Link
    source: str
    resources: str
    repeat: str
    strength: str
    standards: tuple[Link, ...]
    tags: tuple[Link, ...]
    why: str
    steps_title: str
    steps: tuple[StepView, ...]
    steps_done: int
    steps_more: str
    progress_title: str
    progress: tuple[ProgressNoteView, ...]
    progress_more: str
    barriers_title: str
    barriers: str
    outcome_title: str
    outcome: str
    outcome_empty: str
    further: tuple[SectionView, ...]
    evidence: ActionEvidenceView | None
    check: VerificationView | None
    recurring_check: RecurringCheckView | None
    events: tuple[HistoryEvent, ...]
    events_more: str
    last_progress: date | None
    last_progress_until: date | None
    dependencies: DependenciesView | None
    homework: tuple[str, str]
    learning: ActionLearningView | None
    findings: tuple[FindingNotice, ...]
    oversight: ActionOversight


def build_action_page(
    dated_site: SiteOnDate,
    plan: Plan,
    action: Action,
    resolver: LinkResolver,
    findings: tuple[Finding, ...],
    dependents: tuple[Action, ...],
    changes: tuple[Change, ...] = (),
    incidents: tuple[Incident, ...] = (),
) -> Page:
    """The page of an action. `findings` and `changes` are those of its file, `dependents` wait for it.

    `incidents` are those with a finding that it answers.
    """
    return Page(
        path=action_address(action),
        template="plan/action.html",
        title=action.title,
        view=_build_view(dated_site, plan, action, resolver, findings, dependents, changes, incidents),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link(f"Action {action.ref}" if action.ref else action.title)),
    )


# Long because it is one call with a line for each field of the view.
def _build_view(
    dated_site: SiteOnDate,
    plan: Plan,
    action: Action,
    resolver: LinkResolver,
    findings: tuple[Finding, ...],
    dependents: tuple[Action, ...],
    changes: tuple[Change, ...],
    incidents: tuple[Incident, ...],
) -> ActionView:
    events = build_action_history(action, changes)
    site, body, assessment = dated_site.site, action.body, dated_site.assess_action(action)
    resolve, notes = resolver.for_document(action), sort_newest_first(action.body.progress)
    return ActionView(
        ref=action.ref,
        title=action.title,
        plan=plan_link(plan),
        course=build_course_tag(action, assessment),
        status=build_status_tag(action),
        sentence=_describe_state(dated_site, action),
        sentence_until=None if assessment.days_late else assessment.reason_until,
        edit=edit_url(site, action.path),
        edit_note=edit_url(site, action.path, _find_note_line(action.body)),
        update=build_action_mail_link(find_coordinator(site.settings, plan), action),
        history=history_url(site, action.path),
        owner=owner_link(site, action.owner),
        supporters=tuple(profile_link(site, name) for name in action.supporters),
        due=action.due,
        due_note=describe_due_and_extension(format_due_note(action, changes), action, is_short=True),
        next_step=find_next_step(action),
        latest_note=summarise_latest_note(notes),
        created=action.created,
        started=action.started,
        completed=action.completed,
        priority=action.priority.capitalize() if action.priority else "",
        goal=_link_goal(plan, action),
        source=_format_source(action),
        resources=action.resources,
        repeat=format_repeat(action),
        strength=action.strength.capitalize() if action.strength else "",
        standards=link_standards(site, action),
        tags=link_tags(action),
        why=resolve_links(body.intro, resolve),
        steps_title=find_heading(body, "steps"),
        steps=tuple(StepView(resolve_links(step.html, resolve), step.done) for step in body.steps),
        steps_done=body.steps_done,
        steps_more=resolve_links(body.section_html("steps"), resolve),
        progress_title=find_heading(body, "progress"),
        progress=tuple(ProgressNoteView(resolve_links(note.html, resolve), note.date, note.by) for note in notes),
        progress_more=resolve_links(body.section_html("progress"), resolve),
        barriers_title=find_heading(body, "barriers"),
        barriers=resolve_links(body.section_html("barriers"), resolve),
        outcome_title=find_heading(body, "outcome"),
        outcome=resolve_links(body.section_html("outcome"), resolve),
        outcome_empty=_describe_missing_outcome(action),
        further=build_other_sections(body, resolve, ACTION_SECTIONS, title=action.title),
        evidence=build_action_evidence(dated_site, action, resolver),
        check=build_verification_view(dated_site, action),
        recurring_check=build_recurring_check_view(dated_site, action),
        events=events[:MAX_EVENTS],
        events_more=format_more_events(events),
        last_progress=find_last_progress(action, dated_site.today, changes),
        last_progress_until=_find_next_note(action, dated_site.today),
        dependencies=build_dependencies_view(dated_site, action, dependents),
        homework=_format_homework(action),
        learning=build_action_learning(action, incidents),
        findings=tuple(build_finding_notice(dated_site, finding) for finding in findings),
        oversight=build_action_oversight(dated_site, action),
    )


def _find_note_line(body: Body) -> int:
    """The line of the file at which a new note goes: that of the newest note, or of the heading; 0 without either."""
    days = [note.date for note in body.progress if note.date]
    if body.progress:
        return body.progress[0 if len(days) > 1 and days[0] > days[-1] else -1].line
    return next((section.line for section in body.find_sections("progress")), 0)


def _find_next_note(action: Action, today: date) -> date | None:
    """The first later day on which a progress note is dated."""
    return min((note.date for note in action.body.progress if note.date and note.date > today), default=None)


def _describe_state(dated_site: SiteOnDate, action: Action) -> str:
    assessment = dated_site.assess_action(action)
    if assessment.days_late:
        return describe_late_action(action, dated_site.today)
    return assessment.reason


def _link_goal(plan: Plan, action: Action) -> Link:
    goal = plan.find_goal(action.goal)
    if goal is None:
        return Link(action.goal)
    return Link(goal.title, goal_address(plan, goal))


def _format_source(action: Action) -> str:
    if action.source is None:
        return ""
    kind = action.source.kind[:1].upper() + action.source.kind[1:]
    return f"{kind}: {action.source.ref}" if kind and action.source.ref else kind or action.source.ref


def _describe_missing_outcome(action: Action) -> str:
    if action.is_dropped:
        return ""
    if action.is_open:
        return "Not written yet. When this is done, say what changed, and who for."
    return "No outcome is written. Ask the owner what changed, and who for."


def _format_homework(action: Action) -> tuple[str, str]:
    if action.homework is None:
        return ("", "")
    outcome = action.homework.outcome
    return (action.homework.rationale, outcome.capitalize() if outcome else "")
