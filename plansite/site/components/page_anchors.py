"""Where on its page each heading of a document stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plansite.model.action import Action
from plansite.model.body import Body, Section, normalise_heading
from plansite.model.links.anchors import Anchors
from plansite.model.plan import Incident, Measure, Review
from plansite.model.site import Document, FrontPage

#: Sections of an action that have a place of their own on its page, with an id of this name.
ACTION_SECTIONS = ("steps", "progress", "barriers", "outcome")
#: The sections that come first on the page of a document, and those that have a place with an id of their own name.
_FIRST_SECTIONS: dict[type, tuple[str, ...]] = {
    Review: ("previous decisions", "decisions", "updates", "actions carried forward"),
    Incident: ("learning",),
    Measure: (),
}
_LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class NamedSections:
    """Sections with one heading. `key` is their id on the page, and `name` the heading from `normalise_heading`."""

    key: str
    name: str
    sections: tuple[Section, ...]


def group_sections(document: Review | Incident | Measure) -> tuple[NamedSections, ...]:
    """The sections of a document by name: those that come first on its page, then all others as in the file."""
    groups: defaultdict[str, list[Section]] = defaultdict(list)
    for section in document.body.sections:
        groups[normalise_heading(section.title)].append(section)
    first = [name for name in _FIRST_SECTIONS[type(document)] if name in groups]
    names = [*first, *(name for name in groups if name not in first)]
    named = (NamedSections(f"part-{number}", name, tuple(groups[name])) for number, name in enumerate(names, 1))
    return tuple(group for group in named if _has_words(document.body, group.name, *group.sections))


def _has_words(body: Body, name: str, *sections: Section) -> bool:
    """Whether there is anything beneath a heading. Steps and notes are no part of the HTML of their section."""
    lists = {"steps": body.steps, "progress": body.progress}
    return bool(any(section.html for section in sections) or lists.get(name))


def number_sections(body: Body, *shown_elsewhere: str) -> Iterator[NamedSections]:
    """The sections of a body one by one in their order, without those that have a place of their own on the page.

    All steps and notes belong to the first section of their name; the `name` of any other such section is empty.
    """
    lists, number = {"steps", "progress"}, 0
    for section in body.sections:
        name = normalise_heading(section.title)
        if name in shown_elsewhere:
            continue
        own_name = name if name in lists or name not in ("steps", "progress") else ""
        lists.discard(name)
        if _has_words(body, own_name, section):
            number += 1
            yield NamedSections(f"part-{number}", own_name, (section,))


def list_page_anchors(document: Document | FrontPage) -> Anchors:
    """The anchors of a document's headings, with their ids on its page."""
    body = document.body
    if not body.sections:
        return body.anchors
    return (*_list_section_anchors(document), *body.anchors)


def _list_section_anchors(document: Document | FrontPage) -> Iterator[tuple[str, str]]:
    body = document.body
    if isinstance(document, Review | Incident | Measure):
        for group in group_sections(document):
            key = _LEARNING if isinstance(document, Incident) and group.name == _LEARNING else group.key
            yield from ((anchor, key) for section in group.sections for anchor in section.anchors)
        return
    own = ACTION_SECTIONS if isinstance(document, Action) else ()
    for section in body.sections:
        name = normalise_heading(section.title)
        yield from ((anchor, name) for anchor in section.anchors if name in own)
    for group in number_sections(body, *own):
        yield from ((anchor, group.key) for section in group.sections for anchor in section.anchors)
