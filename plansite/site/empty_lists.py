"""What a list says when it is empty: why, what comes next, and whether that is good news."""

from __future__ import annotations

from dataclasses import replace

from plansite.model.course import Outlook
from plansite.model.words import count
from plansite.site.addresses import action_link
from plansite.site.page import Link
from plansite.site.paging import Nothing

NOTHING_FINISHED = Nothing(words="Nothing is finished yet.", sentence="The first will be named here, with thanks.")


def nothing_open(outlook: Outlook) -> Nothing:
    """No action is open: all is done, or nothing has been agreed."""
    finished = "Everything that was agreed is finished." if outlook.finished else "No action has been agreed yet."
    return Nothing(words="Nothing is open.", sentence=finished)


def nothing_overdue(outlook: Outlook) -> Nothing:
    """No open action is late. Those without a date are named, because they can never be."""
    still = len(outlook.open_actions)
    dated = sum(action.due is not None for action in outlook.open_actions)
    all_in = (
        "The one open action is inside its date."
        if still == 1
        else f"All {still:,} open actions are inside their dates."
    )
    some_in = (
        f"{dated:,} of {count(still, 'open action')} {'has' if dated == 1 else 'have'} a date, and none has passed."
    )
    return _without_date(outlook, "Nothing is overdue.", all_in if dated == still else some_in if dated else "")


def nothing_soon(outlook: Outlook, within: str) -> Nothing:
    """No open action is due within that time."""
    return _without_date(outlook, f"Nothing is due in {within}.", "")


def no_check(outlook: Outlook) -> Nothing:
    """No finished action waits for its check."""
    return Nothing(
        words="No check is waiting.",
        sentence="Every finished action that asks for a check has had it." if outlook.finished else "",
        note="Good news, if each action that matters asks for one.",
    )


def nobody_missing(outlook: Outlook) -> Nothing:
    """Every open action names an owner and a day."""
    if not outlook.open_actions:
        return nothing_open(outlook)
    words = "Every open action has an owner and a date."
    return Nothing(words=words, note="Good news: it is clear who does what by when.")


def _without_date(outlook: Outlook, words: str, sentence: str) -> Nothing:
    if not outlook.open_actions:
        return replace(nothing_open(outlook), words=words)
    coming = next((action for action in outlook.open_actions if action.due and action.due >= outlook.today), None)
    undated = sum(action.due is None for action in outlook.open_actions)
    verb = "has" if undated == 1 else "have"
    return Nothing(
        words=words,
        sentence=sentence,
        next=action_link(coming) if coming else None,
        next_due=coming.due if coming else None,
        note="Good news, if the dates are true." if undated < len(outlook.open_actions) else "",
        link=Link(f"{count(undated, 'open action')} {verb} no date", "unassigned.html") if undated else None,
    )
