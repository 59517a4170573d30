"""The parts of pages across plans as tasks: which there are, and the fingerprint of all that each depends on."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.model.assessment import SiteOnDate
from plansite.model.people import OwnerOrAgency
from plansite.pipeline.cached import PublishedGroup
from plansite.pipeline.site_build import SiteBuild
from plansite.pipeline.site_wide.document_fingerprints import DocumentFingerprints
from plansite.site.all_pages import list_people_parts, list_table_parts
from plansite.site.components.page import Page
from plansite.site.page_parts import SitePagePart

#: The name under which it is stored what the list of parts was made from. Names of parts begin in the same way.
PARTS_NAME = "parts of pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTasks:
    """The fingerprint of each part by its name, and of what all of them were listed from.

    `compose` returns the pages of a part by its name. `prepare` lists the parts if that was not needed before.
    """

    inputs: str
    fingerprints: Mapping[str, str]
    compose: Callable[[str], Iterator[Page]]
    prepare: Callable[[], object]


def list_part_tasks(
    build: SiteBuild,
    load_summaries: Callable[[], SiteOnDate],
    cached: Mapping[str, PublishedGroup],
    shared_fingerprint: str,
    summaries_fingerprint: str,
) -> PartTasks:
    """The parts of a site. Where no plan shows anything else than in the last build, they are those that were stored.

    `shared_fingerprint` covers what any part may show besides its documents and facts, `summaries_fingerprint` what is
    known of all plans.
    """

    @functools.cache
    def list_parts() -> dict[str, SitePagePart]:
        summaries = load_summaries()
        parts = (*list_people_parts(summaries, build.addresses), *list_table_parts(summaries))
        return {f"{PARTS_NAME}: {part.path}": part for part in parts}

    def compose(name: str) -> Iterator[Page]:
        return list_parts()[name].compose()

    inputs = fingerprint(shared_fingerprint, summaries_fingerprint)
    stored = cached.get(PARTS_NAME)
    if stored and stored.fingerprint == inputs:
        known = {name: group.fingerprint for name, group in cached.items() if name.startswith(f"{PARTS_NAME}: ")}
        return PartTasks(inputs=inputs, fingerprints=known, compose=compose, prepare=list_parts)
    summaries = load_summaries()
    of_all = fingerprint(shared_fingerprint, _describe_people(summaries), summaries.site.unreadable)
    documents = DocumentFingerprints(
        summaries.site,
        build.source.hashes,
        {slug: build.loader.by_slug[slug].summary_fingerprint for slug in build.plan_slugs},
    )
    fingerprints = {
        name: fingerprint(of_all, part.facts, tuple(map(documents.find, part.documents)))
        for name, part in list_parts().items()
    }
    return PartTasks(inputs=inputs, fingerprints=fingerprints, compose=compose, prepare=list_parts)


def _describe_people(summaries: SiteOnDate) -> tuple[tuple[str, str, str], ...]:
    """Everybody who has a page: rows link to them by name."""
    people = summaries.site.people
    everybody: tuple[OwnerOrAgency, ...] = (*people.owners, *people.agencies)
    return tuple((type(each).__name__, each.slug, each.title) for each in everybody)
