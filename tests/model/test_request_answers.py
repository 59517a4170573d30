"""Which updates that owners were asked for are answered, by what, and for how long the others have waited."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.body import Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.request_answers import (
    count_silent_days,
    describe_request_day,
    describe_silence,
    find_answer,
    get_question,
    iterate_pending_requests,
    list_pending_requests,
)
from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status

_ASKED = UpdateRequest(date=date(2025, 1, 10), by="Manager", question="Is it done?")
_OWNERS = (
    Owner(slug="maintenance", path="o", title="Maintenance"),
    Owner(slug="jo", path="o", title="Jo Day", agency="council"),
    Owner(slug="ann", path="o", title="Ann Lee", agency="other"),
    Owner(slug="cook", path="o", title="Cook"),
)
_AGENCIES = (Agency(slug="council", path="a", title="Riverside Council"), Agency(slug="other", path="a", title="Other"))


def _note(day: date | None, by: str, line: int = 9) -> ProgressNote:
    return ProgressNote(date=day, by=by, text="Said.", html=(), line=line)


def _action(*notes: ProgressNote, slug: str = "a", owner: str = "Maintenance", **fields: object) -> Action:
    body = Body(progress=notes)
    return Action(plan="p", slug=slug, path=slug, title=slug, owner=owner, body=body, **fields)  # type: ignore[arg-type]


def _site(*actions: Action) -> Site:
    plan = Plan(slug="p", path="content/plans/p/plan.md", title="P", actions=actions)
    return Site(settings=Settings(), owners=_OWNERS, agencies=_AGENCIES, plans=(plan,))


@pytest.mark.parametrize(
    ("by", "owner", "is_answer"),
    [
        ("Maintenance", "Maintenance", True),
        ("maintenance ", "Maintenance", True),
        ("Cook", "Maintenance", False),
        ("Cook and Maintenance", "Maintenance", True),
        ("Maintenance, by phone", "Maintenance", True),
        ("", "Maintenance", True),
        ("Nobody of this site", "Maintenance", False),
        ("Nobody of this site", "Nobody of this site", True),
        ("Jo Day", "Riverside Council", True),
        ("Ann Lee", "Riverside Council", False),
        ("Riverside Council", "Jo Day", False),
    ],
)
def test_a_note_of_the_owner_is_the_answer(by: str, owner: str, is_answer: bool) -> None:
    """By any of its names, by one of several writers, or by somebody of the agency; a note without a name counts."""
    action = _action(_note(date(2025, 1, 12), by), owner=owner)
    answer = find_answer(_site(action), action, _ASKED)
    assert (answer is not None) is is_answer
    if answer:
        assert (answer.day, answer.is_unsigned) == (date(2025, 1, 12), not by)


def test_the_first_note_since_it_was_asked_counts() -> None:
    """One of that very day does, an earlier one and one without a date do not."""
    early, same, late = (_note(date(2025, 1, day), "Maintenance") for day in (9, 10, 15))
    undated = _note(None, "Maintenance")
    site = _site()
    for notes, day in (((early, undated), None), ((late, same), 10), ((early, late), 15)):
        action = _action(*notes)
        answer = find_answer(site, action, _ASKED)
        assert (answer.day if answer else None) == (date(2025, 1, day) if day else None)


def test_the_day_in_the_file_takes_precedence() -> None:
    """Over any note, and where the day of the question is missing."""
    action = _action(_note(date(2025, 1, 11), "Maintenance"))
    for asked in (date(2025, 1, 10), None):
        answer = find_answer(_site(), action, UpdateRequest(date=asked, answered=date(2025, 1, 20)))
        assert answer is not None
        assert (answer.day, answer.note, answer.is_unsigned) == (date(2025, 1, 20), None, False)
    assert find_answer(_site(), action, UpdateRequest()) is None


def test_requests_wait_while_the_action_is_open_and_somebody_owns_it() -> None:
    """The oldest first; nobody waits for an answer about what is closed, or from nobody."""
    second = UpdateRequest(date=date(2025, 1, 3))
    actions = (
        _action(slug="a", asked=(_ASKED,)),
        _action(slug="b", asked=(UpdateRequest(date=date(2025, 1, 12)), second)),
        _action(slug="c", asked=(_ASKED,), status=Status.CANCELLED),
        _action(slug="d", asked=(_ASKED,), owner=" "),
        _action(_note(date(2025, 1, 11), "Maintenance"), slug="e", asked=(_ASKED,)),
    )
    site = _site(*actions)
    assert [(each.action.slug, each.request.date) for each in list_pending_requests(site, actions)] == [
        ("b", date(2025, 1, 3)),
        ("a", date(2025, 1, 10)),
        ("b", date(2025, 1, 12)),
    ]
    assert list(iterate_pending_requests(site, actions[2])) == []


def test_silence_in_words() -> None:
    """With the days, but for the first and for a day that is missing or to come."""
    for day, words in (
        (date(2025, 1, 13), "No answer for 7 days"),
        (date(2025, 1, 19), "No answer for 1 day"),
        (date(2025, 1, 20), "No answer yet"),
        (date(2025, 2, 1), "No answer yet"),
        (None, "No answer yet"),
    ):
        assert describe_silence(UpdateRequest(date=day), date(2025, 1, 20)) == words
    assert count_silent_days(UpdateRequest(date=date(2025, 2, 1)), date(2025, 1, 20)) == 0


def test_what_was_asked_in_words() -> None:
    """Who, when and what, as far as it is known; a long question is shortened."""
    assert describe_request_day(_ASKED) == "Asked by Manager on 10 January 2025"
    assert describe_request_day(UpdateRequest()) == "Asked"
    assert get_question(_ASKED) == "Is it done?"
    assert get_question(UpdateRequest(question="  ")) == "Is there any news?"
    assert len(get_question(UpdateRequest(question="word " * 100))) <= 160
