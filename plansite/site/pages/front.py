"""The front page: key figures, the plans, the latest progress notes and what was finished."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from plansite.markdown.html import resolve_links
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import add_days
from plansite.model.formatting import format_count, format_short_date, has_or_have, is_or_are
from plansite.model.page_addresses import ATTENTION_PAGE
from plansite.model.plan import Plan
from plansite.model.review_dates import next_review_date
from plansite.site.components.body_sections import SectionView, build_other_sections
from plansite.site.components.check_rows import list_actions_awaiting_check, verification_due
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText, build_dated_text
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, plan_link, profile_link
from plansite.site.components.plan_header import sort_plans_by_need
from plansite.site.components.widgets import (
    FinishedRow,
    StatusBar,
    Tag,
    build_finished_row,
    build_plan_tag,
    build_status_bar,
)
from plansite.site.lists.action_lists import (
    AWAITING,
    DUE_SOON,
    FINISHED,
    OPEN,
    OVERDUE,
    UNASSIGNED,
    describe_lacking,
    list_unassigned,
)

#: From this number of plans on, the list of plans is compact: two lines for each.
COMPACT_PLAN_COUNT = 13
_DEFAULT_LEDE = (
    "What we have agreed to do, who is doing it, and whether it worked. "
    "Anyone here may read it. The people who own the actions keep it true."
)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with a link to the list that it counts."""

    number: DatedText
    words: str
    href: str
    note: str
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in the list of plans."""

    title: Link
    kind: str
    objective: str
    tag: Tag
    sentence: str
    bar: StatusBar | None
    next_review: date | None
    review_is_late: bool
    owner: Link


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A progress note on the front page; `on` is its day in words, without the year."""

    title: Link
    text: str
    day: date
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """What the front page shows; `notices` are links to lists of problems.

    `example_due` is the date in the example of an action on a site without plans; None if there are plans.
    """

    title: str
    lede: str
    lede_html: str
    figures: tuple[KeyFigure, ...]
    notices: tuple[Link, ...]
    plans: tuple[PlanRow, ...]
    compact: bool
    next_review: date | None
    late_reviews: Link | None
    news: tuple[NewsItem, ...]
    news_empty: str
    finished: tuple[FinishedRow, ...]
    finished_words: str
    finished_link: Link | None
    further: tuple[SectionView, ...]
    example_due: date | None


def build_front_page(dated_site: SiteOnDate, resolver: LinkResolver) -> Page:
    """`index.html`."""
    site = dated_site.site
    title = site.front_page.title or site.settings.title
    return Page(
        path="index.html",
        template="pages/front.html",
        title=title,
        view=_build_view(dated_site, resolver, title),
        section="index.html",
    )


def _build_view(dated_site: SiteOnDate, resolver: LinkResolver, title: str) -> FrontView:
    front, address = dated_site.site.front_page, resolver.for_document(dated_site.site.front_page)
    plans = sort_plans_by_need(dated_site)
    compact = len(plans) >= COMPACT_PLAN_COUNT
    reviews = sorted(day for plan in plans if (day := next_review_date(plan)))
    late_reviews = bisect_left(reviews, dated_site.today)
    return FrontView(
        title=title,
        lede="" if front.body.intro else _DEFAULT_LEDE,
        lede_html=resolve_links(front.body.intro, address),
        figures=_build_figures(dated_site) if plans else (),
        notices=tuple(_build_notices(dated_site)),
        plans=tuple(_build_plan_row(dated_site, plan, compact=compact) for plan in plans),
        compact=compact,
        next_review=reviews[late_reviews] if late_reviews < len(reviews) else None,
        late_reviews=_link_late_reviews(late_reviews),
        news=_build_news(dated_site),
        news_empty=_describe_no_news(dated_site),
        finished=tuple(
            build_finished_row(dated_site, action)
            for action in islice(filter(finished_on, dated_site.finished_actions), 4)
        ),
        finished_words=_describe_finished(dated_site),
        finished_link=_link_finished(dated_site),
        further=build_other_sections(front.body, address, title=front.title),
        example_due=None if plans else add_days(dated_site.today, 14),
    )


def _link_late_reviews(number: int) -> Link | None:
    return (
        Link(f"{format_count(number, 'review')} {is_or_are(number)} late", f"{OVERDUE.href}#checks") if number else None
    )


def _build_figures(dated_site: SiteOnDate) -> tuple[KeyFigure, ...]:
    today, ahead = dated_site.today, dated_site.site.settings.due_soon
    dues = [action.due for action in dated_site.open_actions if action.due]
    waiting = list_actions_awaiting_check(dated_site)
    plans = len({action.plan for action in dated_site.open_actions})

    def count_overdue(day: date) -> int:
        return bisect_left(dues, day)

    def count_due_soon(day: date) -> int:
        return bisect_right(dues, add_days(day, ahead)) - count_overdue(day)

    return (
        KeyFigure(
            DatedText(f"{len(dated_site.open_actions):,}"), "open", OPEN.href, f"in {format_count(plans, 'plan')}"
        ),
        KeyFigure(
            _build_dated_number(count_overdue, today),
            "overdue",
            OVERDUE.href,
            _describe_oldest(dated_site, dues),
            count_overdue(today) > 0,
        ),
        KeyFigure(
            _build_dated_number(count_due_soon, today),
            f"due in the next {format_count(ahead, 'day')}",
            DUE_SOON.href,
            _describe_next_due(dated_site, dues),
        ),
        KeyFigure(
            DatedText(f"{len(waiting):,}"),
            "awaiting verification",
            AWAITING.href,
            _describe_late_checks(waiting, today),
        ),
    )


def _build_dated_number(count_on: Callable[[date], int], today: date) -> DatedText:
    return build_dated_text(lambda day: f"{count_on(day):,}", today)


def _describe_oldest(dated_site: SiteOnDate, dues: list[date]) -> str:
    if not dues:
        nothing = "nothing that could be read is open" if dated_site.site.unreadable else "nothing is open"
        return "no open action has a date" if dated_site.open_actions else nothing
    if dues[0] >= dated_site.today:
        return "no date that could be read has passed" if dated_site.site.unreadable else "no date has passed"
    return f"the oldest since {format_short_date(dues[0], dated_site.today)}"


def _describe_next_due(dated_site: SiteOnDate, dues: list[date]) -> str:
    due = next((due for due in dues if due >= dated_site.today), None)
    if due is None:
        return "no date lies ahead"
    is_soon = (due - dated_site.today).days <= dated_site.site.settings.due_soon
    return f"{'the first' if is_soon else 'the next'} on {format_short_date(due, dated_site.today)}"


def _describe_late_checks(awaiting_actions: list[Action], today: date) -> str:
    late = sum(due < today for action in awaiting_actions if (due := verification_due(action)))
    return f"{format_count(late, 'check')} {is_or_are(late)} late" if late else "no check is late"


def _build_notices(dated_site: SiteOnDate) -> list[Link]:
    unreadable, unassigned = len(dated_site.site.unreadable), len(list_unassigned(dated_site))
    notices = []
    if unreadable:
        notices.append(Link(f"{format_count(unreadable, 'file')} could not be read", ATTENTION_PAGE))
    if unassigned:
        count = f"{format_count(unassigned, 'open action')} {has_or_have(unassigned)}"
        notices.append(Link(f"{count} {describe_lacking(dated_site)}", UNASSIGNED.href))
    return notices


def _build_plan_row(dated_site: SiteOnDate, plan: Plan, *, compact: bool) -> PlanRow:
    assessment, review = dated_site.assess_plan(plan), next_review_date(plan)
    return PlanRow(
        title=plan_link(plan),
        kind=plan.kind.label,
        objective="" if compact else plan.objective,
        tag=build_plan_tag(assessment),
        sentence=assessment.reason,
        bar=None if compact else build_status_bar(plan.slug, dated_site, plan.actions),
        next_review=review,
        review_is_late=review is not None and review < dated_site.today,
        owner=profile_link(dated_site.site, plan.owner),
    )


def _build_news(dated_site: SiteOnDate) -> tuple[NewsItem, ...]:
    """The newest progress notes of the last 7 days, at most five."""
    since = add_days(dated_site.today, -7)
    recent = (
        (note.date, -order, note.line, note.text, action)
        for order, action in enumerate(dated_site.site.actions)
        for note in action.body.progress
        if note.date and since <= note.date <= dated_site.today
    )
    newest = heapq.nlargest(5, recent, key=lambda note: note[:3])
    return tuple(
        NewsItem(action_link(action), text, day, format_short_date(day, day)) for day, _, _, text, action in newest
    )


def _describe_no_news(dated_site: SiteOnDate) -> str:
    if not dated_site.open_actions:
        if dated_site.site.unreadable:
            return "Nothing that could be read is open, so there is no news to tell."
        return "Nothing is open, so there is no news to tell."
    notes = (note.date for action in dated_site.site.actions for note in action.body.progress if note.date)
    last = max((day for day in notes if day <= dated_site.today), default=None)
    if last is None:
        return "No progress has been noted yet. A line with a date, a name and what happened is enough."
    return f"No progress was noted in the last 7 days. The last was on {format_short_date(last, dated_site.today)}."


def _describe_finished(dated_site: SiteOnDate) -> str:
    number = len(dated_site.finished_actions)
    if not number:
        return "Nothing is finished yet. The first will be named here, with thanks."
    days = [finished_on(action) for action in dated_site.finished_actions]
    first = min((day for day in days if day), default=None)
    since = f" since {month_name[first.month]} {first.year}" if first and all(days) else ""
    return f"{format_count(number, 'action')} finished{since}. Thank you to everyone who did them."


def _link_finished(dated_site: SiteOnDate) -> Link | None:
    number = len(dated_site.finished_actions)
    return Link(f"See all {number:,}" if number > 4 else "See them by month", FINISHED.href) if number else None
