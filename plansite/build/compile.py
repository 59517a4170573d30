"""The pipeline: read, leave out what the audience may not see, look for faults, draw, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.build.kept import Kept
from plansite.build.output import Held, Output
from plansite.build.reading import head_from
from plansite.build.sheets import Sheets, copies_of, sheets_of
from plansite.build.terms import Clock, Frame, Terms
from plansite.build.way import Tell, Way, index_name
from plansite.content.prints import Prints, print_of
from plansite.content.shelf import shelved
from plansite.history.commit import commit_of
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.publish.headers import meta_policy
from plansite.publish.stage import Content
from plansite.publish.store import Memory, Store
from plansite.render.contrast import contrast_findings
from plansite.render.theme import Theme, theme_of
from plansite.render.writer import Writer, dated
from plansite.site.page import Page
from plansite.site.shell import shell_of


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
    """What a build has come to: every file with what it holds, and which plans and sheets were drawn for it.

    `frame` is the mark of what they were drawn with; `names` are those under which more is kept.
    """

    files: Mapping[str, Content]
    findings: tuple[Finding, ...]
    plans: tuple[str, ...]
    sheets: tuple[str, ...]
    frame: str
    way: Way
    names: tuple[str, ...] = ()


def examined(root: Path, clock: Clock, store: Store) -> Way:
    """The whole site with its faults, nothing drawn. Raises SettingsError and OSError."""
    way = _way(root, clock, Audience.INTERNAL, store)
    way.look()
    return way


def made(
    root: Path,
    clock: Clock,
    audience: Audience | None,
    store: Store,
    output: Output,
    *,
    prints: Prints | None = None,
    tell: Tell | None = None,
) -> Made:
    """Compile the site in `root` into `output`. Raises SettingsError, ThemeError and OSError.

    `prints` are the digests of all its files, where somebody has just taken them.
    """
    way = _way(root, clock, audience, store, prints)
    theme = theme_of(root, way.terms.head.settings.theme)
    frame, writer = _frame(way, theme, root, clock)

    def draw(page: Page) -> bytes:
        return dated(writer.draw(page), way.terms.today)

    plans = way.draw(frame.mark(way.terms), draw, output, tell)
    shown = way.findings()
    sheets = sheets_of(way, frame, shown, draw, output)
    copies = copies_of(way, theme, output)
    _keep(way, frame, sheets, copies)
    return Made(
        files=_files(way, sheets, copies),
        findings=(*_said(way, shown, root, clock), *contrast_findings(theme, root)),
        plans=plans,
        sheets=sheets.drawn,
        frame=frame.mark(way.terms),
        way=way,
        names=(head_from(way.shelf, store)[1],),
    )


def compiled(root: Path, *, clock: Clock, audience: Audience | None = None) -> Built:
    """Everything the site in `root` becomes, held in memory. Raises SettingsError, ThemeError and OSError."""
    held = Held({})
    result = made(root, clock, audience, Memory(), held)
    return Built(files=dict(sorted(held.files.items())), findings=result.findings, site=result.way.terms.head)


def _way(root: Path, clock: Clock, audience: Audience | None, store: Store, prints: Prints | None = None) -> Way:
    shelf = shelved(root, prints)
    head, _ = head_from(shelf, store)
    terms = Terms.of(shelf, head, audience or shelf.settings.audience, clock.today(shelf.settings))
    return Way.into(shelf, terms, store)


def _frame(way: Way, theme: Theme, root: Path, clock: Clock) -> tuple[Frame, Writer]:
    settings = way.terms.head.settings
    static = frozenset(theme.static())
    shell = shell_of(way.terms.head, pinned=clock.pinned(settings), policy=meta_policy())
    return Frame(theme=theme_mark(theme), shell=shell, commit=commit_of(root)), Writer.of(theme, shell, static, way.store.templates)


def theme_mark(theme: Theme) -> str:
    """A digest of all templates, and of the names of the static files."""
    files = (path for folder in theme.templates for path in sorted(folder.rglob("*")) if path.is_file())
    return " ".join((*(f"{path}={print_of(str(path))}" for path in files), *theme.static()))


def _said(way: Way, shown: tuple[Finding, ...], root: Path, clock: Clock) -> tuple[Finding, ...]:
    """The findings for whoever builds; they speak of the whole repository."""
    return shown if way.terms.sight.is_whole else examined(root, clock, way.store).findings()


def _files(way: Way, sheets: Sheets, copies: Mapping[str, Content]) -> dict[str, Content]:
    files = {path: content for drawn in way.drawn.values() for path, content in drawn.files}
    return {**files, **{path: sheet.content for path, sheet in sheets.sheets.items()}, **copies}


def _keep(way: Way, frame: Frame, sheets: Sheets, copies: Mapping[str, Content]) -> None:
    """Keep all this for the next build."""
    way.store.put(
        index_name(way.terms),
        Kept(
            terms=way.terms.mark,
            frame=frame.mark(way.terms),
            whole=sheets.whole,
            prints=dict(way.shelf.prints),
            known=way.reading.known,
            looked=way.looked,
            drawn=way.drawn,
            sheets=sheets.sheets,
            copies=dict(copies),
        ),
    )
