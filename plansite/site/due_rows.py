"""Rows for what has a day and is no action: checks of finished work, and reviews of plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, finished_on, held_reviews, next_review
from plansite.model.plan import Plan
from plansite.model.repeat import next_repeat
from plansite.model.words import due_in_words, long_date
from plansite.site.addresses import action_page, party_link, plan_link, plan_page
from plansite.site.follow_up import again_words, repeat_words
from plansite.site.page import Link
from plansite.site.parts import Row, Steps, course_tag, plan_tag


def awaiting(outlook: Outlook) -> list[Action]:
    """Finished actions that somebody has yet to check, the earliest check first, those without a day last."""
    return sorted((action for action in outlook.finished if awaits_check(action)), key=_by_check)


def _by_check(action: Action) -> tuple[date, str, str]:
    return (check_due(action) or date.max, action.plan, action.slug)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A check to be made: of a finished action, by whom, by which day, and whether it is one of those that go on."""

    action: Action
    by: str
    due: date | None
    goes_on: bool


def outstanding(outlook: Outlook) -> list[Outstanding]:
    """Every check to be made, the earliest first: those awaited, and the next of each that go on."""
    return sorted((*_awaited(outlook), *_going_on(outlook)), key=_by_day)


def _awaited(outlook: Outlook) -> Iterator[Outstanding]:
    for action in outlook.finished:
        if awaits_check(action):
            yield Outstanding(action, _checker(action), check_due(action), False)


def _going_on(outlook: Outlook) -> Iterator[Outstanding]:
    """Whoever verifies makes these too; where nobody is named, the owner does."""
    for action in outlook.finished:
        day = next_repeat(action, outlook.today)
        if day:
            yield Outstanding(action, _checker(action) or action.owner, day, True)


def _checker(action: Action) -> str:
    return action.verification.by if action.verification else ""


def _by_day(check: Outstanding) -> tuple[date, str, str]:
    return (check.due or date.max, check.action.plan, check.action.slug)


def check_due(action: Action) -> date | None:
    """The day by which an action is checked."""
    return action.verification.due if action.verification else None


def check_row(outlook: Outlook, check: Outstanding) -> Row:
    """A check to be made: its owner is whoever checks."""
    action, due = check.action, check.due
    return Row(
        title=Link(f"{'Check again' if check.goes_on else 'Check'}: {action.title}", action_page(action)),
        ref=action.ref,
        plan=plan_link(outlook.site.plans_by_slug[action.plan]),
        owner=party_link(outlook.site, check.by),
        when=due_in_words(due, outlook.today) if due else "No date",
        due=due,
        is_late=due is not None and due < outlook.today,
        said=_said(outlook, check),
        said_on=None,
        steps=Steps(),
        tag=course_tag(action, outlook.standing(action)),
    )


def _said(outlook: Outlook, check: Outstanding) -> str:
    finished, how = finished_on(check.action), check.action.verification
    if check.goes_on:
        return f"{repeat_words(check.action)}. {again_words(check.action, outlook.today)}"
    said = f"Finished on {long_date(finished)}." if finished else "Finished."
    return f"{said} {how.method if how else ''}".strip()


def review_rows(outlook: Outlook) -> Iterator[Row]:
    """The next review of each plan that has one, whether late or not."""
    for plan in outlook.site.plans:
        due = next_review(plan)
        if due:
            yield _review_row(outlook, plan, due)


def _review_row(outlook: Outlook, plan: Plan, due: date) -> Row:
    held = max((review.date for review in held_reviews(plan) if review.date), default=None)
    return Row(
        title=Link(f"Review: {plan.title}", plan_page(plan.slug, "reviews")),
        ref="",
        plan=plan_link(plan),
        owner=party_link(outlook.site, plan.owner),
        when=due_in_words(due, outlook.today),
        due=due,
        is_late=due < outlook.today,
        said=f"Last held on {long_date(held)}." if held else "None has been held yet.",
        said_on=None,
        steps=Steps(),
        tag=plan_tag(outlook.plan_standing(plan)),
    )
