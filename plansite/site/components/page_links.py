"""Where each thing's page stands, counted from the top of the site."""

from __future__ import annotations

from plansite.model.action import Action
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Site, UnreadableFile
from plansite.site.components.page import Link

FOLDER_BY_KIND = {"action": "actions", "review": "reviews", "incident": "incidents", "measure": "measures"}


def plan_address(plan_slug: str, view: str = "index") -> str:
    """A plan's board, or another of its views: register, goals, protocol, reviews."""
    return f"plans/{plan_slug}/{view}.html"


def action_address(action: Action) -> str:
    """An action's page."""
    return f"plans/{action.plan}/actions/{action.slug}.html"


def plan_document_address(document: Review | Incident | Measure) -> str:
    """The page of a review, incident or measure."""
    return f"plans/{document.plan}/{FOLDER_BY_KIND[type(document).__name__.lower()]}/{document.slug}.html"


def unreadable_file_address(unreadable: UnreadableFile) -> str:
    """The page that shows a file which could not be read, where its own page would be."""
    match unreadable.kind:
        case "owner" | "agency":
            return f"{'owners' if unreadable.kind == 'owner' else 'agencies'}/{unreadable.slug}.html"
        case "plan":
            return plan_address(unreadable.slug, "plan-file")
        case kind:
            return f"plans/{unreadable.plan}/{FOLDER_BY_KIND[kind]}/{unreadable.slug}.html"


def profile_address(owner_or_agency: OwnerOrAgency) -> str:
    """An owner's or agency's page."""
    return f"{'agencies' if isinstance(owner_or_agency, Agency) else 'owners'}/{owner_or_agency.slug}.html"


def plan_link(plan: Plan) -> Link:
    """A plan by its title."""
    return Link(plan.title, plan_address(plan.slug))


def action_link(action: Action) -> Link:
    """An action by its title."""
    return Link(action.title, action_address(action))


def profile_link(site: Site, name: str) -> Link:
    """Whoever goes by this name, by their full title; a name nobody answers to stays words."""
    party = site.find_owner_or_agency(name)
    return Link(party.title, profile_address(party)) if party else Link(name)


def owner_link(site: Site, name: str) -> Link:
    """Whoever answers for something; where names are left out, nobody can tell whether it has an owner."""
    return profile_link(site, name) if name.strip() or site.is_unfiltered else Link("Not named here")


def edit_url(site: Site, path: str, mode: str = "edit") -> str:
    """Where a file can be edited (or its history read, with `commits`); empty where the site names no repository.

    GitHub and GitLab understand `/edit/BRANCH/PATH` and `/commits/BRANCH/PATH`, GitLab below `/-`.
    """
    base, branch, inner = site.settings.repository.rstrip("/"), site.settings.branch, path
    for source in site.settings.sources:
        folder = source.path.rstrip("/")
        if path.startswith(folder + "/"):
            base, branch = source.repository.rstrip("/"), source.branch
            inner = path.removeprefix("../").split("/", 1)[-1] if path.startswith("../") else path
    if not base.startswith(("https://", "http://")):
        return ""
    inner = inner.replace("%", "%25").replace(" ", "%20").replace("?", "%3F").replace("#", "%23")
    return f"{base}{'/-' if 'gitlab' in base else ''}/{mode}/{branch}/{inner}"
