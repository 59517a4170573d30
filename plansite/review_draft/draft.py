"""The draft of a review as a Markdown file: the fields known before the meeting, and a section for each topic."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.people import normalise_name
from plansite.model.status import PlanKind
from plansite.review_draft.distribution import find_narrowest_audience, list_expected_people, list_recipients
from plansite.review_draft.open_actions import format_open_actions, is_homework, summarise_pressing_actions
from plansite.review_draft.sections import (
    format_checks,
    format_closed_actions,
    format_controls,
    format_homework,
    format_measures,
)
from plansite.scaffold.field_values import FieldValue, format_yaml_value
from plansite.scaffold.markdown_links import escape_markdown
from plansite.site.paper.agenda import Agenda

_INSTRUCTIONS = """\
<!-- Send this before the meeting. Afterwards write down what was said and decided. Delete “(expected)” after the name
of everybody who came, and move the others to apologies. -->
"""
_DECISIONS_HINT = "<!-- One line for each decision, with its reason. -->"
_UPDATES_HINT = "<!-- News from each agency, the person and the family that is not about an action. -->"
_NEW_ACTIONS_HINT = "<!-- One line for each. Then make a file for it with “plansite new action”. -->"


def format_draft(agenda: Agenda, decisions: Sequence[str]) -> str:
    """The text of the file. `decisions` are those of the last review, as Markdown."""
    front_matter = f"---\n{''.join(_format_fields(agenda))}---\n"
    opening = f"{_INSTRUCTIONS}\n{_format_expectation(agenda, len(decisions))}\n"
    sections = (f"\n## {title}\n{body}\n" for title, body in _format_sections(agenda, decisions))
    return "".join((front_matter, opening, *sections))


def _format_sections(agenda: Agenda, decisions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The titles and bodies of the sections in order, without empty ones."""
    is_session = agenda.plan.kind is PlanKind.COUNSELLING
    sections: list[tuple[str, Iterator[str]]] = [
        ("Decisions", iter([_DECISIONS_HINT])),
        ("Previous decisions", _format_previous_decisions(agenda, decisions)),
        ("Homework", format_homework(agenda)),
        ("Actions carried forward", format_open_actions(agenda)),
        ("Interim controls", format_controls(agenda)),
        ("Closed since last time" if agenda.last_review else "Closed so far", format_closed_actions(agenda)),
        ("Verification due", format_checks(agenda)),
        ("Measures to look at", format_measures(agenda)),
        ("Updates", iter([_UPDATES_HINT])),
        ("New homework and actions" if is_session else "New actions", _format_new_actions(is_session=is_session)),
    ]
    for title, lines in sections:
        body = "\n".join(lines)
        if body:
            yield title, body


def _format_previous_decisions(agenda: Agenda, decisions: Sequence[str]) -> Iterator[str]:
    last_review = agenda.last_review
    if last_review is None:
        yield "This is the first review, so there are no earlier decisions."
        return
    day = f" of {format_long_date(last_review.date)}" if last_review.date else ""
    source = f"[{escape_markdown(last_review.title)}]({last_review.path.rpartition('/')[2]}){day}"
    if not decisions:
        yield f"No decisions were recorded at {source}."
        return
    yield f"From {source}. Tick each one that is done or still applies."
    yield ""
    yield from (f"- [ ] {decision}" for decision in decisions)


def _format_new_actions(*, is_session: bool) -> Iterator[str]:
    yield _NEW_ACTIONS_HINT
    yield f"- Who: … What: … By when: …{' Why it may help: …' if is_session else ''}"


def _format_expectation(agenda: Agenda, decision_count: int) -> str:
    """What the participants are asked to prepare, in one short sentence."""
    homework_count = sum(is_homework(item) for item in agenda.items)
    if agenda.plan.kind is PlanKind.COUNSELLING and homework_count:
        return f"Today we look at how {format_count(homework_count, 'homework task')} went, and agree what comes next."
    pressing = summarise_pressing_actions(agenda)
    requests = []
    if pressing:
        requests.append(f"to agree what happens next with {format_list(pressing)}")
    elif agenda.items:
        verb = "is" if len(agenda.items) == 1 else "are"
        requests.append(f"to hear how {format_count(len(agenda.items), 'open action')} {verb} going")
    if agenda.closed:
        requests.append(f"to take {format_count(len(agenda.closed), 'closed action')} off the list")
    elif decision_count:
        requests.append(f"to confirm {format_count(decision_count, 'decision')}")
    return f"Please come ready {', and '.join(requests or ['to agree who does what next, and by when'])}."


def _format_fields(agenda: Agenda) -> Iterator[str]:
    """The lines of the front matter."""
    last_review, site, plan = agenda.last_review, agenda.site, agenda.plan
    values: dict[str, FieldValue] = {
        "title": _choose_title(plan, agenda.day),
        "date": agenda.day,
        "kind": last_review.kind if last_review else "",
        "chair": (last_review.chair if last_review else "") or plan.owner,
        "minute_taker": last_review.minute_taker if last_review else "",
        "present": list_expected_people(site, plan, last_review),
        "apologies": (),
        "next": agenda.next_date or "",
        "distribution": list_recipients(site, plan, last_review),
        "audience": str(find_narrowest_audience(agenda) or ""),
    }
    for name, value in values.items():
        if value or name != "audience":
            yield _format_field(name, value)


def _format_field(name: str, value: FieldValue) -> str:
    if isinstance(value, tuple) and value:
        return "".join((f"{name}:\n", *(f"  - {format_yaml_value(item)}\n" for item in value)))
    return f"{name}: {format_yaml_value(value)}".rstrip() + "\n"


def _choose_title(plan: Plan, day: date) -> str:
    """The title with the month; with the day if reviews are more frequent, or another one has the month's title."""
    monthly_title = f"{calendar.month_name[day.month]} review"
    interval = plan.review_every
    is_frequent = interval is not None and not interval.months and interval.days < 28
    is_taken = any(
        normalise_name(review.title) == normalise_name(monthly_title) and review.date and review.date.year == day.year
        for review in plan.reviews
        if review.date != day
    )
    return f"Review of {format_long_date(day)}" if is_frequent or is_taken else monthly_title
