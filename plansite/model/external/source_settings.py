"""Folders of files that somebody else laid out, as `sources` in the settings describes them."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import normalise_heading
from plansite.model.documents.action import Action
from plansite.model.fields import ChoiceOf, Either, Field, ListOf, MappingOf, RecordOf, Text, Url, declared_fields
from plansite.model.status import HOST_SYNONYMS, STATUS_SYNONYMS, RepositoryHost, Status


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
    host: Annotated[
        RepositoryHost | None,
        Field(
            ChoiceOf(RepositoryHost, HOST_SYNONYMS),
            "The program that shows it on the web, where its address does not tell.",
            "gitlab",
        ),
    ] = None

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
class MappedField:
    """A field of plansite that the settings take from a field of the files of a source (`theirs`), and the line."""

    folder: str
    name: str
    theirs: str
    line: int
