"""`plansite check`: list what is wrong, missing or unclear."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from plansite.checks.check import RULES
from plansite.checks.formats import LEVELS, Format, written
from plansite.cli.manners import Exit, Manner, with_site
from plansite.cli.privacy import Further, names_from, of_broken_settings
from plansite.cli.removed import removed_since
from plansite.content.settings import SettingsError
from plansite.model.findings import Finding, Level
from plansite.pipeline.beside import store_of, tidy
from plansite.pipeline.way import examined


@click.command(name="check")
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    help="text to read, json for programs, github for pull requests, sarif for code scanning.",
)
@click.option(
    "--level",
    type=click.Choice([each.value for each in LEVELS]),
    default=Level.HINT.value,
    help="Leave out what matters less than this.",
)
@click.option("--since", metavar="REV", help="Also name what was there at this branch, tag or commit and is gone.")
@click.option(
    "--names",
    type=click.Path(path_type=Path),
    envvar="PLANSITE_NAMES",
    help="Also look for the names in this file, one a line. It must lie outside the site and its repository.",
)
@click.option("--commits", metavar="RANGE", help="Also look for personal data in these commits' messages.")
@click.option("--strict", is_flag=True, hidden=True, help="As without: check always ends with 1 on errors.")
@with_site
def command(
    manner: Manner,
    form: str,
    level: str,
    since: str | None,
    names: Path | None,
    commits: str | None,
    strict: bool,  # noqa: ARG001  (kept beside `build --strict`)
) -> int:
    """List what is wrong, missing or unclear.

    Ends with 1 where there is at least one error, else with 0.
    """
    further = Further(names=names_from(manner.root, names), commits=commits)
    findings, files = _look(manner, since, further)
    wanted = LEVELS[: LEVELS.index(Level(level)) + 1]
    shown = [finding for finding in findings if finding.rule.level in wanted]
    result = written(Format(form), shown, files, RULES)
    if result:
        click.echo(result)
    return Exit.FINDINGS if any(finding.rule.level is Level.ERROR for finding in findings) else Exit.DONE


def _look(manner: Manner, since: str | None, further: Further) -> tuple[tuple[Finding, ...], int]:
    """The findings and the number of files; settings that cannot be read are all there is to say of a site."""
    gc.disable()  # many values, none in circles, and then the process ends
    try:
        way = examined(manner.root, manner, store_of(manner.root))
    except SettingsError as error:
        return of_broken_settings(manner.root, error.findings), 1
    tidy(way.store, "plans", way.names())
    removed = removed_since(manner.root, way, since) if since else ()
    found = (*way.findings(), *removed, *further.findings(way))
    return further.told(found), way.files()
