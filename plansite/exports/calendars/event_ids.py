"""Identifiers of calendar events: they stay as they are when a title, an owner, a day or the name of a file changes."""

from __future__ import annotations

import uuid

from plansite.exports.calendars.events import CalendarEvent
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.site import Site
from plansite.model.slugs import is_file_name


def build_event_id(site: Site, event: CalendarEvent) -> str:
    """The UID of an event of this site: a UUID, as RFC 7986 asks for, of what is the event's own for ever.

    Sites are told apart by their web address, or by their title where they have none.
    """
    name = site.settings.base_url.rstrip("/") or site.settings.title
    return str(
        uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((name, find_original_address(site, event.document), *event.key)))
    )


def find_original_address(site: Site, document: Action | Incident | Plan) -> str:
    """The first address that a document had, as `plan/kind/slug`: of an action, its first usable alias.

    An alias is not usable where another action has the same address, as its own or as an alias: two events would have
    one identifier.
    """
    if isinstance(document, Plan):
        return document.slug
    if isinstance(document, Incident):
        return f"{document.plan}/incident/{document.slug}"
    for alias in document.aliases:
        plan, slug = document.alias_address(alias)
        if is_file_name(slug) and plan in site.plans_by_slug and _is_alone(site, document, plan, slug):
            return f"{plan}/action/{slug}"
    return f"{document.plan}/action/{document.slug}"


def _is_alone(site: Site, action: Action, plan: str, slug: str) -> bool:
    return all(holder.path == action.path and holder.is_alias for holder in site.find_address_holders(plan, slug))
