"""An output that encrypts each file before it reaches the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite.encryption.cipher import encrypt_file
from plansite.encryption.keys import BuildKeys
from plansite.model.page_addresses import DATA_FOLDER, DATA_PAGE, FEED_SUFFIX, ROBOTS_FILE, SEARCH_INDEX, SEARCH_PAGE
from plansite.publish.stage import FileDigest, StagingFolder

#: What never becomes part of an encrypted site: each of these holds many pages at once, or serves programs that
#: cannot unlock it. Hosts read the last two; the locked site gets headers of its own.
_EXCLUDED_FILES = frozenset({SEARCH_PAGE, SEARCH_INDEX, DATA_PAGE, "_headers", ROBOTS_FILE})


def is_excluded(path: str) -> bool:
    """Whether the file at this path is left out: search, data, feeds, and what hosts read."""
    return path in _EXCLUDED_FILES or path.startswith(DATA_FOLDER) or path.endswith(FEED_SUFFIX)


class EncryptedOutput:
    """Takes the files of a site and puts them into a stage, encrypted and under hidden names.

    They are encrypted in memory. Forked processes may put files as well: the keys are made before.
    """

    def __init__(self, stage: StagingFolder, keys: BuildKeys) -> None:
        """`stage` takes what is encrypted."""
        self._stage = stage
        self._keys = keys

    def put(self, path: str, content: bytes | Path) -> FileDigest:
        """Encrypt it; what comes back speaks of the encrypted file."""
        if is_excluded(path):
            return FileDigest("", 0)
        data = content if isinstance(content, bytes) else content.read_bytes()
        return self._stage.put(self._keys.encrypted_path(path), encrypt_file(self._keys, path, data))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (every build has keys of its own)
        """What stands there now has another key."""
        return False


def map_encrypted_files(keys: BuildKeys, files: Mapping[str, FileDigest]) -> dict[str, FileDigest]:
    """The encrypted files by hidden name, from what was put, by path."""
    return {keys.encrypted_path(path): content for path, content in files.items() if not is_excluded(path)}


def list_included(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that can be opened, in order."""
    return tuple(sorted(path for path in paths if not is_excluded(path)))


#: The path under which the list itself is encrypted. No page begins with a full stop.
PATH_LIST = ".paths"


def format_path_list(paths: Iterable[str]) -> bytes:
    """The list, as JSON."""
    return json.dumps(sorted(paths), ensure_ascii=False).encode()
