"""A build that is published into a folder: reusing what the last one stored, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.cache.site_cache import open_cache, prune_store
from plansite.incremental.file_hashes import FileHashes
from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_renderer import ReportProgress
from plansite.pipeline.refusals import require_clear_marks, require_no_errors
from plansite.publish.file_stats import FileStat
from plansite.publish.publish import open_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, for whom, and into which folder. `as_at_commit` is the commit of an earlier state of the site.

    A build for fewer than internal readers is published with unclear marks only if it `is_lenient`.
    """

    root: Path
    out: Path
    audience: Audience | None = None
    strict: bool = False
    is_lenient: bool = False
    as_at_commit: str = ""

    def require_publishable(self, result: BuildResult) -> None:
        """Raise StrictBuildError or UnclearMarkError if the findings do not allow the build to be published."""
        if self.strict:
            require_no_errors(result.findings)
        if not self.is_lenient and not result.build.context.sees_all:
            require_clear_marks(result.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBuild:
    """A build that was published, and the size, times and mode of each of its files by output path."""

    result: BuildResult
    stats: Mapping[str, FileStat]


def publish_site(
    request: BuildRequest,
    clock: Clock,
    *,
    hashes: FileHashes | None = None,
    report_progress: ReportProgress | None = None,
    on_start: Callable[[], None],
) -> PublishedBuild:
    """Build and publish. `on_start` is called when the output folder is locked and before anything is written.

    `hashes` are the content hashes of all files of the site if they were just taken. Raises RefusedBuildError,
    SettingsError, ThemeError, PublishError and OSError; the old site is then still in place.
    """
    cache = open_cache(request.root)
    stats_key = f"file stats {request.out.resolve()}"
    stored = cache.store.get(stats_key)
    with open_publication(
        request.out, root=request.root, stats=stored if isinstance(stored, dict) else {}
    ) as publication:
        on_start()
        result = build_site(
            request.root,
            clock,
            request.audience,
            cache,
            publication.stage,
            hashes=hashes,
            report_progress=report_progress,
            history=not request.as_at_commit,
            as_at_commit=request.as_at_commit,
        )
        request.require_publishable(result)
        stats = publication.finish(result.files)
    cache.store.put(stats_key, dict(stats))
    prune_store(cache.store, f"pages {result.build.context.audience_filter.audience}", (stats_key, *result.cache_keys))
    return PublishedBuild(result=result, stats=stats)
