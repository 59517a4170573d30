"""Addresses made out of names: slugs that every file system and every address line can carry."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_RESERVED_FILE_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_RESERVED_SLUGS = frozenset({"index"})
MAX_SLUG_BYTES = 100


def slugify(name: str) -> str:
    """Letters, digits and single hyphens, at most 100 bytes; a name without any becomes its digest.

    What is cut or replaced wholly is told apart by eight hexadecimal digits of the name's SHA-256.
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
    """A file's name as words, for a document that has no title: `laundry-labels` is "Laundry labels"."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def describe_slug_fault(name: str) -> str:
    """What is wrong with a file's name as an address, in words; empty where nothing is."""
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space or a dot"
    if _RESERVED_FILE_NAMES.fullmatch(name):
        return "is a name that computers keep for themselves"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_SLUG_BYTES:
        return f"is longer than {MAX_SLUG_BYTES} bytes"
    if re.search(r'[\\/:*?"<>|#%\x00-\x1f]', name):
        return "has a character that cannot stand in an address"
    return ""
