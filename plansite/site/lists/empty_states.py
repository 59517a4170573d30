"""The texts of empty lists: why a list is empty, what comes next, and whether that is good news."""

from __future__ import annotations

from dataclasses import replace

from plansite.model.formatting import format_count, has_or_have
from plansite.model.page_addresses import UNASSIGNED_LIST
from plansite.site.components.page import Link
from plansite.site.components.pagination import EmptyState
from plansite.site.lists.listed_site import ListedSite

NOTHING_FINISHED = EmptyState(words="Nothing is finished yet.", sentence="Finished actions will be listed here.")
NOTHING_VERIFIED = EmptyState(
    words="Nothing has been verified yet.",
    sentence="An action is embedded when somebody other than its owner has checked it and there is evidence.",
)


def describe_nothing_open(listed: ListedSite) -> EmptyState:
    """For a site without an open action: either all are finished, or there never were any."""
    finished = "Everything that was agreed is finished." if listed.has_finished else "No action has been agreed yet."
    if listed.has_finished and listed.unreadable:
        finished = "Everything that could be read is finished."
    return _add_unread(listed, EmptyState(words="Nothing is open.", sentence=finished))


def describe_nothing_overdue(listed: ListedSite) -> EmptyState:
    """For a site without an overdue action. Actions without a due date cannot become overdue."""
    number = listed.open_count
    dated = len(listed.dues)
    all_in = (
        "The one open action is not overdue." if number == 1 else f"All {number:,} open actions are within their dates."
    )
    some_in = (
        f"{dated:,} of {format_count(number, 'open action')} {has_or_have(dated)} a date, and none of them has passed."
    )
    return _build_empty_state(listed, "Nothing is overdue.", all_in if dated == number else some_in if dated else "")


def describe_nothing_due_soon(listed: ListedSite, within: str) -> EmptyState:
    """For a site without an open action due soon; `within` is that time in words."""
    return _build_empty_state(listed, f"Nothing is due in {within}.", "")


def describe_no_check_awaited(listed: ListedSite) -> EmptyState:
    """For a site without a finished action that awaits verification."""
    state = EmptyState(
        words="No checks are due.",
        sentence="Every finished action that needs a check has had one." if listed.has_finished else "",
        note="Good news, provided that the important actions have a check planned.",
    )
    return _add_unread(listed, state)


def describe_nothing_unassigned(listed: ListedSite) -> EmptyState:
    """For a site where every open action has an owner and a due date."""
    if not listed.open_count:
        return describe_nothing_open(listed)
    words = "Every open action has an owner and a date."
    state = EmptyState(words=words, note="Good news: it is clear who does what by when.")
    return _add_unread(listed, state)


def _add_unread(listed: ListedSite, state: EmptyState) -> EmptyState:
    """The text for an empty list to which files that were not read may belong: then it is no good news."""
    number = listed.unreadable
    if not number:
        return state
    return replace(state, note=f"{format_count(number, 'file')} could not be read and may belong here.")


def _build_empty_state(listed: ListedSite, words: str, sentence: str) -> EmptyState:
    if not listed.open_count:
        return replace(describe_nothing_open(listed), words=words)
    coming = min((each.coming for each in listed.plans if each.coming), default=None)
    undated = listed.open_count - len(listed.dues)
    state = EmptyState(
        words=words,
        sentence=sentence,
        next=coming.link if coming else None,
        next_due=coming.due if coming else None,
        note="Good news, provided that the dates are right." if undated < listed.open_count else "",
        link=Link(f"{format_count(undated, 'open action')} {has_or_have(undated)} no date", UNASSIGNED_LIST)
        if undated
        else None,
    )
    return _add_unread(listed, state)
