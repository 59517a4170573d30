"""Where the faults of one file are gathered while it is read."""

from __future__ import annotations

import calendar
import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plansite.model.dates import parse_iso_date
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_long_date

#: Controls, directions, bytes that are no UTF-8, noncharacters: a file's name may hold them all.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: So many faults of one file are told. Whoever has mended them sees the rest; without a limit, a small file of faults
#: becomes a page of many megabytes.
MAX_FINDINGS = 200


class Report:
    """Collects the findings of one file. Made for one reading and thrown away after it."""

    def __init__(self, path: str) -> None:
        """`path` is relative to the site, with forward slashes."""
        self.path = make_printable(path)
        self._findings: list[Finding] = []

    def add(
        self,
        rule: Rule,
        message: str,
        remedy: str = "",
        *,
        line: int = 0,
        column: int = 0,
        field: str = "",
        raw: str = "",
    ) -> None:
        """Note a finding at a place; lines and columns count from 1."""
        self._findings.append(
            Finding(
                rule=rule,
                path=self.path,
                line=line,
                column=column,
                message=message,
                remedy=remedy,
                field=field,
                raw=raw,
            )
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the file: the first MOST, and then how many more there are."""
        found = sorted(self._findings, key=lambda finding: finding.sort_key)
        return (
            tuple(found)
            if len(found) <= MAX_FINDINGS
            else (*found[:MAX_FINDINGS], _summarise_excess(found[MAX_FINDINGS:]))
        )


def _summarise_excess(findings: list[Finding]) -> Finding:
    """Stands for all of these; it weighs as much as the worst of them."""
    worst = min(findings, key=lambda finding: tuple(Level).index(finding.rule.level))
    said = f"there are {len(findings):,} more faults in this file; this is one of them: {worst.message}"
    return replace(worst, message=said)


def find_nearest(word: str, choices: Iterable[str]) -> str:
    """The known word most like this one, if any is like it at all; else an empty text."""
    return _find_nearest(word.casefold(), tuple(choices)) if len(word) <= 100 else ""


@functools.lru_cache(1024)
def _find_nearest(word: str, choices: tuple[str, ...]) -> str:
    """Kept, for the same slip is mostly made in many files, and the search is slow."""
    return next(iter(difflib.get_close_matches(word, choices, n=1, cutoff=0.6)), "")


def suggest_word(word: str, choices: Iterable[str]) -> str:
    """`did you mean "owner"?`, or nothing."""
    near = find_nearest(word, choices)
    return f"did you mean “{near}”?" if near else ""


def quote_text(text: str) -> str:
    """A text quoted in a message: one line, at most 60 characters."""
    line = " ".join(text.split())
    return f"“{line[:59]}…”" if len(line) > 60 else f"“{line}”"


def make_printable(name: str) -> str:
    """The name of a file as it may be shown: what cannot be seen, is no letter at all, or turns the writing is �."""
    return name if name.isascii() and name.isprintable() else _INVISIBLE.sub("\ufffd", name)


_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")
_MONTH_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


def parse_day_first_date(text: str) -> date | None:
    """A date as it is written by hand: 06/01/25, 6.1.2025, 6 January 2025; day first, two-digit years in 20xx."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _MONTH_NAMED.fullmatch(text):
        named = [n for name, n in _MONTHS.items() if name.startswith(match.group(2).lower())]
        if not named:
            return None
        day, month, year = int(match.group(1)), named[0], int(match.group(3))
    else:
        return None
    year += 2000 if year < 100 else 0
    return parse_iso_date(f"{year:04}-{month:02}-{day:02}")


def suggest_date(text: str) -> str:
    """The remedy shown beside "is not a date"."""
    found = parse_day_first_date(text.strip())
    if found:
        return f"if you mean {format_long_date(found)}, write {found.isoformat()}"
    match = _YEAR_FIRST.match(text.strip())
    if match:
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and year:
            last = calendar.monthrange(year, month)[1]
            if day > last:
                example = f"{year:04}-{month:02}-{last:02}"
                return f"{calendar.month_name[month]} {year} has {last} days; write for example {example}"
            if day:
                return f"write {year:04}-{month:02}-{day:02}"
        return "the month is the number in the middle, from 01 to 12"
    return "write year, month and day, for example 2025-01-31"
