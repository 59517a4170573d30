"""Addresses made out of names: slugs that every file system and every address line can carry."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_OURS = frozenset({"index"})
LONGEST = 100


def slug_of(name: str) -> str:
    """Letters, digits and single hyphens, at most 100 bytes; a name without any becomes its digest.

    What is cut or replaced wholly is told apart by eight hexadecimal digits of the name's SHA-256.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("’", "")
    slug = re.sub(r"[^\w]+|_+", "-", plain).strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if not slug or slug in _OURS or _DEVICES.fullmatch(slug):
        slug = f"{slug}-{digest}".strip("-")
    while len(slug.encode()) > LONGEST:
        cut = slug.encode()[: LONGEST - 9].decode("utf-8", "ignore").rstrip("-")
        slug = f"{cut}-{digest}"
    return slug


def title_of(slug: str) -> str:
    """A file's name as words, for a document that has no title: `laundry-labels` is "Laundry labels"."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def slug_fault(name: str) -> str:
    """What is wrong with a file's name as an address, in words; empty where nothing is."""
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space or a dot"
    if _DEVICES.fullmatch(name):
        return "is a name that computers keep for themselves"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    if re.search(r'[\\/:*?"<>|#%\x00-\x1f]', name):
        return "has a character that cannot stand in an address"
    return ""
