"""Takes links within links apart: the inner one stays, and the address of the outer one follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from plansite.markdown.dialect import Dialect, is_local_url


def unnest_links(tokens: list[Token], parser: Dialect) -> list[Token]:
    """The tokens of an inline text, in which no link contains another.

    CommonMark makes no link in brackets of one within another, but it does of an address in angle brackets. An image
    from another host is rendered as a link too.
    """
    if len(tokens) < 3 or not _has_nested_link(tokens):
        return tokens
    result: list[Token] = []
    open_links: list[int] = []  # indexes in `result`
    outer_links: set[int] = set()  # those of them that contain another
    for token in tokens:
        if _is_link(token):
            outer_links.update(open_links[-1:])
        if token.type == "link_open":
            open_links.append(len(result))
        if token.type == "link_close" and (start := open_links.pop()) in outer_links:
            address = str(result[start].attrGet("href") or "")
            result[start] = Token("text", "", 0)
            result.extend(_build_address(address, parser))
        else:
            result.append(token)
    return result


def _has_nested_link(tokens: Sequence[Token]) -> bool:
    depth = 0
    for token in tokens:
        if depth and _is_link(token):
            return True
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
    return False


def _is_link(token: Token) -> bool:
    """Whether a link begins with the token, or the token is an image that is rendered as one."""
    return token.type == "link_open" or (token.type == "image" and not is_local_url(str(token.attrGet("src") or "")))


def _build_address(url: str, parser: Dialect) -> Iterator[Token]:
    """A link whose text is its own address, in round brackets; nothing for an empty one."""
    if url:
        yield Token("text", "", 0, content=" (")
        yield Token("link_open", "a", 1, attrs={"href": url})
        yield Token("text", "", 0, content=parser.normalizeLinkText(url))
        yield Token("link_close", "a", -1)
        yield Token("text", "", 0, content=")")
