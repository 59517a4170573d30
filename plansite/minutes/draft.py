"""The draft of a review as a file: fields that can be known before a meeting, and what lies before it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from plansite.minutes.agenda import Agenda
from plansite.minutes.audience import narrowest
from plansite.minutes.carried import carried, is_homework, pressing
from plansite.minutes.closed import checks, closed
from plansite.minutes.homework import homework
from plansite.minutes.measures import measures
from plansite.minutes.people import expected, recipients
from plansite.minutes.phrases import plain
from plansite.model.people import same_name
from plansite.model.plan import Plan
from plansite.model.status import Kind
from plansite.model.words import count, listed, long_date
from plansite.scaffold.notation import Value, written

_HOW = """\
<!-- Send this before the meeting. Afterwards write down what was said and decided. Take “(expected)” away from each
who came, and move the others to apologies. -->
"""
_DECIDE = "<!-- One line for each decision, with its reason. -->"
_UPDATES = "<!-- What each agency, the person and the family have to tell beside the actions. -->"
_NEW = "<!-- One line for each. Then make a file of it with “plansite new action”. -->"


def draft(agenda: Agenda, decisions: Sequence[str]) -> str:
    """The text of the file. `decisions` are those of the last review, as Markdown."""
    parts = [f"---\n{''.join(_fields(agenda))}---\n{_HOW}\n{_expectation(agenda, len(decisions))}\n"]
    parts += (f"\n## {title}\n{body}\n" for title, body in _sections(agenda, decisions))
    return "".join(parts)


def _sections(agenda: Agenda, decisions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Titles and bodies in order; a part that would be empty is left out."""
    is_session = agenda.plan.kind is Kind.COUNSELLING
    parts: list[tuple[str, Iterator[str]]] = [
        ("Decisions", iter([_DECIDE])),
        ("Previous decisions", _previous(agenda, decisions)),
        ("Homework", homework(agenda)),
        ("Actions carried forward", carried(agenda)),
        ("Closed since last time" if agenda.last else "Closed so far", closed(agenda)),
        ("Verification due", checks(agenda)),
        ("Measures to look at", measures(agenda)),
        ("Updates", iter([_UPDATES])),
        ("New homework and actions" if is_session else "New actions", _new(is_session=is_session)),
    ]
    for title, lines in parts:
        body = "\n".join(lines)
        if body:
            yield title, body


def _previous(agenda: Agenda, decisions: Sequence[str]) -> Iterator[str]:
    last = agenda.last
    if last is None:
        yield "This is the first review, so there are none."
        return
    held = f" of {long_date(last.date)}" if last.date else ""
    source = f"[{plain(last.title)}]({last.path.rpartition('/')[2]}){held}"
    if not decisions:
        yield f"None were written down at {source}."
        return
    yield f"From {source}. Tick each that is done or still holds."
    yield ""
    yield from (f"- [ ] {decision}" for decision in decisions)


def _new(*, is_session: bool) -> Iterator[str]:
    yield _NEW
    yield f"- Who: … What: … By when: …{' Why it may help: …' if is_session else ''}"


def _expectation(agenda: Agenda, decisions: int) -> str:
    """What is expected of those who meet, in one sentence that is short enough to be read at a glance."""
    tasks = sum(is_homework(item) for item in agenda.items)
    if agenda.plan.kind is Kind.COUNSELLING and tasks:
        return f"Today we look at how {count(tasks, 'homework task')} went, and agree what comes next."
    late = pressing(agenda)
    asks = [f"to agree what happens next with {listed(late)}"] if late else []
    if not late and agenda.items:
        asks = [
            f"to hear how {count(len(agenda.items), 'open action')} {'is' if len(agenda.items) == 1 else 'are'} going"
        ]
    if agenda.closed:
        asks.append(f"to take {count(len(agenda.closed), 'closed action')} off the list")
    elif decisions:
        asks.append(f"to confirm {count(decisions, 'decision')}")
    return f"Please come ready {', and '.join(asks or ['to agree who does what next, and by when'])}."


def _fields(agenda: Agenda) -> Iterator[str]:
    last, site, plan = agenda.last, agenda.site, agenda.plan
    values: dict[str, Value] = {
        "title": _title(plan, agenda.day),
        "date": agenda.day,
        "kind": last.kind if last else "",
        "chair": (last.chair if last else "") or plan.owner,
        "minute_taker": last.minute_taker if last else "",
        "present": expected(site, plan, last),
        "apologies": (),
        "next": agenda.next or "",
        "distribution": recipients(site, plan, last),
        "audience": str(narrowest(agenda) or ""),
    }
    for name, value in values.items():
        if value or name != "audience":
            yield _field(name, value)


def _field(name: str, value: Value) -> str:
    if isinstance(value, tuple) and value:
        return "".join((f"{name}:\n", *(f"  - {written(each)}\n" for each in value)))
    return f"{name}: {written(value)}".rstrip() + "\n"


def _title(plan: Plan, day: date) -> str:
    """The month's review; where the month has another, the review of that day."""
    monthly = f"{calendar.month_name[day.month]} review"
    every = plan.review_every
    often = every is not None and not every.months and every.days < 28
    taken = any(
        same_name(review.title) == same_name(monthly) and review.date and review.date.year == day.year
        for review in plan.reviews
        if review.date != day
    )
    return f"Review of {long_date(day)}" if often or taken else monthly
