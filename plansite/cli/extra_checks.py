"""The optional checks of `plansite check`: listed names, messages of commits, and documents that were removed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from plansite.checks.context import CheckContext
from plansite.checks.redaction import redact_findings
from plansite.checks.removed_documents import group_by_removed_plan
from plansite.checks.rules.dates import find_moves_without_reason
from plansite.checks.rules.removed import find_removed_records
from plansite.checks.runner import RULES
from plansite.checks.subjects import list_documents
from plansite.content.personal_data_findings import find_personal_data
from plansite.content.settings import SETTINGS_FILE, read_settings_file
from plansite.deferred_dataclass import dataclass
from plansite.history.git import UnknownCommitRangeError, read_commit_messages, run_git
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.pipeline.personal_data_scan import find_listed_names, scan_messages
from plansite.pipeline.site_build import SiteBuild

MAX_NAMES_FILE_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraChecks:
    """The names of `--names` and the range of `--commits`; None for those not given."""

    names: ListedNames | None
    commits: str | None

    def run(self, site_build: SiteBuild) -> Iterator[Finding]:
        """The findings of these checks. Raises click.UsageError where git does not know the range of commits."""
        if self.names:
            yield from find_listed_names(site_build, self.names)
        if self.commits:
            try:
                messages = read_commit_messages(site_build.source.root, self.commits)
            except UnknownCommitRangeError as error:
                raise click.UsageError(str(error)) from None
            yield from scan_messages(site_build, messages, self.names)

    def redact_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings in order, with personal data and listed names replaced in their messages."""
        redacted = redact_findings(findings, self.names) if self.names else redact_findings(findings)
        return tuple(sorted(redacted, key=lambda finding: finding.sort_key))


def findings_in_broken_settings(root: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The redacted findings where the settings cannot be parsed: their errors, and the personal data in them."""
    return redact_findings((*findings, *find_personal_data(SETTINGS_FILE, read_settings_file(root))))


def read_names_file(root: Path, file: Path | None) -> ListedNames | None:
    """The names in a file, one a line; None where no file was given. Raises click.UsageError and OSError."""
    if file is None:
        return None
    if not file.is_file():
        raise click.UsageError(f"there is no list of names at {file}")
    if _is_in_repository(root, file):
        raise click.UsageError(
            f"the list of names {file} is in the site's folder or its repository; "
            "whoever gets a copy of the plans would get it too. Move it elsewhere."
        )
    if file.stat().st_size > MAX_NAMES_FILE_SIZE:
        raise click.UsageError(f"the list of names {file} is larger than {MAX_NAMES_FILE_SIZE // 1024 // 1024} MiB")
    try:
        names = ListedNames.parse(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(f"the list of names {file} is not written in UTF-8") from None
    if not names:
        raise click.UsageError(f"the list {file} has no names in it; write one a line")
    return names


def _is_in_repository(root: Path, file: Path) -> bool:
    """Whether a file, or the target of a link, lies in the site or in any checkout of its repository."""
    site = root.resolve()
    paths = {Path(os.path.abspath(file)), file.resolve()}  # noqa: PTH100  (the place of a link counts as well as its target)
    tops = {site, *(folder for folder in (site, *site.parents) if (folder / ".git").exists())}
    if any(path.is_relative_to(top) for path in paths for top in tops):
        return True
    repository = _git_common_folder(site)
    return bool(repository) and any(_git_common_folder(path.parent) == repository for path in paths)


def _git_common_folder(folder: Path) -> Path | None:
    """The `.git` folder that all checkouts of a repository share; None outside a repository."""
    answer = run_git(folder, "rev-parse", "--git-common-dir")
    path = os.fsdecode(answer.output).rstrip("\n")
    return (folder / path).resolve() if path and not answer.failed else None


def find_removed(root: Path, site_build: SiteBuild, revision: str) -> tuple[Finding, ...]:
    """Findings for documents removed since a revision, unless allowed. Raises click.UsageError and RepositoryError."""
    # Imported here, because only `--since` needs the modules that read git's history.
    from plansite.history.removed_documents import find_removed_documents
    from plansite.history.revisions import UnknownRevisionError

    check_context = CheckContext(site_build.summaries(), RULES)
    try:
        removed = find_removed_documents(root, site_build.source.settings, revision, list_documents(check_context.site))
    except UnknownRevisionError as error:
        raise click.UsageError(str(error)) from error
    return find_removed_records(check_context, group_by_removed_plan(removed))


def find_moves_in_history(root: Path, site_build: SiteBuild) -> tuple[Finding, ...]:
    """Findings for open actions whose due date was moved without a reason, as far as only git knows of the move."""
    from plansite.history.action_dates import find_unexplained_moves
    from plansite.history.loader import load_history

    history = load_history(root, site_build.source.settings, site_build.cache.history)
    moved = {
        slug
        for slug, plan in site_build.index.plans.items()
        for _, _, path in plan.actions
        if any(change.is_due_move for change in history.changes_of_file(path))
    }
    if not moved:
        return ()
    dated_site = site_build.summaries([slug for slug in site_build.plan_slugs if slug in moved])
    moves = [
        (action, move.before, move.after)
        for action in dated_site.site.actions
        if action.is_open
        for move in find_unexplained_moves(
            action, [change for change in history.changes_of_file(action.path) if change.when <= dated_site.today]
        )[-1:]
        if move.after and move.before not in {entry.due for entry in action.due_history}
    ]
    # Summaries lack the lines of the fields, so the actions are those of the files.
    plans = dict.fromkeys(action.plan for action, *_ in moves)
    whole = {action.path: action for slug in plans for action in site_build.parsed_plan(slug).plan.actions}
    found = ((whole.get(action.path, action), before, after) for action, before, after in moves)
    return find_moves_without_reason(CheckContext(dated_site, RULES), found)
