"""A parsed Markdown body: sections, steps, progress notes, links and running text."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from enum import StrEnum
from html import escape, unescape

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
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


_TAG = compile_lazily(r"<[^>]*>")
#: What may stand behind the words "Steps" or "Progress" in a heading that still means nothing else.
_HEADING_TAIL = r"(?: ?(?:[(:/,&+–—-]|and\b|or\b).*)?"
_STEPS_HEADING = compile_lazily(
    r"(?:the |our |my )?(?:(?:action|next|further|remaining|agreed|planned) steps|steps|tasks)"
    r"(?: (?:to take|to do|needed|required|agreed|planned|remaining|left))?" + _HEADING_TAIL
)
_PROGRESS_HEADING = compile_lazily(
    r"(?:the |our |my )?progress(?: (?:notes?|log|updates?|reports?|diary|so far|to date))?" + _HEADING_TAIL
)
_PLAIN_HEADINGS = frozenset({"barriers", "outcome"})
#: Signs, pictures and numbers before the words of a heading, and signs behind them.
_HEADING_ORNAMENT = compile_lazily(r"^(?:[\W_]*[0-9]{1,2}[.)])?[\W_]+|[^\w)\]]+$")


@functools.lru_cache(maxsize=4096)
def normalise_heading(title: str) -> str:
    """The key of a heading: lower case, without closing punctuation.

    Headings that mean the same have one key: "Tasks", "✅ Steps" and "Steps and resources" have "steps".
    """
    name = " ".join(title.casefold().split())
    plain = _HEADING_ORNAMENT.sub("", f" {name} ")
    if _STEPS_HEADING.fullmatch(plain):
        return "steps"
    if _PROGRESS_HEADING.fullmatch(plain):
        return "progress"
    return plain if plain in _PLAIN_HEADINGS else name.strip(" :.–-*")


def names_steps_and_progress(title: str) -> bool:
    """Whether a heading is that of steps and of progress at once, as in "Steps and progress"."""
    words = re.findall(r"\w+", title.casefold())
    return "progress" in words and ("steps" in words or "tasks" in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStep:
    """A checklist item. `html` is sanitised and complete; `text` is the plain text of its first line."""

    text: str
    html: BodyHtml
    done: bool
    line: int

    @property
    def whole_text(self) -> str:
        """Its text on one line, with further paragraphs and lists in it, of which `text` has none."""
        html = "".join(self.html[::2])
        if "\n<" not in html:
            return self.text
        return " ".join(unescape(_TAG.sub(" ", html)).split()) or self.text


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
    """The part of a body under a heading of level 1 or 2, or of steps or progress. `html` is without that heading.

    `title` is the heading as written, `key` is what it means, see normalise_heading. `anchors` are
    the names by which links lead to the heading.
    """

    title: str
    key: str
    html: BodyHtml
    line: int
    anchors: tuple[str, ...] = ()


class DoubtKind(StrEnum):
    """Why a line under Steps or Progress needs a person's eye."""

    NO_STEP = "text for steps that is not read as a step"
    STEP_STATE = "a step that is not clearly done or open; it counts as open"
    NO_NOTE = "text for progress that is not read as a note"
    JOINED_NOTE = "a line with a date, which is read as part of the note above"
    DAY_FIRST = "a date that was read day first; the text is the date as written, a space, and as read"


@dataclass(frozen=True, slots=True)
class DoubtfulText:
    """A line under Steps or Progress that was not read with certainty, and its number in the file."""

    kind: DoubtKind
    text: str
    line: int


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
    doubtful_texts: tuple[DoubtfulText, ...] = ()
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
        return join_sections(self.find_sections(title))

    def find_sections(self, title: str) -> tuple[Section, ...]:
        """The sections with this heading, compared as by normalise_heading."""
        name = normalise_heading(title)
        return tuple(section for section in self.sections if section.key == name)

    @property
    def has_unread_steps(self) -> bool:
        """Whether a text that is meant as steps was not read as steps, or not with certainty."""
        return any(each.kind in (DoubtKind.NO_STEP, DoubtKind.STEP_STATE) for each in self.doubtful_texts)

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


def join_sections(sections: Sequence[Section]) -> BodyHtml:
    """The HTML of sections below one heading. One whose own heading is written in another way keeps it."""
    headings = (
        () if section.title == sections[0].title else (f"<h3>{escape(section.title)}</h3>\n",) for section in sections
    )
    return join_html(*(html for pair in zip(headings, (s.html for s in sections), strict=True) for html in pair))
