"""The answer to a plain `plansite build`: at once when nothing has changed, before anything large is imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plansite.cache.unchanged import UnchangedCheck

_VALUE_OPTIONS = {"--site": "site", "--out": "out", "--today": "today", "--audience": "audience"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildArguments:
    """What the command line asks of a build, in the forms that need no further thought."""

    site: str = ""
    out: str = ""
    today: str = ""
    audience: str = ""
    quiet: bool = False
    strict: bool = False


def parse_build_arguments(arguments: Sequence[str]) -> BuildArguments | None:
    """What is asked; None for any other command or any form that the command itself had better read."""
    if not arguments or arguments[0] != "build":
        return None
    values: dict[str, str] = {}
    flags: set[str] = set()
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in _VALUE_OPTIONS:
            values[_VALUE_OPTIONS[argument]] = next(rest, "")
        elif argument in ("-q", "--quiet", "--strict"):
            flags.add(argument)
        else:
            return None
    if not all(values.values()):
        return None
    return BuildArguments(**values, quiet=bool(flags & {"-q", "--quiet"}), strict="--strict" in flags)


def run_fast_build(arguments: Sequence[str]) -> int | None:
    """The exit code, where the command line was understood here and all is done; None where it was not.

    A plain build is done here too: what was found out about its inputs is of use to it, and what reads command
    lines need not be imported.
    """
    wish = parse_build_arguments(arguments)
    if wish is None:
        return None
    from plansite.cache.build_inputs import SETTINGS
    from plansite.cache.unchanged import check_unchanged

    root = _find_root(wish.site, SETTINGS)
    day = _parse_day(wish.today)
    if root is None or (wish.today and day is None):
        return None
    out = Path(wish.out) if wish.out else root / "public"
    found = check_unchanged(root, out, day, wish.audience, _today_in)
    if found.last_build is None or (wish.strict and found.last_build.messages):
        return _rebuild(wish, root, out, day, found)
    if not wish.quiet:
        for line in (*found.last_build.messages, f"Nothing has changed: {found.last_build.pages:,} pages in {out}."):
            print(line, file=sys.stderr)
    return 0


def _rebuild(options: BuildArguments, root: Path, out: Path, day: date | None, check: UnchangedCheck) -> int | None:
    """Build, now that it is known that something has changed; None where nothing was known to compare with."""
    from plansite.cli.exit_codes import run_with_exit_code
    from plansite.model.status import Audience

    if options.audience and options.audience not in [each.value for each in Audience]:
        return None
    prints, today = check.hashes, check.today
    if prints is None or today is None:
        return None

    def make_it() -> int:
        from plansite.cli.build import KnownInputs, run_build
        from plansite.cli.context import CommandContext
        from plansite.pipeline.published_build import BuildRequest

        audience = Audience(options.audience) if options.audience else None
        order = BuildRequest(root=root, out=out, audience=audience, strict=options.strict)
        noted = KnownInputs(hashes=prints, fingerprint=check.fingerprint, today=today)
        return run_build(CommandContext(root, day, options.quiet, verbose=False), order, known_inputs=noted)

    return run_with_exit_code(make_it)


def _find_root(given: str, settings_name: str) -> Path | None:
    """The site's folder: the one given, else here or the nearest parent with settings."""
    if given:
        return Path(given)
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / settings_name).is_file()), None)


def _parse_day(text: str) -> date | None:
    from plansite.model.dates import parse_iso_date

    return parse_iso_date(text) if len(text) == 10 else None


def _today_in(zone: str) -> date:
    import zoneinfo

    return datetime.now(zoneinfo.ZoneInfo(zone)).date()
