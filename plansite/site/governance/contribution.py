"""What one plan contributes to the governance report: its figures, and the rows that the report lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import CalendarInterval, add_interval
from plansite.model.decisions import iterate_pending_extensions
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_list
from plansite.model.governance.outcomes import (
    AgeGroup,
    MeasuredGoals,
    count_due_moves,
    count_extensions,
    find_age_group,
    find_measured_goals,
    is_agreed,
    is_evaluated,
    is_implemented,
    is_monitored,
)
from plansite.model.governance.returning_themes import (
    BusyPeriod,
    ThemeKind,
    ThemePeriods,
    build_theme,
    find_action_period,
    group_by_theme,
)
from plansite.model.interim_checks import find_checker, list_overdue_controls
from plansite.model.learning.services import list_service_readings
from plansite.model.page_addresses import action_address, has_governance_pages, page_address, plan_document_address
from plansite.site.components.interim import format_check_lateness
from plansite.site.components.notice_clocks import NoticeClockRow, build_notice_clocks
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link, plan_link, profile_link
from plansite.site.measures.measure_statistics import analyse_measure

#: How far back the report looks for what was finished and checked: a quarter, as boards meet.
QUARTER = CalendarInterval(months=-3, text="3 months")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """What is counted in a plan, or in all of them. `ages` are the open actions in the order of `AgeGroup`."""

    agreed: int = 0
    implemented: int = 0
    monitored: int = 0
    evaluated: int = 0
    open: int = 0
    ages: tuple[int, ...] = (0,) * len(AgeGroup)
    overdue: int = 0
    moved: int = 0
    moves: int = 0
    days_moved: int = 0
    asked: int = 0
    granted: int = 0
    refused: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceRow:
    """A row of the report: what it is about, with its plan, a day if it has one, and what is to be known of it.

    `others` are links to what it is similar to, and `more` how many there are besides.
    """

    title: Link
    plan: Link
    words: str
    owner: str = ""
    when: str = ""
    day: date | None = None
    is_late: bool = False
    others: tuple[Link, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernancePart:
    """What a plan contributes.

    `unread_files` are how many files of the plan could not be read, and are not counted. `owners` are those of overdue
    actions, each with their number. `open_titles` are title, address and meeting of each open action, `finished` those
    actions that were finished or checked in the last quarter. Where something may be hidden, nothing is said of
    `learning` (incidents whose learning not all services have confirmed) and of `themes`: that a service has not
    confirmed, or that a theme was closed, may then be untrue.
    """

    plan: Link
    unread_files: int
    figures: PlanFigures
    owners: tuple[tuple[Link, int], ...]
    requests: tuple[GovernanceRow, ...]
    interim: tuple[GovernanceRow, ...]
    clocks: tuple[NoticeClockRow, ...]
    learning: tuple[GovernanceRow, ...]
    finished: tuple[GovernanceRow, ...]
    open_titles: tuple[tuple[str, str, str], ...]
    themes: tuple[ThemePeriods, ...]


def build_governance_part(dated_site: SiteOnDate, plan: Plan) -> GovernancePart | None:
    """The part of one plan; None if it has nothing for the report, or if the copy has none.

    The site may hold that plan alone.
    """
    if not has_governance_pages(dated_site.site, plan):
        return None
    open_actions = plan.open_actions
    overdue = Counter(
        owner_link(dated_site.site, action.owner)
        for action in open_actions
        if action.due and action.due < dated_site.today
    )
    return GovernancePart(
        plan=plan_link(plan),
        unread_files=dated_site.count_unread_files(plan),
        figures=count_figures(plan, open_actions, find_goals_with_measures(plan), dated_site.today),
        owners=tuple(overdue.items()),
        requests=tuple(_list_undecided_requests(dated_site, plan, open_actions)),
        interim=tuple(_list_overdue_checks(dated_site, plan)),
        clocks=build_notice_clocks(dated_site, (plan,)),
        learning=tuple(_list_unconfirmed_learning(dated_site, plan)),
        finished=tuple(_list_finished(dated_site, plan)),
        open_titles=tuple((action.title, action_address(action), _name_meeting(action)) for action in open_actions),
        themes=tuple(_list_theme_periods(dated_site, plan)) if dated_site.site.is_unfiltered else (),
    )


def find_goals_with_measures(plan: Plan) -> MeasuredGoals:
    """The goals of a plan that have a measure, and those whose measure can tell a change from chance."""
    judged = {measure.slug for measure in plan.measures if analyse_measure(measure).variation_words}
    return find_measured_goals(plan, judged)


def count_figures(plan: Plan, open_actions: Sequence[Action], goals: MeasuredGoals, today: date) -> PlanFigures:
    """What is counted in a plan on a day; `open_actions` are those of the plan."""
    implemented = [action for action in plan.actions if is_implemented(action)]
    ages = Counter(find_age_group(action, today) for action in open_actions)
    moves = [(count_due_moves(action), action.slippage) for action in open_actions if action.due_history]
    moves = [(count, days) for count, days in moves if count]
    requests = count_extensions(request for action in open_actions for request in action.extension)
    return PlanFigures(
        agreed=sum(map(is_agreed, plan.actions)),
        implemented=len(implemented),
        monitored=sum(is_monitored(action, goals) for action in implemented),
        evaluated=sum(is_evaluated(action, goals) for action in implemented),
        open=len(open_actions),
        ages=tuple(ages[group] for group in AgeGroup),
        overdue=sum(action.due is not None and action.due < today for action in open_actions),
        moved=len(moves),
        moves=sum(count for count, _ in moves),
        days_moved=sum(max(days, 0) for _, days in moves),
        asked=requests.asked,
        granted=requests.granted,
        refused=requests.refused,
        undecided=requests.undecided,
    )


def _list_undecided_requests(
    dated_site: SiteOnDate, plan: Plan, open_actions: Sequence[Action]
) -> Iterator[GovernanceRow]:
    for action in open_actions:
        for request in iterate_pending_extensions(action) if action.extension else ():
            yield GovernanceRow(
                title=action_link(action),
                plan=plan_link(plan),
                words=request.reason,
                owner=request.asked_by or owner_link(dated_site.site, action.owner).text,
                when="Asked until",
                day=request.until,
            )


def _list_overdue_checks(dated_site: SiteOnDate, plan: Plan) -> Iterator[GovernanceRow]:
    """The interim controls of open actions and of incidents' findings whose check is overdue."""
    site = dated_site.site
    for each in list_overdue_controls(site, plan, dated_site.today):
        document, due = each.document, each.next_check
        finding = document.findings[each.finding - 1].text if isinstance(document, Incident) else ""
        yield GovernanceRow(
            title=Link(finding or document.title, page_address(document)),
            plan=plan_link(plan),
            words=each.control.control,
            owner=owner_link(site, find_checker(site, each.control, document.owner)).text,
            when=format_check_lateness(due, dated_site.today),
            day=due,
            is_late=True,
        )


def _list_unconfirmed_learning(dated_site: SiteOnDate, plan: Plan) -> Iterator[GovernanceRow]:
    """Only where nothing was filtered out: elsewhere a confirmation may only be hidden."""
    for incident in plan.incidents if dated_site.site.is_unfiltered else ():
        readings = list_service_readings(incident, lambda name: profile_link(dated_site.site, name).text)
        services = [reading.title for reading in readings if reading.confirmation is None]
        if services:
            yield GovernanceRow(
                title=Link(incident.title, plan_document_address(incident)),
                plan=plan_link(plan),
                words=f"Not confirmed by {format_list(services)}.",
                day=incident.date,
            )


def _list_finished(dated_site: SiteOnDate, plan: Plan) -> Iterator[GovernanceRow]:
    """What was finished or checked since a quarter ago."""
    since, link = add_interval(dated_site.today, QUARTER), plan_link(plan)
    for action in plan.actions:
        if action.is_finished:
            check, finished = action.verification, finished_on(action)
            checked = check.date if check and check.result else None
            days = [day for day in (finished, checked) if day and since <= day <= dated_site.today]
            if days:
                yield GovernanceRow(
                    title=action_link(action),
                    plan=link,
                    words="",
                    owner=owner_link(dated_site.site, action.owner).text,
                    when="Checked" if checked in days else "Finished",
                    day=max(days),
                )


def _name_meeting(action: Action) -> str:
    """Where an action was agreed: its plan, the day, and its source. Two that differ in one were agreed apart."""
    day = action.created.isoformat() if action.created else ""
    return "\n".join((action.plan, day, action.source.ref if action.source else ""))


def _list_theme_periods(dated_site: SiteOnDate, plan: Plan) -> Iterator[ThemePeriods]:
    titles = {name: goal.title for goal in plan.goals for name in (goal.key, goal.title) if name and goal.title}
    periods = ((action, find_action_period(action, action_address(action))) for action in plan.actions)
    yield from group_by_theme(((action, period) for action, period in periods if period), titles)
    for incident in plan.incidents:
        period = _find_incident_period(dated_site, incident)
        for factor in filter(str.strip, incident.factors):
            yield build_theme(ThemeKind.FACTOR, factor), factor, (period,)


def _find_incident_period(dated_site: SiteOnDate, incident: Incident) -> BusyPeriod:
    """The time from an incident to the day on which the last action that answers it was finished."""
    names = [name for finding in incident.findings for name in finding.actions]
    answers = [action for name in names if (action := dated_site.site.find_action(name, incident.plan))]
    periods = [period for action in answers if (period := find_action_period(action, action_address(action)))]
    address = plan_document_address(incident)
    if incident.date is None or any(period.begin is None for period in periods):
        return BusyPeriod(None, None)
    ends = [period.end for period in periods]
    is_open = None in ends or not (ends or incident.no_actions)
    end = None if is_open else max((day for day in (*ends, incident.date) if day), default=None)
    return BusyPeriod(incident.date, end, incident.title, address)
