"""An output that encrypts each file before it reaches the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from plansite.encryption.cipher import encrypt_file
from plansite.encryption.keys import BuildKeys
from plansite.file_access import FileInFolder
from plansite.model.page_addresses import (
    CALENDARS_FOLDER,
    DATA_FOLDER,
    DATA_PAGE,
    FEED_SUFFIX,
    ROBOTS_FILE,
    SEARCH_INDEX,
    SEARCH_PAGE,
)
from plansite.publish.stage import FileDigest, StagingFolder

#: Files that an encrypted site does not have: search and data hold many pages at once, and hosts cannot decrypt the
#: last two. The encrypted site has its own `_headers`.
_EXCLUDED_FILES = frozenset({SEARCH_PAGE, SEARCH_INDEX, DATA_PAGE, "_headers", ROBOTS_FILE})
#: Other programs read calendars and data, and cannot decrypt them.
_EXCLUDED_FOLDERS = (CALENDARS_FOLDER, DATA_FOLDER)


def is_excluded(path: str) -> bool:
    """Whether an encrypted site leaves this file out: search, data, calendars, feeds, and files for hosts."""
    return path in _EXCLUDED_FILES or path.startswith(_EXCLUDED_FOLDERS) or path.endswith(FEED_SUFFIX)


class EncryptedOutput:
    """Writes the files of a site into a staging folder, encrypted in memory and under encrypted paths.

    Forked processes may write files too, since the keys exist before they are forked.
    """

    def __init__(self, stage: StagingFolder, keys: BuildKeys) -> None:
        """`stage` receives the encrypted files."""
        self._stage = stage
        self._keys = keys

    def put(self, path: str, content: bytes | FileInFolder) -> FileDigest:
        """Encrypt and write a file; the digest of the encrypted file. An excluded file is not written."""
        if is_excluded(path):
            return FileDigest("", 0)
        data = content if isinstance(content, bytes) else content.read()
        return self._stage.put(self._keys.encrypted_path(path), encrypt_file(self._keys, path, data))

    def keep(self, path: str, content: FileDigest) -> bool:  # noqa: ARG002  (the signature of an output)
        """False: a file of the last build was encrypted with another key."""
        return False


def map_encrypted_files(keys: BuildKeys, files: Mapping[str, FileDigest]) -> dict[str, FileDigest]:
    """The digests of encrypted files by encrypted path, from those by path, without excluded files."""
    return {keys.encrypted_path(path): content for path, content in files.items() if not is_excluded(path)}


def list_included(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that an encrypted site has, sorted."""
    return tuple(sorted(path for path in paths if not is_excluded(path)))


#: The path under which the list of paths is encrypted. No page has a name that begins with a full stop.
PATH_LIST = ".paths"


def format_path_list(paths: Iterable[str]) -> bytes:
    """The sorted paths as a JSON array."""
    return json.dumps(sorted(paths), ensure_ascii=False).encode()
