"""Splits the tokens of a text into sections at its headings."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.markdown.html import extract_text
from plansite.markdown.spellings.dates import find_note_head
from plansite.model.body import names_steps_and_progress, normalise_heading

_ITEM_KEYS = frozenset({"steps", "progress"})
#: Headings below the second level that begin a section; those below the third are often of something else.
_DEEP_NAMES = frozenset({"steps", "action steps", "next steps", "progress", "progress notes", "progress log"})
_PLAIN_NAMES = (_DEEP_NAMES | {"tasks"}, _DEEP_NAMES)
_DIGIT = compile_lazily("[0-9]")
_SIGNS = " :.–-*"
_NO_PARTS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SectionTokens:
    """A section: its heading as written, its key, the level of the heading, its line from 0, its anchors and tokens.

    The heading's own inline token is `heading`; None for what stands above the first. `parts` are the items that the
    section holds: "steps", "progress", both or none.
    """

    title: str
    key: str
    level: int
    line: int
    anchors: tuple[str, ...]
    heading: Token | None
    tokens: list[Token]
    parts: frozenset[str]


def split_sections(tokens: Sequence[Token], headings: Mapping[str, str]) -> Iterator[SectionTokens]:
    """The sections in order; what stands above the first heading comes first. `headings` are as for parse_markdown."""
    section = SectionTokens("", "", 0, 0, (), None, [], _NO_PARTS)
    skip = 0  # tokens of the heading itself that are still to come
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        heading = _open_section(token, tokens[index + 1], headings, section) if token.type == "heading_open" else None
        if heading is None:
            section.tokens.append(token)
        else:
            yield section
            section, skip = heading, 2
    yield section


def _open_section(
    token: Token, inline: Token, headings: Mapping[str, str], current: SectionTokens
) -> SectionTokens | None:
    """The section that a heading begins; None for a heading within the current one.

    Headings of the first two levels begin a section, unless they are dates within Progress. Those of others do where
    they are "Steps" or "Progress", or where they end such a section of their own level.
    """
    if token.level:
        return None
    level, title = int(token.tag[1]), extract_text(inline).strip()
    key = normalise_heading(headings.get(title.casefold(), title))
    is_date = "progress" in current.parts and _DIGIT.search(title) is not None and find_note_head(title) is not None
    ends_current = level <= max(2, current.level)
    is_own = key in _ITEM_KEYS and (level <= 2 or title.casefold().strip(_SIGNS) in _PLAIN_NAMES[level > 3])
    if is_date or not (ends_current or is_own):
        return None
    line, anchors = token.map[0] if token.map else 0, token.meta["anchors"]
    return SectionTokens(title or "Untitled", key, level, line, anchors, inline, [], _find_parts(key, title))


@functools.lru_cache(maxsize=4096)
def _find_parts(key: str, title: str) -> frozenset[str]:
    if key not in _ITEM_KEYS:
        return _NO_PARTS
    return _ITEM_KEYS if names_steps_and_progress(title) else frozenset({key})
