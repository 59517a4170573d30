"""`plansite init`: begin a new site."""

from __future__ import annotations

import shlex
import sys
import zoneinfo
from datetime import date, datetime
from pathlib import Path

import click

from plansite.cli.context import DateParam
from plansite.model.settings import Settings
from plansite.model.status import PlanKind
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.field_values import FieldValueError, normalise_line
from plansite.scaffold.new_site import create_site

_DEFAULT_TITLE = "Action plans"


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The site's name.")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in PlanKind]),
    default=str(PlanKind.IMPROVEMENT),
    show_default=True,
    help="What sort of plan the example is.",
)
@click.option("--today", type=DateParam(), help="Which day it is, as 2025-01-20. Left out, the clock says.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing where all goes well.")
def command(folder: Path, title: str | None, kind: str, today: date | None, quiet: bool) -> None:
    """Begin a new site in DIR, or in this folder.

    It has settings, a small example plan, and files for Netlify and GitHub. Nothing is overwritten: if one of these
    files is there already, nothing is written at all.
    """
    today = today or datetime.now(zoneinfo.ZoneInfo(Settings().timezone)).date()
    try:
        create_site(
            folder,
            normalise_line(title if title is not None else _prompt_title()) or _DEFAULT_TITLE,
            PlanKind(kind),
            today,
        )
    except (FieldValueError, AlreadyExistsError) as error:
        raise click.UsageError(f"{folder}: {error}") from error
    if not quiet:
        click.echo(
            f"1. Look at it: plansite serve --site {shlex.quote(str(folder))}\n"
            f"2. Change the example in {folder / 'content/plans/first-plan'}, or add your own with “plansite new”.\n"
            f"3. See what is missing: plansite check --site {shlex.quote(str(folder))}"
        )


def _prompt_title() -> str:
    """The title from the terminal; the default where standard input is not a terminal."""
    if not sys.stdin.isatty():
        return _DEFAULT_TITLE
    return str(click.prompt("What is the site called?", default=_DEFAULT_TITLE, err=True))
