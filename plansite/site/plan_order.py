"""The order in which plans stand: what needs most comes first."""

from __future__ import annotations

from datetime import date

from plansite.model.course import Course, Outlook
from plansite.model.plan import Plan

_NEED = (Course.OVERDUE, Course.AT_RISK, Course.ON_TRACK, Course.COMPLETED)


def worst_first(outlook: Outlook) -> tuple[Plan, ...]:
    """The plans of a site by their course, then by what is due next, then by title; finished plans last."""

    def need(plan: Plan) -> tuple[int, date, str, str]:
        course = outlook.plan_standing(plan).course
        due = min((action.due for action in plan.open_actions if action.due), default=date.max)
        return (_NEED.index(course), due, plan.title.casefold(), plan.slug)

    return tuple(sorted(outlook.site.plans, key=need))
