"""Lists of finished actions across plans: all of them, and those that somebody else has verified."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from plansite.model.assessment import SiteOnDate, finished_on, sort_newest_first
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count, is_or_are
from plansite.model.status import Status
from plansite.site.components.dated_rows import DatedText, RowGroup, build_plain_group
from plansite.site.components.page import Link, Page
from plansite.site.components.widgets import build_finished_row
from plansite.site.lists.action_lists import FINISHED, VERIFIED, build_list_pages
from plansite.site.lists.empty_states import NOTHING_FINISHED, NOTHING_VERIFIED


def build_finished_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`finished.html`: all finished actions by month, the newest first."""
    actions = dated_site.finished_actions
    owners = {action.owner.strip() for action in actions} - {""}
    by = f", by {format_count(len(owners), 'owner')}" if owners else ""
    lede = (
        f"{format_count(len(actions), 'action')} {is_or_are(len(actions))} finished{by}. "
        "Thank you to everyone who did them."
    )
    return build_list_pages(
        FINISHED,
        "Finished",
        DatedText(lede if actions else ""),
        group_by_month(dated_site, actions),
        None if actions else NOTHING_FINISHED,
        template="lists/finished.html",
        nouns=None,
    )


def build_verified_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`verified.html`: embedded actions with who checked them, when and what they found; the newest check first."""
    embedded = (action for action in dated_site.finished_actions if action.status is Status.EMBEDDED)
    actions = sort_newest_first(embedded, verified_on)
    lede = (
        f"{format_count(len(actions), 'action')} {is_or_are(len(actions))} embedded: "
        "somebody other than the owner has looked."
    )
    return build_list_pages(
        VERIFIED,
        "Verified",
        DatedText(lede if actions else ""),
        group_by_month(dated_site, actions, verified_on),
        None if actions else NOTHING_VERIFIED,
        template="lists/verified.html",
        nouns=None,
    )


def verified_on(action: Action) -> date | None:
    """The day on which somebody other than the owner checked an action."""
    return action.verification.date if action.verification else None


def group_by_month(
    dated_site: SiteOnDate, actions: Sequence[Action], day_of: Callable[[Action], date | None] = finished_on
) -> tuple[RowGroup, ...]:
    """Rows of finished actions, one group a month. `actions` are sorted by `day_of`, the newest first."""

    def month(action: Action) -> tuple[str, str]:
        day = day_of(action)
        return (f"m-{day.isoformat()[:7]}", f"{month_name[day.month]} {day.year}") if day else ("undated", "No date")

    return tuple(
        build_plain_group(key, Link(title), [build_finished_row(dated_site, action) for action in group])
        for (key, title), group in groupby(actions, key=month)
    )
