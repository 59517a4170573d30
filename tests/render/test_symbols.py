"""A page has the symbols of the icons it shows, or may show on a later day, and no others."""

from __future__ import annotations

import re

from plansite.render.symbols import drop_unused_symbols
from plansite.render.theme import default_theme_folder

_SPRITE = (default_theme_folder() / "templates/sprite.html").read_text("utf-8")


def _symbols(body: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', drop_unused_symbols(f"<body>\n{_SPRITE}<main>{body}</main>")))


def test_only_what_is_used_stays() -> None:
    """By an icon, or by a pattern that fills a shape."""
    assert _symbols("") == set()
    assert _symbols('<svg><use href="#m-plan"/></svg>') == {"m-plan"}
    assert _symbols('<use href="#m-completed"/><rect fill="url(#hatch)"/>') == {"m-completed", "hatch"}
    assert _symbols('<use href="#m-d2"/><use href="#m-o1" x="20"/>') == {"m-d2", "m-o1"}


def test_icons_of_later_days_stay_with_the_tags_that_change() -> None:
    """A script turns such a tag into “At risk” or “Overdue”."""
    for name in ("due", "overdue", "risk"):
        tag = f'<span class="tag" data-{name}="2025-01-06"><use href="#m-track"/></span>'
        assert _symbols(tag) == {"m-track", "m-late", "m-risk"}


def test_symbols_named_for_a_script_stay() -> None:
    """The search page names those of the tags that it draws."""
    search = (default_theme_folder() / "templates/pages/search.html").read_text("utf-8")
    named = re.findall(r'data-\w+="#(m-\w+)"', search)
    assert set(named) == {"m-late", "m-risk", "m-track"}
    assert _symbols(search) >= set(named)


def test_the_rest_of_the_page_is_untouched() -> None:
    """And so is a page without a sprite."""
    page = f'<p id="m-late">{_SPRITE}</p><use href="#m-gap"/>'
    assert drop_unused_symbols(page).endswith('\n</svg>\n</p><use href="#m-gap"/>')
    assert drop_unused_symbols("<p></p>") == "<p></p>"
    once = drop_unused_symbols(page)
    assert drop_unused_symbols(once) == once
