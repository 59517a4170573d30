"""A site composed all at once, with nothing left out and nothing kept: what plan by plan must come to."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from plansite.checks.runner import group_by_path
from plansite.checks.subjects import list_content_pages
from plansite.content.settings import SETTINGS_FILE
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import AudienceFilter, build_audience_filter
from plansite.model.audience.omissions import Omission, count_plan_omissions, count_site_omissions, sum_omissions
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.published_files.inspect import inspect_file
from plansite.site.all_pages import build_people_pages, build_plan_pages, build_tag_pages
from plansite.site.changes.site_changes import build_site_changes_page
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.contributions import (
    ContributionInputs,
    PageContent,
    PlanContribution,
    contribute,
    find_earliest_change,
    list_plan_records,
)
from plansite.site.data.data_files import render_plan_data_files
from plansite.site.measures.measure_files import render_measure_files
from plansite.site.page_groups import SITE_PAGE_GROUPS
from plansite.site.pages.about import BuildInfo
from plansite.site.summary_pages import SummaryPageInputs, build_summary_pages


def pages(outlook: SiteOnDate, findings: tuple[Finding, ...], copy: BuildInfo) -> Iterator[Page]:
    """All pages of a whole site."""
    addresses, found = LinkResolver.from_site(outlook.site), group_by_path(findings)
    contributions = [_contribute(outlook, plan, findings, addresses) for plan in outlook.site.plans]
    for plan in outlook.site.plans:
        yield from build_plan_pages(outlook, plan, addresses, found)
    yield from build_summary_pages(
        SummaryPageInputs(
            dated_site=outlook,
            resolver=addresses,
            findings=findings,
            build_info=copy,
            find_next_change=lambda: find_earliest_change(contributions),
            list_measures=lambda: (row for contribution in contributions for row in contribution.measures),
            list_incidents=lambda: (row for contribution in contributions for row in contribution.incidents),
        )
    )
    yield from build_people_pages(outlook, addresses)
    yield from build_tag_pages(outlook)
    yield build_site_changes_page(outlook, {}, "", has_history=False)
    yield from (content for content in _group_contents(outlook, findings).values() if isinstance(content, Page))


def _contribute(
    outlook: SiteOnDate, plan: Plan, findings: Sequence[Finding], addresses: LinkResolver
) -> PlanContribution:
    records = functools.partial(list_plan_records, outlook, plan, findings)
    return contribute(ContributionInputs(outlook, plan, records, addresses))


def _group_contents(outlook: SiteOnDate, findings: Sequence[Finding]) -> dict[str, PageContent]:
    """The files across plans that are composed from contributions: output path to page, or to the text of a file."""
    addresses = LinkResolver.from_site(outlook.site)
    contributions = [_contribute(outlook, plan, findings, addresses) for plan in outlook.site.plans]
    return {path: content for group in SITE_PAGE_GROUPS for path, content in group.compose(outlook, contributions)}


def for_audience(site: Site, audience: Audience) -> Site:
    """The site with only what this audience may see: file over plan over site.

    Files that could not be read, and findings about files, are for internal readers alone.
    """
    sight = _filter_for(site, audience)
    if sight.shows_all:
        return site
    return Site(
        settings=sight.settings,
        front_page=sight.front_page,
        plans=tuple(seen for plan in site.plans if (seen := sight.filter_plan(plan))),
        owners=sight.owners,
        agencies=sight.agencies,
        files=site.files,
        frameworks=sight.frameworks,
        is_unfiltered=False,
        audience=audience,
    )


def _filter_for(site: Site, audience: Audience) -> AudienceFilter:
    return build_audience_filter(
        site.settings,
        site.front_page,
        site.owners,
        site.agencies,
        site.unreadable,
        audience,
        frameworks=site.frameworks,
    )


def copy_of(site: Site, audience: Audience) -> BuildInfo:
    """What a copy without a commit says of itself; `site` is all of it."""
    if audience is not Audience.INTERNAL:
        return BuildInfo(audience=audience)
    others = [each for each in site.settings.audiences if each is not audience]
    return BuildInfo(left_out_by_audience=tuple((readers, _left_out(site, readers)) for readers in others))


def _left_out(site: Site, readers: Audience) -> tuple[Omission, ...]:
    sight = _filter_for(site, readers)
    above = [each for each in site.unreadable if not each.plan and each.kind != "plan"]
    plans = (
        count_plan_omissions(plan, [each for each in site.unreadable if plan.slug in (each.plan, each.slug)], sight)
        for plan in site.plans
    )
    of_site = count_site_omissions(
        site.front_page, site.owners, site.agencies, above, sight, site.settings.views, site.frameworks
    )
    return sum_omissions((of_site, *plans))


def data_files(outlook: SiteOnDate, findings: Sequence[Finding]) -> dict[str, bytes]:
    """All data files of a whole site: output path to bytes, in UTF-8; `findings` say which files need attention."""
    contents = _group_contents(outlook, findings).items()
    files = {path: content for path, content in contents if not isinstance(content, Page)}
    for plan in outlook.site.plans:
        files.update(render_plan_data_files(outlook.site, plan, list_plan_records(outlook, plan, findings)))
        files.update(render_measure_files(outlook.site, plan))
    return {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}


def load_with_reports(root: Path) -> Site:
    """The whole site in `root`, with what is in its files beside the content."""
    site = load_site(root)
    reports = {path: inspect_file(path, (root / path).read_bytes()) for path in site.files if (root / path).is_file()}
    return replace(site, file_reports=reports)


def files_checked(outlook: SiteOnDate) -> int:
    """How many files were looked at: the settings, and everything read or found unreadable."""
    pages = (page.path for page in list_content_pages(outlook.site))
    return len({SETTINGS_FILE, *pages, *(each.path for each in outlook.site.unreadable)})
