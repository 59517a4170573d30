"""The open actions in a draft, by group, each with a line for its update."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.model.documents.action import describe_reopening
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.status import Status
from plansite.review_draft.markdown_text import (
    format_action_mention,
    format_action_title,
    format_sentence,
    format_times,
)
from plansite.scaffold.markdown_links import escape_markdown
from plansite.site.oversight.words import list_open_requests, list_unanswered_requests
from plansite.site.paper.agenda import Agenda, AgendaGroup, AgendaItem, find_barrier


def format_open_actions(agenda: Agenda) -> Iterator[str]:
    """The lines of "Actions carried forward"; homework has a section of its own."""
    items = [item for item in agenda.items if not is_homework(item)]
    if not items and not agenda.unreadable:
        yield "No other action is open." if agenda.items else "No action is open."
        return
    other = "other " if len(items) < len(agenda.items) else ""
    count = format_count(len(items), f"{other}action is", f"{other}actions are")
    yield f"As at {format_long_date(agenda.as_at)}, {count} open."
    groups = {group: members for group in AgendaGroup if (members := [item for item in items if item.group is group])}
    for group, members in groups.items():
        yield ""
        if len(groups) > 1 or group is not AgendaGroup.OTHER:
            yield f"### {group}"
        for item in members:
            yield f"- {describe_open_action(agenda, item)}"
            yield "  - Update:"
    if agenda.unreadable:
        yield from ("", "### Could not be read")
        yield from (
            f"- {escape_markdown(file.path)}. Correct the file: it may be an open action." for file in agenda.unreadable
        )


def is_homework(item: AgendaItem) -> bool:
    """Whether it was agreed in a counselling session, to be done before the next."""
    return item.action.homework is not None


def describe_open_action(agenda: Agenda, item: AgendaItem) -> str:
    """The state of an open action in short sentences: owner, due date, delays and obstacles."""
    action = item.action
    sentences = [
        f"{format_action_title(action, agenda.plan)}.",
        format_sentence(action.owner) if action.owner else "No owner yet.",
        _describe_due(item),
        describe_reopening(action, agenda.as_at),
        "Not started." if action.status is Status.NOT_STARTED else "",
        _describe_carrying(agenda, item),
        "Blocked." if action.status is Status.BLOCKED and item.group is not AgendaGroup.BLOCKED else "",
        _describe_obstacle(agenda, item),
        f"No news since {format_long_date(item.last_news)}." if item.is_silent and item.last_news else "",
        *map(escape_markdown, list_open_requests(action)),
        *map(escape_markdown, list_unanswered_requests(agenda.site, action, agenda.as_at)),
    ]
    return " ".join(filter(None, sentences))


def _describe_due(item: AgendaItem) -> str:
    """The first and the present due date, and the last reason for a move."""
    due, moves = item.action.due, item.due_moves
    if due is None:
        return "No date yet."
    if not moves:
        return f"Due {format_long_date(due)}{', before we meet' if item.is_due_before_meeting else ''}."
    moved = "moved to" if len(moves) == 1 else f"moved {format_times(len(moves))}, now"
    reason = next((move.reason for move in reversed(moves) if move.reason), "")
    why = f": {format_sentence(reason)}" if reason else ". No reason was given."
    warning = " Due before we meet." if item.is_due_before_meeting else ""
    return f"First due {format_long_date(moves[0].before)}, {moved} {format_long_date(due)}{why}{warning}"


def _describe_carrying(agenda: Agenda, item: AgendaItem) -> str:
    if item.earlier_reviews is None or agenda.last_review is None:
        return ""
    return f"Carried {format_times(item.earlier_reviews)}." if item.earlier_reviews else "New since last time."


def _describe_obstacle(agenda: Agenda, item: AgendaItem) -> str:
    """The open actions that it depends on; else, if it is overdue or blocked, the first sentence about barriers."""
    if item.waits_for:
        plans = agenda.site.plans_by_slug
        mentions = [format_action_mention(other, agenda.plan, plans.get(other.plan)) for other in item.waits_for]
        return f"Waits for {format_list(mentions)}."
    if item.group not in (AgendaGroup.OVERDUE, AgendaGroup.BLOCKED):
        return ""
    barrier = find_barrier(item.action)
    if barrier:
        return f"Barrier: {format_sentence(barrier)}"
    return "No reason is given for the block." if item.group is AgendaGroup.BLOCKED else ""


def summarise_pressing_actions(agenda: Agenda) -> list[str]:
    """The numbers of overdue actions, of blocked ones and of those without news, in words; none that is zero."""
    counts = {group: len(agenda.items_in_group(group)) for group in AgendaGroup}
    parts = []
    if counts[AgendaGroup.OVERDUE]:
        parts.append(format_count(counts[AgendaGroup.OVERDUE], "overdue action"))
    if counts[AgendaGroup.BLOCKED]:
        parts.append(format_count(counts[AgendaGroup.BLOCKED], "blocked action"))
    if counts[AgendaGroup.WITHOUT_NEWS]:
        parts.append(f"{format_count(counts[AgendaGroup.WITHOUT_NEWS], 'action')} without news")
    return parts
