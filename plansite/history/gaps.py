"""What changed while a document could not be read, or was away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plansite.history.change import Change, Did, Stamp
from plansite.history.compare import Subject, differences

Found = dict[tuple[str, str], tuple[Change, ...]]


def gaps(commits: Iterable[tuple[Change, ...]]) -> Found:
    """By commit and path: how a document that is back differs from when it was last seen. `commits` come oldest first.

    A file that broke keeps its identity. One that was removed does only if it comes back under its title or its ref;
    else its name was merely used again.
    """
    lost: dict[str, Change] = {}
    found: Found = {}
    for changes in commits:
        moved = [(each.path, lost.pop(each.old_path)) for each in changes if each.old_path in lost]
        lost.update(dict(moved))
        for change in changes:
            if change.did in (Did.BROKEN, Did.REMOVED):
                lost[change.path] = change if change.values else lost.get(change.path, change)
            elif change.did in (Did.MENDED, Did.ADDED) and change.path in lost:
                found[change.commit, change.path] = _since(lost.pop(change.path), change)
    return found


def _since(lost: Change, back: Change) -> tuple[Change, ...]:
    before, after = dict(lost.values), dict(back.values)
    if not before or (lost.did is Did.REMOVED and not _same(before, after)):
        return ()
    stamp = Stamp(back.commit, back.when, back.pull_request)
    subject = Subject(back.document, back.plan, back.slug, back.path, back.who, stamp)
    return tuple(differences(before, after, subject))


def _same(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return any(before.get(name) and before.get(name) == after.get(name) for name in ("title", "ref"))
