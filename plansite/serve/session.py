"""A session of the preview: build, answer, and build again whenever something was saved."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plansite.serve.changes import Changes
from plansite.serve.hosts import Hosts
from plansite.serve.preview import Attempt, Preview
from plansite.serve.server import Server
from plansite.serve.watch import Watch, folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How a session speaks: `built` after each build, `ready` once it answers, `broken` of faults of our own."""

    built: Callable[[Attempt], None]
    ready: Callable[[], None]
    broken: Callable[[str], None]


async def serve(root: Path, preview: Preview, sock: socket.socket, hosts: Hosts, voice: Voice) -> None:
    """Serve the site in `root` at a listening socket until cancelled.

    The watch is set before each build, so that nothing is saved unseen between the two.
    """
    changes = Changes()
    with Watch(root, changes.note) as watch:
        watch.follow(folders(root))
        voice.built(await preview.rebuild())
        async with Server(preview, hosts, voice.broken).answering(sock):
            voice.ready()
            while True:
                paths = await changes.settled()
                watch.follow(folders(root))
                voice.built(await preview.rebuild(paths))
