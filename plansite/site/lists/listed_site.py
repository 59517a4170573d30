"""What all plans have on the lists across plans, joined from the entries of each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.site import Site
from plansite.site.lists.plan_entries import FinishedEntry, ListedRow, PlanEntries, is_file_of, list_plan_entries

Entry = TypeVar("Entry", ListedRow, FinishedEntry)
_find_order = attrgetter("order")


@dataclass(frozen=True)
class ListedSite:
    """The entries of all plans on a day. `site` is the site without its plans. Results are cached."""

    site: Site
    today: date
    plans: tuple[PlanEntries, ...]

    @classmethod
    def of(cls, dated_site: SiteOnDate) -> ListedSite:
        """The entries of the plans of a site."""
        site = dated_site.site
        others = (file for file in site.unreadable if not any(is_file_of(file, plan) for plan in site.plans))
        plans = tuple(list_plan_entries(dated_site, plan) for plan in site.plans)
        return cls(replace(site, unreadable=tuple(others)), dated_site.today, plans)

    def list_rows(self, select: Callable[[PlanEntries], Iterable[Entry]]) -> list[Entry]:
        """The rows that `select` returns of each plan, in the order of their list."""
        return sorted(chain.from_iterable(map(select, self.plans)), key=_find_order)

    @property
    def open_count(self) -> int:
        """The number of open actions."""
        return sum(each.open_count for each in self.plans)

    @functools.cached_property
    def dues(self) -> Sequence[date]:
        """The due dates of the open actions, the earliest first."""
        return sorted(due for each in self.plans for due in each.dues)

    @property
    def has_finished(self) -> bool:
        """Whether any action is finished."""
        return any(each.has_finished for each in self.plans)

    @property
    def has_controls(self) -> bool:
        """Whether any interim control is still needed."""
        return any(each.has_controls for each in self.plans)

    @functools.cached_property
    def unreadable(self) -> int:
        """The number of files that could not be read, of plans and of others."""
        return len(self.site.unreadable) + sum(each.unreadable for each in self.plans)
