"""A digest as plain text, for a terminal or an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.digest.digest import Digest
from plansite.digest.items import DigestItem, DigestSection
from plansite.exports.terminal_text import wrap_text
from plansite.model.formatting import format_long_date

#: The longest line; addresses of pages may be longer.
WIDTH = 72
_INDENT = "  "
#: What is said where there is nothing to do.
NOTHING = "Nothing to do at present. Thank you."


def format_text(digest: Digest) -> str:
    """The digest in lines of at most `WIDTH` columns, each section with its heading in capitals."""
    blocks = [_format_head(digest), *map(_format_section, digest.sections), _format_foot(digest)]
    return "\n\n".join("\n".join(lines) for block in blocks if (lines := list(block))) + "\n"


def describe_item_day(item: DigestItem) -> str:
    """How urgent an item is, with its day: "Overdue by 13 days (7 January 2025)"."""
    return f"{item.lead} ({format_long_date(item.day)})" if item.day else item.lead


def describe_origin(digest: Digest) -> str:
    """Where a digest comes from and of which day it is, in a sentence."""
    return f"{digest.site_title}, as at {format_long_date(digest.today)}."


def _format_head(digest: Digest) -> Iterator[str]:
    yield from wrap_text(digest.name, WIDTH)
    yield from wrap_text(describe_origin(digest), WIDTH)
    yield ""
    yield from wrap_text(digest.lede if digest.sections else NOTHING, WIDTH)
    if digest.note:
        yield from wrap_text(digest.note, WIDTH)


def _format_section(section: DigestSection) -> Iterator[str]:
    yield from wrap_text(f"{section.title.upper()} ({section.count:,})", WIDTH)
    for item in section.items:
        yield ""
        yield from _format_item(item)
    if section.rest:
        yield ""
        yield section.rest


def _format_item(item: DigestItem) -> Iterator[str]:
    first, *others = wrap_text(item.title, WIDTH - len(_INDENT))
    yield f"- {first}"
    lines = [*others]
    for text in (item.place, describe_item_day(item), *item.lines):
        lines += wrap_text(text, WIDTH - len(_INDENT))
    yield from (f"{_INDENT}{line}" for line in lines)
    if item.href:
        yield f"{_INDENT}{item.href}"


def _format_foot(digest: Digest) -> Iterator[str]:
    if digest.href:
        yield "All of it is on your page:"
        yield digest.href
    if digest.contact:
        yield from wrap_text(f"To send an update, write to {digest.contact}.", WIDTH)
