"""The parts of a site that rules are applied to: actions, plans, documents, names in fields, waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plansite.content.settings import SETTINGS_FILE
from plansite.model.action import Action
from plansite.model.field_groups import Allow
from plansite.model.people import Owner
from plansite.model.plan import Incident, Plan
from plansite.model.site import Document, FrontPage, Site

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


def list_owners(site: Site) -> Iterable[Owner]:
    """Every owner that has a file."""
    return site.owners


def list_documents(site: Site) -> Iterator[Document]:
    """Everything that was read from a file, except the front page."""
    yield from list_plans_with_file(site)
    for plan in site.plans:
        yield from plan.actions
        yield from plan.reviews
        yield from plan.incidents
        yield from plan.measures
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


def list_responsible_names(site: Site) -> Iterator[NameUse]:
    """Each owner and supporter that a plan, an action or an incident names."""
    for plan in site.plans:
        yield from _list_name_uses(plan, "owner", (plan.owner,))
        for action in plan.actions:
            yield from _list_name_uses(action, "owner", (action.owner,))
            yield from _list_name_uses(action, "supporters", action.supporters)
        for incident in plan.incidents:
            yield from _list_name_uses(incident, "owner", (incident.owner,))


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
