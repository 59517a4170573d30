"""Writes the blocks of a body as Markdown: paragraphs, headings, lists, quotations, tables, code and passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.exports.body_markdown.html_nodes import Element
from plansite.exports.body_markdown.inline import InlineWriter

_BLOCKS = frozenset(("p", "ul", "ol", "blockquote", "pre", "hr", "div", "table", "h1", "h2", "h3", "h4", "h5", "h6"))
_WHO_BY_WORDS = {"For internal readers only": "internal", "For partners and internal readers only": "partners"}
_TICK = compile_lazily(r"(Done|To do):")
_ALIGNMENTS = {"is-left": ":--", "is-right": "--:", "is-center": ":-:"}


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks, their texts with `inline`."""

    inline: InlineWriter

    def write(self, nodes: Sequence[Element | str]) -> list[str]:
        """The blocks of an element, each as one text of several lines without a line end.

        Texts that are in no block, as in the items of a list without blank lines, are a block as well.
        """
        blocks: list[str] = []
        loose: list[Element | str] = []
        last = ""
        for node in [*nodes, Element("p")]:
            if isinstance(node, str) or node.name not in _BLOCKS:
                loose.append(node)
                continue
            if any(not isinstance(each, str) or each.strip() for each in loose):
                blocks.append(self.inline.write(_strip_edges(loose)))
            loose = []
            if node.children or node.name not in ("p", "div"):
                last = self._find_marker(node, last)
                blocks.append("\n".join(self._write_block(node, last)))
        return blocks

    def _find_marker(self, node: Element, last: str) -> str:
        """The sign of a list: another one than that of a list right above it, which it would belong to otherwise."""
        if node.name == "ul":
            return "*" if last == "-" else "-"
        if node.name == "ol":
            return ")" if last == "." else "."
        return ""

    def _write_block(self, node: Element, marker: str) -> Iterator[str]:
        match node.name:
            case "ul" | "ol":
                yield from self._write_list(node, marker)
            case "blockquote":
                yield from (f"> {line}" if line else ">" for line in "\n\n".join(self.write(node.children)).split("\n"))
            case "pre":
                yield from _write_code(node.text)
            case "hr":
                yield "___"
            case "div" if "passage" in node.classes:
                yield from self._write_passage(node)
            case "div":
                yield from (line for table in node.elements for line in self._write_table(table))
            case "p":
                yield self.inline.write(_strip_edges(node.children))
            case _:
                yield f"{'#' * int(node.name[1])} {self._write_line(node)}"

    def _write_line(self, node: Element) -> str:
        """The words of a heading. A sign at its end would be dropped as one of the heading."""
        line = self.inline.write(_strip_edges(node.children)).replace("\n", " ")
        return re.sub(r"#(?=#*$)", r"\#", line)

    def _write_list(self, node: Element, marker: str) -> Iterator[str]:
        is_loose = any(child.name == "p" for item in node.elements for child in item.elements)
        start = int(node.attributes.get("start", "1"))
        for number, item in enumerate(node.elements):
            sign = f"{start + number}{marker}" if node.name == "ol" else marker
            if number and is_loose:
                yield ""
            yield from self.write_item(item, sign, is_loose=is_loose)

    def write_item(self, item: Element, sign: str, *, head: str = "", is_loose: bool = False) -> Iterator[str]:
        """The lines of an item of a list, behind its sign; `head` is what comes before its text."""
        children = item.children
        if "tick" in item.classes:
            head, children = self._take_box(children)
        blocks = self.write(children) or [""]
        if head and _begins_with_block(children):
            head = f"{head.rstrip()}\n"
        text = head + ("\n\n" if is_loose or not _is_tight(children) else "\n").join(blocks)
        indent = " " * (len(sign) + 1)
        first, *rest = text.split("\n")
        yield f"{sign} {first}".rstrip()
        yield from (f"{indent}{line}" if line else "" for line in rest)

    def _take_box(self, children: list[Element | str]) -> tuple[str, list[Element | str]]:
        """The box that the words for it stand for, and the rest of an item."""
        label, *rest = children
        found = _TICK.match(label.text if isinstance(label, Element) else "")
        if found is None:
            return "", children
        if rest and isinstance(rest[0], str):
            rest[0] = rest[0].removeprefix(" ")
        return ("[x] " if found[1] == "Done" else "[ ] "), rest

    def _write_passage(self, node: Element) -> Iterator[str]:
        who = next(node.elements)
        text = "\n\n".join(self.write(node.children[node.children.index(who) + 1 :]))
        yield self.mark_passage(who, f"\n{text}\n")

    def mark_passage(self, who: Element, text: str) -> str:
        """A text between the markers of a passage; `who` is the element that says for whom it is."""
        return f"::: {_WHO_BY_WORDS[who.text]}\n{text}\n:::"

    def _write_table(self, table: Element) -> Iterator[str]:
        writer = replace(self.inline, is_in_table=True)
        rows = [list(row.elements) for part in table.elements for row in part.elements]
        for number, row in enumerate(rows):
            cells = (writer.write(_strip_edges(cell.children)) for cell in row)
            yield f"| {' | '.join(cells)} |"
            if not number:
                yield f"| {' | '.join(_find_alignment(cell) for cell in row)} |"


def _find_alignment(cell: Element) -> str:
    return next((_ALIGNMENTS[name] for name in cell.classes if name in _ALIGNMENTS), "---")


def _is_tight(children: Sequence[Element | str]) -> bool:
    """Whether the blocks of an item follow each other without blank lines."""
    return not any(isinstance(child, Element) and child.name == "p" for child in children)


def _begins_with_block(children: Sequence[Element | str]) -> bool:
    """Whether an item begins with a block that needs a line of its own."""
    first = next((child for child in children if not isinstance(child, str) or child.strip()), "")
    return isinstance(first, Element) and first.name in _BLOCKS and first.name != "p"


def _write_code(text: str) -> Iterator[str]:
    longest = max(map(len, re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    yield fence
    if text:
        yield text.removesuffix("\n")
    yield fence


def _strip_edges(nodes: Sequence[Element | str]) -> list[Element | str]:
    """The nodes without line ends at their edges, which are between the elements of HTML."""
    stripped = list(nodes)
    if stripped and isinstance(stripped[0], str):
        stripped[0] = stripped[0].removeprefix("\n")
    if stripped and isinstance(stripped[-1], str):
        stripped[-1] = stripped[-1].removesuffix("\n")
    return stripped
