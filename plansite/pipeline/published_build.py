"""A build that is published into a folder: reusing what the last one stored, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plansite.cache.output_folders import find_published_audience, record_output
from plansite.cache.site_cache import SiteCache, open_cache, prune_store
from plansite.deferred_dataclass import dataclass
from plansite.incremental.file_hashes import FileHashes
from plansite.model.findings import SiteError
from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_renderer import ReportProgress
from plansite.pipeline.refusals import require_clear_marks, require_no_errors
from plansite.publish.file_stats import FileStat
from plansite.publish.publish import Publication, open_publication

_ENCRYPTED_SUFFIX = ".bin"


class ShrinkError(SiteError):
    """A build has far fewer pages than the published site, so nothing is published."""

    def __init__(self, out: Path, before: int, now: int) -> None:
        """`before` and `now` are numbers of pages."""
        super().__init__(
            f"the site in {out} has {before:,} pages, and this build has {now:,}. Nothing was published, and {out} is "
            "as it was. Check whether a folder was moved or renamed. If you meant to remove so many pages, build with "
            "--allow-shrink"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, for whom, and into which folder. `as_at_commit` is the commit of an earlier state of the site.

    A build for fewer than internal readers is published with unclear marks only if it `is_lenient`.
    `allow_shrink` lets the site lose more than half of its pages.
    """

    root: Path
    out: Path
    audience: Audience | None = None
    strict: bool = False
    is_lenient: bool = False
    as_at_commit: str = ""
    allow_shrink: bool = False

    def require_publishable(self, result: BuildResult) -> None:
        """Raise StrictBuildError or UnclearMarkError if the findings do not allow the build to be published."""
        if self.strict:
            require_no_errors(result.findings)
        if not self.is_lenient and not result.build.context.sees_all:
            require_clear_marks(result.findings, result.build.context.audience_filter.audience)

    def require_no_shrink(self, published: Iterable[str], built: Iterable[str]) -> None:
        """Raise ShrinkError if a build has less than half as many pages as the published site of the same audience.

        An encrypted site is no measure for one that is not, and the other way round: it counts all files as pages.
        """
        before, now = list(published), list(built)
        if self.allow_shrink or self.as_at_commit or _is_encrypted(before) != _is_encrypted(now):
            return
        if count_pages(now) * 2 < count_pages(before):
            raise ShrinkError(self.out, count_pages(before), count_pages(now))


def count_pages(paths: Iterable[str]) -> int:
    """How many of the paths are pages, or files of an encrypted site, whose names do not tell what they hold."""
    return sum(path.endswith((".html", _ENCRYPTED_SUFFIX)) for path in paths)


def _is_encrypted(paths: Iterable[str]) -> bool:
    return any(path.endswith(_ENCRYPTED_SUFFIX) for path in paths)


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
    ShrinkError, SettingsError, ThemeError, PublishError and OSError; the old site is then still in place.
    """
    cache = open_cache(request.root)
    stats_key = f"file stats {request.out.resolve()}"
    stats_before = cache.store.get(stats_key) or {}
    is_known = bool(find_published_audience(cache.outputs, request.out))
    with open_publication(request.out, root=request.root, stats=stats_before, is_known=is_known) as publication:
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
        stats = _replace_published_site(publication, request, result, cache)
    cache.store.put(stats_key, dict(stats))
    prune_store(cache.store, f"pages {result.build.context.audience_filter.audience}", (stats_key, *result.cache_keys))
    return PublishedBuild(result=result, stats=stats)


def _replace_published_site(
    publication: Publication, request: BuildRequest, result: BuildResult, cache: SiteCache
) -> Mapping[str, FileStat]:
    """Replace the published site, and record it. Raises ShrinkError if that would lose most of its pages.

    A site that was built for another audience is no measure for how many pages this one should have.
    """
    audience = result.build.context.audience_filter.audience.value
    if find_published_audience(cache.outputs, request.out) in ("", audience):
        request.require_no_shrink(publication.manifest, result.files)
    stats = publication.finish(result.files)
    record_output(cache.outputs, request.out, audience)
    return stats
