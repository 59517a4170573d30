"""Everything read, put together: the Site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plansite.content.documents import Result, front_of
from plansite.content.layout import place_of
from plansite.content.shelf import FRONT, OWN, Shelf, shelved
from plansite.content.volume import Volume, addressed, document_at, volume_of
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.site import Front, Site, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the plans: the front page's words, and whoever has a file of their own."""

    front: Front = Front()  # noqa: RUF009  (a frozen value, safe to share)
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()


def load(root: Path) -> Site:
    """Read the site in a folder that holds `plansite.yaml`. Raises SettingsError; OSError without that file."""
    shelf = shelved(root)
    volumes = (volume_of(batch, shelf.open, shelf.settings.sources) for batch in shelf.batches)
    return site_of(shelf, head_of(shelf), volumes)


def head_of(shelf: Shelf) -> Head:
    """Read what stands above the plans."""
    results = [_person(shelf, path) for path in shelf.people]
    documents = list(addressed(results))
    front, findings = _front(shelf)
    return Head(
        front=front,
        owners=tuple(each for each in documents if isinstance(each, Owner)),
        agencies=tuple(each for each in documents if isinstance(each, Agency)),
        unread=tuple(each for each in documents if isinstance(each, Unread)),
        findings=(*findings, *(finding for result in results for finding in result.findings)),
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


def _person(shelf: Shelf, path: str) -> Result:
    place = place_of(path, shelf.slugs)
    if place is None:
        raise ValueError(f"{path} has no place among people")
    return document_at(place, path, shelf.open)


def _front(shelf: Shelf) -> tuple[Front, tuple[Finding, ...]]:
    """The words of the front page, where there are any."""
    if FRONT not in shelf.prints:
        return Front(), ()
    found = shelf.open(FRONT, OWN)
    front, findings = front_of(found.path, found.data or b"")
    return front, (*found.findings, *findings)
