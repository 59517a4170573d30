"""Addresses of pages and data files: their paths in the published site, without a slash in front."""

from __future__ import annotations

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import cites_standards
from plansite.model.frameworks.framework import Standard
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.model.saved_views.settings import SavedView
from plansite.model.site import Document, Site, UnreadableFile, find_kind
from plansite.model.slugs import collision_key, distinct_slug
from plansite.model.status import Audience

#: Pages of which a site has one.
FRONT_PAGE = "index.html"
NOT_FOUND_PAGE = "404.html"
ABOUT_PAGE = "about.html"
ACCESSIBILITY_PAGE = "accessibility.html"
AGENCIES_PAGE = "agencies/index.html"
ATTENTION_PAGE = "attention.html"
CALENDAR_PAGE = "calendar.html"
CALENDARS_PAGE = "calendars/index.html"
CHANGES_PAGE = "changes.html"
DATA_PAGE = "data.html"
GLOSSARY_PAGE = "words.html"
GOVERNANCE_PAGE = "governance.html"
INCIDENTS_PAGE = "incidents.html"
LEARNING_PAGE = "learning.html"
MEASURES_PAGE = "measures.html"
OWNERS_PAGE = "owners/index.html"
SEARCH_PAGE = "search.html"
STANDARDS_PAGE = "standards.html"
TAGS_PAGE = "tags/index.html"
VIEWS_PAGE = "views/index.html"
VOICES_PAGE = "you-said.html"
#: Lists of actions across plans.
DUE_SOON_LIST = "due-soon.html"
INTERIM_LIST = "interim.html"
OPEN_LIST = "open.html"
OVERDUE_LIST = "overdue.html"
UNASSIGNED_LIST = "unassigned.html"
#: The folder of what each service can learn from incidents.
LEARNING_FOLDER = "learning/"
#: Data files and feeds.
DATA_FOLDER = "data/"
FEED_SUFFIX = ".atom"
#: The folder of calendar files, and that of the whole site.
CALENDARS_FOLDER = "calendars/"
SITE_CALENDAR = "calendars/all.ics"
#: The folder of registers to download.
DOWNLOADS_FOLDER = "downloads/"
#: The folder of the pages of standards.
STANDARDS_FOLDER = "standards/"
ROBOTS_FILE = "robots.txt"
SEARCH_INDEX = "search-index.js"

#: The folder of each kind of document: in a plan's folder, and beside the plans. Content and pages have the same.
FOLDER_BY_KIND = {
    "action": "actions",
    "review": "reviews",
    "incident": "incidents",
    "measure": "measures",
    "assessment": "assessments",
}
PEOPLE_FOLDER_BY_KIND = {"owner": "owners", "agency": "agencies"}
#: Names in the data folder that belong to files across plans.
_RESERVED_DATA_NAMES = frozenset({"actions", "schema"})


def plan_address(plan_slug: str, view: str = "index") -> str:
    """A view of a plan: its board (`index`), `register`, `goals`, `timeline`, `calendar`, `changes`, …"""
    return f"plans/{plan_slug}/{view}.html"


def list_optional_pages(plan: Plan) -> tuple[str, ...]:
    """The pages of a site that it has because of this plan: lists that are left out where nothing would be on them."""
    pages = (
        (INCIDENTS_PAGE, plan.incidents),
        (MEASURES_PAGE, plan.measures),
        (STANDARDS_PAGE, cites_standards(plan)),
        (VOICES_PAGE, has_answered_views(plan)),
        (GOVERNANCE_PAGE, _has_governed_documents(plan)),
    )
    return tuple(page for page, shown in pages if shown)


def shows_governance(site: Site) -> bool:
    """Whether a copy has the pages for boards and committees. One for the public does not have them."""
    return site.is_unfiltered or site.audience is Audience.PARTNERS


def has_governance_pages(site: Site, plan: Plan) -> bool:
    """Whether a plan is in the governance report and has a committee paper: in this copy, and with anything in it."""
    return shows_governance(site) and _has_governed_documents(plan)


def _has_governed_documents(plan: Plan) -> bool:
    return bool(plan.actions or plan.incidents or plan.measures or plan.instrument)


def has_answered_views(plan: Plan) -> bool:
    """Whether the plan has a page “You said, we did”: somebody said something, and it says what was done about it."""
    return any(voice.said and voice.did for voice in plan.views)


def document_address(plan_slug: str, kind: str, slug: str) -> str:
    """The page of a document in a plan's folder, by its kind: action, review, incident, measure or assessment."""
    return f"plans/{plan_slug}/{FOLDER_BY_KIND[kind]}/{slug}.html"


def action_address(action: Action) -> str:
    """An action's page."""
    return document_address(action.plan, "action", action.slug)


def plan_document_address(document: Review | Incident | Measure | SelfAssessment) -> str:
    """The page of a review, incident, measure or self-assessment."""
    return document_address(document.plan, find_kind(document), document.slug)


def profile_address(owner_or_agency: OwnerOrAgency) -> str:
    """An owner's or agency's page."""
    kind = "agency" if isinstance(owner_or_agency, Agency) else "owner"
    return f"{PEOPLE_FOLDER_BY_KIND[kind]}/{owner_or_agency.slug}.html"


def standard_address(standard: Standard) -> str:
    """The page of a standard that something names."""
    return f"{STANDARDS_FOLDER}{distinct_slug(standard.framework, ' -')}/{standard.slug}.html"


def tag_address(tag: str) -> str:
    """The page of a tag. Tags that differ only in capitals or in the form of letters have one page."""
    return f"tags/{distinct_slug(tag)}.html"


def learning_address(service: str) -> str:
    """The page of what a service can learn from incidents. Titles that differ only in capitals have one page."""
    return f"{LEARNING_FOLDER}{distinct_slug(service)}.html"


def briefing_address(incident: Incident) -> str:
    """The page of an incident that is made to be printed on one sheet."""
    return plan_address(incident.plan, f"briefings/{incident.slug}")


def view_address(view: SavedView) -> str:
    """The page of a saved view."""
    return f"views/{view.slug}.html"


def unreadable_file_address(unreadable: UnreadableFile) -> str:
    """The page that shows a file which could not be read. It is the address of the document's own page, but for a plan.

    A plan whose file is unreadable has a board all the same, so the file is shown beside it.
    """
    match unreadable.kind:
        case "owner" | "agency":
            return f"{PEOPLE_FOLDER_BY_KIND[unreadable.kind]}/{unreadable.slug}.html"
        case "plan":
            return plan_address(unreadable.slug, "plan-file")
        case kind:
            return document_address(unreadable.plan, kind, unreadable.slug)


def page_address(document: Document) -> str:
    """The page of a document of any kind."""
    match document:
        case Action():
            return action_address(document)
        case Plan():
            return plan_address(document.slug)
        case Owner() | Agency():
            return profile_address(document)
        case Review() | Incident() | Measure() | SelfAssessment():
            return plan_document_address(document)


def register_data_address(plan: Plan, extension: str) -> str:
    """A plan's register as a data file, `csv` or `json`.

    A plan called `actions` or `schema` gets a `~` behind its name, which no slug contains, so that it does not replace
    a file across plans.
    """
    mark = "~" if collision_key(plan.slug) in _RESERVED_DATA_NAMES else ""
    return f"{DATA_FOLDER}{plan.slug}{mark}.{extension}"


def download_address(owner_or_agency: OwnerOrAgency | None = None) -> str:
    """The register of an owner or an agency to download, or that of the site, without its ending."""
    if owner_or_agency is None:
        return f"{DOWNLOADS_FOLDER}actions"
    return f"{DOWNLOADS_FOLDER}{profile_address(owner_or_agency).partition('/')[0]}/{owner_or_agency.slug}"


def calendar_address(document: Plan | OwnerOrAgency) -> str:
    """The calendar file of a plan, an owner or an agency."""
    folder = "plans" if isinstance(document, Plan) else profile_address(document).partition("/")[0]
    return f"{CALENDARS_FOLDER}{folder}/{document.slug}.ics"
