"""`plansite verify`: compare a published copy with what a commit builds."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.site_options import site_options
from plansite.content.settings import load_settings
from plansite.history.checkout import RepositoryError
from plansite.history.signatures import describe_signature, find_signatures
from plansite.model.page_addresses import ABOUT_PAGE, FRONT_PAGE
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.publish.manifest import MANIFEST
from plansite.verify.claims import CopyClaims, read_claims
from plansite.verify.compare import ComparisonRequest, compare_copy
from plansite.verify.rebuild import RebuildOptions
from plansite.verify.report import VerifyReport, format_differences, format_result
from plansite.verify.target import ComparisonTarget, find_target, is_same_commit

#: Every encrypted site has this script, and none has the page that says what it was built from.
_UNLOCK_SCRIPT = "unlock-worker.js"
#: The number of different files that are listed without --verbose.
_MAX_LISTED = 20


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--commit", metavar="REV", default="", help="Compare with this commit, tag or branch.")
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    help="Its audience. Default: the one it names.",
)
@click.option("--downloaded", is_flag=True, help="PATH was downloaded page by page: ignore files that are missing.")
@click.option("-v", "--verbose", is_flag=True, help="Name all files that differ.")
@site_options
def command(
    context: CommandContext, path: Path | None, commit: str, audience: str | None, downloaded: bool, verbose: bool
) -> int:
    """Compare a published site with what this commit builds.

    PATH is a folder with the site: a clone of the branch that is published, or files that were downloaded. Default:
    public/ in the site. It is compared for its own audience and date, unless you give others.

    Ends with 0 if they are the same, with 1 if anything differs, and with 4 if a file cannot be read.
    """
    folder = path if path is not None else context.root / "public"
    _check_folder(folder)
    settings = load_settings(context.root)
    claims = read_claims(folder)
    target = _find_target(context, settings, claims, commit)
    if target.reason:
        context.print_message(f"{target.reason} It is compared with the files here.")
    request = ComparisonRequest(
        root=context.root,
        folder=folder,
        settings=settings,
        claims=claims,
        target=target,
        options=_rebuild_options(context, settings, claims, target, audience),
        is_complete=not downloaded,
    )
    report = _compare(context, request)
    _print_report(context, report, verbose=verbose)
    return ExitCode.SUCCESS if report.is_same else ExitCode.FINDINGS


def _check_folder(folder: Path) -> None:
    """Raise click.UsageError where the folder is missing, holds no site, or holds an encrypted one."""
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}")
    if not any((folder / name).exists() for name in (MANIFEST, ABOUT_PAGE, FRONT_PAGE)):
        raise click.UsageError(f"{folder} has no site in it: there is neither {MANIFEST} nor {ABOUT_PAGE} in it")
    if (folder / _UNLOCK_SCRIPT).exists() and not (folder / ABOUT_PAGE).exists():
        raise click.UsageError(f"{folder} is encrypted: every build is different, so it cannot be compared")


def _find_target(context: CommandContext, settings: Settings, claims: CopyClaims, commit: str) -> ComparisonTarget:
    try:
        return find_target(context.root, settings, claims, commit)
    except RepositoryError as error:
        raise click.UsageError(str(error)) from error


def _compare(context: CommandContext, request: ComparisonRequest) -> VerifyReport:
    try:
        return compare_copy(request, context.print_message)
    except RepositoryError as error:
        raise click.UsageError(str(error)) from error


def _rebuild_options(
    context: CommandContext, settings: Settings, claims: CopyClaims, target: ComparisonTarget, audience: str | None
) -> RebuildOptions:
    """The options of the command line, else the claims of the copy, else the defaults of a build."""
    revision, as_at_commit = target.revision, claims.as_at_commit
    if revision and as_at_commit and not is_same_commit(revision.commit, as_at_commit):
        as_at_commit = revision.commit
    return RebuildOptions(
        audience=Audience(audience) if audience else claims.audience or settings.audience,
        day=context.day or claims.day or context.today(settings),
        is_pinned=claims.is_pinned if claims.day else context.pinned(settings),
        as_at_commit=as_at_commit if revision else "",
    )


def _print_report(context: CommandContext, report: VerifyReport, *, verbose: bool) -> None:
    for line in format_result(report):
        click.echo(line)
    for line in format_differences(report.differences, None if verbose else _MAX_LISTED):
        click.echo(line)
    if report.revision:
        for signature in find_signatures(context.root, report.revision.commit):
            click.echo(describe_signature(signature))
