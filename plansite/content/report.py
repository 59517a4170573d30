"""Where the faults of one file are gathered while it is read."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from plansite.model.findings import Finding, Level, Rule

#: Controls, directions, bytes that are no UTF-8, noncharacters: a file's name may hold them all.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: So many faults of one file are told. Whoever has mended them sees the rest; without a limit, a small file of faults
#: becomes a page of many megabytes.
MOST = 200


class Report:
    """Collects the findings of one file. Made for one reading and thrown away after it."""

    def __init__(self, path: str) -> None:
        """`path` is relative to the site, with forward slashes."""
        self.path = visible(path)
        self._found: list[Finding] = []

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
        self._found.append(
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
        found = sorted(self._found, key=lambda finding: finding.order)
        return tuple(found) if len(found) <= MOST else (*found[:MOST], _further(found[MOST:]))


def _further(found: list[Finding]) -> Finding:
    """Stands for all of these; it weighs as much as the worst of them."""
    worst = min(found, key=lambda finding: tuple(Level).index(finding.rule.level))
    said = f"there are {len(found):,} more faults in this file; this is one of them: {worst.message}"
    return replace(worst, message=said)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, if any is like it at all; else an empty text."""
    return _nearest(word.casefold(), tuple(known)) if len(word) <= 100 else ""


@functools.lru_cache(1024)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Kept, for the same slip is mostly made in many files, and the search is slow."""
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "owner"?`, or nothing."""
    near = nearest(word, known)
    return f"did you mean “{near}”?" if near else ""


def shown(text: str) -> str:
    """A text quoted in a message: one line, at most 60 characters."""
    line = " ".join(text.split())
    return f"“{line[:59]}…”" if len(line) > 60 else f"“{line}”"


def visible(name: str) -> str:
    """The name of a file as it may be shown: what cannot be seen, is no letter at all, or turns the writing is �."""
    return name if name.isascii() and name.isprintable() else _UNSEEN.sub("\ufffd", name)
