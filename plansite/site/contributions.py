"""What one plan contributes to the files across plans, and groups of files that are functions of contributions.

A contribution is computed where its plan is rendered, in a site of that plan alone, and is stored with the plan's
pages. A group of files across plans declares which part of each contribution it depends on. It is composed again only
where one of those parts has changed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from plansite.checks.runner import find_paths_with_errors
from plansite.deferred_dataclass import dataclass
from plansite.exports.action_records import ActionRecord, build_action_records
from plansite.exports.calendars.events import CalendarEvent, list_calendar_events
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


class ContributionInputs:
    """What the contribution of one plan is worked out from. The site may hold that plan alone.

    `records` are those of its actions, loaded when a field needs them.
    """

    def __init__(
        self,
        dated_site: SiteOnDate,
        plan: Plan,
        load_records: Callable[[], Sequence[ActionRecord]],
        resolver: LinkResolver,
    ) -> None:
        """Nothing is worked out yet."""
        self.dated_site, self.plan, self.resolver = dated_site, plan, resolver
        self._load_records = load_records

    @functools.cached_property
    def records(self) -> Sequence[ActionRecord]:
        """The records of its actions."""
        return self._load_records()

    @functools.cached_property
    def events(self) -> tuple[CalendarEvent, ...]:
        """What is due in the plan, by day."""
        return tuple(list_calendar_events(self.dated_site, self.plan))

    @functools.cached_property
    def entries(self) -> PlanEntries:
        """What it has on lists. Shares of people have the same rows."""
        return list_plan_entries(self.dated_site, self.plan)


#: How each field of a contribution is worked out.
CONTRIBUTED_FIELDS: Mapping[str, Callable[[ContributionInputs], object]] = {
    "csv": lambda it: format_records_csv_lines(it.records),
    "json": lambda it: format_records_json_items(it.records),
    "search": lambda it: render_search_rows(it.dated_site, it.plan, it.records),
    "next_change": lambda it: find_next_change(it.dated_site),
    "entries": lambda it: it.entries,
    "work": lambda it: list_work_shares(it.dated_site, it.plan, it.entries),
    "tags": lambda it: list_tag_shares(it.dated_site, it.plan),
    "calendar": lambda it: tuple(list_calendar_entries(it.events)),
    "calendar_file": lambda it: build_plan_events(it.dated_site, it.plan, it.events),
    "register": lambda it: build_plan_register(it.dated_site, it.plan, _find_faulty_paths(it.records)),
    "incidents": lambda it: tuple(list_incident_rows(it.dated_site, it.plan)),
    "learning": lambda it: tuple(list_learning_entries(it.dated_site, it.plan, it.resolver)),
    "measures": lambda it: list_measure_rows(it.plan),
    "governance": lambda it: build_governance_part(it.dated_site, it.plan),
    "standards": lambda it: list_plan_standards(it.dated_site, it.plan, it.resolver),
    "answers": lambda it: list_plan_answers(it.plan),
}


def contribute(inputs: ContributionInputs) -> PlanContribution:
    """The contribution of one plan."""
    return PlanContribution(**{name: work_out(inputs) for name, work_out in CONTRIBUTED_FIELDS.items()})  # type: ignore[arg-type]


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
