"""Where a build puts its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plansite.publish.stage import FileDigest


class Output(Protocol):
    """Takes the files of a site one by one, from any process of a build."""

    def put(self, path: str, content: bytes | Path) -> FileDigest:
        """Publish bytes, or a copy of a file."""

    def keep(self, path: str, content: FileDigest) -> bool:
        """Publish again what stands there now; False where that is not what `content` says."""


@dataclass(frozen=True, slots=True)
class MemoryOutput:
    """Holds the files of a small site in memory."""

    files: dict[str, bytes | Path]

    def put(self, path: str, content: bytes | Path) -> FileDigest:
        """Hold it; of a copy nothing is read before somebody asks."""
        self.files[path] = content
        data = content if isinstance(content, bytes) else b""
        return FileDigest(hashlib.sha256(data).hexdigest(), len(data))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (nothing stands there before)
        """Nothing is there yet."""
        return False
