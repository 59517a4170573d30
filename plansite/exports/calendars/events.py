"""The events of a calendar: due dates of actions, checks, reviews, replies, and evidence that expires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.evidence.listing import RecordedEvidence, list_evidence
from plansite.model.follow_up.outstanding_checks import OutstandingCheck, list_outstanding_checks
from plansite.model.interim_checks import OpenControl
from plansite.model.notices.notice_clock import find_notice_due, name_notice, notice_sort_key
from plansite.model.page_addresses import action_address, page_address, plan_address, profile_address
from plansite.model.recurrence import action_recurrence, list_check_days
from plansite.model.review_dates import held_reviews, next_review_date, review_interval
from plansite.model.site import Site

#: The fewest days of a month.
_SHORT_MONTH = 28


class CalendarEventKind(StrEnum):
    """What is due on a day."""

    ACTION = "action"
    VERIFICATION = "verification"
    RECURRING_CHECK = "recurring check"
    INTERIM_CHECK = "interim check"
    REVIEW = "review"
    NOTICE = "notice"
    EXPIRY = "expiry date"


#: Events of entries of a list, of which two may be the same.
_ENTRIES = frozenset({CalendarEventKind.NOTICE, CalendarEventKind.EXPIRY})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something that is due on a day.

    `document` is what it is about, and `key` tells it from other events of that: neither a title nor the day is in it.
    `title` is as pages show it, `number` that of an action, and `plan` the title of the plan. `page` is
    the output path of its page. `owner` is the name of whoever does it, as pages show it, and `owner_page` the path of
    their page, empty without one.

    Of a series, `series_start` is the day of the next one, `position` counts from it, and `interval` is the number of
    days between two of them, at least. For anything else, `series_start` is `day`.
    """

    kind: CalendarEventKind
    day: date
    document: Action | Incident | Plan
    key: tuple[str, ...]
    title: str
    page: str
    owner: str
    owner_page: str
    plan: str
    number: str = ""
    series_start: date
    position: int = 0
    interval: int | None = None


def list_calendar_events(dated_site: SiteOnDate, plan: Plan) -> Iterator[CalendarEvent]:
    """The events of one plan, of what is still to be done: actions, checks, the next review, notices, and evidence.

    Those of a kind are in the order of their days; the site may hold that plan alone. Keys of a document are distinct.
    """
    numbers = Counter[tuple[str, ...]]()
    for event in _list_events(dated_site, plan):
        if event.kind not in _ENTRIES:
            yield event
            continue
        name = (event.document.path, *event.key)
        numbers[name] += 1
        number = numbers[name]
        yield event if number == 1 else replace(event, key=(*event.key, f"number {number}"))


def _list_events(dated_site: SiteOnDate, plan: Plan) -> Iterator[CalendarEvent]:
    site = dated_site.site
    for action in sorted(plan.open_actions, key=due_sort_key):
        if action.due:
            yield _build_action_event(site, action, action.due, plan)
    for check in list_outstanding_checks(dated_site, (plan,)):
        if check.due:
            yield from _build_check_events(site, check, check.due, plan)
    review = next_review_date(plan)
    if review:
        yield _build_review_event(site, plan, review)
    yield from _build_notice_events(site, plan)
    for recorded in list_evidence(plan):
        if recorded.evidence.expires:
            yield _build_expiry_event(site, recorded, recorded.evidence.expires, plan)


def _build_event(
    site: Site,
    plan: Plan,
    document: Action | Incident | Plan,
    kind: CalendarEventKind,
    day: date,
    key: tuple[str, ...] = (),
    *,
    title: str,
    page: str,
    owner: str,
    number: str = "",
) -> CalendarEvent:
    """An event that is not part of a series. `owner` is a name as written in a file."""
    person = site.find_owner_or_agency(owner)
    nobody = "No owner yet" if site.is_unfiltered else "Not named here"
    return CalendarEvent(
        kind=kind,
        day=day,
        document=document,
        key=(kind.value, *key),
        title=title,
        page=page,
        owner=(person.title if person else owner).strip() or nobody,
        owner_page=profile_address(person) if person else "",
        plan=plan.title,
        number=number,
        series_start=day,
    )


def _build_action_event(site: Site, action: Action, due: date, plan: Plan) -> CalendarEvent:
    return _build_event(
        site,
        plan,
        action,
        CalendarEventKind.ACTION,
        due,
        title=action.title,
        page=action_address(action),
        owner=action.owner,
        number=action.ref,
    )


def _build_check_events(site: Site, check: OutstandingCheck, due: date, plan: Plan) -> Iterator[CalendarEvent]:
    """An outstanding check and, if it recurs, those that follow it."""
    event = _build_event(
        site,
        plan,
        check.document,
        _find_check_kind(check),
        due,
        title=check.title,
        page=page_address(check.document),
        owner=check.by,
    )
    if check.control:
        yield _identify_interim_check(event, check.control)
    elif check.is_recurring and isinstance(check.document, Action):
        yield from _list_recurring_checks(event, check.document)
    else:
        yield event


def _find_check_kind(check: OutstandingCheck) -> CalendarEventKind:
    if check.control:
        return CalendarEventKind.INTERIM_CHECK
    return CalendarEventKind.RECURRING_CHECK if check.is_recurring else CalendarEventKind.VERIFICATION


def _identify_interim_check(event: CalendarEvent, each: OpenControl) -> CalendarEvent:
    """The event of an interim check. Each check that is made makes room for another event, with a key of its own."""
    checked = each.control.checked.isoformat() if each.control.checked else ""
    return replace(event, key=(*event.key, str(each.finding), checked), interval=_count_days(each.control.every))


def _list_recurring_checks(event: CalendarEvent, action: Action) -> Iterator[CalendarEvent]:
    """The events of a recurring check from that of the next one on; their keys have the number of the check."""
    recurrence, days = action_recurrence(action), list_check_days(action)
    interval, first = _count_days(recurrence.interval if recurrence else None), days.index(event.day)
    for position, day in enumerate(days[first:]):
        key = (*event.key, str(first + position + 1))
        yield replace(event, day=day, key=key, position=position, interval=interval)


def _build_review_event(site: Site, plan: Plan, day: date) -> CalendarEvent:
    """The next review. Its key has its number, so that the review after it is another event."""
    number = len(held_reviews(plan)) + 1
    event = _build_event(
        site,
        plan,
        plan,
        CalendarEventKind.REVIEW,
        day,
        (str(number),),
        title=f"Review: {plan.title}",
        page=plan_address(plan.slug, "reviews"),
        owner=plan.owner,
    )
    return replace(event, interval=_count_days(review_interval(plan)))


def _build_notice_events(site: Site, plan: Plan) -> Iterator[CalendarEvent]:
    """The notices of a plan to which no reply is noted, by the day by which to reply."""
    for notice in sorted(plan.instrument, key=notice_sort_key):
        due = find_notice_due(notice)
        if due and notice.sent is None:
            yield _build_event(
                site,
                plan,
                plan,
                CalendarEventKind.NOTICE,
                due,
                (notice.name, notice.ref),
                title=f"Reply: {name_notice(notice)}",
                page=plan_address(plan.slug),
                owner=plan.owner,
            )


def _build_expiry_event(site: Site, recorded: RecordedEvidence, expires: date, plan: Plan) -> CalendarEvent:
    """The last day on which a piece of evidence counts."""
    evidence, document = recorded.evidence, recorded.document
    return _build_event(
        site,
        plan,
        document,
        CalendarEventKind.EXPIRY,
        expires,
        (evidence.url or evidence.label,),
        title=f"Evidence expires: {evidence.label or evidence.url}",
        page=page_address(document),
        owner=recorded.keeper,
    )


def _count_days(interval: CalendarInterval | None) -> int | None:
    """The days of an interval, at least; None without one."""
    return interval.months * _SHORT_MONTH + interval.days if interval else None
