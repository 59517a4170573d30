"""The output of a build: a staging folder, memory, or a protocol for others."""

from __future__ import annotations

import hashlib
from typing import Protocol

from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.publish.stage import FileDigest


class Output(Protocol):
    """Takes the files of a site one by one, from any process of the build."""

    def put(self, path: str, content: bytes | FileInFolder) -> FileDigest:
        """Publish bytes, or a copy of a file."""

    def keep(self, path: str, content: FileDigest) -> bool:
        """Publish the file that is there from the last build; False if its digest is not `content`."""


@dataclass(frozen=True, slots=True)
class MemoryOutput:
    """Holds the files of a small site in memory."""

    files: dict[str, bytes | FileInFolder]

    def put(self, path: str, content: bytes | FileInFolder) -> FileDigest:
        """Hold it. A file to copy is held by its path and not read."""
        self.files[path] = content
        data = content if isinstance(content, bytes) else b""
        return FileDigest(hashlib.sha256(data).hexdigest(), len(data))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (nothing is there before)
        """There is nothing from an earlier build."""
        return False
