"""The committee paper of a plan: what a committee has to decide and to know, on one day, for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key
from plansite.model.dates import add_interval
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_long_date
from plansite.model.governance.outcomes import AgeGroup, find_age_group, is_evaluated, is_implemented, is_monitored
from plansite.model.page_addresses import FRONT_PAGE, GOVERNANCE_PAGE, has_governance_pages, plan_address
from plansite.model.review_dates import held_reviews
from plansite.site.components.notice_clocks import NoticeView, build_notice_views
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.governance.committee_rows import (
    PaperRow,
    build_paper_row,
    list_closed,
    list_decisions,
    list_moved,
    list_requests,
    list_worked,
)
from plansite.site.governance.contribution import QUARTER, find_goals_with_measures
from plansite.site.governance.report import age_anchor
from plansite.site.paper.printed_plan import list_unreadable_names


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Rows under a heading of their own; `key` is its anchor, and both are empty for a list without parts."""

    key: str
    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """A list of the paper. `label` follows its number in the summary; `empty` is said where it has no rows."""

    key: str
    title: str
    label: str
    note: str = ""
    groups: tuple[PaperGroup, ...]
    empty: str

    @property
    def number(self) -> int:
        """How many rows it has."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeView:
    """What the paper shows. All of it is as at one day, which no script changes."""

    head: PlanHeader
    day: date
    since: str
    owner: Link
    sponsor: Link
    board: str
    governance: str
    unreadable: tuple[str, ...]
    notices: tuple[NoticeView, ...]
    waiting_notices: int
    sections: tuple[PaperSection, ...]


def build_committee_pages(dated_site: SiteOnDate, plan: Plan) -> Iterator[Page]:
    """The paper of a plan; none in copies without such pages, or if there is nothing in the plan."""
    if has_governance_pages(dated_site.site, plan):
        yield Page(
            path=plan_address(plan.slug, "committee"),
            template="governance/committee.html",
            title=f"Committee paper: {plan.title}",
            view=_build_view(dated_site, plan),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link("Committee paper")),
            running_head=f"Committee paper: {plan.title}",
        )


def _build_view(dated_site: SiteOnDate, plan: Plan) -> CommitteeView:
    since, words = _choose_first_day(plan, dated_site.today)
    notices = build_notice_views(dated_site, plan)
    return CommitteeView(
        head=build_plan_header(dated_site, plan, "committee"),
        day=dated_site.today,
        since=words,
        owner=profile_link(dated_site.site, plan.owner),
        sponsor=profile_link(dated_site.site, plan.sponsor),
        board=plan_address(plan.slug),
        governance=GOVERNANCE_PAGE,
        unreadable=list_unreadable_names(dated_site, plan),
        notices=notices,
        waiting_notices=sum(notice.waits is not None for notice in notices),
        sections=tuple(_list_sections(dated_site, plan, since)),
    )


def _choose_first_day(plan: Plan, today: date) -> tuple[date, str]:
    """The day of the last review, else that of three months ago, and a sentence that says which."""
    days = [review.date for review in held_reviews(plan) if review.date and review.date <= today]
    if days:
        return days[-1], f"The last review was on {format_long_date(days[-1])}."
    since = add_interval(today, QUARTER)
    return since, f"No review has been held yet: since {format_long_date(since)}, 3 months ago."


def _list_sections(dated_site: SiteOnDate, plan: Plan, since: date) -> Iterator[PaperSection]:
    """The lists in the order of a meeting: to decide, late, asked for, done, live, moved, and whether it worked."""
    today = dated_site.today
    overdue = sorted((action for action in plan.open_actions if action.is_overdue(today)), key=due_sort_key)
    yield _build_section(
        "decide", "Decisions wanted", "to decide", list_decisions(dated_site, plan), "Nothing waits for a decision."
    )
    yield _build_section(
        "overdue",
        "Overdue",
        "overdue",
        (build_paper_row(dated_site, action) for action in overdue),
        "Nothing is overdue.",
    )
    yield _build_section(
        "extensions",
        "More time",
        "asked for more time",
        list_requests(dated_site, plan, since),
        "Nobody has asked for more time.",
        "Asked for, granted and refused",
    )
    yield _build_section(
        "completed",
        "Completed",
        "completed",
        list_closed(dated_site, plan.actions, since),
        "Nothing was completed in this time.",
        f"Since {format_long_date(since)}",
    )
    yield _build_live_section(dated_site, plan)
    yield _build_section(
        "moved",
        "Dates that moved",
        "with a date that moved",
        list_moved(dated_site, plan),
        "No date of an open action has moved.",
        "Of open actions, the furthest first",
    )
    yield _build_worked_section(dated_site, plan)


def _build_section(
    key: str, title: str, label: str, rows: Iterable[PaperRow], empty: str, note: str = ""
) -> PaperSection:
    group = PaperGroup("", "", tuple(rows))
    groups = (group,) if group.rows else ()
    return PaperSection(key=key, title=title, label=label, note=note, groups=groups, empty=empty)


def _build_live_section(dated_site: SiteOnDate, plan: Plan) -> PaperSection:
    """The open actions by how long they have been open, the oldest first."""
    by_age: dict[AgeGroup, list[PaperRow]] = {group: [] for group in (*reversed(_KNOWN_AGES), AgeGroup.UNKNOWN)}
    for action in sorted(plan.open_actions, key=due_sort_key):
        by_age[find_age_group(action, dated_site.today)].append(build_paper_row(dated_site, action))
    return PaperSection(
        key="live",
        title="Live actions",
        label="live",
        note="By how long they have been open, since the day they were agreed",
        groups=tuple(
            PaperGroup(age_anchor(group), f"{group[:1].upper()}{group[1:]}", tuple(rows))
            for group, rows in by_age.items()
            if rows
        ),
        empty="No action is open.",
    )


_KNOWN_AGES = tuple(group for group in AgeGroup if group is not AgeGroup.UNKNOWN)


def _build_worked_section(dated_site: SiteOnDate, plan: Plan) -> PaperSection:
    goals = find_goals_with_measures(plan)
    implemented = sum(map(is_implemented, plan.actions))
    monitored = sum(is_monitored(action, goals) for action in plan.actions)
    evaluated = sum(is_evaluated(action, goals) for action in plan.actions)
    return _build_section(
        "worked",
        "Did it work",
        "implemented",
        list_worked(dated_site, plan, goals),
        "No action is implemented yet.",
        f"{format_count(implemented, 'action')} implemented, {monitored:,} monitored, {evaluated:,} evaluated.",
    )
