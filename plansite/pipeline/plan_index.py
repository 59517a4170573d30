"""What the rest of a site needs to know of a plan, and the plan as lists need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plansite.content.plans import ParsedPlan, refilter
from plansite.model.action import Action
from plansite.model.audience.filter import AudienceFilter
from plansite.model.body import ActionStep, Body, ProgressNote
from plansite.model.cross_plan_index import ActionRef
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.model.site import Document, UnreadableFile, list_responsible_names
from plansite.site.components.content_links import page_address
from plansite.site.components.page_links import plan_address, unreadable_file_address

_NO_BODY = Body()
_DONE, _TO_DO = ActionStep(text="", html="", done=True, line=0), ActionStep(text="", html="", done=False, line=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndex:
    """What others may ask about a plan, without the plan itself.

    `actions` give the slug, number and file of each action; `waiting` are those that depend on others, without a
    body. `named` are all who are named in it, `pages` the address of each of its files, `unread` the kind, plan and
    slug of each that could not be read.
    """

    slug: str
    actions: tuple[tuple[str, str, str], ...]
    dependent_actions: tuple[Action, ...]
    named: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    unreadable: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A plan as lists across plans need it: everything but the HTML and the words of its bodies."""

    plan: Plan
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()


def filter_plan(volume: ParsedPlan, sight: AudienceFilter) -> ParsedPlan | None:
    """A plan as an audience sees it; unreadable files and findings are for internal readers alone."""
    plan = sight.filter_plan(volume.plan)
    if plan is None or sight.shows_all:
        return volume if plan else None
    left = refilter(plan, volume)
    return ParsedPlan(plan=left) if left else None


def index_plan(volume: ParsedPlan) -> PlanIndex:
    """The outline of a plan as an audience sees it."""
    plan = volume.plan
    return PlanIndex(
        slug=plan.slug,
        actions=tuple((action.slug, action.ref, action.path) for action in plan.actions),
        dependent_actions=tuple(replace(each, body=_NO_BODY, evidence=()) for each in plan.actions if each.depends_on),
        named=tuple(dict.fromkeys(list_responsible_names(plan))),
        pages=tuple(_pages(volume)),
        unreadable=tuple((each.kind, each.plan, each.slug) for each in volume.unreadable),
    )


def action_names(outline: PlanIndex) -> Iterator[tuple[ActionRef, str]]:
    """What each action of a plan may be called, slugs before numbers, with its slug."""
    for slug, _, _ in outline.actions:
        yield (outline.slug, slug), slug
    for slug, ref, _ in outline.actions:
        if ref:
            yield (outline.slug, ref), slug


def summarise_plan(volume: ParsedPlan) -> PlanSummary:
    """The plan as lists need it."""
    plan = volume.plan
    bare = replace(
        plan,
        body=_NO_BODY,
        actions=tuple(_summarise_action(action) for action in plan.actions),
        reviews=tuple(replace(each, body=_NO_BODY) for each in plan.reviews),
        incidents=tuple(replace(each, body=_NO_BODY) for each in plan.incidents),
        measures=tuple(replace(each, body=_NO_BODY) for each in plan.measures),
    )
    return PlanSummary(plan=bare, unreadable=volume.unreadable, findings=volume.findings)


def _summarise_action(action: Action) -> Action:
    body = action.body
    steps = tuple(_DONE if step.done else _TO_DO for step in body.steps)
    return replace(
        action, lines=(), body=Body(steps=steps, progress=tuple(_without_html(note) for note in body.progress))
    )


def _without_html(note: ProgressNote) -> ProgressNote:
    return replace(note, html="")


def _pages(volume: ParsedPlan) -> Iterator[tuple[str, str]]:
    plan = volume.plan
    for unread in volume.unreadable:
        yield unread.path, unreadable_file_address(unread)
    if plan.lines:
        yield plan.path, plan_address(plan.slug)
    documents: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
    for document in documents:
        yield document.path, page_address(document)
