"""What a Markdown body holds once it is read: sections, steps, progress notes, links and plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plansite.model.status import Audience

_HEADING_SYNONYMS = {
    "action steps": "steps",
    "tasks": "steps",
    "progress notes": "progress",
    "progress log": "progress",
}


def normalise_heading(title: str) -> str:
    """The name a heading is known by: no capitals, no colon or dots behind it, and one word for what means the same."""
    name = " ".join(title.casefold().split()).strip(" :.–-*")
    return _HEADING_SYNONYMS.get(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStep:
    """A checklist item. `html` is safe and complete; `text` is its first line in plain words."""

    text: str
    html: str
    done: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """A dated entry; `date` is None where the entry does not begin with a whole date."""

    date: dt.date | None
    by: str
    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a body under a heading of the first or second level. `html` lacks that heading."""

    title: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A relative link or image as written, with its line in the file."""

    target: str
    line: int
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class TextRun:
    """Running text of one paragraph, heading or cell, with its line in the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body taken apart once. Relative links in its HTML are placeholders until a page resolves them.

    `narrower` is what is left of it for other readers than internal ones, where it has passages they may not see.
    """

    intro: str = ""
    sections: tuple[Section, ...] = ()
    steps: tuple[ActionStep, ...] = ()
    progress: tuple[ProgressNote, ...] = ()
    links: tuple[BodyLink, ...] = ()
    text_runs: tuple[TextRun, ...] = ()
    audience_variants: tuple[tuple[Audience, Body], ...] = ()

    def filter_for(self, audience: Audience) -> Body:
        """The body as such a reader may see it."""
        return next((body for each, body in self.audience_variants if each is audience), self)

    def section_html(self, title: str) -> str:
        """The HTML under that heading, whatever its case; empty where there is none."""
        wanted = normalise_heading(title)
        return "".join(part.html for part in self.sections if normalise_heading(part.title) == wanted)

    def other_sections(self, *titles: str) -> tuple[Section, ...]:
        """Sections with words in them under headings other than these."""
        names = {normalise_heading(title) for title in titles}
        return tuple(part for part in self.sections if normalise_heading(part.title) not in names and part.html)

    @property
    def steps_done(self) -> int:
        """How many steps are ticked."""
        return sum(step.done for step in self.steps)

    @property
    def latest_note(self) -> ProgressNote | None:
        """The newest dated progress note; the one further down wins on the same day."""
        latest: ProgressNote | None = None
        for note in self.progress:  # asked so often that it is worth a loop
            if note.date is None:
                continue
            if latest is None or latest.date is None or (note.date, note.line) > (latest.date, latest.line):
                latest = note
        return latest
