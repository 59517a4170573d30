"""The whole plan as a document for paper: each action with its steps, its last note, and room to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.decisions import iterate_pending_escalations
from plansite.model.dependencies import find_dependencies, list_obstacle_dates
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.evidence.matching import describe_received
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.model.review_dates import held_reviews
from plansite.model.slugs import title_from_slug
from plansite.model.status import Status
from plansite.site.attainment.goal_standing import describe_standing
from plansite.site.changes.history import PlanHistory, format_due_note
from plansite.site.components.body_sections import SectionView, build_other_sections, render_elsewhere
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import list_days_after
from plansite.site.components.interim import InterimView, build_action_interim
from plansite.site.components.notice_clocks import NoticeView, build_notice_views
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag, build_course_tag, build_status_tag
from plansite.site.oversight.words import (
    describe_due_and_extension,
    describe_pending_escalation,
    describe_requirement,
    describe_response,
)
from plansite.site.paper.pack_rows import describe_waits_for
from plansite.site.plan.action import ProgressNoteView, StepView
from plansite.site.plan.action_summary import describe_late_action


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAction:
    """An action on paper. `steps_more` is what its steps hold beside the list, `note` its newest progress note.

    From `sentence_until` on the sentence is another. `asked` says how strongly it is asked for; `escalations` are those
    without a decision.
    """

    ref: str
    title: Link
    status: Tag
    course: Tag
    sentence: str
    sentence_until: date | None
    owner: Link
    supporters: tuple[Link, ...]
    due: date | None
    due_note: str
    completed: date | None
    evidence: str
    steps: tuple[StepView, ...]
    steps_more: str
    note: ProgressNoteView | None
    is_open: bool
    asked: str
    interim: InterimView | None
    response: str
    escalations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPlanView:
    """What the page shows: the facts of the plan, its goals, and its open and closed actions by number.

    Each goal is a title and how far it was reached, which is empty if it has no level.

    `unreadable` are the names of files of the plan that could not be read.
    """

    head: PlanHeader
    board: str
    owner: Link
    sponsor: Link
    agencies: tuple[Link, ...]
    start: date | None
    end: date | None
    last_review: date | None
    purpose: str
    goals: tuple[tuple[str, str], ...]
    open: tuple[PrintedAction, ...]
    closed: tuple[PrintedAction, ...]
    notices: tuple[NoticeView, ...]
    unreadable: tuple[str, ...]
    further: tuple[SectionView, ...]


def build_printed_plan_page(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory) -> Page:
    """The plan for paper. It is a page of its own, so that the board need not carry all steps and notes."""
    return Page(
        path=plan_address(plan.slug, "print"),
        template="paper/plan.html",
        title=f"To print: {plan.title}",
        view=_build_view(dated_site, plan, resolver, history),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("To print")),
        running_head=plan.title,
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory) -> PrintedPlanView:
    site, resolve = dated_site.site, resolver.for_document(plan, plan_address(plan.slug, "print"))
    actions = [
        _build_action(dated_site, action, resolver, history.changes_to_file(action.path, dated_site.today))
        for action in plan.actions
    ]
    return PrintedPlanView(
        head=build_plan_header(dated_site, plan, "print"),
        board=plan_address(plan.slug),
        owner=profile_link(site, plan.owner),
        sponsor=profile_link(site, plan.sponsor),
        agencies=tuple(profile_link(site, name) for name in plan.agencies),
        start=plan.start,
        end=plan.end,
        last_review=max((review.date for review in held_reviews(plan) if review.date), default=None),
        purpose=resolve_links(plan.body.intro, resolve),
        goals=tuple((goal.title, describe_standing(goal)) for goal in plan.goals),
        open=tuple(action for action in actions if action.is_open),
        closed=tuple(action for action in actions if not action.is_open),
        notices=build_notice_views(dated_site, plan),
        unreadable=list_unreadable_names(dated_site, plan),
        further=build_other_sections(plan.body, resolve, title=plan.title),
    )


def list_unreadable_names(dated_site: SiteOnDate, plan: Plan) -> tuple[str, ...]:
    """The names of the files of a plan that could not be read; none for readers who are not told of them."""
    return tuple(
        title_from_slug(file.slug)
        for file in dated_site.site.unreadable
        if plan.slug == (file.plan or (file.slug if file.kind == "plan" else ""))
    )


def _build_action(
    dated_site: SiteOnDate, action: Action, resolver: LinkResolver, changes: Sequence[Change]
) -> PrintedAction:
    site, body, assessment = dated_site.site, action.body, dated_site.assess_action(action)
    resolve = resolver.for_document(action, plan_address(action.plan, "print"))
    return PrintedAction(
        ref=action.ref,
        title=action_link(action),
        status=build_status_tag(action),
        course=build_course_tag(action, assessment),
        sentence=_describe_state(dated_site, action),
        sentence_until=_find_next_state(dated_site, action),
        owner=owner_link(site, action.owner),
        supporters=tuple(profile_link(site, name) for name in action.supporters),
        due=action.due,
        due_note=describe_due_and_extension(format_due_note(action, changes), action),
        completed=None if action.is_dropped else action.completed,
        evidence=describe_received(action, is_partial=not site.is_unfiltered),
        steps=tuple(StepView(render_elsewhere(step.html, resolve), step.done) for step in body.steps),
        steps_more=render_elsewhere(body.section_html("steps"), resolve),
        note=_build_note(action, resolve),
        is_open=action.is_open,
        asked=describe_requirement(action),
        interim=build_action_interim(dated_site, action) if action.is_open else None,
        response="" if action.is_declined else describe_response(action.response),
        escalations=tuple(map(describe_pending_escalation, iterate_pending_escalations(action))),
    )


def _build_note(action: Action, resolve: Callable[[str], str]) -> ProgressNoteView | None:
    """The newest dated note; if none has a date, the last one in the file."""
    note = action.body.latest_note or next(reversed(action.body.progress), None)
    return ProgressNoteView(render_elsewhere(note.html, resolve), note.date, note.by) if note else None


def _describe_state(dated_site: SiteOnDate, action: Action) -> str:
    """The reason for its course, or what a blocked action waits for. Its tags say that it is blocked, or how late."""
    assessment = dated_site.assess_action(action)
    if assessment.days_late:
        return describe_late_action(action, dated_site.today)
    others = [other for other in find_dependencies(dated_site.site, action) if other.is_open]
    if action.status is not Status.BLOCKED or not others:
        return assessment.reason
    waits = describe_waits_for(others, action.plan, dated_site.today)
    return f"{assessment.reason} {waits}".removeprefix("Blocked. ")


def _find_next_state(dated_site: SiteOnDate, action: Action) -> date | None:
    """The first later day on which that sentence is another; None where it stays."""
    assessment = dated_site.assess_action(action)
    if assessment.days_late:
        return None
    days = list_days_after(list_obstacle_dates(dated_site.site, action)) if action.status is Status.BLOCKED else ()
    later = (day for day in (assessment.reason_until, *days) if day and day > dated_site.today)
    return min(later, default=None)
