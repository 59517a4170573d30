"""`plansite build`: compile the site into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli.as_at import make_as_at
from plansite.cli.making import make
from plansite.cli.manners import Manner, with_site
from plansite.model.status import Audience
from plansite.pipeline.published import Order


@click.command()
@with_site
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; left out, public/ in the site.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Whom the build is for.")
@click.option("--strict", is_flag=True, help="Publish nothing and exit with 1 where there is an error.")
@click.option("--explain", is_flag=True, help="Say of each page that is drawn which file had changed.")
@click.option("--as-at", help="Show the site as it stood: on a day such as 2025-03-01, or at a commit, tag or branch.")
def command(
    manner: Manner, out: Path | None, audience: str | None, strict: bool, explain: bool, as_at: str | None
) -> int:
    """Compile the site into a folder.

    Files that cannot be read are shown on the site as needing attention; they never stop a build without --strict.
    """
    order = Order(
        root=manner.root,
        out=out if out is not None else manner.root / "public",
        audience=Audience(audience) if audience else None,
        strict=strict,
    )
    if as_at and manner.day:
        raise click.UsageError("--as-at sets the day as well; leave --today out")
    if as_at:
        return make_as_at(manner, as_at, out, order)
    return make(manner, order, explain=explain)
