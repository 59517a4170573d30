"""An interim control in words: how often it is checked, when it last was, and whether its check is late."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.formatting import format_days, format_long_date
from plansite.model.interim_checks import find_checker, find_next_check
from plansite.model.status import Priority
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link

#: Where on the page of an action its interim control is.
INTERIM_ANCHOR = "#interim"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimView:
    """An interim control. `next` is the day of its next check, `late` how late that is in words, empty if it is not.

    `missing` says what nobody has written down. `ended` says why it needs no more checks; then there is no next one.
    """

    control: str
    by: Link
    every: str
    checked: date | None
    next: date | None
    late: str
    missing: str
    ended: str


def build_action_interim(dated_site: SiteOnDate, action: Action) -> InterimView | None:
    """The interim control of an action; None if it has none."""
    if action.interim is None:
        return None
    ended = "" if action.is_open else "This action is closed, so no more checks are expected."
    return build_interim_view(dated_site, action.interim, owner=action.owner, ended=ended)


def build_interim_view(dated_site: SiteOnDate, control: InterimControl, *, owner: str, ended: str = "") -> InterimView:
    """The view of a control that whoever is named checks, else this owner. `ended` is empty while it is needed."""
    day = None if ended else find_next_check(control)
    return InterimView(
        control=control.control,
        by=owner_link(dated_site.site, find_checker(dated_site.site, control, owner)),
        every=format_interval(control),
        checked=control.checked,
        next=day,
        late=format_check_lateness(day, dated_site.today),
        missing="" if ended or day else "No day is set for the next check.",
        ended=ended,
    )


def is_interim_first(action: Action) -> bool:
    """Whether the page of an action begins with its interim control: it is still to be done, and has high priority."""
    return action.interim is not None and action.is_open and action.priority is Priority.HIGH


def format_check_lateness(due: date | None, today: date) -> str:
    """How late a check is: "Check late by 3 days"; "" if it is not."""
    return f"Check late by {format_days((today - due).days)}" if due and due < today else ""


def format_interval(control: InterimControl) -> str:
    """How often a control is checked, as it follows "every": "week", "2 weeks"; "" if the file does not say."""
    return control.every.text.removeprefix("every ").removeprefix("1 ") if control.every else ""


def describe_frequency(control: InterimControl) -> str:
    """How often a control is checked, in a sentence; "" if the file does not say."""
    interval = format_interval(control)
    return f"Checked every {interval}." if interval else ""


def describe_last_check(control: InterimControl) -> str:
    """When a control was last checked, in a sentence."""
    day = control.checked
    return f"Last checked on {format_long_date(day)}." if day else "No check is written down yet."
