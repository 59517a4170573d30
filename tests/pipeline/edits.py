"""Small sites that use what plans can ask of each other, and anything that somebody may do to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.sites import write

PLANS = ("falls", "food", "night")
SLUGS = ("a", "b", "lights")
NAMES = ("Deputy Manager", "Cook", "Night Lead", "Cook and Deputy Manager", "Riverside Council", "Coook")
PLAN = """---
title: {title}
kind: {kind}
owner: {owner}
agencies: [riverside-council]
goals: [{{key: warm, title: Warm rooms, measure: rooms}}]
protocol: [{{agency: riverside-council, contact: {owner}}}]
review_every: 4 weeks
start: 2025-01-01
---
See [the other plan](../food/plan.md) and [an action](../night/actions/lights.md).
"""
ACTION = """---
title: {title}
ref: {ref}
status: {status}
owner: {owner}
supporters: [{supporter}]
due: {due}
goal: warm
depends_on: [{depends}]
evidence: [{{label: Log, url: evidence/log.csv}}]
verification: {{by: {supporter}, due: 2025-02-01}}
aliases: [old-{ref}]
{more}
---
{body}

## Steps
- [x] One
- [ ] Two

## Progress
- 2025-01-10 ({owner}): Begun.
"""
INCIDENT = """---
title: A fall
owner: {owner}
findings: [{{text: Dark, actions: [{depends}], interim: {{control: A lamp, next: 2025-01-24}}}}]
---
Learning follows.
"""

DEPENDS = ("falls/a", "food/b", "night/lights", "night/2")
OVERSIGHT = (
    "interim: {control: A lamp, by: Night Lead, next: 2025-01-19}",
    "response: {decision: not accepted, reason: No money}",
    "escalated: [{to: Cook, date: 2025-01-03}]\nextension: [{until: 2025-04-01, asked: 2025-01-04}]",
    "asked: [{date: 2025-01-04, by: Cook, question: 'Is it dark?'}, {date: 2025-01-12}]",
    "requirement: {level: must, regulation: hsca-2014/12}",
    "standards: [Safeguarding, ours/lamps]",
)
BODIES = (
    "Text.",
    "See [it](../plan.md), [b](b.md) and [log](../evidence/log.csv).",
    "See [lights](../../night/actions/lights.md) and [the log](../../night/evidence/log.csv).",
    "See [nothing](../../night/actions/gone.md).",
    "## Progress\n- 2025-01-05T20:00:00Z: Rang.\n- 2025-01-04T23:30+02:00 (Ann): Asked.",
    "Seen by many.\n\n::: internal\nAnd by few: [it](../../food/plan.md).\n:::",
)
READINGS = ("", "date,value\n", "date,value\n2025-01-05,3\n", "date,value\n2025-01-05T20:00Z,4\n2025-01-12,x\n")
FRAMEWORKS = tuple(
    f"label: {label}\naudience: {audience}\nratings: [low, high]\nstandards: [{{id: lamps, label: Lamps}}]\n"
    for label in ("Ours", "Our own")
    for audience in ("internal", "public")
)
ASSESSMENT_PATHS = ("content/plans/falls/assessments/2025-01-05.md", "content/plans/night/assessments/2025-01-12.md")
ASSESSMENTS = tuple(
    f"---\ntitle: Rated\nframework: {framework}\nratings:\n- {{standard: {standard}, rating: {rating}, actions: [night/lights]}}\n---\n"
    for framework, standard, rating in (
        ("ours", "lamps", "low"),
        ("cqc-saf", "safeguarding", "inadequate"),
        ("gone", "x", "y"),
    )
)
SETTINGS = (
    "frameworks: [cqc-saf, ours]",
    "due_soon: 3",
    "repository: https://example.org/r",
    "base_url: https://example.org/",
    "timezone: Asia/Tokyo",
    "audience: public",
    "audiences: [internal, partners]",
    "allow: [{rule: no-goals, reason: x}]",
    "views: [{name: Late, filter: {course: late}}, {name: Cook, filter: {owner: cook}, group: plan, audience: public}]",
    "views: [{name: Soon, filter: {due_within: 40, tag: urgent}}]",
    "sources: [{path: tracker}]",
    "sources: [{path: tracker, plan: food, fields: {owner: team}}]",
)

Edit = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Named:
    """An edit that says what it does, so that a failing sequence can be read."""

    words: str
    make: Edit

    def __repr__(self) -> str:
        """The words."""
        return self.words


def begun(root: Path) -> Path:
    """A site with three plans that refer to each other."""
    files = {f"content/plans/{plan}/plan.md": _plan(plan.capitalize(), "service", "Cook") for plan in PLANS[:2]}
    files["content/plans/falls/actions/a.md"] = _action("Mend", "1", "in progress", "Cook", "night/lights", "Text.")
    files["content/plans/night/actions/lights.md"] = _action("Light", "2", "blocked", "Night Lead", "falls/a", "Dark.")
    files["content/plans/falls/evidence/log.csv"] = "a,b\n"
    files["content/owners/cook.md"] = "---\ntitle: Cook\nagency: riverside-council\n---\n"
    files["content/agencies/riverside-council.md"] = "---\ntitle: Riverside Council\n---\n"
    return write(
        root, {"plansite.yaml": "title: Test site\ndownloads: [calendars, registers, workbooks, documents]\n", **files}
    )


def edits() -> st.SearchStrategy[Named]:
    """One thing that somebody does to such a site."""
    path = st.builds("content/plans/{}/actions/{}.md".format, st.sampled_from(PLANS), st.sampled_from(SLUGS))
    return st.one_of(
        st.builds(written, path, actions()),
        st.builds(written, path, st.sampled_from(["no front matter", "---\ntitle: [\n", "---\ntitle: T\n---\n"])),
        st.builds(_removed, path),
        st.builds(_moved, path, path),
        st.builds(written, st.builds("content/plans/{}/plan.md".format, st.sampled_from(PLANS)), plans()),
        st.builds(_removed, st.builds("content/plans/{}/plan.md".format, st.sampled_from(PLANS))),
        st.builds(_removed, st.builds("content/plans/{}".format, st.sampled_from(PLANS))),
        st.builds(written, st.just("content/plans/food/incidents/fall.md"), incidents()),
        st.builds(written, st.just("content/plans/falls/measures/rooms.md"), st.just("---\ntitle: Rooms\n---\n")),
        st.builds(written, st.just("content/plans/falls/measures/rooms.csv"), st.sampled_from(READINGS)),
        st.builds(written, st.just("content/frameworks/ours.yaml"), st.sampled_from(FRAMEWORKS)),
        st.builds(written, st.sampled_from(ASSESSMENT_PATHS), st.sampled_from(ASSESSMENTS)),
        st.builds(_removed, st.sampled_from(["content/frameworks/ours.yaml", *ASSESSMENT_PATHS])),
        st.builds(written, st.just("content/plans/falls/reviews/2025-01-09.md"), st.just("---\nchair: Cook\n---\n")),
        st.builds(written, st.sampled_from(["content/owners/cook.md", "content/owners/lead.md"]), owners()),
        st.builds(_removed, st.sampled_from(["content/owners/cook.md", "content/agencies/riverside-council.md"])),
        st.builds(written, st.just("content/plans/night/evidence/log.csv"), st.sampled_from(["x\n", "y\n"])),
        st.builds(written, st.just("content/index.md"), fronts()),
        st.builds(
            written, st.sampled_from(["content/agencies/riverside-council.md", "content/agencies/gp.md"]), owners()
        ),
        st.builds(_replaced, path, st.just("depends_on"), st.sampled_from(["[]", *(f"[{each}]" for each in DEPENDS)])),
        st.builds(_replaced, path, st.just("title"), st.sampled_from(["Mend the lamp", "Light the lamp"])),
        st.builds(_replaced, path, st.just("allow"), st.sampled_from(["[]", "[{rule: unknown-owner, reason: New}]"])),
        st.builds(_with_body, path, st.sampled_from(BODIES)),
        st.builds(written, st.just("tracker/t.md"), st.sampled_from(["---\ntitle: Paint\nteam: Cook\n---\n", ""])),
        st.builds(written, st.just("plansite.yaml"), settings()),
        st.builds(written, st.just("themes/default/static/own.css"), st.sampled_from(["", ":root { --s1: 5px; }"])),
        st.builds(
            written, st.just("themes/default/templates/pages/not_found.html"), st.sampled_from(["Gone.", "Not here."])
        ),
    )


def actions() -> st.SearchStrategy[str]:
    """A file of an action."""
    return st.builds(
        _action,
        st.sampled_from(["Mend the door", "Light the stairs"]),
        st.sampled_from(["1", "2", "lights"]),
        st.sampled_from(["in progress", "completed", "embedded", "cancelled", "nonsense"]),
        st.sampled_from(NAMES),
        st.sampled_from(["1", "lights", "food/nobody", "", *DEPENDS]),
        st.sampled_from(BODIES),
        st.sampled_from(
            ["", "audience: public", "audience: internal", "allow: [{rule: unknown-owner, reason: New}]", *OVERSIGHT]
        ),
        st.sampled_from(["2025-01-19", "2025-01-20", "2025-03-01", ""]),
    )


def plans() -> st.SearchStrategy[str]:
    """A plan's file."""
    return st.builds(
        _plan,
        st.sampled_from(["Fewer falls", "Better food"]),
        st.sampled_from(["service", "counselling", "improvement"]),
        st.sampled_from(NAMES),
    )


def incidents() -> st.SearchStrategy[str]:
    """An incident that is answered by actions of any plan."""
    return st.builds(
        lambda owner, depends: INCIDENT.format(owner=owner, depends=depends),
        st.sampled_from(NAMES),
        st.sampled_from(["falls/a", "night/lights", "a", "food/nobody"]),
    )


def owners() -> st.SearchStrategy[str]:
    """An owner's file."""
    return st.builds(
        "---\ntitle: {}\naudience: {}\n---\n".format, st.sampled_from(NAMES), st.sampled_from(["internal", "public"])
    )


def settings() -> st.SearchStrategy[str]:
    """The site's settings."""
    return st.builds(
        "title: {}\n{}\n".format,
        st.sampled_from(["Our plans", "Their plans"]),
        st.lists(st.sampled_from(SETTINGS), max_size=2, unique_by=lambda line: line.partition(":")[0]).map("\n".join),
    )


def fronts() -> st.SearchStrategy[str]:
    """The front page."""
    return st.builds(
        "---\ntitle: {}\naudience: {}\n---\n{}\n".format,
        st.sampled_from(["Welcome", "Our plans"]),
        st.sampled_from(["internal", "public"]),
        st.sampled_from(["Hello.", "See [it](plans/food/plan.md)."]),
    )


def _plan(title: str, kind: str, owner: str) -> str:
    return PLAN.format(title=title, kind=kind, owner=owner)


def _action(
    title: str, ref: str, status: str, owner: str, depends: str, body: str, more: str = "", due: str = "2025-01-19"
) -> str:
    supporter = "Night Lead" if owner == "Cook" else "Cook"
    return ACTION.format(
        title=title,
        ref=ref,
        status=status,
        owner=owner,
        supporter=supporter,
        due=due,
        depends=depends,
        more=more,
        body=body,
    )


def written(path: str, text: str) -> Named:
    """A file that is written, whatever was there."""

    def make(root: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    return Named(f"write {path}: {text!r}", make)


def _replaced(path: str, field: str, value: str) -> Named:
    """Another value of a field on one line, which is added where it is not given; nothing where there is no file."""

    def make(root: Path) -> None:
        target = root / path
        if target.is_file():
            lines = [line for line in target.read_text("utf-8").split("\n") if not line.startswith(f"{field}:")]
            target.write_text("\n".join([lines[0], f"{field}: {value}", *lines[1:]]), "utf-8")

    return Named(f"in {path} {field}: {value}", make)


def _with_body(path: str, body: str) -> Named:
    """Another text below the fields; nothing where there is no file."""

    def make(root: Path) -> None:
        target = root / path
        if target.is_file():
            head, end, _ = target.read_text("utf-8").rpartition("---\n")
            target.write_text(f"{head}{end}{body}\n", "utf-8")

    return Named(f"in {path} the text: {body!r}", make)


def _removed(path: str) -> Named:
    def make(root: Path) -> None:
        target = root / path
        shutil.rmtree(target, ignore_errors=True)
        target.unlink(missing_ok=True)

    return Named(f"remove {path}", make)


def _moved(path: str, other: str) -> Named:
    def make(root: Path) -> None:
        if (root / path).is_file():
            (root / other).parent.mkdir(parents=True, exist_ok=True)
            (root / path).replace(root / other)

    return Named(f"move {path} to {other}", make)
