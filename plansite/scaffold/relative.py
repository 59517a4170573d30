"""Dates of a template that are counted from the day on which its plan begins."""

from __future__ import annotations

import re
from datetime import date

from plansite.content.report import shown
from plansite.model.dates import Span, after, span
from plansite.model.words import long_date
from plansite.scaffold.template import halves

_LENGTH = r"\+(?P<length>\d{1,3} (?:day|week|fortnight|month|year)s?)"
_FIELD = re.compile(
    rf"(?P<before>:[ \t]+)(?P<mark>[\"']?){_LENGTH}(?P=mark)(?=[ \t]*(?:[,}}\]]|$)|[ \t]+#)", re.MULTILINE
)
_WORDS = re.compile(rf"\{{{_LENGTH}\}}")
_SLIP = re.compile(r"\{\+[^}\n]{0,60}\}?")


class RelativeDateError(Exception):
    """Something in a template is meant as a relative date and is none. The message says on which line."""


def dated(text: str, start: date) -> str:
    """The text of a template with real dates; its lines stay where they are.

    A field that says `+14 days` gets the date as fields have it: `due: 2025-02-03`. In a sentence `{+14 days}` becomes
    "3 February 2025". Days, weeks, fortnights, months and years count, weekends too; a month that is too short for the
    day ends it. Raises RelativeDateError for other words in such braces.
    """
    head, mark, body = halves(text.replace("\r\n", "\n"))
    head = _FIELD.sub(lambda found: found["before"] + _day(found, start).isoformat(), head)
    whole = _WORDS.sub(lambda found: long_date(_day(found, start)), head + mark + body)
    slip = _SLIP.search(whole)
    if slip:
        line = whole.count("\n", 0, slip.start()) + 1
        raise RelativeDateError(
            f"{line}: {shown(slip.group())} is no date; write it like {{+14 days}} or {{+3 months}}"
        )
    return whole


def _day(found: re.Match[str], start: date) -> date:
    """So far behind the start; no interval is the start itself."""
    return after(start, span(found["length"]) or Span())
