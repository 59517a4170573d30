"""What `plansite check` is asked to look for beyond the files: listed names, and the messages of commits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from plansite.checks.discretion import discreet
from plansite.content.settings import FILE
from plansite.content.tripwire import seen_in
from plansite.history.git import ask
from plansite.history.messages import NoMessagesError, messages
from plansite.model.findings import Finding
from plansite.personal.names import Names
from plansite.pipeline.privacy import in_messages, listed_names
from plansite.pipeline.way import Way

LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """The names that were given, and the range of commits, if any."""

    names: Names | None
    commits: str | None

    def findings(self, way: Way) -> Iterator[Finding]:
        """What these looks find. Raises click.UsageError where git knows no such commits."""
        if self.names:
            yield from listed_names(way, self.names)
        if self.commits:
            try:
                told = messages(way.shelf.root, self.commits)
            except NoMessagesError as error:
                raise click.UsageError(str(error)) from None
            yield from in_messages(way, told, self.names)

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """All findings as they may be printed, in order."""
        shown = discreet(findings, self.names) if self.names else discreet(findings)
        return tuple(sorted(shown, key=lambda finding: finding.order))


def of_broken_settings(root: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What may be printed where the settings cannot be read: their faults, and the personal data in them."""
    return discreet((*findings, *seen_in(FILE, (root / FILE).read_bytes())))


def names_from(root: Path, file: Path | None) -> Names | None:
    """The listed names; None where no list was given. Raises click.UsageError, and OSError where it cannot be read."""
    if file is None:
        return None
    if not file.is_file():
        raise click.UsageError(f"there is no list of names at {file}")
    if _lies_with(root, file):
        raise click.UsageError(
            f"the list of names {file} lies in the site's folder or its repository; "
            "whoever gets a copy of the plans would get it too. Move it elsewhere."
        )
    if file.stat().st_size > LARGEST:
        raise click.UsageError(f"the list of names {file} is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        names = Names.of(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(f"the list of names {file} is not written in UTF-8") from None
    if not names:
        raise click.UsageError(f"the list {file} holds no names; write one a line")
    return names


def _lies_with(root: Path, file: Path) -> bool:
    """Whether a file, or what a link to it leads to, is inside the site or its repository, any checkout of it."""
    site = root.resolve()
    places = {Path(os.path.abspath(file)), file.resolve()}  # noqa: PTH100  (a link counts where it lies, too)
    tops = {site, *(folder for folder in (site, *site.parents) if (folder / ".git").exists())}
    if any(place.is_relative_to(top) for place in places for top in tops):
        return True
    own = _repository(site)
    return bool(own) and any(_repository(place.parent) == own for place in places)


def _repository(folder: Path) -> Path | None:
    """The folder in which git keeps a checkout's history; checkouts of one repository share it."""
    answer = ask(folder, "rev-parse", "--git-common-dir")
    told = os.fsdecode(answer.output).rstrip("\n")
    return (folder / told).resolve() if told and not answer.failed else None
