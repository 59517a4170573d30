"""The answer to `plansite build` when nothing has changed, before anything large is imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

_VALUES = {"--site": "site", "--out": "out", "--today": "today", "--audience": "audience"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks of a build, in the forms that need no further thought."""

    site: str = ""
    out: str = ""
    today: str = ""
    audience: str = ""
    quiet: bool = False
    strict: bool = False


def asked(arguments: Sequence[str]) -> Asked | None:
    """What is asked; None for any other command or any form that the command itself had better read."""
    if not arguments or arguments[0] != "build":
        return None
    values: dict[str, str] = {}
    flags: set[str] = set()
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in _VALUES:
            values[_VALUES[argument]] = next(rest, "")
        elif argument in ("-q", "--quiet", "--strict"):
            flags.add(argument)
        else:
            return None
    if not all(values.values()):
        return None
    return Asked(**values, quiet=bool(flags & {"-q", "--quiet"}), strict="--strict" in flags)


def answered(arguments: Sequence[str]) -> bool:
    """Whether the build that is asked for is there already; then all is said."""
    wish = asked(arguments)
    if wish is None:
        return False
    from plansite.publish.repeat import SETTINGS, unchanged

    root = _root(wish.site, SETTINGS)
    day = _day(wish.today)
    if root is None or (wish.today and day is None):
        return False
    out = Path(wish.out) if wish.out else root / "public"
    last = unchanged(root, out, day, wish.audience, _today_in)
    if last is None or (wish.strict and last.said):
        return False
    if not wish.quiet:
        for line in (*last.said, f"Nothing has changed: {last.pages:,} pages in {out}."):
            print(line, file=sys.stderr)
    return True


def _root(given: str, settings: str) -> Path | None:
    """The site's folder: the one given, else here or the nearest parent with settings."""
    if given:
        return Path(given)
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / settings).is_file()), None)


def _day(text: str) -> date | None:
    from plansite.model.dates import iso_date

    return iso_date(text) if len(text) == 10 else None


def _today_in(zone: str) -> date:
    import zoneinfo

    return datetime.now(zoneinfo.ZoneInfo(zone)).date()
