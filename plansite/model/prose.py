"""What a Markdown body holds once it is read: sections, steps, progress notes, links and plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plansite.model.status import Audience

_SAME_HEADING = {"action steps": "steps", "tasks": "steps", "progress notes": "progress", "progress log": "progress"}


def heading_name(title: str) -> str:
    """The name a heading is known by: no capitals, no colon or dots behind it, and one word for what means the same."""
    name = " ".join(title.casefold().split()).strip(" :.–-*")
    return _SAME_HEADING.get(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
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
class Link:
    """A relative link or image as written, with its line in the file."""

    target: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Words:
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
    steps: tuple[Step, ...] = ()
    progress: tuple[ProgressNote, ...] = ()
    links: tuple[Link, ...] = ()
    words: tuple[Words, ...] = ()
    narrower: tuple[tuple[Audience, Body], ...] = ()

    def seen_by(self, audience: Audience) -> Body:
        """The body as such a reader may see it."""
        return next((body for each, body in self.narrower if each is audience), self)

    def section(self, title: str) -> str:
        """The HTML under that heading, whatever its case; empty where there is none."""
        wanted = heading_name(title)
        return "".join(part.html for part in self.sections if heading_name(part.title) == wanted)

    def further(self, *known: str) -> tuple[Section, ...]:
        """Sections with words in them under headings other than these."""
        names = {heading_name(title) for title in known}
        return tuple(part for part in self.sections if heading_name(part.title) not in names and part.html)

    @property
    def steps_done(self) -> int:
        """How many steps are ticked."""
        return sum(step.done for step in self.steps)

    @property
    def latest(self) -> ProgressNote | None:
        """The newest dated progress note; the one further down wins on the same day."""
        latest: ProgressNote | None = None
        for note in self.progress:  # asked so often that it is worth a loop
            if note.date is None:
                continue
            if latest is None or latest.date is None or (note.date, note.line) > (latest.date, latest.line):
                latest = note
        return latest
