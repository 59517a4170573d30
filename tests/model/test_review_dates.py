"""When a plan is reviewed: what was held, what is only planned, and when the next review is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.review_dates import held_reviews, is_planned, is_silent, next_review_date, review_interval
from plansite.model.status import Status, VerificationResult

_START = date(2025, 1, 6)


def _plan(every: str, *reviews: Review, actions: tuple[Action, ...] = ()) -> Plan:
    return Plan(slug="p", path="", start=_START, review_every=parse_interval(every), reviews=reviews, actions=actions)


def _review(day: date, *present: str, coming: date | None = None) -> Review:
    return Review(plan="p", slug=day.isoformat(), path="", date=day, present=present, next=coming)


def _action(**fields: object) -> Action:
    return Action(plan="p", slug="a", path="", created=_START, **fields)  # type: ignore[arg-type]  # cases vary


@pytest.mark.parametrize(
    ("present", "planned"),
    [
        (("Nurse, Lodge (expected)",), True),
        (("Nurse (Expected)", "Cook (expected)"), True),
        (("Nurse", "Cook (expected)"), False),
        (("Nurse",), False),
        ((), False),
    ],
)
def test_a_review_is_planned_while_everybody_is_expected(present: tuple[str, ...], planned: bool) -> None:
    """As soon as one person is known to have come, it was held; without any names it counts as held, as ever."""
    assert is_planned(_review(_START, *present)) is planned


def test_a_planned_review_is_the_next_one() -> None:
    """A draft does not count as a held review, but its date takes precedence over `next` of the last review."""
    held = _review(date(2025, 1, 16), "Nurse", coming=date(2025, 2, 13))
    draft = _review(date(2025, 2, 20), "Nurse (expected)", coming=date(2025, 3, 20))
    plan = _plan("4 weeks", draft, held)
    assert next_review_date(plan) == date(2025, 2, 20)
    assert held_reviews(plan) == (held,)
    came = replace(draft, present=("Nurse",))
    assert next_review_date(_plan("4 weeks", held, came)) == date(2025, 3, 20)


def test_a_draft_that_was_overtaken_counts_for_nothing() -> None:
    """A later meeting was held, so the earlier one is not awaited any more."""
    draft = _review(date(2025, 1, 16), "Nurse (expected)")
    held = _review(date(2025, 2, 20), "Nurse", coming=date(2025, 3, 20))
    assert next_review_date(_plan("4 weeks", draft, held)) == date(2025, 3, 20)


def test_held_reviews_before_a_day() -> None:
    """In order of date, without that day and without those that have no date."""
    first, second = _review(date(2025, 1, 16)), _review(date(2025, 2, 13))
    plan = _plan("4 weeks", second, first, replace(first, slug="x", date=None))
    assert held_reviews(plan) == (first, second)
    assert held_reviews(plan, date(2025, 2, 13)) == (first,)


def test_the_first_review_has_an_interval_of_its_own() -> None:
    """It counts from the start, and after the meeting the following interval counts."""
    assert next_review_date(_plan("team around the family")) == date(2025, 1, 27)
    assert next_review_date(_plan("team around the family", _review(date(2025, 1, 27)))) == date(2025, 3, 10)
    assert next_review_date(_plan("safeguarding")) == date(2025, 3, 3)
    assert review_interval(_plan("safeguarding", _review(date(2025, 3, 3)))) == parse_interval("safeguarding")


def test_silence_is_measured_by_the_interval_that_counts_now() -> None:
    """Three weeks before the first review of a team around the family, six weeks after it."""
    action, day = _action(), date(2025, 1, 28)
    assert is_silent(action, _plan("team around the family"), day)
    assert not is_silent(action, _plan("team around the family"), date(2025, 1, 27))
    assert not is_silent(action, _plan("team around the family", _review(date(2025, 1, 27))), day)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"status": Status.IN_PROGRESS}, date(2025, 1, 20)),
        ({"status": Status.COMPLETED, "verification": Verification(by="Nurse")}, date(2025, 1, 20)),
        (
            {
                "status": Status.COMPLETED,
                "verification": Verification(by="Nurse", date=date(2025, 1, 14), result=VerificationResult.PASSED),
            },
            None,
        ),
        ({"status": Status.CANCELLED}, None),
    ],
)
def test_incident_reviews_end_when_all_is_closed(fields: dict[str, object], due: date | None) -> None:
    """Open work and a check that is awaited keep them going; a plan without actions has not begun."""
    held = _review(date(2025, 1, 13), "Nurse", coming=date(2025, 1, 20))
    assert next_review_date(_plan("incident", held, actions=(_action(**fields),))) == due
    assert next_review_date(_plan("1 week", held, actions=(_action(**fields),))) == date(2025, 1, 20)
    assert next_review_date(_plan("incident", held)) == date(2025, 1, 20)


def test_a_draft_of_the_day_of_a_meeting_counts_for_nothing() -> None:
    """The meeting of that day was held; what was only planned for it is not awaited any more."""
    held = _review(date(2025, 2, 20), "Nurse", coming=date(2025, 3, 20))
    draft = replace(_review(date(2025, 2, 20), "Cook (expected)"), slug="draft")
    assert next_review_date(_plan("4 weeks", held, draft)) == date(2025, 3, 20)
    tomorrow = _review(date(2025, 2, 21), "Cook (expected)")
    assert next_review_date(_plan("4 weeks", held, tomorrow)) == date(2025, 2, 21)
