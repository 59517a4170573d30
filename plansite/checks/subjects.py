"""The parts of a site that rules are applied to: actions, plans, documents, names in fields, waivers."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from plansite.content.settings import SETTINGS_FILE
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.waivers import Allow
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.fields import Date, Either, FieldType, ListOf, MappingOf, RecordOf, declared_fields
from plansite.model.people import Owner
from plansite.model.site import Document, FrontPage, Site, list_inner_documents

ContentPage = Document | FrontPage

_CONTENT_FOLDER = "content/"


class NameUse(NamedTuple):
    """A name given in a field of a document."""

    document: Document
    field: str
    name: str


class Waiver(NamedTuple):
    """An entry of `allow`, with the file and line it is written in.

    It applies to that file, to all files of `plan` if that is given, or to all files if `site_wide`.
    """

    allow: Allow
    path: str
    line: int = 0
    plan: str = ""
    site_wide: bool = False


def find_field_line(page: ContentPage, field: str) -> int:
    """The line of the file on which a field is given; 1 if it is not given."""
    lines = () if isinstance(page, FrontPage) else page.lines
    return next((line for name, line in lines if name == field), 1)


def list_dates(document: Document) -> Iterator[tuple[str, int, date]]:
    """The dates of a document: its fields, those of their groups, and notes. Each with its field and line."""
    cls: type = type(document)
    for name in _list_dated_fields(cls):
        yield from ((name, 0, day) for day in _find_dates(getattr(document, name)))
    yield from (("", note.line, note.date) for note in document.body.progress if note.date)


def _find_dates(value: Any) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _find_dates(item)
    elif value is not None:
        cls: type = type(value)
        for name in _list_dated_fields(cls):
            yield from _find_dates(getattr(value, name))


@functools.cache
def _list_dated_fields(cls: type) -> tuple[str, ...]:
    """The names of the fields of a class that hold dates, or groups with dates."""
    return tuple(named.name for named in declared_fields(cls) if _may_hold_dates(named.field.kind))


def _may_hold_dates(kind: FieldType) -> bool:
    match kind:
        case Date():
            return True
        case ListOf() | MappingOf():
            return _may_hold_dates(kind.of)
        case Either():
            return _may_hold_dates(kind.rich)
        case RecordOf():
            return bool(_list_dated_fields(kind.of))
    return False


def list_actions(site: Site) -> Iterator[Action]:
    """Every action."""
    return site.actions


def list_open_actions(site: Site) -> Iterator[Action]:
    """Actions still to be done."""
    return (action for action in site.actions if action.is_open)


def list_plans(site: Site) -> Iterable[Plan]:
    """Every plan."""
    return site.plans


def list_plans_with_file(site: Site) -> Iterator[Plan]:
    """Plans that have a `plan.md`. One without is reported while reading, or comes from an external source."""
    return (plan for plan in site.plans if plan.lines)


def list_incidents(site: Site) -> Iterator[Incident]:
    """Every incident."""
    return (incident for plan in site.plans for incident in plan.incidents)


def list_answered_documents(site: Site) -> Iterator[Incident | SelfAssessment]:
    """Every incident and self-assessment: what is found in them is answered by actions."""
    yield from list_incidents(site)
    yield from (assessment for plan in site.plans for assessment in plan.assessments)


def list_owners(site: Site) -> Iterable[Owner]:
    """Every owner that has a file."""
    return site.owners


def list_documents(site: Site) -> Iterator[Document]:
    """Everything that was read from a file, except the front page."""
    yield from list_plans_with_file(site)
    for plan in site.plans:
        yield from list_inner_documents(plan)
    yield from site.owners
    yield from site.agencies


def list_content_pages(site: Site) -> Iterator[ContentPage]:
    """Everything that was read from a file, the front page included."""
    if site.front_page.path:
        yield site.front_page
    yield from list_documents(site)


def list_native_pages(site: Site) -> Iterator[ContentPage]:
    """Pages in the site's own content folder, without those of external sources."""
    return (page for page in list_content_pages(site) if page.path.startswith(_CONTENT_FOLDER))


def list_links(site: Site) -> Iterator[tuple[str, str]]:
    """The links and evidence of all pages, and the readings of measures, each with the folder that it counts from."""
    for page in list_content_pages(site):
        folder = posixpath.dirname(page.path)
        yield from ((link.target, folder) for link in page.body.links)
        if isinstance(page, Action | Incident):
            plan = "/".join(page.path.split("/")[:3])
            yield from ((evidence.url, base) for evidence in page.evidence for base in (plan, folder))
        if isinstance(page, Measure):
            yield quote(f"{posixpath.basename(page.path)[:-3]}.csv"), folder


def list_external_pages(site: Site) -> Iterator[ContentPage]:
    """Pages made from files of external sources."""
    return (page for page in list_documents(site) if not page.path.startswith(_CONTENT_FOLDER))


def list_responsible_names(site: Site) -> Iterator[NameUse]:
    """Each owner and supporter that a plan, an action, an incident or a self-assessment names."""
    for plan in site.plans:
        yield from _list_name_uses(plan, "owner", (plan.owner,))
        for action in plan.actions:
            yield from _list_name_uses(action, "owner", (action.owner,))
            yield from _list_name_uses(action, "supporters", action.supporters)
        for incident in plan.incidents:
            yield from _list_name_uses(incident, "owner", (incident.owner,))
        for assessment in plan.assessments:
            yield from _list_name_uses(assessment, "owner", (assessment.owner,))


def list_agency_names(site: Site) -> Iterator[NameUse]:
    """Each agency that a plan, its protocol or an owner names."""
    for plan in site.plans:
        yield from _list_name_uses(plan, "agencies", plan.agencies)
        yield from _list_name_uses(plan, "protocol", (entry.agency for entry in plan.protocol))
    for owner in site.owners:
        yield from _list_name_uses(owner, "agency", (owner.agency,))


def _list_name_uses(document: Document, field: str, names: Iterable[str]) -> Iterator[NameUse]:
    return (NameUse(document, field, name) for name in names if name)


def list_waivers(site: Site) -> Iterator[Waiver]:
    """Each entry of `allow` in the settings, a plan or another file."""
    for allow in site.settings.allow:
        yield Waiver(allow, SETTINGS_FILE, site_wide=True)
    for document in list_documents(site):
        plan = document.slug if isinstance(document, Plan) else ""
        line = find_field_line(document, "allow")
        yield from (Waiver(allow, document.path, line, plan) for allow in document.allow)
