"""A plan in easy words, from the sentences that were written for it: large type, one idea a line, little else."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.model.review_dates import find_announced_review
from plansite.site.components.dated_rows import Visibility, find_time_before_late
from plansite.site.components.page import Page


@dataclass(frozen=True, slots=True)
class EasyReadPart:
    """Sentences under a heading, which is empty for those before the first one."""

    key: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EasyReadView:
    """What the page shows. `next_review` is shown on the days of `review_shown`; None if no day is announced."""

    title: str
    board: str
    parts: tuple[EasyReadPart, ...]
    contact: str
    telephone: str
    next_review: date | None
    weekday: str
    review_shown: Visibility | None


def build_easy_read_page(dated_site: SiteOnDate, plan: Plan) -> Iterator[Page]:
    """The page of a plan in easy words; none if nobody wrote any.

    Beside these words it has two facts: who to ask, which is the plan's owner, and the day of the next review if
    somebody has named it. Nothing on it is a sentence of ours.
    """
    if not plan.easy_read:
        return
    owner = dated_site.site.find_owner_or_agency(plan.owner) if plan.owner else None
    due = find_announced_review(plan)
    shown = find_time_before_late(due, dated_site.today) if due else None
    yield Page(
        path=plan_address(plan.slug, "easy-read"),
        template="voice/easy_read.html",
        title=f"Easy read: {plan.title}",
        view=EasyReadView(
            title=plan.title,
            board=plan_address(plan.slug),
            parts=tuple(_build_parts(plan.easy_read)),
            contact=owner.title if owner else plan.owner,
            telephone=owner.telephone if owner else "",
            next_review=due if shown else None,
            weekday=calendar.day_name[due.weekday()] if due else "",
            review_shown=shown,
        ),
        section=FRONT_PAGE,
        running_head=f"Easy read: {plan.title}",
    )


def _build_parts(sentences: Iterable[str]) -> Iterator[EasyReadPart]:
    """The sentences in parts: one that ends with a question mark is the heading of those after it."""
    number, heading, lines = 0, "", list[str]()
    for sentence in sentences:
        if not sentence.rstrip().endswith("?"):
            lines.append(sentence)
            continue
        if heading or lines:
            yield EasyReadPart(f"part-{number}", heading, tuple(lines))
        number, heading, lines = number + 1, sentence, []
    if heading or lines:
        yield EasyReadPart(f"part-{number}", heading, tuple(lines))
