"""The pipeline: read, leave out what the audience may not see, check, compose pages, draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from plansite.checks.check import check
from plansite.content.site import load
from plansite.history.commit import commit_of
from plansite.model.audience import for_audience
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.site import Settings, Site
from plansite.model.status import Audience
from plansite.publish.headers import meta_policy, netlify
from plansite.render.contrast import contrast_findings
from plansite.render.theme import theme_of
from plansite.render.writer import Writer, dated
from plansite.site.assets import assets
from plansite.site.data import data_files
from plansite.site.pages import pages
from plansite.site.shell import shell_of
from plansite.workers import spread


class Clock(Protocol):
    """Says which day it is for a site; the only way in for the time."""

    def today(self, settings: Settings) -> date:
        """The day that counts as today."""

    def pinned(self, settings: Settings) -> bool:
        """Whether that day was given rather than read from a clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A whole site: its files by output path, as bytes or as the file to copy.

    `findings` speak of the whole repository, whoever the build is for; pages show only those of what they may show.
    """

    files: Mapping[str, bytes | Path]
    findings: tuple[Finding, ...]
    site: Site


def compiled(root: Path, *, clock: Clock, audience: Audience | None = None) -> Built:
    """Everything the site in `root` becomes. Raises SettingsError, ThemeError and OSError."""
    whole = load(root)
    audience = audience or whole.settings.audience
    site = for_audience(whole, audience)
    today = clock.today(site.settings)
    outlook = Outlook(site, today)
    shown = check(outlook)
    findings = shown if site is whole else check(Outlook(whole, today))
    theme = theme_of(root, site.settings.theme)
    static = theme.static()
    findings = (*findings, *contrast_findings(theme, root))
    shell = shell_of(site, pinned=clock.pinned(site.settings), policy=meta_policy())
    writer = Writer.of(theme, shell, frozenset(static))
    files: dict[str, bytes | Path] = {f"static/{name}": path for name, path in static.items()}
    files.update({path: root / source for path, source in assets(site)})
    files.update(data_files(outlook, shown))
    files["_headers"] = netlify(site.settings).encode()
    composed = tuple(pages(outlook, shown, audience, commit_of(root)))
    drawn = spread(lambda page: dated(writer.draw(page), today), composed)
    files.update(zip((page.path for page in composed), drawn, strict=True))
    return Built(files=dict(sorted(files.items())), findings=findings, site=site)
