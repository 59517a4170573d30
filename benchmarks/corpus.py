"""Made-up sites to measure with: plans, owners, agencies, and actions with bodies of several shapes.

The same number of actions gives the same bytes. No word in them comes from a real plan.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

#: The day for which the dates are made, and which the site gives as today.
TODAY = date(2025, 6, 2)
#: So many actions make a plan, and so many an owner's work.
_PLAN = 40
_OWNER = 20
#: Each plan has a team of so many owners.
_TEAM = 6

_VERBS = (
    "Mend",
    "Count",
    "Replace",
    "Write down",
    "Practise",
    "Share",
    "Shorten",
    "Test",
    "Move",
    "Explain",
    "Order",
    "Compare",
)
_THINGS = (
    "the key list",
    "the night rota",
    "the bath hoists",
    "the menu cards",
    "the visitors' book",
    "the medicine fridge",
    "the call bells",
    "the garden paths",
    "the handover sheet",
    "the bus timetable",
    "the spare glasses",
    "the welcome letter",
    "the weighing scales",
)
_PLACES = (
    "upstairs",
    "in the annexe",
    "before the holidays",
    "with the families",
    "on both floors",
    "at the day centre",
)
_ROLES = (
    "Housekeeper",
    "Night Lead",
    "Cook",
    "Physiotherapist",
    "Link Worker",
    "Rota Clerk",
    "Porter",
    "Area Nurse",
    "Trainer",
)
_AGENCIES = ("Elmbrook House", "Elmbrook Council", "Valley Nursing", "Harbour Transport", "Lantern Counselling")
_WHY = (
    "Two people asked about this at the last meeting, and nobody could say who looks after it.",
    "It has gone wrong three times since spring. Each time somebody had to **wait** for more than an hour.",
    "The families would like to see it done *before* the days get short.",
    "We tried it on one corridor first. That took a week and cost nothing.",
    "Without it the late shift starts with twenty minutes of searching.",
)
_STEPS = (
    "Ask everybody who uses it",
    "Make a list of what is missing",
    "Order what we need",
    "Try it for a week",
    "Tell the night staff",
    "Put a note on the board",
    "Look again after a month",
)
_NOTES = (
    "Talked to six people. Four would like the second way.",
    "Waiting for the shop; they promised Thursday.",
    "Half done. The other half needs the tall ladder.",
    "Shown to the late shift, who found one mistake.",
    "Measured again: 14 minutes, down from 35.",
)
_STATUSES = ("not started", "in progress", "in progress", "blocked", "completed", "completed", "cancelled")

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One Markdown file of a site: its path below `content`, its fields and what stands below them."""

    path: str
    fields: Fields
    body: str = ""


def written(fields: Fields, body: str) -> str:
    """A Markdown file with front matter. Values are plain enough to stand without quotes."""
    lines = (f"{name}: {_plain(value)}" for name, value in fields.items() if value)
    return "\n".join(("---", *lines, "---", body, ""))


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_plain(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return str(value)


def texts(actions: int) -> Iterator[Text]:
    """Every file of a site with so many actions, one after the other."""
    yield Text(path="index.md", fields={"title": "Plans to measure with"}, body="Nobody in here is real.")
    for title in _AGENCIES:
        yield Text(path=f"agencies/{_slug(title)}.md", fields={"title": title})
    owners = tuple(islice(_owners(), max(_TEAM, actions // _OWNER)))
    for number, owner in enumerate(owners):
        fields = {"title": owner, "agency": _slug(_AGENCIES[number % len(_AGENCIES)])}
        yield Text(path=f"owners/{_slug(owner)}.md", fields=fields)
    for first in range(0, actions, _PLAN):
        yield from _plan(first // _PLAN + 1, range(first + 1, min(first + _PLAN, actions) + 1), owners)


def _owners() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield from (f"{role} {number}" for role in _ROLES)


def _plan(number: int, actions: range, owners: tuple[str, ...]) -> Iterator[Text]:
    chance = random.Random(f"plan {number}")  # noqa: S311  (a steady set)
    team = chance.sample(owners, min(len(owners), _TEAM))
    fields = {
        "title": f"Making days go well, part {number}",
        "kind": "service",
        "objective": "Everybody gets what was promised on the day it was promised.",
        "owner": team[0],
        "agencies": [_slug(each) for each in chance.sample(_AGENCIES, 2)],
        "start": TODAY - timedelta(days=200),
        "end": TODAY + timedelta(days=300),
        "review_every": "3 months",
        "goals": [{"key": f"goal-{each}", "title": f"Promise {each} is kept"} for each in (1, 2, 3)],
    }
    folder = f"plans/part-{number:04}"
    yield Text(path=f"{folder}/plan.md", fields=fields, body="This plan began with a walk through the house.")
    for action in actions:
        yield _action(folder, action, actions, team)


def _action(folder: str, number: int, all_numbers: range, team: list[str]) -> Text:
    chance = random.Random(f"action {number}")  # noqa: S311  (a steady set)
    status = chance.choice(_STATUSES)
    created = TODAY - timedelta(days=chance.randint(60, 190))
    due = TODAY + timedelta(days=chance.randint(-30, 250))
    other = chance.choice(all_numbers)
    fields = {
        "title": f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} {chance.choice(_PLACES)}",
        "ref": number,
        "status": status,
        "reason": "superseded" if status == "cancelled" else "",
        "owner": team[number % len(team)],
        "supporters": [each for each in chance.sample(team, 2) if each != team[number % len(team)]],
        "goal": f"goal-{chance.randint(1, 3)}",
        "created": created,
        "due": due,
        "completed": created + timedelta(days=chance.randint(5, 50)) if status == "completed" else "",
        "priority": chance.choice(("low", "medium", "high")),
        # An action waits only for an earlier one, so that none wait for each other.
        "depends_on": [other] if other < number and chance.random() < 0.2 else [],
        "evidence": [{"label": "Photograph", "url": f"https://example.org/photographs/{number}"}],
        "tags": chance.sample(("food", "sleep", "transport", "noise", "paper"), 2),
    }
    neighbour = f"action-{chance.choice(all_numbers):06}.md"
    return Text(path=f"{folder}/actions/action-{number:06}.md", fields=fields, body=_body(chance, created, neighbour))


def _body(chance: random.Random, created: date, neighbour: str) -> str:
    """Reasons, one part of some shape, steps and progress."""
    done = chance.randint(0, 3)
    steps = (f"- [{'x' if number < done else ' '}] {step}" for number, step in enumerate(chance.sample(_STEPS, 4)))
    notes = (
        f"- {created + timedelta(days=9 * number)}: {note}" for number, note in enumerate(chance.sample(_NOTES, 3))
    )
    reasons = "\n\n".join(chance.sample(_WHY, 2))
    parts = (reasons, chance.choice(_SHAPES)(chance, neighbour), "## Steps", *steps, "", "## Progress", *notes)
    return "\n".join(parts)


def _nothing(_chance: random.Random, _neighbour: str) -> str:
    return ""


def _table(chance: random.Random, _neighbour: str) -> str:
    rows = (f"| {place} | {chance.randint(1, 30)} | {chance.randint(1, 30)} |" for place in _PLACES)
    return "\n".join(("", "## Counts", "| Where | March | April |", "|---|---:|---:|", *rows, ""))


def _code(chance: random.Random, _neighbour: str) -> str:
    lines = (f"{hour:02}:00  {chance.choice(_ROLES)}" for hour in range(7, 15))
    return "\n".join(("", "## The new rota", "```text", *lines, "```", "It hangs behind the `staff` door.", ""))


def _links(chance: random.Random, neighbour: str) -> str:
    page = chance.randint(1, 900)
    return (
        f"\n## Read on\nSee [another action]({neighbour}) and [the maker's leaflet]"
        f"(https://example.org/leaflets/{page}).\n\n> Ring first, then write. <https://example.org/contact>\n"
    )


def _nested(chance: random.Random, _neighbour: str) -> str:
    lines = (f"- {thing}\n  - {chance.choice(_WHY)}\n  - {chance.choice(_NOTES)}" for thing in _THINGS[:4])
    return "\n".join(("", "## Costs", *lines, "", "1. Ask for two offers.", "2. Take the *slower* one.", ""))


_SHAPES: tuple[Callable[[random.Random, str], str], ...] = (_nothing, _nothing, _table, _code, _links, _nested)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def write_site(root: Path, actions: int) -> None:
    """A site for plansite in a new folder."""
    put(root, "plansite.yaml", f"title: Plans to measure with\ntoday: {TODAY}\n")
    for text in texts(actions):
        put(root, f"content/{text.path}", written(text.fields, text.body))


def put(root: Path, path: str, text: str) -> None:
    """Write one file and the folders above it."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")


def action_to_edit(actions: int) -> str:
    """The path of an action in the middle of a site, below `content` and without its ending."""
    number = actions // 2 + 1
    return f"plans/part-{(number - 1) // _PLAN + 1:04}/actions/action-{number:06}"
