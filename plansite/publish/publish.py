"""Publishing a site as a whole: readers see either the old files or the new ones, never a mixture."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.publish.errors import PublishError
from plansite.publish.file_stats import FileStat
from plansite.publish.listed_files import require_listed_files
from plansite.publish.lock import hold_lock
from plansite.publish.manifest import MANIFEST, read_published_files
from plansite.publish.output_folder import OutputFolder, resolve_output
from plansite.publish.output_paths import check_paths
from plansite.publish.stage import FileDigest, StagingFolder, sync_folder, verify_stage, write_manifest
from plansite.publish.steps import Step, StepObserver, ignore_steps
from plansite.publish.swap import discard, recover, swap_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCounts:
    """How many files were written, unchanged and removed."""

    written: int
    unchanged: int
    removed: int


def publish_files(
    out: Path,
    files: Mapping[str, bytes | FileInFolder],
    *,
    root: Path | None = None,
    is_known: bool = False,
    observe: StepObserver = ignore_steps,
) -> PublishCounts:
    """Publish exactly these files into `out`: paths with forward slashes, and bytes or the path of a file to copy.

    `root` is the folder of the site's sources, which is never replaced. Raises NotOursError, LockedError, PathError or
    another PublishError, all of them OSError; the old site is then still in place.
    """
    check_paths((MANIFEST, *files))
    with open_publication(out, root=root, is_known=is_known, observe=observe) as publication:
        digests = {path: publication.stage.put(path, source) for path, source in files.items()}
        publication.finish(digests)
    linked = publication.stage.linked
    return PublishCounts(
        written=len(files) - linked, unchanged=linked, removed=len(publication.manifest.keys() - files.keys())
    )


class Publication:
    """A new site that is being published: files are put into its `stage`, and `finish` replaces the old site.

    `manifest` holds the hashes of the old site by path.
    """

    def __init__(
        self, output: OutputFolder, stats: Mapping[str, FileStat], observe: StepObserver, *, is_known: bool
    ) -> None:
        """`stats` are the status of the old site's files when they were written, as far as known.

        Raises NotOursError where the folder holds anything that is not from plansite. Of a folder that `is_known`, the
        manifest is enough to tell.
        """
        self.manifest = read_published_files(output.out)
        if output.out.exists() and not is_known:
            require_listed_files(output.out, self.manifest)
        self.stage = StagingFolder(
            output.staging, live=output.out, manifest=self.manifest, stats=stats, observe=observe
        )
        self.is_finished = False
        self._output = output
        self._observe = observe

    def finish(self, contents: Mapping[str, FileDigest]) -> Mapping[str, FileStat]:
        """Replace the old site. `contents` are all files that were put or kept. Returns the status of each."""
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
    is_known: bool = False,
    observe: StepObserver = ignore_steps,
) -> Iterator[Publication]:
    """A publication into `out`. It is discarded if the block ends without a call of `finish`, or with an exception.

    `is_known` says that a build on this computer has published there, so that whatever is in the folder is replaced.
    Any other folder is only if its manifest vouches for each file.
    """
    try:
        output = resolve_output(out, root)
        output.out.parent.mkdir(parents=True, exist_ok=True)
        with hold_lock(output.lock):
            observe(Step.LOCKED)
            yield from _publication(output, stats or {}, observe, is_known=is_known)
    except PublishError:
        raise
    except OSError as error:
        reason = f"{error.strerror or error}: {error.filename or out}"
        raise PublishError(f"nothing was published, and {out} is as it was. {reason}") from error


def _publication(
    output: OutputFolder, stats: Mapping[str, FileStat], observe: StepObserver, *, is_known: bool
) -> Iterator[Publication]:
    recover(output)
    observe(Step.RECOVERED)
    try:
        publication = Publication(output, stats, observe, is_known=is_known)
        yield publication
    except BaseException:
        discard(output.staging)
        raise
    # The old site is removed only after the swap has been synced. That also lets readers finish who opened its files.
    if publication.is_finished:
        sync_folder(output.out.parent)
    discard(output.staging)
    discard(output.previous)
    observe(Step.OLD_REMOVED)
