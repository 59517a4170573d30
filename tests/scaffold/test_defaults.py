"""What follows from the site is filled in without asking."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.markdown.body import parse_markdown
from plansite.model.action import Action
from plansite.model.dates import CalendarInterval
from plansite.model.field_groups import ProtocolEntry
from plansite.model.people import Agency
from plansite.model.plan import Plan, Review
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status
from plansite.scaffold.new_document import build_known_values, find_next_ref

TODAY = date(2025, 1, 31)
FOLDER = "content/plans/falls"


def _action(slug: str, ref: str = "", **values: object) -> Action:
    path = values.pop("path", f"{FOLDER}/actions/{slug}.md")
    return Action(plan="falls", slug=slug, path=str(path), ref=ref, title=slug, **values)  # type: ignore[arg-type]  # cases vary


def _site(plan: Plan, *texts: str) -> Site:
    unread = tuple(
        UnreadableFile(plan="falls", kind="action", slug="x", path="x.md", text=text, findings=()) for text in texts
    )
    return Site(
        settings=Settings(), plans=(plan,), agencies=(Agency(slug="lodge", title="The Lodge"),), unreadable=unread
    )


def _plan(*actions: Action, **values: object) -> Plan:
    return Plan(slug="falls", path=f"{FOLDER}/plan.md", actions=actions, **values)  # type: ignore[arg-type]  # cases vary


@pytest.mark.parametrize(
    ("refs", "expected"),
    [([], 1), (["1", "2"], 3), (["9", "10"], 11), (["A-7", "2b", "²", ""], 1), (["3", "A-7"], 4), (["007"], 8)],
)
def test_the_next_number_is_one_more_than_the_highest(refs: list[str], expected: int) -> None:
    """Only whole numbers count; words and signs do not."""
    plan = _plan(*(_action(f"a{at}", ref) for at, ref in enumerate(refs)))
    assert find_next_ref(_site(plan), plan) == expected


def test_a_number_in_an_unreadable_file_is_taken() -> None:
    """It will be there again once the file is mended."""
    plan = _plan(_action("a", "2"))
    assert find_next_ref(_site(plan, "---\ntitle: Fix: door\nref: 12\n---\n", 'ref: "5"'), plan) == 13


def test_an_action_is_created_today() -> None:
    """With the next number."""
    plan = _plan(_action("a", "2"))
    assert build_known_values("action", _site(plan), plan, TODAY) == {"ref": 3, "created": TODAY}


def test_a_review_continues_the_last_one() -> None:
    """Chair, kind and minute-taker of the latest review before it; agencies of the protocol; one interval on."""
    reviews = tuple(
        Review(plan="falls", slug=str(day), path="", date=day, chair=chair, kind="Monthly", minute_taker="Clerk")
        for day, chair in ((date(2024, 12, 1), "Old"), (date(2025, 1, 2), "Nurse"), (date(2025, 2, 2), "Later"))
    )
    protocol = (ProtocolEntry(agency="lodge"), ProtocolEntry(agency="Elsewhere"), ProtocolEntry(agency="The lodge"))
    plan = _plan(owner="Manager", reviews=reviews, protocol=protocol, review_every=CalendarInterval(months=1))
    assert build_known_values("review", _site(plan), plan, TODAY) == {
        "title": "January review",
        "date": TODAY,
        "kind": "Monthly",
        "chair": "Nurse",
        "minute_taker": "Clerk",
        "present": ("The Lodge", "Elsewhere"),
        "next": date(2025, 2, 28),
        "open_actions": "",
    }


def test_a_first_review_is_led_by_the_plans_owner() -> None:
    """Without an interval nobody knows when the next one is."""
    plan = _plan(owner="Manager")
    values = build_known_values("review", _site(plan), plan, TODAY)
    assert (values["chair"], values["next"]) == ("Manager", "")


def test_open_actions_are_carried_forward_with_links() -> None:
    """Links lead from the review to the file; a title cannot break out of its link; finished actions stay behind."""
    plan = _plan(
        _action("a [b](c) *d* <e>", path=f"{FOLDER}/actions/two words.md"),
        _action("done", status=Status.COMPLETED),
        _action("elsewhere", path="../other/elsewhere.md"),
    )
    text = str(build_known_values("review", _site(plan), plan, TODAY)["open_actions"])
    body = parse_markdown(f"## Actions carried forward\n{text}\n")
    assert [link.target for link in body.links] == ["../actions/two%20words.md"]
    assert [words.text for words in body.text_runs][1:] == ["a [b](c) *d* <e>", "elsewhere"]


def test_other_kinds_have_little_to_go_on() -> None:
    """A plan begins today; an owner, a measure and an incident are as they are given."""
    plan = _plan()
    assert build_known_values("plan", _site(plan), None, TODAY) == {"start": TODAY}
    assert build_known_values("owner", _site(plan), None, TODAY) == {}
    assert build_known_values("incident", _site(plan), plan, TODAY) == {}
