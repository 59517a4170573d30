"""The texts of empty lists: why a list is empty, what comes next, and whether that is good news."""

from __future__ import annotations

from dataclasses import replace

from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count, has_or_have
from plansite.model.page_addresses import UNASSIGNED_LIST
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link
from plansite.site.components.pagination import EmptyState

NOTHING_FINISHED = EmptyState(words="Nothing is finished yet.", sentence="Finished actions will be listed here.")
NOTHING_VERIFIED = EmptyState(
    words="Nothing has been verified yet.",
    sentence="An action is embedded when somebody other than its owner has checked it and there is evidence.",
)


def describe_nothing_open(dated_site: SiteOnDate) -> EmptyState:
    """For a site without an open action: either all are finished, or there never were any."""
    finished = (
        "Everything that was agreed is finished." if dated_site.finished_actions else "No action has been agreed yet."
    )
    if dated_site.finished_actions and dated_site.site.unreadable:
        finished = "Everything that could be read is finished."
    return _add_unread(dated_site, EmptyState(words="Nothing is open.", sentence=finished))


def describe_nothing_overdue(dated_site: SiteOnDate) -> EmptyState:
    """For a site without an overdue action. Actions without a due date cannot become overdue."""
    number = len(dated_site.open_actions)
    dated = sum(action.due is not None for action in dated_site.open_actions)
    all_in = (
        "The one open action is not overdue." if number == 1 else f"All {number:,} open actions are within their dates."
    )
    some_in = (
        f"{dated:,} of {format_count(number, 'open action')} {has_or_have(dated)} a date, and none of them has passed."
    )
    return _build_empty_state(
        dated_site, "Nothing is overdue.", all_in if dated == number else some_in if dated else ""
    )


def describe_nothing_due_soon(dated_site: SiteOnDate, within: str) -> EmptyState:
    """For a site without an open action due soon; `within` is that time in words."""
    return _build_empty_state(dated_site, f"Nothing is due in {within}.", "")


def describe_no_check_awaited(dated_site: SiteOnDate) -> EmptyState:
    """For a site without a finished action that awaits verification."""
    state = EmptyState(
        words="No checks are due.",
        sentence="Every finished action that needs a check has had one." if dated_site.finished_actions else "",
        note="Good news, provided that the important actions have a check planned.",
    )
    return _add_unread(dated_site, state)


def describe_nothing_unassigned(dated_site: SiteOnDate) -> EmptyState:
    """For a site where every open action has an owner and a due date."""
    if not dated_site.open_actions:
        return describe_nothing_open(dated_site)
    words = "Every open action has an owner and a date."
    state = EmptyState(words=words, note="Good news: it is clear who does what by when.")
    return _add_unread(dated_site, state)


def _add_unread(dated_site: SiteOnDate, state: EmptyState) -> EmptyState:
    """The text for an empty list to which files that were not read may belong: then it is no good news."""
    number = len(dated_site.site.unreadable)
    if not number:
        return state
    return replace(state, note=f"{format_count(number, 'file')} could not be read and may belong here.")


def _build_empty_state(dated_site: SiteOnDate, words: str, sentence: str) -> EmptyState:
    if not dated_site.open_actions:
        return replace(describe_nothing_open(dated_site), words=words)
    coming = next((action for action in dated_site.open_actions if action.due and action.due >= dated_site.today), None)
    undated = sum(action.due is None for action in dated_site.open_actions)
    state = EmptyState(
        words=words,
        sentence=sentence,
        next=action_link(coming) if coming else None,
        next_due=coming.due if coming else None,
        note="Good news, provided that the dates are right." if undated < len(dated_site.open_actions) else "",
        link=Link(f"{format_count(undated, 'open action')} {has_or_have(undated)} no date", UNASSIGNED_LIST)
        if undated
        else None,
    )
    return _add_unread(dated_site, state)
