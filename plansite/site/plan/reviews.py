"""The reviews of a plan, and the minutes of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.formatting import format_count, format_days
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import FRONT_PAGE, plan_address, plan_document_address
from plansite.model.review_dates import EXPECTED_SUFFIX, is_planned, next_review_date
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag

#: The order of the usual sections of minutes; others follow.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review in the list. `who` is the number of people present, and of apologies."""

    title: Link
    day: date | None
    kind: str
    chair: Link
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewListView:
    """What the list of reviews shows. `next_tag` is None if no review is planned."""

    head: PlanHeader
    next_tag: Tag | None
    every: str
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """What the page of a review shows: its minutes."""

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
    is_empty: bool
    edit: str


def build_review_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's reviews, newest first, and the minutes of each."""
    reviews = sorted(plan.reviews, key=lambda review: (review.date or date.min, review.slug), reverse=True)
    yield Page(
        path=plan_address(plan.slug, "reviews"),
        template="plan/reviews.html",
        title=f"Reviews: {plan.title}",
        view=_build_list_view(dated_site, plan, reviews),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Reviews")),
    )
    for review in reviews:
        yield Page(
            path=plan_document_address(review),
            template="plan/review.html",
            title=f"{review.title}: minutes",
            view=_build_minutes_view(dated_site, plan, review, resolver),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link("Reviews", plan_address(plan.slug, "reviews")), Link(review.title)),
        )


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
    """Planned or overdue; from the date in the tag a script works it out again on later days."""
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


def strip_expected(name: str) -> str:
    """A name without the word "expected" behind it."""
    return name[: -len(EXPECTED_SUFFIX)].rstrip() if name.casefold().endswith(EXPECTED_SUFFIX) else name


def _build_minutes_view(dated_site: SiteOnDate, plan: Plan, review: Review, resolver: LinkResolver) -> MinutesView:
    sections = build_sections(review, resolver)
    return MinutesView(
        title=review.title,
        plan=plan_link(plan),
        kind=review.kind,
        day=review.date,
        chair=profile_link(dated_site.site, review.chair),
        minute_taker=profile_link(dated_site.site, review.minute_taker),
        is_planned=is_planned(review),
        present=tuple(strip_expected(name) for name in review.present),
        apologies=review.apologies,
        next=review.next,
        distribution=review.distribution,
        intro=resolve_links(review.body.intro, resolver.for_document(review)),
        sections=sections,
        is_empty=not review.body.intro and not any(section.html for section in sections),
        edit=edit_url(dated_site.site, review.path),
    )
