"""The pages of owners, agencies and tags as tasks: each part is composed again only where its inputs have changed."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from plansite.incremental.fingerprint import fingerprint
from plansite.model.people import OwnerOrAgency
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans
from plansite.pipeline.site_wide.page_task import Files, SitePageTask
from plansite.site.lists.tagged_actions import SiteTags
from plansite.site.lists.tags import list_tag_parts
from plansite.site.page_parts import SitePagePart
from plansite.site.people.page_parts import list_people_parts
from plansite.site.people.site_work import SiteWork


def list_part_tasks(renderer: PlanRenderer, plans: RenderedPlans, shared_fingerprint: str) -> Iterator[SitePageTask]:
    """A task for each part. `shared_fingerprint` covers what any part may show besides its inputs."""
    site, contributions = renderer.build.site_without_plans(), plans.contributions
    fingerprints = [result.value.parts for result in plans.by_slug.values()]
    unreadable = sum(each.entries.unreadable_actions for each in contributions)
    work = SiteWork(site.site.people, (each.work for each in contributions), unreadable)
    tags = SiteTags(each.tags for each in contributions)
    shared = fingerprint(shared_fingerprint, tuple(sorted(_describe_people(work))))
    for part in (
        *list_people_parts(site, work, fingerprints, renderer.build.addresses),
        *list_tag_parts(site, tags, fingerprints),
    ):
        yield SitePageTask(
            name=part.path,
            fingerprint=fingerprint(shared, part.inputs),
            compose=functools.partial(_compose, part),
        )


def _compose(part: SitePagePart) -> Files:
    return ((page.path, page) for page in part.compose())


def _describe_people(work: SiteWork) -> Iterator[tuple[str, str, str]]:
    """Everybody who has a page: rows link to them by name. In no order, as tables sort them."""
    everybody: tuple[OwnerOrAgency, ...] = (*work.people.owners, *work.people.agencies)
    return ((type(each).__name__, each.slug, each.title) for each in everybody)
