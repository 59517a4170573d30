"""An output that encrypts each file before it reaches the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite.publish.stage import Content, Stage
from plansite.sealing.box import sealed
from plansite.sealing.keys import Keys

#: What never becomes part of an encrypted site: each of these holds many pages at once, or serves programs that
#: cannot unlock it. Hosts read the last two; the locked site gets headers of its own.
_LEFT_OUT = frozenset({"search.html", "search-index.js", "data.html", "_headers", "robots.txt"})
_FOLDER, _FEED = "data/", ".atom"


def is_left_out(path: str) -> bool:
    """Whether the file at this path is left out: search, data, feeds, and what hosts read."""
    return path in _LEFT_OUT or path.startswith(_FOLDER) or path.endswith(_FEED)


class Sealed:
    """Takes the files of a site and puts them into a stage, encrypted and under hidden names.

    They are encrypted in memory. Forked processes may put files as well: the keys are made before.
    """

    def __init__(self, stage: Stage, keys: Keys) -> None:
        """`stage` takes what is encrypted."""
        self._stage = stage
        self._keys = keys

    def put(self, path: str, content: bytes | Path) -> Content:
        """Encrypt it; what comes back speaks of the encrypted file."""
        if is_left_out(path):
            return Content("", 0)
        data = content if isinstance(content, bytes) else content.read_bytes()
        return self._stage.put(self._keys.hidden(path), sealed(self._keys, path, data))

    def keep(self, path: str, content: Content) -> bool:  # noqa: ARG002  (every build has keys of its own)
        """What stands there now has another key."""
        return False


def hidden_files(keys: Keys, files: Mapping[str, Content]) -> dict[str, Content]:
    """The encrypted files by hidden name, from what was put, by path."""
    return {keys.hidden(path): content for path, content in files.items() if not is_left_out(path)}


def inside(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that can be opened, in order."""
    return tuple(sorted(path for path in paths if not is_left_out(path)))
