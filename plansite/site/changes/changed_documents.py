"""Changes grouped by the document that they are of, each document by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import add_recorded_reason
from plansite.history.change import Change, ChangeKind, document_sort_key
from plansite.history.descriptions import describe_change_beside
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count
from plansite.site.changes.history import HistoryEvent
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link

#: How many days back pages of changes and feeds go, today included, and of these the days that are new.
DAYS_SHOWN, NEW_DAYS = 30, 7


def find_first_day(today: date) -> date:
    """The first of the last `DAYS_SHOWN` days."""
    return add_days(today, 1 - DAYS_SHOWN)


def find_first_new_day(today: date) -> date:
    """The first of the last `NEW_DAYS` days."""
    return add_days(today, 1 - NEW_DAYS)


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """The changes of one day."""

    day: date
    events: tuple[HistoryEvent, ...]


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document with its changes by day, newest first. `earlier` are days that are folded, `more` is their summary."""

    title: Link
    days: tuple[ChangedDay, ...]
    earlier: tuple[ChangedDay, ...] = ()
    more: str = ""

    @property
    def newest(self) -> date:
        """The day of its newest change."""
        return self.days[0].day


def list_changed_documents(
    changes_by_path: Mapping[str, Sequence[Change]], actions: Mapping[str, Action]
) -> list[ChangedDocument]:
    """The documents with reportable changes, those that changed last first. `actions` are all actions by path."""
    reportable = {
        path: sorted((change for change in changes if change.is_reportable), key=_find_day, reverse=True)
        for path, changes in changes_by_path.items()
    }
    documents = sorted(
        ((path, changes) for path, changes in reportable.items() if changes),
        key=lambda item: document_sort_key(item[0], item[1], actions),
    )
    built = [_build_document(changes, actions.get(path)) for path, changes in documents]
    return sorted(built, key=lambda document: document.newest, reverse=True)


def _find_day(change: Change) -> date:
    return change.when


def _build_document(changes: Sequence[Change], action: Action | None) -> ChangedDocument:
    title = action_link(action) if action else Link(_find_document_title(changes[0]))
    days = tuple(
        ChangedDay(day, tuple(_list_events(changes_of_day, title.text, action)))
        for day, changes_of_day in groupby(changes, key=_find_day)
    )
    return ChangedDocument(title, days)


def _list_events(changes: Iterator[Change], title: str, action: Action | None) -> Iterator[HistoryEvent]:
    for change in changes:
        words = describe_change_beside(add_recorded_reason(change, action) if action else change, title)
        yield HistoryEvent(words, change.when, change.pull_request)


def _find_document_title(change: Change) -> str:
    """The title of a document that is not an action or has been deleted, from one of its changes."""
    values = dict(change.values)
    title = values.get("title") or (change.before if change.did is ChangeKind.REMOVED else "")
    return str(title) or f"{change.document.capitalize()} “{change.slug}”"


def fold_earlier(document: ChangedDocument, limit: int, since: date) -> ChangedDocument:
    """The document with the days before `since` folded, and of the others those beyond `limit` changes.

    Its newest day is never folded.
    """
    shown, number = 1, len(document.days[0].events)
    for day in document.days[1:]:
        number += len(day.events)
        if day.day < since or number > limit:
            break
        shown += 1
    earlier = document.days[shown:]
    folded = sum(len(day.events) for day in earlier)
    more = format_count(folded, "earlier change") if folded else ""
    return replace(document, days=document.days[:shown], earlier=earlier, more=more)


def count_changes(documents: Sequence[ChangedDocument], since: date = date.min) -> int:
    """The number of changes of some documents since a day, folded or not."""
    days = (day for document in documents for day in (*document.days, *document.earlier))
    return sum(len(day.events) for day in days if day.day >= since)
