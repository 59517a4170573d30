"""Updates that owners were asked for: unanswered, answered before they were asked, or asked of nobody."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_open_actions
from plansite.content.report import quote_text
from plansite.model.documents.action import Action
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.request_answers import (
    ANSWER_DAYS,
    count_silent_days,
    get_question,
    iterate_pending_requests,
)
from plansite.model.findings import Level
from plansite.model.formatting import format_count, format_days, format_long_date
from plansite.model.people import normalise_name

#: After how many requests without an answer it is time to ask somebody else.
_MAX_REQUESTS = 3


@rule("PS481", Level.HINT, list_open_actions)
def unanswered_request(context: CheckContext, action: Action) -> Iterator[Violation]:
    """The owner of an open action was asked for an update more than two weeks ago, and there is no answer.

    A progress note of the owner since then is an answer, and so is a day in `answered`.

    Example: `asked: [{date: 2025-01-02, question: "Is the engineer booked?"}]`, and it is 20 January. Ask again, or
    write the answer under Progress.
    """
    pending = list(iterate_pending_requests(context.site, action))
    waiting = [request for request in pending if count_silent_days(request, context.today) > ANSWER_DAYS]
    if not waiting:
        return
    first = min(waiting, key=lambda request: request.date or context.today)
    days = format_days(count_silent_days(first, context.today))
    owner, question = quote_text(action.owner), quote_text(get_question(first))
    if len(pending) >= _MAX_REQUESTS:
        number = format_count(len(pending), "question")
        message = f"{owner} has not answered {number}, the first for {days}: {question}"
        remedy = "ring them, or take it to somebody with more authority and note that in `escalated:`"
    else:
        message = f"{owner} has not answered for {days}: {question}"
        remedy = "ask again, or write the answer under Progress, or its day in `answered:`"
    yield flag(action, message, remedy, field="asked")


@rule("PS482", Level.WARNING, list_actions)
def answered_before_asked(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An update was answered before it was asked for.

    Usually one of the dates is mistyped.

    Example: `asked: [{date: 2025-01-13, answered: 2025-01-03}]`. Correct one of the dates.
    """
    for request in action.asked:
        if request.date and request.answered and request.answered < request.date:
            asked, answered = format_long_date(request.date), format_long_date(request.answered)
            message = f"{_name_request(request)} was answered on {answered}, before it was asked on {asked}"
            yield flag(action, message, "correct `date` or `answered`", field="asked")


@rule("PS483", Level.HINT, list_open_actions)
def asked_nobody(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An update was asked for, but the action has no owner who could answer.

    No one can answer until the action has an owner.

    Example: `asked: [{date: 2025-01-13}]` without an `owner`. Add `owner:` with one person or role.
    """
    if action.asked and not action.owner.strip():
        message = "an update was asked for, but it has no owner who could answer"
        yield flag(action, message, "add `owner:` with one person or role", field="asked")


@rule("PS484", Level.HINT, list_actions)
def asked_themselves(_: CheckContext, action: Action) -> Iterator[Violation]:
    """Whoever asked for an update is the owner of the action, so nobody else was asked.

    `by` is who asked. The owner is the one who answers.

    Example: `owner: Maintenance` and `asked: [{date: 2025-01-13, by: Maintenance}]`. Write `by: Registered Manager`.
    """
    for request in action.asked:
        if request.by.strip() and normalise_name(request.by) == normalise_name(action.owner):
            message = f"{quote_text(request.by)} asked, and is the owner who has to answer"
            yield flag(action, message, "write in `by:` who asked", field="asked")


def _name_request(request: UpdateRequest) -> str:
    return quote_text(get_question(request)) if request.question.strip() else "a request for an update"
