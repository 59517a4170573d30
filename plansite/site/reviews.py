"""A plan's reviews, and the page of each: its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from plansite.markdown.html import resolve
from plansite.model.course import EXPECTED, Outlook, is_planned, next_review
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.prose import Body, heading_name
from plansite.model.words import count, days, long_date
from plansite.site.actions import SectionView
from plansite.site.addresses import document_page, edit_url, party_link, plan_link, plan_page
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.parts import Tag
from plansite.site.plan_head import PlanHead, plan_head, plan_trail

_FIRST = ("Previous decisions", "Decisions", "Updates", "Actions carried forward")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review in the list. `who` says how many came and how many sent apologies."""

    title: Link
    day: date | None
    kind: str
    chair: Link
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsView:
    """What the list of reviews shows. `next_tag` is None where no review is planned."""

    head: PlanHead
    next_tag: Tag | None
    every: str
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """What a review's own page shows: its minutes."""

    title: str
    plan: Link
    kind: str
    day: date | None
    chair: Link
    minute_taker: Link
    is_planned: bool
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    next: date | None
    distribution: tuple[str, ...]
    intro: str
    sections: tuple[SectionView, ...]
    edit: str


def review_pages(outlook: Outlook, plan: Plan, addresses: Addresses) -> Iterator[Page]:
    """The list of a plan's reviews, newest first, and the minutes of each."""
    newest = sorted(plan.reviews, key=lambda review: (review.date or date.min, review.slug), reverse=True)
    yield Page(
        path=plan_page(plan.slug, "reviews"),
        template="reviews.html",
        title=f"Reviews: {plan.title}",
        view=_list(outlook, plan, newest),
        section="index.html",
        trail=plan_trail(plan, Link("Reviews")),
    )
    for review in newest:
        yield Page(
            path=document_page(review),
            template="review.html",
            title=f"{review.title}: minutes",
            view=_minutes(outlook, plan, review, addresses),
            section="index.html",
            trail=plan_trail(plan, Link("Reviews", plan_page(plan.slug, "reviews")), Link(review.title)),
        )


def sections_of(
    document: Review | Incident | Measure, addresses: Addresses, first: tuple[str, ...]
) -> tuple[SectionView, ...]:
    """The parts of a body in order: those named first, then all others as they stand in the file."""
    body, address = document.body, addresses.of(document)
    names = dict.fromkeys(heading_name(part.title) for part in body.sections)
    wanted = [heading_name(name) for name in first]
    ordered = [name for name in wanted if name in names] + [name for name in names if name not in wanted]
    titles = {heading_name(part.title): part.title for part in reversed(body.sections)}
    parts = ((titles[name], resolve(body.section(name) + _taken(body, name), address)) for name in ordered)
    return tuple(SectionView(f"part-{n}", title, html) for n, (title, html) in enumerate(parts, 1) if html)


def _taken(body: Body, name: str) -> str:
    """Lists under "Steps" and "Progress" are taken apart when a body is read; here they are lists again."""
    items = []
    if name == "steps":
        items = [f'<b class="soft">{"Done" if step.done else "To do"}:</b> {step.html}' for step in body.steps]
    if name == "progress":
        items = [f'<b class="soft">{_said(note.date, note.by)}</b>{note.html}' for note in body.progress]
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _said(day: date | None, by: str) -> str:
    words = ", ".join(escape(part) for part in (long_date(day) if day else "", by) if part)
    return f"{words}: " if words else ""


def _list(outlook: Outlook, plan: Plan, newest: list[Review]) -> ReviewsView:
    due = next_review(plan)
    every = plan.review_every.words.removeprefix("every ").removeprefix("1 ") if plan.review_every else ""
    return ReviewsView(
        head=plan_head(outlook, plan, "reviews"),
        next_tag=_next_tag(due, outlook.today) if due else None,
        every=f"Every {every}." if every else "",
        rows=tuple(_row(outlook, review) for review in newest),
    )


def _next_tag(due: date, today: date) -> Tag:
    """Whether the next review is late; the tag keeps its date, so that a script can work it out again."""
    if due < today:
        return Tag(f"Overdue by {days((today - due).days)}", "late", "late", due)
    return Tag("Planned", "track", "track", due)


def _row(outlook: Outlook, review: Review) -> ReviewRow:
    present, apologies = len(review.present), len(review.apologies)
    who = f"{present} {'expected' if is_planned(review) else 'present'}" if present else ""
    if apologies:
        who += f"{', ' if who else ''}{count(apologies, 'apology', 'apologies')}"
    return ReviewRow(
        title=Link(review.title, document_page(review)),
        day=review.date,
        kind=review.kind,
        chair=party_link(outlook.site, review.chair),
        who=who,
    )


def _name(present: str) -> str:
    """A name without the mark of somebody who is still expected."""
    return present[: -len(EXPECTED)].rstrip() if present.casefold().endswith(EXPECTED) else present


def _minutes(outlook: Outlook, plan: Plan, review: Review, addresses: Addresses) -> MinutesView:
    address: Callable[[str], str] = addresses.of(review)
    return MinutesView(
        title=review.title,
        plan=plan_link(plan),
        kind=review.kind,
        day=review.date,
        chair=party_link(outlook.site, review.chair),
        minute_taker=party_link(outlook.site, review.minute_taker),
        is_planned=is_planned(review),
        present=tuple(_name(each) for each in review.present),
        apologies=review.apologies,
        next=review.next,
        distribution=review.distribution,
        intro=resolve(review.body.intro, address),
        sections=sections_of(review, addresses, _FIRST),
        edit=edit_url(outlook.site, review.path),
    )
