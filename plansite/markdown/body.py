"""A body taken apart in one pass: introduction, sections, steps, progress notes, links and plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from markdown_it.token import Token

from plansite.markdown.dialect import DEEPEST, Dialect, is_relative
from plansite.markdown.html import Writer, plain
from plansite.markdown.passages import Origin
from plansite.model.dates import iso_date
from plansite.model.prose import Body, Link, ProgressNote, Section, Step, Words, heading_name
from plansite.model.status import Audience

_DIALECT = Dialect()
_WRITER = Writer()
_WHOLE = Origin(1)
#: A passage that is not for everybody, as those see it who may.
_PASSAGE = {
    audience: f'<div class="passage">\n<p class="passage__who">For {who} only</p>\n{{}}\n</div>'
    for audience, who in ((Audience.INTERNAL, "internal readers"), (Audience.PARTNERS, "partners and internal readers"))
}
_TICK = re.compile(r"\[\s*+([xX✓✔]?)\s*+\](?:\s+|$)")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\(([^()]{0,200})\))?\s*[:,–-]?\s*")


class TooDeepError(Exception):
    """The text nests more deeply than the parser follows; its remainder would be lost."""


@dataclass(slots=True)
class _Parts:
    """What gathers while the tokens go by."""

    steps: list[Step] = field(default_factory=list)
    progress: list[ProgressNote] = field(default_factory=list)
    env: dict[str, object] = field(default_factory=dict)


def body_of(text: str, origin: Origin = _WHOLE, headings: Mapping[str, str] | None = None) -> Body:
    """Read a Markdown text; `origin` says where it stands in its file.

    `headings` maps headings of an adopted file, lower case, to ours. Raises TooDeepError.
    """
    tokens = _parsed(text)
    _tick_items(tokens)
    inlines = [token for token in tokens if token.type == "inline"]
    parts, sections, intro = _Parts(), [], ""
    for title, line, part in _sections(tokens):
        ours = (headings or {}).get(title.casefold(), title)
        rest = _take(part, ours, origin, parts)
        html = _prose(rest, origin, parts) if rest else ""
        if title:
            sections.append(Section(title=ours, html=html, line=origin.line(line)))
        else:
            intro = html
    return Body(
        intro=intro,
        sections=tuple(sections),
        steps=tuple(parts.steps),
        progress=tuple(parts.progress),
        links=tuple(_links(inlines, origin)),
        words=tuple(_words(inlines, origin)),
    )


def prose_of(text: str) -> str:
    """HTML of a text that has no parts of its own, such as a page of documentation. Raises TooDeepError."""
    tokens = _parsed(text)
    return _html(tokens, _Parts())


def _parsed(text: str) -> list[Token]:
    tokens = _DIALECT.parse(text)
    if max(map(attrgetter("level"), tokens), default=0) >= DEEPEST - 1:
        raise TooDeepError
    return tokens


def _html(tokens: list[Token], parts: _Parts) -> str:
    return _WRITER.render(tokens, _DIALECT.options, parts.env).strip()


def _prose(tokens: list[Token], origin: Origin, parts: _Parts) -> str:
    """The HTML of whole blocks; those in a passage for few say so to whoever may see them."""
    if not origin.lines:
        return _html(tokens, parts)
    return "\n".join(_marked(_html(run, parts), audience) for audience, run in _runs(tokens, origin))


def _marked(html: str, audience: Audience | None) -> str:
    return _PASSAGE[audience].format(html) if audience in _PASSAGE else html


def _runs(tokens: list[Token], origin: Origin) -> Iterator[tuple[Audience | None, list[Token]]]:
    """Blocks that follow each other and are for the same readers."""
    audience, run = None, list[Token]()
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            of = origin.audience(_line([token]))
            if of is not audience and run:
                yield audience, run
                run = []
            audience = of
        run.append(token)
    if run:
        yield audience, run


def _sections(tokens: list[Token]) -> Iterator[tuple[str, int, list[Token]]]:
    """Title, line and tokens of each part; the part before the first heading has no title."""
    title, line, part = "", 0, list[Token]()
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.type == "heading_open" and token.level == 0 and _divides(token, tokens[index + 1]):
            yield title, line, part
            title = plain(tokens[index + 1]).strip() or "Untitled"
            line, part, skip = token.map[0] if token.map else 0, [], 2
        else:
            part.append(token)
    yield title, line, part


def _divides(heading: Token, words: Token) -> bool:
    """Headings of the first two levels part a text; steps and progress are found under one of the third as well."""
    return heading.tag in ("h1", "h2") or (heading.tag == "h3" and heading_name(plain(words)) in _TAKEN)


_TAKEN = frozenset({"steps", "progress"})


def _take(part: list[Token], title: str, origin: Origin, parts: _Parts) -> list[Token]:
    """Move the items of step and progress lists into `parts`; what is left stays prose."""
    name = heading_name(title)
    if name not in _TAKEN:
        return part
    rest: list[Token] = []
    for kind, tokens in _items(part):
        if kind == "item":
            taken = _step(tokens, origin, parts) if name == "steps" else _note(tokens, origin, parts)
            parts.steps.extend([taken] if isinstance(taken, Step) else [])
            parts.progress.extend([taken] if isinstance(taken, ProgressNote) else [])
        elif kind == "paragraph" and name == "progress" and _DATED.match(tokens[1].content):
            parts.progress.append(_note(tokens, origin, parts))
        else:
            rest.extend(tokens)
    return rest


def _items(part: list[Token]) -> Iterator[tuple[str, list[Token]]]:
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
        if token.level == 0 and token.type in _LISTS:
            listing = _LISTS[token.type]
        elif not listing:
            yield "prose", [token]
        elif token.level == 1 and token.type == "list_item_open":
            item = []
        elif token.level == 1 and token.type == "list_item_close":
            yield "item", item
        else:
            item.append(token)


_LISTS = {
    "bullet_list_open": True,
    "ordered_list_open": True,
    "bullet_list_close": False,
    "ordered_list_close": False,
}


def _tick_items(tokens: list[Token]) -> None:
    """Turn `[x]` at the start of an item into a mark; the item remembers it in `meta`."""
    for index, token in enumerate(tokens):
        if token.type != "list_item_open" or index + 2 >= len(tokens) or tokens[index + 2].type != "inline":
            continue
        children = tokens[index + 2].children or []
        match = _TICK.match(children[0].content) if children and children[0].type == "text" else None
        if match:
            done = bool(match.group(1))
            children[0].content = children[0].content[match.end() :]
            token.meta["done"] = tokens[index + 1].meta["done"] = done


def _first_inline(tokens: list[Token]) -> Token | None:
    return tokens[1] if len(tokens) > 1 and tokens[1].type == "inline" else None


def _line(tokens: list[Token]) -> int:
    """The first line of a text that these come from, counted from 0."""
    return next((token.map[0] for token in tokens if token.map), 0)


def _step(tokens: list[Token], origin: Origin, parts: _Parts) -> Step:
    inline = _first_inline(tokens)
    return Step(
        text=plain(inline) if inline else "",
        html=_marked(_html(tokens, parts), origin.audience(_line(tokens))),
        done=bool(tokens and tokens[0].meta.get("done")),
        line=origin.line(_line(tokens)),
    )


def _note(tokens: list[Token], origin: Origin, parts: _Parts) -> ProgressNote:
    inline, date, by = _first_inline(tokens), None, ""
    children = (inline.children or []) if inline else []
    match = _DATED.match(children[0].content) if children and children[0].type == "text" else None
    if match:
        date, by = iso_date(match.group(1)), match.group(2) or ""
        if date:
            children[0].content = children[0].content[match.end() :]
    return ProgressNote(
        date=date,
        by=by.strip() if date else "",
        text=plain(inline) if inline else "",
        html=_marked(_html(tokens, parts), origin.audience(_line(tokens))),
        line=origin.line(_line(tokens)),
    )


def _links(inlines: list[Token], origin: Origin) -> Iterator[Link]:
    for token in inlines:
        for child in token.children or ():
            name = _TARGETS.get(child.type)
            target = str(child.attrGet(name) or "") if name else ""
            if is_relative(target):
                yield Link(target, origin.line(_line([token])), child.type == "image")


_TARGETS = {"link_open": "href", "image": "src"}


def _words(inlines: list[Token], origin: Origin) -> Iterator[Words]:
    for token in inlines:
        if text := plain(token).strip():
            yield Words(text, origin.line(_line([token])))
