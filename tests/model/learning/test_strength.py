"""The strength of a fix: as recorded, or suggested from words, with a reason; never more than a hint."""

from __future__ import annotations

import pytest

from plansite.model.body import ActionStep, Body
from plansite.model.documents.action import Action
from plansite.model.learning.strength import are_all_weaker, describe_strength, find_strength
from plansite.model.status import Strength


def _action(title: str, *steps: str, strength: Strength | None = None) -> Action:
    body = Body(steps=tuple(ActionStep(text=step, html=(), done=False, line=1) for step in steps))
    return Action(plan="p", slug="a", path="a.md", title=title, strength=strength, body=body)


@pytest.mark.parametrize(
    ("title", "strength"),
    [
        ("Fit a second rail on the main stairs", Strength.STRONGER),
        ("Make the worn carpet on the main stairs safe", Strength.STRONGER),
        ("Replace the trolleys", Strength.STRONGER),
        ("Standardise the drug chart", Strength.STRONGER),
        ("Set the pump so that a double dose is not possible", Strength.STRONGER),
        ("Directors to walk the wards each month", Strength.STRONGER),
        ("Use a checklist at handover", Strength.INTERMEDIATE),
        ("Read back each telephone order", Strength.INTERMEDIATE),
        ("Keep look-alike boxes apart", Strength.INTERMEDIATE),
        ("Recruit two more nurses for the night", Strength.INTERMEDIATE),
        ("Turn on the electronic record", Strength.INTERMEDIATE),
        ("Reduce interruptions of the round", Strength.INTERMEDIATE),
        ("Train all staff in moving and handling", Strength.WEAKER),
        ("Write a new policy on medicines", Strength.WEAKER),
        ("Remind staff to wash their hands", Strength.WEAKER),
        ("Put up a sign by the door", Strength.WEAKER),
        ("Double-check each dose", Strength.WEAKER),
        ("Investigate why the round runs late", Strength.WEAKER),
        ("Ring her son every evening", None),
        ("", None),
    ],
)
def test_a_title_suggests_a_strength(title: str, strength: Strength | None) -> None:
    """By the action hierarchy, each with a reason; nothing is suggested where the words say nothing."""
    hint = find_strength(_action(title))
    assert (hint.strength if hint else None) is strength
    assert not hint or (hint.reason and not hint.is_recorded)


@pytest.mark.parametrize(
    ("title", "strength"),
    [
        ("Train staff to use the new hoist", Strength.WEAKER),
        ("Fit a lock, and train staff to use it", Strength.STRONGER),
        ("Check that the highlights of the trainers’ fitness programme are shown", None),
    ],
)
def test_the_first_telling_words_decide(title: str, strength: Strength | None) -> None:
    """They say what is done; parts of other words count for nothing."""
    hint = find_strength(_action(title))
    assert (hint.strength if hint else None) is strength


def test_steps_decide_where_the_title_says_nothing() -> None:
    """The strongest of them: one strong part is enough."""
    hint = find_strength(_action("Make the landing safe", "Remind the night staff", "Fit a brighter lamp"))
    assert hint is not None
    assert hint.strength is Strength.STRONGER
    hint = find_strength(_action("Remind the night staff", "Fit a brighter lamp"))
    assert hint is not None
    assert hint.strength is Strength.WEAKER


def test_what_is_recorded_counts() -> None:
    """It is said as recorded, without a reason; a suggestion says that it is one."""
    assert describe_strength(_action("Train staff", strength=Strength.STRONGER)) == "Recorded as a stronger fix."
    said = "Seems a weaker fix: training alone depends on people remembering."
    assert describe_strength(_action("Train staff")) == said
    assert describe_strength(_action("Ring her son")) == ""


def test_all_weaker() -> None:
    """Only where each is known to be: not where there is none, or where one says nothing."""
    weak, unknown = _action("Train staff"), _action("Ring her son")
    assert are_all_weaker([weak, _action("Fit a rail", strength=Strength.WEAKER)])
    for actions in ([], [weak, unknown], [weak, _action("Fit a rail")]):
        assert not are_all_weaker(actions)


def test_long_texts_are_read_in_linear_time() -> None:
    """Words that begin a kind of fix, and never end it."""
    for part in ("more ", "fewer a ", "new b c ", "managers a b ", "put up a "):
        find_strength(_action(part * (50_000 // len(part))))
