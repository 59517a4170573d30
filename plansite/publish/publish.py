"""Publishing: readers see the old site or the new one, and never anything between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.publish.exchange import discard, exchange, repair
from plansite.publish.lock import locked
from plansite.publish.manifest import MANIFEST, live_files
from plansite.publish.paths import check_paths
from plansite.publish.place import Place, place_of
from plansite.publish.refusals import PublishError
from plansite.publish.stage import Staged, seal, stage, sync, verify
from plansite.publish.steps import Step, Watch, unwatched


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(
    out: Path, files: Mapping[str, bytes | Path], *, root: Path | None = None, watch: Watch = unwatched
) -> Published:
    """Make `out` hold exactly `files`, by path with forward slashes, as bytes or as a file to copy.

    `root` is the folder the site was made from, which is never replaced. Raises NotOurs, Locked, PathError or
    another PublishError, all of them OSError; whatever is raised, the old site is still in its place.
    """
    try:
        check_paths((MANIFEST, *files))
        place = place_of(out, root)
        place.out.parent.mkdir(parents=True, exist_ok=True)
        with locked(place.lock):
            watch(Step.LOCKED)
            return _published(place, files, watch)
    except PublishError:
        raise
    except OSError as error:
        reason = f"{error.strerror or error}: {error.filename or out}"
        raise PublishError(f"nothing was published, and {out} is as it was. {reason}") from error


def _published(place: Place, files: Mapping[str, bytes | Path], watch: Watch) -> Published:
    repair(place)
    watch(Step.CLEARED)
    known = live_files(place.out)
    try:
        staged = stage(files, place.next, live=place.out, known=known, watch=watch)
        _checked(place, staged, watch)
        exchange(place, watch)
        watch(Step.EXCHANGED)
    except BaseException:
        discard(place.next)
        raise
    # Only when the exchange is on the disk may the old site go; it also gives readers on their way time to arrive.
    sync(place.out.parent)
    discard(place.next)
    discard(place.old)
    watch(Step.REMOVED)
    removed = len(known.keys() - files.keys())
    return Published(written=len(files) - staged.linked, unchanged=staged.linked, removed=removed)


def _checked(place: Place, staged: Staged, watch: Watch) -> None:
    seal(place.next, staged)
    watch(Step.SEALED)
    verify(place.next, staged)
    watch(Step.VERIFIED)
