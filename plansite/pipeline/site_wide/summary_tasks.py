"""The pages that are composed from summaries of all plans as tasks: the front page, lists, changes and the others."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from plansite.incremental.fingerprint import fingerprint
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.pipeline.cached import fingerprint_findings
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans
from plansite.pipeline.site_wide.page_task import Files, SitePageTask
from plansite.publish.headers import netlify
from plansite.site.changes.site_changes import build_site_changes_page, render_feeds
from plansite.site.contributions import find_earliest_change
from plansite.site.summary_pages import SUMMARY_PAGES, Shows, SummaryPageInputs, SummaryPages

_SOURCE = "summaries of plans"


def list_summary_tasks(
    renderer: PlanRenderer,
    plans: RenderedPlans,
    findings: tuple[Finding, ...],
    load_summaries: Callable[[], SiteOnDate],
    summaries_fingerprint: str,
) -> Iterator[SitePageTask]:
    """A task for each set of pages. `findings` are those that the audience may see.

    `summaries_fingerprint` covers what is known of all plans, also their measures, incidents and days of change, and
    what any page may show besides.
    """
    site = renderer.build.context.site
    inputs: Mapping[Shows, tuple[object, ...]] = {
        Shows.NOTHING_ELSE: (),
        Shows.FRONT_PAGE: (site.front_page,),
        Shows.BUILD: (renderer.context.build_info, fingerprint_findings(findings)),
    }
    create_inputs = functools.cache(lambda: _create_inputs(renderer, plans, findings, load_summaries()))

    def compose(pages: SummaryPages) -> Files:
        return ((page.path, page) for page in pages.build(create_inputs()))

    for pages in SUMMARY_PAGES:
        yield SitePageTask(
            name=pages.name,
            fingerprint=fingerprint(summaries_fingerprint, inputs[pages.shows]),
            compose=functools.partial(compose, pages),
            source=_SOURCE,
        )
    yield SitePageTask(
        name="changes",
        fingerprint=fingerprint(summaries_fingerprint, renderer.histories.index),
        compose=lambda: _compose_changes(renderer, load_summaries()),
        source=_SOURCE,
    )
    headers = (("_headers", netlify(site.settings)),)
    yield SitePageTask(name="headers", fingerprint=fingerprint(headers), compose=lambda: headers)


def _create_inputs(
    renderer: PlanRenderer,
    plans: RenderedPlans,
    findings: tuple[Finding, ...],
    summaries: SiteOnDate,
) -> SummaryPageInputs:
    return SummaryPageInputs(
        dated_site=summaries,
        resolver=renderer.build.addresses,
        findings=findings,
        build_info=renderer.context.build_info,
        find_next_change=lambda: find_earliest_change(plans.contributions),
        list_measures=lambda: (row for contribution in plans.contributions for row in contribution.measures),
        list_incidents=lambda: (row for contribution in plans.contributions for row in contribution.incidents),
    )


def _compose_changes(renderer: PlanRenderer, summaries: SiteOnDate) -> Files:
    histories = renderer.histories
    changes, index = histories.recent(summaries.today), histories.index
    page = build_site_changes_page(
        summaries, changes, index.unavailable_reason, has_history=histories.is_available, first_day=index.first_day
    )
    yield page.path, page
    if histories.is_available:
        yield from render_feeds(summaries, changes).items()
