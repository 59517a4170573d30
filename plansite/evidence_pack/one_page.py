"""Joins the pages of a pack into one, in reading order, so that all of it can be printed at once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.html_tokens import HtmlToken, replace_attributes, resolve_address, split_html

#: Attributes that name other elements of the page by their ids.
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
_LOWER = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPage:
    """The content of a page as a part of the joined one, as HTML; `key` is the id of the part."""

    key: str
    html: str


def join_pages(pages: Sequence[tuple[str, str]], joined_path: str) -> tuple[JoinedPage, ...]:
    """The main parts of these pages, given by path with their HTML, as parts of one page at `joined_path`.

    The first keeps its headings, those of all others are one level lower. Ids are made unique, and links between the
    pages lead to their place in the joined page. Menus are left out, and what is folded is open.
    """
    keys = {path: f"part-{number}" for number, (path, _) in enumerate(pages, 1)}
    return tuple(
        JoinedPage(key=keys[path], html=_join_page(path, text, keys, joined_path, is_first=number == 0))
        for number, (path, text) in enumerate(pages)
    )


def _join_page(path: str, text: str, keys: Mapping[str, str], joined_path: str, *, is_first: bool) -> str:
    tokens = list(_find_main(text))
    ids = frozenset(token.find("id") for token in tokens if token.is_start and token.find("id"))
    rewriter = _PartRewriter(path, keys, ids, joined_path, is_first=is_first)
    return "".join(rewriter.rewrite(token) for token in tokens)


def _find_main(text: str) -> Iterator[HtmlToken]:
    """What is inside the element `main`, without menus."""
    is_inside, menus = False, 0
    for token in split_html(text):
        if token.name == "main":
            is_inside = token.is_start
            continue
        if token.name == "nav":
            menus += -1 if token.is_end else 1
            continue
        if is_inside and not menus:
            yield token


@dataclass(slots=True)
class _PartRewriter:
    """Rewrites the tags of one page for the joined one."""

    path: str
    keys: Mapping[str, str]
    ids: frozenset[str]
    joined_path: str
    is_first: bool = False

    def rewrite(self, token: HtmlToken) -> str:
        """The text of a token in the joined page."""
        name = token.name if self.is_first else _LOWER.get(token.name, token.name)
        if token.is_end:
            return f"</{name}>"
        if not token.is_start:
            return token.text
        changes = self._find_changes(token)
        if name == token.name and not changes:
            return token.text
        renamed = HtmlToken(token.text, name, attributes=token.attributes)
        return replace_attributes(renamed, changes)

    def _find_changes(self, token: HtmlToken) -> dict[str, str | None]:
        changes: dict[str, str | None] = {}
        for key, value in (token.attributes or {}).items():
            if key == "id":
                changes[key] = self._rename(value)
            elif key in _REFERENCES:
                changes[key] = " ".join(self._rename(each) for each in value.split())
            elif key in ("href", "src", "xlink:href"):
                changes[key] = self._redirect(value)
            elif value.startswith("url(#"):
                changes[key] = f"url(#{self._rename(value[5:-1])})"
        if token.name == "details":
            changes["open"] = ""
        return {key: value for key, value in changes.items() if value != token.find(key) or key == "open"}

    def _rename(self, id_: str) -> str:
        """The id of an element of this page in the joined one; others, such as icons, are shared by all pages."""
        return f"{self.keys[self.path]}-{id_}" if id_ in self.ids else id_

    def _redirect(self, address: str) -> str:
        """The address from the joined page: a place in it, or a file of the pack."""
        place = resolve_address(address, self.path)
        if place.path is None:
            return address
        if place.path == self.path:
            return f"#{self._rename(place.fragment)}" if place.fragment else f"#{self.keys[self.path]}"
        if place.path == self.joined_path:
            return "#main"
        if place.path in self.keys:
            key = self.keys[place.path]
            return f"#{key}-{place.fragment}" if place.fragment else f"#{key}"
        relative = posixpath.relpath(place.path, posixpath.dirname(self.joined_path) or ".")
        return quote(relative, safe="/.-_~") + (f"#{place.fragment}" if place.fragment else "")
