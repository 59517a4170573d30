"""Watches a site's folders, decides which changes matter, and gathers changes that belong together."""

from __future__ import annotations

import asyncio
import contextlib
import os
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from plansite.content.settings import SETTINGS_FILE, SettingsError, load_settings
from plansite.incremental.file_hashes import is_hidden_name
from plansite.preview.drives import reports_all_changes

#: Without events for reading a file, since each build would then start the next.
_WATCHED_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]


def watched_folders(root: Path) -> tuple[Path, ...]:
    """The folders of a site: its own, and those that its settings name as sources."""
    own_folders = (root / "content", root / "themes")
    try:
        settings = load_settings(root)
    except (SettingsError, OSError):
        return own_folders
    source_paths = [source.path for source in settings.sources]
    source_paths += [source.goals.path for source in settings.sources if source.goals]
    return (*own_folders, *(Path(os.path.normpath(root / path)) for path in source_paths if path))


def relative_to_root(root: Path, path: Path) -> str:
    """A path relative to the site's folder; the absolute path where it lies on another drive."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        return str(path)


def is_relevant_change(path: Path, root: Path, folders: Iterable[Path]) -> bool:
    """Whether a build reads what lies at this path, or may have read what lay there.

    The files that editors leave for a moment count as well, because a build reads them, too.
    """
    if path == root / SETTINGS_FILE:
        return True
    if path.is_relative_to(root / "public"):
        return False
    relative_parts = [path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)]
    return any(not any(is_hidden_name(part) for part in parts) for parts in relative_parts)


class _EventHandler(FileSystemEventHandler):
    def __init__(self, on_path: Callable[[Path], None]) -> None:
        self._on_path = on_path

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._on_path(Path(os.fsdecode(path)))


class FileWatcher:
    """Watches folders that may be created, removed and replaced, and therefore their parents as well."""

    def __init__(
        self,
        root: Path,
        on_change: Callable[[str], None],
        create_observer: Callable[[], BaseObserver] = Observer,
        *,
        reports_changes: Callable[[Iterable[Path]], bool] = reports_all_changes,
    ) -> None:
        """`on_change` is called from another thread with the path, relative to `root`, of each relevant change.

        Where the drives of the folders do not report every change (`reports_changes`), the folders are polled.
        """
        # watchdog warns in its own thread where it finds a new folder twice, and then does the right thing.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._root = root.resolve()
        self._on_change = on_change
        self._folders: tuple[Path, ...] = ()
        self._generations: Counter[Path] = Counter()
        self._scheduled: dict[tuple[Path, bool, int], ObservedWatch] = {}
        self._create_observer = create_observer
        self._reports_changes = reports_changes
        self._observer: BaseObserver | None = None

    def __enter__(self) -> FileWatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these folders from now on, and no others.

        The folders are polled once a second instead where a drive does not report every change, and where the system
        has no watches left.
        """
        self._folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        if self._create_observer is not PollingObserver and not self._reports_changes((self._root, *self._folders)):
            self._poll()
        try:
            self._schedule()
        except OSError:
            self._poll()
            self._schedule()

    def _poll(self) -> None:
        self._stop()
        self._create_observer = PollingObserver

    def _schedule(self) -> None:
        if self._observer is None:
            self._observer = self._create_observer()
            self._observer.start()
        wanted = self._wanted_watches()
        for key in self._scheduled.keys() - wanted:
            self._observer.unschedule(self._scheduled.pop(key))
        for key in wanted - self._scheduled.keys():
            path, recursive, _ = key
            self._scheduled[key] = self._observer.schedule(
                _EventHandler(self._handle_path), str(path), recursive=recursive, event_filter=_WATCHED_EVENTS
            )

    def _wanted_watches(self) -> set[tuple[Path, bool, int]]:
        """Path, whether recursive, and generation of each folder and its parent.

        A folder that was replaced has a new generation, because it needs a new watch.
        """
        folders = {(self._root, False)}
        for folder in self._folders:
            folders |= {(folder, True), (folder.parent, False)}
        return {(path, recursive, self._generations[path]) for path, recursive in folders if path.is_dir()}

    def _handle_path(self, path: Path) -> None:
        if path in self._folders:  # the folder itself was created, removed or moved
            self._generations[path] += 1
        if is_relevant_change(path, self._root, self._folders):
            self._on_change(relative_to_root(self._root, path))

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
        self._observer = None
        self._scheduled.clear()


#: Saving a file causes several changes. A build starts after a pause, and after the longest wait even without one.
QUIET_SECONDS = 0.05
MAX_WAIT_SECONDS = 1.0


class ChangeDebouncer:
    """Gathers the paths of changes until they are asked for, so that changes during a build start the next one."""

    def __init__(self, quiet: float = QUIET_SECONDS, max_wait: float = MAX_WAIT_SECONDS) -> None:
        """Create it on the event loop that waits for changes. Times are in seconds."""
        self._loop = asyncio.get_running_loop()
        self._quiet = quiet
        self._max_wait = max_wait
        self._paths: dict[str, None] = {}
        self._has_changes = asyncio.Event()

    def add(self, path: str) -> None:
        """Add the path of a changed, new or removed file. May be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._add, path)

    def _add(self, path: str) -> None:
        self._paths[path] = None
        self._has_changes.set()

    async def wait_for_changes(self) -> tuple[str, ...]:
        """Wait for a change, then for a pause; the paths in the order in which they were added first."""
        await self._has_changes.wait()
        deadline = self._loop.time() + self._max_wait
        while self._has_changes.is_set() and self._loop.time() < deadline:
            self._has_changes.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._quiet):
                    await self._has_changes.wait()
        self._has_changes.clear()
        paths, self._paths = tuple(self._paths), {}
        return paths
