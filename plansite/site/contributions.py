"""What one plan contributes to the files across plans, and groups of files that are functions of contributions.

A contribution is computed where its plan is rendered, in a site of that plan alone, and is stored with the plan's
pages. A group of files across plans declares which part of each contribution it depends on. It is composed again only
where one of those parts has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from plansite.checks.runner import find_paths_with_errors
from plansite.deferred_dataclass import dataclass
from plansite.exports.action_records import ActionRecord, build_action_records
from plansite.exports.calendars.events import list_calendar_events
from plansite.exports.data_formats import format_records_csv_lines, format_records_json_items
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.site.calendars.plan_events import PlanEvents, build_plan_events
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.components.pagination import find_first_address
from plansite.site.data.next_change import find_next_change
from plansite.site.data.search_index import render_search_rows
from plansite.site.downloads.plan_register import PlanRegister, build_plan_register
from plansite.site.governance.contribution import GovernancePart, build_governance_part
from plansite.site.incidents.incident_rows import IncidentRow, list_incident_rows
from plansite.site.incidents.learning import LearningEntry, list_learning_entries
from plansite.site.lists.calendar_entries import CalendarEntry, list_calendar_entries
from plansite.site.lists.plan_entries import PlanEntries, list_plan_entries
from plansite.site.lists.tagged_actions import TagShare, list_tag_shares
from plansite.site.measures.measure_pages import MeasureRow, list_measure_rows
from plansite.site.people.plan_work import list_work_shares
from plansite.site.people.work_share import WorkShare
from plansite.site.standards.citations import PlanStandards, list_plan_standards
from plansite.site.voice.you_said import PlanAnswers, list_plan_answers

#: A page, or what a file holds.
PageContent = Page | str | bytes
#: The part of a contribution that a group of files depends on.
Selection = TypeVar("Selection")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContribution:
    """What one plan contributes to the files across plans.

    `csv` and `json` are its part of the data files, `search` its part of the search index, `entries` what it has on
    lists of actions, `work` and `tags` what it has for each owner and agency and under each tag, by the address of the
    page about them. `calendar` are its entries in the calendar, `calendar_file` its part of calendar files, `register`
    that of registers to download. `next_change` is the first day on which a page of the plan changes by date alone.
    `governance` is its part of the governance report, None where there is no such report.
    """

    csv: str
    json: str
    search: str
    next_change: date | None
    entries: PlanEntries
    work: Mapping[str, WorkShare]
    tags: Mapping[str, TagShare]
    calendar: tuple[CalendarEntry, ...]
    calendar_file: PlanEvents | None
    register: PlanRegister | None
    incidents: tuple[IncidentRow, ...]
    learning: tuple[LearningEntry, ...]
    measures: tuple[MeasureRow, ...]
    governance: GovernancePart | None
    standards: PlanStandards
    answers: tuple[PlanAnswers, ...]


def contribute(
    dated_site: SiteOnDate, plan: Plan, records: Sequence[ActionRecord], resolver: LinkResolver
) -> PlanContribution:
    """The contribution of one plan. The site may hold that plan alone; `records` are those of its actions."""
    events, entries = tuple(list_calendar_events(dated_site, plan)), list_plan_entries(dated_site, plan)
    return PlanContribution(
        csv=format_records_csv_lines(records),
        json=format_records_json_items(records),
        search=render_search_rows(dated_site, plan, records),
        next_change=find_next_change(dated_site),
        entries=entries,
        work=list_work_shares(dated_site, plan, entries),
        tags=list_tag_shares(dated_site, plan),
        calendar=tuple(list_calendar_entries(events)),
        calendar_file=build_plan_events(dated_site, plan, events),
        register=build_plan_register(dated_site, plan, _find_faulty_paths(records)),
        incidents=tuple(list_incident_rows(dated_site, plan)),
        learning=tuple(list_learning_entries(dated_site, plan, resolver)),
        measures=list_measure_rows(plan),
        governance=build_governance_part(dated_site, plan),
        standards=list_plan_standards(dated_site, plan, resolver),
        answers=list_plan_answers(plan),
    )


def _find_faulty_paths(records: Iterable[ActionRecord]) -> frozenset[str]:
    return frozenset(record.path for record in records if record.needs_attention)


def list_plan_records(dated_site: SiteOnDate, plan: Plan, findings: Sequence[Finding]) -> list[ActionRecord]:
    """The records of the actions of one plan, sorted by `Action.sort_key`."""
    records = build_action_records(dated_site, find_paths_with_errors(findings))
    return [record for record in records if record.plan == plan.slug]


def find_earliest_change(contributions: Iterable[PlanContribution]) -> date | None:
    """The first day on which a page changes by date alone; None if none does."""
    return min((each.next_change for each in contributions if each.next_change), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePageGroup(Generic[Selection]):
    """Files across plans that are composed together, from contributions alone.

    `paths` are the output paths of its files, of a list those of its first page, or folders with a slash at the end.
    `select` returns the part of a contribution that the files depend on, and `select_site` what they depend on in the
    rest of the site; both results must be plain frozen values. `build` composes the files, by output path, from the
    site without its plans and the selected parts in the order of plans. It must not use anything else of the site than
    `select_site` returns, the settings and the day.
    """

    name: str
    paths: tuple[str, ...]
    select: Callable[[PlanContribution], Selection]
    select_site: Callable[[SiteOnDate], object]
    build: Callable[[SiteOnDate, Sequence[Selection]], Iterator[tuple[str, PageContent]]]

    def may_contain(self, path: str) -> bool:
        """Whether `path` is one of its output paths or lies in one of its folders."""
        first = find_first_address(path)
        return any(each in (path, first) or (each.endswith("/") and path.startswith(each)) for each in self.paths)

    def compose(
        self, site_without_plans: SiteOnDate, contributions: Iterable[PlanContribution]
    ) -> Iterator[tuple[str, PageContent]]:
        """Its files by output path: pages, or what data files hold."""
        return self.build(site_without_plans, [self.select(each) for each in contributions])
