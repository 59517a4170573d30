"""What saved views ask for: owners, agencies, plans, goals and tags that there are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, rule
from plansite.checks.suggestions import SuggestionIndex
from plansite.content.report import quote_text
from plansite.content.settings import SETTINGS_FILE
from plansite.model.findings import Fix, Level
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.saved_views.selection import NAMED_CONDITIONS
from plansite.model.saved_views.settings import NOBODY, SavedView
from plansite.model.site import Site

_REMEDIES = {
    "owner": "write the name as the actions do, or `nobody` for those without an owner",
    "agency": "write the name of a file in `content/agencies`, or its title",
    "plan": "write the name of a folder in `content/plans`, or the title of the plan",
    "goal": "write the key or title of a goal of some plan",
}


class ViewName(NamedTuple):
    """A name in the filter of a view: of an owner, agency, plan, goal or tag, as `condition` says."""

    view: SavedView
    condition: str
    name: str


def _list_view_names(site: Site) -> Iterator[ViewName]:
    for view in site.settings.views:
        for condition in NAMED_CONDITIONS:
            yield from (ViewName(view, condition, name) for name in getattr(view.filter, condition))


@rule("PS140", Level.ERROR, _list_view_names, needs_all_plans=True)
def unknown_in_view(context: CheckContext, use: ViewName) -> Iterator[Violation]:
    """A saved view asks for an owner, agency, plan, goal or tag that the site does not have.

    Its list is then shorter than expected, or empty. A tag that no action has at present is reported only if another
    tag has nearly the same spelling.

    Example: `filter: {owner: Maintenence}` in an entry of `views`. Write `owner: Maintenance`.
    """
    if _is_known(context, use):
        return
    suggestions = SuggestionIndex.build(_list_known(context, use.condition))
    remedy, instead = suggestions.suggest(use.name, _REMEDIES.get(use.condition, ""))
    if not remedy:
        return
    line = use.view.find_line(use.condition, use.name)
    message = (
        f"no {use.condition} is called {quote_text(use.name)}, and the view {quote_text(use.view.name)} asks for it"
    )
    fix = Fix(line, *instead) if all(instead) else None
    yield Violation(SETTINGS_FILE, line, message, remedy, use.condition, fix)


def _is_known(context: CheckContext, use: ViewName) -> bool:
    people, key = context.site.people, normalise_name(use.name)
    if use.condition == "owner":
        return (
            key == NOBODY
            or people.find(use.name) is not None
            or context.may_be_unreadable("owner", name=use.name)
            or context.may_be_unreadable("agency", name=use.name)
        )
    if use.condition == "agency":
        return people.find_agency(use.name) is not None or context.may_be_unreadable("agency", name=use.name)
    return key in map(normalise_name, _list_known(context, use.condition))


def _list_known(context: CheckContext, condition: str) -> Iterable[str]:
    people, names = context.site.people, context.action_names
    match condition:
        case "owner":
            everybody: tuple[OwnerOrAgency, ...] = (*people.owners, *people.agencies)
            return (name for person in everybody for name in (person.title, person.slug))
        case "agency":
            return (name for agency in people.agencies for name in (agency.title, agency.slug))
        case "plan":
            return names.plans
        case "goal":
            return names.goals
    return names.tags
