"""Limits on the markup of a text, so that no file takes long to parse or becomes a page many times its size."""

from __future__ import annotations

from plansite.model.body import Body, BodyHtml

#: The most opening brackets of a text. Each may begin a link, and to find out takes many times as long as a letter.
MAX_BRACKETS = 10_000
#: The most block tokens of a text: three for each paragraph, item or cell, and some for each list.
MAX_BLOCK_TOKENS = 100_000
#: The most lines in quotations. A line counts once for each quotation around it.
MAX_QUOTED_LINES = 500_000
#: A text may become HTML of so many times its length, or of so many characters if that is more.
MAX_EXPANSION = 6
MIN_PAGE_SIZE = 200 * 1024
#: About how many characters a page adds around each step, progress note and section, and at most to a relative link.
_ITEM_MARKUP, _LINK_MARKUP = 180, 60


class RefusedMarkupError(Exception):
    """The markup of a text is not rendered. The text is to be shown as it was typed."""


class TooDeepError(RefusedMarkupError):
    """The text nests more deeply than the parser follows, so that part of it would be lost."""


class TooMuchMarkupError(RefusedMarkupError):
    """The text would take too long to parse, or make a page that is too large."""


def check_page_size(text: str, body: Body) -> None:
    """Raise TooMuchMarkupError if the page of a body would be too large for its text."""
    htmls = list_item_html(body)
    size = _measure_html(body.intro) + sum(_ITEM_MARKUP + _measure_html(html) for html in htmls)
    if size > max(MAX_EXPANSION * len(text), MIN_PAGE_SIZE):
        raise TooMuchMarkupError


def list_item_html(body: Body) -> list[BodyHtml]:
    """The HTML of the sections, steps and progress notes of a body."""
    sections, steps, notes = ([item.html for item in items] for items in (body.sections, body.steps, body.progress))
    return [*sections, *steps, *notes]


def _measure_html(html: BodyHtml) -> int:
    """About the length of resolved HTML, in characters."""
    return sum(map(len, html)) + len(html) // 2 * _LINK_MARKUP
