"""One audience's way through a site: its plans read, looked at and drawn, as far as anything has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from plansite.build.chapter import Draw, Drawn, Looked, asked_chapter, draw_base, look_base, looked, published
from plansite.build.kept import Kept
from plansite.build.output import Output
from plansite.build.reading import Reading
from plansite.build.terms import Terms, sight_mark
from plansite.checks.check import NARROW, check_circles, looked_at
from plansite.content.shelf import Shelf
from plansite.content.volume import Volume
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.publish.store import Store
from plansite.workers import spread

#: Hears how many pages are done of all.
Tell = Callable[[int, int], None]
#: Plans for which a further process is worth its start.
_WORTH = 6


@dataclass(slots=True, kw_only=True)
class Way:
    """A site for one audience on one day. `kept` is what the last build left, `looked` and `drawn` what holds now."""

    shelf: Shelf
    terms: Terms
    store: Store
    kept: Kept
    reading: Reading
    looked: dict[str, Looked] = field(default_factory=dict)
    drawn: dict[str, Drawn] = field(default_factory=dict)

    @classmethod
    def into(cls, shelf: Shelf, terms: Terms, store: Store) -> Way:
        """Read what has changed, and see which faults are still known."""
        found = store.get(index_name(terms))
        kept = found if isinstance(found, Kept) else Kept()
        way = cls(shelf=shelf, terms=terms, store=store, kept=kept, reading=Reading(shelf, terms, store, kept.known))
        way.looked = {slug: kept.looked[slug] for slug in way.reading.plans if way._still_looked(slug)}
        return way

    def look(self) -> None:
        """Look for faults wherever something has changed."""
        stale = [slug for slug in self.reading.plans if slug not in self.looked]
        found = spread(lambda slug: self._looked(self.reading.volume(slug)), stale, self._processes, _WORTH)
        self.looked.update(zip(stale, found, strict=True))

    def draw(self, frame: str, draw: Draw, output: Output, tell: Tell | None = None) -> tuple[str, ...]:
        """Draw the plans that have changed, and publish the others again; the slugs of those that were drawn."""
        same = {slug for slug in self.reading.plans if self._still_drawn(slug, frame, output)}
        stale = [slug for slug in self.reading.plans if slug not in same]

        def work(slug: str) -> tuple[Looked, Drawn]:
            volume = self.reading.volume(slug)
            found = self.looked.get(slug) or self._looked(volume)
            return found, self._drawn(volume, found, frame, draw, output)

        total = sum(len(self.reading.surroundings.outlines[slug].pages) for slug in stale)
        share = (lambda done: tell(round(done * total), total)) if tell else None
        for slug, (found, made) in zip(stale, spread(work, stale, self._processes, _WORTH, share), strict=True):
            self.looked[slug], self.drawn[slug] = found, made
        self.drawn.update((slug, self.kept.drawn[slug]) for slug in same)
        return tuple(stale)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the site, in the order of files and lines; all plans have been looked at."""
        around = self.reading.surroundings
        waivers = (found.waivers for found in self.looked.values())
        circles = check_circles(self.outlook(), around.waiting(), around.find, waivers)
        own = (finding for found in self.looked.values() for finding in found.findings)
        return tuple(sorted((*self._head(), *own, *circles), key=lambda finding: finding.order))

    def outlook(self) -> Outlook:
        """The head of the site with tables for all plans."""
        site = replace(self.terms.head, rest=self.reading.surroundings.rest({}))
        return Outlook(site, self.terms.today)

    def lean(self) -> Outlook:
        """The whole site as pages across plans need it."""
        plans = [self.reading.lean(slug) for slug in self.reading.plans]
        head = self.terms.head
        site = Site(
            settings=head.settings,
            front=head.front,
            plans=tuple(each.plan for each in plans),
            owners=head.owners,
            agencies=head.agencies,
            unread=(*head.unread, *(unread for each in plans for unread in each.unread)),
            files=head.files,
        )
        return Outlook(site, self.terms.today)

    def _head(self) -> Iterator[Finding]:
        look = looked_at(self.outlook(), NARROW)
        yield from look.findings

    @property
    def _processes(self) -> int | None:
        return None if self.store.is_shared else 1

    def _still_looked(self, slug: str) -> bool:
        known = self.kept.looked.get(slug)
        return (
            known is not None
            and known.base == look_base(self.reading, slug, self.terms)
            and self.reading.surroundings.hold(known.answers, self.shelf.prints)
        )

    def _looked(self, volume: Volume) -> Looked:
        return looked(self.reading, volume, self.terms, self.shelf.prints)

    def _still_drawn(self, slug: str, frame: str, output: Output) -> bool:
        known, found = self.kept.drawn.get(slug), self.looked.get(slug)
        return (
            known is not None
            and found is not None
            and known.base == draw_base(self.reading, slug, frame, found)
            and self.reading.surroundings.hold(known.answers, self.shelf.prints)
            and all(output.keep(path, content) for path, content in known.files)
        )

    def _drawn(self, volume: Volume, found: Looked, frame: str, draw: Draw, output: Output) -> Drawn:
        chapter, answers = asked_chapter(self.reading, volume, self.terms, found, self.shelf.prints)
        return Drawn(
            base=draw_base(self.reading, volume.plan.slug, frame, found),
            answers=answers,
            files=tuple(published(chapter, draw, output)),
            assets=chapter.assets,
        )


def index_name(terms: Terms) -> str:
    """The name under which is kept what a build for this audience leaves."""
    return f"index {sight_mark(terms.sight)}"
