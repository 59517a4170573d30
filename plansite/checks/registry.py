"""How a rule is declared: a generator that says what it sees, and its docstring as the documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from plansite.checks.context import CheckContext, ContentPage, find_field_line
from plansite.model.findings import Finding, Level, Rule

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule says of a place: what is wrong, and what to do. Line 0 means the file as a whole."""

    path: str
    line: int
    message: str
    remedy: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class RuleCheck(Generic[Subject]):
    """A rule with what it is asked of and how it judges; `wide` is one that must see all plans to judge any."""

    rule: Rule
    list_subjects: Callable[[CheckContext], Iterable[Subject]]
    find_violations: Callable[[CheckContext, Subject], Iterator[Violation]]
    needs_all_plans: bool = False

    def __call__(self, context: CheckContext) -> Iterator[Finding]:
        """Every finding of this rule in a site."""
        return self.check_subjects(context, self.list_subjects(context))

    def check_subjects(self, context: CheckContext, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """Its findings on these alone. A field that could not be read is not judged as well."""
        for said in (said for subject in subjects for said in self.find_violations(context, subject)):
            if (said.path, said.line, said.field) in context.unreadable_fields:
                continue
            yield Finding(
                rule=self.rule,
                path=said.path,
                line=said.line,
                message=said.message,
                remedy=said.remedy,
                field=said.field,
            )


RuleFunction = Callable[[CheckContext, Subject], Iterator[Violation]]


def rule(
    code: str,
    level: Level,
    list_subjects: Callable[[CheckContext], Iterable[Subject]],
    *,
    needs_all_plans: bool = False,
) -> Callable[[RuleFunction[Subject]], RuleCheck[Subject]]:
    """Declare a rule that is asked of `each` subject in turn.

    Its name is the function's with hyphens, and its documentation the docstring: what, why, and an example.
    """

    def declare(judge: RuleFunction[Subject]) -> RuleCheck[Subject]:
        name = judge.__name__.replace("_", "-")
        return RuleCheck(Rule(code, name, level, inspect.getdoc(judge) or ""), list_subjects, judge, needs_all_plans)

    return declare


def flag(page: ContentPage, message: str, remedy: str = "", *, field: str = "", line: int = 0) -> Violation:
    """Say something of a document, at a line or at the line of one of its fields."""
    return Violation(page.path, line or find_field_line(page, field), message, remedy, field)
