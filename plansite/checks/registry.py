"""How a rule is declared: a generator that says what it sees, and its docstring as the documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from plansite.checks.grounds import Grounds, Page, line_of
from plansite.model.findings import Finding, Level, Rule

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of a place: what is wrong, and what to do. Line 0 means the file as a whole."""

    path: str
    line: int
    message: str
    remedy: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule with what it is asked of and how it judges; `wide` is one that must see all plans to judge any."""

    rule: Rule
    each: Callable[[Grounds], Iterable[Subject]]
    judge: Callable[[Grounds, Subject], Iterator[Said]]
    wide: bool = False

    def __call__(self, grounds: Grounds) -> Iterator[Finding]:
        """Every finding of this rule in a site."""
        return self.of(grounds, self.each(grounds))

    def of(self, grounds: Grounds, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """Its findings on these alone. A field that could not be read is not judged as well."""
        for said in (said for subject in subjects for said in self.judge(grounds, subject)):
            if (said.path, said.line, said.field) in grounds.unreadable:
                continue
            yield Finding(
                rule=self.rule,
                path=said.path,
                line=said.line,
                message=said.message,
                remedy=said.remedy,
                field=said.field,
            )


Judge = Callable[[Grounds, Subject], Iterator[Said]]


def rule(
    code: str, level: Level, each: Callable[[Grounds], Iterable[Subject]], *, wide: bool = False
) -> Callable[[Judge[Subject]], Check[Subject]]:
    """Declare a rule that is asked of `each` subject in turn.

    Its name is the function's with hyphens, and its documentation the docstring: what, why, and an example.
    """

    def declare(judge: Judge[Subject]) -> Check[Subject]:
        name = judge.__name__.replace("_", "-")
        return Check(Rule(code, name, level, inspect.getdoc(judge) or ""), each, judge, wide)

    return declare


def about(page: Page, message: str, remedy: str = "", *, field: str = "", line: int = 0) -> Said:
    """Say something of a document, at a line or at the line of one of its fields."""
    return Said(page.path, line or line_of(page, field), message, remedy, field)
