"""Two short forms of a plan: its index, which other plans look up, and its summary, which site-wide pages show."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from plansite.content.plans import ParsedPlan, refilter
from plansite.deferred_dataclass import dataclass
from plansite.model.audience.filter import AudienceFilter
from plansite.model.body import ActionStep, Body, DoubtfulText, DoubtKind, ProgressNote
from plansite.model.cross_plan_index import ActionRef, AddressHolder, list_address_holders, list_unreadable_addresses
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.links.anchors import Anchors
from plansite.model.page_addresses import list_optional_pages, page_address, unreadable_file_address
from plansite.model.site import (
    UnreadableFile,
    list_plan_documents,
    list_responsible_names,
)
from plansite.pipeline.linked_files.document_links import DocumentLinks, list_plan_links
from plansite.site.components.page_anchors import list_page_anchors

_NO_BODY = Body()
_DONE, _TO_DO = ActionStep(text="", html=(), done=True, line=0), ActionStep(text="", html=(), done=False, line=0)
_UNREAD_STEPS = (DoubtfulText(DoubtKind.NO_STEP, "", 0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndex:
    """What the index of the site holds of a plan.

    `actions` are the slug, number and file of each action; `dependent_actions` are those that depend on others,
    without a body. `named` are all people and agencies that the plan names, `pages` are pairs of a file and the
    address of its page, `anchors` pairs of a file and the anchors of its headings, `unreadable` the kind, plan and slug
    of each file that could not be read, `addresses` those of its actions and of their aliases. `external_fields` are,
    where files of a source belong to it, the folders of its actions with the names of all fields that any has.
    `title`, `goals` (keys and titles) and `tags` are what saved views can ask for.
    `optional_pages` are the pages of the site that it has because of this plan. `links` are those of its documents that
    may lead to published files.
    """

    slug: str
    actions: tuple[tuple[str, str, str], ...]
    dependent_actions: tuple[Action, ...]
    named: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    anchors: tuple[tuple[str, Anchors], ...]
    unreadable: tuple[tuple[str, str, str], ...]
    addresses: tuple[tuple[ActionRef, AddressHolder], ...]
    external_fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    title: str = ""
    goals: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    optional_pages: tuple[str, ...] = ()
    links: tuple[DocumentLinks, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A plan without the words of its bodies and their HTML."""

    plan: Plan
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()


def filter_plan(parsed_plan: ParsedPlan, audience_filter: AudienceFilter) -> ParsedPlan | None:
    """A plan as an audience sees it; unreadable files and findings are for internal readers alone."""
    plan = audience_filter.filter_plan(parsed_plan.plan)
    if plan is None or audience_filter.shows_all:
        return parsed_plan if plan else None
    filtered = refilter(plan, parsed_plan)
    return ParsedPlan(plan=filtered) if filtered else None


def index_plan(parsed_plan: ParsedPlan) -> PlanIndex:
    """The index of a plan that was filtered for an audience."""
    plan = parsed_plan.plan
    return PlanIndex(
        slug=plan.slug,
        actions=tuple(
            (action.slug, action.ref, action.path) for action in sorted(plan.actions, key=lambda action: action.path)
        ),
        dependent_actions=tuple(
            replace(action, body=_NO_BODY, evidence=()) for action in plan.actions if action.depends_on
        ),
        named=tuple(dict.fromkeys(list_responsible_names(plan))),
        pages=tuple(_list_pages(parsed_plan)),
        anchors=tuple(_list_anchors(plan)),
        unreadable=tuple((file.kind, file.plan, file.slug) for file in parsed_plan.unreadable),
        addresses=(*list_address_holders(plan), *list_unreadable_addresses(_list_unreadable(parsed_plan))),
        external_fields=() if parsed_plan.declared_goal_count is None else tuple(_list_fields(plan)),
        title=plan.title,
        goals=tuple(name for goal in plan.goals for name in (goal.key, goal.title) if name),
        tags=tuple(dict.fromkeys(tag for action in plan.actions for tag in action.tags)),
        optional_pages=list_optional_pages(plan),
        links=tuple(list_plan_links(plan)),
    )


def _list_unreadable(parsed_plan: ParsedPlan) -> Iterator[tuple[str, str, str, str]]:
    return ((file.kind, file.plan, file.slug, file.path) for file in parsed_plan.unreadable)


def _list_fields(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for action in plan.actions:
        names[posixpath.dirname(action.path)].update(name for name, _ in action.lines)
    return ((folder, tuple(sorted(names[folder]))) for folder in sorted(names))


def action_names(index: PlanIndex) -> Iterator[tuple[ActionRef, str]]:
    """Each name by which an action can be referred to, and its slug: first all slugs, then all numbers."""
    for slug, _, _ in index.actions:
        yield (index.slug, slug), slug
    for slug, ref, _ in index.actions:
        if ref:
            yield (index.slug, ref), slug


def summarise_plan(parsed_plan: ParsedPlan) -> PlanSummary:
    """The summary of a plan."""
    plan = parsed_plan.plan
    without_bodies = replace(
        plan,
        body=_NO_BODY,
        actions=tuple(_summarise_action(action) for action in plan.actions),
        reviews=tuple(replace(each, body=_NO_BODY) for each in plan.reviews),
        incidents=tuple(replace(each, body=_NO_BODY) for each in plan.incidents),
        measures=tuple(replace(each, body=_NO_BODY) for each in plan.measures),
        assessments=tuple(replace(each, body=_NO_BODY) for each in plan.assessments),
    )
    unreadable = tuple(replace(file, text="") for file in parsed_plan.unreadable)
    return PlanSummary(plan=without_bodies, unreadable=unreadable, findings=parsed_plan.findings)


def _summarise_action(action: Action) -> Action:
    body = action.body
    summary = Body(
        steps=tuple(_DONE if step.done else _TO_DO for step in body.steps),
        progress=tuple(_without_html(note) for note in body.progress),
        doubtful_texts=_UNREAD_STEPS if body.has_unread_steps else (),
    )
    return replace(action, lines=(), body=summary)


def _without_html(note: ProgressNote) -> ProgressNote:
    return replace(note, html=())


def _list_pages(parsed_plan: ParsedPlan) -> Iterator[tuple[str, str]]:
    plan = parsed_plan.plan
    for file in parsed_plan.unreadable:
        yield file.path, unreadable_file_address(file)
    yield from ((document.path, page_address(document)) for document in list_plan_documents(plan))


def _list_anchors(plan: Plan) -> Iterator[tuple[str, Anchors]]:
    for document in list_plan_documents(plan):
        anchors = list_page_anchors(document)
        if anchors:
            yield document.path, anchors
