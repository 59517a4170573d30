"""`plansite pack`: make an evidence pack of plans, incidents or a regulation, or check one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.cli.context import CommandContext
from plansite.cli.site_options import DateParam, add_site_options, find_site
from plansite.model.status import Audience


@click.command("pack")
@click.option("--plan", "plans", multiple=True, metavar="PLAN", help="A plan. May be given several times.")
@click.option("--incident", "incidents", multiple=True, metavar="NAME", help="An incident. May be given several times.")
@click.option(
    "--regulation", "regulations", multiple=True, metavar="NAME", help="A regulation or standard, as files name it."
)
@click.option("--from", "first", type=DateParam(), help="The first day of changes, notes and minutes, as 2025-01-01.")
@click.option("--to", "last", type=DateParam(), help="The last day of changes, notes and minutes.")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="Who the pack is for.")
@click.option("--as-at", help="Show the site as it was on a day such as 2025-03-01, or at a commit, tag or branch.")
@click.option(
    "--lenient", is_flag=True, help="Make a pack for partners or the public even if an audience mark is unclear."
)
@click.option("-o", "--output", metavar="FILE.zip", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--verify", metavar="FILE.zip", type=click.Path(path_type=Path), help="Check this pack.")
@click.option(
    "--repository",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="With --verify: the site's folder. Build the pack again from its commit, and compare.",
)
@click.option("--commit", metavar="REV", default="", help="With --repository: the commit, if the pack names none.")
@add_site_options
# Long because it has one parameter for each option.
def command(
    plans: tuple[str, ...],
    incidents: tuple[str, ...],
    regulations: tuple[str, ...],
    first: date | None,
    last: date | None,
    audience: str | None,
    as_at: str | None,
    lenient: bool,
    output: Path | None,
    verify: Path | None,
    repository: Path | None,
    commit: str,
    site: Path | None,
    today: date | None,
    quiet: bool,
) -> int:
    """Make an evidence pack for an inspector, or check one.

    The pack is one file with pages that open without the internet, everything on one page to print, the register as a
    spreadsheet, and the linked evidence.

    With --verify: ends with 0 if the pack is intact, with 1 if anything in it was changed, and with 2 if the file is
    not a pack.
    """
    made = bool(plans or incidents or regulations or output or first or last or audience or as_at or lenient)
    if verify:
        if made or today:
            raise click.UsageError(
                "--verify checks a pack that is there; of the other options, give --repository alone"
            )
        from plansite.cli.pack_verification import run_pack_verification

        return run_pack_verification(verify, find_site(repository) if repository else None, commit, quiet=quiet)
    if repository or commit:
        raise click.UsageError("--repository and --commit are for --verify")
    if output is None:
        raise click.UsageError("name the file to write, such as -o pack.zip, or a pack to check with --verify")
    from plansite.cli.pack import PackOptions, run_pack

    options = PackOptions(
        plans=plans,
        incidents=incidents,
        regulations=regulations,
        first=first,
        last=last,
        audience=Audience(audience) if audience else None,
        as_at=as_at or "",
        is_lenient=lenient,
        output=output,
    )
    return run_pack(CommandContext(find_site(site), today, quiet), options)
