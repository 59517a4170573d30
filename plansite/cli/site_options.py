"""The options that most commands share, as click reads them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from plansite.cli.context import CommandContext
from plansite.model.dates import parse_iso_date

Command = TypeVar("Command", bound=Callable[..., Any])


class DateParam(click.ParamType[date]):
    """A date on the command line, written as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that was written; fails with a usage error for any other form."""
        parsed = value if isinstance(value, date) else parse_iso_date(str(value))
        if parsed is None:
            self.fail(f"{value!r} is not a date; write it as 2025-01-20", param, ctx)
        return parsed


def find_site(given: Path | None) -> Path:
    """The site's folder: the one given, else the current folder or its nearest parent that has `plansite.yaml`.

    Raises click.UsageError where there is none.
    """
    if given is not None:
        if not (given / "plansite.yaml").is_file():
            raise click.UsageError(f"there is no plansite.yaml in {given}; run “plansite init {given}” to start a site")
        return given
    current = Path.cwd()
    for folder in (current, *current.parents):
        if (folder / "plansite.yaml").is_file():
            return folder
    raise click.UsageError(
        "there is no plansite.yaml here or in any folder above; "
        "name the site with --site, or start one with “plansite init”"
    )


def site_options(command: Command) -> Command:
    """Add `--site`, `--today` and `-q`, which the command gets as one `CommandContext`."""

    @functools.wraps(command)
    def run(site: Path | None, today: date | None, quiet: bool, **options: Any) -> Any:
        return command(CommandContext(find_site(site), today, quiet), **options)

    return add_site_options(run)  # type: ignore[no-any-return]  # click's decorators keep the signature of the call


def add_site_options(run: Callable[..., Any]) -> Any:
    """Add the same options to a command that takes them one by one, because it does not always need a site."""
    shared_options = (
        click.option(
            "--site",
            type=click.Path(path_type=Path),
            help="The site's folder. Default: here or above.",
        ),
        click.option("--today", type=DateParam(), help="The date to use, as 2025-01-20. Default: today."),
        click.option("-q", "--quiet", is_flag=True, help="Print results only."),
    )
    for option in reversed(shared_options):
        run = option(run)
    return run
