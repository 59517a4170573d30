"""The watch over a site's folders: what is looked at, and which changes count."""

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

from plansite.content.settings import SETTINGS_FILE, SettingsError, parse_settings

#: Reading a file is none of them, or each build would set off the next.
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
_TEMPORARY_SUFFIXES = ("~", ".tmp", ".temp", ".swp", ".part", ".crdownload", ".bak", "___")
_TEMPORARY_PREFIXES = (".", "#", "~$", "___jb_")
_VIM_PROBE_FILE = "4913"


def watched_folders(root: Path) -> tuple[Path, ...]:
    """The folders a site is made of: its own, and those that its settings name as sources."""
    own = (root / "content", root / "themes")
    try:
        settings, _ = parse_settings((root / SETTINGS_FILE).read_bytes())
    except (SettingsError, OSError):
        return own
    named = [source.path for source in settings.sources]
    named += [source.goals.path for source in settings.sources if source.goals]
    return (*own, *(Path(os.path.normpath(root / path)) for path in named if path))


def relative_to_root(root: Path, path: Path) -> str:
    """A path as people know it: from the site's folder, or whole where it lies on another drive."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        return str(path)


def is_relevant_change(path: Path, root: Path, folders: Iterable[Path]) -> bool:
    """Whether a change at this path can change the site: hidden files and what editors leave for a moment cannot."""
    if path == root / SETTINGS_FILE:
        return True
    if path.is_relative_to(root / "public"):
        return False
    within = [path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)]
    return any(not any(_is_temporary(part) for part in parts) for parts in within)


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY_PREFIXES) or name.endswith(_TEMPORARY_SUFFIXES) or name == _VIM_PROBE_FILE


class _EventHandler(FileSystemEventHandler):
    def __init__(self, on_path: Callable[[Path], None]) -> None:
        self._on_path = on_path

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._on_path(Path(os.fsdecode(path)))


class FileWatcher:
    """Watches folders that may come, go and be replaced. Beside each folder its parent is watched, to see it return."""

    def __init__(
        self, root: Path, on_change: Callable[[str], None], create_observer: Callable[[], BaseObserver] = Observer
    ) -> None:
        """`note` is called from another thread with the path, as it counts from `root`, of each change that matters."""
        # watchdog says so, in its own thread, where a new folder is found twice; it then does the right thing.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._root = root.resolve()
        self._on_change = on_change
        self._folders: tuple[Path, ...] = ()
        self._generations: Counter[Path] = Counter()
        self._scheduled: dict[tuple[Path, bool, int], ObservedWatch] = {}
        self._create_observer = create_observer
        self._observer: BaseObserver | None = None

    def __enter__(self) -> FileWatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these folders from now on, and no others.

        Where the system has no watch left to give, the folders are looked through once a second instead.
        """
        self._folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        try:
            self._schedule()
        except OSError:
            self._stop()
            self._create_observer = PollingObserver
            self._schedule()

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
        """Each folder with its parent; counted, as a folder put in another's place needs a watch of its own."""
        places = {(self._root, False)}
        for folder in self._folders:
            places |= {(folder, True), (folder.parent, False)}
        return {(path, below, self._generations[path]) for path, below in places if path.is_dir()}

    def _handle_path(self, path: Path) -> None:
        if path in self._folders:  # it came, went or was moved: changes inside it come under longer names
            self._generations[path] += 1
        if is_relevant_change(path, self._root, self._folders):
            self._on_change(relative_to_root(self._root, path))

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
        self._observer = None
        self._scheduled.clear()


#: An editor writes, renames and touches in one breath; a second without a pause is not waited for.
QUIET_SECONDS = 0.05
MAX_WAIT_SECONDS = 1.0


class ChangeDebouncer:
    """Gathers changes while nobody asks, so that one made during a build is the reason for the next build."""

    def __init__(self, quiet: float = QUIET_SECONDS, max_wait: float = MAX_WAIT_SECONDS) -> None:
        """Made on the event loop that will ask; times are in seconds."""
        self._loop = asyncio.get_running_loop()
        self._quiet = quiet
        self._max_wait = max_wait
        self._paths: dict[str, None] = {}
        self._has_changes = asyncio.Event()

    def add(self, path: str) -> None:
        """A file was changed, made or removed. May be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._add, path)

    def _add(self, path: str) -> None:
        self._paths[path] = None
        self._has_changes.set()

    async def wait_for_changes(self) -> tuple[str, ...]:
        """Wait for a change, then until there is quiet; the paths in the order they were first seen."""
        await self._has_changes.wait()
        latest = self._loop.time() + self._max_wait
        while self._has_changes.is_set() and self._loop.time() < latest:
            self._has_changes.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._quiet):
                    await self._has_changes.wait()
        self._has_changes.clear()
        paths, self._paths = tuple(self._paths), {}
        return paths
