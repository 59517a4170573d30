"""The parts of a digest, and those about actions: late, due, owned, and asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.exports.terminal_text import sanitise_line
from plansite.mail.update_form import build_action_mail_link
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.request_answers import (
    PendingRequest,
    describe_request_day,
    describe_silence,
    get_question,
)
from plansite.model.formatting import format_count, format_due, format_long_date
from plansite.model.links.email_address import find_coordinator
from plansite.model.page_addresses import action_address
from plansite.site.components.page_links import profile_link

#: How many items a section lists; it says how many more there are.
MAX_ITEMS = 30
#: What a reason begins with that says nothing but when an action is due.
_DUE_REASONS = ("Due ", "Overdue ", "It has no due date")

#: The full address of a page from its path; empty where the site has no address.
FindAddress = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """Something to do: `lead` says how urgent it is, `day` is the day of that, `place` the plan and number.

    All texts are on one line. `href` is the full address of its page; empty where the site has none.
    `update` opens a mail to the coordinator with a form for the action; empty for what is not to be answered so.
    """

    title: str
    place: str
    lead: str
    day: date | None = None
    is_late: bool = False
    lines: tuple[str, ...] = ()
    href: str = ""
    update: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """Items under a heading; `rest` says how many more there are, and `count` is the number of all."""

    key: str
    title: str
    items: tuple[DigestItem, ...]
    count: int
    rest: str = ""


def build_section(key: str, title: str, items: Iterable[DigestItem], noun: str = "action") -> DigestSection | None:
    """The section of these items, which are in order; None without any."""
    all_items = tuple(items)
    more = len(all_items) - MAX_ITEMS
    return (
        DigestSection(
            key=key,
            title=title,
            items=all_items[:MAX_ITEMS],
            count=len(all_items),
            rest=f"And {format_count(more, f'more {noun}')}." if more > 0 else "",
        )
        if all_items
        else None
    )


def build_action_item(dated_site: SiteOnDate, action: Action, find_address: FindAddress) -> DigestItem:
    """An open action by when it is due, with what holds it up and how many of its steps are done."""
    today, steps = dated_site.today, len(action.body.steps)
    reason = dated_site.assess_action(action).reason
    lines = (
        "" if reason.startswith(_DUE_REASONS) or action.is_overdue(today) else reason,
        f"{action.body.steps_done} of {format_count(steps, 'step')} done." if steps else "",
    )
    return DigestItem(
        title=sanitise_line(action.title),
        place=describe_place(dated_site, action),
        lead=format_due(action.due, today) if action.due else "No date yet",
        day=action.due,
        is_late=action.is_overdue(today),
        lines=tuple(sanitise_line(line) for line in lines if line),
        href=find_address(action_address(action)),
        update=_link_update(dated_site, action),
    )


def build_request_item(
    dated_site: SiteOnDate, pending: PendingRequest, find_address: FindAddress, *, names_owner: bool = False
) -> DigestItem:
    """A question about an action that its owner has not answered: with who asked, or with whom they asked."""
    action, request = pending.action, pending.request
    owner = profile_link(dated_site.site, action.owner).text
    words = f"{owner} was asked on {format_long_date(request.date)}" if request.date else f"{owner} was asked"
    return DigestItem(
        title=sanitise_line(get_question(request)),
        place=f"{sanitise_line(action.title)} ({describe_place(dated_site, action)})",
        lead=describe_silence(request, dated_site.today),
        is_late=True,
        lines=(f"{sanitise_line(words if names_owner else describe_request_day(request))}.",),
        href=find_address(f"{action_address(action)}#asked"),
        update="" if names_owner else _link_update(dated_site, action),
    )


def _link_update(dated_site: SiteOnDate, action: Action) -> str:
    plan = dated_site.site.plans_by_slug[action.plan]
    return build_action_mail_link(find_coordinator(dated_site.site.settings, plan), action)


def describe_place(dated_site: SiteOnDate, action: Action) -> str:
    """The title of an action's plan, and its number there."""
    plan = sanitise_line(dated_site.site.plans_by_slug[action.plan].title)
    return f"{plan}, action {sanitise_line(action.ref)}" if action.ref else plan
