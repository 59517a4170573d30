"""What fast paths need of the command line, without click: the site's folder and the day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path


def find_root(given: str) -> Path | None:
    """The site's folder: the one given, else the current folder or its nearest parent that has settings."""
    from plansite.cache.build_inputs import SETTINGS

    if given:
        return Path(given)
    current = Path.cwd()
    return next((folder for folder in (current, *current.parents) if (folder / SETTINGS).is_file()), None)


def parse_day(text: str) -> date | None:
    """The day of `--today`; None for anything else than a date written as 2025-01-20."""
    from plansite.model.dates import parse_iso_date

    return parse_iso_date(text) if len(text) == 10 else None


def today_in(zone: str) -> date:
    """Today in a time zone. Raises KeyError or OSError for a zone that is not known."""
    import zoneinfo

    return datetime.now(zoneinfo.ZoneInfo(zone)).date()
