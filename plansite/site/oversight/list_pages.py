"""All lists of actions across plans, that of interim controls among them, as groups of site-wide pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import DUE_SOON_LIST, INTERIM_LIST, OPEN_LIST, OVERDUE_LIST, UNASSIGNED_LIST
from plansite.site.components.page import Page
from plansite.site.contributions import PageContent, PlanContribution, SitePageGroup
from plansite.site.lists import action_lists, finished_lists
from plansite.site.lists.listed_site import ListedSite
from plansite.site.lists.plan_entries import PlanEntries
from plansite.site.oversight.interim_list import build_interim_list


@dataclass(frozen=True, slots=True)
class ActionList:
    """A list across plans: the path of its first page, what composes it, and the fields of `PlanEntries` it shows.

    Every list also shows those of `_IN_EACH_LIST`.
    """

    path: str
    build: Callable[[ListedSite], Iterator[Page]]
    fields: tuple[str, ...]

    def select_entries(self, entries: PlanEntries) -> PlanEntries:
        """The entries of a plan with the fields that the list shows; the others are empty."""
        return PlanEntries(**{name: getattr(entries, name) for name in (*self.fields, *_IN_EACH_LIST)})


#: The tabs say whether there are interim controls; an empty list says why it is empty.
_IN_EACH_LIST = ("has_controls", "has_finished", "unreadable")
_DATES = ("open_count", "dues", "coming")
ACTION_LISTS = (
    ActionList(OPEN_LIST, action_lists.build_open_list, ("plan", "need", "open")),
    ActionList(OVERDUE_LIST, action_lists.build_overdue_list, ("near", "checks", "reviews", "notices", *_DATES)),
    ActionList(DUE_SOON_LIST, action_lists.build_due_soon_list, ("near", "checks", *_DATES)),
    ActionList(UNASSIGNED_LIST, action_lists.build_unassigned_list, ("unassigned", "open_count")),
    ActionList(action_lists.AWAITING.href, action_lists.build_awaiting_list, ("checks",)),
    ActionList(INTERIM_LIST, build_interim_list, ("controls",)),
    ActionList(action_lists.VERIFIED.href, finished_lists.build_verified_list, ("verified",)),
    ActionList(action_lists.FINISHED.href, finished_lists.build_finished_list, ("finished", "finished_by")),
)


def _select(action_list: ActionList, contribution: PlanContribution) -> PlanEntries:
    return action_list.select_entries(contribution.entries)


def _build_files(
    action_list: ActionList, dated_site: SiteOnDate, selected: Sequence[PlanEntries]
) -> Iterator[tuple[str, PageContent]]:
    listed = ListedSite(dated_site.site, dated_site.today, tuple(selected))
    return ((page.path, page) for page in action_list.build(listed))


LIST_GROUPS = tuple(
    SitePageGroup(
        name=each.path,
        paths=(each.path,),
        select=partial(_select, each),
        select_site=lambda dated_site: (len(dated_site.site.unreadable), dated_site.site.is_unfiltered),
        build=partial(_build_files, each),
    )
    for each in ACTION_LISTS
)
