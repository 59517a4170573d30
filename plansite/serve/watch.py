"""The watch over a site's folders: what is looked at, and which changes count."""

from __future__ import annotations

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

from plansite.content.settings import FILE, SettingsError, settings_of

#: Reading a file is none of them, or each build would set off the next.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
_TEMPORARY_ENDINGS = ("~", ".tmp", ".temp", ".swp", ".part", ".crdownload", ".bak", "___")
_TEMPORARY_STARTS = (".", "#", "~$", "___jb_")
_VIM_TRIES = "4913"


def folders(root: Path) -> tuple[Path, ...]:
    """The folders a site is made of: its own, and those that its settings name as sources."""
    own = (root / "content", root / "themes")
    try:
        settings, _ = settings_of((root / FILE).read_bytes())
    except (SettingsError, OSError):
        return own
    named = [source.path for source in settings.sources]
    named += [source.goals.path for source in settings.sources if source.goals]
    return (*own, *(Path(os.path.normpath(root / path)) for path in named if path))


def counted_from(root: Path, path: Path) -> str:
    """A path as people know it: from the site's folder, or whole where it lies on another drive."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        return str(path)


def matters(path: Path, root: Path, watched: Iterable[Path]) -> bool:
    """Whether a change at this path can change the site: hidden files and what editors leave for a moment cannot."""
    if path == root / FILE:
        return True
    if path.is_relative_to(root / "public"):
        return False
    within = [path.relative_to(folder).parts for folder in watched if path.is_relative_to(folder)]
    return any(not any(_temporary(part) for part in parts) for parts in within)


def _temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY_STARTS) or name.endswith(_TEMPORARY_ENDINGS) or name == _VIM_TRIES


class _Ear(FileSystemEventHandler):
    def __init__(self, heard: Callable[[Path], None]) -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._heard(Path(os.fsdecode(path)))


class Watch:
    """Watches folders that may come, go and be replaced. Beside each folder its parent is watched, to see it return."""

    def __init__(
        self, root: Path, note: Callable[[str], None], observer: Callable[[], BaseObserver] = Observer
    ) -> None:
        """`note` is called from another thread with the path, as it counts from `root`, of each change that matters."""
        # watchdog says so, in its own thread, where a new folder is found twice; it then does the right thing.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._root = root.resolve()
        self._note = note
        self._folders: tuple[Path, ...] = ()
        self._lives: Counter[Path] = Counter()
        self._scheduled: dict[tuple[Path, bool, int], ObservedWatch] = {}
        self._make = observer
        self._observer: BaseObserver | None = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def follow(self, watched: Iterable[Path]) -> None:
        """Watch these folders from now on, and no others.

        Where the system has no watch left to give, the folders are looked through once a second instead.
        """
        self._folders = tuple(dict.fromkeys(folder.resolve() for folder in watched))
        try:
            self._schedule()
        except OSError:
            self._stop()
            self._make = PollingObserver
            self._schedule()

    def _schedule(self) -> None:
        if self._observer is None:
            self._observer = self._make()
            self._observer.start()
        wanted = self._wanted()
        for key in self._scheduled.keys() - wanted:
            self._observer.unschedule(self._scheduled.pop(key))
        for key in wanted - self._scheduled.keys():
            path, recursive, _ = key
            self._scheduled[key] = self._observer.schedule(
                _Ear(self._heard), str(path), recursive=recursive, event_filter=_EVENTS
            )

    def _wanted(self) -> set[tuple[Path, bool, int]]:
        """Each folder with its parent; counted, as a folder put in another's place needs a watch of its own."""
        places = {(self._root, False)}
        for folder in self._folders:
            places |= {(folder, True), (folder.parent, False)}
        return {(path, below, self._lives[path]) for path, below in places if path.is_dir()}

    def _heard(self, path: Path) -> None:
        if path in self._folders:  # it came, went or was moved: changes inside it come under longer names
            self._lives[path] += 1
        if matters(path, self._root, self._folders):
            self._note(counted_from(self._root, path))

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
        self._observer = None
        self._scheduled.clear()
