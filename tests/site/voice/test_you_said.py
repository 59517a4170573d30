"""“You said, we did”: each view beside its answer, for a plan and across plans."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.page_addresses import VOICES_PAGE, list_optional_pages
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Participant
from plansite.site.components.page import Link
from plansite.site.voice.you_said import (
    PlanAnswers,
    SiteAnswersView,
    YouSaidView,
    build_site_answers,
    build_you_said_page,
    list_plan_answers,
)


def _voice(day: int | None, said: str, did: str = "") -> Voice:
    return Voice(who=Participant.CARER, when=date(2025, 1, day) if day else None, said=said, did=did)


def _plan(*views: Voice, slug: str = "p") -> Plan:
    return Plan(slug=slug, path=f"{slug}.md", title=slug.upper(), views=views)


VIEWS = (
    _voice(2, "old", "done"),
    _voice(None, "undated", "done"),
    _voice(9, "waiting"),
    _voice(16, "new", "done"),
    Voice(who=Participant.PARTNERS, not_involved="Busy."),
)


def _view(plan: Plan, *, is_unfiltered: bool = True) -> YouSaidView:
    site = Site(settings=Settings(title="S"), plans=(plan,), is_unfiltered=is_unfiltered)
    (page,) = build_you_said_page(SiteOnDate(site, date(2025, 1, 20)), plan)
    assert page.path == "plans/p/you-said.html"
    assert isinstance(page.view, YouSaidView)
    return page.view


def test_answers_are_the_newest_first() -> None:
    """Those without a day last; who was not asked is not among them."""
    view = _view(_plan(*VIEWS))
    assert [(row.said, row.did, row.who) for row in view.answered] == [
        ("new", "done", "Carer or guardian"),
        ("old", "done", "Carer or guardian"),
        ("undated", "done", "Carer or guardian"),
    ]


def test_what_waits_is_for_those_inside() -> None:
    """A copy for others does not say what is not answered."""
    assert [row.said for row in _view(_plan(*VIEWS)).waiting] == ["waiting"]
    assert _view(_plan(*VIEWS), is_unfiltered=False).waiting == ()


def test_without_an_answer_there_is_no_page() -> None:
    """Nor one across plans; an answer to nothing is none."""
    for plan in (_plan(), _plan(_voice(2, "waiting")), _plan(_voice(2, "", "done"))):
        site = Site(settings=Settings(title="S"), plans=(plan,))
        assert [*build_you_said_page(SiteOnDate(site, date(2025, 1, 20)), plan)] == []
        assert list_plan_answers(plan) == ()
        assert VOICES_PAGE not in list_optional_pages(plan)
    assert list_optional_pages(_plan(*VIEWS)) == (VOICES_PAGE,)
    assert [*build_site_answers(())] == []


def test_across_plans_each_has_its_three_newest() -> None:
    """The plan with the newest answer first, and a link to the others."""
    quiet = _plan(_voice(1, "one", "done"), slug="q")
    busy = _plan(*(_voice(day, str(day), "done") for day in range(2, 8)), slug="b")
    (page,) = build_site_answers([*list_plan_answers(quiet), *list_plan_answers(busy)])
    assert isinstance(page.view, SiteAnswersView)
    assert page.path == "you-said.html"
    assert [(each.plan, [row.said for row in each.rows], each.more) for each in page.view.plans] == [
        (Link("B", "plans/b/index.html"), ["7", "6", "5"], Link("3 more", "plans/b/you-said.html")),
        (Link("Q", "plans/q/index.html"), ["one"], Link("")),
    ]
    assert page.view.lede == "What people said about 2 plans, and what was done about it."


def test_a_long_list_is_split() -> None:
    """At about a thousand rows."""
    row = list_plan_answers(_plan(_voice(1, "one", "done")))[0]
    pages = [*build_site_answers([row] * 700)]
    assert [page.path for page in pages] == ["you-said.html", "you-said-2.html", "you-said-3.html"]
    views = [page.view for page in pages if isinstance(page.view, SiteAnswersView)]
    assert sum(len(view.plans) for view in views) == 700
    assert all(isinstance(each, PlanAnswers) for view in views for each in view.plans)
