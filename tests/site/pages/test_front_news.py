"""The day from which on the front page has other news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.pages.front_news import build_news, find_next_news

_TODAY = date(2025, 1, 20)


def _dated_site(offsets: Iterable[int], today: date = _TODAY) -> SiteOnDate:
    notes = tuple(
        ProgressNote(date=_TODAY + timedelta(offset), by="", text=str(number), html=("",), line=number)
        for number, offset in enumerate(offsets, 1)
    )
    action = Action(plan="p", slug="a", path="a.md", title="A", body=Body(progress=notes))
    return SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="p.md", actions=(action,)),)), today)


@given(st.lists(st.integers(-20, 20), max_size=4))
@example([-7])
@example([-8])
@example([0, 1])
def test_the_next_day_with_other_news(offsets: list[int]) -> None:
    """Found by looking at each day: a note is news from its own day for a week."""
    first = build_news(_dated_site(offsets))
    days = (_TODAY + timedelta(number) for number in range(1, 40))
    expected = next((day for day in days if build_news(_dated_site(offsets, day)) != first), None)
    assert find_next_news(_dated_site(offsets)) == expected
