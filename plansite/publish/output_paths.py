"""Output paths must be relative, inside the folder, and different on every file system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from plansite.deferred_pattern import compile_lazily
from plansite.model.slugs import collision_key
from plansite.publish.errors import PathError

#: Names that Windows reserves for devices, with any suffix.
_DEVICES = compile_lazily(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
_FORBIDDEN = compile_lazily(r"[\\:\x00-\x1f\x7f]")
_LONGEST = 255
#: Fast path: nearly all paths match this, and need no closer check.
_PLAIN = compile_lazily(r"(?:[a-z0-9][a-z0-9_-]{2,99}/)*[a-z0-9][a-z0-9_-]{4,99}\.[a-z]{2,5}")
_DEVICE_LIKE = compile_lazily(r"(?:^|/)(?:con|prn|aux|nul|com|lpt)")


def parent_folders(paths: Iterable[str]) -> tuple[str, ...]:
    """All parent folders of the paths, parents before children, without the top folder."""
    found: dict[str, None] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found[folder] = None
            folder = folder.rpartition("/")[0]
    return tuple(sorted(found))


def check_paths(paths: Iterable[str]) -> None:
    """Raise PathError for a path that cannot be published, and for two that some file systems cannot tell apart.

    Paths have forward slashes. Two paths collide if they are equal after NFKC and case folding, and if one is a file
    at the path of a folder.
    """
    files = list(paths)
    for path in files:
        check_path(path)
    seen: dict[str, str] = {}
    for path in (*(f"{folder}/" for folder in parent_folders(files)), *files):
        key = collision_key(path.removesuffix("/"))
        if key in seen:
            both = f"“{_printable(seen[key])}” and “{_printable(path)}”"
            raise PathError(f"{both} would be the same file on some computers; rename one of the two")
        seen[key] = path


def check_path(path: str) -> None:
    """Raise PathError for a path that cannot be published."""
    problem = _describe_problem(path)
    if problem:
        raise PathError(f"“{_printable(path)}” cannot be published: {problem}")


def is_publishable(path: str) -> bool:
    """Whether a path can be published: plain, relative and inside the folder."""
    return not _describe_problem(path)


def _describe_problem(path: str) -> str:
    return "" if _PLAIN.fullmatch(path) and not _DEVICE_LIKE.search(path) else _find_problem(path)


def _find_problem(path: str) -> str:
    if _FORBIDDEN.search(path):
        return "it has a backslash, a colon or a control character"
    for name in path.split("/"):
        if name in ("", ".", ".."):
            return "it is not a plain path inside the site"
        if name[-1] in ". ":
            return "a name in it ends with a dot or a space"
        if _DEVICES.fullmatch(name):
            return f"“{name}” is reserved by Windows"
        if not name.isascii() and any(unicodedata.category(character) == "Cs" for character in name):
            return "it has an incomplete character (an unpaired surrogate)"
        if len(name.encode()) > _LONGEST:
            return f"a name in it is longer than {_LONGEST} bytes"
    return ""


def _printable(path: str) -> str:
    return path if path.isprintable() else ascii(path)[1:-1]
