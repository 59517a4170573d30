"""What `plansite check` is asked to look for beyond the files: listed names, and the messages of commits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from plansite.checks.context import CheckContext
from plansite.checks.redaction import redact_findings
from plansite.checks.removed_documents import group_by_removed_plan
from plansite.checks.rules.removed import find_removed_records
from plansite.checks.runner import RULES
from plansite.checks.subjects import list_documents
from plansite.content.personal_data_findings import find_personal_data
from plansite.content.settings import SETTINGS_FILE
from plansite.history.git import UnknownCommitRangeError, read_commit_messages, run_git
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.pipeline.personal_data_scan import find_listed_names, scan_messages
from plansite.pipeline.site_build import SiteBuild

MAX_NAMES_FILE_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraChecks:
    """The names that were given, and the range of commits, if any."""

    names: ListedNames | None
    commits: str | None

    def run(self, site_build: SiteBuild) -> Iterator[Finding]:
        """What these looks find. Raises click.UsageError where git knows no such commits."""
        if self.names:
            yield from find_listed_names(site_build, self.names)
        if self.commits:
            try:
                told = read_commit_messages(site_build.source.root, self.commits)
            except UnknownCommitRangeError as error:
                raise click.UsageError(str(error)) from None
            yield from scan_messages(site_build, told, self.names)

    def redact_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """All findings as they may be printed, in order."""
        shown = redact_findings(findings, self.names) if self.names else redact_findings(findings)
        return tuple(sorted(shown, key=lambda finding: finding.sort_key))


def findings_in_broken_settings(root: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What may be printed where the settings cannot be read: their faults, and the personal data in them."""
    return redact_findings((*findings, *find_personal_data(SETTINGS_FILE, (root / SETTINGS_FILE).read_bytes())))


def read_names_file(root: Path, file: Path | None) -> ListedNames | None:
    """The listed names; None where no list was given. Raises click.UsageError, and OSError where it cannot be read."""
    if file is None:
        return None
    if not file.is_file():
        raise click.UsageError(f"there is no list of names at {file}")
    if _is_in_repository(root, file):
        raise click.UsageError(
            f"the list of names {file} lies in the site's folder or its repository; "
            "whoever gets a copy of the plans would get it too. Move it elsewhere."
        )
    if file.stat().st_size > MAX_NAMES_FILE_SIZE:
        raise click.UsageError(f"the list of names {file} is larger than {MAX_NAMES_FILE_SIZE // 1024 // 1024} MiB")
    try:
        names = ListedNames.parse(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(f"the list of names {file} is not written in UTF-8") from None
    if not names:
        raise click.UsageError(f"the list {file} holds no names; write one a line")
    return names


def _is_in_repository(root: Path, file: Path) -> bool:
    """Whether a file, or what a link to it leads to, is inside the site or its repository, any checkout of it."""
    site = root.resolve()
    places = {Path(os.path.abspath(file)), file.resolve()}  # noqa: PTH100  (a link counts where it lies, too)
    tops = {site, *(folder for folder in (site, *site.parents) if (folder / ".git").exists())}
    if any(place.is_relative_to(top) for place in places for top in tops):
        return True
    own = _git_common_folder(site)
    return bool(own) and any(_git_common_folder(place.parent) == own for place in places)


def _git_common_folder(folder: Path) -> Path | None:
    """The folder in which git keeps a checkout's history; checkouts of one repository share it."""
    answer = run_git(folder, "rev-parse", "--git-common-dir")
    told = os.fsdecode(answer.output).rstrip("\n")
    return (folder / told).resolve() if told and not answer.failed else None


def find_removed(root: Path, site_build: SiteBuild, revision: str) -> tuple[Finding, ...]:
    """A finding for each document that is gone, but for what is set aside. Raises click.UsageError and TreeError."""
    # Only who asks for it waits for what reads the past to be loaded.
    from plansite.history.removed_documents import find_removed_documents
    from plansite.history.revisions import UnknownRevisionError

    grounds = CheckContext(site_build.summaries(), RULES)
    try:
        gone = find_removed_documents(root, site_build.source.settings, revision, list_documents(grounds.site))
    except UnknownRevisionError as error:
        raise click.UsageError(str(error)) from error
    return find_removed_records(grounds, group_by_removed_plan(gone))
