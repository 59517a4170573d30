"""A session of the preview: build, serve, and build again after each change."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from plansite.deferred_dataclass import dataclass
from plansite.preview.editor import LocalEditor
from plansite.preview.file_watcher import ChangeDebouncer, FileWatcher, watched_folders
from plansite.preview.hosts import AllowedHosts
from plansite.preview.server import PreviewServer
from plansite.preview.state import Preview, PreviewBuild


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCallbacks:
    """Called after each build, once the server is ready, and with the message of an internal error."""

    on_build: Callable[[PreviewBuild], None]
    on_ready: Callable[[], None]
    on_internal_error: Callable[[str], None]


async def run_session(
    root: Path,
    preview: Preview,
    sock: socket.socket,
    hosts: AllowedHosts,
    callbacks: SessionCallbacks,
    *,
    is_polling: bool = False,
    editor: LocalEditor | None = None,
) -> None:
    """Serve the site in `root` at a listening socket until cancelled. `is_polling` polls the files on any drive.

    Folders are watched before each build, so that no change between the two is missed.
    """
    changes = ChangeDebouncer()
    with FileWatcher(root, changes.add, PollingObserver if is_polling else Observer) as watcher:
        watcher.watch(watched_folders(root))
        callbacks.on_build(await preview.rebuild())
        server = PreviewServer(preview, hosts, callbacks.on_internal_error, editor=editor)
        async with server.serve(sock):
            callbacks.on_ready()
            while True:
                paths = await changes.wait_for_changes()
                watcher.watch(watched_folders(root))
                callbacks.on_build(await preview.rebuild(paths))
