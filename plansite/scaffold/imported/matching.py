"""Finds the file of each action of a tracker: by the last import, by number, or by likeness."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.people import normalise_name
from plansite.scaffold.imported.snapshot import ImportedAction
from plansite.trackers.drafts import DraftAction

#: Titles that are so alike are of the same action, if no other is nearly as alike.
_MIN_LIKENESS = 0.8
#: Titles of actions with the same number are less alike where somebody has reworded one.
_MIN_LIKENESS_OF_NUMBERED = 0.5
#: So many titles are compared with each other at most.
_MAX_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class FileMatch:
    """The slug of the file of a draft, and how it was found; both are empty for a new action."""

    slug: str = ""
    reason: str = ""


#: The reason of a match that people should look at.
NEARLY_SAME_TITLE = "a title that is nearly the same"

#: That of an action without a file.
NO_MATCH = FileMatch()


def build_key(draft: DraftAction) -> str:
    """What identifies an action in its tracker: its number, else its source and its words.

    Of one that plansite exported it is the name of its file.
    """
    if draft.written and draft.written.slug:
        return f"slug {draft.written.slug}"
    if draft.ref:
        return f"ref {normalise_name(draft.ref)}"
    return f"title {normalise_name(f'{draft.source_ref} {draft.text or draft.title}')}"


def build_keys(drafts: Sequence[DraftAction]) -> tuple[str, ...]:
    """The key of each draft; those of actions with the same words are counted."""
    counts: Counter[str] = Counter()
    keys = []
    for draft in drafts:
        key = build_key(draft)
        counts[key] += 1
        keys.append(key if counts[key] == 1 else f"{key} {counts[key]}")
    return tuple(keys)


def match_drafts(
    drafts: Sequence[DraftAction], last: Iterable[ImportedAction], actions: Sequence[Action]
) -> tuple[FileMatch, ...]:
    """The file of each draft among the actions of the plan. No file is that of two drafts."""
    slugs_by_key = {each.key: each.slug for each in last}
    known = {action.slug for action in actions}
    by_ref = {normalise_name(action.ref): action for action in actions if action.ref}
    taken: set[str] = set()
    matches: list[FileMatch] = []
    for draft, key in zip(drafts, build_keys(drafts), strict=True):
        match = NO_MATCH
        if (slug := slugs_by_key.get(key, "")) in known and slug not in taken:
            match = FileMatch(slug, "the last import")
        elif draft.written and draft.written.slug in known and draft.written.slug not in taken:
            match = FileMatch(draft.written.slug, "the name of its file")
        elif draft.ref and (action := by_ref.get(normalise_name(draft.ref))) and _suits(draft, action, taken):
            match = FileMatch(action.slug, f"its number {draft.ref}")
        taken.add(match.slug)
        matches.append(match)
    free = [action for action in actions if action.slug not in taken]
    return tuple(_match_alike(drafts, matches, free))


def _suits(draft: DraftAction, action: Action, taken: set[str]) -> bool:
    """Whether the action with the number of a draft is the same: another tracker may have the same numbers."""
    titles = (normalise_name(draft.title), normalise_name(action.title))
    return action.slug not in taken and difflib.SequenceMatcher(None, *titles).ratio() >= _MIN_LIKENESS_OF_NUMBERED


def _match_alike(drafts: Sequence[DraftAction], matches: list[FileMatch], free: list[Action]) -> list[FileMatch]:
    """The matches, and for drafts without a file that with nearly the same title, if their numbers do not differ."""
    titles = {normalise_name(action.title): action for action in free}
    for index, draft in enumerate(drafts):
        if matches[index].slug or not titles:
            continue
        title = normalise_name(draft.title)
        found = [title] if title in titles else []
        if not found and len(titles) <= _MAX_COMPARED:
            found = difflib.get_close_matches(title, titles, n=2, cutoff=_MIN_LIKENESS)
        action = titles[found[0]] if len(found) == 1 else None
        if action and not (action.ref and draft.ref and normalise_name(action.ref) != normalise_name(draft.ref)):
            matches[index] = FileMatch(action.slug, "its title" if title == found[0] else NEARLY_SAME_TITLE)
            del titles[found[0]]
    return matches
