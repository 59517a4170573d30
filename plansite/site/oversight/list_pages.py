"""All lists of actions across plans, that of interim controls among them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from plansite.model.assessment import SiteOnDate
from plansite.site.components.page import Page
from plansite.site.lists import action_lists, finished_lists
from plansite.site.oversight.interim_list import add_interim_tab, build_interim_list


def build_action_lists(dated_site: SiteOnDate) -> Iterator[Page]:
    """The lists of actions across plans."""
    builders = (
        action_lists.build_open_list,
        action_lists.build_overdue_list,
        action_lists.build_due_soon_list,
        action_lists.build_unassigned_list,
        action_lists.build_awaiting_list,
        build_interim_list,
        finished_lists.build_verified_list,
        finished_lists.build_finished_list,
    )
    yield from add_interim_tab(dated_site, chain.from_iterable(build(dated_site) for build in builders))
