"""Writes the texts of a body as Markdown: emphasis, code, links, pictures, and words that are no marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.exports.body_markdown.html_nodes import Element

_ID_PREFIX = "s-"
#: Characters that may be marks anywhere in a text, and those that are one only beside certain others.
_MARKS = compile_lazily(r"[\\`*\[\]_~<:&]")
_REAL_MARK = compile_lazily(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|:(?=:)|(?<=:):")
_REFERENCE = compile_lazily(r"&#?\w+;")
#: What begins a line and may be taken for the mark of a list, a heading, a quotation, or a box. Where only a character
#: reference is not read as a mark by what understands other spellings, the group is `referenced`.
_LINE_START = compile_lazily(
    r"\A(?:(?P<escaped>[#>|])|(?P<referenced>[-+=:•–—☐☑☒✓✔✅❌])|(?P<number>\d{1,9})(?P<sign>[.)])|(?P<bracket>\()(?=\w{1,4}\)))"
)
_AUTOLINK = compile_lazily(r"(?:https?://|mailto:)[^\s<>%]+")
_WORD_SIGN = compile_lazily(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Writes texts. One that `is_careful` writes every sign as a character reference, so that it is none.

    One that `alternates` writes emphasis within emphasis with underscores, which is needed where both begin or end at
    the same place, and not possible within a word. In a table `|` ends a cell, and no line can break.
    """

    is_careful: bool = False
    alternates: bool = True
    is_in_table: bool = False

    def write(self, nodes: list[Element | str]) -> str:
        """The Markdown of texts and of elements in texts."""
        return self._guard_lines("".join(self._write_nodes(nodes, "")))

    def _guard_lines(self, text: str) -> str:
        """The text with nothing at the start of a line that is a mark there, and with the blanks at its edges."""
        lines = (_LINE_START.sub(self._guard_start, _keep_edges(line), count=1) for line in text.split("\n"))
        return "\n".join(lines)

    def _guard_start(self, found: re.Match[str]) -> str:
        if found["escaped"]:
            return "\\" + found["escaped"]
        if found["number"]:
            return found["number"] + _reference(found["sign"])
        return _reference(found["referenced"] or found["bracket"])

    def _write_nodes(self, nodes: list[Element | str], parent: str) -> Iterator[str]:
        for node in nodes:
            yield self._write_text(node) if isinstance(node, str) else self._write_element(node, parent)

    def _write_text(self, text: str) -> str:
        escaped = _WORD_SIGN.sub(_reference_all, text) if self.is_careful else _MARKS.sub(_escape_mark, text)
        if "\n\n" in escaped:
            escaped = re.sub(r"\n(?=\n)", "&#10;", escaped)
        return escaped.replace("|", "\\|") if self.is_in_table else escaped

    def _write_element(self, element: Element, parent: str) -> str:
        match element.name:
            case "em" | "strong" | "s":
                return self._write_emphasis(element, parent)
            case "code":
                return self._write_code(element.text)
            case "a":
                return self._write_link(element)
            case "img":
                alt = self._write_text(element.attributes.get("alt", ""))
                return f"![{alt}]({_write_address(element.attributes.get('src', ''))})"
            case "br":
                return "\\"
            case "span" if element.attributes.get("id"):
                return f'<a id="{element.attributes["id"].removeprefix(_ID_PREFIX)}"></a>'
            case _:
                return "".join(self._write_nodes(element.children, parent))

    def _write_emphasis(self, element: Element, parent: str) -> str:
        mark = {"em": "*", "strong": "**", "s": "~~"}[element.name]
        if element.name != "s" and parent[:1] == "*" and self.alternates:
            mark = mark.replace("*", "_")
        return f"{mark}{''.join(self._write_nodes(element.children, mark))}{mark}"

    def _write_code(self, text: str) -> str:
        longest = max(map(len, re.findall("`+", text)), default=0)
        fence = "`" * (longest + 1)
        if "`" in (text[:1], text[-1:]) or (text[:1] == text[-1:] == " " and text.strip()):
            text = f" {text} "
        return f"{fence}{text.replace('|', chr(92) + '|') if self.is_in_table else text}{fence}"

    def _write_link(self, element: Element) -> str:
        address, text = element.attributes.get("href", ""), element.text
        is_plain = all(isinstance(child, str) for child in element.children)
        if is_plain and _AUTOLINK.fullmatch(address) and address == text and not self.is_in_table:
            return f"<{address}>"
        words = "".join(self._write_nodes(element.children, ""))
        return f"[{words}]({_write_address(address)})"


def _escape_mark(found: re.Match[str]) -> str:
    character = found.group()
    if character == "&":
        return "&amp;" if _REFERENCE.match(found.string, found.start()) else character
    return f"\\{character}" if _REAL_MARK.match(found.string, found.start()) else character


def _keep_edges(line: str) -> str:
    """A line with its blanks at both ends, which Markdown would drop."""
    inner = line.strip()
    if inner == line:
        return line
    start = len(line) - len(line.lstrip())
    edges = (line[:start], line[start + len(inner) :])
    return inner.join("".join(map(_reference, edge)) for edge in edges)


def _write_address(address: str) -> str:
    """The address of a link between its brackets."""
    escaped = re.sub(r"[\\()<>*_`|]", r"\\\g<0>", address)
    return re.sub(r"&(?=#?\w+;)", "&amp;", escaped) if escaped else "<>"


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _reference_all(found: re.Match[str]) -> str:
    return "".join(map(_reference, found.group()))
