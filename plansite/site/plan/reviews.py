"""A plan's reviews, and the page of each: its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, normalise_heading
from plansite.model.formatting import format_count, format_days, format_long_date
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.review_dates import EXPECTED_SUFFIX, is_planned, next_review_date
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import edit_url, plan_address, plan_document_address, plan_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag
from plansite.site.plan.action import SectionView

_FIRST_SECTIONS = ("Previous decisions", "Decisions", "Updates", "Actions carried forward")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review in the list. `who` says how many came and how many sent apologies."""

    title: Link
    day: date | None
    kind: str
    chair: Link
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewListView:
    """What the list of reviews shows. `next_tag` is None where no review is planned."""

    head: PlanHeader
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


def build_review_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's reviews, newest first, and the minutes of each."""
    newest = sorted(plan.reviews, key=lambda review: (review.date or date.min, review.slug), reverse=True)
    yield Page(
        path=plan_address(plan.slug, "reviews"),
        template="reviews.html",
        title=f"Reviews: {plan.title}",
        view=_build_list_view(dated_site, plan, newest),
        section="index.html",
        trail=build_plan_trail(plan, Link("Reviews")),
    )
    for review in newest:
        yield Page(
            path=plan_document_address(review),
            template="review.html",
            title=f"{review.title}: minutes",
            view=_build_minutes_view(dated_site, plan, review, resolver),
            section="index.html",
            trail=build_plan_trail(plan, Link("Reviews", plan_address(plan.slug, "reviews")), Link(review.title)),
        )


def build_sections(
    document: Review | Incident | Measure, resolver: LinkResolver, first: tuple[str, ...]
) -> tuple[SectionView, ...]:
    """The parts of a body in order: those named first, then all others as they stand in the file."""
    body, address = document.body, resolver.for_document(document)
    names = dict.fromkeys(normalise_heading(part.title) for part in body.sections)
    wanted = [normalise_heading(name) for name in first]
    ordered = [name for name in wanted if name in names] + [name for name in names if name not in wanted]
    titles = {normalise_heading(part.title): part.title for part in reversed(body.sections)}
    parts = (
        (titles[name], resolve_links(body.section_html(name) + _render_extracted_list(body, name), address))
        for name in ordered
    )
    return tuple(SectionView(f"part-{n}", title, html) for n, (title, html) in enumerate(parts, 1) if html)


def _render_extracted_list(body: Body, name: str) -> str:
    """Lists under "Steps" and "Progress" are taken apart when a body is read; here they are lists again."""
    items = []
    if name == "steps":
        items = [f'<b class="soft">{"Done" if step.done else "To do"}:</b> {step.html}' for step in body.steps]
    if name == "progress":
        items = [f'<b class="soft">{_format_note_lead(note.date, note.by)}</b>{note.html}' for note in body.progress]
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _format_note_lead(day: date | None, by: str) -> str:
    words = ", ".join(escape(part) for part in (format_long_date(day) if day else "", by) if part)
    return f"{words}: " if words else ""


def _build_list_view(dated_site: SiteOnDate, plan: Plan, reviews: list[Review]) -> ReviewListView:
    due = next_review_date(plan)
    every = plan.review_every.text.removeprefix("every ").removeprefix("1 ") if plan.review_every else ""
    return ReviewListView(
        head=build_plan_header(dated_site, plan, "reviews"),
        next_tag=_build_next_review_tag(due, dated_site.today) if due else None,
        every=f"Every {every}." if every else "",
        rows=tuple(_build_row(dated_site, review) for review in reviews),
    )


def _build_next_review_tag(due: date, today: date) -> Tag:
    """Whether the next review is late; the tag keeps its date, so that a script can work it out again."""
    if due < today:
        return Tag(f"Overdue by {format_days((today - due).days)}", "late", "late", due)
    return Tag("Planned", "track", "track", due)


def _build_row(dated_site: SiteOnDate, review: Review) -> ReviewRow:
    present, apologies = len(review.present), len(review.apologies)
    who = f"{present} {'expected' if is_planned(review) else 'present'}" if present else ""
    if apologies:
        who += f"{', ' if who else ''}{format_count(apologies, 'apology', 'apologies')}"
    return ReviewRow(
        title=Link(review.title, plan_document_address(review)),
        day=review.date,
        kind=review.kind,
        chair=profile_link(dated_site.site, review.chair),
        who=who,
    )


def _strip_expected(present: str) -> str:
    """A name without the mark of somebody who is still expected."""
    return present[: -len(EXPECTED_SUFFIX)].rstrip() if present.casefold().endswith(EXPECTED_SUFFIX) else present


def _build_minutes_view(dated_site: SiteOnDate, plan: Plan, review: Review, resolver: LinkResolver) -> MinutesView:
    address: Callable[[str], str] = resolver.for_document(review)
    return MinutesView(
        title=review.title,
        plan=plan_link(plan),
        kind=review.kind,
        day=review.date,
        chair=profile_link(dated_site.site, review.chair),
        minute_taker=profile_link(dated_site.site, review.minute_taker),
        is_planned=is_planned(review),
        present=tuple(_strip_expected(each) for each in review.present),
        apologies=review.apologies,
        next=review.next,
        distribution=review.distribution,
        intro=resolve_links(review.body.intro, address),
        sections=build_sections(review, resolver, _FIRST_SECTIONS),
        edit=edit_url(dated_site.site, review.path),
    )
