"""A preview of a real repository in a process of its own, with words around its build that nobody may read."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite.cli.main import main
from tests.preview.process import Process, running
from tests.preview.served import Reply, heard, parsed
from tests.sites import write

#: Stands in every file that is no part of the build, and in a comment of a file that is read for it.
CANARY = "canary-5e7c0b"
BIG = 20_000_000
_ACTION = f"""---
title: Mend the door
evidence:
  - {{label: Big, url: big.pdf}}
  - {{label: Outside, url: outside.txt}}
  - {{label: Out, url: ../../../../canary.txt}}
---
<!-- {CANARY} --> [Settings](../../../../plansite.yaml) [Git](../../../../.git/config) [Beside](../hidden.txt)
"""
_FILES: dict[str, str | bytes] = {
    "canary.txt": CANARY,
    "site/plansite.yaml": f"title: Test site # {CANARY}\ntoday: 2025-01-20\n",
    "site/content/plans/house/plan.md": "---\ntitle: The house\nobjective: A sound house.\n---\n",
    "site/content/plans/house/actions/door.md": _ACTION,
    "site/content/plans/house/unlinked.txt": CANARY,
    "site/content/plans/house/big.pdf": b"%PDF" + bytes(BIG),
    "site/.env": CANARY,
    "site/.plansite/note": CANARY,
}


def repository(top: Path) -> Path:
    """A site in a git repository, built once, with a link in its content that leads outside."""
    site = write(top, _FILES) / "site"
    (site / "content/plans/house/outside.txt").symlink_to(top / "canary.txt")
    for words in (["init", "-q"], ["config", "user.name", CANARY], ["config", "user.email", "a@example.org"]):
        subprocess.run(["git", *words], cwd=site, check=True)
    subprocess.run(["git", "add", "plansite.yaml"], cwd=site, check=True)
    subprocess.run(["git", "commit", "-q", "-m", CANARY], cwd=site, check=True)
    assert main(["build", "--quiet", "--site", str(site)]) == 0
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The process, and ways to speak to it byte by byte."""

    process: Process
    site: Path
    port: int

    @property
    def authority(self) -> str:
        """The name it answers to."""
        return f"127.0.0.1:{self.port}"

    def connect(self, room: int = 0) -> socket.socket:
        """A connection; `room` is how many bytes it takes before somebody reads them."""
        sock = socket.socket()
        sock.settimeout(20)
        if room:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        sock.connect(("127.0.0.1", self.port))
        return sock

    def raw(self, data: bytes, *, done: bool = False) -> bytes:
        """Send bytes as they are, then say that no more come if `done`; all that is answered."""
        with self.connect() as sock:
            with contextlib.suppress(OSError):  # it may have been told already that this is too much
                sock.sendall(data)
                if done:
                    sock.shutdown(socket.SHUT_WR)
            return heard(sock)

    def is_well(self) -> None:
        """The process lives, and answers the next ordinary request."""
        assert self.process.process.poll() is None
        assert self.asked("/").status == 200

    def asked(self, target: str, *lines: str, host: str = "", method: str = "GET") -> Reply:
        """A whole request, as a browser sends it."""
        head = (f"{method} {target} HTTP/1.1", f"Host: {host or self.authority}", *lines, "", "")
        return parsed(self.raw("\r\n".join(head).encode("utf-8", "surrogateescape")))


@contextlib.contextmanager
def previewing(top: Path) -> Iterator[Running]:
    """Run `plansite serve` over that repository; in the end it stops as it should and has said nothing of faults."""
    site = repository(top)
    with running(site) as process:
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", process.address)
        assert found
        yield Running(process=process, site=site, port=int(found[1]))
        assert process.stop() == 0
        said = "".join(process.lines)
        assert "failed" not in said
        assert "Traceback" not in said, said
