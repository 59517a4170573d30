"""What was closed since the last review, and the checks that are still to be made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.dates import CalendarInterval, add_interval
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.plan import Measure, Reading
from plansite.model.status import HomeworkOutcome, Status, VerificationResult
from plansite.review_draft.agenda import Agenda, AgendaCheck
from plansite.review_draft.markdown_text import escape_markdown, format_action_title, format_link, format_sentence
from plansite.review_draft.open_actions import describe_open_action, is_homework
from plansite.site.plan.measure_figures import MeasureFigures


def format_closed_actions(agenda: Agenda) -> Iterator[str]:
    """The lines of "Closed since last time"; nothing where none was."""
    if agenda.closed:
        yield "For agreement to remove. Tick each that can go."
        yield ""
    for action, when in agenda.closed:
        yield f"- [ ] {format_action_title(action, agenda.plan)}. {_describe_closing(action, when)}"


def _describe_closing(action: Action, closed_on: date | None) -> str:
    day = f" on {format_long_date(closed_on)}" if closed_on else ", on a day that is not written down"
    by = f" by {escape_markdown(action.owner)}" if action.owner else ""
    if action.status is Status.CANCELLED:
        return f"Cancelled{day}{f': {escape_markdown(action.reason)}' if action.reason else ', without a reason'}."
    check = action.verification
    if check and check.result is VerificationResult.PASSED and check.date:
        return (
            f"Completed{by}{day}. {escape_markdown(check.by) or 'Somebody'} checked it on "
            f"{format_long_date(check.date)}."
        )
    return f"Completed{by}{day}."


def format_checks(agenda: Agenda) -> Iterator[str]:
    """The lines of "Verification due"; nothing where no check is to be made and none was."""
    for check in agenda.checks:
        yield f"- {format_action_title(check.action, agenda.plan)}. {_describe_check(check, agenda.as_at)}"
    if agenda.checked_actions:
        yield from ("",) if agenda.checks else ()
        yield (
            "Passed since last time: "
            f"{format_list([format_action_title(action, agenda.plan) for action in agenda.checked_actions])}."
        )


def _describe_check(check: AgendaCheck, as_at: date) -> str:
    """Who checks, by when and how; of checks that go on, whoever made the first one makes the next."""
    action, told = check.action, check.action.verification
    by, method = (told.by, told.method) if told else ("", "")
    who = escape_markdown(by or (action.owner if check.is_repeated else "")) or "Nobody is named"
    again = " again" if check.is_repeated else ""
    if check.due is None:
        return f"{who}, no date yet. {format_sentence(method)}".strip()
    late = " This is late." if check.due < as_at else ""
    return f"{who}{again}, by {format_long_date(check.due)}.{late} {format_sentence(method)}".strip()


#: What often gets in the way, in the words of those who say it.
COMMON_BARRIERS = ("forgot", "no time", "too hard", "too low", "too worried", "somebody stopped me", "did not fit me")


def format_homework(agenda: Agenda) -> Iterator[str]:
    """The lines of "Homework"; nothing where none is open."""
    items = [item for item in agenda.items if is_homework(item)]
    if not items:
        return
    yield f"Often in the way: {', '.join(COMMON_BARRIERS)}, something else."
    yield ""
    for item in items:
        given = item.action.homework
        yield f"- {describe_open_action(agenda, item)}"
        if given and given.rationale:
            yield f"  - Why it may help: {format_sentence(given.rationale)}"
        so_far = f" Last noted: {given.outcome}." if given and given.outcome else ""
        yield f"  - How it went: {' / '.join(HomeworkOutcome)}.{so_far}"
        yield "  - What got in the way:"
        yield "  - Update:"


_MAX_READINGS = 6
_MONTH = CalendarInterval(months=1)


def format_measures(agenda: Agenda) -> Iterator[str]:
    """The lines of "Measures to look at"; nothing where the plan has none."""
    since = agenda.last_review.date if agenda.last_review else None
    for measure in agenda.plan.measures:
        said = (
            f"- {format_link(measure, agenda.plan)}. "
            f"{escape_markdown(MeasureFigures.from_measure(measure).describe_latest())}"
        )
        yield f"{said} {_describe_new_readings(measure, since)}".rstrip() if since else said


def _describe_new_readings(measure: Measure, since: date) -> str:
    terms = MeasureFigures.from_measure(measure)
    new = [reading for reading in measure.readings if _find_known_from(reading, terms) >= since]
    if not new:
        return f"No new reading since {format_long_date(since)}."
    if len(new) > _MAX_READINGS:
        return f"{format_count(len(new), 'reading')} since last time."
    told = [f"{escape_markdown(terms.format_figure(each.value))} ({terms.format_date(each.date)})" for each in new]
    return f"New since last time: {format_list(told)}."


def _find_known_from(reading: Reading, terms: MeasureFigures) -> date:
    """The day from which a reading can be known: one that stands for a month, when the month is over."""
    return add_interval(reading.date, _MONTH) if terms.is_monthly else reading.date
