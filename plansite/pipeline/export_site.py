"""The site from which actions are exported: as an audience sees it, with the words of the plans that are asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plansite.cache.layout import CACHE_FOLDER
from plansite.cache.site_cache import SiteCache, memory_cache, open_cache
from plansite.checks.runner import find_paths_with_errors
from plansite.exports.selection import ExportSelection, select_actions
from plansite.lookup import look_up_owner_or_agency, look_up_plan
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.model.status import Audience
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_checks import check_site, run_plan_check
from plansite.pipeline.refusals import require_clear_marks
from plansite.pipeline.site_build import SiteBuild


def load_export_build(root: Path, clock: Clock, audience: Audience | None, *, is_lenient: bool) -> SiteBuild:
    """The site in a folder as an audience sees it, by default its own. Nothing is stored where no build was made.

    Raises UnclearMarkError unless it `is_lenient`, SettingsError and OSError.
    """
    cache = _open_cache(root)
    build = SiteBuild.load(root, clock, audience, cache)
    if not build.context.sees_all and not is_lenient:
        require_clear_marks(check_site(root, clock, cache)[1], build.context.audience_filter.audience)
    return build


def _open_cache(root: Path) -> SiteCache:
    return open_cache(root) if (root / CACHE_FOLDER).is_dir() else memory_cache()


def load_selection(build: SiteBuild, plan: str | None, owner: str | None) -> ExportSelection:
    """The actions of a plan and of an owner, each by a name as users type it; without a name, of all.

    Raises UnknownNameError.
    """
    site = build.summaries().site
    slugs = build.plan_slugs if plan is None else (look_up_plan(site, plan).slug,)
    words = {slug: build.parsed_plan(slug).plan for slug in slugs}
    site = replace(site, plans=tuple(words.get(each.slug, each) for each in site.plans))
    selection = select_actions(
        SiteOnDate(site, build.context.today),
        words[slugs[0]] if plan is not None else None,
        look_up_owner_or_agency(site, owner) if owner is not None else None,
    )
    return replace(selection, faulty_paths=_find_faulty_paths(build, selection))


def _find_faulty_paths(build: SiteBuild, selection: ExportSelection) -> frozenset[str]:
    """The files of the selected actions that have errors; none for narrower readers, who are not told."""
    if not build.context.sees_all:
        return frozenset()
    checks = (run_plan_check(build, build.parsed_plan(each.plan.slug)) for each in selection.plans)
    return frozenset(path for check in checks for path in find_paths_with_errors(check.value.findings))


def count_unread_files(build: SiteBuild, selection: ExportSelection) -> tuple[int, int]:
    """How many files of actions could not be read, and how many of those selected have errors; 0 for narrower readers.

    What is faulty in a file is not among its values.
    """
    if not build.context.sees_all:
        return 0, 0
    slugs = build.plan_slugs if selection.owner else [each.plan.slug for each in selection.plans]
    parsed = [build.parsed_plan(slug) for slug in slugs]
    paths = {action.path for action in selection.actions}
    errors = (each.path for plan in parsed for each in plan.findings if each.rule.level is Level.ERROR)
    unreadable = sum(file.kind == "action" for plan in parsed for file in plan.unreadable)
    return unreadable, len(paths.intersection(errors))
