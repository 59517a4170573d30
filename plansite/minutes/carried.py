"""Open actions in a draft: each once, under the most pressing reason to look at it, with a line for its update."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.sentences import sentences
from plansite.minutes.agenda import Agenda, Group, Item
from plansite.minutes.phrases import called, in_short, plain, sentence, times
from plansite.model.action import Action
from plansite.model.course import reopened
from plansite.model.prose import heading_name
from plansite.model.status import Status
from plansite.model.words import count, listed, long_date

_LONGEST = 160


def carried(agenda: Agenda) -> Iterator[str]:
    """The lines of "Actions carried forward"."""
    items = [item for item in agenda.items if not is_homework(item)]
    if not items and not agenda.unread:
        yield "No other action is open." if agenda.items else "No action is open."
        return
    other = " other" if len(items) < len(agenda.items) else ""
    what = count(len(items), f"{other} action is".strip(), f"{other} actions are".strip())
    yield f"As at {long_date(agenda.as_at)}, {what} open."
    groups = {group: [item for item in items if item.group is group] for group in Group}
    filled = [group for group, members in groups.items() if members]
    for group in filled:
        yield ""
        if len(filled) > 1 or group is not Group.REST:
            yield f"### {group}"
        for item in groups[group]:
            yield f"- {facts(agenda, item)}"
            yield "  - Update:"
    if agenda.unread:
        yield from ("", "### Could not be read")
        yield from (f"- {plain(each.path)}. Mend the file: it may be an open action." for each in agenda.unread)


def is_homework(item: Item) -> bool:
    """Whether it was agreed in a session, to be done before the next."""
    return item.action.homework is not None


def facts(agenda: Agenda, item: Item) -> str:
    """All that the meeting has to know of an open action, in short sentences."""
    action = item.action
    said = [
        f"{called(action, agenda.plan)}. {sentence(action.owner) if action.owner else 'Nobody owns it yet.'}",
        _due(item),
        reopened(action, agenda.as_at),
        "Not started." if action.status is Status.NOT_STARTED else "",
        _carried(agenda, item),
        "Blocked." if action.status is Status.BLOCKED and item.group is not Group.BLOCKED else "",
        _obstacle(agenda, item),
        f"No news since {long_date(item.news)}." if item.is_silent and item.news else "",
    ]
    return " ".join(filter(None, said))


def _due(item: Item) -> str:
    """The first and the present date, and why it moved."""
    due = item.action.due
    if due is None:
        return "No date yet."
    ahead = " Due before we meet." if item.comes_due else ""
    if not item.moves:
        return f"Due {long_date(due)}{', before we meet' if item.comes_due else ''}."
    first, reason = item.moves[0].before, next((m.reason for m in reversed(item.moves) if m.reason), "")
    moved = "moved to" if len(item.moves) == 1 else f"moved {times(len(item.moves))}, now"
    why = f": {sentence(reason)}" if reason else ". Nobody wrote down why."
    return f"First due {long_date(first)}, {moved} {long_date(due)}{why}{ahead}"


def _carried(agenda: Agenda, item: Item) -> str:
    if item.carried is None or agenda.last is None:
        return ""
    return f"Carried {times(item.carried)}." if item.carried else "New since last time."


def _obstacle(agenda: Agenda, item: Item) -> str:
    """What it waits for; else, of what is late or blocked, the first sentence on what stands in the way."""
    if item.waits_for:
        plans = agenda.site.plans_by_slug
        names = [in_short(other, agenda.plan, plans.get(other.plan)) for other in item.waits_for]
        return f"Waits for {listed(names)}."
    if item.group not in (Group.OVERDUE, Group.BLOCKED):
        return ""
    barrier = _barrier(item.action)
    if barrier:
        return f"In the way: {sentence(barrier)}"
    return "Nobody has written down what it waits for." if item.group is Group.BLOCKED else ""


def _barrier(action: Action) -> str:
    """The first sentence under "Barriers"; of a very long one nothing, for half of it might mislead."""
    sections = action.body.sections
    for section, following in zip(sections, (*sections[1:], None), strict=False):
        if heading_name(section.title) == "barriers":
            end = following.line if following else float("inf")
            said = (words.text for words in action.body.words if section.line < words.line < end)
            first = next(sentences(next(said, "")), "")
            return first if len(first) <= _LONGEST else ""
    return ""


def pressing(agenda: Agenda) -> list[str]:
    """How many actions are overdue, blocked and without news, in words."""
    numbers = {group: len(agenda.in_group(group)) for group in Group}
    parts = []
    if numbers[Group.OVERDUE]:
        parts.append(count(numbers[Group.OVERDUE], "overdue action"))
    if numbers[Group.BLOCKED]:
        parts.append(count(numbers[Group.BLOCKED], "blocked action"))
    if numbers[Group.SILENT]:
        parts.append(f"{count(numbers[Group.SILENT], 'action')} without news")
    return parts
