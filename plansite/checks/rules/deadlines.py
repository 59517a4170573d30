"""Deadlines written into a text, and whether they agree with the due date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import find_field_line, list_actions
from plansite.content.report import quote_text
from plansite.deferred_pattern import compile_lazily
from plansite.model.body import Body, TextRun
from plansite.model.dates import parse_day_first_date, parse_iso_date
from plansite.model.documents.action import Action
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date

_DATE = r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}"
_DEADLINE = compile_lazily(
    r"\b(?:by|due|before|until|till|no later than|not later than|deadline)"
    r"(?: date)?(?::| is| of)? (?:on )?(?:the )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?P<date>{_DATE})(?![\w/])",
    re.IGNORECASE,
)
_DATE_DIGITS = compile_lazily(r"\d{4}|\d[/.\-]\d")
#: Sections that are not searched: progress and outcome tell of the past, and steps are searched one by one.
_SKIPPED_SECTIONS = ("steps", "progress", "outcome")


@rule("PS220", Level.WARNING, list_actions)
def contradicting_deadline(context: CheckContext, action: Action) -> Iterator[Violation]:
    """The text gives a different deadline from `due`.

    Usually the date was moved in one place and not in the other. Earlier due dates may be named, and so may the day
    of the check and the last day of the plan. A day before the action was agreed is taken as history, and a step may be
    due before the action is. Progress entries are not checked.

    Example: the text says "by 06/01/25", and the field says `due: 2025-01-07`.
    """
    if action.due is None:
        return
    end = context.find_plan(action).end
    for text, line, is_step in _list_texts(action):
        for written, day in find_deadlines(text):
            if day != end and not _is_expected(action, action.due, day, is_step):
                message = f"the text says {quote_text(written)} and the action is due on {format_long_date(action.due)}"
                remedy = "correct the one that is wrong; note a move in `due_history`"
                yield flag(action, message, remedy, field="due", line=line)


def _is_expected(action: Action, due: date, day: date, is_step: bool) -> bool:
    """Whether a day is a known date of the action, is before it was agreed, or is of a step and before `due`."""
    known_days = {due, *(move.due for move in action.due_history)}
    if action.verification:
        known_days |= {action.verification.due, action.verification.date}
    return day in known_days or bool(action.created and day < action.created) or (is_step and day < due)


def _list_texts(action: Action) -> Iterator[tuple[str, int, bool]]:
    """Title, prose and steps, each with its line and whether it is a step."""
    yield action.title, find_field_line(action, "title"), False
    yield from ((run.text, run.line, False) for run in find_text_outside(action.body, _SKIPPED_SECTIONS))
    yield from ((step.text, step.line, True) for step in action.body.steps)


def find_text_outside(body: Body, titles: tuple[str, ...]) -> Iterator[TextRun]:
    """The text runs of a body that are under none of these headings (in lower case)."""
    lines = [section.line for section in body.sections]
    for run in body.text_runs:
        index = bisect_right(lines, run.line) - 1
        if index < 0 or body.sections[index].key not in titles:
            yield run


def find_deadlines(text: str) -> Iterator[tuple[str, date]]:
    """Each deadline of a text as written ("by 06/01/25") and its date; numeric dates are read day first."""
    if not _DATE_DIGITS.search(text):
        return  # most texts have no date, and this search is much faster than the one below
    for match in _DEADLINE.finditer(" ".join(text.split())):
        written = match.group("date").replace(",", "")
        day = parse_iso_date(written) or parse_day_first_date(written)
        if day:
            yield match.group(), day
