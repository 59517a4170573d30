"""`plansite next-change`: the next day on which pages change by themselves."""

from __future__ import annotations

import click

from plansite.cache.site_cache import open_cache, prune_store
from plansite.cli.context import CommandContext
from plansite.cli.site_options import site_options
from plansite.model.status import Audience
from plansite.pipeline.site_build import SiteBuild
from plansite.site.data.next_change import find_next_change


@click.command("next-change")
@click.option("--audience", type=click.Choice([audience.value for audience in Audience]), help="Who the build is for.")
@site_options
def command(context: CommandContext, audience: str | None) -> None:
    """Print the next day, as 2025-01-20, on which a page changes although no file changed.

    For example, something becomes due soon or overdue. Until then, a build makes the same pages again, except for the
    date and numbers of days.
    """
    cache = open_cache(context.root)
    build = SiteBuild.load(context.root, context, Audience(audience) if audience else None, cache)
    build.save(build.cached_checks)
    prune_store(cache.store, "plans", build.cache_keys())
    day = find_next_change(build.summaries())
    if day:
        click.echo(day.isoformat())
    else:
        context.print_message("No dates are coming up, so pages stay the same until a plan is changed.")
