"""A plan in easy words: its own sentences, and two facts that nobody has to write twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import CalendarInterval
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.people import Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.components.dated_rows import Visibility
from plansite.site.voice.easy_read import EasyReadView, build_easy_read_page

TODAY = date(2025, 1, 20)
OWNER = Owner(slug="social-worker", path="o.md", title="Social Worker", telephone="020 7946 0150")


def _view(*sentences: str, owner: str = "", reviews: tuple[Review, ...] = (), today: date = TODAY) -> EasyReadView:
    every = CalendarInterval(days=42, text="6 weeks")
    plan = Plan(
        slug="p",
        path="p.md",
        title="P",
        owner=owner,
        easy_read=sentences,
        reviews=reviews,
        review_every=every,
        start=TODAY,
    )
    site = Site(settings=Settings(title="S"), plans=(plan,), owners=(OWNER,))
    (page,) = build_easy_read_page(SiteOnDate(site, today), plan)
    assert (page.path, page.trail) == ("plans/p/easy-read.html", ())
    assert isinstance(page.view, EasyReadView)
    return page.view


def _review(day: date, next_day: date | None) -> Review:
    return Review(plan="p", slug=day.isoformat(), path="r.md", date=day, next=next_day)


def test_a_question_is_the_heading_of_what_follows() -> None:
    """Sentences before the first question have none; a question without sentences stays."""
    view = _view("This is my plan.", "Who helps me?", "My sister.", "My doctor.", "What next?")
    assert [(part.heading, part.sentences) for part in view.parts] == [
        ("", ("This is my plan.",)),
        ("Who helps me?", ("My sister.", "My doctor.")),
        ("What next?", ()),
    ]
    assert len({part.key for part in view.parts}) == 3


def test_it_begins_with_a_question() -> None:
    """Then no empty part comes before it."""
    assert [part.heading for part in _view("Who helps me?", "My sister.").parts] == ["Who helps me?"]


def test_who_to_ask_is_the_owner() -> None:
    """With the telephone number, if it is known; a name without a file has none."""
    known, unknown, nobody = (_view("A.", owner=name) for name in ("social worker", "Aunt Bea", ""))
    assert (known.contact, known.telephone) == ("Social Worker", "020 7946 0150")
    assert (unknown.contact, unknown.telephone) == ("Aunt Bea", "")
    assert (nobody.contact, nobody.telephone) == ("", "")


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (38, True)])
def test_the_next_meeting_is_shown_until_it_has_passed(days: int, is_shown: bool) -> None:
    """Only the day that the minutes name, with its weekday."""
    due = TODAY + timedelta(days)
    view = _view("A.", reviews=(_review(date(2025, 1, 2), due),))
    assert view.next_review == (due if is_shown else None)
    assert view.review_shown == (Visibility(None, due + timedelta(1)) if is_shown else None)
    if days == 38:
        assert view.weekday == "Thursday"


def test_a_day_that_is_only_counted_is_not_shown() -> None:
    """One interval after the last review is a reminder for staff, not a promise to the person."""
    assert _view("A.", reviews=(_review(date(2025, 1, 2), None),)).next_review is None
    assert _view("A.").next_review is None


def test_nothing_is_made_up() -> None:
    """A plan without easy words has no such page."""
    plan = Plan(slug="p", path="p.md", title="P", objective="To be warm.")
    assert [*build_easy_read_page(SiteOnDate(Site(settings=Settings(title="S"), plans=(plan,)), TODAY), plan)] == []
