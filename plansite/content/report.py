"""Where the faults of one file are gathered while it is read."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable

from plansite.model.findings import Finding, Rule


class Report:
    """Collects the findings of one file. Made for one reading and thrown away after it."""

    def __init__(self, path: str) -> None:
        """`path` is shown as given: relative to the site, with forward slashes."""
        self.path = path
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
        """What was found, in the order of the file."""
        return tuple(sorted(self._found, key=lambda finding: finding.order))


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
