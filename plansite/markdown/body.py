"""A body taken apart in one pass: introduction, sections, steps, progress notes, links and plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from markdown_it.token import Token

from plansite.markdown.dialect import MAX_NESTING, Dialect, is_relative_url
from plansite.markdown.html import HtmlRenderer, extract_text
from plansite.markdown.passages import TextOrigin
from plansite.model.body import ActionStep, Body, BodyLink, ProgressNote, Section, TextRun, normalise_heading
from plansite.model.dates import parse_iso_date
from plansite.model.status import Audience

_DIALECT = Dialect()
_RENDERER = HtmlRenderer()
_WHOLE_TEXT = TextOrigin(1)
#: A passage that is not for everybody, as those see it who may.
_PASSAGE_HTML = {
    audience: f'<div class="passage">\n<p class="passage__who">For {who} only</p>\n{{}}\n</div>'
    for audience, who in ((Audience.INTERNAL, "internal readers"), (Audience.PARTNERS, "partners and internal readers"))
}
_CHECKBOX = re.compile(r"\[\s*+([xX✓✔]?)\s*+\](?:\s+|$)")
_DATE_PREFIX = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\(([^()]{0,200})\))?\s*[:,–-]?\s*")


class TooDeepError(Exception):
    """The text nests more deeply than the parser follows; its remainder would be lost."""


@dataclass(slots=True)
class _BodyParts:
    """What gathers while the tokens go by."""

    steps: list[ActionStep] = field(default_factory=list)
    progress: list[ProgressNote] = field(default_factory=list)
    env: dict[str, object] = field(default_factory=dict)


def parse_markdown(text: str, origin: TextOrigin = _WHOLE_TEXT, headings: Mapping[str, str] | None = None) -> Body:
    """Read a Markdown text; `origin` says where it stands in its file.

    `headings` maps headings of an adopted file, lower case, to ours. Raises TooDeepError.
    """
    tokens = _parse_tokens(text)
    _parse_checkboxes(tokens)
    inlines = [token for token in tokens if token.type == "inline"]
    parts, sections, intro = _BodyParts(), [], ""
    for title, line, part in _split_sections(tokens):
        ours = (headings or {}).get(title.casefold(), title)
        rest = _extract_items(part, ours, origin, parts)
        html = _render_blocks(rest, origin, parts) if rest else ""
        if title:
            sections.append(Section(title=ours, html=html, line=origin.file_line(line)))
        else:
            intro = html
    return Body(
        intro=intro,
        sections=tuple(sections),
        steps=tuple(parts.steps),
        progress=tuple(parts.progress),
        links=tuple(_find_links(inlines, origin)),
        text_runs=tuple(_find_words(inlines, origin)),
    )


def render_markdown(text: str) -> str:
    """HTML of a text that has no parts of its own, such as a page of documentation. Raises TooDeepError."""
    tokens = _parse_tokens(text)
    return _render_tokens(tokens, _BodyParts())


def _parse_tokens(text: str) -> list[Token]:
    tokens = _DIALECT.parse(text)
    if max(map(attrgetter("level"), tokens), default=0) >= MAX_NESTING - 1:
        raise TooDeepError
    return tokens


def _render_tokens(tokens: list[Token], parts: _BodyParts) -> str:
    return _RENDERER.render(tokens, _DIALECT.options, parts.env).strip()


def _render_blocks(tokens: list[Token], origin: TextOrigin, parts: _BodyParts) -> str:
    """The HTML of whole blocks; those in a passage for few say so to whoever may see them."""
    if not origin.lines:
        return _render_tokens(tokens, parts)
    return "\n".join(
        _wrap_passage(_render_tokens(run, parts), audience) for audience, run in _group_by_audience(tokens, origin)
    )


def _wrap_passage(html: str, audience: Audience | None) -> str:
    return _PASSAGE_HTML[audience].format(html) if audience in _PASSAGE_HTML else html


def _group_by_audience(tokens: list[Token], origin: TextOrigin) -> Iterator[tuple[Audience | None, list[Token]]]:
    """Blocks that follow each other and are for the same readers."""
    audience, run = None, list[Token]()
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            of = origin.audience_at(_find_first_line([token]))
            if of is not audience and run:
                yield audience, run
                run = []
            audience = of
        run.append(token)
    if run:
        yield audience, run


def _split_sections(tokens: list[Token]) -> Iterator[tuple[str, int, list[Token]]]:
    """Title, line and tokens of each part; the part before the first heading has no title."""
    title, line, part = "", 0, list[Token]()
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.type == "heading_open" and token.level == 0 and _begins_section(token, tokens[index + 1]):
            yield title, line, part
            title = extract_text(tokens[index + 1]).strip() or "Untitled"
            line, part, skip = token.map[0] if token.map else 0, [], 2
        else:
            part.append(token)
    yield title, line, part


def _begins_section(heading: Token, words: Token) -> bool:
    """Headings of the first two levels part a text; steps and progress are found under one of the third as well."""
    return heading.tag in ("h1", "h2") or (
        heading.tag == "h3" and normalise_heading(extract_text(words)) in _ITEM_SECTIONS
    )


_ITEM_SECTIONS = frozenset({"steps", "progress"})


def _extract_items(part: list[Token], title: str, origin: TextOrigin, parts: _BodyParts) -> list[Token]:
    """Move the items of step and progress lists into `parts`; what is left stays prose."""
    name = normalise_heading(title)
    if name not in _ITEM_SECTIONS:
        return part
    rest: list[Token] = []
    for kind, tokens in _split_items(part):
        if kind == "item":
            taken = (
                _parse_step(tokens, origin, parts) if name == "steps" else _parse_progress_note(tokens, origin, parts)
            )
            parts.steps.extend([taken] if isinstance(taken, ActionStep) else [])
            parts.progress.extend([taken] if isinstance(taken, ProgressNote) else [])
        elif kind == "paragraph" and name == "progress" and _DATE_PREFIX.match(tokens[1].content):
            parts.progress.append(_parse_progress_note(tokens, origin, parts))
        else:
            rest.extend(tokens)
    return rest


def _split_items(part: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The items of top-level lists and paragraphs one by one, and all else token by token."""
    item: list[Token] = []
    listing = False
    skip = 0
    for index, token in enumerate(part):
        if skip:
            skip -= 1
            continue
        if not listing and token.level == 0 and token.type == "paragraph_open":
            skip = 2
            yield "paragraph", part[index : index + 3]
            continue
        if token.level == 0 and token.type in _LIST_TOKENS:
            listing = _LIST_TOKENS[token.type]
        elif not listing:
            yield "prose", [token]
        elif token.level == 1 and token.type == "list_item_open":
            item = []
        elif token.level == 1 and token.type == "list_item_close":
            yield "item", item
        else:
            item.append(token)


_LIST_TOKENS = {
    "bullet_list_open": True,
    "ordered_list_open": True,
    "bullet_list_close": False,
    "ordered_list_close": False,
}


def _parse_checkboxes(tokens: list[Token]) -> None:
    """Turn `[x]` at the start of an item into a mark; the item remembers it in `meta`."""
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
    """The first line of a text that these come from, counted from 0."""
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
        date, by = parse_iso_date(match.group(1)), match.group(2) or ""
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
            target = str(child.attrGet(name) or "") if name else ""
            if is_relative_url(target):
                yield BodyLink(target, origin.file_line(_find_first_line([token])), child.type == "image")


_TARGET_ATTRIBUTES = {"link_open": "href", "image": "src"}


def _find_words(inlines: list[Token], origin: TextOrigin) -> Iterator[TextRun]:
    for token in inlines:
        if text := extract_text(token).strip():
            yield TextRun(text, origin.file_line(_find_first_line([token])))
