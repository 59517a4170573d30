"""The Markdown dialect: CommonMark with tables, strikethrough and ticked items; no HTML, few kinds of address."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, text_join
from markdown_it.rules_inline import StateInline

from plansite.markdown.fast_path.block_parser import FastBlockParser, fast_table
from plansite.markdown.fast_path.block_rules import fast_list, fast_paragraph
from plansite.markdown.fast_path.inline_parser import FastInlineParser

#: Nesting deeper than this is refused as a fault, for the parser would leave the rest out.
MAX_NESTING = 60
MAX_URL_LENGTH = 2048

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE_SCHEME = re.compile(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)
#: Addresses that percent-encoding leaves as they are.
_HOST_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?"
_NORMALISED_URL = re.compile(
    rf"(?:https?://{_HOST_LABEL}(?:\.{_HOST_LABEL}){{1,4}}(?:/[A-Za-z0-9/._-]{{0,500}})?"
    r"|(?:\.\.?/)*[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9._-]{1,99}){0,9})"
    r"(?:#[A-Za-z0-9._-]{0,99})?"
)
_UNSAFE_RELATIVE = re.compile(r"//|.*[\\\x00-\x20\x7f]", re.DOTALL)


def is_safe_url(url: str) -> bool:
    """Whether an address may be published: http, https, mailto, or a path on the site itself."""
    if len(url) > MAX_URL_LENGTH:
        return False
    if _SCHEME.match(url):
        return bool(_SAFE_SCHEME.match(url)) and not re.search(r"[\\\x00-\x20\x7f]", url)
    return not _UNSAFE_RELATIVE.match(url)


def is_relative_url(url: str) -> bool:
    """Whether an address points into the site rather than to another host or into the same page."""
    return bool(url) and not _SCHEME.match(url) and not url.startswith(("#", "/"))


class Dialect(MarkdownIt):
    """The parser. One instance serves any number of texts."""

    def __init__(self) -> None:
        """CommonMark with our additions."""
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        self.inline = FastInlineParser(self.inline, _comment_inline)
        self.block = FastBlockParser(self.block, {fast_list: "-*+0123456789", _comment_block: "<"})
        self.enable(["table", "strikethrough"])
        self.core.ruler.at("text_join", _join_text)
        self.block.ruler.at("table", fast_table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.before("list", "fast_list", fast_list)
        self.block.ruler.before("lheading", "fast_paragraph", fast_paragraph)
        self.block.ruler.before(
            "paragraph", "comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
        self.inline.ruler.before("html_inline", "comment", _comment_inline)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (the parser's own name)
        """Percent-encode an address; one that is too long becomes one that is refused, since encoding it is slow."""
        if _NORMALISED_URL.fullmatch(url):
            return url
        return normalizeLink(url) if len(url) <= MAX_URL_LENGTH else "too-long:"

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's own name)
        """Refuse what may not be published; the text then shows as it was typed."""
        return is_safe_url(url)


def _join_text(state: StateCore) -> None:
    """The stock rule, for all but those that are a single text already."""
    mixed = [
        token for token in state.tokens if (inner := token.children) and (len(inner) > 1 or inner[0].type != "text")
    ]
    text_join(StateCore(state.src, state.md, state.env, mixed))


def _comment_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """An HTML comment that begins a line vanishes, up to the end of the line that closes it."""
    start = state.bMarks[line] + state.tShift[line]
    if state.is_code_block(line) or not state.src.startswith("<!--", start):
        return False
    stop = _find_comment_end(state.env, state.src, start + 4, state.eMarks[min(end, state.env["block_end"]) - 1])
    if stop < 0:
        return False
    last = bisect_left(state.eMarks, stop, line)
    if state.src[stop : state.eMarks[last]].strip():
        return False  # words follow on the same line: the inline rule takes the comment out
    if not silent:
        state.line = last + 1
    return True


def _comment_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    stop = _find_comment_end(state.env, state.src, state.pos + 4, state.posMax)
    if stop < 0:
        return False
    if not silent:
        state.push("text", "", 0).content = ""
    state.pos = stop
    return True


def _find_comment_end(env: Any, source: str, start: int, limit: int) -> int:
    """Where the comment ends, or -1. Comments that begin before that end there too, so it is looked for once."""
    known = env.get("comment_end")
    if known is None or known[0] is not source or start < known[1] or -1 < known[2] < start:
        known = env["comment_end"] = (source, start, source.find("-->", start))
    end: int = known[2] + 3
    return end if known[2] >= 0 and end <= limit else -1
