"""A framework of a regulator, or of the site itself, and its standards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.requirements import YesOrNo
from plansite.model.fields import ChoiceOf, Date, Field, ListOf, RecordOf, Text, Url
from plansite.model.slugs import distinct_slug


class FrameworkStatus(StrEnum):
    """Whether services are assessed by it: today, perhaps one day, or no longer."""

    CURRENT = "current"
    DRAFT = "draft"
    SUPERSEDED = "superseded"


#: What a page says of each status.
STATUS_WORDS = {
    FrameworkStatus.CURRENT: "In force",
    FrameworkStatus.DRAFT: "Draft: not in force",
    FrameworkStatus.SUPERSEDED: "Superseded: no longer in force",
}
_STATUS_SYNONYMS = {"in force": "current", "consultation": "draft", "replaced": "superseded", "withdrawn": "superseded"}
_StatusKind = ChoiceOf(FrameworkStatus, _STATUS_SYNONYMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One standard of a framework: a quality statement, a regulation, a theme.

    What a file leaves out of `version`, `status`, `valid_from`, `valid_to`, `source` and `official_wording` is that of
    the framework, whose identifier is `framework`.
    """

    framework: str = ""
    id: Annotated[str, Field(Text(), "Its identifier in this framework.", "safeguarding", True)] = ""
    label: Annotated[str, Field(Text(), "Its name.", "Safeguarding", True)] = ""
    key_question: Annotated[str, Field(Text(), "The key question, or the part, that it belongs to.", "Safe")] = ""
    version: Annotated[str, Field(Text(), "The version. Default: the framework’s.", "2023")] = ""
    status: Annotated[
        FrameworkStatus | None, Field(_StatusKind, "Whether it is in force. Default: as the framework.", "current")
    ] = None
    valid_from: Annotated[
        dt.date | None, Field(Date(), "The first day on which it is in force. Default: the framework’s.", "2024-04-06")
    ] = None
    valid_to: Annotated[
        dt.date | None, Field(Date(), "The last day on which it is in force. Default: the framework’s.", "2026-03-31")
    ] = None
    replaces: Annotated[
        tuple[str, ...], Field(ListOf(Text()), "The standards that it replaces.", "[cqc-saf/safeguarding]")
    ] = ()
    source: Annotated[
        str, Field(Url(absolute=True), "Where it is published. Default: the framework’s.", "https://www.cqc.org.uk/")
    ] = ""
    official_wording: Annotated[
        YesOrNo | None,
        Field(ChoiceOf(YesOrNo), "Whether the name is in the regulator’s own words. Default: the framework’s.", "yes"),
    ] = None
    maps_to: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "Standards of another framework about the same.", "[cqc-asc-2026/safeguarding]"),
    ] = ()
    mapping_note: Annotated[str, Field(Text(), "A remark on `maps_to`.", "a weak match")] = ""

    @property
    def key(self) -> str:
        """Its identifier with that of its framework: `cqc-saf/safeguarding`."""
        return f"{self.framework}/{self.id}"

    @property
    def number(self) -> str:
        """The number of a regulation: its identifier, if that begins with a digit; else empty."""
        return self.id.upper() if self.id[:1].isdecimal() else ""

    @property
    def slug(self) -> str:
        """Its identifier as part of an address."""
        return distinct_slug(self.id, " -")

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return (
            self.status is FrameworkStatus.CURRENT
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A versioned list of standards. `path` is the file of one that the site adds itself, and empty for others."""

    path: str = ""
    id: Annotated[str, Field(Text(), "Its identifier. Default: the name of the file.", "psirf-priorities")] = ""
    label: Annotated[str, Field(Text(), "Its name.", "Our patient safety priorities", True)] = ""
    short: Annotated[str, Field(Text(), "A shorter name. Default: its name.", "Safety priorities")] = ""
    also_called: Annotated[
        tuple[str, ...], Field(ListOf(Text()), "Other words for it, by which it is found.", "[PSIRF priorities]")
    ] = ()
    regulator: Annotated[str, Field(Text(), "Who publishes it.", "Riverside House")] = ""
    standard_noun: Annotated[str, Field(Text(), "What one of its standards is called.", "priority")] = "standard"
    standards_noun: Annotated[
        str, Field(Text(), "What several of them are called. Default: with an s.", "priorities")
    ] = ""
    version: Annotated[str, Field(Text(), "The version.", "2025-26")] = ""
    status: Annotated[FrameworkStatus, Field(_StatusKind, "Whether it is in force.", "draft")] = FrameworkStatus.CURRENT
    valid_from: Annotated[dt.date | None, Field(Date(), "The first day on which it is in force.", "2025-04-01")] = None
    valid_to: Annotated[dt.date | None, Field(Date(), "The last day on which it is in force.", "2026-03-31")] = None
    replaces: Annotated[tuple[str, ...], Field(ListOf(Text()), "The frameworks that it replaces.", "[psirf-2024]")] = ()
    source: Annotated[str, Field(Url(absolute=True), "Where it is published.", "https://example.org/priorities")] = ""
    official_wording: Annotated[
        YesOrNo, Field(ChoiceOf(YesOrNo), "Whether the names are in the regulator’s own words.", "no")
    ] = YesOrNo.NO
    uses_evidence_categories: Annotated[
        YesOrNo, Field(ChoiceOf(YesOrNo), "Whether evidence is grouped by CQC’s six categories.", "yes")
    ] = YesOrNo.NO
    ratings: Annotated[
        tuple[str, ...], Field(ListOf(Text()), "The scale of its ratings, lowest first.", "[not met, partly met, met]")
    ] = ()
    mapping: Annotated[str, Field(Text(), "Whose reading `maps_to` is.", "our reading, agreed by the board")] = (
        "this site’s own reading"
    )
    standards: Annotated[
        tuple[Standard, ...],
        Field(ListOf(RecordOf(Standard)), "Its standards.", "[{id: falls, label: Falls}]", True),
    ] = ()
    audience: AudienceField = None

    @property
    def short_label(self) -> str:
        """Its shorter name, where it has one."""
        return self.short or self.label

    @property
    def plural_noun(self) -> str:
        """What several of its standards are called."""
        return self.standards_noun or f"{self.standard_noun}s"

    @property
    def is_of_regulations(self) -> bool:
        """Whether its standards are regulations of an instrument, which are cited by number."""
        return self.standard_noun == "regulation"

    def group_by_key_question(self) -> Iterator[tuple[str, tuple[Standard, ...]]]:
        """Its standards by key question, in the order of the file."""
        order = {name: index for index, name in enumerate(dict.fromkeys(each.key_question for each in self.standards))}
        ordered = sorted(self.standards, key=lambda each: order[each.key_question])
        return ((name, tuple(group)) for name, group in groupby(ordered, key=lambda each: each.key_question))

    def name_standard(self, standard: Standard) -> str:
        """What one of its standards is called where it is read alone: “Regulation 12: Safe care and treatment”."""
        if self.is_of_regulations and standard.number:
            return f"Regulation {standard.number}: {standard.label}"
        return standard.label

    def name_fully(self, standard: Standard) -> str:
        """The same with the framework: “Safeguarding (CQC single assessment framework)”."""
        return f"{self.name_standard(standard)} ({self.short_label})"
