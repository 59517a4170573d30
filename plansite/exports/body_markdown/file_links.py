"""A body without its links to files of the site."""

from __future__ import annotations

import re
from dataclasses import replace

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml

#: What `resolve_links` leaves of a link, and of an image, that leads nowhere. Text has no `<` that is not escaped.
_LINK = compile_lazily(r'<a class="dead[^>]*>(.*?)</a>', re.DOTALL)
_IMAGE = compile_lazily(r'<span class="dead">([^<]*)</span>')


def remove_file_links(body: Body) -> Body:
    """The body with the words of links to files and headings in place of the links, and descriptions for pictures."""
    return replace(
        body,
        intro=_remove(body.intro),
        sections=tuple(replace(each, html=_remove(each.html)) for each in body.sections),
        steps=tuple(replace(each, html=_remove(each.html)) for each in body.steps),
        progress=tuple(replace(each, html=_remove(each.html)) for each in body.progress),
        links=(),
        audience_variants=tuple((audience, remove_file_links(each)) for audience, each in body.audience_variants),
    )


def _remove(html: BodyHtml) -> BodyHtml:
    if len(html) < 2:
        return html
    return (_LINK.sub(r"\1", _IMAGE.sub(r"\1", resolve_links(html, lambda _: ""))),)
