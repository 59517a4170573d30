"""The site as `plansite serve` shows it: built again after each change, its pages rendered when they are requested."""

from __future__ import annotations

from pathlib import Path

from plansite.cache.site_cache import SiteCache, open_cache
from plansite.checks.redaction import redact_findings
from plansite.content.folders import list_source_folders
from plansite.content.settings import SETTINGS_FILE, load_settings
from plansite.incremental.file_hashes import HashCache
from plansite.incremental.store import ReadThroughStore
from plansite.pipeline.build import BuiltSite
from plansite.pipeline.context import Clock
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.page_context import create_page_context, find_commit_of
from plansite.pipeline.plan_checks import check_plans, check_site, list_findings, list_linked_files
from plansite.pipeline.preview_pages.lazy_pages import LazyPages, PreviewedSite
from plansite.pipeline.preview_pages.preview_contributions import ContributionCache
from plansite.pipeline.refusals import require_clear_marks
from plansite.pipeline.site_build import SiteBuild
from plansite.pipeline.site_wide.site_pages import list_static_files
from plansite.render.theme_checks import check_theme


class PreviewSite:
    """Builds one site again and again. Files that have not changed are neither read nor checked again."""

    def __init__(self, root: Path, clock: Clock, *, is_lenient: bool = False) -> None:
        """`clock` is asked at each build. `is_lenient` is as in BuildRequest."""
        self._root = root
        self._clock = clock
        self._is_lenient = is_lenient
        cache = open_cache(root)
        self._cache = SiteCache(store=ReadThroughStore(cache.store), history=cache.history)
        self._hash_cache = HashCache()
        self._contributions = ContributionCache()
        self._page_fingerprint = ""

    def build(self) -> BuiltSite:
        """The site as its files are now. Raises UnclearMarkError, SettingsError, ThemeError and OSError."""
        settings = load_settings(self._root)
        hashes = self._hash_cache.hash_files(self._root, SETTINGS_FILE, list_source_folders(settings))
        build = SiteBuild.load(self._root, self._clock, None, self._cache, hashes)
        checks = check_plans(build)
        commit = find_commit_of(self._root, "")
        context = create_page_context(build, self._clock, commit)
        findings = list_findings(build, checks)
        files = LazyPages(
            PreviewedSite(
                build=build,
                context=context,
                checks=checks,
                findings=findings,
                histories=PlanHistories.load(build, commit),
                static_files=list_static_files(build, list_linked_files(build, checks), context.theme),
                contributions=self._contributions,
            )
        )
        self._contributions.keep_only(build.index.plans)
        if context.fingerprint != self._page_fingerprint:
            files.try_templates()
            self._page_fingerprint = context.fingerprint
        if not build.context.sees_all:
            _, findings = check_site(self._root, self._clock, self._cache)
        reported = (*redact_findings(findings), *check_theme(context.theme, self._root))
        if not build.context.sees_all and not self._is_lenient:
            require_clear_marks(reported, build.context.audience_filter.audience)
        return BuiltSite(files=files, findings=reported, site=build.context.site)
