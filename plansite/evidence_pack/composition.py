"""Composes the files of a pack: its pages, the same on one page, the register as a workbook, and linked files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plansite import __version__
from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.manifest import READERS
from plansite.evidence_pack.offline_pages import PACK_POLICY, make_offline
from plansite.evidence_pack.one_page import JoinedPage, join_pages
from plansite.evidence_pack.packed_site import PackedSite
from plansite.evidence_pack.plan_pages import compose_plan, name_pack_in_trail, sort_for_reading
from plansite.evidence_pack.selection import PackKind
from plansite.exports.register_workbook import format_register_workbook
from plansite.file_access import FileInFolder
from plansite.model.formatting import format_count, format_list
from plansite.model.page_addresses import FRONT_PAGE, GLOSSARY_PAGE, plan_address
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.linked_files.published_copies import LinkedCopy
from plansite.pipeline.site_wide.site_pages import list_static_files
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.content_links import find_linked_files
from plansite.site.components.page import Link, Page, SiteLayout, base_path
from plansite.site.evidence_pack.cover import PackedPlan, PackFacts, build_cover_page
from plansite.site.evidence_pack.evidence_list import EVIDENCE_PAGE, build_evidence_page, count_evidence
from plansite.site.evidence_pack.period import PackPeriod
from plansite.site.measures.measure_files import render_measure_files
from plansite.site.pages.glossary import build_glossary_page

#: Everything on one page, and the register.
ONE_PAGE, WORKBOOK = "pack.html", "register.xlsx"
_ABOUT = {
    PackKind.PLAN: "What was agreed, what was done, and what shows it.",
    PackKind.INCIDENT: "What happened, what was found, what was done about it, and what shows that it helped.",
    PackKind.REGULATION: "What was agreed, done and found about this regulation or standard, and what shows it.",
}
_KINDS = {
    PackKind.PLAN: "Evidence pack for a plan",
    PackKind.INCIDENT: "Evidence pack for an incident",
    PackKind.REGULATION: "Evidence pack for a regulation or standard",
}
#: Files of a theme that a pack leaves out: many mail systems refuse an archive with a script in it.
_SCRIPT_SUFFIXES = (".js", ".mjs", ".wasm", ".webmanifest")
#: A file of a pack: its bytes, or the file to copy.
PackFile = bytes | FileInFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrigin:
    """Where a pack comes from: the commit, empty without git, and whether the files were those of that commit.

    `is_earlier` says that the site is shown as it was at that commit.
    """

    commit: str = ""
    is_clean: bool = True
    is_earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePageView:
    """What the one page shows: the contents of all others."""

    parts: tuple[JoinedPage, ...]


def compose_pack(
    site: PackedSite, kind: PackKind, period: PackPeriod, origin: PackOrigin, histories: PlanHistories
) -> dict[str, PackFile]:
    """The files of a pack by their paths in it, without manifest and README.

    Raises ThemeError, OSError, and MissingExportError where workbooks cannot be written.
    """
    plans = [compose_plan(site, slug, period, histories.plan_history(slug)) for slug in site.plans]
    packed = [each.packed for each in plans]
    evidence = build_evidence_page([each.plan for each in packed], site.resolver)
    cover = build_cover_page(
        _describe_pack(site, kind, period, origin), packed, _list_files(), count_evidence(evidence)
    )
    glossary = name_pack_in_trail(build_glossary_page(site.site_without_plans))
    pages = [cover, *(page for each in plans for page in each.pages), evidence, glossary]
    workbook = format_register_workbook([(each.dated_site, each.plan) for each in packed])
    renderer = _PackRenderer.create(site, origin)
    linked = {**renderer.list_files(dict(_list_linked_files(site))), **dict(_list_tables(packed))}
    joined = [cover, *sort_for_reading(plans, evidence)]
    return {**linked, WORKBOOK: workbook, **renderer.render(pages, joined, {*linked, WORKBOOK})}


def _list_files() -> tuple[tuple[Link, str], ...]:
    """The other ways to read a pack, for its cover."""
    return (
        (Link("Everything on one page", ONE_PAGE), "to read through or to print"),
        (Link("Evidence", EVIDENCE_PAGE), "what each piece shows, and where it is"),
        (Link("Register", WORKBOOK), "as a spreadsheet, one sheet for each plan"),
        (Link("What the words and colours mean", GLOSSARY_PAGE), ""),
    )


def _list_linked_files(site: PackedSite) -> Iterator[tuple[str, str]]:
    """Output path and source path of the files beside the content that documents of the pack link to."""
    for slug in site.plans:
        yield from find_linked_files(site.dated_site(slug).site, site.resolver)


def _list_tables(plans: Sequence[PackedPlan]) -> Iterator[tuple[str, bytes]]:
    """The readings of measures whose own files other readers may not have, without counts under 5."""
    for each in plans:
        for path, text in render_measure_files(each.dated_site.site, each.plan):
            if path.replace(".csv", ".html") in each.pages:
                yield path, encode(text)


def _describe_pack(site: PackedSite, kind: PackKind, period: PackPeriod, origin: PackOrigin) -> PackFacts:
    settings, context = site.build.context.site.settings, site.build.context
    readers = READERS[context.audience_filter.audience.value]
    return PackFacts(
        kind=_KINDS[kind],
        title=site.selection.title,
        about=_ABOUT[kind],
        sender=settings.title,
        reader=readers[:1].upper() + readers[1:],
        contact=settings.contact,
        period=period.words,
        commit=origin.commit if context.sees_all else "",
        is_clean=origin.is_clean,
        version=__version__,
        notes=tuple(_list_notes(site, period)),
    )


def _list_notes(site: PackedSite, period: PackPeriod) -> Iterator[str]:
    """What readers must know before they take this for the whole."""
    if period.is_limited:
        yield (
            "Changes, progress notes and minutes are those of the period. All actions are here, whenever they were "
            "agreed, and each is shown as on the day above."
        )
    if any(not selected.is_whole for selected in site.selection.plans.values()):
        yield "Of a plan marked “in part”, only what belongs to this subject is here."
    if not site.build.context.sees_all:
        yield "What other readers alone may see is not in this pack."
    unreadable = site.list_unreadable()
    if unreadable:
        number = format_count(len(unreadable), "file")
        yield f"{number} of these plans could not be read, so something may be missing: {format_list(unreadable)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class _PackRenderer:
    """Renders the pages of a pack with the theme of the site."""

    site: PackedSite
    layout: SiteLayout
    renderer: PageRenderer

    @classmethod
    def create(cls, site: PackedSite, origin: PackOrigin) -> _PackRenderer:
        """The renderer of a pack. Raises ThemeError."""
        root, context = site.build.source.root, site.build.context
        theme = load_theme(root, context.site.settings.theme)
        layout = _build_layout(site, origin)
        static = frozenset(name for name in theme.static_files() if not name.endswith(_SCRIPT_SUFFIXES))
        renderer = PageRenderer.create(theme, layout, static, today=context.today)
        return cls(site=site, layout=layout, renderer=renderer)

    def list_files(self, linked_files: Mapping[str, str]) -> dict[str, PackFile]:
        """The static files of the theme without scripts, and the linked files, by output path."""
        files = list_static_files(self.site.build, linked_files, self.renderer.theme)
        return {
            path: content.load() if isinstance(content, LinkedCopy) else content
            for path, content in files.items()
            if path in linked_files or not path.endswith(_SCRIPT_SUFFIXES)
        }

    def render(self, pages: Sequence[Page], joined: Sequence[Page], files: set[str]) -> dict[str, PackFile]:
        """The HTML of pages, and of the one page that joins those to be read in this order.

        `files` are the paths of the other files of the pack, which links may lead to.
        """
        paths = {*files, *(page.path for page in pages), ONE_PAGE}
        texts = {page.path: make_offline(self.renderer.render(page), page.path, paths) for page in pages}
        parts = join_pages([(page.path, texts[page.path]) for page in joined], ONE_PAGE)
        one_page = Page(
            path=ONE_PAGE,
            template="evidence_pack/one_page.html",
            title=f"{joined[0].title}, on one page",
            view=OnePageView(parts=parts),
            section=ONE_PAGE,
            running_head=joined[0].running_head,
        )
        texts[ONE_PAGE] = make_offline(self.renderer.render(one_page), ONE_PAGE, paths)
        return {path: encode(text) for path, text in texts.items()}


def _build_layout(site: PackedSite, origin: PackOrigin) -> SiteLayout:
    """The layout around the pages of a pack: a menu of the pack alone."""
    sees_all, settings = site.build.context.sees_all, site.index.site.settings
    whole = [slug for slug, selected in site.selection.plans.items() if selected.is_whole]
    boards = (Link("Plan", plan_address(whole[0])),) if len(whole) == 1 else ()
    return SiteLayout(
        title=f"Evidence pack, {settings.title}",
        nav=(Link("This pack", FRONT_PAGE), *boards, Link("Evidence", EVIDENCE_PAGE), Link("One page", ONE_PAGE)),
        footer=(Link("What the words and colours mean", GLOSSARY_PAGE),),
        timezone=settings.timezone,
        pinned=settings.today is not None,
        base_path=base_path(settings.base_url),
        earlier_commit=origin.commit[:10] if origin.is_earlier and sees_all else "",
        policy=PACK_POLICY,
    )
