"""A site's history, read from the repositories that its content lies in."""

from __future__ import annotations

import hashlib
import heapq
import os
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import plansite
from plansite.history import cache as store
from plansite.history.blobs import Blobs, MissingError
from plansite.history.folders import Folder
from plansite.history.history import History
from plansite.history.landed import changes_of
from plansite.history.lines import Landed
from plansite.history.log import commits
from plansite.history.mainline import Landing, chain, landings
from plansite.history.repository import UNREADABLE, Repository, repository_of
from plansite.model.site import Adopted, Settings
from plansite.workers.watched import given_up, watched

#: The code that makes changes out of files: another version of it may answer otherwise.
_CODE = ("content", "history", "markdown", "model")
#: Files in a share that a process of its own is worth, and the most shares there are: each costs a process of git
#: beside it, and reads anew what stands at its edges.
_WORTH, _MOST = 2_000, 2


@dataclass(frozen=True, slots=True)
class Part:
    """A repository and the folders of the site that lie in it."""

    repository: Repository
    folders: tuple[Folder, ...]

    @property
    def paths(self) -> list[str]:
        """Those folders, from the top of the repository."""
        return [folder.top or "." for folder in self.folders]


def history_of(root: Path, settings: Settings, cache: Path | None = None) -> History:
    """The history of the site in a folder, in the site's time zone.

    `cache` is a file of ours that spares reading old commits again; it may be missing, damaged or from elsewhere.
    Nothing is fetched, and nothing but that file is written.
    """
    zone = ZoneInfo(settings.timezone)
    own = repository_of(root)
    if isinstance(own, str):
        return History(hidden=own)
    parts, left_out = parts_of(root, settings, own)
    kept = store.load(cache, zone) if cache else {}
    told: dict[str, list[Landed]] = {}
    for part in parts:
        key = _key(part)
        landed = _landed(part, kept.get(key, []), zone)
        if landed is None and part.repository is own:
            return History(hidden=UNREADABLE)
        if landed is None:
            left_out.extend((folder.base, UNREADABLE) for folder in part.folders)
        else:
            told[key] = landed
    # What was given up is tried again by the next build, so nothing that lacks it is kept.
    if cache and _tips(told) != _tips(kept) and not given_up():
        store.save(cache, told)
    merged = heapq.merge(*told.values(), key=lambda each: -each.time)
    return History(left_out=tuple(left_out), landed=tuple(merged))


def parts_of(root: Path, settings: Settings, own: Repository) -> tuple[list[Part], list[tuple[str, str]]]:
    """The site's own repository first, then those of sources; and the sources that tell no history, and why."""
    parts = {own.top: Part(own, (Folder("content", f"{own.prefix}content"),))}
    left_out = list(_join_sources(root, settings.sources, parts))
    return list(parts.values()), left_out


def _join_sources(root: Path, sources: Sequence[Adopted], parts: dict[str, Part]) -> Iterator[tuple[str, str]]:
    """Put each source to the repository that it lies in; yields those that tell no history, and why."""
    for source in sources:
        base = os.path.normpath(source.path).replace(os.sep, "/")
        if not (root / base).is_dir():
            continue
        repository = repository_of(root / base)
        if isinstance(repository, str):
            yield base, repository
            continue
        folder = Folder(base, repository.prefix.rstrip("/"), source)
        known = parts.get(repository.top, Part(repository, ()))
        parts[repository.top] = Part(known.repository, (*known.folders, folder))


def _key(part: Part) -> str:
    """What the changes of a commit depend on beside the commit: our code, the folders, and how names are mapped."""
    whole = hashlib.blake2b(digest_size=16)
    for name in _CODE:
        for file in sorted((Path(plansite.__file__).parent / name).glob("*.py")):
            whole.update(file.read_bytes())
    whole.update(repr(part.folders).encode("utf-8", "replace"))
    names = Path(part.repository.top) / ".mailmap"
    whole.update(names.read_bytes() if names.is_file() else b"")
    return whole.hexdigest()


def _tips(told: dict[str, list[Landed]]) -> dict[str, str]:
    return {key: landed[0].commit if landed else "" for key, landed in told.items()}


def _landed(part: Part, kept: list[Landed], zone: tzinfo) -> list[Landed] | None:
    """The mainline of a repository: what is kept, and what came since. None where git cannot read all of it.

    `kept` serves as far as it is the same mainline; after a rebase it is shortened to what both have.
    """
    places = {each.commit: place for place, each in enumerate(kept)}
    head = part.repository.head
    if head in places:
        return kept[places[head] :]
    top, paths = Path(part.repository.top), part.paths
    while True:
        known = kept[0].commit if kept else ""
        found = commits(top, head, paths, known)
        line = chain(found) if found else []
        below = line[-1].parents[0] if line and line[-1].parents else ""
        if line and below == known:
            break
        if not kept:
            return None
        kept = kept[places[below] - places[known] :] if below in places else []
    return _changed(part, landings(found or [], line), zone, kept)


def _changed(part: Part, new: Sequence[Landing], zone: tzinfo, kept: list[Landed]) -> list[Landed] | None:
    try:
        shares = _shares(new)
        done = watched(partial(_share, part, zone), shares, len(shares))
    except MissingError:
        return None
    return [*(each for share in done for each in share), *kept]


def _share(part: Part, zone: tzinfo, new: Sequence[Landing]) -> list[Landed]:
    with Blobs(Path(part.repository.top)) as blobs:
        return changes_of(new, part.folders, blobs, zone)


def _shares(new: Sequence[Landing]) -> list[Sequence[Landing]]:
    """Commits in runs of about as many files each: one run, unless there are so many that a second process pays."""
    sizes = list(accumulate(len(each.files) for each in new))
    total = sizes[-1] if sizes else 0
    number = max(1, min(_MOST, total // _WORTH))
    cuts = [bisect(sizes, total * share // number) for share in range(1, number)]
    return [new[start:end] for start, end in pairwise([0, *cuts, len(new)])]
