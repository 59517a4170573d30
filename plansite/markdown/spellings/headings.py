"""Headings that are none in Markdown: `##Steps`, or `**Steps**`, `Steps:` and `<h2>Steps</h2>` alone on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.dates import find_note_head
from plansite.markdown.spellings.marks import find_box, split_line
from plansite.model.body import normalise_heading

#: The parts of an action: only their headings are known without a mark of Markdown.
_KNOWN_PARTS = frozenset({"steps", "progress", "barriers", "outcome"})
#: A longer line is no heading.
_MAX_LENGTH = 80
_MAX_WORDS = 5
_HASHES = compile_lazily(r"\\?(?P<hashes>#{1,6})(?P<text>[^#\n].*)")
_TAGS = compile_lazily(r"</?(?:h[1-6]|b|strong|u|p|div|span)\b[^<>]{0,40}>", re.IGNORECASE)
_SIGNS = " \t\u00a0\u200b\ufeff\ufe0f*_=~\"“”'‘’"
#: Ways to make a line stand out, by a pattern of the whole line; the group is the text of the heading.
_STYLES = {
    "bold": compile_lazily(r"[\W_]{0,8}(?:\*\*|__)(?P<text>[^*_\n]+)(?:\*\*|__)[\W_]{0,8}"),
    "italic": compile_lazily(r"[*_](?P<text>[^*_\n]+)[*_][\s:]*"),
    "tags": compile_lazily(r"<(?:h[1-6]|b|strong|u|p)\b[^<>]{0,40}>(?P<text>[^<>\n]+)<.{0,60}", re.IGNORECASE),
    "equals": compile_lazily(r"={1,6}(?P<text>[^=\n]+)={1,6}\s*"),
}
#: Words that are a heading even without a sign, if a list or a dated line is below them.
_PLAIN_NAMES = frozenset(
    {
        "steps",
        "action steps",
        "next steps",
        "tasks",
        "progress",
        "progress notes",
        "progress log",
        "barriers",
        "outcome",
    }
)
#: Looks of which an unknown heading may follow a known one.
_STYLES_WITH_MATES = ("bold", "tags", "colon")


def respell_headings(text: str, tokens: Sequence[Token]) -> str:
    """The text, with as many lines, in which each line that can only be meant as a heading is one.

    Lines of a look that is no sign by itself, such as bold type, count if one of them names a part of an action: then
    the others of the same look end that part.
    """
    lines: list[str] = []
    found: dict[int, str] = {}
    styles: dict[str, list[tuple[int, str]]] = {}
    for place, is_nested in _list_short_paragraphs(tokens):
        lines = lines or text.split("\n")
        if is_nested:
            found.update(_find_behind_items(lines, place))
            continue
        for number in range(*place):
            line = lines[number].strip()
            if len(line) > _MAX_LENGTH:
                continue
            if heading := _find_hashes(line):
                found[number] = heading
            elif styled := _find_style(line, _find_next_line(lines, number), is_first=number == place[0]):
                styles.setdefault(styled[0], []).append((number, styled[1]))
    for style, headings in styles.items():
        if any(_begins_items(heading, style) for _, heading in headings):
            has_mates = style in _STYLES_WITH_MATES
            found.update(
                (number, f"## {heading}") for number, heading in headings if has_mates or _is_known(heading, style)
            )
    if not found:
        return text
    return "\n".join(found.get(number, line) for number, line in enumerate(lines))


def _list_short_paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[list[int], bool]]:
    """The first line, and the line behind the last, of paragraphs that may hold a heading; whether each is in a block.

    Left out are paragraphs of one long line, and those of one line in another block.
    """
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.map:
            content = tokens[index + 1].content
            if "\n" in content or (token.level == 0 and len(content) <= _MAX_LENGTH):
                yield token.map, token.level > 0


def _find_behind_items(lines: Sequence[str], place: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Headings of known parts right below an item: without a blank line between, Markdown adds them to it."""
    for number in range(place[0] + 1, place[1]):
        line = lines[number].rstrip()
        if not line or line[0].isspace() or len(line) > _MAX_LENGTH:
            continue
        style, heading = _find_style(line, _find_next_line(lines, number), is_first=True) or ("", "")
        heading = heading if _is_known(heading, style) else _clean(_find_hashes(line).lstrip("#"))
        if heading and _is_known(heading, style):
            yield number, f"## {heading}"


def _find_next_line(lines: Sequence[str], number: int) -> str:
    """The next line that is not blank, of the two below; empty if there is none."""
    return next((line for line in lines[number + 1 : number + 3] if line.strip()), "")


def _find_hashes(line: str) -> str:
    """The heading of a line with hashes and no blank behind them; a single one, as of a hashtag, needs a known part."""
    match = _HASHES.fullmatch(line) if "#" in line else None
    heading = _clean(match["text"]) if match else ""
    if match is None or not heading or (len(match["hashes"]) == 1 and not _is_known(heading)):
        return ""
    return f"{match['hashes']} {heading}"


def _find_style(line: str, following: str, *, is_first: bool) -> tuple[str, str] | None:
    """The look and the text of a line that may be a heading; None for any other. `following` is the line below."""
    if line[:1] in "*_<=" or "**" in line or "__" in line:
        for style, pattern in _STYLES.items():
            match = pattern.fullmatch(line)
            if match and (heading := _clean(match["text"])):
                return style, heading
    elif is_first and line[-1:] == ":":
        heading = _clean(line)
        is_known = heading.casefold() in _PLAIN_NAMES
        if len(heading.split()) <= _MAX_WORDS and (not is_known or _begins_item(following)):
            return "colon", heading
    elif is_first and _clean(line).casefold() in _PLAIN_NAMES and line[-1:] != "." and _begins_item(following):
        return "plain", _clean(line)
    return None


def _begins_item(line: str) -> bool:
    """Whether a line begins an item of a list, or a dated note."""
    start = split_line(line)
    return bool(start.mark) or find_box(start.rest) is not None or find_note_head(line.strip()) is not None


def _clean(text: str) -> str:
    """The text of a heading without tags and signs around it."""
    return _TAGS.sub("", text).strip(_SIGNS).rstrip("#").strip(f"{_SIGNS}:")


def _is_known(heading: str, style: str = "") -> bool:
    """Whether a text is the name of a part of an action, and little more."""
    if style in ("colon", "plain", "italic"):
        return heading.casefold() in _PLAIN_NAMES
    return normalise_heading(heading) in _KNOWN_PARTS and len(heading.split()) <= _MAX_WORDS


def _begins_items(heading: str, style: str) -> bool:
    return _is_known(heading, style) and normalise_heading(heading) in ("steps", "progress")
