"""`plansite clean`: take away what builds made."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.manners import Exit, Manner, with_site
from plansite.model.words import count
from plansite.publish.clean import clean


@click.command()
@with_site
@click.option("--out", type=click.Path(path_type=Path), help="The folder to clean; left out, public/ in the site.")
def command(manner: Manner, out: Path | None) -> int:
    """Take away what builds made: the pages, and what is kept to spare work.

    Only files that a build wrote are removed. Your content is never touched.
    """
    target = out if out is not None else manner.root / "public"
    gone = clean(manner.root, target)
    manner.say(f"{count(gone, 'file')} removed from {target}.")
    return Exit.DONE
