"""What most commands are given: the site's folder, the day, and whether they print messages. Without click."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from pathlib import Path

from plansite.cli.exit_codes import print_message
from plansite.deferred_dataclass import dataclass
from plansite.model.settings import Settings


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The shared options: the site's folder, the day of `--today` if given, and `--quiet`: print results only."""

    root: Path
    day: date | None
    quiet: bool

    def today(self, settings: Settings) -> date:
        """The day of `--today`, else that of the settings, else today in the site's time zone."""
        return self.day or settings.today or datetime.now(zoneinfo.ZoneInfo(settings.timezone)).date()

    def pinned(self, settings: Settings) -> bool:
        """Whether the day comes from `--today` or the settings and not from the clock."""
        return bool(self.day or settings.today)

    def print_message(self, text: str) -> None:
        """Print to standard error, unless `--quiet`, so that results on standard output can be piped."""
        if not self.quiet:
            print_message(text)


def print_path(path: Path) -> None:
    """Print the path of a written file, relative to the current folder where it lies below it."""
    current = Path.cwd()
    print(path.relative_to(current) if path.is_relative_to(current) else path)
