"""The shorter sections of a draft: closed actions, checks, homework and measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.dates import CalendarInterval, add_interval
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.measure import Measure, Reading
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.interim_checks import find_checker
from plansite.model.status import HomeworkOutcome, VerificationResult
from plansite.review_draft.markdown_text import format_action_title, format_sentence
from plansite.review_draft.open_actions import describe_open_action, is_homework
from plansite.scaffold.markdown_links import escape_markdown, format_link
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import analyse_measure
from plansite.site.paper.agenda import Agenda, AgendaCheck

#: What often prevents homework, as people say it.
COMMON_BARRIERS = ("forgot", "no time", "too hard", "too low", "too worried", "somebody stopped me", "did not fit me")
_MAX_READINGS = 6
_MONTH = CalendarInterval(months=1)


def format_closed_actions(agenda: Agenda) -> Iterator[str]:
    """The lines of "Closed since last time"; none without closed actions."""
    if agenda.closed:
        yield "To be agreed as closed. Tick each one that can be removed."
        yield ""
    for action, when in agenda.closed:
        yield f"- [ ] {format_action_title(action, agenda.plan)}. {_describe_closing(action, when)}"


def _describe_closing(action: Action, closed_on: date | None) -> str:
    day = f" on {format_long_date(closed_on)}" if closed_on else ", on an unknown day"
    by = f" by {escape_markdown(action.owner)}" if action.owner else ""
    if action.is_dropped:
        reason = f": {escape_markdown(action.drop_reason)}" if action.drop_reason else ", without a reason"
        return f"{describe_drop(action)}{day}{reason}."
    check = action.verification
    if check and check.result is VerificationResult.PASSED and check.date:
        return (
            f"Completed{by}{day}. {escape_markdown(check.by) or 'Somebody'} checked it on "
            f"{format_long_date(check.date)}."
        )
    return f"Completed{by}{day}."


def format_checks(agenda: Agenda) -> Iterator[str]:
    """The lines of "Verification due"; none if no check is to be made and none has passed."""
    for check in agenda.checks:
        yield f"- {format_action_title(check.action, agenda.plan)}. {_describe_check(check, agenda.as_at)}"
    if agenda.checked_actions:
        yield from ("",) if agenda.checks else ()
        titles = [format_action_title(action, agenda.plan) for action in agenda.checked_actions]
        yield f"Passed since last time: {format_list(titles)}."


def _describe_check(check: AgendaCheck, as_at: date) -> str:
    """Who makes the check, by when and how. Repeated checks fall to the action's owner if nobody is named."""
    action, verification = check.action, check.action.verification
    by, method = (verification.by, verification.method) if verification else ("", "")
    who = escape_markdown(by or (action.owner if check.is_repeated else "")) or "Nobody is named"
    again = " again" if check.is_repeated else ""
    if check.due is None:
        return f"{who}, no date yet. {format_sentence(method)}".strip()
    late = " This is late." if check.due < as_at else ""
    return f"{who}{again}, by {format_long_date(check.due)}.{late} {format_sentence(method)}".strip()


def format_controls(agenda: Agenda) -> Iterator[str]:
    """The lines of "Interim controls": what keeps people safe until something is done. None without any."""
    for each in agenda.controls:
        document, due = each.document, each.next_check
        title = (
            format_action_title(document, agenda.plan)
            if isinstance(document, Action)
            else format_link(document, agenda.plan)
        )
        who = escape_markdown(find_checker(agenda.site, each.control, document.owner)) or "Nobody is named"
        late = " This is late." if due and due < agenda.as_at else ""
        when = f"check by {format_long_date(due)}.{late}" if due else "no day for the next check."
        yield f"- {title}. {format_sentence(each.control.control)} {who}, {when}"


def format_homework(agenda: Agenda) -> Iterator[str]:
    """The lines of "Homework"; none without open homework."""
    items = [item for item in agenda.items if is_homework(item)]
    if not items:
        return
    yield f"Common barriers: {', '.join(COMMON_BARRIERS)}, something else."
    yield ""
    for item in items:
        homework = item.action.homework
        yield f"- {describe_open_action(agenda, item)}"
        if homework and homework.rationale:
            yield f"  - Why it may help: {format_sentence(homework.rationale)}"
        last_outcome = f" Last noted: {homework.outcome}." if homework and homework.outcome else ""
        yield f"  - How it went: {' / '.join(HomeworkOutcome)}.{last_outcome}"
        yield "  - What got in the way:"
        yield "  - Update:"


def format_measures(agenda: Agenda) -> Iterator[str]:
    """The lines of "Measures to look at"; none if the plan has no measures."""
    since = agenda.last_review.date if agenda.last_review else None
    for measure in agenda.plan.measures:
        statistics = analyse_measure(measure)
        line = f"- {format_link(measure, agenda.plan)}. {escape_markdown(statistics.describe_with_latest())}"
        yield f"{line} {_describe_new_readings(measure, statistics.figures, since)}".rstrip() if since else line


def _describe_new_readings(measure: Measure, figures: MeasureFigures, since: date) -> str:
    new_readings = [reading for reading in measure.readings if _find_known_from(reading, figures) >= since]
    if not new_readings:
        return f"No new reading since {format_long_date(since)}."
    if len(new_readings) > _MAX_READINGS:
        return f"{format_count(len(new_readings), 'reading')} since last time."
    texts = [
        f"{escape_markdown(figures.format_reading(reading))} ({figures.format_date(reading.date)})"
        for reading in new_readings
    ]
    return f"New since last time: {format_list(texts)}."


def _find_known_from(reading: Reading, figures: MeasureFigures) -> date:
    """The day from which a reading can be known; that of a monthly measure when the month is over."""
    return add_interval(reading.date, _MONTH) if figures.is_monthly else reading.date
