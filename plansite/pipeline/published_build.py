"""A build into a folder: with what the last one left, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.cache.site_cache import open_store, prune_store
from plansite.incremental.file_hashes import FileHashes
from plansite.model.findings import Finding, Level, SiteError
from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_renderer import ReportProgress
from plansite.publish.file_stats import FileStat
from plansite.publish.publish import open_publication


class StrictBuildError(SiteError):
    """A strict build has met errors, so nothing is published."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        """The errors that stand in the way."""
        self.errors = errors
        super().__init__(f"{len(errors)} errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What is to be built, for whom, and where it is to stand. `stood` is the commit of an earlier state."""

    root: Path
    out: Path
    audience: Audience | None = None
    strict: bool = False
    as_at_commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBuild:
    """A build that was published, and how its files lie in their folder."""

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
    """Build and publish. `begun` is called once the folder is ours and before anything is written.

    `prints` are the digests of all files of the site, where somebody has just taken them.

    Raises Refused in a strict build with errors, SettingsError, ThemeError, PublishError and OSError; the old site
    then still stands.
    """
    store = open_store(request.root)
    place = f"marks {request.out.resolve()}"
    kept = store.get(place)
    with open_publication(request.out, root=request.root, stats=kept if isinstance(kept, dict) else {}) as edition:
        on_start()
        result = build_site(
            request.root,
            clock,
            request.audience,
            store,
            edition.stage,
            hashes=hashes,
            report_progress=report_progress,
            history=not request.as_at_commit,
            as_at_commit=request.as_at_commit,
        )
        errors = tuple(finding for finding in result.findings if finding.rule.level is Level.ERROR)
        if request.strict and errors:
            raise StrictBuildError(errors)
        marks = edition.finish(result.files)
    store.put(place, dict(marks))
    audience = result.renderer.site.context.audience_filter.audience
    prune_store(store, f"pages {audience}", (place, *result.cache_keys))
    return PublishedBuild(result=result, stats=marks)
