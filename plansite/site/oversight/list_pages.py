"""All lists of actions across plans, that of interim controls among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import DUE_SOON_LIST, INTERIM_LIST, OPEN_LIST, OVERDUE_LIST, UNASSIGNED_LIST
from plansite.site.components.page import Page
from plansite.site.lists import action_lists, finished_lists
from plansite.site.oversight.interim_list import add_interim_tab, build_interim_list

#: What composes each list, by the path of its first page.
LIST_BUILDERS: Mapping[str, Callable[[SiteOnDate], Iterator[Page]]] = {
    OPEN_LIST: action_lists.build_open_list,
    OVERDUE_LIST: action_lists.build_overdue_list,
    DUE_SOON_LIST: action_lists.build_due_soon_list,
    UNASSIGNED_LIST: action_lists.build_unassigned_list,
    action_lists.AWAITING.href: action_lists.build_awaiting_list,
    INTERIM_LIST: build_interim_list,
    action_lists.VERIFIED.href: finished_lists.build_verified_list,
    action_lists.FINISHED.href: finished_lists.build_finished_list,
}


def build_action_list(dated_site: SiteOnDate, path: str) -> Iterator[Page]:
    """The pages of the list at this path, with links to the other lists."""
    return add_interim_tab(dated_site, LIST_BUILDERS[path](dated_site))
