"""How a rule is declared: a generator of violations whose docstring is the rule's documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from plansite.checks.context import CheckContext
from plansite.checks.subjects import ContentPage, find_field_line
from plansite.content.report import make_printable
from plansite.deferred_dataclass import dataclass
from plansite.model.findings import Finding, Fix, Level, Rule
from plansite.model.site import Site

Subject = TypeVar("Subject")

RuleFunction = Callable[[CheckContext, Subject], Iterator["Violation"]]


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a rule is broken, what is wrong, and what to do. Line 0 means the file as a whole."""

    path: str
    line: int
    message: str
    remedy: str = ""
    field: str = ""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class RuleCheck(Generic[Subject]):
    """A rule with the function that lists its subjects and the function that checks one subject.

    `needs_all_plans` is set where a plan cannot be checked without the others.
    """

    rule: Rule
    list_subjects: Callable[[Site], Iterable[Subject]]
    find_violations: RuleFunction[Subject]
    needs_all_plans: bool = False

    def __call__(self, context: CheckContext) -> Iterator[Finding]:
        """Every finding of this rule in a site."""
        return self.check_subjects(context, self.list_subjects(context.site))

    def check_subjects(self, context: CheckContext, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """The findings on these subjects, without those on a field whose value could not be read."""
        for violation in (each for subject in subjects for each in self.find_violations(context, subject)):
            if (violation.path, violation.line, violation.field) in context.unreadable_fields:
                continue
            yield Finding(
                rule=self.rule,
                path=violation.path,
                line=violation.line,
                message=make_printable(violation.message),
                remedy=make_printable(violation.remedy),
                field=violation.field,
                fix=violation.fix,
            )


def rule(
    code: str,
    level: Level,
    list_subjects: Callable[[Site], Iterable[Subject]],
    *,
    needs_all_plans: bool = False,
) -> Callable[[RuleFunction[Subject]], RuleCheck[Subject]]:
    """Declare a rule that is applied to each subject in turn.

    Its name is the function's, with hyphens; its documentation is the docstring: what, why, and an example.
    """

    def declare(function: RuleFunction[Subject]) -> RuleCheck[Subject]:
        name = function.__name__.replace("_", "-")
        doc = inspect.getdoc(function) or ""
        return RuleCheck(Rule(code, name, level, doc), list_subjects, function, needs_all_plans)

    return declare


def flag(
    page: ContentPage,
    message: str,
    remedy: str = "",
    fix: Fix | None = None,
    *,
    field: str = "",
    line: int = 0,
    instead: tuple[str, str] = ("", ""),
) -> Violation:
    """A violation in a document, at a line or at the line of one of its fields.

    `fix` is what the remedy changes. `instead` makes one of a value of the field and what the remedy puts in its place;
    it is empty where it puts nothing.
    """
    line = line or find_field_line(page, field)
    fix = Fix(line, *instead) if all(instead) else fix
    return Violation(page.path, line, message, remedy, field, fix)
