"""How a command was asked to behave: where the site is, which day it is, and how much is said."""

from __future__ import annotations

import functools
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from plansite.cli.exit_codes import print_message
from plansite.model.dates import parse_iso_date
from plansite.model.settings import Settings


@dataclass(frozen=True, slots=True)
class CommandContext:
    """How a command was asked to behave. `quiet` leaves out what is not a result; `verbose` says more."""

    root: Path
    day: date | None
    quiet: bool
    verbose: bool

    def today(self, settings: Settings) -> date:
        """The day as given, else as the site fixes it, else today in the site's time zone."""
        return self.day or settings.today or datetime.now(zoneinfo.ZoneInfo(settings.timezone)).date()

    def pinned(self, settings: Settings) -> bool:
        """Whether the day was given or fixed rather than read from the clock."""
        return bool(self.day or settings.today)

    def print_message(self, text: str) -> None:
        """Speak to the person, on standard error, so that results can be piped."""
        if not self.quiet:
            print_message(text)


Command = TypeVar("Command", bound=Callable[..., Any])


class DateParam(click.ParamType[date]):
    """A date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Accept `2025-01-20` alone."""
        found = value if isinstance(value, date) else parse_iso_date(str(value))
        if found is None:
            self.fail(f"{value!r} is not a date; write it as 2025-01-20", param, ctx)
        return found


def find_site(given: Path | None) -> Path:
    """The folder with `plansite.yaml`: the one given, else here or the nearest parent. Raises click.UsageError."""
    if given is not None:
        if not (given / "plansite.yaml").is_file():
            raise click.UsageError(f"there is no plansite.yaml in {given}; run “plansite init {given}” to begin a site")
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "plansite.yaml").is_file():
            return folder
    raise click.UsageError(
        "there is no plansite.yaml here or in any folder above; "
        "name the site with --site, or begin one with “plansite init”"
    )


def site_options(command: Command) -> Command:
    """Add `--site`, `--today`, `-q` and `-v`; the command gets them as one `CommandContext`."""

    @functools.wraps(command)
    def run(site: Path | None, today: date | None, quiet: bool, verbose: bool, **rest: Any) -> Any:
        return command(CommandContext(find_site(site), today, quiet, verbose), **rest)

    options = (
        click.option("--site", type=click.Path(path_type=Path), help="The site's folder, if it is not here or above."),
        click.option("--today", type=DateParam(), help="Which day it is, as 2025-01-20. Left out, the clock says."),
        click.option("-q", "--quiet", is_flag=True, help="Print results only."),
        click.option("-v", "--verbose", is_flag=True, help="Say more about what is done."),
    )
    for option in reversed(options):
        run = option(run)
    return run  # type: ignore[return-value]  # click's options keep the call as it is
