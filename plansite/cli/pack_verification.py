"""Checks an evidence pack for the command line, and prints what differs."""

from __future__ import annotations

from pathlib import Path

import click

from plansite import __version__
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.evidence_pack.manifest import READERS, NotAPackError, PackManifest
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.rebuild import compare_with_commit, find_pack_commit
from plansite.evidence_pack.verification import CheckedPack, PackDifference, check_pack
from plansite.exports.office_files import MissingExportError
from plansite.file_access import RefusedFileError
from plansite.history.checkout import RepositoryError
from plansite.lookup import UnknownNameError
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_count, format_long_date

#: The number of differences that are listed.
_MAX_LISTED = 50


def run_pack_verification(path: Path, root: Path | None, commit: str, *, quiet: bool) -> int:
    """Check a pack, and with `root`, the folder of a site, compare it with one built from its commit.

    Returns the exit code. Raises click.UsageError, and OSError where the file cannot be read.
    """
    if commit and root is None:
        raise click.UsageError("--commit is for --repository, which names the site's folder")
    try:
        checked = check_pack(path)
    except FileNotFoundError:
        raise click.UsageError(f"there is no file {path}") from None
    except (NotAPackError, RefusedFileError) as error:
        reason = error.strerror if isinstance(error, RefusedFileError) else str(error)
        raise click.UsageError(f"{path} is not an evidence pack: {reason}") from None
    _print_check(path, checked)
    is_intact = not checked.differences
    if root is not None:
        is_intact = _compare(root, checked.manifest, commit, quiet=quiet) and is_intact
    return ExitCode.SUCCESS if is_intact else ExitCode.FINDINGS


def _print_check(path: Path, checked: CheckedPack) -> None:
    manifest, day = checked.manifest, parse_iso_date(checked.manifest.day)
    number = format_count(len(manifest.files), "file")
    if checked.differences:
        differing = format_count(len(checked.differences), "difference")
        click.echo(f"{path} is not as it was made: {differing} from its manifest.")
        _print_differences(checked.differences)
    else:
        click.echo(f"{path} is intact: {number}, each as in its manifest.")
    click.echo(f"As at {format_long_date(day) if day else manifest.day}, for {READERS[manifest.audience]}.")
    if manifest.commit:
        clean = "" if manifest.is_clean else ", with changes that were not committed"
        click.echo(f"Made from commit {manifest.commit}{clean}.")
    click.echo(f"Digest: {checked.digest}")
    click.echo("Compare it with the digest that was printed when the pack was made.")


def _print_differences(differences: tuple[PackDifference, ...]) -> None:
    for difference in differences[:_MAX_LISTED]:
        click.echo(f"  {difference}")
    if len(differences) > _MAX_LISTED:
        click.echo(f"  and {len(differences) - _MAX_LISTED:,} more")


def _compare(root: Path, manifest: PackManifest, commit: str, *, quiet: bool) -> bool:
    """Whether a pack built from the commit of a pack has the same files. Raises click.UsageError."""
    name = commit or manifest.commit
    if not name:
        raise click.UsageError(
            "the pack does not name its commit; give it with --commit, as it was printed with the pack"
        )
    revision = find_pack_commit(root, name)
    if revision is None:
        raise click.UsageError(f"the repository in {root} has no commit {name}; fetch it first, or name another folder")
    if manifest.plansite != __version__ and not quiet:
        print_message(f"It was made with plansite {manifest.plansite}, and this is {__version__}, so pages may differ.")
    try:
        differences = compare_with_commit(root, revision, manifest)
    except (UnknownNameError, NothingSelectedError) as error:
        click.echo(f"From commit {revision.commit} no such pack can be made: {error}.")
        return False
    except (MissingExportError, RepositoryError) as error:
        raise click.UsageError(str(error)) from error
    if not differences:
        click.echo(f"A pack made from commit {revision.commit} has the same files.")
        return True
    number = format_count(len(differences), "file")
    click.echo(f"A pack made from commit {revision.commit} is different in {number}:")
    _print_differences(differences)
    return False
