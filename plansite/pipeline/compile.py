"""The pipeline: read, leave out what the audience may not see, look for faults, draw, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.checks.discretion import discreet
from plansite.content.prints import Prints, print_of
from plansite.history.commit import commit_of
from plansite.history.signature import words_of
from plansite.history.signed import signatures_of
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.chapter import Binding, Chapters, Tell
from plansite.pipeline.kept import Pages, pages_name
from plansite.pipeline.output import Held, Output
from plansite.pipeline.pasts import Pasts
from plansite.pipeline.sheets import Sheets, copies_of, sheets_of
from plansite.pipeline.terms import Clock, Frame
from plansite.pipeline.way import Way, examined
from plansite.publish.headers import meta_policy
from plansite.publish.stage import Content
from plansite.publish.store import Memory, Store
from plansite.render.contrast import contrast_findings
from plansite.render.theme import Theme, theme_of
from plansite.render.writer import Writer, dated
from plansite.site.about import Copy
from plansite.site.page import Page
from plansite.site.shell import shell_of

#: So many characters of a commit's name are shown.
_SHORT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A whole site: its files by output path, as bytes or as the file to copy.

    `findings` speak of the whole repository, whoever the build is for; pages show only those of what they may show.
    """

    files: Mapping[str, bytes | Path]
    findings: tuple[Finding, ...]
    site: Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build has come to: every file with what it holds, and how it came about.

    `names` are those under which everything is kept that the next build can use.
    """

    binding: Binding
    chapters: Chapters
    sheets: Sheets
    files: Mapping[str, Content]
    findings: tuple[Finding, ...]
    names: tuple[str, ...]


def made(
    root: Path,
    clock: Clock,
    audience: Audience | None,
    store: Store,
    output: Output,
    *,
    prints: Prints | None = None,
    tell: Tell | None = None,
    history: bool = True,
    stood: str = "",
    is_sealed: bool = False,
) -> Made:
    """Compile the site in `root` into `output`. Raises SettingsError, ThemeError and OSError.

    `prints` are the digests of all its files, where somebody has just taken them. Without `history` git is not asked
    for it, and pages tell what the files themselves say of the past. `stood` is the commit that the files come from,
    where it is an earlier one. A site that `is_sealed` shows the lock behind which it will stand.
    """
    way = Way.into(root, clock, audience, store, prints)
    theme = theme_of(root, way.terms.head.settings.theme)
    if is_sealed:
        theme = theme.with_lock()
    commit = stood or commit_of(root)
    frame, writer = frame_of(way, theme, clock, commit, stood, is_sealed=is_sealed)

    def draw(page: Page) -> bytes:
        return dated(writer.draw(page), way.terms.today)

    pasts = Pasts.of(way, commit) if history else Pasts.none(store)
    found = store.get(pages_name(way.terms))
    kept = found if isinstance(found, Pages) else Pages()
    binding = Binding(way=way, frame=frame.mark(way.terms), draw=draw, output=output, kept=kept, pasts=pasts)
    chapters = binding.chapters(tell)
    shown = way.findings()
    sheets = sheets_of(binding, chapters, frame, shown)
    copies = copies_of(binding, theme)
    files = {path: content for drawn in chapters.drawn.values() for path, content in drawn.files}
    _keep(binding, chapters, sheets, copies)
    # Whoever builds hears of the whole repository.
    speaker = way if way.terms.sight.is_whole else examined(root, clock, store)
    return Made(
        binding=binding,
        chapters=chapters,
        sheets=sheets,
        files={**files, **sheets.sheets, **copies},
        findings=(*discreet(shown if speaker is way else speaker.findings()), *contrast_findings(theme, root)),
        names=(pages_name(way.terms), *pasts.names(way.terms.today), *way.names(), *speaker.names()),
    )


def compiled(root: Path, *, clock: Clock, audience: Audience | None = None, history: bool = False) -> Built:
    """Everything the site in `root` becomes, held in memory. Raises SettingsError, ThemeError and OSError."""
    held = Held({})
    result = made(root, clock, audience, Memory(), held, history=history)
    return Built(files=dict(sorted(held.files.items())), findings=result.findings, site=result.binding.way.terms.head)


def frame_of(
    way: Way, theme: Theme, clock: Clock, commit: str, stood: str = "", *, is_sealed: bool = False
) -> tuple[Frame, Writer]:
    """What the pages of a site are drawn with; `stood` is the commit again where it is an earlier one."""
    settings = way.terms.head.settings
    static = frozenset(theme.static())
    pinned = clock.pinned(settings)
    stood = stood if way.terms.sight.is_whole else ""
    shell = shell_of(way.terms.head, pinned=pinned, policy=meta_policy(), stood=stood, is_sealed=is_sealed)
    frame = Frame(theme=theme_mark(theme), shell=shell, copy=copy_of(way, commit))
    return frame, Writer.of(theme, shell, static, way.store.templates)


def copy_of(way: Way, commit: str) -> Copy:
    """What the copy says of itself; only those who see all are told of the commit, and of what others do not see."""
    sight = way.terms.sight
    if not sight.is_whole:
        return Copy(audience=sight.audience)
    left_out = tuple((readers.audience, parts) for readers, parts in way.left_out())
    signed = tuple(words_of(each, plain=True) for each in (signatures_of(way.shelf.root, commit) if commit else ()))
    return Copy(audience=sight.audience, commit=commit[:_SHORT], signed=signed, left_out=left_out)


def theme_mark(theme: Theme) -> str:
    """A digest of all templates, and of the names of the static files."""
    files = (path for folder in theme.templates for path in sorted(folder.rglob("*")) if path.is_file())
    return " ".join((*(f"{path}={print_of(str(path))}" for path in files), *theme.static()))


def _keep(binding: Binding, chapters: Chapters, sheets: Sheets, copies: Mapping[str, Content]) -> None:
    """Keep all this for the next build."""
    way = binding.way
    way.keep()
    way.store.put(
        pages_name(way.terms),
        Pages(
            terms=way.terms.mark,
            frame=binding.frame,
            whole=sheets.whole,
            prints=dict(way.shelf.prints),
            looked=way.looked,
            drawn=chapters.drawn,
            sheets=sheets.sheets,
            copies=dict(copies),
        ),
    )
