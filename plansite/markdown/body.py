"""Parses a Markdown text into introduction, sections, steps, progress notes, links and text runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from markdown_it.token import Token

from plansite.deferred_pattern import compile_lazily
from plansite.fast_paths import fast_paths_enabled
from plansite.markdown.anchors import assign_anchors, list_heading_anchors
from plansite.markdown.dialect import MAX_NESTING, Dialect, is_local_url
from plansite.markdown.direction import set_directions
from plansite.markdown.html import extract_text
from plansite.markdown.items import ItemCollector, parse_checkboxes
from plansite.markdown.limits import MAX_BRACKETS, TooDeepError, TooMuchMarkupError, check_page_size
from plansite.markdown.nested_links import unnest_links
from plansite.markdown.passage_html import BodyRenderer, find_first_line
from plansite.markdown.passages import TextOrigin
from plansite.markdown.sections import SectionTokens, split_sections
from plansite.markdown.spellings.headings import respell_headings
from plansite.markdown.spellings.notes import DoubtfulDate
from plansite.markdown.spellings.respell import respell_items
from plansite.model.body import Body, BodyHtml, BodyLink, DoubtfulText, DoubtKind, Section, TextRun, join_html


def create_parser() -> Dialect:
    """A parser: that of the fast path, which gives the same tokens, unless fast paths are switched off."""
    if not fast_paths_enabled():
        return Dialect()
    from plansite.markdown.fast_path.dialect import FastDialect

    return FastDialect()


_PARSER = create_parser()
_WHOLE_TEXT = TextOrigin(1)
#: Indexes such as `a[0][1]` look alike: in a link the first brackets begin a word, and have a letter in them.
_LOOSE_REFERENCE = compile_lazily(r"(?<![\w\])])\[(?=[^\[\]]*[^\W\d])[^\[\]]+\]\[[^\[\]]*\]")


def parse_markdown(text: str, origin: TextOrigin = _WHOLE_TEXT, headings: Mapping[str, str] | None = None) -> Body:
    """The body that a Markdown text makes; `origin` maps its lines to those of the file.

    `headings` maps headings of external files, in lower case, to the headings of plansite. Raises
    TooDeepError and TooMuchMarkupError.
    """
    tokens, split, doubtful_dates = _parse_respelt(text, headings or {})
    parse_checkboxes(tokens)
    inlines = [token for token in tokens if token.type == "inline"]
    renderer = BodyRenderer(origin, _PARSER.options)
    items, sections = ItemCollector(renderer), list[Section]()
    intro: BodyHtml = ()
    anchors = list[tuple[str, str]]()
    for section in split:
        html = renderer.render_blocks(items.take_items(section))
        anchors += list_heading_anchors(section.tokens)
        if section.heading:
            links = renderer.render_heading_links(section.heading)
            line = origin.file_line(section.line)
            body_html = join_html(links, html)
            sections.append(
                Section(title=section.title, key=section.key, html=body_html, line=line, anchors=section.anchors)
            )
        else:
            intro = html
    body = Body(
        intro=intro,
        sections=tuple(sections),
        steps=tuple(items.steps),
        progress=tuple(items.progress),
        doubtful_texts=(*items.doubtful_texts, *_convert_doubtful_dates(doubtful_dates, origin)),
        links=tuple(_find_links(inlines, origin)),
        text_runs=tuple(_find_text_runs(inlines, origin)),
        anchors=tuple(anchors),
        loose_references=tuple(_find_loose_references(inlines, origin)) if "][" in text else (),
    )
    check_page_size(text, body)
    return body


def _parse_respelt(
    text: str, headings: Mapping[str, str]
) -> tuple[list[Token], list[SectionTokens], tuple[DoubtfulDate, ...]]:
    """The tokens of a text and its sections, its headings, steps and notes in other spellings as those of the dialect.

    Most texts have none, and are parsed once.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as the parser takes them, so that lines have its numbers
    tokens = _parse_tokens(text)
    respelt = respell_headings(text, tokens)
    if respelt is not text:
        tokens = _parse_tokens(respelt)
    sections = list(split_sections(tokens, headings))
    final, doubtful_dates = respell_items(
        respelt, [(section.parts, section.tokens) for section in sections if section.parts]
    )
    if final is not respelt:
        tokens = _parse_tokens(final)
        sections = list(split_sections(tokens, headings))
    return tokens, sections, doubtful_dates


def _convert_doubtful_dates(dates: Iterable[DoubtfulDate], origin: TextOrigin) -> Iterator[DoubtfulText]:
    for each in dates:
        yield DoubtfulText(DoubtKind.DAY_FIRST, f"{each.written} {each.date.isoformat()}", origin.file_line(each.line))


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


def _find_links(inlines: list[Token], origin: TextOrigin) -> Iterator[BodyLink]:
    for token in inlines:
        for child in token.children or ():
            name = _TARGET_ATTRIBUTES.get(child.type)
            if name and is_local_url(target := str(child.attrGet(name) or "")):
                yield BodyLink(target, origin.file_line(find_first_line([token])), child.type == "image")


_TARGET_ATTRIBUTES = {"link_open": "href", "image": "src"}


def _find_loose_references(inlines: list[Token], origin: TextOrigin) -> Iterator[TextRun]:
    """What looks like a link by reference and was not taken for one, since no line of the text defines it."""
    for token in inlines:
        texts = (child.content for child in token.children or () if child.type == "text")
        found = (match.group() for text in texts for match in _LOOSE_REFERENCE.finditer(text))
        line = origin.file_line(find_first_line([token]))
        yield from (TextRun(reference, line) for reference in found if f"\\{reference}" not in token.content)


def _find_text_runs(inlines: list[Token], origin: TextOrigin) -> Iterator[TextRun]:
    for token in inlines:
        if text := extract_text(token).strip():
            yield TextRun(text, origin.file_line(find_first_line([token])))
