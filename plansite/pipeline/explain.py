"""Why a page was rendered again: which input has changed since the last build."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.settings import SETTINGS_FILE
from plansite.content.source_tree import PlanFiles
from plansite.model.formatting import format_count
from plansite.pipeline.build import BuildResult

#: How many reasons are named before the rest is counted.
_MAX_REASONS = 3
_TABLE_DESCRIPTIONS = {
    "actions": "the action {}",
    "people": "who “{}” is",
    "people agencies": "which agency “{}” is",
    "declared people": "who “{}” is",
    "declared people agencies": "which agency “{}” is",
    "agency slugs": "which agency “{}” is",
    "page addresses": "whether there is a file {}",
    "path twins": "which file is called {}",
    "anchors": "the headings of {}",
    "plans": "the plan {}",
    "dependents": "the action {}",
    "unreadable": "whether {} can be read",
    "plans with unreadable actions": "whether all of {} can be read",
    "dependency cycles": "which actions of {} wait for each other",
    "hidden names": "which names are hidden from {}",
    "address holders": "which actions have the address {}",
    "file reports": "what is in the file {}",
    "suggestion names": "the names of {} on the site",
}


def explain_build(result: BuildResult) -> Iterator[tuple[str, str]]:
    """Each page and data file that was rendered, by output path, with what had changed."""
    general = _explain_all(result)
    reasons = {slug: _explain_plan(result, slug) for slug in result.plans.rendered}
    for slug, reason in reasons.items():
        for path, _ in result.plans.by_slug[slug].value.files:
            yield path, general or reason
    for path in result.site_pages.changed:
        yield path, general or _join_reasons([*filter(None, reasons.values())]) or "what it shows changed"


def _explain_all(result: BuildResult) -> str:
    """What changed for all pages at once; empty where nothing did."""
    previous, build = result.renderer.cache, result.build
    if not previous.plans:
        return "there is no stored copy of an earlier build"
    if previous.file_hashes.get(SETTINGS_FILE) != build.source.hashes[SETTINGS_FILE]:
        return f"{SETTINGS_FILE} changed"
    if previous.context != build.context.fingerprint:
        return "it is another day"
    return "" if previous.page_context == result.renderer.context.fingerprint else "the theme or the menu changed"


def _explain_plan(result: BuildResult, slug: str) -> str:
    plan_files = next(files for files in result.build.source.plans if files.slug == slug)
    reasons = [
        *_list_changed_files(result, plan_files),
        *_list_changed_lookups(result, slug),
        *_list_changed_history(result, slug),
    ]
    if not reasons and slug not in result.renderer.cache.plans:
        return "the plan is new"
    return _join_reasons(reasons) or "a published file had been touched"


def _list_changed_files(result: BuildResult, plan_files: PlanFiles) -> Iterator[str]:
    hashes, previous = result.build.source.hashes, result.renderer.cache.file_hashes
    paths = (*plan_files.files, *(each.path for each in plan_files.external_files))
    for path in dict.fromkeys((*paths, *(f"{path[:-3]}.csv" for path in paths))):
        if hashes.get(path) != previous.get(path):
            yield f"{path} is new" if path not in previous else f"{path} changed"
    folder = f"content/plans/{plan_files.folder}/"
    removed = (path for path in previous if path not in hashes and plan_files.folder and path.startswith(folder))
    yield from (f"{path} has been removed" for path in removed)


def _list_changed_lookups(result: BuildResult, slug: str) -> Iterator[str]:
    """What the plan looked up in the rest of the site, where the answer has changed."""
    previous = result.renderer.cache
    results = (previous.checks.get(slug), previous.plans.get(slug))
    lookups = {lookup: None for cached in results if cached for lookup in cached.lookups}
    for table, key, _ in result.build.tables.changed(lookups):
        name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
        yield f"{_TABLE_DESCRIPTIONS[table].format(name)} changed"


def _list_changed_history(result: BuildResult, slug: str) -> Iterator[str]:
    previous = result.renderer.cache.plans.get(slug)
    if previous and previous.value.history != result.renderer.histories.fingerprint(slug):
        yield "its history changed"


def _join_reasons(reasons: list[str]) -> str:
    distinct = list(dict.fromkeys(reasons))
    count = len(distinct) - _MAX_REASONS
    more = f", and {format_count(count, 'more reason')}" if count > 0 else ""
    return ", ".join(distinct[:_MAX_REASONS]) + more
