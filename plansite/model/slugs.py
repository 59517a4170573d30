"""Slugs: names in a form that is safe in file systems and URLs."""

from __future__ import annotations

import hashlib
import re
import unicodedata

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
