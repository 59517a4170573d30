"""How a command was asked to behave: where the site is, which day it is, and how much is said."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from plansite.cli.ending import say
from plansite.model.site import Settings


@dataclass(frozen=True, slots=True)
class Manner:
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

    def say(self, text: str) -> None:
        """Speak to the person, on standard error, so that results can be piped."""
        if not self.quiet:
            say(text)

    def detail(self, text: str) -> None:
        """Speak only when asked for more."""
        if self.verbose and not self.quiet:
            say(text)
