"""Writes the archive of a pack, whole or not at all, so that the same files give the same bytes."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from plansite.evidence_pack.composition import PackFile
from plansite.evidence_pack.manifest import (
    MANIFEST,
    MAX_FILE,
    MAX_FILES,
    MAX_MANIFEST,
    MAX_TOTAL,
    NotAPackError,
    PackManifest,
    compute_digest,
    format_pack_manifest,
    parse_pack_manifest,
)
from plansite.file_access import NotPlainFileError, is_folder, is_present, open_plain_file
from plansite.publish.stage import FileDigest
from plansite.scaffold.atomic_files import open_replacement

#: Members of the archive carry no time of their own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_COMPRESSION_LEVEL = 6


class PackOutputError(Exception):
    """A pack cannot be written there. The message is shown to users."""


def require_writable(target: Path, root: Path) -> None:
    """Raise PackOutputError unless a pack may be written to a path: where nothing is, or where a pack is already.

    Not among the content of the site in `root`, where the next build would find it.
    """
    if not is_folder(target.parent):
        raise PackOutputError(f"there is no folder {target.parent}; make it first")
    if (target.resolve()).is_relative_to((root / "content").resolve()):
        raise PackOutputError(f"{target} is among the content of the site; write the pack to another folder")
    if is_folder(target):
        raise PackOutputError(f"{target} is a folder; name a file, such as {target / 'pack.zip'}")
    if is_present(target) and not is_pack(target):
        raise PackOutputError(f"there is a file {target} already, and it is not an evidence pack; choose another name")


def is_pack(path: Path) -> bool:
    """Whether a file is an evidence pack, intact or not."""
    try:
        with os.fdopen(open_plain_file(os.path.realpath(path)), "rb") as file, zipfile.ZipFile(file) as archive:
            if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
                return False
            parse_pack_manifest(archive.read(MANIFEST))
    except (
        NotPlainFileError,
        zipfile.BadZipFile,
        KeyError,
        NotAPackError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        return False
    return True


def write_pack(target: Path, files: Mapping[str, PackFile], manifest: PackManifest) -> str:
    """Write an archive with these files and the manifest, and return the manifest's digest.

    The files of `manifest` are left to this function. The archive is written beside the target and then put in its
    place, so that there is never half of one. Raises PackOutputError for a pack that is too large, and OSError.
    """
    with open_replacement(target) as file:
        return _write_archive(file, files, manifest)


def _write_archive(file: BinaryIO, files: Mapping[str, PackFile], manifest: PackManifest) -> str:
    if len(files) > MAX_FILES:
        raise PackOutputError(f"the pack would have {len(files):,} files; the most is {MAX_FILES:,}")
    digests: dict[str, FileDigest] = {}
    total = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL) as archive:
        for path, content in sorted(files.items()):
            data = content if isinstance(content, bytes) else content.read()
            total += len(data)
            if len(data) > MAX_FILE or total > MAX_TOTAL:
                raise PackOutputError(f"the pack is too large with {path}; link to large evidence by a web address")
            digests[path] = FileDigest(hashlib.sha256(data).hexdigest(), len(data))
            _add_member(archive, path, data)
        text = format_pack_manifest(replace(manifest, files=digests))
        _add_member(archive, MANIFEST, text)
    return compute_digest(text)


def hash_files(files: Mapping[str, PackFile]) -> dict[str, str]:
    """The SHA-256 hash of each file."""
    return {
        path: hashlib.sha256(content if isinstance(content, bytes) else content.read()).hexdigest()
        for path, content in files.items()
    }


def _add_member(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    member = zipfile.ZipInfo(path, _NO_TIME)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
    archive.writestr(member, data)
