"""The front page: key figures, the plans, the latest progress notes and what was finished."""

from __future__ import annotations

from bisect import bisect_left
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import add_days
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_long_date, has_or_have, is_or_are
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import (
    ATTENTION_PAGE,
    GOVERNANCE_PAGE,
    TAGS_PAGE,
    VIEWS_PAGE,
    has_governance_pages,
    view_address,
)
from plansite.model.review_dates import next_review_date
from plansite.model.saved_views.selection import ViewTargets, list_visible_views
from plansite.model.site import Site
from plansite.site.components.body_sections import SectionView, build_other_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import (
    DatedText,
    Visibility,
    build_text_of_dates,
    find_time_before_late,
    find_time_late,
)
from plansite.site.components.notice_clocks import FirstClocks, build_first_clocks
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import link_tags, plan_link, profile_link
from plansite.site.components.plan_header import find_late_since, sort_plans_by_need
from plansite.site.components.status_bar import StatusBar, build_status_bar
from plansite.site.components.widgets import FinishedRow, Tag, build_finished_row, build_plan_tag
from plansite.site.incidents.front_notice import build_incident_notice
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.lists.action_lists import (
    FINISHED,
    OVERDUE,
    UNASSIGNED,
    describe_lacking,
    list_unassigned,
)
from plansite.site.measures.measure_alerts import MeasureAlert, build_measure_alerts, describe_unproven
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.oversight.interim_list import InterimCount, count_interim_controls
from plansite.site.pages.front_news import NewsItem, build_news, describe_no_news, find_next_news
from plansite.site.pages.key_figures import KeyFigure, build_key_figures

#: From this number of plans on, the list of plans is compact: two lines for each.
COMPACT_PLAN_COUNT = 13
_DEFAULT_LEDE = (
    "What we have agreed to do, who is doing it, and whether it worked. "
    "Anyone here may read it. The people who own the actions keep it true."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in the list of plans. From `sentence_until` on its sentence is another.

    `late_since` is the day from which the sentence counts days; None if it does not.
    """

    title: Link
    kind: str
    objective: str
    tag: Tag
    sentence: str
    sentence_until: date | None
    late_since: date | None
    bar: StatusBar | None
    next_review: date | None
    review: Visibility | None
    late_review: Visibility
    owner: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """What the front page shows; `notices` are links to lists of problems, `lists` to those of views and tags.

    From `news_until` on the news are others. `example_due` is the date in the example of an action on a site without
    plans; None if there are plans.
    """

    title: str
    lede: str
    lede_html: str
    clocks: FirstClocks | None
    figures: tuple[KeyFigure, ...]
    notices: tuple[Link, ...]
    incidents: DatedText
    measures: tuple[MeasureAlert, ...]
    interim: InterimCount | None
    plans: tuple[PlanRow, ...]
    compact: bool
    next_review: DatedText
    late_reviews: DatedText
    late_reviews_href: str
    governance: Link
    news: tuple[NewsItem, ...]
    news_empty: str
    news_until: date | None
    finished: tuple[FinishedRow, ...]
    finished_words: str
    finished_link: Link | None
    views: tuple[Link, ...]
    lists: tuple[Link, ...]
    further: tuple[SectionView, ...]
    example_due: date | None
    edit: str


def build_front_page(
    dated_site: SiteOnDate,
    resolver: LinkResolver,
    measures: Iterable[MeasureRow] = (),
    incidents: Iterable[IncidentRow] = (),
) -> Page:
    """`index.html`. `measures` are the rows of all measures."""
    site = dated_site.site
    title = site.front_page.title or site.settings.title
    return Page(
        path="index.html",
        template="pages/front.html",
        title=title,
        view=_build_view(dated_site, resolver, title, measures, incidents),
        section="index.html",
    )


# Long because it is one call with a line for each field of the view.
def _build_view(
    dated_site: SiteOnDate,
    resolver: LinkResolver,
    title: str,
    measures: Iterable[MeasureRow],
    incidents: Iterable[IncidentRow],
) -> FrontView:
    front, address = dated_site.site.front_page, resolver.for_document(dated_site.site.front_page)
    plans = sort_plans_by_need(dated_site)
    compact = len(plans) >= COMPACT_PLAN_COUNT
    reviews = sorted(day for plan in plans if (day := next_review_date(plan)))
    return FrontView(
        title=title,
        lede="" if front.body.intro else _DEFAULT_LEDE,
        lede_html=resolve_links(front.body.intro, address),
        clocks=build_first_clocks(dated_site, plans),
        figures=build_key_figures(dated_site) if plans else (),
        notices=tuple(_build_notices(dated_site)),
        incidents=build_incident_notice(incidents, dated_site.today),
        measures=build_measure_alerts(measures),
        interim=count_interim_controls(dated_site, plans),
        plans=tuple(_build_plan_row(dated_site, plan, compact=compact) for plan in plans),
        compact=compact,
        next_review=build_text_of_dates(partial(_describe_next_review, reviews), dated_site.today, reviews),
        late_reviews=build_text_of_dates(partial(_describe_late_reviews, reviews), dated_site.today, reviews),
        late_reviews_href=f"{OVERDUE.href}#checks",
        governance=_link_governance(dated_site.site),
        news=build_news(dated_site),
        news_empty=describe_no_news(dated_site),
        news_until=find_next_news(dated_site),
        finished=_build_finished_rows(dated_site),
        finished_words=_describe_finished(dated_site),
        finished_link=_link_finished(dated_site),
        views=_link_views(dated_site.site),
        lists=tuple(_link_lists(dated_site.site)),
        further=build_other_sections(front.body, address, title=front.title),
        example_due=None if plans else add_days(dated_site.today, 14),
        edit=edit_url(dated_site.site, front.path) if front.path else "",
    )


def _build_finished_rows(dated_site: SiteOnDate) -> tuple[FinishedRow, ...]:
    """The rows of the actions that were finished last."""
    finished = islice(filter(finished_on, dated_site.finished_actions), 4)
    return tuple(build_finished_row(dated_site, action) for action in finished)


def _link_views(site: Site) -> tuple[Link, ...]:
    """The links to the saved views that have a page."""
    return tuple(Link(view.name, view_address(view)) for view in list_visible_views(site, ViewTargets(site)))


def _describe_next_review(reviews: Sequence[date], day: date) -> str:
    coming = next((review for review in reviews if review >= day), None)
    return f"The next review is on {format_long_date(coming)}." if coming else ""


def _describe_late_reviews(reviews: Sequence[date], day: date) -> str:
    number = bisect_left(reviews, day)
    return f"{format_count(number, 'review')} {is_or_are(number)} late." if number else ""


def _build_notices(dated_site: SiteOnDate) -> list[Link]:
    unreadable, unassigned = len(dated_site.site.unreadable), len(list_unassigned(dated_site))
    notices = []
    if unreadable:
        notices.append(Link(f"{format_count(unreadable, 'file')} could not be read", ATTENTION_PAGE))
    if unassigned:
        count = f"{format_count(unassigned, 'open action')} {has_or_have(unassigned)}"
        notices.append(Link(f"{count} {describe_lacking(dated_site.site)}", UNASSIGNED.href))
    return notices


def _link_governance(site: Site) -> Link:
    """The governance report; empty on a site without one."""
    has_report = any(has_governance_pages(site, plan) for plan in site.plans)
    return Link("Governance report", GOVERNANCE_PAGE) if has_report else Link("")


def _link_lists(site: Site) -> Iterator[Link]:
    """The list of saved views and that of tags, where the site has any."""
    if site.settings.views:
        yield Link("All views", VIEWS_PAGE)
    if any(link_tags(action) for action in site.actions):
        yield Link("Actions by tag", TAGS_PAGE)


def _build_plan_row(dated_site: SiteOnDate, plan: Plan, *, compact: bool) -> PlanRow:
    assessment, review = dated_site.assess_plan(plan), next_review_date(plan)
    return PlanRow(
        title=plan_link(plan),
        kind=plan.kind.label,
        objective="" if compact else plan.objective,
        tag=build_plan_tag(assessment),
        sentence=f"{assessment.reason} {describe_unproven(dated_site, plan)}".strip(),
        sentence_until=assessment.reason_until,
        late_since=find_late_since(assessment, dated_site.today),
        bar=None if compact else build_status_bar(plan.slug, dated_site, plan.actions),
        next_review=review,
        review=find_time_before_late(review, dated_site.today),
        late_review=find_time_late(review, dated_site.today),
        owner=profile_link(dated_site.site, plan.owner),
    )


def _describe_finished(dated_site: SiteOnDate) -> str:
    number = len(dated_site.finished_actions)
    if not number:
        return "Nothing is finished yet. Finished actions will be listed here."
    days = [finished_on(action) for action in dated_site.finished_actions]
    first = min((day for day in days if day), default=None)
    since = f" since {month_name[first.month]} {first.year}" if first and all(days) else ""
    return f"{format_count(number, 'action')} finished{since}. Thank you to everyone who did them."


def _link_finished(dated_site: SiteOnDate) -> Link | None:
    number = len(dated_site.finished_actions)
    return Link(f"See all {number:,}" if number > 4 else "See them by month", FINISHED.href) if number else None
