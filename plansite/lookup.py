"""Plans, goals, owners and actions by a name given on the command line, with a suggestion if there is none of it."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.content.report import find_nearest, quote_text
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import Site


class CorrectableError(Exception):
    """A text that somebody typed cannot be used. `nearest` is what they probably meant; empty if it cannot be told."""

    def __init__(self, message: str, nearest: str = "") -> None:
        """The message tells users what is wrong and what to write."""
        self.nearest = nearest
        super().__init__(message)


class UnknownNameError(CorrectableError):
    """Nothing has this name. The message suggests the nearest name, or lists the first names there are."""

    def __init__(self, noun: str, given: str, candidates: Iterable[str]) -> None:
        """`noun` is plan, owner, agency, goal, action, status or rule; `candidates` are all names, as written."""
        names: dict[str, str] = {}
        for name in candidates:
            names.setdefault(normalise_name(name), name)
        names.pop("", None)
        self.noun, self.given = noun, given
        nearest = names.get(find_nearest(normalise_name(given), names), "")
        if nearest:
            advice = f"did you mean “{nearest}”?"
        elif names:
            advice = f"choose from: {_format_first_names(list(names.values()))}"
        else:
            advice = "there are none yet"
        super().__init__(f"there is no {noun} called {quote_text(given)}; {advice}", nearest)


def _format_first_names(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:8])} and {len(names) - 8} more"


def look_up_plan(site: Site, name: str) -> Plan:
    """The plan with this slug, else with this title. Raises UnknownNameError."""
    key = normalise_name(name)
    for plan in site.plans:
        if normalise_name(plan.slug) == key:
            return plan
    for plan in site.plans:
        if normalise_name(plan.title) == key:
            return plan
    raise UnknownNameError("plan", name, [text for plan in site.plans for text in (plan.slug, plan.title)])


def look_up_owner_or_agency(site: Site, name: str) -> OwnerOrAgency:
    """The owner or agency with this slug, else with this title. Raises UnknownNameError."""
    person = site.find_owner_or_agency(name)
    if person is None:
        raise UnknownNameError("owner", name, [person.title for person in site.people.by_name.values()])
    return person


def look_up_goal(plan: Plan, name: str) -> Goal:
    """The plan's goal with this key, else with this title; exactly, else in any case. Raises UnknownNameError."""
    key = normalise_name(name)
    goal = plan.find_goal(name) or next(
        (goal for goal in plan.goals if key in (normalise_name(goal.key), normalise_name(goal.title))), None
    )
    if goal is None:
        raise UnknownNameError("goal", name, [text for goal in plan.goals for text in (goal.key, goal.title)])
    return goal


def look_up_action(site: Site, plan: Plan, name: str) -> str:
    """How an action is written in `depends_on`: as given, if it is a ref, slug or `plan/slug`; else by its title.

    Raises UnknownNameError.
    """
    if site.find_action(name, plan.slug):
        return name
    for action in plan.actions:
        if normalise_name(action.title) == normalise_name(name):
            return action.ref or action.slug
    candidates = [text for action in plan.actions for text in (action.slug, action.title)]
    elsewhere = [f"{action.plan}/{action.slug}" for action in site.actions if action.plan != plan.slug]
    raise UnknownNameError("action", name, [*candidates, *elsewhere])
