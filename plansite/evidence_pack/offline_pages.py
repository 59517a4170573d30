"""Makes a rendered page work from disk: no script, no form, and no link that leads out of its pack."""

from __future__ import annotations

import html
from collections.abc import Container
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.html_tokens import (
    HtmlToken,
    format_tag,
    replace_attributes,
    resolve_address,
    split_html,
    strip_tags,
)

#: The security policy of the pages of a pack: nothing but style sheets and pictures of its own.
PACK_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)
#: Elements that are left out with all that is in them: programs, other pages inside a page, and forms to send.
_REMOVED = frozenset({"script", "form", "iframe", "object", "embed", "portal"})
#: Attributes by which an element other than a link loads or sends something.
_LOADING = ("src", "href", "xlink:href", "data", "poster", "action", "formaction", "background", "ping", "srcset")
#: Elements that end the search for a paragraph or an entry that consists of nothing but lost links.
_BLOCKS = frozenset(
    ("p", "li", "ul", "ol", "dl", "div", "section", "article", "table", "details", "h1", "h2", "h3", "h4")
)


@dataclass(slots=True)
class _Passage:
    """A paragraph for screens, or an entry of a menu, from the piece `start`: left out if none of its links works."""

    name: str
    start: int
    needs_lost_link: bool
    has_link: bool = False
    has_lost_link: bool = False


@dataclass(slots=True)
class _Rewriter:
    """Writes a page again, token by token, into `pieces`."""

    page: str
    paths: Container[str]
    pieces: list[str] = field(default_factory=list)
    #: The element that is being left out, and how many of its name are open in it.
    removed: tuple[str, int] = ("", 0)
    #: Whether each open `a` is kept, and for one outside the pack where its words begin and its address.
    links: list[tuple[bool, int, str]] = field(default_factory=list)
    passage: _Passage | None = None
    menus: int = 0

    def write(self, token: HtmlToken) -> None:
        """Add a token, or what replaces it."""
        if self.removed[1]:
            self._skip(token)
        elif token.is_start:
            self._open(token)
        elif token.is_end:
            self._close(token)
        else:
            self.pieces.append(token.text)

    def _skip(self, token: HtmlToken) -> None:
        name, depth = self.removed
        if token.name == name and not token.is_alone:
            self.removed = (name, depth - 1 if token.is_end else depth + 1)

    def _open(self, token: HtmlToken) -> None:
        if token.name in _REMOVED:
            self.removed = ("", 0) if token.is_alone else (token.name, 1)
            return
        if token.name == "noscript":  # what it holds is for this page, which has no script
            return
        self._begin_passage(token)
        if token.name == "nav":
            self.menus += 1
        self.pieces.append(self._open_link(token) if token.name == "a" else self._open_element(token))

    def _begin_passage(self, token: HtmlToken) -> None:
        if token.name not in _BLOCKS:
            return
        is_entry, is_for_screens = token.name == "li" and self.menus, token.name == "p" and token.has_class("no-print")
        start = len(self.pieces)
        self.passage = _Passage(token.name, start, bool(is_entry)) if is_entry or is_for_screens else None

    def _open_link(self, token: HtmlToken) -> str:
        if "href" not in (token.attributes or {}):
            self.links.append((True, 0, ""))
            return token.text
        place = resolve_address(token.find("href"), self.page)
        is_kept = place.path is not None and (place.path == self.page or place.path in self.paths)
        if self.passage:
            self.passage.has_link |= is_kept
            self.passage.has_lost_link |= not is_kept
        if is_kept:
            self.links.append((True, 0, ""))
            return replace_attributes(token, {"target": None, "ping": None}) if token.find("target") else token.text
        self.links.append((False, len(self.pieces) + 1, token.find("href") if place.path is None else ""))
        kept = {key: value for key, value in (token.attributes or {}).items() if key in ("class", "dir", "lang", "id")}
        return format_tag("span", kept)

    def _open_element(self, token: HtmlToken) -> str:
        lost = [name for name in _LOADING if token.find(name) and not self._is_in_pack(token.find(name))]
        if token.name == "meta" and token.find("http-equiv").lower() == "refresh":
            return ""
        if not lost:
            return token.text
        if token.name == "img":
            return html.escape(token.find("alt"))
        return "" if token.is_alone else replace_attributes(token, dict.fromkeys(lost))

    def _is_in_pack(self, address: str) -> bool:
        if address.startswith(("#", "data:")):
            return True
        path = resolve_address(address, self.page).path
        return path is not None and path in self.paths

    def _close(self, token: HtmlToken) -> None:
        if token.name == "noscript":
            return
        if token.name == "a" and self.links:
            self._close_link(token)
        else:
            self.pieces.append(token.text)
        if token.name == "nav":
            self.menus -= 1
        if self.passage and token.name == self.passage.name:
            self._end_passage(self.passage)

    def _close_link(self, token: HtmlToken) -> None:
        is_kept, start, address = self.links.pop()
        if is_kept:
            self.pieces.append(token.text)
            return
        words = strip_tags("".join(self.pieces[start:]))
        self.pieces.append(f"</span>{_format_address(address, words)}")

    def _end_passage(self, passage: _Passage) -> None:
        self.passage = None
        if not passage.has_link and (passage.has_lost_link or not passage.needs_lost_link):
            del self.pieces[passage.start :]


def _format_address(address: str, words: str) -> str:
    """A web or e-mail address in brackets, to be typed or copied; empty where the words are the address."""
    shown = address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else address
    bare = shown.partition("://")[2] or shown
    if not shown or bare.rstrip("/") in words or not address.lower().startswith(("http:", "https:", "mailto:")):
        return ""
    return f' <span class="address">({html.escape(shown)})</span>'


def make_offline(page_html: str, page: str, paths: Container[str]) -> str:
    """The HTML of the page at the path `page`, in a pack with the files at these `paths`.

    A link to a page that is not in the pack becomes plain words, as does one to another host, whose address is written
    out behind it. Entries of menus without a link that works, and paragraphs for screens without one, are left out.
    Scripts and forms are left out; what is there for readers without scripts is shown.
    """
    rewriter = _Rewriter(page, paths)
    for token in split_html(page_html):
        rewriter.write(token)
    return "".join(rewriter.pieces)
