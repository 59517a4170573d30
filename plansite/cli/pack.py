"""Makes an evidence pack for the command line, and prints its digest."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import print_left_out, print_refusal
from plansite.content.settings import load_settings
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.archive import PackOutputError, require_writable, write_pack
from plansite.evidence_pack.manifest import READERS
from plansite.evidence_pack.pack_build import BuiltPack, PackRequest, build_pack
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.rebuild import open_earlier_site
from plansite.evidence_pack.selection import PackKind, PackSubject
from plansite.exports.office_files import MissingExportError
from plansite.history.checkout import resolve_commit
from plansite.lookup import UnknownNameError
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_count
from plansite.model.status import Audience
from plansite.pipeline.refusals import RefusedBuildError
from plansite.site.evidence_pack.period import PackPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOptions:
    """The options of `plansite pack` for making a pack, as they were given."""

    plans: tuple[str, ...]
    incidents: tuple[str, ...]
    regulations: tuple[str, ...]
    first: date | None
    last: date | None
    audience: Audience | None
    as_at: str
    is_lenient: bool
    output: Path


def run_pack(context: CommandContext, options: PackOptions) -> int:
    """Make a pack, and return the exit code. Raises click.UsageError and what a build raises."""
    request = _read_options(context, options)
    try:
        require_writable(options.output, context.root)
        with _open_site(context, request, options.as_at) as (site, clock):
            built = build_pack(site, clock)
            digest = write_pack(options.output, built.files, built.manifest)
    except RefusedBuildError as error:
        return print_refusal(error)
    except (UnknownNameError, NothingSelectedError, PackOutputError, MissingExportError) as error:
        raise click.UsageError(str(error)) from error
    _print_result(context, options, built, digest)
    return ExitCode.SUCCESS


def _read_options(context: CommandContext, options: PackOptions) -> PackRequest:
    """What to pack. Raises click.UsageError for options that do not go together."""
    asked = [
        (PackKind.PLAN, options.plans),
        (PackKind.INCIDENT, options.incidents),
        (PackKind.REGULATION, options.regulations),
    ]
    given = [(kind, names) for kind, names in asked if names]
    if len(given) != 1:
        raise click.UsageError("say what the pack is about: --plan, --incident or --regulation, and only one of them")
    if options.first and options.last and options.first > options.last:
        raise click.UsageError("--from is later than --to; exchange the two days")
    if options.as_at and context.day:
        raise click.UsageError("--as-at sets the day as well; leave --today out")
    return PackRequest(
        root=context.root,
        subject=PackSubject(kind=given[0][0], names=given[0][1]),
        period=PackPeriod(options.first, options.last),
        audience=options.audience,
        is_lenient=options.is_lenient,
    )


@contextmanager
def _open_site(
    context: CommandContext, request: PackRequest, as_at: str
) -> Iterator[tuple[PackRequest, CommandContext]]:
    """The site as it is now, or as it was. Raises RepositoryError."""
    if not as_at:
        yield request, context
        return
    settings, day = load_settings(context.root), parse_iso_date(as_at)
    revision = resolve_commit(context.root, day or as_at, zoneinfo.ZoneInfo(settings.timezone), settings.branch)
    with open_earlier_site(context.root, revision, day or revision.day) as (root, commit):
        earlier = replace(request, root=root, commit=commit, is_earlier=True)
        yield earlier, replace(context, root=root, day=day or revision.day)


def _print_result(context: CommandContext, options: PackOptions, built: BuiltPack, digest: str) -> None:
    print_left_out(context, built.build)
    files = format_count(len(built.files) + 1, "file")
    readers = READERS[built.manifest.audience]
    context.print_message(f"{files} for {readers} in {options.output}.")
    if built.commit:
        clean = "" if built.is_clean else ", with changes that are not committed"
        context.print_message(f"Made from commit {built.commit}{clean}.")
    context.print_message("Write this digest down. It shows later that nothing in the pack was changed:")
    click.echo(digest)
