"""`plansite clean`: remove the published files and the cache."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cache.clean import clean_site
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.site_options import site_options
from plansite.content.report import make_printable
from plansite.model.formatting import format_count


@click.command()
@site_options
@click.option("--out", type=click.Path(path_type=Path), help="The folder to clean. Default: public/ in the site.")
def command(context: CommandContext, out: Path | None) -> int:
    """Delete what builds made: the pages, and the cache that makes builds faster.

    Only files that a build wrote are deleted. Your content is not changed.
    """
    target = out if out is not None else context.root / "public"
    cleaned = clean_site(context.root, target)
    context.print_message(f"{format_count(cleaned.removed, 'file')} removed from {target}.")
    if cleaned.left:
        context.print_message("Not deleted, because no build made them, or because they were changed since:")
        for path in cleaned.left:
            context.print_message(f"  {make_printable(path)}")
    return ExitCode.SUCCESS
