"""Parses a Markdown text into introduction, sections, steps, progress notes, links and text runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from markdown_it.token import Token

from plansite.fast_paths import fast_paths_enabled
from plansite.markdown.anchors import assign_anchors, list_heading_anchors
from plansite.markdown.dialect import MAX_NESTING, Dialect, is_local_url
from plansite.markdown.direction import set_directions
from plansite.markdown.html import HtmlRenderer, extract_text
from plansite.markdown.limits import MAX_BRACKETS, TooDeepError, TooMuchMarkupError, check_page_size
from plansite.markdown.nested_links import unnest_links
from plansite.markdown.passages import TextOrigin
from plansite.model.body import (
    ActionStep,
    Body,
    BodyHtml,
    BodyLink,
    ProgressNote,
    Section,
    TextRun,
    join_html,
    normalise_heading,
)
from plansite.model.dates import parse_iso_date
from plansite.model.status import Audience


def create_parser() -> Dialect:
    """A parser: that of the fast path, which gives the same tokens, unless fast paths are switched off."""
    if not fast_paths_enabled():
        return Dialect()
    from plansite.markdown.fast_path.dialect import FastDialect

    return FastDialect()


_PARSER, _RENDERER = create_parser(), HtmlRenderer()
_WHOLE_TEXT = TextOrigin(1)
#: The HTML before a passage for some readers, by its audience, and behind it.
_PASSAGE_START = {
    audience: (f'<div class="passage">\n<p class="passage__who">For {who} only</p>\n',)
    for audience, who in ((Audience.INTERNAL, "internal readers"), (Audience.PARTNERS, "partners and internal readers"))
}
_PASSAGE_END = ("\n</div>",)
_CHECKBOX = re.compile(r"\[\s*+([xX✓✔]?)\s*+\](?:\s+|$)")
#: Indexes such as `a[0][1]` look alike: in a link the first brackets begin a word, and have a letter in them.
_LOOSE_REFERENCE = re.compile(r"(?<![\w\])])\[(?=[^\[\]]*[^\W\d])[^\[\]]+\]\[[^\[\]]*\]")
#: A time of day, and an offset from UTC; a range of times, as in `14:30-15:30`, is neither.
_TIME = r"\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_INSTANT = rf"[Tt]{_TIME}(?: ?(?:[Zz]\b|[+-]\d{{2}}:?\d{{2}}\b))?| {_TIME} ?(?:(?:[Zz]|UTC|GMT)\b|\+\d{{2}}:?\d{{2}}\b)"
_DATE_PREFIX = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}(?:{_INSTANT})?)\s*(?:\(([^()]{{0,200}})\))?\s*[:,–-]?\s*")


@dataclass(slots=True)
class _BodyParts:
    """Collects items while the tokens are walked. `env` is the state of the renderer, for ids unique in a body."""

    steps: list[ActionStep] = field(default_factory=list)
    progress: list[ProgressNote] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    env: dict[str, object] = field(default_factory=dict)


def parse_markdown(text: str, origin: TextOrigin = _WHOLE_TEXT, headings: Mapping[str, str] | None = None) -> Body:
    """The body that a Markdown text makes; `origin` maps its lines to those of the file.

    `headings` maps headings of external files, in lower case, to the headings of plansite. Raises
    TooDeepError and TooMuchMarkupError.
    """
    tokens = _parse_tokens(text)
    _parse_checkboxes(tokens)
    inlines = [token for token in tokens if token.type == "inline"]
    parts, sections = _BodyParts(), list[Section]()
    intro: BodyHtml = ()
    for heading, line, anchors, section_tokens in _split_sections(tokens):
        title = (headings or {}).get(heading.casefold(), heading)
        prose = _extract_items(section_tokens, title, origin, parts)
        html = _render_blocks(prose, origin, parts) if prose else ()
        parts.anchors += list_heading_anchors(section_tokens)
        if heading:
            sections.append(Section(title=title, html=html, line=origin.file_line(line), anchors=anchors))
        else:
            intro = html
    body = Body(
        intro=intro,
        sections=tuple(sections),
        steps=tuple(parts.steps),
        progress=tuple(parts.progress),
        links=tuple(_find_links(inlines, origin)),
        text_runs=tuple(_find_text_runs(inlines, origin)),
        anchors=tuple(parts.anchors),
        loose_references=tuple(_find_loose_references(inlines, origin)) if "][" in text else (),
    )
    check_page_size(text, body)
    return body


def _parse_tokens(text: str) -> list[Token]:
    if text.count("[") > MAX_BRACKETS:
        raise TooMuchMarkupError
    tokens = _PARSER.parse(text)
    if max(map(attrgetter("level"), tokens), default=0) >= MAX_NESTING - 1:
        raise TooDeepError
    for token in tokens:
        if token.children:
            token.children = unnest_links(token.children, _PARSER)
    assign_anchors(tokens)
    set_directions(text, tokens)
    return tokens


def _render_tokens(tokens: list[Token], parts: _BodyParts) -> BodyHtml:
    return _RENDERER.render_body(tokens, _PARSER.options, parts.env)


def _render_blocks(tokens: list[Token], origin: TextOrigin, parts: _BodyParts) -> BodyHtml:
    """The HTML of blocks; those of a passage for some readers are wrapped in a frame that says for whom it is."""
    if not origin.lines:
        return _render_tokens(tokens, parts)
    groups = [
        _wrap_passage(_render_tokens(group, parts), audience) for audience, group in _group_by_audience(tokens, origin)
    ]
    return join_html(*[html for group in groups for html in (("\n",), group)][1:])


def _wrap_passage(html: BodyHtml, audience: Audience | None) -> BodyHtml:
    return join_html(_PASSAGE_START[audience], html, _PASSAGE_END) if audience in _PASSAGE_START else html


def _group_by_audience(tokens: list[Token], origin: TextOrigin) -> Iterator[tuple[Audience | None, list[Token]]]:
    """Groups of consecutive blocks for the same audience; None is everybody who sees the file."""
    audience, group = None, list[Token]()
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            block_audience = origin.audience_at(_find_first_line([token]))
            if block_audience is not audience and group:
                yield audience, group
                group = []
            audience = block_audience
        group.append(token)
    if group:
        yield audience, group


def _split_sections(tokens: list[Token]) -> Iterator[tuple[str, int, tuple[str, ...], list[Token]]]:
    """Title, line, anchors and tokens of each section. The tokens before the first heading have an empty title."""
    title, line, anchors, section_tokens = "", 0, (), list[Token]()
    skip = 0  # tokens of the heading itself that are still to come
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.type == "heading_open" and token.level == 0 and _begins_section(token, tokens[index + 1]):
            yield title, line, anchors, section_tokens
            title = extract_text(tokens[index + 1]).strip() or "Untitled"
            line, anchors, section_tokens, skip = token.map[0] if token.map else 0, token.meta["anchors"], [], 2
        else:
            section_tokens.append(token)
    yield title, line, anchors, section_tokens


def _begins_section(heading: Token, inline: Token) -> bool:
    """Whether a heading begins a section: those of the first two levels do, and "Steps" and "Progress" of the third."""
    return heading.tag in ("h1", "h2") or (
        heading.tag == "h3" and normalise_heading(extract_text(inline)) in _ITEM_SECTIONS
    )


_ITEM_SECTIONS = frozenset({"steps", "progress"})


def _extract_items(section_tokens: list[Token], title: str, origin: TextOrigin, parts: _BodyParts) -> list[Token]:
    """Add the steps or progress notes of a section to `parts`; returns the tokens that belong to neither."""
    name = normalise_heading(title)
    if name not in _ITEM_SECTIONS:
        return section_tokens
    prose: list[Token] = []
    for kind, tokens in _split_items(section_tokens):
        if kind == "item" and name == "steps":
            parts.steps.append(_parse_step(tokens, origin, parts))
        elif kind == "item" or (kind == "paragraph" and name == "progress" and _DATE_PREFIX.match(tokens[1].content)):
            parts.progress.append(_parse_progress_note(tokens, origin, parts))
        else:
            prose.extend(tokens)
    return prose


def _split_items(section_tokens: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The items of top-level lists ("item") and top-level paragraphs one by one; other tokens one by one ("prose")."""
    item: list[Token] = []
    in_list = False
    skip = 0  # tokens of a paragraph that are still to come
    for index, token in enumerate(section_tokens):
        if skip:
            skip -= 1
            continue
        if not in_list and token.level == 0 and token.type == "paragraph_open":
            skip = 2
            yield "paragraph", section_tokens[index : index + 3]
            continue
        if token.level == 0 and token.type in _LIST_TOKENS:
            in_list = _LIST_TOKENS[token.type]
        elif not in_list:
            yield "prose", [token]
        elif token.level == 1 and token.type == "list_item_open":
            item = []
        elif token.level == 1 and token.type == "list_item_close":
            yield "item", item
        else:
            item.append(token)


#: Tokens that open (True) or close a list.
_LIST_TOKENS = {
    "bullet_list_open": True,
    "ordered_list_open": True,
    "bullet_list_close": False,
    "ordered_list_close": False,
}


def _parse_checkboxes(tokens: list[Token]) -> None:
    """Take `[x]` or `[ ]` off the start of list items, and note in `meta["done"]` whether it was ticked."""
    for index, token in enumerate(tokens):
        if token.type != "list_item_open" or index + 2 >= len(tokens) or tokens[index + 2].type != "inline":
            continue
        children = tokens[index + 2].children or []
        match = _CHECKBOX.match(children[0].content) if children and children[0].type == "text" else None
        if match:
            done = bool(match.group(1))
            children[0].content = children[0].content[match.end() :]
            token.meta["done"] = tokens[index + 1].meta["done"] = done


def _find_first_inline(tokens: list[Token]) -> Token | None:
    return tokens[1] if len(tokens) > 1 and tokens[1].type == "inline" else None


def _find_first_line(tokens: list[Token]) -> int:
    """The line of the text, counted from 0, on which the first of these tokens begins."""
    return next((token.map[0] for token in tokens if token.map), 0)


def _parse_step(tokens: list[Token], origin: TextOrigin, parts: _BodyParts) -> ActionStep:
    inline = _find_first_inline(tokens)
    return ActionStep(
        text=extract_text(inline) if inline else "",
        html=_wrap_passage(_render_tokens(tokens, parts), origin.audience_at(_find_first_line(tokens))),
        done=bool(tokens and tokens[0].meta.get("done")),
        line=origin.file_line(_find_first_line(tokens)),
    )


def _parse_progress_note(tokens: list[Token], origin: TextOrigin, parts: _BodyParts) -> ProgressNote:
    inline, date, by = _find_first_inline(tokens), None, ""
    children = (inline.children or []) if inline else []
    match = _DATE_PREFIX.match(children[0].content) if children and children[0].type == "text" else None
    if match:
        date, by = parse_iso_date(match.group(1), origin.zone), match.group(2) or ""
        if date:
            children[0].content = children[0].content[match.end() :]
    return ProgressNote(
        date=date,
        by=by.strip() if date else "",
        text=extract_text(inline) if inline else "",
        html=_wrap_passage(_render_tokens(tokens, parts), origin.audience_at(_find_first_line(tokens))),
        line=origin.file_line(_find_first_line(tokens)),
    )


def _find_links(inlines: list[Token], origin: TextOrigin) -> Iterator[BodyLink]:
    for token in inlines:
        for child in token.children or ():
            name = _TARGET_ATTRIBUTES.get(child.type)
            if name and is_local_url(target := str(child.attrGet(name) or "")):
                yield BodyLink(target, origin.file_line(_find_first_line([token])), child.type == "image")


_TARGET_ATTRIBUTES = {"link_open": "href", "image": "src"}


def _find_loose_references(inlines: list[Token], origin: TextOrigin) -> Iterator[TextRun]:
    """What looks like a link by reference and was not taken for one, since no line of the text defines it."""
    for token in inlines:
        texts = (child.content for child in token.children or () if child.type == "text")
        found = (match.group() for text in texts for match in _LOOSE_REFERENCE.finditer(text))
        line = origin.file_line(_find_first_line([token]))
        yield from (TextRun(reference, line) for reference in found if f"\\{reference}" not in token.content)


def _find_text_runs(inlines: list[Token], origin: TextOrigin) -> Iterator[TextRun]:
    for token in inlines:
        if text := extract_text(token).strip():
            yield TextRun(text, origin.file_line(_find_first_line([token])))
