"""Publishing: readers see the old site or the new one, and never anything between."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.publish.exchange import discard, exchange, repair
from plansite.publish.lock import locked
from plansite.publish.manifest import MANIFEST, live_files
from plansite.publish.marks import Mark
from plansite.publish.paths import check_paths
from plansite.publish.place import Place, place_of
from plansite.publish.refusals import PublishError
from plansite.publish.stage import Content, Stage, seal, sync, verify
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
    check_paths((MANIFEST, *files))
    with publishing(out, root=root, watch=watch) as edition:
        contents = {path: edition.stage.put(path, source) for path, source in files.items()}
        edition.finish(contents)
    linked = edition.stage.linked
    return Published(written=len(files) - linked, unchanged=linked, removed=len(edition.known.keys() - files.keys()))


class Edition:
    """A new site on its way: files go to its `stage`, and `finish` puts it in the place of the old one.

    `known` is the manifest of the old one.
    """

    def __init__(self, place: Place, marks: Mapping[str, Mark], watch: Watch) -> None:
        """`marks` tell how the files of the old site lay when they were written, as far as that is known."""
        self.known = live_files(place.out)
        self.stage = Stage(place.next, live=place.out, known=self.known, marks=marks, watch=watch)
        self.is_finished = False
        self._place = place
        self._watch = watch

    def finish(self, contents: Mapping[str, Content]) -> Mapping[str, Mark]:
        """Publish; `contents` are all files that were put there or kept. Returns how they lie."""
        if contents.keys() != self.known.keys():
            check_paths((MANIFEST, *contents))
        seal(self._place.next, contents)
        self._watch(Step.SEALED)
        marks = verify(self._place.next, contents)
        self._watch(Step.VERIFIED)
        exchange(self._place, self._watch)
        self._watch(Step.EXCHANGED)
        self.is_finished = True
        return marks


@contextlib.contextmanager
def publishing(
    out: Path,
    *,
    root: Path | None = None,
    marks: Mapping[str, Mark] | None = None,
    watch: Watch = unwatched,
) -> Iterator[Edition]:
    """A new edition of the site in `out`. One that is left unfinished, for whatever reason, is thrown away."""
    try:
        place = place_of(out, root)
        place.out.parent.mkdir(parents=True, exist_ok=True)
        with locked(place.lock):
            watch(Step.LOCKED)
            yield from _edition(place, marks or {}, watch)
    except PublishError:
        raise
    except OSError as error:
        reason = f"{error.strerror or error}: {error.filename or out}"
        raise PublishError(f"nothing was published, and {out} is as it was. {reason}") from error


def _edition(place: Place, marks: Mapping[str, Mark], watch: Watch) -> Iterator[Edition]:
    repair(place)
    watch(Step.CLEARED)
    try:
        edition = Edition(place, marks, watch)
        yield edition
    except BaseException:
        discard(place.next)
        raise
    # Only when the exchange is on the disk may the old site go; it also gives readers on their way time to arrive.
    if edition.is_finished:
        sync(place.out.parent)
    discard(place.next)
    discard(place.old)
    watch(Step.REMOVED)
