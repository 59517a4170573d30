"""The draft of a review as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.site_content import load_site
from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.findings import Level
from plansite.model.review_dates import is_planned
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Direction, Status, VerificationResult
from plansite.review_draft.decisions import extract_decisions
from plansite.review_draft.draft import format_draft
from plansite.site.paper.agenda import Agenda, build_agenda
from tests.sites import write

TODAY, DAY = date(2025, 1, 20), date(2025, 2, 6)
_FOLDER = "content/plans/p"
_PLAN = """---
title: Warm rooms
kind: KIND
owner: Manager
review_every: 4 weeks
---
"""
_LAST = """---
title: January review
date: 2025-01-09
kind: Monthly review
chair: Nurse
present: [Nurse, Cook]
---
## Decisions
- Buy [a lamp](../actions/lamp.md).
"""
_LAMP = """---
title: Buy a lamp
ref: 1
status: blocked
owner: Cook
created: 2025-01-02
due: 2025-02-01
due_history: [{due: 2025-01-25, moved: 2025-01-10, reason: The shop is shut}]
depends_on: [2]
---
## Progress
- 2025-01-15: No.
"""
_MONEY = """---
title: Find the money
ref: 2
status: in progress
owner: Manager
created: 2025-01-02
due: 2025-01-18
---
## Barriers
Waiting for the bank. It is slow.
"""
_SHELF = """---
title: Mend the shelf
ref: 3
status: done
owner: Cook
created: 2025-01-02
completed: 2025-01-15
verification: {by: Manager, due: 2025-01-19, method: Look at it.}
---
"""
_HEAT = "---\ntitle: Warmth\nunit: degrees\ndirection: up\ntarget: 20\n---\n"
_FILES = {
    f"{_FOLDER}/plan.md": _PLAN.replace("KIND", "improvement"),
    f"{_FOLDER}/reviews/2025-01-09.md": _LAST,
    f"{_FOLDER}/actions/lamp.md": _LAMP,
    f"{_FOLDER}/actions/money.md": _MONEY,
    f"{_FOLDER}/actions/shelf.md": _SHELF,
    f"{_FOLDER}/measures/heat.md": _HEAT,
    f"{_FOLDER}/measures/heat.csv": "date,value\n2025-01-08,17\n2025-01-14,18.5\n2025-01-19,19\n",
}
_HEAD = """---
title: February review
date: 2025-02-06
kind: Monthly review
chair: Nurse
minute_taker:
present:
  - Nurse (expected)
  - Cook (expected)
apologies:
next: 2025-03-06
distribution:
---
<!-- Send this before the meeting. Afterwards write down what was said and decided. Delete “(expected)” after the name
of everybody who came, and move the others to apologies. -->

"""
_REST = """
## Decisions
<!-- One line for each decision, with its reason. -->

## Previous decisions
From [January review](2025-01-09.md) of 9 January 2025. Tick each one that is done or still applies.

- [ ] Buy [a lamp](../actions/lamp.md).
"""
_END = """
## Updates
<!-- News from each agency, the person and the family that is not about an action. -->

"""
_MEETING = """Please come ready to agree what happens next with 1 overdue action and 1 blocked action, and to take 1 closed action off the list.
"""
_CARRIED = """
## Actions carried forward
As at 20 January 2025, 2 actions are open.

### Overdue
- **2.** [Find the money](../actions/money.md). Manager. Due 18 January 2025. Carried once. Barrier: Waiting for the bank.
  - Update:

### Blocked
- **1.** [Buy a lamp](../actions/lamp.md). Cook. First due 25 January 2025, moved to 1 February 2025: The shop is shut. Due before we meet. Carried once. Waits for action 2.
  - Update:

## Closed since last time
To be agreed as closed. Tick each one that can be removed.

- [ ] **3.** [Mend the shelf](../actions/shelf.md). Completed by Cook on 15 January 2025.

## Verification due
- **3.** [Mend the shelf](../actions/shelf.md). Manager, by 19 January 2025. This is late. Look at it.

## Measures to look at
- [Warmth](../measures/heat.md). There are too few readings yet to tell a change from chance (3 of 10). The latest reading is 19 degrees, on 19 January 2025. The target is 20 or more. New since last time: 18.5 (14 January 2025) and 19 (19 January 2025).
"""
_NEW = """## New actions
<!-- One line for each. Then make a file for it with “plansite new action”. -->
- Who: … What: … By when: …
"""


def _draft(root: Path, files: Mapping[str, str]) -> str:
    site = load_site(write(root, files))
    found = build_agenda(site, site.plans[0], DAY, TODAY, lambda _: ())
    text = (root / found.last_review.path).read_text("utf-8") if found.last_review else ""
    return format_draft(found, extract_decisions(found.last_review, text) if found.last_review else ())


def _gathered(*actions: Action, **fields: object) -> Agenda:
    plan = Plan(slug="p", path=f"{_FOLDER}/plan.md", title="P", actions=actions, review_every=parse_interval("4 weeks"))
    plan = replace(plan, **fields)  # type: ignore[arg-type]  # cases vary
    return build_agenda(Site(settings=Settings(), plans=(plan,)), plan, DAY, TODAY, lambda _: ())


def _action(**fields: object) -> Action:
    known = {"title": "A", "slug": "a", "ref": "1", "owner": "Cook", "due": date(2025, 3, 1), **fields}
    return Action(plan="p", path=f"{_FOLDER}/actions/a.md", **known)  # type: ignore[arg-type]  # cases vary


def _review(day: date = date(2025, 1, 9), **fields: object) -> Review:
    return Review(plan="p", slug=str(day), path=f"{_FOLDER}/reviews/{day}.md", title="R", date=day, **fields)  # type: ignore[arg-type]


def test_the_draft_of_a_meeting(tmp_path: Path) -> None:
    """All its parts in order, each open action once."""
    assert _draft(tmp_path, _FILES) == _HEAD + _MEETING + _REST + _CARRIED + _END + _NEW


def test_the_draft_of_a_session(tmp_path: Path) -> None:
    """Homework comes with its reason, with room for how it went and for what got in the way."""
    given = _MONEY.replace("---\n##", "homework: {rationale: It eases the mind, outcome: partly}\n---\n##")
    files = {path: text for path, text in _FILES.items() if "shelf" not in path and "heat" not in path}
    files |= {f"{_FOLDER}/plan.md": _PLAN.replace("KIND", "counselling"), f"{_FOLDER}/actions/money.md": given}
    assert _draft(tmp_path, files) == (
        f"""{_HEAD}Today we look at how 1 homework task went, and agree what comes next.
{_REST}
## Homework
Common barriers: forgot, no time, too hard, too low, too worried, somebody stopped me, did not fit me, something else.

- **2.** [Find the money](../actions/money.md). Manager. Due 18 January 2025. Carried once. Barrier: Waiting for the bank.
  - Why it may help: It eases the mind.
  - How it went: done / partly / not done. Last noted: partly.
  - What got in the way:
  - Update:

## Actions carried forward
As at 20 January 2025, 1 other action is open.

### Blocked
- **1.** [Buy a lamp](../actions/lamp.md). Cook. First due 25 January 2025, moved to 1 February 2025: The shop is shut. Due before we meet. Carried once. Waits for action 2.
  - Update:
{_END}## New homework and actions
<!-- One line for each. Then make a file for it with “plansite new action”. -->
- Who: … What: … By when: … Why it may help: …
"""
    )


def test_the_draft_is_a_planned_review(tmp_path: Path) -> None:
    """Read back it has no fault, and until somebody came it does not count as held."""
    text = _draft(tmp_path, _FILES)
    found = parse_document(
        DocumentLocation("review", "p", "2025-02-06", f"{_FOLDER}/reviews/2025-02-06.md"), text.encode()
    )
    assert found.findings == ()
    assert isinstance(found.document, Review)
    assert is_planned(found.document)
    assert [part.title for part in found.document.body.sections if part.html] == [
        "Previous decisions",
        "Actions carried forward",
        "Closed since last time",
        "Verification due",
        "Measures to look at",
        "New actions",
    ]


def test_a_first_review_of_an_empty_plan() -> None:
    """Nothing is carried, and the sentence asks for a beginning."""
    text = format_draft(_gathered(owner="Manager"), ())
    assert "Please come ready to agree who does what next, and by when." in text
    assert "This is the first review, so there are no earlier decisions." in text
    assert "## Actions carried forward\nNo action is open.\n" in text
    assert "chair: Manager\n" in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "**1.** [A](../actions/a.md). Cook. Due 1 March 2025."),
        ({"ref": "", "owner": ""}, "[A](../actions/a.md). No owner yet. Due 1 March 2025."),
        ({"due": None}, "Cook. No date yet."),
        ({"status": Status.NOT_STARTED}, "Due 1 March 2025. Not started."),
        ({"due": date(2025, 2, 5)}, "Due 5 February 2025, before we meet."),
        ({"due_history": (EarlierDue(due=date(2025, 2, 1)),)}, "moved to 1 March 2025. No reason was given."),
        (
            {"due_history": (EarlierDue(due=date(2025, 2, 1)), EarlierDue(due=date(2025, 2, 8), reason="Snow."))},
            "First due 1 February 2025, moved twice, now 1 March 2025: Snow.",
        ),
        ({"created": date(2025, 1, 2)}, "Carried once."),
        ({"created": date(2025, 1, 9)}, "New since last time."),
        ({"created": date(2024, 1, 9)}, "Carried once. No news since 9 January 2024."),
        ({"status": Status.BLOCKED}, "No reason is given for the block."),
        ({"status": Status.BLOCKED, "due": date(2025, 1, 2)}, "Due 2 January 2025. Blocked."),
        (
            {
                "status": Status.COMPLETED,
                "verification": Verification(by="Nurse", date=date(2025, 1, 15), result=VerificationResult.FAILED),
            },
            "Reopened: the check on 15 January failed.",
        ),
    ],
)
def test_what_is_said_of_an_open_action(fields: dict[str, object], said: str) -> None:
    """Each fact in a short sentence; what nobody knows is left out."""
    status = {"status": Status.IN_PROGRESS}
    assert said in format_draft(_gathered(_action(**{**status, **fields}), reviews=(_review(),)), ())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": Status.CANCELLED, "reason": "no longer needed"}, "Cancelled on 12 January 2025: no longer needed."),
        ({"status": Status.CANCELLED}, "Cancelled on 12 January 2025, without a reason."),
        ({"status": Status.COMPLETED, "completed": None}, "Completed by Cook, on an unknown day."),
        (
            {
                "status": Status.EMBEDDED,
                "verification": Verification(by="Nurse", date=date(2025, 1, 15), result=VerificationResult.PASSED),
            },
            "Completed by Cook on 12 January 2025. Nurse checked it on 15 January 2025.",
        ),
    ],
)
def test_what_is_said_of_a_closed_action(fields: dict[str, object], said: str) -> None:
    """How it ended, when, and who looked."""
    closed = _action(**{"completed": date(2025, 1, 12), **fields})
    assert f"- [ ] **1.** [A](../actions/a.md). {said}\n" in format_draft(_gathered(closed, reviews=(_review(),)), ())


def test_what_waits_for_another_plan_says_which() -> None:
    """By the titles of both; an action of its own plan by its number, or its title where it has none."""
    elsewhere = replace(_action(title="Log in"), plan="q", slug="b")
    other = Plan(slug="q", path="content/plans/q/plan.md", title="Court", actions=(elsewhere,))
    near = _action(slug="c", ref="", title="Near")
    plan = Plan(slug="p", path=f"{_FOLDER}/plan.md", actions=(_action(depends_on=("c", "q/b")), near))
    found = build_agenda(Site(settings=Settings(), plans=(plan, other)), plan, DAY, TODAY, lambda _: ())
    assert "Waits for “Near” and “Log in” in the plan “Court”." in format_draft(found, ())


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2025, 1, 8)], "No new reading since 9 January 2025."),
        ([date(2024, 12, 1)], "No new reading since 9 January 2025."),
        ([date(2025, 1, 1)], "New since last time: 2 (January 2025)."),
        ([date(2025, 1, 9 + day) for day in range(7)], "7 readings since last time."),
    ],
)
def test_readings_since_last_time(days: list[date], said: str) -> None:
    """A reading that stands for a month is new when the month ended since; many are only counted."""
    measure = Measure(
        plan="p",
        slug="m",
        path=f"{_FOLDER}/measures/m.md",
        title="M",
        direction=Direction.UP,
        readings=tuple(Reading(day, 2) for day in days),
    )
    assert said in format_draft(_gathered(measures=(measure,), reviews=(_review(),)), ())


def test_a_plan_that_meets_often_names_the_day() -> None:
    """So does one whose month has a review already; a year later the month's name is free again."""
    assert "title: February review\n" in format_draft(_gathered(reviews=(_review(date(2024, 2, 6)),)), ())
    assert "title: Review of 6 February 2025\n" in format_draft(_gathered(review_every=parse_interval("incident")), ())
    other = replace(_review(date(2025, 2, 3)), title="february Review")
    assert "title: Review of 6 February 2025\n" in format_draft(_gathered(reviews=(other,)), ())


def test_without_an_interval_nobody_knows_the_next() -> None:
    """The field is there to be filled in."""
    assert "\nnext:\n" in format_draft(_gathered(review_every=None), ())


def test_files_that_cannot_be_read_are_listed() -> None:
    """They may be open actions."""
    lost = UnreadableFile(plan="p", kind="action", slug="x", path=f"{_FOLDER}/actions/x.md", text="", findings=())
    text = format_draft(replace(_gathered(), unreadable=(lost,)), ())
    assert f"### Could not be read\n- {_FOLDER}/actions/x.md. Correct the file: it may be an open action.\n" in text


_TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" []()*_`<>&~\\#!:-'\"{}|"), min_size=1)


@given(_TEXT.filter(lambda text: text.strip()), _TEXT)
def test_any_words_come_back_as_they_are(title: str, owner: str) -> None:
    """Nothing that a file says can change how the draft is read."""
    actions = (_action(title=title, owner=owner, status=Status.IN_PROGRESS),)
    text = format_draft(_gathered(*actions, owner=owner, reviews=(_review(chair=title, present=(owner,)),)), ())
    found = parse_document(
        DocumentLocation("review", "p", "2025-02-06", f"{_FOLDER}/reviews/2025-02-06.md"), text.encode()
    )
    assert [str(finding) for finding in found.findings if finding.rule.level is Level.ERROR] == []
    assert isinstance(found.document, Review)
    assert found.document.chair == title.strip()
    assert any(words.text.startswith(f"1. {' '.join(title.split())}.") for words in found.document.body.text_runs)
