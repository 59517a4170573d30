"""Where on its page each heading of a document stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body, Section
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.links.anchors import Anchors
from plansite.model.site import Document, FrontPage

#: Sections of an action that have a place of their own on its page, with an id of this name.
ACTION_SECTIONS = ("steps", "progress", "barriers", "outcome")
#: The sections that come first on the page of a document, and those that have a place with an id of their own name.
_FIRST_SECTIONS: dict[type, tuple[str, ...]] = {
    Review: ("previous decisions", "decisions", "updates", "actions carried forward"),
    Incident: ("learning",),
    Measure: (),
    SelfAssessment: (),
}
_LEARNING = "learning"
#: Documents whose sections are all shown below their own headings.
SectionedDocument = Review | Incident | Measure | SelfAssessment


#: The id of the part of each page that holds its heading.
_MAIN = "main"


@dataclass(frozen=True, slots=True)
class NumberedSections:
    """Sections shown below one heading. `key` is their id on the page; each comes with its index in the body."""

    key: str
    sections: tuple[tuple[int, Section], ...]


def group_sections(document: SectionedDocument) -> tuple[NumberedSections, ...]:
    """The sections of a document by key: those that come first on its page, then all others as in the file."""
    groups: defaultdict[str, list[tuple[int, Section]]] = defaultdict(list)
    for index, section in _list_shown_sections(document.body, document.title):
        groups[section.key].append((index, section))
    first = [key for key in _FIRST_SECTIONS[type(document)] if key in groups]
    keys = [*first, *(key for key in groups if key not in first)]
    return tuple(NumberedSections(f"part-{number}", tuple(groups[key])) for number, key in enumerate(keys, 1))


def number_sections(body: Body, shown_elsewhere: Collection[str], *, title: str) -> Iterator[NumberedSections]:
    """The sections of a body one by one in their order, without those that have a place of their own on the page."""
    shown = (pair for pair in _list_shown_sections(body, title) if pair[1].key not in shown_elsewhere)
    for number, pair in enumerate(shown, 1):
        yield NumberedSections(f"part-{number}", (pair,))


def _list_shown_sections(body: Body, title: str) -> Iterator[tuple[int, Section]]:
    """All sections, each with its index, but for a first one that is nothing but the title of the page."""
    for index, section in enumerate(body.sections):
        if index or not _repeats_title(section, title):
            yield index, section


def _repeats_title(section: Section, title: str) -> bool:
    return section.title == title and not section.html


def list_page_anchors(document: Document | FrontPage) -> Anchors:
    """The anchors of a document's headings, with their ids on its page."""
    body = document.body
    if not body.sections:
        return body.anchors
    first = body.sections[0]
    title = ((anchor, _MAIN) for anchor in first.anchors if _repeats_title(first, document.title))
    return (*title, *_list_section_anchors(document), *body.anchors)


def _list_section_anchors(document: Document | FrontPage) -> Iterator[tuple[str, str]]:
    body = document.body
    if isinstance(document, SectionedDocument):
        for group in group_sections(document):
            is_learning = isinstance(document, Incident) and group.sections[0][1].key == _LEARNING
            key = _LEARNING if is_learning else group.key
            yield from ((anchor, key) for _, section in group.sections for anchor in section.anchors)
        return
    own = ACTION_SECTIONS if isinstance(document, Action) else ()
    for section in body.sections:
        yield from ((anchor, section.key) for anchor in section.anchors if section.key in own)
    for group in number_sections(body, own, title=document.title):
        yield from ((anchor, group.key) for _, section in group.sections for anchor in section.anchors)
