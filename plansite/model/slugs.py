"""Names that are safe in file systems and URLs: slugs, and numbers for names that are twins."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable

#: Names of devices, which Windows does not allow as file names.
_RESERVED_FILE_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_RESERVED_SLUGS = frozenset({"index"})
MAX_SLUG_BYTES = 100


def slugify(name: str) -> str:
    """A slug of lower-case letters, digits and single hyphens, at most MAX_SLUG_BYTES long in UTF-8.

    If the name is shortened, reserved, or has no letters or digits, the first eight hexadecimal digits of its SHA-256
    are added, so that different names have different slugs.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("’", "")
    slug = re.sub(r"[^\w]+|_+", "-", plain).strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if not slug or slug in _RESERVED_SLUGS or _RESERVED_FILE_NAMES.fullmatch(slug):
        slug = f"{slug}-{digest}".strip("-")
    while len(slug.encode()) > MAX_SLUG_BYTES:
        cut = slug.encode()[: MAX_SLUG_BYTES - 9].decode("utf-8", "ignore").rstrip("-")
        slug = f"{cut}-{digest}"
    return slug


def title_from_slug(slug: str) -> str:
    """A title for a document that has none: `laundry-labels` is "Laundry labels"."""
    title = re.sub(r"[-_]+", " ", slug).strip()
    return title[:1].upper() + title[1:]


def describe_slug_fault(name: str) -> str:
    """Why a file's name cannot be used as a slug, as the predicate of a sentence; "" if it can."""
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space or a dot"
    if _RESERVED_FILE_NAMES.fullmatch(name):
        return "is a name that computers keep for themselves"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_SLUG_BYTES:
        return f"is longer than {MAX_SLUG_BYTES} bytes"
    if re.search(r'[\\/:*?"<>|#%\x00-\x1f]', name):
        return "has a character that cannot stand in an address"
    return ""


def is_file_name(name: str) -> bool:
    """Whether a document can have this slug: letters, digits, `-`, `_` and `.`, no dot at the beginning."""
    is_plain = all(character.isalnum() or character in "-._" for character in name)
    return bool(name) and is_plain and not name.startswith(".") and not describe_slug_fault(name)


def collision_key(name: str) -> str:
    """The key for comparing names of files: equal for names that some file system cannot tell apart.

    Those differ only in capitals, in how accents are stored, or in the form of letters: `1` and `①`.
    """
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class UniqueNames:
    """Names given out one after another, each different from all before it by its collision_key."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """`names` are taken already."""
        self._next_numbers = dict.fromkeys(map(collision_key, names), 2)

    def add(self, name: str, suffix: str = "") -> str:
        """The name and suffix, or if that is taken, with the first free number between them: `door-2.pdf`."""
        key, unique = collision_key(name + suffix), name + suffix
        number = self._next_numbers.get(key, 1)
        while collision_key(unique) in self._next_numbers:
            unique, number = f"{name}-{number}{suffix}", number + 1
        self._next_numbers[collision_key(unique)] = 2
        if number > 1:
            self._next_numbers[key] = number
        return unique


def assign_unique_paths(paths: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A path of its own for each source, from pairs of a source and the path that it should have.

    Folders whose names are twins are one folder, and files are numbered where their paths would be twins.
    """
    pairs = tuple(paths)
    folders: dict[str, str] = {}
    for _, path in pairs:
        _unify_folder(posixpath.dirname(path), folders)
    names = UniqueNames(folders)
    assigned: dict[str, str] = {}
    for source, path in pairs:
        folder, name = posixpath.split(path)
        stem, suffix = posixpath.splitext(name)
        assigned[source] = names.add(posixpath.join(_unify_folder(folder, folders), stem), suffix)
    return assigned


def _unify_folder(folder: str, folders: dict[str, str]) -> str:
    """The folder as it was first spelled. `folders` are all folders by their collision_key; this one is added."""
    if not folder:
        return ""
    parent, _, name = folder.rpartition("/")
    path = posixpath.join(_unify_folder(parent, folders), name)
    return folders.setdefault(collision_key(path), path)
