"""The plan for paper: every action with all its steps, its newest note, and links that lead on from the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.changes.history import NO_HISTORY
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.paper.printed_plan import PrintedPlanView, build_printed_plan_page
from tests.sites import write

TODAY = date(2025, 1, 20)
_FILES = {
    "content/plans/p/plan.md": "---\ntitle: Plan\nowner: Ann\ngoals: [{title: Warm}]\n---\nWhy.\n\n## Money\nNone.\n",
    "content/plans/p/reviews/2025-01-09.md": "---\ntitle: R\n---\n",
    "content/plans/p/actions/a.md": "---\ntitle: A\nref: 2\nowner: Ann\nstatus: blocked\ndue: 2025-03-01\ndepends_on: [1, 4]\n---\n"
    "## Steps\nAsk first.\n- [x] Ring [the shop](b.md)\n- [ ] Pay\n\n  In cash.\n"
    "## Progress\n- 2025-01-02 (Bo): Old.\n- 2025-01-16 (Bo): See [how](#steps) <a name='x'></a>.\n",
    "content/plans/p/actions/b.md": "---\ntitle: B\nref: 1\nowner: Bo\ndue: 2025-01-10\n---\n",
    "content/plans/p/actions/c.md": "---\ntitle: C\nref: 3\nstatus: completed\ncompleted: 2025-01-05\n---\n- Said\n",
    "content/plans/p/actions/d.md": "---\ntitle: D\nref: 4\ndue: 2025-04-01\n---\n",
    "content/plans/p/actions/torn.md": "---\ntitle: T: orn\n---\n",
}


def _page(root: Path) -> Page:
    site = load_site(write(root, _FILES))
    return build_printed_plan_page(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site), NO_HISTORY)


def _view(root: Path) -> PrintedPlanView:
    page = _page(root)
    assert isinstance(page.view, PrintedPlanView)
    return page.view


def test_open_actions_come_before_closed_ones(tmp_path: Path) -> None:
    """Each by its number, with how it stands; the tag says how late one is, and a blocked one says all that it waits for."""
    view = _view(tmp_path)
    assert [action.ref for action in view.open] == ["1", "2", "4"]
    assert [action.ref for action in view.closed] == ["3"]
    assert [action.sentence for action in view.open] == [
        "",
        "Waits for action 1 (Bo, overdue) and action 4.",
        "Due in 71 days.",
    ]
    assert view.open[0].course.words == "Overdue by 10 days"
    assert view.closed[0].completed == date(2025, 1, 5)


def test_an_action_has_all_its_steps_and_its_newest_note(tmp_path: Path) -> None:
    """With what stands beside the list; links lead on from this page, and no id can be there twice."""
    action = _view(tmp_path).open[1]
    assert [step.done for step in action.steps] == [True, False]
    assert 'href="actions/b.html"' in action.steps[0].html
    assert "In cash." in action.steps[1].html
    assert "Ask first." in action.steps_more
    assert action.note and (action.note.day, action.note.by) == (date(2025, 1, 16), "Bo")
    assert 'href="actions/a.html#steps"' in action.note.html
    assert " id=" not in action.note.html


def test_the_facts_of_the_plan(tmp_path: Path) -> None:
    """Goals, dates of reviews, the reason for the plan, its other parts, and the files that could not be read."""
    page, view = _page(tmp_path), _view(tmp_path)
    assert (page.path, page.running_head) == ("plans/p/print.html", "Plan")
    assert (view.goals, view.last_review, view.unreadable) == ((("Warm", ""),), date(2025, 1, 9), ("Torn",))
    assert "Why." in view.purpose
    assert [section.title for section in view.further] == ["Money"]
