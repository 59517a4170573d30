"""Whether a build would only make again what is already there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plansite.cache.build_inputs import SETTINGS, collect_inputs
from plansite.cache.last_build import LastBuild, hash_small_file, load_last_build
from plansite.incremental.file_hashes import FileHashes
from plansite.publish.file_stats import fingerprint_stats, stat_folder
from plansite.publish.output_folder import OutputFolder


@dataclass(frozen=True, slots=True)
class UnchangedCheck:
    """The last build, where building now would make the same again; else what was found out on the way.

    `today` is the day for which that was found out.
    """

    last_build: LastBuild | None = None
    hashes: FileHashes | None = None
    fingerprint: str = ""
    today: date | None = None


def check_unchanged(
    root: Path, out: Path, day: date | None, audience: str, today_in: Callable[[str], date]
) -> UnchangedCheck:
    """Compare everything a build depends on with what the last one was made from.

    `today_in` tells the day in a time zone; it is asked only where neither `day` nor the site fixes one.
    """
    last = load_last_build(root)
    if last is None or last.settings_hash != hash_small_file(root / SETTINGS):
        return UnchangedCheck()
    today = day or (date.fromisoformat(last.today) if last.today else today_in(last.timezone))
    found = collect_inputs(root, last.theme, last.sources, today, pinned=bool(day or last.today), audience=audience)
    same = (
        found.fingerprint == last.fingerprint
        and last.out == str(out.resolve())
        and _is_untouched(Path(last.out), last.output_fingerprint)
    )
    return UnchangedCheck(last if same else None, found.hashes, found.fingerprint, today)


def _is_untouched(out: Path, tree: str) -> bool:
    """Whether a folder is as it was published, with nothing beside it that a killed build left."""
    try:
        return OutputFolder(out).is_clear and fingerprint_stats(stat_folder(str(out))) == tree
    except OSError:
        return False
