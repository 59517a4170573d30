"""Where an action and a plan stand: computed, never typed."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from plansite.model.action import Action
from plansite.model.dates import Span, after
from plansite.model.plan import Plan, Review
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.model.waiting import held_up
from plansite.model.words import count, days, due_in_words, short_date

#: Stands behind the name of somebody who is expected at a review that is still to be held.
EXPECTED = "(expected)"


class Course(StrEnum):
    """The computed state, in the order of the status bar: from what is proven to what is late."""

    EMBEDDED = "embedded"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OVERDUE = "overdue"


_WORST_FIRST = (Course.OVERDUE, Course.AT_RISK, Course.ON_TRACK)


@dataclass(frozen=True, slots=True)
class Standing:
    """A course with its reason in one sentence; `days_late` is 0 unless overdue."""

    course: Course
    reason: str
    days_late: int = 0
    awaits_check: bool = False


def is_overdue(action: Action, today: date) -> bool:
    """Open and due before today; what is due today is not overdue."""
    return action.is_overdue(today)


def last_news(action: Action) -> date | None:
    """The day of the latest progress note; before there is one, the day it started or was created."""
    latest = action.body.latest
    return (latest.date if latest else None) or action.started or action.created


def awaits_check(action: Action) -> bool:
    """Completed, with a verification declared that has not been made."""
    check = action.verification
    return action.status is Status.COMPLETED and check is not None and check.result is None


def reopened(action: Action, today: date) -> str:
    """That a failed check opened a finished action again, in a sentence; empty where none did."""
    if not action.is_reopened or action.verification is None:
        return ""
    day = action.verification.date
    return f"Reopened: the check{f' on {short_date(day, today)}' if day else ''} failed."


def is_silent(action: Action, plan: Plan, today: date) -> bool:
    """Open without news for longer than the plan's review interval."""
    news, interval = last_news(action), review_interval(plan)
    if not action.is_open or interval is None or news is None:
        return False
    return after(news, interval) < today


def is_planned(review: Review) -> bool:
    """Still to be held, as far as its file says: everybody who is named as present is only expected."""
    return bool(review.present) and all(name.casefold().endswith(EXPECTED) for name in review.present)


def held_reviews(plan: Plan, before: date = date.max) -> tuple[Review, ...]:
    """The reviews that were held before a day, the oldest first."""
    held = ((review.date, review) for review in plan.reviews if review.date and not is_planned(review))
    earlier = sorted((day, review.slug, review) for day, review in held if day < before)
    return tuple(review for _, _, review in earlier)


def review_interval(plan: Plan) -> Span | None:
    """How long the plan may go now without a review: until the first was held, its first interval where it has one."""
    every = plan.review_every
    return every.first if every and every.first and not held_reviews(plan) else every


def next_review(plan: Plan) -> date | None:
    """The day of the next review.

    That of the earliest review that is planned and not held yet; else as the latest one held says; else one interval
    after it, or after the plan's start. Where reviews end with the work, none comes after everything is closed.
    """
    held, interval = held_reviews(plan), review_interval(plan)
    latest = held[-1] if held else None
    since = (latest.date if latest else None) or date.min
    planned = min((r.date for r in plan.reviews if r.date and r.date > since and is_planned(r)), default=None)
    if planned or (interval and interval.until_closed and _is_closed(plan)):
        return planned
    if latest and latest.next:
        return latest.next
    start = latest.date if latest else plan.start
    return after(start, interval) if start and interval else None


def _is_closed(plan: Plan) -> bool:
    """Whether there was work, and all of it is finished, with every check made."""
    return bool(plan.actions) and not any(action.is_open or awaits_check(action) for action in plan.actions)


@dataclass(frozen=True)
class Outlook:
    """A site on a day: everything computed from both is asked here, and worked out once."""

    site: Site
    today: date

    @functools.cached_property
    def _standings(self) -> Mapping[tuple[str, str], Standing]:
        return {
            (action.plan, action.slug): self._standing(action, plan)
            for plan in self.site.plans
            for action in plan.actions
        }

    def standing(self, action: Action) -> Standing:
        """Where an action stands; the first that holds of the site's rules (see "What the words mean")."""
        return self._standings[(action.plan, action.slug)]

    def _standing(self, action: Action, plan: Plan) -> Standing:
        match action.counts_as:
            case Status.EMBEDDED:
                return Standing(Course.EMBEDDED, "Finished, and checked by somebody else.")
            case Status.CANCELLED:
                return Standing(Course.CANCELLED, f"Cancelled: {action.reason}." if action.reason else "Cancelled.")
            case Status.COMPLETED if awaits_check(action):
                return Standing(Course.COMPLETED, "Finished, and awaiting verification.", awaits_check=True)
            case Status.COMPLETED:
                return Standing(Course.COMPLETED, "Finished, as its owner says.")
        if action.due is not None and action.due < self.today:
            late = (self.today - action.due).days
            return Standing(Course.OVERDUE, f"{reopened(action, self.today)} Overdue by {days(late)}.".lstrip(), late)
        risk = self._risk(action, plan)
        return Standing(Course.AT_RISK, risk) if risk else Standing(Course.ON_TRACK, self._fine(action))

    def _risk(self, action: Action, plan: Plan) -> str:
        """Why an open action that is not late is at risk; empty where it is not."""
        left = len(action.body.steps) - action.body.steps_done
        if action.status is Status.BLOCKED:
            return "Blocked."
        reason = reopened(action, self.today) or held_up(self.site, action, self.today)
        if reason:
            return reason
        if action.due is None:
            return "It has no due date."
        if left and (action.due - self.today).days <= self.site.settings.due_soon:
            of_all = count(len(action.body.steps), "step")
            return f"{due_in_words(action.due, self.today)} with {left} of {of_all} left."
        news = last_news(action)
        if news and is_silent(action, plan, self.today):
            return f"No news for {days((self.today - news).days)}."
        return ""

    def _fine(self, action: Action) -> str:
        return f"{due_in_words(action.due, self.today)}." if action.due else ""

    def courses(self, actions: Iterable[Action]) -> dict[Course, int]:
        """How many of these actions have each course, in the order of the status bar."""
        counts = dict.fromkeys(Course, 0)
        for action in actions:
            counts[self.standing(action).course] += 1
        return counts

    def plan_standing(self, plan: Plan) -> Standing:
        """A plan's course is the worst of its open actions'."""
        still = plan.open_actions
        if not plan.actions:
            return Standing(Course.ON_TRACK, "No action has been agreed yet.")
        if not still:
            one = len(plan.actions) == 1
            said = "The only action is closed." if one else f"All {len(plan.actions):,} actions are closed."
            return Standing(Course.COMPLETED, said)
        counts = self.courses(still)
        worst = next(course for course in _WORST_FIRST if counts[course])
        late = max(self.standing(action).days_late for action in still)
        return Standing(worst, self._sentence(still, counts, late), late)

    def _sentence(self, still: tuple[Action, ...], counts: Mapping[Course, int], late: int) -> str:
        overdue, risk = counts[Course.OVERDUE], counts[Course.AT_RISK]
        if overdue:
            verb = "is" if overdue == 1 else "are"
            by = f"by {days(late)}" if overdue == 1 else f"the oldest by {days(late)}"
            more = f" {risk} more {'is' if risk == 1 else 'are'} at risk." if risk else ""
            return f"{overdue} of {count(len(still), 'open action')} {verb} late, {by}.{more}"
        if risk == 1:
            risky = next(action for action in still if self.standing(action).course is Course.AT_RISK)
            name = f"Action {risky.ref}" if risky.ref else risky.title
            return f"Nothing is late. {name} is at risk: {_lower(self.standing(risky).reason)}"
        if risk:
            return f"Nothing is late. {risk} of {count(len(still), 'open action')} are at risk."
        first = min(action.due for action in still if action.due)
        return f"Nothing is late. The next is due on {short_date(first, self.today)}."

    @functools.cached_property
    def owned(self) -> Mapping[str, tuple[Action, ...]]:
        """Actions by the slug of the owner or agency that owns them; of an owner before an agency."""
        return self._grouped((action.owner,) for action in self.site.actions)

    @functools.cached_property
    def supported(self) -> Mapping[str, tuple[Action, ...]]:
        """Actions by the slug of each that supports them."""
        return self._grouped(action.supporters for action in self.site.actions)

    def _grouped(self, names: Iterator[tuple[str, ...]]) -> Mapping[str, tuple[Action, ...]]:
        groups: dict[str, dict[tuple[str, str], Action]] = defaultdict(dict)
        for action, own in zip(self.site.actions, names, strict=True):
            for name in own:
                party = self.site.party(name)
                if party:
                    groups[party.slug][(action.plan, action.slug)] = action
        return {slug: tuple(group.values()) for slug, group in groups.items()}

    @functools.cached_property
    def open_actions(self) -> tuple[Action, ...]:
        """Every open action, the earliest due first, those without a date last."""
        return tuple(sorted((a for a in self.site.actions if a.is_open), key=by_due))

    def due_within(self, number: int) -> tuple[Action, ...]:
        """Open actions due from today up to so many days ahead."""
        last = self.today + timedelta(days=number)
        return tuple(a for a in self.open_actions if a.due and self.today <= a.due <= last)

    @functools.cached_property
    def overdue(self) -> tuple[Action, ...]:
        """Open actions due before today, the latest first."""
        return tuple(action for action in self.open_actions if is_overdue(action, self.today))

    @functools.cached_property
    def finished(self) -> tuple[Action, ...]:
        """Completed and embedded actions, the newest first."""
        done = (a for a in self.site.actions if a.is_finished)
        return tuple(sorted(done, key=lambda a: (finished_on(a) or date.min, a.plan, a.slug), reverse=True))


def by_due(action: Action) -> tuple[date, str, str]:
    """Order of lists: earliest due first, none last, then plan and slug."""
    return (action.due or date.max, action.plan, action.slug)


def finished_on(action: Action) -> date | None:
    """The day an action was finished: as given, else the day of its check, else its last progress note."""
    check = action.verification
    latest = action.body.latest
    return action.completed or (check.date if check else None) or (latest.date if latest else None)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
