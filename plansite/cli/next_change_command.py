"""`plansite next-change`: the next day on which pages change by themselves."""

from __future__ import annotations

import click

from plansite.cli.manners import Manner, with_site
from plansite.model.status import Audience
from plansite.pipeline.beside import store_of, tidy
from plansite.pipeline.way import Way
from plansite.site.next_change import next_change


@click.command("next-change")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Whom the build is for.")
@with_site
def command(manner: Manner, audience: str | None) -> None:
    """Print the day, as 2025-01-20, on which a page next changes although nobody changed the plans.

    On that day something becomes due soon or late, say. Until then a build makes the same pages again, but for the
    day on them and for numbers of days.
    """
    way = Way.into(manner.root, manner, Audience(audience) if audience else None, store_of(manner.root))
    way.keep()
    tidy(way.store, "plans", way.names())
    day = next_change(way.lean())
    if day:
        click.echo(day.isoformat())
    else:
        manner.say("No date lies ahead, so no page changes by itself.")
