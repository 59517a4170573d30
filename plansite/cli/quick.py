"""The answer to a plain `plansite build`: at once when nothing has changed, before anything large is imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plansite.publish.repeat import Answer

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


def answered(arguments: Sequence[str]) -> int | None:
    """The exit code, where the command line was understood here and all is done; None where it was not.

    A plain build is done here too: what was found out about its inputs is of use to it, and what reads command
    lines need not be imported.
    """
    wish = asked(arguments)
    if wish is None:
        return None
    from plansite.publish.inputs import SETTINGS
    from plansite.publish.repeat import again

    root = _root(wish.site, SETTINGS)
    day = _day(wish.today)
    if root is None or (wish.today and day is None):
        return None
    out = Path(wish.out) if wish.out else root / "public"
    found = again(root, out, day, wish.audience, _today_in)
    if found.same is None or (wish.strict and found.same.said):
        return _made(wish, root, out, day, found)
    if not wish.quiet:
        for line in (*found.same.said, f"Nothing has changed: {found.same.pages:,} pages in {out}."):
            print(line, file=sys.stderr)
    return 0


def _made(wish: Asked, root: Path, out: Path, day: date | None, found: Answer) -> int | None:
    """Build, now that it is known that something has changed; None where nothing was known to compare with."""
    from plansite.cli.ending import ended
    from plansite.model.status import Audience

    if wish.audience and wish.audience not in [each.value for each in Audience]:
        return None
    prints, today = found.prints, found.today
    if prints is None or today is None:
        return None

    def make_it() -> int:
        from plansite.cli.making import Noted, make
        from plansite.cli.manner import Manner
        from plansite.pipeline.published import Order

        audience = Audience(wish.audience) if wish.audience else None
        order = Order(root=root, out=out, audience=audience, strict=wish.strict)
        noted = Noted(prints=prints, inputs=found.inputs, today=today)
        return make(Manner(root, day, wish.quiet, verbose=False), order, noted=noted)

    return ended(make_it)


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
