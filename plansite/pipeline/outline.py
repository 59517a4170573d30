"""What the rest of a site needs to know of a plan, and the plan as lists need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plansite.content.volume import Volume, seen_anew
from plansite.model.action import Action
from plansite.model.audience import Sight
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.model.prose import Body, ProgressNote, Step
from plansite.model.rest import Name
from plansite.model.site import Document, Unread, named_in
from plansite.site.addresses import plan_page, unread_page
from plansite.site.links import page_of

_NO_BODY = Body()
_DONE, _TO_DO = Step(text="", html="", done=True, line=0), Step(text="", html="", done=False, line=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What others may ask about a plan, without the plan itself.

    `actions` give the slug, number and file of each action; `waiting` are those that depend on others, without a
    body. `named` are all who are named in it, `pages` the address of each of its files, `unread` the kind, plan and
    slug of each that could not be read.
    """

    slug: str
    actions: tuple[tuple[str, str, str], ...]
    waiting: tuple[Action, ...]
    named: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """A plan as lists across plans need it: everything but the HTML and the words of its bodies."""

    plan: Plan
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()


def seen(volume: Volume, sight: Sight) -> Volume | None:
    """A plan as an audience sees it; unreadable files and findings are for internal readers alone."""
    plan = sight.plan(volume.plan)
    if plan is None or sight.is_whole:
        return volume if plan else None
    left = seen_anew(plan, volume)
    return Volume(plan=left) if left else None


def outline_of(volume: Volume) -> Outline:
    """The outline of a plan as an audience sees it."""
    plan = volume.plan
    return Outline(
        slug=plan.slug,
        actions=tuple((action.slug, action.ref, action.path) for action in plan.actions),
        waiting=tuple(replace(each, body=_NO_BODY, evidence=()) for each in plan.actions if each.depends_on),
        named=tuple(dict.fromkeys(named_in(plan))),
        pages=tuple(_pages(volume)),
        unread=tuple((each.kind, each.plan, each.slug) for each in volume.unread),
    )


def calls_of(outline: Outline) -> Iterator[tuple[Name, str]]:
    """What each action of a plan may be called, slugs before numbers, with its slug."""
    for slug, _, _ in outline.actions:
        yield (outline.slug, slug), slug
    for slug, ref, _ in outline.actions:
        if ref:
            yield (outline.slug, ref), slug


def lean_of(volume: Volume) -> Lean:
    """The plan as lists need it."""
    plan = volume.plan
    bare = replace(
        plan,
        body=_NO_BODY,
        actions=tuple(_lean(action) for action in plan.actions),
        reviews=tuple(replace(each, body=_NO_BODY) for each in plan.reviews),
        incidents=tuple(replace(each, body=_NO_BODY) for each in plan.incidents),
        measures=tuple(replace(each, body=_NO_BODY) for each in plan.measures),
    )
    return Lean(plan=bare, unread=volume.unread, findings=volume.findings)


def _lean(action: Action) -> Action:
    body = action.body
    steps = tuple(_DONE if step.done else _TO_DO for step in body.steps)
    return replace(action, lines=(), body=Body(steps=steps, progress=tuple(_bare(note) for note in body.progress)))


def _bare(note: ProgressNote) -> ProgressNote:
    return replace(note, html="")


def _pages(volume: Volume) -> Iterator[tuple[str, str]]:
    plan = volume.plan
    for unread in volume.unread:
        yield unread.path, unread_page(unread)
    if plan.lines:
        yield plan.path, plan_page(plan.slug)
    documents: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
    for document in documents:
        yield document.path, page_of(document)
