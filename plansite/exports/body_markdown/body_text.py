"""A body as Markdown, which makes the same body again when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from plansite.content.documents import parse_body
from plansite.content.report import Report
from plansite.content.yaml.front_matter import ParsedFile
from plansite.content.yaml.nodes import MappingNode
from plansite.deferred_pattern import compile_lazily
from plansite.exports.body_markdown.blocks import BlockWriter
from plansite.exports.body_markdown.html_nodes import Element, parse_html
from plansite.exports.body_markdown.inline import InlineWriter
from plansite.model.body import ActionStep, Body, BodyHtml, ProgressNote, Section, names_steps_and_progress
from plansite.model.status import Audience

_STEPS_WORD = compile_lazily(r"\b(?:steps|tasks|checklist|to[ -]do)\b", re.IGNORECASE)
_SINGLE_PARAGRAPH = compile_lazily(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_PASSAGE_START = compile_lazily(r'<div class="passage">\n<p class="passage__who">(?P<who>[^<]*)</p>\n')
#: What a heading without words is called.
_UNTITLED = "Untitled"
#: The ways to write texts, the plainest first.
_INLINE_WRITERS = tuple(
    InlineWriter(is_careful=is_careful, alternates=alternates)
    for is_careful in (False, True)
    for alternates in (True, False)
)
_HIDDEN_FROM_ALL = "internal"


def format_body(body: Body) -> str:
    """The Markdown of a body as its readers see it: nothing is in it that the body does not show.

    The same body is read from it again, but for the numbers of lines. Where that is not so, what some readers must not
    see is hidden from them all the same: then the whole text is a passage for internal readers.
    """
    text = ""
    for inline in _INLINE_WRITERS:
        text = "\n\n".join(_write_parts(body, BlockWriter(inline)))
        found = read_body(text)
        if all(
            describe_body(found.filter_for(each)) == describe_body(body.filter_for(each)) for each in _readers(body)
        ):
            return text
    return f"::: {_HIDDEN_FROM_ALL}\n\n{text}\n\n:::" if body.audience_variants else text


def _readers(body: Body) -> tuple[Audience, ...]:
    """Those for whom a text has to be the same: all, if the body differs between them."""
    return tuple(Audience) if body.audience_variants else (Audience.INTERNAL,)


def read_body(text: str) -> Body:
    """The body that a Markdown text makes below the fields of a file."""
    return parse_body(ParsedFile(MappingNode((), 1, 1), text, 1), Report(""))


def describe_body(body: Body) -> tuple[Any, ...]:
    """What a body shows, to compare it with another: all but the numbers of lines.

    An item that is a single paragraph is the same with blank lines around it and without.
    """
    return (
        _join(body.intro),
        [(each.title, each.key, _join(each.html)) for each in body.sections],
        [(each.text, each.done, _unwrap(each.html)) for each in body.steps],
        [(each.date, each.by, each.text, _unwrap(each.html)) for each in body.progress],
    )


def _join(html: BodyHtml) -> str:
    return "\x00".join(html)


def _unwrap(html: BodyHtml) -> str:
    joined = _join(html)
    passage = _PASSAGE_START.match(joined)
    inner = joined[passage.end() :].removesuffix("\n</div>") if passage else joined
    found = _SINGLE_PARAGRAPH.fullmatch(inner)
    return f"{passage['who'] if passage else ''}{found[1] if found else inner}"


def _write_parts(body: Body, writer: BlockWriter) -> Iterator[str]:
    """The blocks of a body in their order."""
    yield from writer.write(parse_html(body.intro).children)
    steps, notes = _find_section(body, "steps"), _find_section(body, "progress")
    yield from _write_lost_items(body, writer, steps, notes)
    for section in body.sections:
        yield _hide_heading(body, section, f"## {_write_title(section.title, writer)}")
        yield from writer.write(parse_html(section.html).children)
        if section is steps:
            yield from _write_items([_write_step(step, writer) for step in body.steps])
        if section is notes:
            yield from _write_items([_write_note(note, writer) for note in body.progress])


def _find_section(body: Body, key: str) -> Section | None:
    """The section to which steps or notes go: the first that has them by its heading."""
    named = (section for section in body.sections if section.key == key)
    both = (section for section in body.sections if names_steps_and_progress(section.title))
    other = (section for section in body.sections if key == "steps" and _STEPS_WORD.search(section.title))
    return next(named, None) or next(both, None) or next(other, None)


def _write_lost_items(body: Body, writer: BlockWriter, steps: Section | None, notes: Section | None) -> Iterator[str]:
    """Steps and notes for which there is no heading, below one of their own."""
    if body.steps and steps is None:
        yield "## Steps"
        yield from _write_items([_write_step(step, writer) for step in body.steps])
    if body.progress and notes is None:
        yield "## Progress"
        yield from _write_items([_write_note(note, writer) for note in body.progress])


def _write_title(title: str, writer: BlockWriter) -> str:
    if title == _UNTITLED:
        return ""
    line = writer.inline.write([title]).replace("\n", " ")
    return re.sub(r"#(?=#*$)", r"\#", line)


def _hide_heading(body: Body, section: Section, line: str) -> str:
    """The line of a heading, in a passage if some readers do not see it."""
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        seen = body.filter_for(audience).sections
        if not any(each.line == section.line for each in seen):
            return f"::: {'internal' if audience is Audience.PARTNERS else 'partners'}\n{line}\n:::"
    return line


def _write_items(items: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """A list of these items. With blank lines between them, if one of them has several blocks."""
    if items:
        yield ("\n\n" if any(is_loose for _, is_loose in items) else "\n").join(text for text, _ in items)


def _write_step(step: ActionStep, writer: BlockWriter) -> tuple[str, bool]:
    return _write_item(step.html, f"[{'x' if step.done else ' '}] ", writer)


def _write_note(note: ProgressNote, writer: BlockWriter) -> tuple[str, bool]:
    by = f" ({note.by})" if note.by else ""
    return _write_item(note.html, f"{note.date.isoformat()}{by}: " if note.date else "", writer)


def _write_item(html: BodyHtml, head: str, writer: BlockWriter) -> tuple[str, bool]:
    """An item behind its head, and whether it has several blocks. An item in a passage is between its markers."""
    root = parse_html(html)
    passage = next((each for each in root.elements if "passage" in each.classes), None)
    if passage:
        who, *_ = passage.elements
        root = Element("li", {}, passage.children[passage.children.index(who) + 1 :])
    is_loose = sum(each.name == "p" for each in root.elements) > 1 or (
        any(each.name == "p" for each in root.elements) and len(list(root.elements)) > 1
    )
    text = "\n".join(writer.write_item(root, "-", head=head, is_loose=is_loose))
    return (writer.mark_passage(who, text) if passage else text), is_loose
