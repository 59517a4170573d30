"""`plansite build`: build the website into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.build import build_all_audiences, build_as_at, run_build
from plansite.cli.context import CommandContext
from plansite.cli.site_options import site_options
from plansite.model.status import Audience
from plansite.pipeline.published_build import BuildRequest


@click.command()
@site_options
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write. Default: public/ in the site.")
@click.option("--audience", type=click.Choice([audience.value for audience in Audience]), help="Who the build is for.")
@click.option("--all-audiences", is_flag=True, help="Make a copy for each audience, each in its own folder of sites/.")
@click.option("--strict", is_flag=True, help="If there is an error, publish nothing and end with 1.")
@click.option(
    "--lenient",
    is_flag=True,
    help="Publish for partners or the public even if an audience mark is unclear.",
)
@click.option("--allow-shrink", is_flag=True, help="Publish even if more than half of the pages are gone.")
@click.option("--explain", is_flag=True, help="For each page that is built again, print which file changed.")
@click.option("--as-at", help="Build the site as it was on a day such as 2025-03-01, or at a commit, tag or branch.")
@click.option("--encrypt", is_flag=True, help="Make a site that opens only with a passphrase.")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="A file outside the site with the passphrase.")
# Long because it has one parameter for each option.
def command(
    context: CommandContext,
    out: Path | None,
    audience: str | None,
    all_audiences: bool,
    strict: bool,
    lenient: bool,
    allow_shrink: bool,
    explain: bool,
    as_at: str | None,
    encrypt: bool,
    passphrase_file: Path | None,
) -> int:
    """Build the website into a folder.

    Files that cannot be read are shown as needing attention, and the rest is built, unless you use --strict. An
    audience mark that cannot be understood stops a build for partners or the public.
    """
    request = BuildRequest(
        root=context.root,
        out=out if out is not None else context.root / "public",
        audience=Audience(audience) if audience else None,
        strict=strict,
        allow_shrink=allow_shrink,
        is_lenient=lenient,
    )
    _check_options(
        context, all_audiences=all_audiences, audience=audience, explain=explain, as_at=as_at, encrypt=encrypt
    )
    if encrypt:
        from plansite.cli.encrypted_build import run_encrypted_build

        return run_encrypted_build(context, request, passphrase_file)
    if passphrase_file:
        raise click.UsageError("--passphrase-file is for --encrypt; give both, or neither")
    if all_audiences:
        return build_all_audiences(context, request, out)
    if as_at:
        return build_as_at(context, as_at, out, request)
    return run_build(context, request, explain=explain)


def _check_options(
    context: CommandContext,
    *,
    all_audiences: bool,
    audience: str | None,
    explain: bool,
    as_at: str | None,
    encrypt: bool,
) -> None:
    """Raise click.UsageError for options that do not go together."""
    if as_at and context.day:
        raise click.UsageError("--as-at sets the day as well; leave --today out")
    if all_audiences and (audience or encrypt or as_at):
        raise click.UsageError(
            "--all-audiences makes a plain copy for each audience; do not use it with --audience, --encrypt or --as-at"
        )
    if encrypt and (explain or as_at):
        raise click.UsageError("--encrypt builds the site as it is today; do not use it with --explain or --as-at")
