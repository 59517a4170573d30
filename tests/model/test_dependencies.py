"""Dependencies of an action, and the sentence that names the one that delays it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plansite.incremental.tables import Lookups, RecordingMapping
from plansite.model.cross_plan_index import CrossPlanIndex
from plansite.model.dependencies import describe_obstacle, find_dependencies
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.people import People
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult

TODAY = date(2025, 1, 20)
PAST, FAR = date(2025, 1, 1), date(2025, 6, 1)


def _action(ref: str, *waits: str, plan: str = "p", **fields: object) -> Action:
    given = {"due": FAR, "status": Status.IN_PROGRESS} | fields
    slug = f"a{ref}"
    return Action(plan=plan, slug=slug, path="", title=f"Title {ref}", ref=ref, depends_on=waits, **given)  # type: ignore[arg-type]


def _site(*actions: Action) -> Site:
    slugs = dict.fromkeys(action.plan for action in actions)
    plans = (Plan(slug=slug, path="", actions=tuple(a for a in actions if a.plan == slug)) for slug in slugs)
    return Site(settings=Settings(), plans=tuple(plans))


def _alone(site: Site, plan: str) -> Site:
    """A site of one plan, with a cross-plan index in place of the others."""
    lookups: Lookups = {}
    others = [action for action in site.actions if action.plan != plan]
    actions = {(action.plan, name): action for action in others for name in (action.ref, action.slug)}
    nobody = People.build((), ())

    def empty(table: str) -> RecordingMapping[Any, Any]:
        return RecordingMapping(table, {}, lookups)

    index = CrossPlanIndex(
        people=nobody,
        declared_people=nobody,
        agency_slugs={},
        has_owners=False,
        has_agencies=False,
        actions=RecordingMapping("actions", actions, lookups),
        plans=empty("plans"),
        dependents=empty("dependents"),
        unreadable=empty("unreadable"),
        plans_with_unreadable_actions=empty("plans_with_unreadable_actions"),
        page_addresses=empty("page_addresses"),
        path_twins=empty("path_twins"),
        anchors=empty("anchors"),
        suggestion_names=empty("suggestion_names"),
        dependency_cycles=empty("dependency_cycles"),
        hidden_names={},
        address_holders={},
        file_reports={},
    )
    own_plans = tuple(own_plan for own_plan in site.plans if own_plan.slug == plan)
    return Site(settings=Settings(), plans=own_plans, cross_plan=index)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"due": PAST}, "Waits for action 2, which is overdue."),
        ({"status": Status.BLOCKED}, "Waits for action 2, which is blocked."),
        ({"status": Status.BLOCKED, "due": PAST}, "Waits for action 2, which is overdue."),
        ({"due": TODAY}, ""),
        ({"status": Status.COMPLETED, "due": PAST}, ""),
        ({"status": Status.CANCELLED, "due": PAST}, ""),
        (
            {
                "status": Status.COMPLETED,
                "due": PAST,
                "verification": Verification(by="B", result=VerificationResult.FAILED),
            },
            "Waits for action 2, which is overdue.",
        ),
    ],
)
def test_what_it_waits_for_is_late_or_blocked(fields: dict[str, Any], sentence: str) -> None:
    """What is finished or given up holds nothing up; what a failed check opened again does."""
    first = _action("1", "2")
    assert describe_obstacle(_site(first, _action("2", **fields)), first, TODAY) == sentence


def test_one_action_further_is_named() -> None:
    """The dependencies of dependencies count, and no further; direct ones come first."""
    first, second, third = _action("1", "2"), _action("2", "3"), _action("3", "4")
    late = _action("4", due=PAST)
    site = _site(first, second, third, late)
    assert describe_obstacle(site, third, TODAY) == "Waits for action 4, which is overdue."
    assert describe_obstacle(site, second, TODAY) == "Waits for action 3, which waits for action 4, which is overdue."
    assert describe_obstacle(site, first, TODAY) == ""
    both = _action("5", "3", "6")
    blocked = _action("6", status=Status.BLOCKED)
    assert describe_obstacle(_site(both, third, late, blocked), both, TODAY) == "Waits for action 6, which is blocked."


def test_a_chain_ends_where_something_is_finished() -> None:
    """What a finished action once waited for does not matter any more."""
    first, second = _action("1", "2"), _action("2", "3", status=Status.COMPLETED)
    assert describe_obstacle(_site(first, second, _action("3", due=PAST)), first, TODAY) == ""


def test_a_circle_is_no_trap() -> None:
    """Actions that wait for each other are looked at once."""
    first = _action("1", "2", "1")
    assert describe_obstacle(_site(first, _action("2", "1")), first, TODAY) == ""


def test_another_plan_answers_the_same_alone_and_together() -> None:
    """A plan that stands alone learns as much of the others: numbers there belong to the plan that uses them."""
    first, late = _action("1", "q/1"), _action("2", due=PAST)
    site = _site(first, late, _action("1", "2", plan="q"), _action("2", plan="q", status=Status.BLOCKED))
    sentence = "Waits for “Title 1”, which waits for “Title 2”, which is blocked."
    assert describe_obstacle(site, first, TODAY) == sentence
    assert describe_obstacle(_alone(site, "p"), first, TODAY) == sentence


def test_a_chain_may_come_back() -> None:
    """The action of another plan may wait for one of the plan that asks."""
    first, late = _action("1", "q/1"), _action("2", due=PAST)
    site = _site(first, late, _action("1", "p/2", plan="q"))
    sentence = "Waits for “Title 1”, which waits for action 2, which is overdue."
    assert (describe_obstacle(site, first, TODAY), describe_obstacle(_alone(site, "p"), first, TODAY)) == (
        sentence,
        sentence,
    )


def test_each_is_awaited_once() -> None:
    """An action given by number and by slug counts once; an unknown name is left out."""
    first, second = _action("1", "2", "a2", "p/a2", "9"), _action("2")
    assert find_dependencies(_site(first, second), first) == (second,)
