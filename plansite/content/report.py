"""Collects the findings of one file while it is parsed, and words their messages and remedies."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plansite.content.invisible import replace_refused_directions
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.mark_grammar import is_within_slip
from plansite.model.dates import FIRST_YEAR, LAST_YEAR, parse_day_first_date
from plansite.model.findings import Finding, Fix, Level, Rule
from plansite.model.formatting import format_long_date
from plansite.model.people import normalise_name

#: Control characters, surrogates for invalid bytes, and noncharacters: a file name can have all.
_INVISIBLE = compile_lazily("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
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
        fix: Fix | None = None,
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
                fix=fix,
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
    message = f"there are {len(findings):,} more problems in this file; one of them is: {worst.message}"
    return replace(worst, message=message)


#: Words and names that are shorter or longer than this are near to no other. In the shortest,
#: letters can be swapped, and nothing else.
MIN_NEAR_LENGTH, MAX_NEAR_LENGTH = 3, 60
_BETWEEN_WORDS = compile_lazily(r"[_-]")
_NO_DIGIT = compile_lazily(r"\D+")


def is_near(word: str, choice: str) -> bool:
    """Whether a word is so near to a choice that it was probably meant: the one rule for all suggestions.

    They differ by one slip of the keyboard: a letter added, left out, changed or swapped with the next. More than that
    is another word, which may mean the opposite. Another digit is another number. Capitals, hyphens and the like do not
    count.
    """
    one, other = near_key(word), near_key(choice)
    shorter, longer = sorted((len(one), len(other)))
    has_length = (
        shorter >= MIN_NEAR_LENGTH
        and longer <= MAX_NEAR_LENGTH
        and (longer > MIN_NEAR_LENGTH or sorted(one) == sorted(other))
    )
    return has_length and _NO_DIGIT.sub("", one) == _NO_DIGIT.sub("", other) and is_within_slip(one, other)


def near_key(text: str) -> str:
    """The form in which texts are compared with `is_near`."""
    return _BETWEEN_WORDS.sub(" ", normalise_name(text))


def find_nearest(word: str, choices: Iterable[str]) -> str:
    """The first choice that is near to a word (see `is_near`), best the same one; empty where none is."""
    return _find_nearest(near_key(word), tuple(choices))


@functools.lru_cache(1024)
def _find_nearest(word: str, choices: tuple[str, ...]) -> str:
    """Cached, since the same mistake is often made in many files."""
    if len(word) > MAX_NEAR_LENGTH:
        return ""
    equal = (choice for choice in choices if near_key(choice) == word)
    return next(equal, "") or next((choice for choice in choices if is_near(word, choice)), "")


def suggest_word(word: str, choices: Iterable[str]) -> str:
    """A question such as `did you mean “owner”?`; empty where no choice is near."""
    return format_question(find_nearest(word, choices))


def format_question(nearest: str) -> str:
    """A question for a choice that was found; empty for none."""
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


_YEAR_FIRST = compile_lazily(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")


def suggest_date(text: str) -> str:
    """The remedy for a text that is not a date."""
    written, text = find_meant_date(text), text.strip()
    if meant := parse_day_first_date(text):
        return f"if you mean {format_long_date(meant)}, write {written}"
    match = _YEAR_FIRST.match(text)
    if match is None:
        return "write year, month and day, for example 2025-01-31"
    year, month, day = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
    if not written:
        return "the month is the number in the middle, from 01 to 12, and the day comes last, from 01"
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return f"{calendar.month_name[month]} {year} has {last} days; write for example {written}"
    return (
        f"write only the day, {written}, or correct what follows it" if text.startswith(written) else f"write {written}"
    )


def find_meant_date(text: str) -> str:
    """The date to write in place of a text that is not a date, where it can be told; else empty.

    Of a day that its month does not have, that is the last day of the month.
    """
    meant = parse_day_first_date(text.strip())
    match = None if meant else _YEAR_FIRST.match(text.strip())
    if match:
        year, month, day = (int(part) for part in match.groups())
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and day:
            meant = date(year, month, min(day, calendar.monthrange(year, month)[1]))
    return meant.isoformat() if meant else ""
