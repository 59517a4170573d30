"""Plans, goals and owners by the name that somebody typed, with the nearest one where nobody answers to it."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.content.report import nearest, shown
from plansite.model.people import Party, same_name
from plansite.model.plan import Goal, Plan
from plansite.model.site import Site


class UnknownNameError(Exception):
    """Nothing goes by this name. The message says so, and which name is meant or which there are."""

    def __init__(self, what: str, given: str, known: Iterable[str]) -> None:
        """`what` is the noun: plan, owner, goal or status; `known` are the names there are, as people write them."""
        names: dict[str, str] = {}
        for name in known:
            names.setdefault(same_name(name), name)
        names.pop("", None)
        near = names.get(nearest(same_name(given), names))
        if near:
            advice = f"did you mean “{near}”?"
        elif names:
            listed = list(names.values())
            advice = f"there is {_few(listed)}"
        else:
            advice = f"there is no {what} at all yet"
        super().__init__(f"there is no {what} called {shown(given)}; {advice}")


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:8])} and {len(names) - 8} more"


def plan_named(site: Site, name: str) -> Plan:
    """The plan with that slug, else with that title. Raises UnknownNameError."""
    wanted = same_name(name)
    for plan in (*(p for p in site.plans if same_name(p.slug) == wanted), *site.plans):
        if wanted in (same_name(plan.slug), same_name(plan.title)):
            return plan
    raise UnknownNameError("plan", name, [word for plan in site.plans for word in (plan.slug, plan.title)])


def party_named(site: Site, name: str) -> Party:
    """The owner or agency with that slug, else with that title. Raises UnknownNameError."""
    party = site.party(name)
    if party is None:
        raise UnknownNameError("owner", name, [each.title for each in site.people.by_name.values()])
    return party


def goal_named(plan: Plan, name: str) -> Goal:
    """The plan's goal with that key, else with that title, whatever the case. Raises UnknownNameError."""
    wanted = same_name(name)
    found = plan.goal(name) or next(
        (goal for goal in plan.goals if wanted in (same_name(goal.key), same_name(goal.title))), None
    )
    if found is None:
        raise UnknownNameError("goal", name, [word for goal in plan.goals for word in (goal.key, goal.title)])
    return found
