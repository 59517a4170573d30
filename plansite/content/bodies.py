"""The text of a file as each reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from plansite.content.audience_rules import UNCLEAR_PASSAGE
from plansite.content.faults import TOO_DEEP
from plansite.content.frontmatter import Page
from plansite.content.report import Report
from plansite.markdown.body import TooDeepError, body_of
from plansite.markdown.passages import Origin, Passages, passages_of, text_of
from plansite.model.prose import Body
from plansite.model.status import Audience


def body(page: Page, report: Report, headings: Mapping[str, str] | None = None) -> Body:
    """The body of a file; `headings` maps those of an adopted file, lower case, to ours.

    Where it has passages for some readers, it holds what the others see as well, each made from a text without them.
    """
    found = passages_of(page.text)
    if found is None:
        return _body(page, page.text, Origin(page.text_line), report, headings)
    for slip in found.slips:
        remedy = "a passage begins with a line `::: internal` or `::: partners` and ends with a line `:::`"
        report.add(UNCLEAR_PASSAGE, slip.message, remedy, line=page.text_line + slip.line)
    whole, *narrower = (
        (audience, _as_seen(page, found, audience, report, headings))
        for audience in (Audience.INTERNAL, Audience.PARTNERS, Audience.PUBLIC)
    )
    return replace(whole[1], narrower=tuple(narrower))


def _as_seen(
    page: Page, found: Passages, audience: Audience, report: Report, headings: Mapping[str, str] | None
) -> Body:
    lines = found.seen_by(audience)
    speaks = report if audience is Audience.INTERNAL else Report("")  # the same is said once
    return _body(page, text_of(lines), Origin(page.text_line, lines), speaks, headings)


def _body(page: Page, text: str, origin: Origin, report: Report, headings: Mapping[str, str] | None) -> Body:
    """One that nests too deeply is shown as it was typed."""
    try:
        return body_of(text, origin, headings)
    except TooDeepError:
        report.add(
            TOO_DEEP,
            "lists or quotations are nested too deeply to be shown in form",
            "use fewer levels; until then the text shows as it was typed",
            line=page.text_line,
        )
        return Body(intro=f'<pre tabindex="0">{escape(text)}</pre>')
