"""The Markdown dialect: CommonMark with tables and strikethrough; no HTML, and only URLs that may be published."""

from __future__ import annotations

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline, entity, image, link
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.comments import CommentBlockParser, comment_block, comment_inline
from plansite.markdown.html_anchors import anchor_inline

#: Deeper nesting is reported as a fault, since the parser would leave out what is below it.
MAX_NESTING = 60
MAX_URL_LENGTH = 2048
#: The URLs of the links and images of a text that defines references may have as many characters as the text, or so
#: many. Each use of a reference repeats its URL, so without a limit a short text could become a page of megabytes.
MIN_URL_CHARACTERS = 100_000

#: The control characters, beside tabs and line ends, that the stock rule for character references lets pass.
_CONTROLS = ("\x0c", "\r")
_SCHEME = compile_lazily(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE_SCHEME = compile_lazily(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)
_UNSAFE_RELATIVE = compile_lazily(r"//|.*[\\\x00-\x20\x7f]", re.DOTALL)


def is_safe_url(url: str) -> bool:
    """Whether a URL may be published: http, https, mailto, or a path on the site itself."""
    if len(url) > MAX_URL_LENGTH:
        return False
    if _SCHEME.match(url):
        return bool(_SAFE_SCHEME.match(url)) and not re.search(r"[\\\x00-\x20\x7f]", url)
    return not _UNSAFE_RELATIVE.match(url)


def is_local_url(url: str) -> bool:
    """Whether a URL leads to a file of the site or a heading, as all do that name no host; also an empty one."""
    return not _SCHEME.match(url)


class Dialect(MarkdownIt):
    """The parser: that of markdown-it-py with the rules and limits of the dialect.

    One instance serves any number of texts.
    """

    def __init__(self) -> None:
        """CommonMark with our additions."""
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        self.block = CommentBlockParser(self.block)
        self.enable(["table", "strikethrough"])
        self.block.ruler.before(
            "paragraph", "comment", comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
        self.inline.ruler.before("html_inline", "comment", comment_inline)
        self.inline.ruler.before("html_inline", "anchor", anchor_inline)
        self.inline.ruler.at("link", _limit_urls(link))
        self.inline.ruler.at("image", _limit_urls(image))
        self.inline.ruler.at("entity", _printable_entity)

    def parse(self, src: str, env: EnvType | None = None) -> list[Token]:
        """The tokens of a text."""
        return super().parse(src, {"max_url_characters": max(MIN_URL_CHARACTERS, len(src)), **(env or {})})

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (the parser's own name)
        """Percent-encode a URL. Encoding is slow, so one that is too long becomes one that `validateLink` refuses."""
        return normalizeLink(url) if len(url) <= MAX_URL_LENGTH else "too-long:"

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802  (the parser's own name)
        """A URL as text. Percent escapes are decoded where they stand for characters that can be seen."""
        text = normalizeLinkText(url)
        if text.isprintable():
            return text
        return "".join(letter if letter.isprintable() else quote(letter, errors="replace") for letter in text)

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's own name)
        """Whether a URL may be published; where it may not, the link shows as it was typed."""
        return is_safe_url(url)


def _printable_entity(state: StateInline, silent: bool) -> bool:
    """The stock rule for character references, which replaces most that stand for control characters, but not all."""
    if not entity(state, silent):
        return False
    if not silent and state.tokens[-1].content in _CONTROLS:
        state.tokens[-1].content = "\ufffd"
    return True


def _limit_urls(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """A rule for links or images that forgets all references of a text once its URLs have too many characters.

    The remaining uses of a reference then show as text in brackets.
    """

    def limited_rule(state: StateInline, silent: bool) -> bool:
        token_count = len(state.tokens)
        if not rule(state, silent):
            return False
        references = state.env.get("references")
        if references and not silent:
            added = state.tokens[token_count : token_count + 2]  # perhaps pending text, then the link or image
            length = sum(len(str(token.attrs.get("href") or token.attrs.get("src") or "")) for token in added)
            total = state.env["url_characters"] = state.env.get("url_characters", 0) + length
            if total > state.env["max_url_characters"]:
                references.clear()
        return True

    return limited_rule
