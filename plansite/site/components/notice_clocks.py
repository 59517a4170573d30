"""Views of notices that have to be answered: their clocks for lists, and all that a plan says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.formatting import format_count, format_days
from plansite.model.notices.notice_clock import (
    NoticeState,
    describe_notice_clock,
    find_computed_due,
    find_days_allowed,
    find_notice_due,
    is_unanswered,
    list_unanswered_notices,
    name_notice,
    notice_sort_key,
    read_notice_clock,
)
from plansite.model.notices.notice_kinds import find_notice_kind
from plansite.model.page_addresses import GOVERNANCE_PAGE, plan_address, shows_governance
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, Visibility
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link, profile_link

#: Where on a plan's page its notices are.
NOTICES_ANCHOR = "notices"
#: The front page shows at most so many.
_MAX_CLOCKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeClockRow:
    """A notice that is still to be answered: when, who sent it, and the plan. It shows until the day of the reply.

    `when` is "Due in 14 days" or "Overdue by 3 days", which a script counts on; `due` is that day.
    """

    title: Link
    plan: Link
    sender: Link
    when: str
    due: date | None
    is_late: bool
    shown: Visibility = ALWAYS_VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstClocks:
    """The notices of all plans that are due first; `more` says how many there are besides, and is empty without any."""

    rows: tuple[NoticeClockRow, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """All that a plan says of a notice. `allowed` says how many days there are for the reply, and from where.

    `when` is how it stands on the day of the copy. `waits` and `answered` are when it shows that it is still to be
    answered, and that it was; None where it never does. `result` says whether the reply was sent in time.
    """

    title: str
    sender: Link
    received: date | None
    allowed: str
    due: date | None
    when: str
    is_late: bool
    waits: Visibility | None
    answered: Visibility | None
    sent: date | None
    result: str
    note: str


def build_notice_clocks(dated_site: SiteOnDate, plans: Iterable[Plan]) -> tuple[NoticeClockRow, ...]:
    """The notices of these plans that are still to be answered, the one due first at the top."""
    today = dated_site.today
    pairs = [(notice, plan) for plan in plans for notice in list_unanswered_notices(plan, today)]
    pairs.sort(key=lambda pair: (notice_sort_key(pair[0]), pair[1].slug))
    return tuple(_build_clock(dated_site, notice, plan) for notice, plan in pairs)


def _build_clock(dated_site: SiteOnDate, notice: Instrument, plan: Plan) -> NoticeClockRow:
    clock = read_notice_clock(notice, dated_site.today)
    return NoticeClockRow(
        title=Link(name_notice(notice), f"{plan_address(plan.slug)}#{NOTICES_ANCHOR}"),
        plan=plan_link(plan),
        sender=profile_link(dated_site.site, notice.sender),
        when=describe_notice_clock(notice, dated_site.today),
        due=clock.due,
        is_late=clock.state is NoticeState.OVERDUE,
        shown=Visibility(leaves=notice.sent),
    )


def build_first_clocks(dated_site: SiteOnDate, plans: Iterable[Plan]) -> FirstClocks | None:
    """The clocks that the front page shows; None without any. The governance report, where there is one, has all.

    Those that end on a later day are shown besides, so that the others stay the first ones when they have gone.
    """
    clocks = build_notice_clocks(dated_site, plans)
    staying = [clock for clock in clocks if clock.shown.leaves is None]
    further, left_out = len(staying) - _MAX_CLOCKS, staying[_MAX_CLOCKS:]
    address = f"{GOVERNANCE_PAGE}#{NOTICES_ANCHOR}" if shows_governance(dated_site.site) else ""
    more = Link(f"And {format_count(further, 'more notice')}", address) if further > 0 else Link("")
    shown = tuple(clock for clock in clocks if clock not in left_out)
    return FirstClocks(rows=shown, more=more) if clocks else None


def build_notice_views(dated_site: SiteOnDate, plan: Plan) -> tuple[NoticeView, ...]:
    """The notices of a plan: those still to be answered first, the one due first at the top."""
    today = dated_site.today
    ordered = sorted(plan.instrument, key=lambda notice: (not is_unanswered(notice, today), notice_sort_key(notice)))
    return tuple(_build_view(dated_site, notice) for notice in ordered)


def _build_view(dated_site: SiteOnDate, notice: Instrument) -> NoticeView:
    today, sent = dated_site.today, notice.sent
    waits = is_unanswered(notice, today)
    return NoticeView(
        title=name_notice(notice),
        sender=profile_link(dated_site.site, notice.sender),
        received=notice.received,
        allowed=_describe_allowed(notice),
        due=find_notice_due(notice),
        when=describe_notice_clock(notice, today),
        is_late=read_notice_clock(notice, today).state is NoticeState.OVERDUE,
        waits=Visibility(leaves=sent) if waits else None,
        answered=Visibility(joins=sent if waits else None) if sent else None,
        sent=sent,
        result=describe_notice_clock(notice, sent) if sent else "",
        note=notice.note,
    )


def _describe_allowed(notice: Instrument) -> str:
    """The days that give the day by which to reply, and what sets them; empty where the file gives another day."""
    days, computed = find_days_allowed(notice), find_computed_due(notice)
    if days is None or (notice.due and notice.due != computed):
        return ""
    kind = find_notice_kind(notice.name)
    return format_days(days) if notice.days is not None or kind is None else f"{format_days(days)} by the {kind.source}"
