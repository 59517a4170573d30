"""Goals: their five parts, the actions that serve them, and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link
from plansite.site.plan.goals import MAX_ACTIONS, GoalsView, build_goals_page, find_measure, link_goals
from tests.sites import write

TODAY = date(2025, 1, 20)
WHOLE = Goal(
    key="warm",
    title="Warm rooms",
    specific="All",
    measurable="20°C",
    achievable="Yes",
    relevant="Comfort",
    time_bound="May",
)


def _action(slug: str, goal: str = "", due: date | None = None, status: Status = Status.IN_PROGRESS) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug.upper(), goal=goal, due=due, status=status)


def _view(*actions: Action, goals: tuple[Goal, ...] = (), measures: tuple[Measure, ...] = ()) -> GoalsView:
    plan = Plan(slug="p", path="p.md", title="P", goals=goals, measures=measures, actions=actions)
    site = Site(settings=Settings(title="S"), plans=(plan,))
    view = build_goals_page(SiteOnDate(site, TODAY), plan, LinkResolver.from_site(site)).view
    assert isinstance(view, GoalsView)
    return view


def test_each_part_stands_under_its_letter() -> None:
    """Five parts in the order of the word, with what the goal says."""
    (goal,) = _view(goals=(WHOLE,)).goals
    assert "".join(part.letter for part in goal.parts) == "SMART"
    assert [part.said for part in goal.parts] == ["All", "20°C", "Yes", "Comfort", "May"]
    assert (goal.key, goal.number) == ("goal-warm", 1)


def test_a_missing_part_has_a_question() -> None:
    """What is not said is empty, and the question for it is there."""
    (goal,) = _view(goals=(Goal(key="a", title="A", specific="Something"),)).goals
    missing = {part.name: part.question for part in goal.parts if not part.said}
    assert list(missing) == ["Measurable", "Achievable", "Relevant", "Time-bound"]
    assert missing["Measurable"] == "How will you know?"


def test_a_bare_title_has_no_parts_at_all() -> None:
    """Where nothing is written the five questions are asked once, not part by part."""
    view = _view(goals=(Goal(key="a", title="A"),))
    assert view.goals[0].parts == ()
    assert len(view.questions) == 5


def test_actions_stand_under_their_goal() -> None:
    """By key or by title; open ones first, by their due dates; closed ones last."""
    late, soon = _action("late", "warm", date(2025, 1, 14)), _action("soon", "Warm rooms", date(2025, 1, 30))
    done = _action("done", "warm", date(2025, 1, 2), Status.COMPLETED)
    (goal,) = _view(done, soon, late, goals=(WHOLE,)).goals
    assert [action.title.text for action in goal.actions] == ["LATE", "SOON", "DONE"]
    assert [action.when for action in goal.actions] == ["Overdue by 6 days", "Due in 10 days", "Closed"]
    assert [action.is_late for action in goal.actions] == [True, False, False]
    assert goal.note == "3 actions, 2 open"
    assert goal.bar is not None


def test_tags_do_not_repeat_that_it_is_overdue() -> None:
    """A late action shows its status; its lateness stands in the first column."""
    (goal,) = _view(_action("late", "warm", date(2025, 1, 14)), goals=(WHOLE,)).goals
    assert [tag.words for tag in goal.actions[0].tags] == ["In progress"]


def test_actions_without_a_goal_stand_at_the_end() -> None:
    """Those that name none, and those that name one the plan does not have, with the name as written."""
    view = _view(_action("a"), _action("b", "cold"), _action("c", "warm"), goals=(WHOLE,))
    assert [(action.title.text, action.goal) for action in view.without] == [("A", ""), ("B", "cold")]
    assert [(action.title.text, action.goal) for action in view.goals[0].actions] == [("C", "")]
    assert view.without_note == "2 actions"


def test_no_goals_and_no_actions() -> None:
    """Both lists are empty and nothing fails."""
    view = _view()
    assert (view.goals, view.without, view.without_more.text) == ((), (), "")


def test_a_goal_without_actions_says_so() -> None:
    """No bar, no rows, and a note that says it."""
    (goal,) = _view(goals=(WHOLE,)).goals
    assert (goal.actions, goal.bar, goal.note) == ((), None, "No action yet")


def test_a_measure_is_a_link_and_an_unknown_one_words() -> None:
    """By slug first, then by title; a name that nothing answers to stays in sight."""
    falls = Measure(plan="p", slug="falls", path="m.md", title="Falls each month")
    goals = tuple(Goal(key=name, title=name, measure=name) for name in ("falls", "Falls each month", "weight"))
    view = _view(goals=goals, measures=(falls,))
    page = "plans/p/measures/falls.html"
    assert [goal.measure for goal in view.goals] == [
        Link("Falls each month", page),
        Link("Falls each month", page),
        Link("weight"),
    ]
    plan = Plan(slug="p", path="p.md", goals=goals, measures=(falls,))
    assert link_goals(plan, falls) == (
        Link("falls", "plans/p/goals.html#goal-falls"),
        Link("Falls each month", "plans/p/goals.html#goal-falls-each-month"),
    )
    assert find_measure(plan, Goal(key="x", title="x")) is None


def test_a_goal_that_is_scaled_says_how_far_it_is() -> None:
    """Nought is an answer too; a goal that gives no level says nothing of it."""
    goals = tuple(Goal(key=str(n), title=str(n), attainment=n) for n in (None, -2, 0, 1))
    view = _view(goals=goals)
    assert [goal.standing.words if goal.standing else "" for goal in view.goals] == [
        "",
        "Much less than expected",
        "As expected",
        "Somewhat more than expected",
    ]
    assert view.attainment is not None
    assert _view(goals=goals[:1]).attainment is None


def test_a_long_list_leads_to_the_register() -> None:
    """More actions than a page can bear: the rest is counted and linked."""
    view = _view(*(_action(f"a{n}") for n in range(MAX_ACTIONS + 5)))
    assert len(view.without) == MAX_ACTIONS
    assert view.without_more == Link("5 more in the register", "plans/p/register.html")


def test_the_ids_are_those_that_actions_link_to(tmp_path: Path) -> None:
    """An action's page leads to `goals.html#goal-b`; that id is the second goal's."""
    plan = "---\ntitle: P\ngoals:\n  - {key: a, title: A}\n  - {key: b, title: B}\n---\n"
    site = load_site(write(tmp_path, {"content/plans/p/plan.md": plan}))
    view = build_goals_page(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site)).view
    assert isinstance(view, GoalsView)
    assert [goal.key for goal in view.goals] == ["goal-a", "goal-b"]
