"""The work on one plan: what is wrong with it, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from plansite.build.output import Output
from plansite.build.reading import Reading
from plansite.build.surroundings import Answer, Surroundings
from plansite.build.terms import Terms, digest
from plansite.checks.check import by_path, check_plan
from plansite.checks.waivers import Waivers
from plansite.content.prints import Prints
from plansite.content.volume import Volume
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.rest import Questions
from plansite.model.site import Site
from plansite.publish.stage import Content
from plansite.site.assets import assets
from plansite.site.data import plan_data
from plansite.site.links import Addresses
from plansite.site.page import Page
from plansite.site.pages import plan_pages

Draw = Callable[[Page], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is wrong with a plan. `base` and `answers` say on what terms that was found."""

    base: str
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    waivers: Waivers


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The files of a plan by output path, and the published files it links to by theirs, with their sources."""

    base: str
    answers: tuple[Answer, ...]
    files: tuple[tuple[str, Content], ...]
    assets: tuple[tuple[str, str], ...]


def site_of_one(volume: Volume, terms: Terms, around: Surroundings, questions: Questions) -> Outlook:
    """A plan as a site of its own, with tables that answer for the rest and note what they are asked."""
    site = Site(
        settings=terms.sight.settings,
        plans=(volume.plan,),
        unread=volume.unread,
        findings=volume.findings,
        rest=around.rest(questions),
    )
    return Outlook(site, terms.today)


def looked(reading: Reading, volume: Volume, terms: Terms, prints: Prints) -> Looked:
    """Look for what is wrong with a plan."""
    questions: Questions = {}
    look = check_plan(site_of_one(volume, terms, reading.surroundings, questions))
    return Looked(
        base=look_base(reading, volume.plan.slug, terms),
        answers=reading.surroundings.answers(questions, prints),
        findings=look.findings,
        waivers=look.waivers,
    )


def look_base(reading: Reading, slug: str, terms: Terms) -> str:
    """A digest of all that finding faults in a plan depends on, but for what it asks."""
    return digest(reading.known[slug].key, terms.mark)


def draw_base(reading: Reading, slug: str, frame: str, found: Looked) -> str:
    """A digest of all that drawing a plan depends on, but for what it asks; `frame` is the mark of the frame."""
    return digest(reading.known[slug].key, frame, tuple(str(each) for each in found.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Everything that a plan contributes to a site, before it is drawn."""

    pages: tuple[Page, ...]
    data: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, str], ...]


def chapter_of(outlook: Outlook, findings: Sequence[Finding]) -> Chapter:
    """The chapter of the one plan in a site."""
    (plan,), rest = outlook.site.plans, outlook.site.rest
    addresses = Addresses(rest.pages) if rest else Addresses.of_site(outlook.site)
    return Chapter(
        pages=tuple(plan_pages(outlook, plan, addresses, by_path(findings))),
        data=tuple(plan_data(outlook, plan, findings).items()),
        assets=tuple(assets(outlook.site, addresses)),
    )


def asked_chapter(
    reading: Reading, volume: Volume, terms: Terms, found: Looked, prints: Prints
) -> tuple[Chapter, tuple[Answer, ...]]:
    """The chapter of a plan among its surroundings, and what it asked of them."""
    questions: Questions = {}
    shown = found.findings if terms.sight.is_whole else ()
    chapter = chapter_of(site_of_one(volume, terms, reading.surroundings, questions), shown)
    return chapter, reading.surroundings.answers(questions, prints)


def published(chapter: Chapter, draw: Draw, output: Output) -> Iterator[tuple[str, Content]]:
    """Publish a chapter, page by page, so that no more than one is ever held."""
    for page in chapter.pages:
        yield page.path, output.put(page.path, draw(page))
    for path, text in chapter.data:
        yield path, output.put(path, text.encode())
