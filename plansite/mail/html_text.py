"""The text of a mail that was written in HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Elements whose words nobody sees.
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4"}
).union({"h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"})
#: Styles that hide what an element holds.
_HIDING = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:font-size|opacity|max-height|width|height):0(?![.\d])",
    re.IGNORECASE,
)
#: The most elements inside each other.
_MAX_DEPTH = 200


class HiddenTextError(Exception):
    """A mail in HTML has words that a mail program would not show."""


class _TextCollector(HTMLParser):
    """Collects the words of a page, with line ends where blocks end, and `>` before quoted lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []  # the elements, and whether each is hidden by its style
        self.hides_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in _BLOCKS:
            self._end_line(is_forced=tag == "br")
        if tag in _VOID or len(self._open) >= _MAX_DEPTH:
            return
        values = {name: value or "" for name, value in attrs}
        is_hidden = "hidden" in values or _HIDING.search(re.sub(r"\s", "", values.get("style", ""))) is not None
        self._open.append((tag, is_hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if tag not in (name for name, _ in self._open):
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        names, words = [name for name, _ in self._open], " ".join(data.split())
        if not _UNSEEN.isdisjoint(names):
            return
        if any(is_hidden for _, is_hidden in self._open):
            self.hides_text |= bool(words)
            return
        if not self.lines[-1]:
            self.lines[-1] = "> " * min(names.count("blockquote"), 1)
        before = " " if data[:1].isspace() else ""
        after = " " if data[-1:].isspace() and words else ""
        self.lines[-1] = f"{self.lines[-1]}{before}{words}{after}"

    def _end_line(self, *, is_forced: bool = False) -> None:
        if is_forced or self.lines[-1]:
            self.lines.append("")


def extract_html_text(html: str) -> str:
    """The words of a mail in HTML, in lines. Raises HiddenTextError for one that hides words from its readers."""
    collector = _TextCollector()
    collector.feed(html)
    collector.close()
    if collector.hides_text:
        raise HiddenTextError
    return "\n".join(re.sub(r" {2,}", " ", line).strip() for line in collector.lines).strip("\n")
