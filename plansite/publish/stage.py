"""Staging: the new site is put together in a folder of its own, with unchanged files linked from the old one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plansite.file_access import FileInFolder, RefusedFileError
from plansite.publish.errors import PublishError
from plansite.publish.file_stats import FileStat, file_stat, stat_folder
from plansite.publish.manifest import MANIFEST, format_manifest
from plansite.publish.output_paths import check_path, parent_folders
from plansite.publish.steps import Step, StepObserver, ignore_steps

#: Windows has no modes, and reports these for every file and folder.
_FILE_MODE, _FOLDER_MODE = (0o644, 0o755) if os.name == "posix" else (0o666, 0o777)
_CHUNK = 1024 * 1024


class FileDigest(NamedTuple):
    """The SHA-256 hash of a file in hexadecimal, and its size in bytes."""

    digest: str
    size: int


class StagingFolder:
    """A folder in which a site is put together. Forked processes may put files into the same one.

    `live` is the published site and `manifest` its hashes. A file that is the same there is linked, after its bytes
    were compared, or after its status alone was, where `stats` says what that was when the file was written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        live: Path,
        manifest: Mapping[str, str],
        stats: Mapping[str, FileStat],
        observe: StepObserver = ignore_steps,
    ) -> None:
        """Create the folder."""
        self.folder = folder
        self.linked = 0
        self._live = live
        # As text: joining paths as objects would take as long as linking a file.
        self._staging, self._live_path = str(folder), str(live)
        self._manifest = manifest
        self._stats = stats
        self._observe = observe
        self._folders = {""}
        self._plain_folders: dict[str, bool] = {}
        self._kept: set[str] = set()
        self._put: set[str] = set()
        _make_folder(folder)

    def put(self, path: str, source: bytes | FileInFolder) -> FileDigest:
        """Put a file there, linked if the live site has the same. Raises PathError, and OSError that names the file."""
        check_path(path)
        target = Path(self._target(path))
        if path in self._put:
            raise PublishError(f"two files are to be published as {path}; nothing was published")
        self._put.add(path)
        if path in self._kept:  # it was kept for a plan that had to be rendered after all
            target.unlink()
            self._kept.discard(path)
        content = _digest_source(source) if path in self._manifest else None
        if content is None or content.digest != self._manifest[path] or not self._link(path, target, content):
            content = self._write_again(source, target)
        self._observe(Step.FILE_STAGED)
        return content

    def keep(self, path: str, content: FileDigest) -> bool:
        """Link the live file; False where it is not what `content` says. Reading the manifest has checked its paths."""
        if self._manifest.get(path) != content.digest or not self._link(path, self._target(path), content):
            return False
        self._kept.add(path)
        self._observe(Step.FILE_STAGED)
        return True

    def _write_again(self, source: bytes | FileInFolder, target: Path) -> FileDigest:
        try:
            return _write_file(source, target)
        except FileExistsError:  # written by a forked process that failed, whose work is done again here
            target.unlink()
            return _write_file(source, target)

    def _target(self, path: str) -> str:
        """Where a file is staged, in a folder that is there."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            for parent in parent_folders((path,)):
                if parent not in self._folders:
                    _make_folder(self.folder / parent)
                    self._folders.add(parent)
        return f"{self._staging}/{path}"

    def _link(self, path: str, target: str | Path, content: FileDigest) -> bool:
        """Link a live file into the staging folder; False where it was changed since, or cannot be linked."""
        live = f"{self._live_path}/{path}"
        if not self._is_plain_folder(path.rpartition("/")[0]):
            return False
        try:
            facts = os.lstat(live)
            plain = stat.S_ISREG(facts.st_mode) and stat.S_IMODE(facts.st_mode) == _FILE_MODE
            # A file with a second hard link could be changed under its other name.
            if not plain or facts.st_nlink != 1:
                return False
            if self._stats.get(path) != file_stat(facts) and _digest_source(FileInFolder(self._live, path)) != content:
                return False
            os.link(live, target)
        except OSError:
            return False
        self.linked += 1
        return True

    def _is_plain_folder(self, folder: str) -> bool:
        """Whether no link stands on the way to a folder of the live site."""
        is_plain = self._plain_folders.get(folder)
        if is_plain is None:
            is_plain = os.path.realpath(self._live / folder) == str(self._live.absolute() / folder)
            self._plain_folders[folder] = is_plain
        return is_plain


def write_manifest(folder: Path, contents: Mapping[str, FileDigest]) -> None:
    """Write and sync the manifest, so that the folder is still recognised as ours after a power cut."""
    path = folder / MANIFEST
    _write_file(format_manifest({path: content.digest for path, content in contents.items()}), path)
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    sync_folder(folder)


def verify_stage(folder: Path, contents: Mapping[str, FileDigest]) -> dict[str, FileStat]:
    """The status of each staged file. Raises PublishError unless each has its size and there are no others.

    Files are not hashed again: the hashes are of the bytes that were written, or of the file that was linked.
    """
    found = stat_folder(str(folder))
    for path, content in contents.items():
        mark = found.get(path)
        size = f"{mark.size} bytes" if mark else "nothing"
        if mark is None or mark.size != content.size:
            raise PublishError(f"{folder / path} has {size} instead of {content.size} bytes; nothing was published")
    if len(found) != len(contents) + 1:
        raise PublishError(f"{folder} has {len(found) - 1} files instead of {len(contents)}; nothing was published")
    return found


def sync_folder(folder: Path) -> None:
    """Sync the entries of a folder to the disk, where the system supports it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _make_folder(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    _set_mode(folder, folder.stat(), _FOLDER_MODE)


def _set_mode(path: Path, facts: os.stat_result, mode: int) -> None:
    """Change the mode if need be. Memory sticks and some network drives have fixed modes, which is no error."""
    if stat.S_IMODE(facts.st_mode) != mode:
        with contextlib.suppress(PermissionError):
            path.chmod(mode)


@contextlib.contextmanager
def _name_in_errors(path: Path | FileInFolder) -> Iterator[None]:
    """Add the file's name to an OSError, because the system names none when reading or writing fails."""
    try:
        yield
    except OSError as error:
        if error.errno and not error.filename:
            error.filename = str(path)
        raise


def _chunks(source: FileInFolder) -> Iterator[bytes]:
    """The bytes of a file in chunks. Raises PublishError for what is not a plain file inside its folder."""
    try:
        file = source.open()
    except (RefusedFileError, FileNotFoundError) as error:
        raise PublishError(f"{source} is to be published, but {error.strerror}") from error
    with _name_in_errors(source), file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _digest_source(source: bytes | FileInFolder, keep: Callable[[bytes], object] | None = None) -> FileDigest:
    """The digest of a source; each chunk is also passed to `keep`."""
    if isinstance(source, bytes):
        if keep:
            keep(source)
        return FileDigest(hashlib.sha256(source).hexdigest(), len(source))
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        digest.update(chunk)
        size += len(chunk)
        if keep:
            keep(chunk)
    return FileDigest(digest.hexdigest(), size)


def _write_file(source: bytes | FileInFolder, target: Path) -> FileDigest:
    """Write a new file, and return the digest of the bytes that were written."""
    with _name_in_errors(target), target.open("xb") as file:
        content = _digest_source(source, file.write)
        _set_mode(target, os.fstat(file.fileno()), _FILE_MODE)
    return content
