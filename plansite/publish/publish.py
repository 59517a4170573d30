"""Publishing: readers see the old site or the new one, and never anything between."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.publish.errors import PublishError
from plansite.publish.file_stats import FileStat
from plansite.publish.lock import hold_lock
from plansite.publish.manifest import MANIFEST, read_published_files
from plansite.publish.output_folder import OutputFolder, resolve_output
from plansite.publish.output_paths import check_paths
from plansite.publish.stage import FileDigest, StagingFolder, sync_folder, verify_stage, write_manifest
from plansite.publish.steps import Step, StepObserver, ignore_steps
from plansite.publish.swap import discard, recover, swap_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCounts:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish_files(
    out: Path, files: Mapping[str, bytes | Path], *, root: Path | None = None, observe: StepObserver = ignore_steps
) -> PublishCounts:
    """Make `out` hold exactly `files`, by path with forward slashes, as bytes or as a file to copy.

    `root` is the folder the site was made from, which is never replaced. Raises NotOurs, Locked, PathError or
    another PublishError, all of them OSError; whatever is raised, the old site is still in its place.
    """
    check_paths((MANIFEST, *files))
    with open_publication(out, root=root, observe=observe) as edition:
        contents = {path: edition.stage.put(path, source) for path, source in files.items()}
        edition.finish(contents)
    linked = edition.stage.linked
    return PublishCounts(
        written=len(files) - linked, unchanged=linked, removed=len(edition.manifest.keys() - files.keys())
    )


class Publication:
    """A new site on its way: files go to its `stage`, and `finish` puts it in the place of the old one.

    `known` is the manifest of the old one.
    """

    def __init__(self, output: OutputFolder, stats: Mapping[str, FileStat], observe: StepObserver) -> None:
        """`marks` tell how the files of the old site lay when they were written, as far as that is known."""
        self.manifest = read_published_files(output.out)
        self.stage = StagingFolder(
            output.staging, live=output.out, manifest=self.manifest, stats=stats, observe=observe
        )
        self.is_finished = False
        self._output = output
        self._observe = observe

    def finish(self, contents: Mapping[str, FileDigest]) -> Mapping[str, FileStat]:
        """Publish; `contents` are all files that were put there or kept. Returns how they lie."""
        if contents.keys() != self.manifest.keys():
            check_paths((MANIFEST, *contents))
        write_manifest(self._output.staging, contents)
        self._observe(Step.MANIFEST_WRITTEN)
        marks = verify_stage(self._output.staging, contents)
        self._observe(Step.VERIFIED)
        swap_in(self._output, self._observe)
        self._observe(Step.SWAPPED)
        self.is_finished = True
        return marks


@contextlib.contextmanager
def open_publication(
    out: Path,
    *,
    root: Path | None = None,
    stats: Mapping[str, FileStat] | None = None,
    observe: StepObserver = ignore_steps,
) -> Iterator[Publication]:
    """A new edition of the site in `out`. One that is left unfinished, for whatever reason, is thrown away."""
    try:
        place = resolve_output(out, root)
        place.out.parent.mkdir(parents=True, exist_ok=True)
        with hold_lock(place.lock):
            observe(Step.LOCKED)
            yield from _publication(place, stats or {}, observe)
    except PublishError:
        raise
    except OSError as error:
        reason = f"{error.strerror or error}: {error.filename or out}"
        raise PublishError(f"nothing was published, and {out} is as it was. {reason}") from error


def _publication(place: OutputFolder, marks: Mapping[str, FileStat], watch: StepObserver) -> Iterator[Publication]:
    recover(place)
    watch(Step.RECOVERED)
    try:
        edition = Publication(place, marks, watch)
        yield edition
    except BaseException:
        discard(place.staging)
        raise
    # Only when the exchange is on the disk may the old site go; it also gives readers on their way time to arrive.
    if edition.is_finished:
        sync_folder(place.out.parent)
    discard(place.staging)
    discard(place.previous)
    watch(Step.OLD_REMOVED)
