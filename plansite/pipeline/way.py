"""One audience's way through a site: its plans read and looked at, as far as anything has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.checks.check import check_head, check_plan
from plansite.content.prints import Prints
from plansite.content.shelf import ChangedError, Shelf, shelved, without_others
from plansite.content.volume import Volume
from plansite.model.audience import Sight
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.left_out import LeftOut, together
from plansite.model.rest import Questions
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.kept import Index, Looked, index_name
from plansite.pipeline.reading import WORTH, Known, Reading, head_from
from plansite.pipeline.surroundings import Surroundings
from plansite.pipeline.terms import Clock, Terms, digest
from plansite.publish.store import Store
from plansite.site.assets import assets
from plansite.site.links import Addresses
from plansite.workers.spread import spread

#: How often files may change between being digested and being read.
_TRIES = 4


@dataclass(slots=True, kw_only=True)
class Way:
    """A site for one audience on one day.

    `looked` are the plans whose faults are known, by slug; `head_name` is where what stands above them is kept.
    `known` are all plans, those among them that may not be seen.
    """

    shelf: Shelf
    terms: Terms
    store: Store
    reading: Reading
    looked: dict[str, Looked]
    head_name: str
    known: Mapping[str, Known]

    @classmethod
    def into(
        cls, root: Path, clock: Clock, audience: Audience | None, store: Store, prints: Prints | None = None
    ) -> Way:
        """Read what has changed, and see which faults are still known. Raises SettingsError,
        ChangedError where files never come to rest, and OSError.

        `prints` are the digests of all files, where somebody has just taken them.
        """
        for _ in range(_TRIES):
            try:
                return cls._once(shelved(root, prints), clock, audience, store)
            except ChangedError:
                prints = None  # somebody saved a file meanwhile: look again at all of them
        return cls._once(shelved(root), clock, audience, store)

    @classmethod
    def _once(cls, shelf: Shelf, clock: Clock, audience: Audience | None, store: Store) -> Way:
        head, head_name = head_from(shelf, store)
        terms = Terms.of(shelf, head, audience or shelf.settings.audience, clock.today(shelf.settings))
        found = store.get(index_name(terms))
        kept = found if isinstance(found, Index) else Index()
        reading = Reading(shelf, terms, store, kept.known)
        known = reading.known
        tables = [table for each in known.values() for table in each.tables]
        seen = shelf if terms.sight.is_whole else without_others(shelf, reading.plans, tables)
        if seen is not shelf:  # what this audience may not see has no part in addresses or among linked files either
            terms = Terms.of(seen, head, terms.sight.audience, terms.today)
            reading = Reading(seen, terms, store, known)
        way = cls(shelf=seen, terms=terms, store=store, reading=reading, looked={}, head_name=head_name, known=known)
        way.looked = {slug: kept.looked[slug] for slug in reading.plans if way._holds(slug, kept.looked.get(slug))}
        return way

    def _holds(self, slug: str, known: Looked | None) -> bool:
        return known is not None and known.base == self._base(slug) and self.still(known.answers)

    def still(self, answers: Iterable[tuple[str, object, str]]) -> bool:
        """Whether all of these would be answered the same now."""
        return self.reading.surroundings.hold(answers, self.shelf.prints)

    def look(self) -> bool:
        """Look for faults wherever something has changed; whether anything had."""
        stale = [slug for slug in self.reading.plans if slug not in self.looked]
        found = spread(lambda slug: self.looked_at(self.reading.volume(slug)), stale, self.processes, WORTH)
        self.looked.update(zip(stale, found, strict=True))
        return bool(stale)

    def looked_at(self, volume: Volume) -> Looked:
        """Look for what is wrong with a plan."""
        questions: Questions = {}
        outlook = site_of_one(volume, self.terms, self.reading.surroundings, questions)
        return Looked(
            findings=check_plan(outlook) if self.terms.sight.is_whole else (),
            assets=tuple(assets(outlook.site, addresses_of(outlook.site))),
            base=self._base(volume.plan.slug),
            answers=self.reading.surroundings.answers(questions, self.shelf.prints),
        )

    def _base(self, slug: str) -> str:
        """A digest of all that finding faults in a plan depends on, but for what it asks."""
        return digest(self.reading.known[slug].key, self.terms.mark)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the site, in the order of files and lines; all plans have been looked at.

        They are for those who can mend the files: whoever does not see all of a site would be told of faults that are
        none, and of things that are hidden.
        """
        if not self.terms.sight.is_whole:
            return ()
        own = (finding for found in self.looked.values() for finding in found.findings)
        return tuple(sorted((*check_head(self.outlook()), *own), key=lambda finding: finding.order))

    def left_out(self) -> tuple[tuple[Sight, tuple[LeftOut, ...]], ...]:
        """What is left out for each of those readers of whom that is told."""
        parts = zip(*(each.left_out for each in self.known.values()), strict=True) if self.known else ()
        by_reader = list(parts) or [() for _ in self.terms.told]
        return tuple(
            (reader, together((above, *plans)))
            for reader, above, plans in zip(self.terms.told, self.terms.above, by_reader, strict=True)
        )

    def files(self) -> int:
        """How many files were looked at: the settings, and everything read or found unreadable."""
        return len(self.reading.surroundings.addresses.by_path.keys() - self.terms.head.files) + 1

    def assets(self) -> dict[str, str]:
        """The files beside the content that something links to: output path to source path, from the site's folder."""
        head = assets(self.terms.head, self.reading.surroundings.addresses)
        return dict([*head, *(pair for found in self.looked.values() for pair in found.assets)])

    def outlook(self) -> Outlook:
        """The head of the site with tables for all plans."""
        site = replace(self.terms.head, rest=self.reading.surroundings.rest({}))
        return Outlook(site, self.terms.today)

    def lean(self) -> Outlook:
        """The whole site as pages across plans need it."""
        plans, head = [self.reading.lean(slug) for slug in self.reading.plans], self.terms.head
        unread = (*head.unread, *(unread for each in plans for unread in each.unread))
        site = replace(head, plans=tuple(each.plan for each in plans), unread=unread, findings=())
        return Outlook(site, self.terms.today)

    def keep(self) -> None:
        """Keep what was read and found for the next time."""
        self.store.put(index_name(self.terms), Index(known=self.known, looked=self.looked))

    def names(self) -> tuple[str, ...]:
        """The names under which all this is kept."""
        return (self.head_name, index_name(self.terms), *self.reading.names())

    @property
    def processes(self) -> int | None:
        """How many may work: as many as are worth it, or this one alone where others could keep nothing."""
        return None if self.store.is_shared else 1


def addresses_of(site: Site) -> Addresses:
    """Where the files of a site stand; for a plan alone, as its tables tell."""
    return Addresses(site.rest.pages) if site.rest else Addresses.of_site(site)


def site_of_one(volume: Volume, terms: Terms, around: Surroundings, questions: Questions) -> Outlook:
    """A plan as a site of its own, with tables that answer for the rest and note what they are asked."""
    site = Site(
        settings=terms.sight.settings,
        plans=(volume.plan,),
        unread=volume.unread,
        findings=volume.findings,
        rest=around.rest(questions),
        is_whole=terms.sight.is_whole,
    )
    return Outlook(site, terms.today)


def examined(root: Path, clock: Clock, store: Store) -> Way:
    """The whole site with its faults, nothing drawn. Raises SettingsError and OSError."""
    way = Way.into(root, clock, Audience.INTERNAL, store)
    if way.look():
        way.keep()
    return way
