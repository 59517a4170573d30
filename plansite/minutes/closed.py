"""What was closed since the last review, and the checks that are still to be made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.minutes.agenda import Agenda, Check
from plansite.minutes.phrases import called, plain, sentence
from plansite.model.action import Action
from plansite.model.status import CheckResult, Status
from plansite.model.words import listed, long_date


def closed(agenda: Agenda) -> Iterator[str]:
    """The lines of "Closed since last time"; nothing where none was."""
    if agenda.closed:
        yield "For agreement to remove. Tick each that can go."
        yield ""
    for action, when in agenda.closed:
        yield f"- [ ] {called(action, agenda.plan)}. {_ending(action, when)}"


def _ending(action: Action, when: date | None) -> str:
    day = f" on {long_date(when)}" if when else ", on a day that is not written down"
    by = f" by {plain(action.owner)}" if action.owner else ""
    if action.status is Status.CANCELLED:
        return f"Cancelled{day}{f': {plain(action.reason)}' if action.reason else ', without a reason'}."
    check = action.verification
    if check and check.result is CheckResult.PASSED and check.date:
        return f"Completed{by}{day}. {plain(check.by) or 'Somebody'} checked it on {long_date(check.date)}."
    return f"Completed{by}{day}."


def checks(agenda: Agenda) -> Iterator[str]:
    """The lines of "Verification due"; nothing where no check is to be made and none was."""
    for check in agenda.checks:
        yield f"- {called(check.action, agenda.plan)}. {_check(check, agenda.as_at)}"
    if agenda.checked:
        yield from ("",) if agenda.checks else ()
        yield f"Passed since last time: {listed([called(action, agenda.plan) for action in agenda.checked])}."


def _check(check: Check, as_at: date) -> str:
    """Who checks, by when and how; of checks that go on, whoever made the first one makes the next."""
    action, told = check.action, check.action.verification
    by, method = (told.by, told.method) if told else ("", "")
    who = plain(by or (action.owner if check.goes_on else "")) or "Nobody is named"
    again = " again" if check.goes_on else ""
    if check.due is None:
        return f"{who}, no date yet. {sentence(method)}".strip()
    late = " This is late." if check.due < as_at else ""
    return f"{who}{again}, by {long_date(check.due)}.{late} {sentence(method)}".strip()
