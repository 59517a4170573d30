"""Builds a pack from a site: loads it for the readers, selects, composes, and describes where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from plansite import __version__
from plansite.cache.layout import CACHE_FOLDER
from plansite.cache.site_cache import SiteCache, memory_cache, open_cache
from plansite.content.folders import list_source_folders
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.composition import PackFile, PackOrigin, compose_pack
from plansite.evidence_pack.manifest import READERS, README, PackManifest
from plansite.evidence_pack.packed_site import PackedSite, select_site
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.readme import format_readme
from plansite.evidence_pack.selection import PackKind, PackSubject
from plansite.history.git import build_no_filter_environment, run_git
from plansite.lookup import UnknownNameError
from plansite.model.people import normalise_name
from plansite.model.status import Audience
from plansite.pipeline.context import Clock
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.page_context import find_commit_of
from plansite.pipeline.plan_checks import check_site
from plansite.pipeline.refusals import require_clear_marks
from plansite.pipeline.site_build import SiteBuild
from plansite.site.evidence_pack.period import PackPeriod

#: What of a site's folder decides what is in a pack.
_SITE_PATHS = ("plansite.yaml", "content", "themes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRequest:
    """What to pack, for whom, and of which period. `audience` left out is that of the site.

    `commit` is the commit of the files where they are those of an earlier one, and `is_earlier` says that pages tell
    so. A pack for fewer than internal readers is made with unclear marks only if it `is_lenient`.
    """

    root: Path
    subject: PackSubject
    period: PackPeriod = PackPeriod()
    audience: Audience | None = None
    is_lenient: bool = False
    commit: str = ""
    is_earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPack:
    """The files of a pack by path, its manifest without the files, and what it was made from.

    `commit` is that of the files, also where readers are not told it. `build` is the site for the same readers.
    """

    files: Mapping[str, PackFile]
    manifest: PackManifest
    commit: str
    is_clean: bool
    build: SiteBuild


def build_pack(request: PackRequest, clock: Clock) -> BuiltPack:
    """Build a pack in memory; linked files are read when it is written.

    Raises UnknownNameError and NothingSelectedError, UnclearMarkError, MissingExportError, SettingsError, ThemeError
    and OSError.
    """
    root = request.root
    cache = _open_cache(root)
    build = SiteBuild.load(root, clock, request.audience, cache)
    audience = build.context.audience_filter.audience
    if not build.context.sees_all and not request.is_lenient:
        require_clear_marks(check_site(root, clock, cache)[1], audience)
    site = _select(build, request.subject)
    commit = find_commit_of(root, request.commit)
    origin = PackOrigin(
        commit=commit,
        is_clean=not commit or bool(request.commit) or not has_uncommitted_changes(root, build),
        is_earlier=request.is_earlier,
    )
    files = compose_pack(site, request.subject.kind, request.period, origin, PlanHistories.load(build, commit))
    manifest = _describe(request, site, origin)
    readme = format_readme(manifest, site.selection.title, build.context.site.settings)
    return BuiltPack(
        files={**files, README: readme.encode()},
        manifest=manifest,
        commit=commit,
        is_clean=origin.is_clean,
        build=build,
    )


def _open_cache(root: Path) -> SiteCache:
    """The cache of earlier builds where there is one; a pack leaves none behind."""
    return open_cache(root) if (root / CACHE_FOLDER).is_dir() else memory_cache()


def _select(build: SiteBuild, subject: PackSubject) -> PackedSite:
    try:
        return select_site(build, subject)
    except UnknownNameError:
        hidden = {normalise_name(slug) for slug in build.all_plans} - set(map(normalise_name, build.plan_slugs))
        asked = next((name for name in subject.names if normalise_name(name) in hidden), "")
        if subject.kind is PackKind.PLAN and asked:
            readers = READERS[build.context.audience_filter.audience.value]
            raise NothingSelectedError(f"the plan “{asked}” is not for {readers}; choose another --audience") from None
        raise


def _describe(request: PackRequest, site: PackedSite, origin: PackOrigin) -> PackManifest:
    """The manifest of a pack without its files. Only internal readers are told the commit, as on the site."""
    context, period = site.build.context, request.period

    def format_day(day: date | None) -> str:
        return day.isoformat() if day else ""

    return PackManifest(
        plansite=__version__,
        day=context.today.isoformat(),
        audience=context.audience_filter.audience.value,
        subject=request.subject.kind.value,
        names=site.selection.names,
        first=format_day(period.first),
        last=format_day(period.last),
        commit=origin.commit if context.sees_all else "",
        is_clean=origin.is_clean if origin.commit and context.sees_all else None,
        is_earlier=origin.is_earlier,
        files={},
    )


def has_uncommitted_changes(root: Path, build: SiteBuild) -> bool:
    """Whether git knows of changes to the files of a site, or of its sources, that are not committed."""
    sources = [root / path for path in list_source_folders(build.source.settings)[1:]]
    places = [(root, [path for path in _SITE_PATHS if (root / path).exists()])]
    places += [(folder, ["."]) for folder in sources if folder.is_dir()]
    for folder, paths in places:
        status = ("status", "--porcelain", "-z", "--untracked-files=all", "--", *paths)
        result = run_git(folder, *status, extra_environment=build_no_filter_environment(folder))
        if result.failed or result.output:
            return True
    return False
