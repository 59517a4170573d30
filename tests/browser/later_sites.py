"""A site by a seed with everything that depends on the day, for tests of copies that are read later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

#: The day of the copy.
AS_AT = date(2025, 1, 20)
_OWNERS = ("Ann Lee", "Porter", "Night Nurse", "Jo Day", "Riverside Court", "")
_PLANS = ("falls", "meals", "garden")
_STATUSES = ("not started", "in progress", "blocked", "completed", "embedded", "cancelled", "queried")
_ACTIONS = 14
_TAGS = ("urgent", "winter")
_STANDARDS = ("safeguarding", "consent", "governance", "hsca-2014/12")
#: Views whose rows come, go and come back with the day, and one whose rows stay.
_VIEWS = """views:
  - {name: Soon, filter: {due_within: 20}, group: owner}
  - {name: Late, filter: {course: late}, group: plan, sort: -due}
  - {name: At risk, filter: {course: at risk}, columns: [title, priority, status]}
  - {name: On track or late, filter: {course: [on track, late]}, group: due month}
  - {name: Open ones, filter: {status: open}, group: tag, columns: [due, steps, created, status, tags]}
  - {name: Late of the porter, filter: {owner: Porter, course: late, due_after: 2025-01-25}}
"""
#: Notices that become overdue before and after the last covered day, one answered later, and others.
_NOTICES = """
instrument:
  - {name: requirement notice, ref: N-1, received: 2024-12-28, sender: Care Quality Commission}
  - {name: requirement notice, ref: N-2, received: 2025-01-20}
  - {name: PFD report, ref: N-3, received: 2025-01-06, sent: 2025-01-25}
  - {name: warning notice, ref: N-4, due: 2025-01-10}
  - {name: warning notice, ref: N-5, received: 2025-01-10}
  - {name: requirement notice, ref: N-6, received: 2024-12-01, sent: 2025-01-02}
  - {name: requirement notice, ref: N-7, received: 2025-01-01, sent: 2025-02-20}
---
"""
#: What people said, one of it unanswered, and a plan in easy words, whose page names the next review until it has passed.
_VOICES = """
easy_read: [We help you., What happens next?, We meet.]
views:
  - {who: person, when: 2024-12-20, said: It is cold., did: The heating comes on at six.}
  - {who: carer, when: 2025-01-10, said: Sundays are worst.}
---
"""


def generate_site(seed: int) -> dict[str, str]:
    """The files of a site with three plans; the same for the same seed."""
    random = Random(seed)  # noqa: S311  (no secret)
    files = {
        "plansite.yaml": f"title: Test site\ntimezone: Europe/London\ndownloads: [calendars]\n{_VIEWS}",
        "content/agencies/riverside-court.md": "---\ntitle: Riverside Court\n---\n",
        "content/owners/ann-lee.md": "---\ntitle: Ann Lee\nagency: Riverside Court\n---\n",
        "content/owners/jo-day.md": "---\ntitle: Jo Day\nagency: Riverside Court\n---\n",
    }
    for plan in _PLANS:
        folder = f"content/plans/{plan}"
        files[f"{folder}/plan.md"] = _front_matter(_plan_fields(random, plan))
        files[f"{folder}/reviews/first.md"] = _front_matter(
            [f"title: Review of {plan}", f"date: {_day(random, -60, 0)}"]
        )
        for number in range(1, _ACTIONS + 1):
            files[f"{folder}/actions/a-{number}.md"] = _action(random, plan, number)
    for plan, day in (("falls", "2025-01-06"), ("meals", "2025-01-16"), ("falls", "2025-01-13")):
        ratings = "".join(
            f"\n  - {{standard: {standard}, rating: {random.choice(('inadequate', 'good'))}}}"
            for standard in _STANDARDS
        )
        fields = [f"title: Rated on {day}", "framework: cqc-saf", f"ratings:{ratings}"]
        files[f"content/plans/{plan}/assessments/{day}.md"] = _front_matter(fields)
    for plan in ("falls", "garden"):
        path, review = f"content/plans/{plan}/plan.md", f"content/plans/{plan}/reviews/first.md"
        files[path] = files[path].replace("\n---\n", _VOICES)
        files[review] = files[review].replace("\n---\n", f"\nnext: 2025-0{2 if plan == 'falls' else 1}-22\n---\n")
    files["content/plans/meals/plan.md"] = files["content/plans/meals/plan.md"].replace("\n---\n", _NOTICES)
    findings = "".join(f"\n  - text: Finding {number}\n    actions: [falls/a-{number}]" for number in range(1, 8))
    findings += "\n  - text: Finding 8\n    interim: {control: A rope across it, by: Porter, next: 2025-01-29}"
    evidence = f"evidence: [{{label: Report, expires: {_day(random, -5, 60)}, owner: Porter}}]"
    incident = ["title: A fall", "date: 2025-01-02", f"findings:{findings}", evidence]
    files["content/plans/falls/incidents/a-fall.md"] = _front_matter(incident)
    files |= {f"content/plans/meals/incidents/i-{day}.md": _incident(day) for day in (-5, 3, 20, 45)}
    files |= {f"content/plans/meals/actions/i-{day}.md": _answer(day) for day in (-5, 3, 20, 45)}
    return files


def _incident(day: int) -> str:
    """An incident in order, but for a check of its control and an action that are due about so many days later."""
    control = f"{{control: Torches, by: Jo Day, next: {AS_AT + timedelta(day)}}}"
    fields = [f"title: Incident {day}", "date: 2024-12-30", "learning_for: [Riverside Court, Lodge]"]
    fields += ["confirmed: [{service: Lodge, date: 2025-01-10}]"]
    fields += [f"findings: [{{text: Dark, actions: [i-{day}], interim: {control}}}]"]
    return _front_matter(fields, "## Learning\nCarry a torch.\n")


def _answer(day: int) -> str:
    """The action of that incident."""
    fields = [f"title: Lamp {day}", "owner: Porter", "status: in progress", f"due: {AS_AT + timedelta(day + 4)}"]
    return _front_matter([*fields, f"verification: {{by: Jo Day, due: {AS_AT + timedelta(day + 9)}}}"])


def _front_matter(fields: list[str], body: str = "") -> str:
    return "---\n" + "\n".join(fields) + f"\n---\n{body}"


def _day(random: Random, first: int, last: int) -> str:
    return (AS_AT + timedelta(random.randint(first, last))).isoformat()


def _plan_fields(random: Random, plan: str) -> list[str]:
    fields = [f"title: Better {plan}", "start: 2024-11-01", "owner: Ann Lee", "agencies: [Riverside Court]"]
    fields.append(f"review_every: {random.choice(('week', '6 weeks', '2 months'))}")
    fields.append(f"rag: {random.choice(('green', 'amber', 'red'))}")
    fields.append("goals:\n  - title: First goal\n  - title: Second goal")
    return fields


def _evidence_fields(random: Random) -> list[str]:
    """Needed and received evidence that has expired, soon will, or will later."""
    keeper = random.choice(_OWNERS)
    received = f"{{label: Test, kind: audit, expires: {_day(random, -40, 75)}{f', owner: {keeper}' if keeper else ''}}}"
    return [f"evidence: [{received}, {{label: Log, expires: {_day(random, -5, 75)}}}]", "evidence_needed: [Log, Poll]"]


def _action(random: Random, plan: str, number: int) -> str:
    status = random.choices(_STATUSES, (4, 5, 1, 3, 2, 1, 1))[0]
    fields = [f"title: Do {number} of {plan}", f"status: {status}", f"created: {_day(random, -70, -61)}"]
    fields += [f"ref: {number}"] if random.random() < 0.8 else []
    fields += [f"owner: {owner}"] if (owner := random.choice(_OWNERS)) else []
    fields += [f"due: {_day(random, -25, 75)}"] if random.random() < 0.85 else []
    fields += [f"tags: [{random.choice(_TAGS)}]"] if random.random() < 0.5 else []
    fields += ["goal: First goal"] if random.random() < 0.5 else []
    fields += [f"supporters: [{random.choice(_OWNERS[:-1])}]"] if random.random() < 0.4 else []
    if random.random() < 0.4:
        others = {f"{random.choice(_PLANS)}/a-{random.randint(1, _ACTIONS)}" for _ in range(2)}
        fields.append(f"depends_on: [{', '.join(sorted(others))}]")
    if status in ("completed", "embedded"):
        fields += _finished_fields(random, status)
    fields += _evidence_fields(random) if random.random() < 0.4 else []
    fields += _standard_fields(Random(f"{number} {plan}"))  # noqa: S311  (no secret)
    fields += _oversight_fields(Random(f"{plan} {number}"))  # noqa: S311  (no secret)
    return _front_matter(fields, "\n".join(_body(random)))


def _oversight_fields(random: Random) -> Iterator[str]:
    """Interim controls with checks that are late or become so, what somebody asks for, and what is not decided."""
    if random.random() < 0.5:
        when = f", next: {_day(random, -20, 50)}" if random.random() < 0.8 else ""
        yield f"interim: {{control: Somebody watches, by: {random.choice(_OWNERS[:-1])}{when}}}"
        yield f"priority: {random.choice(('high', 'low'))}"
    if random.random() < 0.3:
        yield f"requirement: {{level: {random.choice(('must', 'should'))}, regulation: hsca-2014/12}}"
    if random.random() < 0.3:
        decision = f"{random.choice(('accepted', 'partly accepted', 'not accepted'))}, reason: It is so"
        yield f"response: {{decision: {decision}, date: {_day(random, -60, -30)}}}"
    if random.random() < 0.3:
        decided = random.choice(("", ", decision: granted", ", decision: refused"))
        yield f"extension: [{{until: 2025-04-01, asked: {_day(random, -30, -1)}, asked_by: Porter{decided}}}]"
    if random.random() < 0.3:
        yield f"escalated: [{{to: Jo Day, date: {_day(random, -30, -1)}, reason: No answer}}]"
    if random.random() < 0.4:
        later = f", {{date: {_day(random, -10, 0)}}}" if random.random() < 0.5 else ""
        yield f"asked: [{{date: {_day(random, -30, 0)}, by: Jo Day, question: 'Is it done?'}}{later}]"


def _standard_fields(random: Random) -> Iterator[str]:
    """Standards, and evidence for them that expires before and after the last covered day."""
    if random.random() < 0.6:
        yield f"standards: [{random.choice(_STANDARDS)}, {random.choice(_STANDARDS)}]"
    if random.random() < 0.5:
        yield f"evidence: [{{label: Audit, kind: audit, expires: {_day(random, -5, 70)}}}, {{label: Note}}]"


def _finished_fields(random: Random, status: str) -> Iterator[str]:
    yield f"completed: {_day(random, -60, -1)}"
    checked = f"\n  date: {_day(random, -50, 0)}\n  result: {random.choice(('passed', 'failed'))}"
    due = f"\n  due: {_day(random, -20, 60)}"
    yield f"verification:\n  by: Jo Day{checked if status == 'embedded' else due}"
    if random.random() < 0.6:
        yield f"repeat: {random.choice(('every 3 weeks for 1 year', 'every month 6 times'))}"


def _body(random: Random) -> Iterator[str]:
    steps = random.randint(0, 4)
    if steps:
        yield "## Steps"
        yield from (f"- [{random.choice('x ')}] Step {number}" for number in range(steps))
        yield ""
    notes = random.randint(0, 3)
    if notes:
        yield "## Progress"
        yield from (f"- {_day(random, -60, 0)}: Note {number}." for number in range(notes))
