"""The pipeline: read, leave out what the audience may not see, look for faults, draw, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.checks.redaction import redact_findings
from plansite.history.git import find_head_commit
from plansite.history.signatures import describe_signature, find_signatures
from plansite.incremental.file_hashes import FileHashes, hash_file
from plansite.incremental.store import MemoryStore, Store
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.cached import PageCache, page_cache_key
from plansite.pipeline.context import Clock, PageContext
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.output import MemoryOutput, Output
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans, ReportProgress
from plansite.pipeline.site_build import SiteBuild, check_site
from plansite.pipeline.site_pages import SitePages, publish_static_files, render_site_pages
from plansite.publish.headers import meta_policy
from plansite.publish.stage import FileDigest
from plansite.render.page_renderer import PageRenderer, insert_as_at_date
from plansite.render.theme import Theme, load_theme
from plansite.render.theme_checks import check_theme
from plansite.site.components.page import Page, build_site_layout
from plansite.site.pages.about import BuildInfo

#: So many characters of a commit's name are shown.
_SHORT_COMMIT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A whole site: its files by output path, as bytes or as the file to copy.

    `findings` speak of the whole repository, whoever the build is for; pages show only those of what they may show.
    """

    files: Mapping[str, bytes | Path]
    findings: tuple[Finding, ...]
    site: Site


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build has come to: every file with what it holds, and how it came about.

    `names` are those under which everything is kept that the next build can use.
    """

    renderer: PlanRenderer
    plans: RenderedPlans
    site_pages: SitePages
    files: Mapping[str, FileDigest]
    findings: tuple[Finding, ...]
    cache_keys: tuple[str, ...]


def build_site(
    root: Path,
    clock: Clock,
    audience: Audience | None,
    store: Store,
    output: Output,
    *,
    hashes: FileHashes | None = None,
    report_progress: ReportProgress | None = None,
    history: bool = True,
    as_at_commit: str = "",
    is_encrypted: bool = False,
) -> BuildResult:
    """Compile the site in `root` into `output`. Raises SettingsError, ThemeError and OSError.

    `prints` are the digests of all its files, where somebody has just taken them. Without `history` git is not asked
    for it, and pages tell what the files themselves say of the past. `stood` is the commit that the files come from,
    where it is an earlier one. A site that `is_sealed` shows the lock behind which it will stand.
    """
    way = SiteBuild.load(root, clock, audience, store, hashes)
    theme = load_theme(root, way.context.site.settings.theme)
    if is_encrypted:
        theme = theme.for_encryption()
    commit = as_at_commit or find_head_commit(root)
    frame, writer = create_page_context(way, theme, clock, commit, as_at_commit, is_encrypted=is_encrypted)

    def draw(page: Page) -> bytes:
        return insert_as_at_date(writer.render(page), way.context.today)

    pasts = PlanHistories.load(way, commit) if history else PlanHistories.empty(store)
    found = store.get(page_cache_key(way.context))
    kept = found if isinstance(found, PageCache) else PageCache()
    binding = PlanRenderer(
        site=way,
        page_fingerprint=frame.fingerprint(way.context),
        render=draw,
        output=output,
        cache=kept,
        histories=pasts,
    )
    chapters = binding.render_plans(report_progress)
    shown = way.findings()
    sheets = render_site_pages(binding, chapters, frame, shown)
    copies = publish_static_files(binding, theme)
    files = {path: content for drawn in chapters.by_slug.values() for path, content in drawn.files}
    _save_cache(binding, chapters, sheets, copies)
    # Whoever builds hears of the whole repository.
    speaker = way if way.context.audience_filter.shows_all else check_site(root, clock, store)
    return BuildResult(
        renderer=binding,
        plans=chapters,
        site_pages=sheets,
        files={**files, **sheets.files, **copies},
        findings=(*redact_findings(shown if speaker is way else speaker.findings()), *check_theme(theme, root)),
        cache_keys=(
            page_cache_key(way.context),
            *pasts.cache_keys(way.context.today),
            *way.cache_keys(),
            *speaker.cache_keys(),
        ),
    )


def build_in_memory(root: Path, *, clock: Clock, audience: Audience | None = None, history: bool = False) -> BuiltSite:
    """Everything the site in `root` becomes, held in memory. Raises SettingsError, ThemeError and OSError."""
    held = MemoryOutput({})
    result = build_site(root, clock, audience, MemoryStore(), held, history=history)
    return BuiltSite(
        files=dict(sorted(held.files.items())), findings=result.findings, site=result.renderer.site.context.site
    )


def create_page_context(
    way: SiteBuild, theme: Theme, clock: Clock, commit: str, as_at_commit: str = "", *, is_encrypted: bool = False
) -> tuple[PageContext, PageRenderer]:
    """What the pages of a site are drawn with; `stood` is the commit again where it is an earlier one."""
    settings = way.context.site.settings
    static = frozenset(theme.static_files())
    pinned = clock.pinned(settings)
    as_at_commit = as_at_commit if way.context.audience_filter.shows_all else ""
    shell = build_site_layout(
        way.context.site, pinned=pinned, policy=meta_policy(), earlier_commit=as_at_commit, is_encrypted=is_encrypted
    )
    frame = PageContext(theme=fingerprint_theme(theme), shell=shell, copy=describe_copy(way, commit))
    return frame, PageRenderer.create(theme, shell, static, way.store.templates)


def describe_copy(way: SiteBuild, commit: str) -> BuildInfo:
    """What the copy says of itself; only those who see all are told of the commit, and of what others do not see."""
    sight = way.context.audience_filter
    if not sight.shows_all:
        return BuildInfo(audience=sight.audience)
    left_out = tuple((readers.audience, parts) for readers, parts in way.left_out())
    signed = tuple(
        describe_signature(each, without_email=True)
        for each in (find_signatures(way.source.root, commit) if commit else ())
    )
    return BuildInfo(
        audience=sight.audience, commit=commit[:_SHORT_COMMIT], signature_notes=signed, left_out_by_audience=left_out
    )


def fingerprint_theme(theme: Theme) -> str:
    """A digest of all templates, and of the names of the static files."""
    files = (path for folder in theme.templates for path in sorted(folder.rglob("*")) if path.is_file())
    return " ".join((*(f"{path}={hash_file(str(path))}" for path in files), *theme.static_files()))


def _save_cache(
    binding: PlanRenderer, chapters: RenderedPlans, sheets: SitePages, copies: Mapping[str, FileDigest]
) -> None:
    """Keep all this for the next build."""
    way = binding.site
    way.save()
    way.store.put(
        page_cache_key(way.context),
        PageCache(
            context=way.context.fingerprint,
            page_context=binding.page_fingerprint,
            site_pages_fingerprint=sheets.fingerprint,
            hashes=dict(way.source.hashes),
            checks=way.checks,
            plans=chapters.by_slug,
            site_pages=sheets.files,
            copies=dict(copies),
        ),
    )
