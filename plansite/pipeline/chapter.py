"""The work on one plan: its pages and its data, drawn and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from plansite.checks.check import by_path
from plansite.content.volume import Volume
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.rest import Questions
from plansite.pipeline.kept import Drawn, Looked, Pages
from plansite.pipeline.output import Output
from plansite.pipeline.pasts import Pasts
from plansite.pipeline.reading import WORTH
from plansite.pipeline.terms import digest
from plansite.pipeline.way import Way, addresses_of, site_of_one
from plansite.publish.stage import Content
from plansite.site.data import plan_data
from plansite.site.page import Page
from plansite.site.pages import plan_pages
from plansite.site.past import Past
from plansite.site.plan_data import PlanData
from plansite.workers.spread import spread

Draw = Callable[[Page], bytes]
#: Hears how many pages are done of all.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Everything that a plan contributes to a site, before it is drawn."""

    pages: tuple[Page, ...]
    data: PlanData


def chapter_of(outlook: Outlook, findings: Sequence[Finding], past: Past) -> Chapter:
    """The chapter of the one plan in a site."""
    (plan,) = outlook.site.plans
    return Chapter(
        pages=tuple(plan_pages(outlook, plan, addresses_of(outlook.site), by_path(findings), past)),
        data=plan_data(outlook, plan, findings),
    )


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of all plans, by slug, and which of them were drawn now."""

    drawn: dict[str, Drawn]
    fresh: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Puts chapters into an output.

    `frame` is the mark of what pages are drawn with, `kept` what the last build left.
    """

    way: Way
    frame: str
    draw: Draw
    output: Output
    kept: Pages
    pasts: Pasts

    def chapters(self, tell: Tell | None) -> Chapters:
        """Draw the plans that have changed, and publish the others again."""
        plans = self.way.reading.plans
        same = {slug: self.kept.drawn[slug] for slug in plans if self._still(slug)}
        stale = [slug for slug in plans if slug not in same]
        total = sum(len(self.way.reading.surroundings.outlines[slug].pages) for slug in stale)
        share = (lambda done: tell(round(done * total), total)) if tell else None
        made = spread(self._made, stale, self.way.processes, WORTH, share)
        self.way.looked.update((slug, found) for slug, (found, _) in zip(stale, made, strict=True))
        fresh = {slug: drawn for slug, (_, drawn) in zip(stale, made, strict=True)}
        return Chapters({slug: fresh.get(slug) or same[slug] for slug in plans}, tuple(stale))

    def _still(self, slug: str) -> bool:
        known, found = self.kept.drawn.get(slug), self.way.looked.get(slug)
        return (
            known is not None
            and found is not None
            and known.base == self._base(slug, found)
            and self.way.still(known.answers)
            and all(self.output.keep(path, content) for path, content in known.files)
        )

    def _base(self, slug: str, found: Looked) -> str:
        """A digest of all that drawing a plan depends on, but for what it asks."""
        said = tuple(str(each) for each in found.findings)
        return digest(self.way.reading.known[slug].key, self.frame, said, self.pasts.mark(slug))

    def _made(self, slug: str) -> tuple[Looked, Drawn]:
        volume = self.way.reading.volume(slug)
        found = self.way.looked.get(slug) or self.way.looked_at(volume)
        return found, self._drawn(volume, found)

    def _drawn(self, volume: Volume, found: Looked) -> Drawn:
        questions: Questions = {}
        around = self.way.reading.surroundings
        outlook = site_of_one(volume, self.way.terms, around, questions)
        chapter = chapter_of(outlook, found.findings, self.pasts.past(volume.plan.slug))
        return Drawn(
            base=self._base(volume.plan.slug, found),
            past=self.pasts.mark(volume.plan.slug),
            files=tuple(self._published(chapter)),
            data=replace(chapter.data, files=()),
            answers=around.answers(questions, self.way.shelf.prints),
        )

    def _published(self, chapter: Chapter) -> Iterator[tuple[str, Content]]:
        """Page by page, so that no more than one is ever held."""
        for page in chapter.pages:
            yield page.path, self.output.put(page.path, self.draw(page))
        for path, text in chapter.data.files:
            yield path, self.output.put(path, text.encode())
