"""`plansite digest`: what each owner has to do, to be read here or sent by a mailer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import print_refusal
from plansite.cli.questions import look_up
from plansite.cli.site_options import site_options
from plansite.content.text import encode
from plansite.digest.digest import Digest, build_digest, list_people
from plansite.digest.formats import DIGEST_FORMATS, find_file_names, join_texts
from plansite.digest.mail import has_address, has_sender
from plansite.lookup import look_up_owner_or_agency
from plansite.model.formatting import format_count, format_list
from plansite.model.status import Audience
from plansite.pipeline.export_site import load_export_build
from plansite.pipeline.refusals import RefusedBuildError
from plansite.scaffold.atomic_files import replace_file, write_new_files
from plansite.site.people.workload import build_workloads

#: How many names a message lists.
_MAX_NAMES = 10


@click.command("digest")
@click.option("--owner", metavar="OWNER", help="Only for this owner or agency.")
@click.option("--all", "is_for_all", is_flag=True, help="For everybody who has something to do. The default.")
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    metavar="DAYS",
    help="How many days ahead count as near. Default: `due_soon` in the settings, else 14.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(DIGEST_FORMATS)),
    default="text",
    show_default=True,
    help="To read here, for a browser, or an e-mail.",
)
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="What it may tell.")
@click.option("--lenient", is_flag=True, help="Go on for partners or the public even if an audience mark is unclear.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file to write; for several digests, the folder.",
)
@site_options
def command(
    context: CommandContext,
    owner: str | None,
    is_for_all: bool,
    days: int | None,
    form: str,
    audience: str | None,
    lenient: bool,
    output: Path | None,
) -> int:
    """Tell owners what they own, what is late, what is due, what waits for them, and what they were asked about.

    plansite sends nothing. With --format eml it writes e-mails, one file each, for a mailer to open or send: they go to
    the `email` of the owner's file and come from the `contact` of the settings.
    """
    if owner is not None and is_for_all:
        raise click.UsageError("--owner and --all contradict each other; use one of them")
    if owner is None and form != "text" and output is None:
        raise click.UsageError(
            "there is a file for each owner; name a folder for them with -o, or one owner with --owner"
        )
    try:
        build = load_export_build(context.root, context, Audience(audience) if audience else None, is_lenient=lenient)
    except RefusedBuildError as error:
        return print_refusal(error)
    dated_site = build.summaries()
    settings = dated_site.site.settings
    days = settings.due_soon if days is None else days
    workloads = build_workloads(dated_site)
    if owner is not None:
        person = look_up(lambda name: look_up_owner_or_agency(dated_site.site, name), owner)
        return _write_one(context, build_digest(dated_site, workloads, person, days), form, settings.timezone, output)
    digests = [build_digest(dated_site, workloads, person, days) for person in list_people(dated_site)]
    return _write_all(context, digests, form, settings.timezone, output)


def _write_one(context: CommandContext, digest: Digest, form: str, timezone: str, output: Path | None) -> int:
    """Write the digest of one owner, also if they have nothing to do."""
    data = DIGEST_FORMATS[form].format(digest, timezone)
    if form == "eml":
        _print_mail_notes(context, (digest,), () if has_address(digest) else (digest,))
    if output is None:
        click.echo(data, nl=False)
    else:
        target = output / f"{digest.slug}.{DIGEST_FORMATS[form].suffix}" if output.is_dir() else output
        replace_file(target, data)
        print_path(target)
    return ExitCode.SUCCESS


def _write_all(
    context: CommandContext, digests: Sequence[Digest], form: str, timezone: str, output: Path | None
) -> int:
    """Write the digests of all who have something to do; e-mails only to those who have an address."""
    busy = [digest for digest in digests if not digest.is_empty]
    unreachable = [digest for digest in busy if form == "eml" and not has_address(digest)]
    written = [digest for digest in busy if digest not in unreachable]
    if output is None:
        click.echo(encode(join_texts(written)), nl=False)
    else:
        _write_folder(context, written, form, timezone, output)
    if form == "eml":
        _print_mail_notes(context, written, unreachable)
    if len(busy) < len(digests):
        context.print_message(f"Nothing to do: {_list_names([each for each in digests if each.is_empty])}.")
    return ExitCode.SUCCESS


def _write_folder(context: CommandContext, digests: Sequence[Digest], form: str, timezone: str, folder: Path) -> None:
    """Write a file for each digest. A folder with such files is refused, so that nobody sends what is old."""
    suffix = DIGEST_FORMATS[form].suffix
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"{folder} is not a folder; there is a file for each owner")
    if folder.is_dir() and next(folder.glob(f"*.{suffix}"), None):
        raise click.UsageError(
            f"there are .{suffix} files in {folder} already; delete them or name another folder, "
            "so that nobody sends an old one"
        )
    if not digests:
        context.print_message("No digest is written.")
        return
    named = zip(find_file_names(digests), digests, strict=True)
    files = {f"{name}.{suffix}": DIGEST_FORMATS[form].format(digest, timezone) for name, digest in named}
    write_new_files(folder, files)
    context.print_message(f"{format_count(len(files), 'digest')} in")
    print_path(folder)


def _print_mail_notes(context: CommandContext, written: Sequence[Digest], unreachable: Sequence[Digest]) -> None:
    """Say whose e-mail has no address, and that the settings have none of whom they come from."""
    if unreachable:
        context.print_message(
            f"No e-mail address: {_list_names(unreachable)}. Add `email:` to their files in content/owners/ "
            "or content/agencies/."
        )
    if written and not has_sender(written[0]):
        context.print_message(
            "The e-mails do not say who they come from: add `contact:` with an e-mail address to plansite.yaml."
        )


def _list_names(digests: Sequence[Digest]) -> str:
    names = [digest.name for digest in digests]
    if len(names) > _MAX_NAMES:
        return f"{', '.join(names[:_MAX_NAMES])} and {len(names) - _MAX_NAMES:,} more"
    return format_list(names)
