"""Rows for what has a day and is no action: checks of finished work, and reviews of plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, finished_on, next_review
from plansite.model.plan import Plan
from plansite.model.words import due_in_words, long_date
from plansite.site.addresses import action_page, party_link, plan_link, plan_page
from plansite.site.page import Link
from plansite.site.parts import Row, Steps, course_tag, plan_tag


def awaiting(outlook: Outlook) -> list[Action]:
    """Finished actions that somebody has yet to check, the earliest check first, those without a day last."""
    return sorted((action for action in outlook.finished if awaits_check(action)), key=_by_check)


def _by_check(action: Action) -> tuple[date, str, str]:
    return (check_due(action) or date.max, action.plan, action.slug)


def check_due(action: Action) -> date | None:
    """The day by which an action is checked."""
    return action.verification.due if action.verification else None


def check_row(outlook: Outlook, action: Action) -> Row:
    """A check to be made: its owner is whoever checks."""
    check, due = action.verification, check_due(action)
    finished = finished_on(action)
    return Row(
        title=Link(f"Check: {action.title}", action_page(action)),
        ref=action.ref,
        plan=plan_link(outlook.site.plans_by_slug[action.plan]),
        owner=party_link(outlook.site, check.by if check else ""),
        when=due_in_words(due, outlook.today) if due else "No date",
        due=due,
        is_late=due is not None and due < outlook.today,
        said=" ".join(
            (f"Finished on {long_date(finished)}." if finished else "Finished.", check.method if check else "")
        ).strip(),
        said_on=None,
        steps=Steps(),
        tag=course_tag(action, outlook.standing(action)),
    )


def review_rows(outlook: Outlook) -> Iterator[Row]:
    """The next review of each plan that has one, whether late or not."""
    for plan in outlook.site.plans:
        due = next_review(plan)
        if due:
            yield _review_row(outlook, plan, due)


def _review_row(outlook: Outlook, plan: Plan, due: date) -> Row:
    held = max((review.date for review in plan.reviews if review.date), default=None)
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
