"""What pages are rendered with besides their views: the theme, the layout around them, and facts about the build."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.file_access import list_files
from plansite.history.git import find_head_commit
from plansite.history.signatures import describe_signature, find_signatures
from plansite.incremental.file_hashes import hash_file
from plansite.incremental.fingerprint import fingerprint
from plansite.pipeline.context import Clock
from plansite.pipeline.site_build import SiteBuild
from plansite.publish.headers import meta_policy
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import Theme, load_theme
from plansite.site.components.page import Page, SiteLayout, build_site_layout
from plansite.site.pages.about import BuildInfo

#: A page as bytes. It is a pure function of the page, so it may run in any process of the build.
RenderPage = Callable[[Page], bytes]
#: How many characters of a commit's name pages show.
_SHORT_COMMIT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What all pages of a build are rendered with.

    `fingerprint` covers what the pages of plans depend on. `build_info` is only on pages about the whole site.
    `render_rows` renders the rows of a view with a template, each as a text.
    """

    theme: Theme
    layout: SiteLayout
    build_info: BuildInfo
    fingerprint: str
    render: RenderPage
    render_rows: Callable[[str, object], list[str]]


def create_page_context(
    build: SiteBuild, clock: Clock, commit: str, *, as_at_commit: str = "", is_encrypted: bool = False
) -> PageContext:
    """Load the theme and the templates. Raises ThemeError.

    `commit` is the commit of the site's files, empty without git, and `as_at_commit` the same where it is an earlier
    one. A site that `is_encrypted` shows a lock.
    """
    context, root = build.context, build.source.root
    theme = load_theme(root, context.site.settings.theme)
    theme = theme.for_encryption() if is_encrypted else theme
    layout = build_site_layout(
        context.site,
        pinned=clock.pinned(context.site.settings),
        policy=meta_policy(is_encrypted=is_encrypted),
        earlier_commit=as_at_commit if context.sees_all else "",
        is_encrypted=is_encrypted,
        optional_pages={page for plan in build.index.plans.values() for page in plan.optional_pages},
    )
    renderer = PageRenderer.create(theme, layout, frozenset(theme.static_files()), today=context.today)
    return PageContext(
        theme=theme,
        layout=layout,
        build_info=_describe_build(build, commit),
        fingerprint=fingerprint(context.fingerprint, fingerprint_theme(theme), layout),
        render=partial(_render_page, renderer),
        render_rows=renderer.render_rows,
    )


def _render_page(renderer: PageRenderer, page: Page) -> bytes:
    return encode(renderer.render(page))


def _describe_build(build: SiteBuild, commit: str) -> BuildInfo:
    """What the page “About this copy” says. Only internal readers are told the commit and what others do not see."""
    context = build.context
    if not context.sees_all:
        return BuildInfo(audience=context.audience_filter.audience)
    signatures = find_signatures(build.source.root, commit) if commit else ()
    return BuildInfo(
        audience=context.audience_filter.audience,
        commit=commit[:_SHORT_COMMIT],
        signature_notes=tuple(describe_signature(each, without_email=True) for each in signatures),
        left_out_by_audience=tuple((readers.audience, omissions) for readers, omissions in build.list_omissions()),
    )


def find_commit_of(root: Path, as_at_commit: str) -> str:
    """The commit that the site's files come from: the earlier one if given, else the one checked out, else empty."""
    return as_at_commit or find_head_commit(root)


def fingerprint_theme(theme: Theme) -> str:
    """Covers all templates, and the names of the static files."""
    files = ((folder, name) for folder in theme.templates for name in list_files(folder))
    hashes = tuple((str(folder), name, hash_file(str(folder / name))) for folder, name in files)
    return fingerprint(hashes, tuple(theme.static_files()))
