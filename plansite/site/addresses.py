"""Where each thing's page stands, counted from the top of the site."""

from __future__ import annotations

from plansite.model.action import Action
from plansite.model.people import Agency, Party
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Site, Unread
from plansite.site.page import Link

FOLDER = {"action": "actions", "review": "reviews", "incident": "incidents", "measure": "measures"}


def plan_page(plan: str, name: str = "index") -> str:
    """A plan's board, or another of its views: register, goals, protocol, reviews."""
    return f"plans/{plan}/{name}.html"


def action_page(action: Action) -> str:
    """An action's page."""
    return f"plans/{action.plan}/actions/{action.slug}.html"


def document_page(document: Review | Incident | Measure) -> str:
    """The page of a review, incident or measure."""
    return f"plans/{document.plan}/{FOLDER[type(document).__name__.lower()]}/{document.slug}.html"


def unread_page(unread: Unread) -> str:
    """The page that shows a file which could not be read, where its own page would be."""
    match unread.kind:
        case "owner" | "agency":
            return f"{'owners' if unread.kind == 'owner' else 'agencies'}/{unread.slug}.html"
        case "plan":
            return plan_page(unread.slug, "plan-file")
        case kind:
            return f"plans/{unread.plan}/{FOLDER[kind]}/{unread.slug}.html"


def party_page(party: Party) -> str:
    """An owner's or agency's page."""
    return f"{'agencies' if isinstance(party, Agency) else 'owners'}/{party.slug}.html"


def plan_link(plan: Plan) -> Link:
    """A plan by its title."""
    return Link(plan.title, plan_page(plan.slug))


def action_link(action: Action) -> Link:
    """An action by its title."""
    return Link(action.title, action_page(action))


def party_link(site: Site, name: str) -> Link:
    """Whoever goes by this name, by their full title; a name nobody answers to stays words."""
    party = site.party(name)
    return Link(party.title, party_page(party)) if party else Link(name)


def owner_link(site: Site, name: str) -> Link:
    """Whoever answers for something; where names are left out, nobody can tell whether it has an owner."""
    return party_link(site, name) if name.strip() or site.is_whole else Link("Not named here")


def edit_url(site: Site, path: str, what: str = "edit") -> str:
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
    return f"{base}{'/-' if 'gitlab' in base else ''}/{what}/{branch}/{inner}"
