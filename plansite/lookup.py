"""Plans, goals and owners by the name that somebody typed, with the nearest one where nobody answers to it."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.content.report import find_nearest, quote_text
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.plan import Goal, Plan
from plansite.model.site import Site


class UnknownNameError(Exception):
    """Nothing goes by this name. The message says so, and which name is meant or which there are."""

    def __init__(self, what: str, given: str, candidates: Iterable[str]) -> None:
        """`what` is the noun: plan, owner, goal or status; `known` are the names there are, as people write them."""
        names: dict[str, str] = {}
        for name in candidates:
            names.setdefault(normalise_name(name), name)
        names.pop("", None)
        near = names.get(find_nearest(normalise_name(given), names))
        if near:
            advice = f"did you mean “{near}”?"
        elif names:
            listed = list(names.values())
            advice = f"there is {_format_first_names(listed)}"
        else:
            advice = f"there is no {what} at all yet"
        super().__init__(f"there is no {what} called {quote_text(given)}; {advice}")


def _format_first_names(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:8])} and {len(names) - 8} more"


def look_up_plan(site: Site, name: str) -> Plan:
    """The plan with that slug, else with that title. Raises UnknownNameError."""
    wanted = normalise_name(name)
    for plan in (*(p for p in site.plans if normalise_name(p.slug) == wanted), *site.plans):
        if wanted in (normalise_name(plan.slug), normalise_name(plan.title)):
            return plan
    raise UnknownNameError("plan", name, [word for plan in site.plans for word in (plan.slug, plan.title)])


def look_up_party(site: Site, name: str) -> OwnerOrAgency:
    """The owner or agency with that slug, else with that title. Raises UnknownNameError."""
    party = site.find_owner_or_agency(name)
    if party is None:
        raise UnknownNameError("owner", name, [each.title for each in site.people.by_name.values()])
    return party


def look_up_goal(plan: Plan, name: str) -> Goal:
    """The plan's goal with that key, else with that title, whatever the case. Raises UnknownNameError."""
    wanted = normalise_name(name)
    found = plan.find_goal(name) or next(
        (goal for goal in plan.goals if wanted in (normalise_name(goal.key), normalise_name(goal.title))), None
    )
    if found is None:
        raise UnknownNameError("goal", name, [word for goal in plan.goals for word in (goal.key, goal.title)])
    return found
