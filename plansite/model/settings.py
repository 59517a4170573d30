"""The settings of a site, as `plansite.yaml` gives them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.content_editor.settings import ContentEditorSettings
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.documents.records.waivers import Allow
from plansite.model.external.source_settings import ExternalSource
from plansite.model.fields import EMAIL, ChoiceOf, Date, Field, Integer, ListOf, MappingOf, RecordOf, Text, Url
from plansite.model.learning.terms import IncidentTerms
from plansite.model.saved_views.settings import SavedView
from plansite.model.status import HOST_SYNONYMS, Audience, Download, EditReader, RepositoryHost

#: The name of a site that gives none.
DEFAULT_TITLE = "Action plans"


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
    host: Annotated[
        RepositoryHost | None,
        Field(
            ChoiceOf(RepositoryHost, HOST_SYNONYMS),
            "The program that shows the repository on the web, where its address does not tell: GitHub, GitLab, or "
            "Forgejo, which stands for Gitea and Codeberg as well.",
            "gitlab",
        ),
    ] = None
    repository_folder: Annotated[
        str, Field(Text(), "The folder of the site in its repository, if it is not at the top.", "sites/plans")
    ] = ""
    edit_links: Annotated[
        tuple[EditReader, ...],
        Field(
            ListOf(ChoiceOf(EditReader)),
            "The audiences whose pages have links to edit their files in the repository. Default: internal.",
            "[internal, partners]",
        ),
    ] = (EditReader.INTERNAL,)
    content_editor: Annotated[
        ContentEditorSettings | None,
        Field(
            RecordOf(ContentEditorSettings),
            "How people sign in to the content editor of `plansite cms`. Default: with an access token.",
            "{app_id: 1a2b3c4d5e}",
        ),
    ] = None
    contact: Annotated[str, Field(EMAIL, "The address for updates by e-mail.", "plans@example.org")] = ""
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
