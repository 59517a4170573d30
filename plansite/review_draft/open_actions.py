"""Open actions in a draft: each once, under the most pressing reason to look at it, with a line for its update."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.sentences import split_sentences
from plansite.model.action import Action
from plansite.model.assessment import describe_reopening
from plansite.model.body import normalise_heading
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.status import Status
from plansite.review_draft.agenda import Agenda, AgendaGroup, AgendaItem
from plansite.review_draft.markdown_text import (
    escape_markdown,
    format_action_mention,
    format_action_title,
    format_sentence,
    format_times,
)

_MAX_BARRIER_LENGTH = 160


def format_open_actions(agenda: Agenda) -> Iterator[str]:
    """The lines of "Actions carried forward"."""
    items = [item for item in agenda.items if not is_homework(item)]
    if not items and not agenda.unreadable:
        yield "No other action is open." if agenda.items else "No action is open."
        return
    other = " other" if len(items) < len(agenda.items) else ""
    what = format_count(len(items), f"{other} action is".strip(), f"{other} actions are".strip())
    yield f"As at {format_long_date(agenda.as_at)}, {what} open."
    groups = {group: [item for item in items if item.group is group] for group in AgendaGroup}
    filled = [group for group, members in groups.items() if members]
    for group in filled:
        yield ""
        if len(filled) > 1 or group is not AgendaGroup.OTHER:
            yield f"### {group}"
        for item in groups[group]:
            yield f"- {describe_open_action(agenda, item)}"
            yield "  - Update:"
    if agenda.unreadable:
        yield from ("", "### Could not be read")
        yield from (
            f"- {escape_markdown(each.path)}. Mend the file: it may be an open action." for each in agenda.unreadable
        )


def is_homework(item: AgendaItem) -> bool:
    """Whether it was agreed in a session, to be done before the next."""
    return item.action.homework is not None


def describe_open_action(agenda: Agenda, item: AgendaItem) -> str:
    """All that the meeting has to know of an open action, in short sentences."""
    action = item.action
    said = [
        f"{format_action_title(action, agenda.plan)}. "
        f"{format_sentence(action.owner) if action.owner else 'Nobody owns it yet.'}",
        _describe_due(item),
        describe_reopening(action, agenda.as_at),
        "Not started." if action.status is Status.NOT_STARTED else "",
        _describe_carrying(agenda, item),
        "Blocked." if action.status is Status.BLOCKED and item.group is not AgendaGroup.BLOCKED else "",
        _describe_obstacle(agenda, item),
        f"No news since {format_long_date(item.last_news)}." if item.is_silent and item.last_news else "",
    ]
    return " ".join(filter(None, said))


def _describe_due(item: AgendaItem) -> str:
    """The first and the present date, and why it moved."""
    due = item.action.due
    if due is None:
        return "No date yet."
    ahead = " Due before we meet." if item.is_due_before_meeting else ""
    if not item.due_moves:
        return f"Due {format_long_date(due)}{', before we meet' if item.is_due_before_meeting else ''}."
    first, reason = item.due_moves[0].before, next((m.reason for m in reversed(item.due_moves) if m.reason), "")
    moved = "moved to" if len(item.due_moves) == 1 else f"moved {format_times(len(item.due_moves))}, now"
    why = f": {format_sentence(reason)}" if reason else ". Nobody wrote down why."
    return f"First due {format_long_date(first)}, {moved} {format_long_date(due)}{why}{ahead}"


def _describe_carrying(agenda: Agenda, item: AgendaItem) -> str:
    if item.earlier_reviews is None or agenda.last_review is None:
        return ""
    return f"Carried {format_times(item.earlier_reviews)}." if item.earlier_reviews else "New since last time."


def _describe_obstacle(agenda: Agenda, item: AgendaItem) -> str:
    """What it waits for; else, of what is late or blocked, the first sentence on what stands in the way."""
    if item.waits_for:
        plans = agenda.site.plans_by_slug
        names = [format_action_mention(other, agenda.plan, plans.get(other.plan)) for other in item.waits_for]
        return f"Waits for {format_list(names)}."
    if item.group not in (AgendaGroup.OVERDUE, AgendaGroup.BLOCKED):
        return ""
    barrier = _find_barrier(item.action)
    if barrier:
        return f"In the way: {format_sentence(barrier)}"
    return "Nobody has written down what it waits for." if item.group is AgendaGroup.BLOCKED else ""


def _find_barrier(action: Action) -> str:
    """The first sentence under "Barriers"; of a very long one nothing, for half of it might mislead."""
    sections = action.body.sections
    for section, following in zip(sections, (*sections[1:], None), strict=False):
        if normalise_heading(section.title) == "barriers":
            end = following.line if following else float("inf")
            said = (words.text for words in action.body.text_runs if section.line < words.line < end)
            first = next(split_sentences(next(said, "")), "")
            return first if len(first) <= _MAX_BARRIER_LENGTH else ""
    return ""


def summarise_pressing_actions(agenda: Agenda) -> list[str]:
    """How many actions are overdue, blocked and without news, in words."""
    numbers = {group: len(agenda.items_in_group(group)) for group in AgendaGroup}
    parts = []
    if numbers[AgendaGroup.OVERDUE]:
        parts.append(format_count(numbers[AgendaGroup.OVERDUE], "overdue action"))
    if numbers[AgendaGroup.BLOCKED]:
        parts.append(format_count(numbers[AgendaGroup.BLOCKED], "blocked action"))
    if numbers[AgendaGroup.WITHOUT_NEWS]:
        parts.append(f"{format_count(numbers[AgendaGroup.WITHOUT_NEWS], 'action')} without news")
    return parts
