"""A parsed Markdown body: sections, steps, progress notes, links and running text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plansite.model.links.anchors import Anchors, anchor_id
from plansite.model.status import Audience

#: HTML with its relative links apart, so that no text can be taken for one: the parts with an odd index are relative
#: URLs as written, each the value of an attribute, and the others are HTML. Empty where there is none.
BodyHtml = tuple[str, ...]


def join_html(*htmls: BodyHtml) -> BodyHtml:
    """One after the other."""
    parts: list[str] = []
    pieces: list[str] = []
    for html in htmls:
        for index, part in enumerate(html):
            if index % 2:
                parts += ["".join(pieces), part]
                pieces.clear()
            else:
                pieces.append(part)
    last = "".join(pieces)
    return (*parts, last) if parts or last else ()


_HEADING_SYNONYMS = {
    "action steps": "steps",
    "tasks": "steps",
    "progress notes": "progress",
    "progress log": "progress",
}


def normalise_heading(title: str) -> str:
    """The key of a heading: lower case, without closing punctuation, and one name for synonyms ("tasks" is "steps")."""
    name = " ".join(title.casefold().split()).strip(" :.–-*")
    return _HEADING_SYNONYMS.get(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStep:
    """A checklist item. `html` is sanitised and complete; `text` is the plain text of its first line."""

    text: str
    html: BodyHtml
    done: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """An entry under Progress; `date` is None if it does not begin with a full date."""

    date: dt.date | None
    by: str
    text: str
    html: BodyHtml
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The part of a body under a heading of level 1 or 2. `html` does not contain that heading.

    `anchors` are the names by which links lead to the heading.
    """

    title: str
    html: BodyHtml
    line: int
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link or image as written that leads to a file of the site or a heading, and its line in the file."""

    target: str
    line: int
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class TextRun:
    """The plain text of one paragraph, heading or table cell, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A parsed body. Relative links in its HTML are as written until a page resolves them.

    `anchors` are those of headings within its HTML, with their ids; the headings of sections have theirs.
    `loose_references` are what looks like links by reference, such as `[the audit][audit]`, and says nowhere where to.
    `audience_variants` are the bodies for other audiences than internal, if it has passages they must not see.
    """

    intro: BodyHtml = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[ActionStep, ...] = ()
    progress: tuple[ProgressNote, ...] = ()
    links: tuple[BodyLink, ...] = ()
    text_runs: tuple[TextRun, ...] = ()
    anchors: Anchors = ()
    loose_references: tuple[TextRun, ...] = ()
    audience_variants: tuple[tuple[Audience, Body], ...] = ()

    def filter_for(self, audience: Audience) -> Body:
        """The body without the passages that an audience must not see."""
        return next((body for reader, body in self.audience_variants if reader is audience), self)

    def section_html(self, title: str) -> BodyHtml:
        """The HTML of all sections with this heading, compared as by normalise_heading; empty if there is none."""
        name = normalise_heading(title)
        return join_html(*(section.html for section in self.sections if normalise_heading(section.title) == name))

    def list_anchors(self) -> Anchors:
        """The anchors of all its headings, each with an id that says whether two are of the same heading."""
        of_sections = (
            (anchor, anchor_id(section.anchors[0])) for section in self.sections for anchor in section.anchors
        )
        return (*of_sections, *self.anchors)

    @property
    def steps_done(self) -> int:
        """How many steps are ticked."""
        return sum(step.done for step in self.steps)

    @property
    def latest_note(self) -> ProgressNote | None:
        """The newest dated progress note; of two on the same day, the one further down in the file."""
        latest: ProgressNote | None = None
        for note in self.progress:  # called so often that a loop is worth it
            if note.date is None:
                continue
            if latest is None or latest.date is None or (note.date, note.line) > (latest.date, latest.line):
                latest = note
        return latest
