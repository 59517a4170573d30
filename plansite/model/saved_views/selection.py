"""Which actions a saved view shows on a day, and on which later days others join or leave it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Assessment, SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import RequirementLevel
from plansite.model.people import Agency, Owner, OwnerOrAgency, normalise_name
from plansite.model.saved_views.settings import NOBODY, SavedView, ViewFilter, ViewStatus
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Course, Status

#: Whether an action meets a condition.
Condition = Callable[[Action], bool]


@dataclass(frozen=True)
class ViewTargets:
    """What the names in the filters of views stand for in a site: owners, agencies, plans, goals and tags."""

    site: Site

    def find_owner(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency of this name; None if there is none."""
        return self.site.find_owner_or_agency(name)

    def find_agency(self, name: str) -> Agency | None:
        """The agency of this name; None if there is none."""
        return self.site.people.find_agency(name) if name.strip() else None

    def find_plan(self, name: str) -> Plan | None:
        """The plan with this slug, else with this title; None if there is none."""
        return self._plans.get(normalise_name(name))

    @functools.cached_property
    def _plans(self) -> Mapping[str, Plan]:
        by_title = {normalise_name(plan.title): plan for plan in reversed(self.site.plans)}
        return by_title | {normalise_name(plan.slug): plan for plan in self.site.plans}

    def find_goal(self, name: str) -> str:
        """The title of the first goal with this key or title, in whatever plan; empty if there is none."""
        return self._goals.get(normalise_name(name), "")

    @functools.cached_property
    def _goals(self) -> Mapping[str, str]:
        goals: dict[str, str] = {}
        for plan in self.site.plans:
            for goal in plan.goals:
                goals.setdefault(normalise_name(goal.title), goal.title)
                goals.setdefault(normalise_name(goal.key), goal.title)
        goals.pop("", None)
        return goals

    def find_tag(self, name: str) -> str:
        """A tag of any action as it is written, for one that is written in whatever case; empty if there is none."""
        return self._tags.get(normalise_name(name), "")

    @functools.cached_property
    def _tags(self) -> Mapping[str, str]:
        tags: dict[str, str] = {}
        for action in self.site.actions:
            for tag in action.tags:
                tags.setdefault(normalise_name(tag), tag)
        tags.pop("", None)
        return tags

    def is_known(self, condition: str, name: str) -> bool:
        """Whether a name in a filter stands for something in this site."""
        match condition:
            case "owner":
                return normalise_name(name) == NOBODY or self.find_owner(name) is not None
            case "agency":
                return self.find_agency(name) is not None
            case "plan":
                return self.find_plan(name) is not None
            case "goal":
                return bool(self.find_goal(name))
            case _:
                return bool(self.find_tag(name))


#: The conditions whose values are names of something in a site.
NAMED_CONDITIONS = ("owner", "agency", "plan", "goal", "tag")


def list_visible_views(site: Site, targets: ViewTargets) -> tuple[SavedView, ...]:
    """The views that have a page in a copy for an audience.

    In a copy from which something is filtered out these are without those that ask for something that is not in it, as
    its name would be told, and without those that ask for actions without an owner, as one may only not be named.
    """
    if site.is_unfiltered:
        return site.settings.views
    return tuple(
        view
        for view in site.settings.views
        if not view.asks_for_nobody and all(_is_any_known(view.filter, name, targets) for name in NAMED_CONDITIONS)
    )


def _is_any_known(view_filter: ViewFilter, condition: str, targets: ViewTargets) -> bool:
    names: tuple[str, ...] = getattr(view_filter, condition)
    return not names or any(targets.is_known(condition, name) for name in names)


@dataclass(frozen=True)
class ViewSelection:
    """The actions that a filter selects, today or on a later day."""

    dated_site: SiteOnDate
    view_filter: ViewFilter
    targets: ViewTargets

    @property
    def depends_on_day(self) -> bool:
        """Whether time alone can bring another action into it, or take one out."""
        return bool(self.view_filter.course) or self.view_filter.due_within is not None

    @functools.cached_property
    def candidates(self) -> tuple[Action, ...]:
        """The actions that meet all conditions but those that depend on the day, by `Action.sort_key`."""
        conditions = tuple(self._list_conditions())
        return tuple(
            action for action in self.dated_site.site.actions if all(condition(action) for condition in conditions)
        )

    def includes(self, action: Action, day: date) -> bool:
        """Whether one of the candidates is selected on a day, today or later."""
        ahead, courses = self.view_filter.due_within, self.view_filter.course
        if ahead is not None and not (action.is_open and action.due and day <= action.due <= add_days(day, ahead)):
            return False
        return not courses or find_course_on(self.dated_site.assess_action(action), day) in courses

    def list_change_days(self, action: Action) -> Iterator[date]:
        """The days on which one of the candidates may join or leave it."""
        if self.view_filter.due_within is not None and action.due and action.is_open:
            yield add_days(action.due, -self.view_filter.due_within)
            yield add_days(action.due, 1)
        if self.view_filter.course:
            assessment = self.dated_site.assess_action(action)
            yield from filter(None, (assessment.at_risk_from, assessment.overdue_from))

    def _list_conditions(self) -> Iterator[Condition]:
        wanted = self.view_filter
        if wanted.owner:
            yield self._match_owner(wanted.owner)
        if wanted.agency:
            yield self._match_agency(wanted.agency)
        if wanted.plan or wanted.kind:
            yield self._match_plan(wanted)
        if wanted.goal:
            yield self._match_goal(frozenset(map(normalise_name, wanted.goal)))
        if wanted.tag:
            tags = frozenset(map(normalise_name, wanted.tag))
            yield lambda action: any(normalise_name(tag) in tags for tag in action.tags)
        yield from self._list_choice_conditions()
        if before := wanted.due_before:
            yield lambda action: action.due is not None and action.due < before
        if after := wanted.due_after:
            yield lambda action: action.due is not None and action.due > after

    def _list_choice_conditions(self) -> Iterator[Condition]:
        """The conditions of which a value is one of a few: priority, status and requirement."""
        wanted, levels = self.view_filter, frozenset[RequirementLevel | None](self.view_filter.requirement)
        if wanted.priority:
            yield lambda action: action.priority in wanted.priority
        if wanted.status:
            yield lambda action: any(has_status(action, status) for status in wanted.status)
        if wanted.requirement:
            yield lambda action: action.requirement is not None and action.requirement.level in levels

    def _match_owner(self, names: Iterable[str]) -> Condition:
        find, names = self.targets.find_owner, tuple(names)
        owners = _list_keys(map(find, names))
        takes_nobody = any(normalise_name(name) == NOBODY and not find(name) for name in names)
        return lambda action: _person_key(find(action.owner)) in owners if action.owner.strip() else takes_nobody

    def _match_agency(self, names: Iterable[str]) -> Condition:
        agencies = _list_keys(map(self.targets.find_agency, names))
        return lambda action: _person_key(find_agency_of(self.targets, action)) in agencies

    def _match_plan(self, wanted: ViewFilter) -> Condition:
        slugs = {plan.slug for name in wanted.plan if (plan := self.targets.find_plan(name))}
        plans = {
            plan.slug
            for plan in self.dated_site.site.plans
            if (not wanted.plan or plan.slug in slugs) and (not wanted.kind or plan.kind in wanted.kind)
        }
        return lambda action: action.plan in plans

    def _match_goal(self, names: frozenset[str]) -> Condition:
        plans = self.dated_site.site.plans_by_slug

        def matches(action: Action) -> bool:
            goal = plans[action.plan].find_goal(action.goal) if action.goal else None
            return goal is not None and not names.isdisjoint((normalise_name(goal.key), normalise_name(goal.title)))

        return matches


def find_agency_of(targets: ViewTargets, action: Action) -> Agency | None:
    """The agency that owns an action, or that its owner belongs to; None if there is none."""
    owner = targets.find_owner(action.owner)
    return targets.find_agency(owner.agency) if isinstance(owner, Owner) else owner


def has_status(action: Action, status: ViewStatus) -> bool:
    """Whether an action has a status, or one of those that a word for several stands for."""
    match status:
        case ViewStatus.OPEN:
            return action.is_open
        case ViewStatus.FINISHED:
            return action.is_finished
        case ViewStatus.CLOSED:
            return not action.is_open
    return action.effective_status is Status(status.value)


def find_course_on(assessment: Assessment, day: date) -> Course:
    """The course that an action has on a day, today or later, if nothing but time changes it."""
    if assessment.overdue_from and day >= assessment.overdue_from:
        return Course.OVERDUE
    if assessment.course is Course.ON_TRACK and assessment.at_risk_from and day >= assessment.at_risk_from:
        return Course.AT_RISK
    return assessment.course


def list_due_windows(settings: Settings) -> tuple[int, ...]:
    """The numbers of days ahead for which some view of a site asks what is due."""
    return tuple(sorted({ahead for view in settings.views if (ahead := view.filter.due_within) is not None}))


def _list_keys(people: Iterable[OwnerOrAgency | None]) -> frozenset[tuple[type, str]]:
    return frozenset(key for person in people if (key := _person_key(person)))


def _person_key(person: OwnerOrAgency | None) -> tuple[type, str] | None:
    """What identifies an owner or agency: an owner may have the slug of an agency."""
    return (type(person), person.slug) if person else None
