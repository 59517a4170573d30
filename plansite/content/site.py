"""Everything read, put together: the Site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plansite.content.documents import Result, front_of
from plansite.content.layout import place_of
from plansite.content.patience import in_time
from plansite.content.shelf import FRONT, OWN, Shelf, shelved
from plansite.content.tripwire import Watch
from plansite.content.volume import Open, Volume, addressed, document_at, numbered, volume_from
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.site import Front, Site, Unread
from plansite.model.status import Audience
from plansite.workers.spread import worthwhile
from plansite.workers.watched import watched

#: A plan has about so many files; a further process is worth its start for some 250 of them.
_WORTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the plans: the front page's words, and whoever has a file of their own.

    `numbered` is as for a volume.
    """

    front: Front = Front()  # noqa: RUF009  (a frozen value, safe to share)
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
    numbered: tuple[tuple[str, str], ...] = ()


def load(root: Path) -> Site:
    """Read the site in a folder that holds `plansite.yaml`. Raises SettingsError; OSError without that file."""
    shelf = shelved(root)
    volumes = watched(partial(volume_from, shelf), shelf.batches, worthwhile(len(shelf.batches), _WORTH))
    (head,) = watched(head_of, [shelf])
    return site_of(shelf, head, volumes)


def head_of(shelf: Shelf) -> Head:
    """Read what stands above the plans."""
    watch = Watch(shelf.open)
    results = [_person(shelf, path, watch) for path in shelf.people]
    documents = list(addressed(result.document for result in results))
    front, findings = _front(shelf, watch)
    return Head(
        front=front,
        owners=tuple(each for each in documents if isinstance(each, Owner)),
        agencies=tuple(each for each in documents if isinstance(each, Agency)),
        unread=tuple(each for each in documents if isinstance(each, Unread)),
        findings=(*findings, *(finding for result in results for finding in result.findings), *watch.findings),
        numbered=numbered(results, documents),
    )


def site_of(shelf: Shelf, head: Head, volumes: Iterable[Volume]) -> Site:
    """The site of these plans."""
    volumes = tuple(volumes)
    findings = [*shelf.findings, *head.findings, *(finding for volume in volumes for finding in volume.findings)]
    return Site(
        settings=shelf.settings,
        front=head.front,
        plans=tuple(volume.plan for volume in volumes),
        owners=head.owners,
        agencies=head.agencies,
        unread=(*head.unread, *(unread for volume in volumes for unread in volume.unread)),
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        files=shelf.assets,
    )


def _person(shelf: Shelf, path: str, open_: Open) -> Result:
    place = place_of(path, shelf.slugs)
    if place is None:
        raise ValueError(f"{path} has no place among people")
    return document_at(place, path, open_)


def _front(shelf: Shelf, open_: Open) -> tuple[Front, tuple[Finding, ...]]:
    """The words of the front page, where there are any."""
    if FRONT not in shelf.prints:
        return Front(), ()
    found = open_(FRONT, OWN)
    data = found.data or b""
    front, findings = in_time(
        found.path,
        data,
        lambda: front_of(found.path, data),
        lambda report: (Front(path=found.path, audience=Audience.INTERNAL), report.findings),
    )
    return front, (*found.findings, *findings)
