"""Fast path: whether a build would only publish again what is already published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from plansite.cache.last_build import LastBuild, load_last_build
from plansite.deferred_dataclass import dataclass
from plansite.incremental.file_hashes import FileHashes
from plansite.publish.file_stats import fingerprint_stats, stat_folder
from plansite.publish.output_folder import OutputFolder


@dataclass(frozen=True, slots=True)
class UnchangedCheck:
    """The last build if building now would publish the same files, else None.

    `hashes` and `fingerprint` are those of the present inputs on the day `today`, for the build to use.
    """

    last_build: LastBuild | None = None
    hashes: FileHashes | None = None
    fingerprint: str = ""
    today: date | None = None


def check_unchanged(
    root: Path, out: Path, day: date | None, audience: str, today_in: Callable[[str], date]
) -> UnchangedCheck:
    """Compare all inputs of a build, and the files in `out`, with those of the last build.

    `today_in` returns the day in a time zone; it is called only where neither `day` nor the site fixes one.
    """
    last = load_last_build(root)
    collected = last.settings.collect_inputs(root, day, audience, today_in) if last else None
    if last is None or collected is None:
        return UnchangedCheck()
    today, inputs = collected
    is_unchanged = (
        inputs.fingerprint == last.fingerprint
        and last.out == str(out.resolve())
        and _is_untouched(Path(last.out), last.output_fingerprint)
    )
    return UnchangedCheck(last if is_unchanged else None, inputs.hashes, inputs.fingerprint, today)


def _is_untouched(out: Path, output_fingerprint: str) -> bool:
    """Whether the published files are as the build left them, and no killed build left anything beside them."""
    try:
        return OutputFolder(out).is_clear and fingerprint_stats(stat_folder(str(out))) == output_fingerprint
    except OSError:
        return False
