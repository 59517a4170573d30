"""The date at the start of a progress note, in the spellings of people and programs, and who wrote the note."""

from __future__ import annotations

import datetime as dt
import re

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.dates import is_month_first, may_be_month_first, parse_written_date

#: Characters at the start of a line that are looked at.
_HEAD_LENGTH = 300
_DASH = "[-\u2010\u2011\u2012\u2013\u2212]"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?)"
_DATE = rf"""
    [0-9]{{4}}{_DASH}[0-9]{{1,2}}{_DASH}[0-9]{{1,2}} | 20[0-9]{{6}}
  | [0-9]{{4}}(?:/[0-9]{{1,2}}/|\.[0-9]{{1,2}}\.)[0-9]{{1,2}}
  | [0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}})
  | [0-9]{{1,2}}{_DASH}[0-9]{{1,2}}{_DASH}(?:[0-9]{{4}}|[0-9]{{2}})
  | [0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}} | [0-9]{{2}}\.[0-9]{{2}}\.[0-9]{{2}}
  | [0-9]{{1,2}}(?:st|nd|rd|th)?[\s.-]*+(?:of\s)?{_MONTH}[.,]?[\s-]*+['’]?(?:[0-9]{{4}}|[0-9]{{2}})
  | {_MONTH}\.?\s*+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}
"""
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?"
_TIME = rf"""
    (?: {_CLOCK}(?:\s?[ap]\.?m\b\.?)?(?:\s?{_DASH}\s?{_CLOCK}(?:\s?[ap]\.?m\b\.?)?)? | [0-9]{{1,2}}\s?[ap]\.?m\b\.?
      | [0-9]{{4}}\s?(?:hrs|hours|h)\b ) (?:\s?(?:hrs|h)\b)? (?![0-9])
"""
_INSTANT = r"[Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?(?:[Zz]\b|[+-][0-9]{2}:?[0-9]{2}\b))?"
_AUTHOR = r"(?:\((?P<{0}round>[^()\n]{{0,200}})\)|\[(?P<{0}square>[^\[\]\n]{{0,200}})\](?!\())"
_HEAD = compile_lazily(
    rf"""
    (?P<open> [*_`\[(<"“'‘]*+ ) \s*+ (?: (?:📅|🗓\ufe0f?|@|date:) \s*+ )?
    (?: {_WEEKDAY}\.?,?\s+ )?
    (?P<date> {_DATE} ) (?P<instant> {_INSTANT} )? (?![0-9A-Za-z/])
    (?: ,?\s*+ \(?{_WEEKDAY}\b\)? )?
    (?P<close> [*_`\])>"”'’]*+ )
    (?: ,?\s*+ (?:at\s|@)? \s*+ (?P<time> {_TIME} ) )?
    (?: \s*+ [-–—,]? \s*+ {_AUTHOR.format("")} )?
    (?: ,?\s*+ (?P<later_time> {_TIME} ) )?
    (?P<later_close> [*_`\])>"”'’]*+ )
    \s*+ (?: [:;,.|–—−-] (?! (?<=[–—−-]) [0-9] ) ){{0,2}} (?P<last_close> [*_`]*+ ) \s*+ (?: [:–—-] \s )? \s*+
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A day and a month without a year, with a sign behind it: a note whose date is not whole.
_PARTIAL_HEAD = compile_lazily(
    rf"[*_]*+(?:{_WEEKDAY},?\s+)?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}|{_MONTH}\s[0-9]{{1,2}}|[0-9]{{1,2}}/[0-9]{{1,2}})[*_]*+\s?[:–—(-]",
    re.IGNORECASE,
)
_BRACKETS = {"[": "]", "(": ")", "<": ">", "“": "”", "‘": "’"}
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class NoteHead:
    """The start of a progress note: its date as written and as read, its author and time, and the text behind.

    `has_sign` is whether a sign, a time or an author stands between date and text.
    """

    written: str
    date: dt.date | None
    instant: str
    author: str
    time: str
    rest: str
    has_sign: bool

    @property
    def text(self) -> str:
        """The note with its date as this dialect has it: `2025-01-08 (Ann): 14:30 Moved.`"""
        day = f"{self.date.isoformat()}{self.instant}" if self.date else self.written
        author = f" ({self.author})" if self.author else ""
        return f"{day}{author}: {' '.join(filter(None, (self.time, self.rest)))}".rstrip()


def find_note_head(line: str) -> NoteHead | None:
    """The date at the start of a line, and what belongs to it; None where no whole date stands there."""
    match = _HEAD.match(line[:_HEAD_LENGTH])
    if match is None:
        return None
    opened, written = match["open"], match["date"]
    if opened[-1:] == "[" and opened[-2:] != "[[" and line[match.end("close") :][:1] == "(":  # a link, which stays
        return NoteHead(written, parse_written_date(written), "", "", "", line.strip(), has_sign=True)
    emphasis = _find_open_emphasis(opened, match["close"] + match["later_close"] + match["last_close"])
    if emphasis is None:
        return None
    between = line[match.end("close") : match.end()].strip()
    return NoteHead(
        written=written,
        date=parse_written_date(written),
        instant=match["instant"] or "",
        author=" ".join((match["round"] or match["square"] or "").split()),
        time=match["time"] or match["later_time"] or "",
        rest=f"{emphasis}{line[match.end() :]}".strip(),
        has_sign=bool(between or opened),
    )


def _find_open_emphasis(opened: str, closed: str) -> str | None:
    """The signs of emphasis before a date that end only in the text behind it; None where a bracket stays open."""
    for sign in reversed(opened):
        partner = _BRACKETS.get(sign, sign)
        if partner in closed:
            closed = closed.replace(partner, "", 1)
            opened = opened[::-1].replace(sign, "", 1)[::-1]
        elif sign in _BRACKETS or sign in _QUOTES:
            return None
    return opened


def begins_with_partial_date(line: str) -> bool:
    """Whether a line begins with a day and a month, and a sign behind them, but without a year."""
    return _PARTIAL_HEAD.match(line[:_HEAD_LENGTH]) is not None


def reads_day_first(heads: list[NoteHead]) -> bool:
    """Whether dates of digits alone are read day first: unless one of them is none if it is read so."""
    return not any(is_month_first(head.written) for head in heads)


def is_doubtful(head: NoteHead) -> bool:
    """Whether a date would be another one if it were read month first."""
    return may_be_month_first(head.written)
