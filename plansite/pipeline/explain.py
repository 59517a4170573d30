"""Why a page was drawn: which input had changed since the last build."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.settings import SETTINGS_FILE
from plansite.content.source_tree import PlanFiles
from plansite.model.formatting import format_count
from plansite.pipeline.build import BuildResult
from plansite.pipeline.cached import PageCache

#: So many files are named where more have changed.
_MOST = 3
_ASKED = {
    "people": "who “{}” is",
    "people agencies": "which agency “{}” is",
    "declared": "who “{}” is",
    "declared agencies": "which agency “{}” is",
    "agency slugs": "which agency “{}” is",
    "pages": "whether there is a file {}",
    "plans": "the plan {}",
    "unread": "whether {} can be read",
    "plans unread": "whether all of {} can be read",
    "circles": "which actions of {} wait for each other",
    "names": "the names of {} on the site",
}


def explain_build(made: BuildResult) -> Iterator[tuple[str, str]]:
    """Each page and data file that was drawn, by output path, with what had changed."""
    kept = made.renderer.cache
    general = _general(kept, made)
    for slug in made.plans.rendered:
        reason = general or _of_plan(kept, made, slug)
        for path, _ in made.plans.by_slug[slug].files:
            yield path, reason
    changed = [reason for slug in made.plans.rendered if (reason := _of_plan(kept, made, slug))]
    for path in made.site_pages.changed:
        yield path, general or _listed(changed) or "what it shows changed"


def _general(kept: PageCache, made: BuildResult) -> str:
    """What changed for all pages at once; empty where nothing did."""
    if not kept.plans:
        return "nothing is kept of an earlier build"
    if kept.hashes.get(SETTINGS_FILE) != made.renderer.site.source.hashes[SETTINGS_FILE]:
        return f"{SETTINGS_FILE} changed"
    if kept.context != made.renderer.site.context.fingerprint:
        return "it is another day"
    return "" if kept.page_context == made.renderer.page_fingerprint else "the theme changed"


def _of_plan(kept: PageCache, made: BuildResult, slug: str) -> str:
    batch = next(batch for batch in made.renderer.site.source.plans if batch.slug == slug)
    files = [*_changed(kept, made, batch), *_asked(kept, made, slug), *_past(kept, made, slug)]
    if not files and slug not in kept.plans:
        return "the plan is new"
    return _listed(files) or "a published file had been touched"


def _changed(kept: PageCache, made: BuildResult, batch: PlanFiles) -> Iterator[str]:
    """Files of a plan that are not what they were."""
    now, before = made.renderer.site.source.hashes, kept.hashes
    paths = (*batch.files, *(each.path for each in batch.external_files))
    for path in dict.fromkeys((*paths, *(f"{each[:-3]}.csv" for each in paths))):
        if now.get(path) != before.get(path):
            yield f"{path} is new" if path not in before else f"{path} changed"
    folder = f"content/plans/{batch.folder}/"
    yield from (f"{path} is gone" for path in before if path not in now and batch.folder and path.startswith(folder))


def _asked(kept: PageCache, made: BuildResult, slug: str) -> Iterator[str]:
    """What a plan had asked about the rest of the site, where the answer is another now."""
    around, prints = made.renderer.site.plans.index, made.renderer.site.source.hashes
    told = (kept.checks.get(slug), kept.plans.get(slug))
    answers = {answer: None for each in told if each for answer in each.lookups}
    for answer in answers:
        if not around.are_unchanged((answer,), prints):
            table, key, _ = answer
            name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield _ASKED.get(table, "the action {}").format(name) + " changed"


def _past(kept: PageCache, made: BuildResult, slug: str) -> Iterator[str]:
    before = kept.plans.get(slug)
    if before and before.history != made.renderer.histories.fingerprint(slug):
        yield "its history changed"


def _listed(reasons: list[str]) -> str:
    distinct = list(dict.fromkeys(reasons))
    more = f", and {format_count(len(distinct) - _MOST, 'more reason')}" if len(distinct) > _MOST else ""
    return ", ".join(distinct[:_MOST]) + more
