"""The computed state of actions and plans on a day, with the reason for it."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.dates import add_days
from plansite.model.dependencies import describe_obstacle, list_obstacle_dates
from plansite.model.documents.action import Action, describe_drop, describe_reopening
from plansite.model.documents.action_order import ActionSortKey, newest_first_sort_key
from plansite.model.documents.plan import Plan
from plansite.model.formatting import choose_form, format_count, format_days, format_due, format_short_date
from plansite.model.review_dates import is_silent, latest_news_date, silent_from
from plansite.model.site import Site
from plansite.model.status import Course as Course  # part of the interface of this module
from plansite.model.status import Status

#: Claims about a whole plan, and what they become where some of its files were not read.
_GUARDED_CLAIMS = (
    ("No action has been agreed yet.", "No actions could be read."),
    ("The only action is closed.", "The only action that could be read is closed."),
    (" actions are closed.", " actions that could be read are closed."),
    ("Nothing is late.", "No action that could be read is late."),
)
#: What stands in a sentence that is another on the next day.
_COUNTED_DAYS = compile_lazily(r"\b(?:days?|today|tomorrow)\b")
_WORST_FIRST = (Course.OVERDUE, Course.AT_RISK, Course.ON_TRACK)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A course and the reason for it in one sentence; `days_late` is 0 unless the course is overdue.

    The dates are later days from which time alone makes it another: from which it is at risk (for another reason, if it
    is already), from which it is overdue, and from which its reason is another sentence. None if that does not happen.
    "Due in 3 days" and "Due in 2 days", or "late by 3 days" and "late by 4 days", are one sentence: scripts count days.
    """

    course: Course
    reason: str
    days_late: int = 0
    awaits_verification: bool = False
    at_risk_from: date | None = field(default=None, compare=False)
    overdue_from: date | None = field(default=None, compare=False)
    reason_until: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SiteOnDate:
    """A site on a day, and everything that is computed from the two. Results are cached."""

    site: Site
    today: date

    @functools.cached_property
    def _assessments(self) -> Mapping[tuple[str, str], Assessment]:
        return {
            (action.plan, action.slug): self._add_change_days(self._compute_assessment(action, plan), action, plan)
            for plan in self.site.plans
            for action in plan.actions
        }

    def assess_action(self, action: Action) -> Assessment:
        """The assessment of an action of this site; the glossary page lists the cases in the order of precedence."""
        return self._assessments[(action.plan, action.slug)]

    def _compute_assessment(self, action: Action, plan: Plan) -> Assessment:
        match action.effective_status:
            case Status.EMBEDDED:
                return Assessment(Course.EMBEDDED, "Finished, and checked by somebody else.")
            case Status.CANCELLED:
                words = describe_drop(action)
                return Assessment(
                    Course.CANCELLED, f"{words}: {action.drop_reason}." if action.drop_reason else f"{words}."
                )
            case Status.COMPLETED if action.awaits_verification:
                return Assessment(Course.COMPLETED, "Finished, and awaiting verification.", awaits_verification=True)
            case Status.COMPLETED:
                return Assessment(Course.COMPLETED, "The owner says this is done.")
        if action.due is not None and action.due < self.today:
            days_late = (self.today - action.due).days
            reason = f"{describe_reopening(action, self.today)} Overdue by {format_days(days_late)}.".lstrip()
            return Assessment(Course.OVERDUE, reason, days_late)
        risk = self._describe_risk(action, plan)
        return Assessment(Course.AT_RISK, risk) if risk else Assessment(Course.ON_TRACK, self._describe_due(action))

    def _add_change_days(self, assessment: Assessment, action: Action, plan: Plan) -> Assessment:
        """An assessment with the later days on which time alone changes it."""
        if assessment.course not in (Course.ON_TRACK, Course.AT_RISK):
            return assessment
        overdue_from = add_days(action.due, 1) if action.due else None
        days = self._list_risk_days(action, plan, assessment)
        at_risk_from = min((day for day in days if self.today < day < (overdue_from or date.max)), default=None)
        tomorrow = add_days(self.today, 1) if assessment.reason.startswith("No news for") else None
        return replace(
            assessment,
            at_risk_from=at_risk_from,
            overdue_from=overdue_from,
            reason_until=tomorrow or at_risk_from or overdue_from,
        )

    def _list_risk_days(self, action: Action, plan: Plan, now: Assessment) -> Iterator[date]:
        """The days from which an action is at risk for a reason before the present one in `_describe_risk`."""
        if action.status is Status.BLOCKED or action.is_reopened:
            return
        yield from (add_days(due, 1) for due in list_obstacle_dates(self.site, action))
        if action.due is None or (now.course is Course.AT_RISK and now.reason.startswith(("Waits for ", "Due "))):
            return
        if action.body.steps_done < len(action.body.steps):
            yield add_days(action.due, -self.site.settings.due_soon)
        silence = silent_from(action, plan)
        if silence and not now.reason.startswith("No news for"):
            yield silence

    def _describe_risk(self, action: Action, plan: Plan) -> str:
        """Why an open action that is not overdue is at risk; "" if it is not."""
        left = len(action.body.steps) - action.body.steps_done
        if action.status is Status.BLOCKED:
            return "Blocked."
        reason = describe_reopening(action, self.today) or describe_obstacle(self.site, action, self.today)
        if reason:
            return reason
        if action.due is None:
            return "It has no due date."
        if left and (action.due - self.today).days <= self.site.settings.due_soon:
            steps = format_count(len(action.body.steps), "step")
            return f"{format_due(action.due, self.today)} with {left} of {steps} left."
        news = latest_news_date(action)
        if news and is_silent(action, plan, self.today):
            return f"No news for {format_days((self.today - news).days)}."
        if action.body.has_unread_steps:
            return "Its steps could not all be read."
        return "Part of its file could not be read." if action.is_partly_read else ""

    def _describe_due(self, action: Action) -> str:
        return f"{format_due(action.due, self.today)}." if action.due else ""

    def count_courses(self, actions: Iterable[Action]) -> dict[Course, int]:
        """How many of these actions have each course; every course is a key, in the order of the status bar."""
        counts = dict.fromkeys(Course, 0)
        for action in actions:
            counts[self.assess_action(action).course] += 1
        return counts

    def assess_plan(self, plan: Plan) -> Assessment:
        """The assessment of a plan: the worst course of its open actions; completed if none is open.

        A plan with a file that was not read, or only in part, is at risk at best.
        """
        known = self._assessed_plans.get(plan.slug)
        if known is None or known[0] is not plan:
            known = self._assessed_plans[plan.slug] = (plan, self._compute_plan_assessment(plan))
        return known[1]

    @functools.cached_property
    def _assessed_plans(self) -> dict[str, tuple[Plan, Assessment]]:
        """What `assess_plan` has found, with the plan for which it did."""
        return {}

    def _compute_plan_assessment(self, plan: Plan) -> Assessment:
        assessment, gap = self._assess_read_actions(plan), self.describe_unread_files(plan)
        if not gap:
            return assessment
        if assessment.course is Course.OVERDUE:
            return replace(assessment, reason=f"{assessment.reason} {gap}")
        known = assessment.reason
        for claim, guarded in _GUARDED_CLAIMS:
            known = known.replace(claim, guarded)
        return replace(assessment, course=Course.AT_RISK, reason=f"{gap} {known}")

    def count_unread_files(self, plan: Plan) -> int:
        """How many files of a plan were not read at all; 0 for readers who are not told of them."""
        return self._unread_counts.get(plan.slug, 0)

    @functools.cached_property
    def _unread_counts(self) -> Mapping[str, int]:
        return Counter(file.plan or file.slug for file in self.site.unreadable if file.plan or file.kind == "plan")

    def describe_unread_files(self, plan: Plan) -> str:
        """A sentence saying how many files of a plan were not read, or only in part; "" if all were read."""
        count, partly = self.count_unread_files(plan), sum(action.is_partly_read for action in plan.actions)
        if not count:
            return f"{format_count(partly, 'file')} could be read only in part." if partly else ""
        more = f", and {partly} only in part" if partly else ""
        return f"{format_count(count, 'file')} could not be read{more}."

    def _assess_read_actions(self, plan: Plan) -> Assessment:
        """The assessment of a plan by the actions that were read."""
        open_actions = plan.open_actions
        if not plan.actions:
            return Assessment(Course.ON_TRACK, "No action has been agreed yet.")
        if not open_actions:
            number = len(plan.actions)
            reason = "The only action is closed." if number == 1 else f"All {number:,} actions are closed."
            return Assessment(Course.COMPLETED, reason)
        counts = self.count_courses(open_actions)
        worst = next(course for course in _WORST_FIRST if counts[course])
        assessments = [self.assess_action(action) for action in open_actions]
        days_late = max(assessment.days_late for assessment in assessments)
        reason = self._describe_plan(open_actions, counts, days_late)
        return Assessment(
            worst,
            reason,
            days_late,
            at_risk_from=_find_first(each.at_risk_from for each in assessments),
            overdue_from=_find_first(each.overdue_from for each in assessments),
            reason_until=self._find_reason_change(reason, assessments),
        )

    def _find_reason_change(self, reason: str, assessments: Iterable[Assessment]) -> date | None:
        """The first later day on which the reason of a plan is another; `assessments` are those of its open actions."""
        days: list[date | None] = []
        for each in assessments:
            days += [each.overdue_from, each.at_risk_from if each.course is Course.ON_TRACK else None]
        _, names_reason, inner_reason = reason.partition(" is at risk: ")
        if names_reason:
            is_counting = _COUNTED_DAYS.search(inner_reason)
            days += [add_days(self.today, 1)] if is_counting else [each.reason_until for each in assessments]
        return _find_first(days)

    def _describe_plan(self, open_actions: tuple[Action, ...], counts: Mapping[Course, int], days_late: int) -> str:
        overdue, at_risk = counts[Course.OVERDUE], counts[Course.AT_RISK]
        total = format_count(len(open_actions), "open action")
        if overdue:
            days = f"by {format_days(days_late)}" if overdue == 1 else f"the oldest by {format_days(days_late)}"
            more = f" {at_risk} more {choose_form(at_risk, 'is', 'are')} at risk." if at_risk else ""
            return f"{overdue} of {total} {choose_form(overdue, 'is', 'are')} late, {days}.{more}"
        if at_risk == 1:
            action = next(action for action in open_actions if self.assess_action(action).course is Course.AT_RISK)
            name = f"Action {action.ref}" if action.ref else action.title
            reason = self.assess_action(action).reason
            return f"Nothing is late. {name} is at risk: {reason[:1].lower()}{reason[1:]}"
        if at_risk:
            return f"Nothing is late. {at_risk} of {total} are at risk."
        first = min(action.due for action in open_actions if action.due)
        return f"Nothing is late. The next is due on {format_short_date(first, self.today)}."

    @functools.cached_property
    def actions_by_owner(self) -> Mapping[str, tuple[Action, ...]]:
        """Actions by the slug of the owner or agency that owns them."""
        groups: dict[str, list[Action]] = defaultdict(list)
        for action in self.site.actions:
            person = self.site.find_owner_or_agency(action.owner)
            if person:
                groups[person.slug].append(action)
        return {slug: tuple(group) for slug, group in groups.items()}

    @functools.cached_property
    def open_actions(self) -> tuple[Action, ...]:
        """Every open action, the earliest due first, those without a due date last."""
        return tuple(sorted((action for action in self.site.actions if action.is_open), key=due_sort_key))

    def due_within(self, days_ahead: int) -> tuple[Action, ...]:
        """Open actions due from today up to this number of days ahead, both included."""
        last = add_days(self.today, days_ahead)
        return tuple(action for action in self.open_actions if action.due and self.today <= action.due <= last)

    @functools.cached_property
    def overdue_actions(self) -> tuple[Action, ...]:
        """Open actions due before today, the earliest due first."""
        return tuple(action for action in self.open_actions if action.is_overdue(self.today))

    @functools.cached_property
    def finished_actions(self) -> tuple[Action, ...]:
        """Completed and embedded actions, the newest first."""
        return sort_newest_first((action for action in self.site.actions if action.is_finished), finished_on)


def due_sort_key(action: Action) -> tuple[date, ActionSortKey]:
    """Sort key of lists: by due date, those without one last, then by `Action.sort_key`."""
    return (action.due or date.max, action.sort_key)


def sort_newest_first(actions: Iterable[Action], find_day: Callable[[Action], date | None]) -> tuple[Action, ...]:
    """Actions by a day of theirs, as `newest_first_sort_key` says."""
    return tuple(sorted(actions, key=lambda action: newest_first_sort_key(find_day(action), action.sort_key)))


def finished_on(action: Action) -> date | None:
    """The day an action was finished: `completed`, else the date of its verification, else of its latest note.

    Of one that is declined, the day on which that was decided, if it is given.
    """
    check, answer = action.verification, action.response
    day = answer.date if action.is_declined and answer else None
    day = day or action.completed or (check.date if check else None)
    if day is None:  # asked for each action, and most say it before their notes do
        latest = action.body.latest_note
        day = latest.date if latest else None
    return day


def _find_first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
