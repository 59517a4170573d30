"""`plansite export`: the actions of a plan, an owner or the whole site as a file for another program."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.context import CommandContext, print_path, site_options
from plansite.cli.exit_codes import ExitCode
from plansite.cli.messages import print_refusal
from plansite.exports.export_formats import EXPORT_FORMATS
from plansite.exports.workbook import MissingExportError
from plansite.lookup import UnknownNameError
from plansite.model.formatting import format_count
from plansite.model.status import Audience
from plansite.pipeline.export_site import load_export_build, load_selection
from plansite.pipeline.refusals import RefusedBuildError
from plansite.scaffold.atomic_files import replace_file


@click.command("export")
@click.option("--to", "form", required=True, type=click.Choice(list(EXPORT_FORMATS)), help="The kind of file.")
@click.option("--plan", metavar="PLAN", help="Only this plan, by its folder's name or its title.")
@click.option("--owner", metavar="OWNER", help="Only actions of this owner or agency.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Who the file is for.")
@click.option(
    "--lenient", is_flag=True, help="Write a file for partners or the public even if an audience mark is unclear."
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="The file to write; - is standard output."
)
@site_options
def command(
    context: CommandContext, form: str, plan: str | None, owner: str | None, audience: str | None, lenient: bool,
    output: Path | None,
) -> int:  # fmt: skip
    """Write actions to a file for another program: all, those of one plan, or those of one owner."""
    try:
        build = load_export_build(context.root, context, Audience(audience) if audience else None, is_lenient=lenient)
        selection = load_selection(build, plan, owner)
        data = EXPORT_FORMATS[form].format(selection)
    except RefusedBuildError as error:
        return print_refusal(error)
    except (UnknownNameError, MissingExportError) as error:
        raise click.UsageError(str(error)) from error
    if output is not None and str(output) == "-":
        click.echo(data, nl=False)
        return ExitCode.SUCCESS
    target = output or Path(f"{selection.name}.{EXPORT_FORMATS[form].suffix}")
    replace_file(target, data)
    context.print_message(f"{format_count(len(selection.actions), 'action')} in")
    print_path(target)
    return ExitCode.SUCCESS
