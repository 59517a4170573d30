"""The settings of a site, as `plansite.yaml` gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated

from plansite.model.body import normalise_heading
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.documents.action import Action
from plansite.model.documents.records.waivers import Allow
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    Field,
    Integer,
    ListOf,
    MappingOf,
    RecordOf,
    Text,
    Url,
    declared_fields,
)
from plansite.model.learning.terms import IncidentTerms
from plansite.model.saved_views.settings import SavedView
from plansite.model.status import STATUS_SYNONYMS, Audience, Download, Status

#: The name of a site that gives none.
DEFAULT_TITLE = "Action plans"


class Part(StrEnum):
    """The part of a split field that counts."""

    FIRST = "first"
    LAST = "last"


class FieldOrigin(StrEnum):
    """Where the value of a field is taken from, if not from one of their fields."""

    HEADING = "heading"
    FILE_NAME = "file name"
    FOLDER = "folder"


class SectionHeading(StrEnum):
    """The headings of a text that plansite knows."""

    STEPS = "steps"
    PROGRESS = "progress"
    BARRIERS = "barriers"
    OUTCOME = "outcome"


_HEADING_SYNONYMS = {
    word: normalise_heading(word) for word in ("action steps", "tasks", "progress notes", "progress log")
}
_ORIGIN_SYNONYMS = {
    "filename": "file name",
    "name of the file": "file name",
    "first heading": "heading",
    "h1": "heading",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMapping:
    """How one of our fields is taken out of one of theirs."""

    field: Annotated[str, Field(Text(), "Their field.", "commitment_agency", required_unless="from")] = ""
    origin: Annotated[
        FieldOrigin | None,
        Field(
            ChoiceOf(FieldOrigin, _ORIGIN_SYNONYMS),
            "Where the value is, if it is in no field: the first heading, the file's name, or its folder's.",
            "heading",
            name="from",
        ),
    ] = None
    split: Annotated[tuple[str, ...], Field(ListOf(Text()), "The text between the parts.", "<br>")] = ()
    take: Annotated[
        Part,
        Field(ChoiceOf(Part), "Which part to use. An owner's other parts become supporters.", "last"),
    ] = Part.FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMapping:
    """The plan that adopted actions belong to: one for all, or the one each file names."""

    slug: Annotated[str, Field(Text(), "The plan's slug.", "nap5")] = ""
    field: Annotated[str, Field(Text(), "Their field that names the plan.", "milestone")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSource:
    """A folder whose files are the goals of an adopted plan."""

    path: Annotated[str, Field(Text(), "The folder.", "../open.usa.gov/_commitments", True)] = ""
    key: Annotated[str, Field(Text(), "Their field that names the goal.", "commitment_id", True)] = ""
    title: Annotated[str, Field(Text(), "Their field with its title.", "title")] = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSource:
    """A folder of Markdown or YAML that somebody else laid out, read in place and never rewritten."""

    path: Annotated[str, Field(Text(), "The folder, read with its subfolders.", "../tracker/_tasks", True)] = ""
    files: Annotated[
        tuple[str, ...],
        Field(
            ListOf(Text()),
            "Which files to read, by name, or with a `/` by path in the folder. Default: all Markdown files.",
            '["*.md", "plans/**/*.yaml"]',
        ),
    ] = ("*.md", "*.markdown")
    exclude: Annotated[
        tuple[str, ...],
        Field(
            ListOf(Text()), "Which of them not to read, by name or by path in the folder.", '[README.md, "templates/*"]'
        ),
    ] = ()
    plan: Annotated[
        PlanMapping | None,
        Field(
            Either(Text(), RecordOf(PlanMapping)),
            "The plan its actions belong to, or the field that names it.",
            "nap5",
        ),
    ] = None
    title: Annotated[str, Field(Text(), "The plan's title.", "Fifth national action plan")] = ""
    fields: Annotated[
        tuple[tuple[str, FieldMapping], ...],
        Field(
            MappingOf(
                Either(Text(), RecordOf(FieldMapping)), tuple(declared.name for declared in declared_fields(Action))
            ),
            "Our field names, and theirs.",
            "{ref: id, owner: {field: team, split: ', ', take: last}}",
        ),
    ] = ()
    statuses: Annotated[
        tuple[tuple[str, Status], ...],
        Field(
            MappingOf(ChoiceOf(Status, STATUS_SYNONYMS, "unknown-status", noun="a status")),
            "Their status words, and ours.",
            "{Complete: completed}",
        ),
    ] = ()
    goals: Annotated[
        GoalSource | None,
        Field(
            RecordOf(GoalSource),
            "Where the goals come from. Default: the actions.",
            "{path: ../tracker/_goals, key: id}",
        ),
    ] = None
    sections: Annotated[
        tuple[tuple[str, SectionHeading], ...],
        Field(
            MappingOf(ChoiceOf(SectionHeading, _HEADING_SYNONYMS, noun="a heading of plansite")),
            "Their headings, and ours.",
            "{Acceptance Criteria: Steps}",
        ),
    ] = ()
    repository: Annotated[
        str, Field(Url(absolute=True), "Their repository, for edit links.", "https://github.com/example/t")
    ] = ""
    branch: Annotated[str, Field(Text(), "Its branch.", "main")] = "main"

    def includes(self, path: str) -> bool:
        """Whether a file counts, by its path in the folder."""
        return any(matches_pattern(path, pattern) for pattern in self.files) and not self.excludes(path)

    def excludes(self, path: str) -> bool:
        """Whether a pattern of `exclude` matches a file, by its path in the folder."""
        return any(matches_exclusion(path, pattern) for pattern in self.exclude)


def matches_pattern(path: str, pattern: str) -> bool:
    """Whether a pattern of `files` matches a file: its name, or its path in the folder where the pattern has a `/`.

    `**/` stands for any folders, or none. Upper and lower case are the same.
    """
    path, pattern = path.casefold(), pattern.casefold().removeprefix("./").removeprefix("/")
    if "/" not in pattern:
        return fnmatchcase(path.rsplit("/", 1)[-1], pattern)
    return fnmatchcase(path, pattern) or fnmatchcase(path, pattern.replace("**/", ""))


def matches_exclusion(path: str, pattern: str) -> bool:
    """Whether a pattern of `exclude` matches a file, by its name or its path; a folder's name stands for all in it."""
    folder = f"{pattern.rstrip('/')}/*" if pattern.endswith("/") or "*" not in pattern else pattern
    return (
        matches_pattern(path, pattern)
        or matches_pattern(path, folder)
        or fnmatchcase(path.casefold(), pattern.casefold())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `plansite.yaml` says."""

    title: Annotated[str, Field(Text(), "The site's name.", "Riverside partnership plans", True)] = ""
    format: Annotated[int, Field(Integer(1, 9999), "The version of the content format.", "1")] = 1
    base_url: Annotated[
        str, Field(Url(absolute=True), "The web address of the site.", "https://plans.example.org/")
    ] = ""
    timezone: Annotated[str, Field(Text(), "The time zone that decides which day is today.", "Europe/London")] = (
        DEFAULT_ZONE
    )
    repository: Annotated[
        str,
        Field(Url(absolute=True), "The repository, for edit and history links.", "https://github.com/example/plans"),
    ] = ""
    branch: Annotated[str, Field(Text(), "The branch that is published.", "main")] = "main"
    contact: Annotated[str, Field(Text(), "The address for updates by e-mail.", "plans@example.org")] = ""
    audiences: Annotated[
        tuple[Audience, ...],
        Field(ListOf(ChoiceOf(Audience, noun="an audience")), "The audiences in use.", "[internal, public]"),
    ] = (Audience.INTERNAL, Audience.PARTNERS, Audience.PUBLIC)
    audience: Annotated[
        Audience, Field(ChoiceOf(Audience), "The audience of a build if no other is given.", "internal")
    ] = Audience.INTERNAL
    theme: Annotated[str, Field(Text(), "The folder in `themes/` to use.", "default")] = "default"
    today: Annotated[
        date | None, Field(Date(), "A fixed day, for a demonstration; shown on every page.", "2025-01-20")
    ] = None
    due_soon: Annotated[int, Field(Integer(1, 31), "How many days ahead count as due soon.", "14")] = 14
    incident_terms: Annotated[
        IncidentTerms,
        Field(
            ChoiceOf(IncidentTerms, {"psirf": "PSIRF"}),
            "The words for incidents: `PSIRF` says “areas for improvement” and “safety actions”.",
            "PSIRF",
        ),
    ] = IncidentTerms.PLAIN
    sources: Annotated[
        tuple[ExternalSource, ...],
        Field(
            ListOf(RecordOf(ExternalSource)),
            "Folders of action files that are kept elsewhere or laid out differently.",
            "[{path: ../tracker, plan: tracker}]",
        ),
    ] = ()
    people: Annotated[
        tuple[tuple[str, tuple[str, ...]], ...],
        Field(
            MappingOf(ListOf(Text())),
            "Names, and other spellings of them in the files.",
            '{Amina Shah: [A. Shah, "@ashah"]}',
        ),
    ] = ()
    views: Annotated[
        tuple[SavedView, ...],
        Field(
            ListOf(RecordOf(SavedView)),
            "Lists of actions that have a page of their own.",
            "[{name: Maintenance, filter: {owner: Maintenance, status: open}}]",
        ),
    ] = ()
    frameworks: Annotated[
        tuple[str, ...],
        Field(
            ListOf(Text()),
            "The frameworks of standards that have a place on the page of standards. Default: those that are named.",
            "[cqc-saf, hsca-2014]",
        ),
    ] = ()
    downloads: Annotated[
        tuple[Download, ...], Field(ListOf(ChoiceOf(Download)), "Files that the site offers.", "[calendars]")
    ] = ()
    allow: Annotated[
        tuple[Allow, ...],
        Field(
            ListOf(RecordOf(Allow)),
            "Rules that do not apply to this site.",
            "[{rule: long-sentence, reason: Legal text}]",
        ),
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedField:
    """A field of plansite that the settings take from a field of the files of a source (`theirs`), and the line."""

    folder: str
    name: str
    theirs: str
    line: int
