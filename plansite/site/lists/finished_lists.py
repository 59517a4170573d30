"""Lists of finished actions across plans: all of them, and those that somebody else has verified."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from plansite.model.formatting import format_count, is_or_are
from plansite.site.components.dated_rows import DatedText, RowGroup, build_plain_group
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.page import Link, Page
from plansite.site.components.widgets import FinishedRow
from plansite.site.lists.action_lists import FINISHED, VERIFIED, build_list_pages
from plansite.site.lists.empty_states import NOTHING_FINISHED, NOTHING_VERIFIED
from plansite.site.lists.listed_site import ListedSite


def build_finished_list(listed: ListedSite) -> Iterator[Page]:
    """`finished.html`: all finished actions by month, the newest first."""
    rows = listed.list_rows(lambda each: each.finished)
    owners = {owner for each in listed.plans for owner in each.finished_by}
    by = f", by {format_count(len(owners), 'owner')}" if owners else ""
    lede = (
        f"{format_count(len(rows), 'action')} {is_or_are(len(rows))} finished{by}. Thank you to everyone who did them."
    )
    return build_list_pages(
        listed,
        FINISHED,
        "Finished",
        DatedText(lede if rows else ""),
        group_by_month((entry.day, entry.row) for entry in rows),
        None if rows else NOTHING_FINISHED,
        template="lists/finished.html",
        nouns=None,
    )


def build_verified_list(listed: ListedSite) -> Iterator[Page]:
    """`verified.html`: embedded actions with who checked them, when and what they found; the newest check first."""
    rows = listed.list_rows(lambda each: each.verified)
    count = f"{format_count(len(rows), 'action')} {is_or_are(len(rows))}"
    lede = f"{count} embedded: somebody other than the owner has looked."
    return build_list_pages(
        listed,
        VERIFIED,
        "Verified",
        DatedText(lede if rows else ""),
        group_by_month((entry.day, entry.row) for entry in rows),
        None if rows else NOTHING_VERIFIED,
        template="lists/verified.html",
        nouns=None,
    )


def group_by_month(rows: Iterable[tuple[date | None, FinishedRow | DrawnRow]]) -> tuple[RowGroup, ...]:
    """Rows with a day each, the newest first, one group a month."""

    def find_month(row: tuple[date | None, object]) -> tuple[str, str]:
        day = row[0]
        return (f"m-{day.isoformat()[:7]}", f"{month_name[day.month]} {day.year}") if day else ("undated", "No date")

    return tuple(
        build_plain_group(key, Link(title), [row for _, row in group])
        for (key, title), group in groupby(rows, key=find_month)
    )
