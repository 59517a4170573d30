"""Anchors: the names by which links lead to headings, and the ids that these have on a page."""

from __future__ import annotations

import hashlib
import unicodedata
from urllib.parse import unquote

from plansite.deferred_pattern import compile_lazily

#: The anchors of a document in their order, each with the id on the document's page that a link to it leads to.
Anchors = tuple[tuple[str, str], ...]

#: No other id of a page begins so.
_ID_PREFIX = "s-"
#: An anchor with more bytes is shortened where it becomes an id.
_MAX_ID_BYTES = 100
#: Fragments that every page has: its top.
_TOP = ("", "top")
_LATIN_PUNCTUATION = compile_lazily(r"[^a-z0-9_\- ]+")
_FOREIGN_PREFIX = "user-content-"


def slugify_heading(text: str) -> str:
    """The anchor that GitHub gives a heading: lower case, without punctuation, hyphens in place of spaces.

    Letters, marks and digits of any script stay. It is empty where there are none of these.
    """
    lower = " ".join(text.strip().splitlines()).lower()
    if lower.isascii():
        return _LATIN_PUNCTUATION.sub("", lower).replace(" ", "-")
    return "".join("-" if letter == " " else letter for letter in lower if letter in " -" or _is_word(letter))


def _is_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


class AnchorNames:
    """Gives the headings of a document their anchors, one after another."""

    def __init__(self) -> None:
        """No anchor is given yet."""
        self._repeats: dict[str, int] = {}

    def add(self, text: str) -> str:
        """The anchor of the next heading; one that repeats an earlier one gets `-1`, `-2`, … behind it."""
        slug = anchor = slugify_heading(text)
        while anchor in self._repeats:
            self._repeats[slug] += 1
            anchor = f"{slug}-{self._repeats[slug]}"
        self._repeats[anchor] = 0
        return anchor


def anchor_id(anchor: str) -> str:
    """The id on a page of the heading with this anchor; different anchors of a document have different ids."""
    if len(anchor) * 4 <= _MAX_ID_BYTES or len(anchor.encode()) <= _MAX_ID_BYTES:
        return f"{_ID_PREFIX}{anchor}"
    digest = hashlib.sha256(anchor.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_ID_PREFIX}{anchor.encode()[: _MAX_ID_BYTES - 9].decode('utf-8', 'ignore').rstrip('-')}-{digest}"


def is_top(fragment: str) -> bool:
    """Whether a fragment leads to the top of any page."""
    return fragment.casefold() in _TOP


class AnchorIndex:
    """The anchors of a document, to be found by the fragments of links."""

    def __init__(self, anchors: Anchors) -> None:
        """Where two anchors are the same but for what makes no difference, the first one is found."""
        self._ids = dict(reversed(anchors))
        self.names = tuple(anchor for anchor, _ in anchors)
        self._page_ids = frozenset(self._ids.values())
        self._loose_ids = {_loose_key(anchor): page_id for anchor, page_id in reversed(anchors)}

    def find_id(self, fragment: str) -> str:
        """The id on the page that a fragment as written leads to; empty where there is no such anchor.

        Percent escapes, capitals, and how accents are stored make no difference. Where no anchor is exactly the same,
        hyphens make none either: other programs remove less from a heading than GitHub does. An id of the page itself,
        as copied from a browser, is found too.
        """
        name = unquote(fragment)
        for spelling in (name, name.removeprefix(_FOREIGN_PREFIX), name.lower()):
            if spelling in self._ids:
                return self._ids[spelling]
        return name if name in self._page_ids else self._loose_ids.get(_loose_key(name), "")


def _loose_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    folded = folded.removeprefix(_FOREIGN_PREFIX)
    return "".join(letter for letter in folded if letter not in "-_" and _is_word(letter))
