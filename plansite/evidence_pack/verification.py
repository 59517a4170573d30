"""Checks a pack against its manifest. Nothing is unpacked, and no more is read than the manifest allows."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.manifest import (
    MANIFEST,
    MAX_FILES,
    MAX_MANIFEST,
    MAX_TOTAL,
    NotAPackError,
    PackManifest,
    compute_digest,
    find_twins,
    is_safe_path,
    parse_pack_manifest,
)
from plansite.file_access import open_plain_file
from plansite.publish.stage import FileDigest

_CHUNK = 1024 * 1024
#: A member that is encrypted has this bit among its flags.
_ENCRYPTED = 0x1
_DIRECTORY_SIZE = 256 * 1024 * 1024
#: What reading a damaged or hostile member raises.
_MEMBER_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class PackDifferenceKind(StrEnum):
    """How a file of a pack differs from the manifest. The values are those that are printed."""

    MISSING = "missing"
    CHANGED = "changed"
    ADDED = "added"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class PackDifference:
    """A file that is not as the manifest says; `reason` says more where that is needed."""

    path: str
    kind: PackDifferenceKind
    reason: str = ""

    def __str__(self) -> str:
        """One line for it."""
        return f"{self.kind}: {self.path}{f' ({self.reason})' if self.reason else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPack:
    """A pack that was compared with its manifest, which has the digest `digest`."""

    manifest: PackManifest
    digest: str
    differences: tuple[PackDifference, ...]


_DAMAGED = "it is not a zip archive, or it is damaged"
#: What damage inside an archive leads to: a place before its start, or, without a number, data that nothing unpacks.
_ERRORS_OF_DAMAGE = (None, errno.EINVAL)


def check_pack(path: Path) -> CheckedPack:
    """Compare a pack with its manifest. Raises NotAPackError for any other file, and OSError."""
    with os.fdopen(open_plain_file(os.path.realpath(path)), "rb") as file:
        try:
            with zipfile.ZipFile(file) as archive:
                return _check_archive(archive)
        except (zipfile.BadZipFile, NotImplementedError):
            raise NotAPackError(_DAMAGED) from None
        except OSError as error:
            if error.errno in _ERRORS_OF_DAMAGE:
                raise NotAPackError(_DAMAGED) from None
            raise


def _check_archive(archive: zipfile.ZipFile) -> CheckedPack:
    members = archive.infolist()
    if len(members) > MAX_FILES + 1:
        raise NotAPackError(f"it has {len(members):,} files; the most that a pack has is {MAX_FILES:,}")
    data = _read_manifest(archive, members)
    manifest = parse_pack_manifest(data)
    if sum(digest.size for digest in manifest.files.values()) > MAX_TOTAL:
        raise NotAPackError("its files would be larger than those of any pack")
    differences = (*_find_outside(archive), *_compare(archive, members, manifest))
    return CheckedPack(manifest=manifest, digest=compute_digest(data), differences=tuple(differences))


def _read_manifest(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    """The manifest's bytes. There is exactly one, so that no other reader of the archive is shown another."""
    found = [member for member in members if member.filename == MANIFEST]
    if len(found) != 1:
        raise NotAPackError(f"it has {'no' if not found else 'more than one'} {MANIFEST}")
    data = _read_member(archive, found[0], MAX_MANIFEST)
    if data is None:
        raise NotAPackError(f"its {MANIFEST} cannot be read")
    return data


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The bytes of a member; None if there are more than `limit`, or if they cannot be read."""
    if member.flag_bits & _ENCRYPTED:
        return None
    try:
        with archive.open(member) as content:
            data = content.read(limit + 1)
    except _MEMBER_ERRORS:
        return None
    return data if len(data) <= limit else None


def _find_outside(archive: zipfile.ZipFile) -> Iterator[PackDifference]:
    """What an archive holds besides its members: bytes in front of them, which may be a program, or a comment."""
    if min((member.header_offset for member in archive.infolist()), default=0) != 0:
        yield PackDifference("the archive", PackDifferenceKind.UNSAFE, "something stands before its first file")
    if archive.comment:
        yield PackDifference("the archive", PackDifferenceKind.ADDED, "it has a comment")


def _compare(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], manifest: PackManifest
) -> Iterator[PackDifference]:
    twins = frozenset(find_twins([member.filename for member in members]))
    for path in sorted(twins):
        yield PackDifference(_show(path), PackDifferenceKind.UNSAFE, "it is there twice")
    for member in sorted(members, key=lambda each: each.filename):
        if member.filename != MANIFEST and member.filename not in twins:
            difference = _compare_member(archive, member, manifest.files.get(member.filename))
            if difference:
                yield difference
    present = {member.filename for member in members}
    yield from (PackDifference(path, PackDifferenceKind.MISSING) for path in sorted(manifest.files.keys() - present))


def _compare_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, expected: FileDigest | None
) -> PackDifference | None:
    path = _show(member.filename)
    if not is_safe_path(member.filename.removesuffix("/")) or "\0" in member.orig_filename:
        return PackDifference(path, PackDifferenceKind.UNSAFE, "its name leads out of the folder, or cannot be shown")
    if stat.S_ISLNK(member.external_attr >> 16):
        return PackDifference(path, PackDifferenceKind.UNSAFE, "it is a link")
    if expected is None:
        return PackDifference(path, PackDifferenceKind.ADDED)
    return None if _hash_member(archive, member, expected.size) == expected else _describe_change(path, member)


def _describe_change(path: str, member: zipfile.ZipInfo) -> PackDifference:
    reason = "it is encrypted" if member.flag_bits & _ENCRYPTED else ""
    return PackDifference(path, PackDifferenceKind.CHANGED, reason)


def _hash_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> FileDigest | None:
    """The hash and size of a member, read piece by piece; None if it is larger than `limit`, or cannot be read."""
    if member.flag_bits & _ENCRYPTED:
        return None
    hasher, size = hashlib.sha256(), 0
    try:
        with archive.open(member) as content:
            while size <= limit and (piece := content.read(min(_CHUNK, limit + 1 - size))):
                hasher.update(piece)
                size += len(piece)
    except _MEMBER_ERRORS:
        return None
    return FileDigest(hasher.hexdigest(), size) if size <= limit else None


def _show(path: str) -> str:
    """A path as text that can be printed on a line."""
    return path.encode("utf-8", "backslashreplace").decode() if path.isprintable() else ascii(path)
