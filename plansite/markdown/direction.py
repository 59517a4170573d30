"""The direction of writing: in a text with letters from right to left, each block finds its own."""

from __future__ import annotations

from markdown_it.token import Token

from plansite.model.formatting import is_right_to_left

_BLOCKS = frozenset(
    ("paragraph_open", "heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open", "table_open")
)


def set_directions(text: str, tokens: list[Token]) -> None:
    """Give the outer blocks of a text the attribute `dir="auto"`, if it has letters from right to left at all.

    The blocks within them get none: a block with this attribute passes over those within it that have one too.
    """
    if not is_right_to_left(text):
        return
    for token in tokens:
        if token.level == 0 and token.type in _BLOCKS:
            token.attrSet("dir", "auto")
        elif token.type == "list_item_open":
            token.meta["in_mixed_text"] = True
