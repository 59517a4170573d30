"""Names that are safe in file systems and URLs: slugs, and numbers for names that are twins."""

from __future__ import annotations

import functools
import hashlib
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from plansite.deferred_pattern import compile_lazily

#: Names of devices, which Windows does not allow as file names.
_RESERVED_FILE_NAMES = compile_lazily(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_RESERVED_SLUGS = frozenset({"index"})
MAX_SLUG_BYTES = 100
_DIGEST = compile_lazily(r"(?:^|-)[0-9a-f]{8}$")
#: Characters within words that leave no trace in a slug: apostrophes, and those that join or part letters of scripts.
_UNWRITTEN = compile_lazily("['\u200c\u200d]")
#: Typographic apostrophes and hyphens, and what a typewriter has for them.
_TYPEWRITER = {ord("\u2019"): "'", ord("\u2018"): "'", ord("\u02bc"): "'", ord("\u2010"): "-"}


def slugify(name: str) -> str:
    """A slug of lower-case letters with their marks, digits and single hyphens, at most MAX_SLUG_BYTES long in UTF-8.

    If the name is shortened, reserved, or has no letters or digits, a digest of it is added. Other names may have the
    same slug: see `distinct_slug`.
    """
    return _shape_slug(name, name)[0]


@functools.lru_cache(maxsize=4096)
def distinct_slug(name: str, separators: str = " ") -> str:
    """A slug that no other name has, whatever names there are beside it: a function of the name alone.

    It is that of `slugify`. Unless the name is made of words with `separators` alone between each two, what was
    left out is told by a digest: `R D` is `r-d`, and `R&D` is `r-d-dacc7c16`. Names that differ only in
    capitals, in the form of letters, or in which of the separators they use have the same slug.
    """
    folded = normalise_name(name)
    slug, has_digest = _shape_slug(name, folded)
    words = folded if "-" in separators else folded.replace("-", "_")
    is_plain = re.sub(f"[{re.escape(separators)}]+", "-", words) == slug and not _DIGEST.search(slug)
    return slug if has_digest or is_plain else add_digest(slug, folded)


def _shape_slug(name: str, digested: str) -> tuple[str, bool]:
    """The slug of a name, and whether a digest, of `digested`, is in it."""
    slug = _join_words(normalise_name(name))
    if not slug or slug in _RESERVED_SLUGS or _RESERVED_FILE_NAMES.fullmatch(slug):
        return add_digest(slug, digested), True
    return (add_digest(slug, digested), True) if len(slug.encode()) > MAX_SLUG_BYTES else (slug, False)


@functools.lru_cache(maxsize=4096)
def normalise_name(text: str) -> str:
    """The key for comparing names: NFKC, case folded, single spaces, typewriter apostrophes and hyphens."""
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_TYPEWRITER)
    return " ".join(folded.split())


def _join_words(folded: str) -> str:
    """The words of a name with hyphens between them. Marks that combine with a letter belong to the word."""
    plain = _UNWRITTEN.sub("", folded)
    if not plain.isascii():
        plain = "".join(
            character if character.isalnum() or unicodedata.category(character)[0] == "M" else "-"
            for character in plain
        )
    return re.sub(r"[\W_]+", "-", plain).strip("-") if plain.isascii() else re.sub(r"-+", "-", plain).strip("-")


def add_digest(slug: str, text: str) -> str:
    """The slug, cut where it is too long, with the first eight hexadecimal digits of the SHA-256 of a text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cut = slug.encode("utf-8", "surrogatepass")[: MAX_SLUG_BYTES - 9].decode("utf-8", "ignore").rstrip("-")
    return f"{cut}-{digest}".strip("-")


def title_from_slug(slug: str) -> str:
    """A title for a document that has none: `laundry-labels` is "Laundry labels"."""
    title = re.sub(r"[-_]+", " ", slug).strip()
    return title[:1].upper() + title[1:]


def describe_slug_fault(name: str) -> str:
    """Why a file's name cannot be used as a slug, as the predicate of a sentence; "" if it can."""
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space or a dot"
    if _RESERVED_FILE_NAMES.fullmatch(name):
        return "is a name that Windows reserves"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_SLUG_BYTES:
        return f"is longer than {MAX_SLUG_BYTES} bytes"
    if re.search(r'[\\/:*?"<>|#%\x00-\x1f]', name):
        return "has a character that cannot be used in an address"
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


def assign_slugs(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """A slug of its own for each file or folder, from pairs of its path and the slug that it should have.

    Of several that want the same, the one that is spelled so keeps it, and a digest of its path tells each other
    apart. So which files come first decides nothing, and an address never passes from one file to another.
    """
    pairs = tuple(wanted)
    counts = Counter(collision_key(slug) for _, slug in pairs)
    taken = {key for key, count in counts.items() if count == 1}
    assigned = [slug if counts[collision_key(slug)] == 1 else "" for _, slug in pairs]
    twins = [index for index, slug in enumerate(assigned) if not slug]
    for index in sorted(twins, key=lambda index: (not _is_spelled_so(*pairs[index]), pairs[index][0])):
        path, slug = pairs[index]
        unique = slug if _is_spelled_so(path, slug) else add_digest(slug, path)
        while collision_key(unique) in taken:
            unique = add_digest(slug, f"{path}/{unique}")
        taken.add(collision_key(unique))
        assigned[index] = unique
    return assigned


def _is_spelled_so(path: str, slug: str) -> bool:
    """Whether a file or folder has its slug as its name, in the form in which names are compared."""
    name = path.rsplit("/", 1)[-1]
    return collision_key(slug) in (name, posixpath.splitext(name)[0])


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
