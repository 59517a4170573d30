"""Dates of a new document that cannot both be true, and dates that are outside the time of its plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date
from plansite.scaffold.field_values import FieldValue, FieldValueError

#: Pairs of fields by kind of document: the first day is not after the second.
_ORDERED_FIELDS = {
    "plan": (("start", "end"),),
    "action": (("created", "due"), ("created", "completed"), ("started", "completed")),
    "review": (("date", "next"),),
}
_MEANINGS = {
    "start": "the start of the plan",
    "end": "the end of the plan",
    "due": "the due date",
    "completed": "the day it was completed",
    "next": "the next review",
    "created": "the day it was agreed",
    "started": "the day work began",
    "date": "the day of this review",
}


def ensure_date_order(
    kind: str, given: Mapping[str, FieldValue], known: Mapping[str, FieldValue], plan: Plan | None = None
) -> None:
    """Raise FieldValueError if two dates of a new document contradict each other, or a review is before its plan.

    `known` are the values that fields have if they are not `given`, such as today for `created`.
    """
    values = {**known, **given}
    for first, second in _ORDERED_FIELDS.get(kind, ()):
        earlier, later = values.get(first), values.get(second)
        if isinstance(earlier, date) and isinstance(later, date) and later < earlier:
            advice = "correct one of the two" if first in given else f"correct it, or give the other with --{first}"
            raise FieldValueError(
                f"{_MEANINGS[second]}, {format_long_date(later)}, is before {_MEANINGS[first]}, "
                f"{format_long_date(earlier)}; {advice}"
            )
    day = values.get("date")
    if kind == "review" and plan and isinstance(day, date):
        ensure_review_in_plan(plan, day)


def ensure_review_in_plan(plan: Plan, day: date) -> None:
    """Raise FieldValueError if the day of a review is before the start of its plan."""
    if plan.start and day < plan.start:
        raise FieldValueError(
            f"the day of the review, {format_long_date(day)}, is before the start of the plan, "
            f"{format_long_date(plan.start)}; give another day with --date, or correct `start` in {plan.path}"
        )


def list_date_warnings(kind: str, values: Mapping[str, FieldValue], plan: Plan | None, today: date) -> Iterator[str]:
    """Sentences about dates of a new document that are probably wrong, but can be true."""
    due, day = values.get("due"), values.get("date")
    if kind == "action" and plan and isinstance(due, date):
        if plan.end and due > plan.end:
            yield (
                f"It is due on {format_long_date(due)}, after the plan ends on {format_long_date(plan.end)}. Give an "
                "earlier date, or say in the plan who takes it on."
            )
        if plan.start and due < plan.start:
            yield (
                f"It is due on {format_long_date(due)}, before the plan starts on {format_long_date(plan.start)}. "
                "Correct one of the two."
            )
    if kind == "review" and plan and isinstance(day, date) and plan.end and day > plan.end:
        yield f"The review is on {format_long_date(day)}, after the plan ends on {format_long_date(plan.end)}."
    past = {"completed": values.get("completed"), "started": values.get("started")}
    past |= {"created": values.get("created")} if kind == "action" else {}
    past |= {"date": day} if kind == "incident" else {}
    for name, written in past.items():
        if isinstance(written, date) and written > today:
            yield f"`{name}` is {format_long_date(written)}, which is in the future. Correct it if it is wrong."
