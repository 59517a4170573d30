"""Letters and notices that have to be answered by a day."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_plans_with_file
from plansite.content.report import quote_text
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.findings import Level
from plansite.model.formatting import format_days, format_list, format_long_date
from plansite.model.notices.notice_clock import (
    NoticeState,
    find_computed_due,
    find_days_allowed,
    find_notice_due,
    read_notice_clock,
)
from plansite.model.notices.notice_kinds import NOTICE_KINDS, find_notice_kind


@rule("PS441", Level.WARNING, list_plans_with_file)
def notice_without_days(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """Nothing says how many days there are to answer a notice.

    The days are known for a CQC requirement notice and a regulation 17(3) request (28 days) and for a coroner's report
    to prevent future deaths (56 days). For any other notice, the file has to say by when to reply. Otherwise it has no
    clock.

    Example: `instrument: [{name: warning notice, received: 2025-01-06}]`. Add `due: 2025-02-14`, or `days: 30`.
    """
    for notice in plan.instrument:
        if notice.due is None and find_days_allowed(notice) is None:
            known = format_list([f"a {kind.name}" for kind in NOTICE_KINDS], "or")
            message = f"{_quote(notice)} does not say by when to reply"
            remedy = f"add `days:` or `due:`; they are known only for {known}"
            yield flag(plan, message, remedy, field="instrument")


@rule("PS442", Level.WARNING, list_plans_with_file)
def notice_without_receipt(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A notice does not say when it was received.

    The days for the reply count from then. Even where the letter names the day, an inspector asks when it came.

    Example: `instrument: [{name: requirement notice}]`. Add `received: 2025-01-06`.
    """
    for notice in plan.instrument:
        if notice.received is None:
            yield flag(
                plan,
                f"{_quote(notice)} does not say when it was received",
                "add `received:` with that day",
                field="instrument",
            )


@rule("PS443", Level.WARNING, list_plans_with_file)
def impossible_notice_dates(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A notice was answered, or had to be answered, before it was received.

    Usually the year of one of the two dates is wrong.

    Example: `{name: requirement notice, received: 2025-01-06, sent: 2024-01-30}`. Write `sent: 2025-01-30`.
    """
    for notice in plan.instrument:
        for field, words, day in (("sent", "was answered", notice.sent), ("due", "was due", notice.due)):
            if day and notice.received and day < notice.received:
                message = (
                    f"{_quote(notice)} {words} on {format_long_date(day)}, before it was received on "
                    f"{format_long_date(notice.received)}"
                )
                yield flag(plan, message, f"correct `{field}` or `received`", field="instrument")


@rule("PS444", Level.HINT, list_plans_with_file)
def other_notice_days(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """The day by which to reply is not the one that the law gives for such a notice.

    The letter may name another day; then it counts. A coroner's 56 days begin when the report is sent, which may be
    some days before it is received.

    Example: `{name: requirement notice, received: 2025-01-06, due: 2025-02-10}`: 28 days end on 3 February.
    """
    for notice in plan.instrument:
        kind, due = find_notice_kind(notice.name), find_notice_due(notice)
        by_law = find_computed_due(Instrument(name=notice.name, received=notice.received))
        if kind and due and by_law and due != by_law and notice.received and due >= notice.received:
            message = (
                f"{_quote(notice)} is due on {format_long_date(due)}, and {format_days(kind.days)} after it was "
                f"received is {format_long_date(by_law)}"
            )
            remedy = f"compare it with the letter; leave out `due` and `days` to use the {format_days(kind.days)}"
            yield flag(plan, message, remedy, field="instrument")


@rule("PS445", Level.WARNING, list_plans_with_file)
def overdue_notice(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """The day by which to answer a notice has passed, and no reply is noted.

    A reply that is not sent in time can be a breach by itself.

    Example: `{name: requirement notice, received: 2024-12-09}`, and it is 20 January. Add `sent: 2024-12-19`.
    """
    for notice in plan.instrument:
        clock = read_notice_clock(notice, context.today)
        if clock.due and clock.state is NoticeState.OVERDUE:
            message = (
                f"the reply to {_quote(notice)} was due on {format_long_date(clock.due)}, {format_days(clock.days)} ago"
            )
            yield flag(plan, message, "send it and add `sent:` with the day", field="instrument")


@rule("PS446", Level.WARNING, list_plans_with_file)
def notice_date_in_future(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A notice was received or answered on a day in the future.

    `sent` is the day on which the reply was sent. Until that day the notice counts as not answered.

    Example: `sent: 2026-01-30`, written in January 2025. Write `sent: 2025-01-30` once it is sent.
    """
    for notice in plan.instrument:
        for field, words, day in (("received", "received", notice.received), ("sent", "answered", notice.sent)):
            if day and day > context.today:
                message = f"{_quote(notice)} was {words} on {format_long_date(day)}, which is in the future"
                yield flag(plan, message, f"correct `{field}`, or take it out until then", field="instrument")


def _quote(notice: Instrument) -> str:
    """A notice by its name and reference, as in the file."""
    return quote_text(" ".join(filter(None, (notice.name, notice.ref))) or "a notice")
