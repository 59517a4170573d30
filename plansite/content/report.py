"""Collects the findings of one file while it is parsed, and words their messages and remedies."""

from __future__ import annotations

import calendar
import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from plansite.content.invisible import replace_refused_directions
from plansite.model.dates import FIRST_YEAR, LAST_YEAR, parse_day_first_date
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_long_date

#: Control characters, surrogates for invalid bytes, and noncharacters: a file name can have all.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: The most findings of one file that are listed. Without a limit, a small file of faults would become a page of many
#: megabytes.
MAX_FINDINGS = 200


class Report:
    """Collects the findings of one file; a new one is made each time it is parsed."""

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
        """Add a finding; lines and columns count from 1, and 0 stands for the file as a whole."""
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
        """The findings in the order of the file: the first MAX_FINDINGS, and one that stands for all others."""
        return limit_findings(sorted(self._findings, key=lambda finding: finding.sort_key))


def limit_findings(findings: list[Finding]) -> tuple[Finding, ...]:
    """Of the findings of one file the first MAX_FINDINGS, and one that stands for all others.

    Where they are more, those that stop a narrower build come first, so that none of them is left out for others.
    """
    if len(findings) <= MAX_FINDINGS:
        return tuple(findings)
    findings = sorted(findings, key=lambda finding: not finding.rule.stops_narrower_build)
    return (*findings[:MAX_FINDINGS], _summarise_excess(findings[MAX_FINDINGS:]))


def _summarise_excess(findings: list[Finding]) -> Finding:
    """A finding that gives the number of these findings, with rule and message of the most severe."""
    worst = min(findings, key=lambda finding: tuple(Level).index(finding.rule.level))
    message = f"there are {len(findings):,} more faults in this file; this is one of them: {worst.message}"
    return replace(worst, message=message)


def find_nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most similar to a word; empty where none is similar."""
    return _find_nearest(word.casefold(), tuple(choices)) if len(word) <= 100 else ""


@functools.lru_cache(1024)
def _find_nearest(word: str, choices: tuple[str, ...]) -> str:
    """Cached: the search is slow, and the same mistake is often made in many files."""
    return next(iter(difflib.get_close_matches(word, choices, n=1, cutoff=0.6)), "")


def suggest_word(word: str, choices: Iterable[str]) -> str:
    """A question such as `did you mean “owner”?`; empty where no choice is similar."""
    nearest = find_nearest(word, choices)
    return f"did you mean “{nearest}”?" if nearest else ""


def quote_text(text: str) -> str:
    """A text quoted in a message: one line, at most 60 characters."""
    line = " ".join(text.split())
    return f"“{line[:59]}…”" if len(line) > 60 else f"“{line}”"


def make_printable(name: str) -> str:
    """A file name, or a message with names, with � in place of invisible characters and invalid bytes."""
    if name.isascii() and name.isprintable():
        return name
    return replace_refused_directions(_INVISIBLE.sub("\ufffd", name), "\ufffd")


_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")


def suggest_date(text: str) -> str:
    """The remedy for a text that is not a date."""
    meant = parse_day_first_date(text.strip())
    if meant:
        return f"if you mean {format_long_date(meant)}, write {meant.isoformat()}"
    match = _YEAR_FIRST.match(text.strip())
    if match:
        year, month, day = (int(part) for part in match.groups())
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
        if 1 <= month <= 12:
            last = calendar.monthrange(year, month)[1]
            if day > last:
                example = f"{year:04}-{month:02}-{last:02}"
                return f"{calendar.month_name[month]} {year} has {last} days; write for example {example}"
            written = f"{year:04}-{month:02}-{day:02}"
            if day and text.strip().startswith(written):
                return f"write only the day, {written}, or correct what follows it"
            if day:
                return f"write {written}"
        return "the month is the number in the middle, from 01 to 12"
    return "write year, month and day, for example 2025-01-31"
