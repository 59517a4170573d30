"""`plansite export`: the actions of a plan, an owner or the whole site as a file for another program."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import AUDIENCE_NAMES, print_refusal
from plansite.cli.site_options import site_options
from plansite.exports.export_formats import EXPORT_FORMATS
from plansite.exports.office_files import MissingExportError
from plansite.exports.selection import ExportSelection
from plansite.file_access import is_folder, is_present
from plansite.lookup import UnknownNameError
from plansite.model.formatting import format_count
from plansite.model.status import Audience
from plansite.pipeline.export_site import count_unread_files, load_export_build, load_selection
from plansite.pipeline.refusals import RefusedBuildError
from plansite.pipeline.site_build import SiteBuild
from plansite.scaffold.atomic_files import replace_file

_STANDARD_OUTPUT = "-"


@click.command("export")
@click.option("--to", "form", required=True, type=click.Choice(list(EXPORT_FORMATS)), help="The kind of file.")
@click.option("--plan", metavar="PLAN", help="Only this plan, by its folder's name or its title.")
@click.option("--owner", metavar="OWNER", help="Only actions of this owner, or of this agency and its people.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Who the file is for.")
@click.option(
    "--lenient", is_flag=True, help="Write a file for partners or the public even if an audience mark is unclear."
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="The file to write; - for standard output."
)
@site_options
def command(
    context: CommandContext, form: str, plan: str | None, owner: str | None, audience: str | None, lenient: bool,
    output: Path | None,
) -> int:  # fmt: skip
    """Write actions to a file for another program: all, those of one plan, or those of one owner.

    Without a name, the file is written here and named after the plan and the owner.
    """
    try:
        build = load_export_build(context.root, context, Audience(audience) if audience else None, is_lenient=lenient)
        selection = load_selection(build, plan, owner)
        suffix = EXPORT_FORMATS[form].suffix
        target = output or Path(f"{selection.name}.{suffix}")
        if str(target) != _STANDARD_OUTPUT:
            _require_writable(target, context.root, suffix)
        data = EXPORT_FORMATS[form].format(selection)
    except RefusedBuildError as error:
        return print_refusal(error)
    except (UnknownNameError, MissingExportError) as error:
        raise click.UsageError(str(error)) from error
    if str(target) == _STANDARD_OUTPUT:
        click.echo(data, nl=False)
    else:
        replace_file(target, data)
        print_path(target)
    _print_summary(context, build, selection, EXPORT_FORMATS[form].describe(selection))
    return ExitCode.SUCCESS


def _require_writable(target: Path, root: Path, suffix: str) -> None:
    """Raise click.UsageError unless a file may be written there: not among the content of the site, and not over
    a file of another kind."""
    if not is_folder(target.parent):
        raise click.UsageError(f"there is no folder {target.parent}; make it first")
    if target.resolve().is_relative_to((root / "content").resolve()):
        raise click.UsageError(f"{target} is among the content of the site; write the file to another folder")
    if is_folder(target):
        raise click.UsageError(f"{target} is a folder; name a file, such as {target / f'actions.{suffix}'}")
    if is_present(target) and target.suffix.casefold() != f".{suffix}":
        raise click.UsageError(f"there is a file {target} already, and its name does not end in .{suffix}")


def _print_summary(context: CommandContext, build: SiteBuild, selection: ExportSelection, number: str) -> None:
    """Say how much was written and for whom, and what could not be."""
    context.print_message(f"{number}, for {AUDIENCE_NAMES[selection.dated_site.site.audience]}.")
    unreadable, faulty = count_unread_files(build, selection)
    if unreadable:
        what = "may belong in it" if selection.owner else f"{'is' if unreadable == 1 else 'are'} not in it"
        context.print_message(
            f"{format_count(unreadable, 'file')} could not be read, and {what}; run “plansite check”."
        )
    if faulty:
        has = "file has" if faulty == 1 else "files have"
        context.print_message(f"{faulty:,} {has} errors; what they are about is not in it.")
