"""The text of a mail that was written in HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: Elements whose words nobody sees; those that may hold anything but their own end tag.
_UNSEEN = frozenset({"head", "script", "style", "template", "title", "noscript", "textarea", "select"})
_RAW = frozenset({"script", "style", "title", "textarea"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4"}
).union({"h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"})
#: Styles that hide what an element holds.
_HIDING = compile_lazily(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|(?:font-size|opacity|max-height|height|width):0(?![.\d]))",
    re.IGNORECASE,
)
#: A start or end tag. Quantifiers do not give back what they took, so that the time is in proportion to the length.
_TAG = compile_lazily(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{0,30}+)(?P<attributes>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""", re.ASCII
)
_ATTRIBUTE = compile_lazily(
    r"""(?P<name>[a-zA-Z][\w:-]{0,30}+)\s*+(?:=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s"'>]++))?""", re.ASCII
)
_OTHER_MARKUP = compile_lazily(r"<[!?/]")
_MAX_TAG_LENGTH = 5_000
#: The most elements inside each other.
_MAX_DEPTH = 200


class HiddenTextError(Exception):
    """A mail in HTML has words that a mail program would not show, or may have some."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start or end tag, and the text of its attributes."""

    name: str
    is_end: bool
    attributes: str

    @property
    def hides(self) -> bool:
        """Whether its attributes hide what the element holds."""
        values = {match["name"].lower(): match["value"] or "" for match in _ATTRIBUTE.finditer(self.attributes)}
        style = re.sub(r"\s", "", html.unescape(values.get("style", "")).strip("\"'"))
        return "hidden" in values or _HIDING.search(style) is not None


def extract_html_text(markup: str) -> str:
    """The words of a mail in HTML, in lines. Raises HiddenTextError where it hides words from readers, or may."""
    collector = _LineCollector()
    for token in _split_html(markup):
        if isinstance(token, str):
            collector.add_words(token)
        elif token.is_end:
            collector.close(token.name)
        else:
            collector.open(token)
    return "\n".join(re.sub(r" {2,}", " ", "".join(line)).strip() for line in collector.lines).strip("\n")


def _split_html(markup: str) -> Iterator[str | _Tag]:
    """The tags and the texts between them. Raises HiddenTextError for a tag that is too long to be read."""
    position, start = 0, markup.find("<")
    while start >= 0:
        match = _TAG.match(markup, start, start + _MAX_TAG_LENGTH)
        end = match.end() if match else _find_markup_end(markup, start)
        if end > start:
            yield html.unescape(markup[position:start])
            position = end
        if match:
            name = match["name"].lower()
            yield _Tag(name, bool(match["end"]), match["attributes"])
            if name in _RAW and not match["end"]:
                raw_end = re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE).search(markup, end)
                position = end = raw_end.start() if raw_end else len(markup)
        start = markup.find("<", max(end, start + 1))
    yield html.unescape(markup[position:])


def _find_markup_end(markup: str, start: int) -> int:
    """Where a comment or another mark ends that begins at `start`; `start` itself if it is a mere sign."""
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return end + 3 if end >= 0 else len(markup)
    if _OTHER_MARKUP.match(markup, start):
        end = markup.find(">", start)
        return end + 1 if end >= 0 else len(markup)
    if markup[start + 1 : start + 2].isalpha() and len(markup) - start > _MAX_TAG_LENGTH:
        raise HiddenTextError
    return start


@dataclass(slots=True)
class _LineCollector:
    """Collects words in `lines`, which end where blocks end; a line that is quoted begins with `>`."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    _open: list[tuple[str, bool]] = field(default_factory=list)  # the elements, and whether each is hidden by its style

    def open(self, tag: _Tag) -> None:
        """Take in a start tag."""
        if tag.name == "br" or tag.name in _BLOCKS:
            self._end_line(is_forced=tag.name == "br")
        if tag.name in _VOID:
            return
        if len(self._open) >= _MAX_DEPTH:
            raise HiddenTextError  # what is hidden by an element further in would not be noticed
        self._open.append((tag.name, tag.hides))

    def close(self, name: str) -> None:
        """Take in an end tag: it ends the elements inside its own as well."""
        if name in _BLOCKS:
            self._end_line()
        if any(name == each for each, _ in self._open):
            while self._open.pop()[0] != name:
                pass

    def add_words(self, text: str) -> None:
        """Take in text. Raises HiddenTextError for words in a hidden element."""
        words = " ".join(text.split())
        names = [name for name, _ in self._open]
        if not text or not _UNSEEN.isdisjoint(names):
            return
        if any(is_hidden for _, is_hidden in self._open):
            if words:
                raise HiddenTextError
            return
        if not self.lines[-1] and words and "blockquote" in names:
            self.lines[-1].append("> ")
        before, after = " " * text[:1].isspace(), " " * (text[-1:].isspace() and bool(words))
        self.lines[-1].append(f"{before}{words}{after}")

    def _end_line(self, *, is_forced: bool = False) -> None:
        if is_forced or any(part.strip() for part in self.lines[-1]):
            self.lines.append([])
