"""The dialect with the parsers and rules of the fast path."""

from __future__ import annotations

from markdown_it.rules_core import StateCore, text_join

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.dialect import Dialect
from plansite.markdown.fast_path.block_parser import FastBlockParser
from plansite.markdown.fast_path.block_rules import fast_list, fast_paragraph, fast_table
from plansite.markdown.fast_path.inline_parser import FastInlineParser

_HOST_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?"
#: URLs that percent-encoding leaves as they are.
_NORMALISED_URL = compile_lazily(
    rf"(?:https?://{_HOST_LABEL}(?:\.{_HOST_LABEL}){{1,4}}(?:/[A-Za-z0-9/._-]{{0,500}})?"
    r"|(?:\.\.?/)*[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9._-]{1,99}){0,9})"
    r"(?:#[A-Za-z0-9._-]{0,99})?"
)


class FastDialect(Dialect):
    """A parser with the same tokens as Dialect."""

    def __init__(self) -> None:
        """The rules of Dialect, with a fast rule before or in place of some."""
        super().__init__()
        self.inline = FastInlineParser(self.inline)
        self.block = FastBlockParser(self.block)
        self.core.ruler.at("text_join", _fast_text_join)
        self.block.ruler.at("table", fast_table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.before("list", "fast_list", fast_list)
        self.block.ruler.before("lheading", "fast_paragraph", fast_paragraph)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (the parser's own name)
        """The percent-encoded URL, as from Dialect."""
        return url if _NORMALISED_URL.fullmatch(url) else super().normalizeLink(url)


def _fast_text_join(state: StateCore) -> None:
    """The stock rule, applied only to inline tokens with more than a single text in them."""
    mixed = [
        token
        for token in state.tokens
        if (children := token.children) and (len(children) > 1 or children[0].type != "text")
    ]
    text_join(StateCore(state.src, state.md, state.env, mixed))
