"""The entries of feeds: one for each change, with an id and words that stay as they are for ever."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from plansite.history.change import Change, ChangeKind, document_sort_key
from plansite.history.descriptions import describe_change
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import CHANGES_PAGE, plan_address
from plansite.model.site import Document, list_inner_documents
from plansite.model.slugs import title_from_slug
from plansite.site.changes.atom_feed import FeedEntry
from plansite.site.components.page_links import action_link

#: The changes of each plan by the present or last path of the file, each file's newest first.
ChangesByPlan = Mapping[str, Mapping[str, Sequence[Change]]]
_TITLED_AFTER = frozenset({ChangeKind.ADDED, ChangeKind.BECAME_READABLE, ChangeKind.BECAME_UNREADABLE})


def build_feed_entries(
    plan: Plan | None, changes_by_path: Mapping[str, Sequence[Change]]
) -> Iterator[tuple[FeedEntry, Action | None]]:
    """An entry for each reportable change of a plan, document by document, newest first, with the action if it has one.

    `plan` is None for a plan that was removed. An id depends on the commit, the path of the file in it, and the kind
    and field of the change: not on words, nor on what the file is called later. The words are those of the commit: the
    title that the document had then, and the name of the plan's folder, which unlike its title is part of the change.
    """
    actions = {action.path: action for action in plan.actions} if plan else {}
    titles = {document.path: document.title for document in _list_documents(plan)} if plan else {}
    numbers: Counter[tuple[str, str, str, str]] = Counter()
    for path, changes in sorted(changes_by_path.items(), key=lambda item: document_sort_key(item[0], item[1], actions)):
        action = actions.get(path)
        page = action_link(action).href if action else plan_address(plan.slug) if plan else CHANGES_PAGE
        for change, title in _pair_with_titles(changes, titles.get(path, "")):
            name = (change.commit, change.path, str(change.did), change.field)
            numbers[name] += 1
            of_plan = f" ({title_from_slug(change.plan)})" if change.document != "plan" else ""
            yield (
                FeedEntry(
                    id=uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((*name, str(numbers[name])))).urn,
                    title=f"{title}{of_plan}",
                    summary=f"{describe_change(change).removesuffix('.')}.",
                    day=change.when,
                    page=page,
                ),
                action,
            )


def _list_documents(plan: Plan) -> tuple[Document, ...]:
    return (plan, *list_inner_documents(plan))


def _pair_with_titles(changes: Sequence[Change], present_title: str) -> Iterator[tuple[Change, str]]:
    """Each change of a document, newest first, with the title that the document had after the commit."""
    named = next(filter(None, map(_find_title, changes)), "")
    title = present_title or named or title_from_slug(changes[0].slug)
    for _, group in groupby(changes, key=lambda change: change.commit):
        of_commit = list(group)
        title = next(filter(None, map(_find_title, of_commit)), title)
        yield from ((change, title) for change in of_commit)
        title = next((str(change.before) for change in of_commit if change.field == "title" and change.before), title)


def _find_title(change: Change) -> str:
    """The title that a document has after a change, or had before it was removed; empty if the change does not tell."""
    if change.did is ChangeKind.REMOVED:
        return str(change.before)
    return str(change.after) if change.did in _TITLED_AFTER or change.field == "title" else ""
