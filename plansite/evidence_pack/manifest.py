"""The manifest of a pack: its files with their sizes and hashes, and what the pack was made from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.slugs import collision_key
from plansite.publish.stage import FileDigest

MANIFEST, README = "manifest.json", "README.txt"
#: For whom a pack is, in words, by the name of the audience.
READERS = {"internal": "internal readers", "partners": "partners", "public": "the public"}
#: What the manifest says it is, and the version of its layout.
PACK_FORMAT, PACK_VERSION = "plansite-evidence-pack", 1
#: The largest manifest that is read, about 200,000 files.
MAX_MANIFEST = 32 * 1024 * 1024
#: The most files of a pack, the largest of them, and all of them together, in bytes.
MAX_FILES, MAX_FILE, MAX_TOTAL = 100_000, 1024**3, 4 * 1024**3
_DIGEST, _COMMIT = compile_lazily(r"[0-9a-f]{64}"), compile_lazily(r"[0-9a-f]{0,64}")
_DAY, _DAY_OR_NONE = compile_lazily(r"\d{4}-\d{2}-\d{2}"), compile_lazily(r"(\d{4}-\d{2}-\d{2})?")
_AUDIENCE = compile_lazily("|".join(READERS))
_SUBJECT = compile_lazily("plan|incident|regulation")
_DRIVE = compile_lazily(r"[a-zA-Z]:")


class NotAPackError(Exception):
    """A file is no evidence pack, or one of a version that is not known here. The message is shown to users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackManifest:
    """What a manifest says.

    `day` is the day as at which the pack shows the site, `first` and `last` are its period (empty without a limit), all
    as 2025-01-31. `subject` is "plan", "incident" or "regulation", and `names` are what was asked for. `commit` is
    empty without git and for readers who are not told it; `is_clean` is whether the files were those of the commit, and
    None without one.
    `is_earlier` says that the pack shows the site as it was at an earlier commit.
    """

    plansite: str
    day: str
    audience: str
    subject: str
    names: tuple[str, ...]
    first: str
    last: str
    commit: str
    is_clean: bool | None
    is_earlier: bool
    files: Mapping[str, FileDigest]


def format_pack_manifest(manifest: PackManifest) -> bytes:
    """The manifest as JSON. The same values give the same bytes."""
    values = {
        "format": PACK_FORMAT,
        "version": PACK_VERSION,
        "plansite": manifest.plansite,
        "as_at": manifest.day,
        "audience": manifest.audience,
        "subject": manifest.subject,
        "names": list(manifest.names),
        "from": manifest.first,
        "to": manifest.last,
        "commit": manifest.commit,
        "working_tree_clean": manifest.is_clean,
        "from_earlier_commit": manifest.is_earlier,
        "files": {
            path: {"sha256": digest.digest, "bytes": digest.size} for path, digest in sorted(manifest.files.items())
        },
    }
    return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode()


def compute_digest(manifest: bytes) -> str:
    """The digest of a manifest (SHA-256), which stands for the whole pack: it covers the hash of every file."""
    return hashlib.sha256(manifest).hexdigest()


def parse_pack_manifest(data: bytes) -> PackManifest:
    """The manifest from its bytes, which anybody may have written. Raises NotAPackError."""
    try:
        values: object = json.loads(data)
    except (ValueError, RecursionError):
        raise NotAPackError(f"its {MANIFEST} cannot be read; this is not an evidence pack, or it was changed") from None
    if not isinstance(values, dict) or values.get("format") != PACK_FORMAT:
        raise NotAPackError(f"its {MANIFEST} is not that of an evidence pack")
    if values.get("version") != PACK_VERSION:
        raise NotAPackError(f"it is a pack of another version; this plansite knows version {PACK_VERSION} only")
    if not isinstance(values.get("files"), dict):
        raise NotAPackError(f"its {MANIFEST} has no valid “files”")
    return _build_manifest(values, values["files"])


def _build_manifest(values: Mapping[str, object], files: Mapping[object, object]) -> PackManifest:
    def read_text(key: str, pattern: re.Pattern[str] | None = None) -> str:
        value = values.get(key)
        if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
            raise NotAPackError(f"its {MANIFEST} has no valid “{key}”")
        return value

    def read_flag(key: str) -> bool:
        value = values.get(key)
        if not isinstance(value, bool):
            raise NotAPackError(f"its {MANIFEST} has no valid “{key}”")
        return value

    names = values.get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise NotAPackError(f"its {MANIFEST} has no valid “names”")
    return PackManifest(
        plansite=read_text("plansite"),
        day=read_text("as_at", _DAY),
        audience=read_text("audience", _AUDIENCE),
        subject=read_text("subject", _SUBJECT),
        names=tuple(names),
        first=read_text("from", _DAY_OR_NONE),
        last=read_text("to", _DAY_OR_NONE),
        commit=read_text("commit", _COMMIT),
        is_clean=None if values.get("working_tree_clean") is None else read_flag("working_tree_clean"),
        is_earlier=read_flag("from_earlier_commit"),
        files=dict(map(_read_file, files.items())),
    )


def _read_file(entry: tuple[object, object]) -> tuple[str, FileDigest]:
    path, values = entry
    match values:
        case {"sha256": str(digest), "bytes": int(size)} if (
            isinstance(path, str)
            and is_safe_path(path)
            and _DIGEST.fullmatch(digest)
            and not isinstance(size, bool)
            and 0 <= size <= MAX_FILE
        ):
            return path, FileDigest(digest, size)
    raise NotAPackError(f"its {MANIFEST} has an entry that no pack has")


def is_safe_path(path: str) -> bool:
    """Whether a path stays inside the folder into which a pack is unpacked, on every system, and can be shown."""
    parts = path.split("/")
    return (
        bool(path)
        and "\\" not in path
        and not _DRIVE.match(path)
        and not {"", ".", ".."} & set(parts)
        and not any(part.endswith((" ", ".")) for part in parts)
        and all(unicodedata.category(character)[0] != "C" for character in path)
    )


def find_twins(paths: list[str]) -> tuple[str, ...]:
    """The paths that are there twice, or that some file systems take for the same as another one."""
    seen: set[str] = set()
    twins = []
    for path in paths:
        key = collision_key(path)
        if key in seen:
            twins.append(path)
        seen.add(key)
    return tuple(twins)
