"""The filter of a page: what its rows can be filtered by, and the values of each row, which a script compares."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import natural_sort_key
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import RequirementLevel
from plansite.model.people import Owner, OwnerOrAgency
from plansite.model.site import Site
from plansite.model.slugs import distinct_slug
from plansite.model.status import Priority, Status

#: The value, in an address, of rows that have none.
NO_VALUE = "-"
_SEPARATOR = "|"


class FilterValue(NamedTuple):
    """A value as addresses of pages name it, such as `deputy-manager`, and as people read it.

    It and `RowValues` are named tuples because a build reads those of each row of its lists.
    """

    key: str
    label: str


#: Makes each value once: the rows of a plan have few different ones, and equal ones are stored once if they are one.
_make_value = functools.lru_cache(4_096)(FilterValue)
_NOTHING = FilterValue("", "")
#: In a copy for an audience, where the name may have been left out.
_NOT_NAMED = FilterValue(NO_VALUE, "Not named here")


class RowValues(NamedTuple):
    """What a row can be filtered by. An empty key means that the row has no such value."""

    status: FilterValue = _NOTHING
    priority: FilterValue = _NOTHING
    owner: FilterValue = _NOTHING
    agency: FilterValue = _NOTHING
    goal: FilterValue = _NOTHING
    tags: tuple[FilterValue, ...] = ()
    plan: FilterValue = _NOTHING
    requirement: FilterValue = _NOTHING

    @property
    def by_field(self) -> tuple[tuple[FilterValue, ...], ...]:
        """The values of each field, in the order of `_FIELDS`."""
        single = (self.status, self.priority, self.owner, self.agency, self.goal, self.plan, self.requirement)
        status, priority, owner, agency, goal, plan, asked = ((value,) if value.key else () for value in single)
        return status, priority, owner, agency, goal, self.tags, plan, asked

    @property
    def text(self) -> str:
        """The keys as a row carries them, those of one field with commas: `blocked|high|ann-lee||warm|fire,night`."""
        return _SEPARATOR.join(",".join(value.key for value in values) for values in self.by_field).rstrip(_SEPARATOR)


#: Names of the fields in an address, what they are called, the choice of every value, and the choice of none.
_FIELDS = (
    ("status", "Status", "Any status", ""),
    ("priority", "Priority", "Any priority", "No priority"),
    ("owner", "Owner", "Any owner", "Nobody yet"),
    ("agency", "Agency", "Any agency", "No agency"),
    ("goal", "Goal", "Any goal", "No goal"),
    ("tag", "Tag", "Any tag", "No tag"),
    ("plan", "Plan", "Any plan", ""),
    ("asked", "Asked for", "However it is asked for", "Not said"),
)
#: Which of them, at the end, a page goes without where no row has such a value: the rows of one plan name none.
_OPTIONAL_FIELDS = frozenset({"plan", "asked"})
#: Fields whose values have an order of their own.
_ORDERS = {
    "status": [status.value.replace(" ", "-") for status in Status],
    "priority": [priority.value for priority in Priority],
    "asked": [level.value for level in RequirementLevel],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """A field to filter by, with the values of the rows; it is hidden on a page whose rows have fewer than two."""

    name: str
    label: str
    any_label: str
    options: tuple[FilterValue, ...]

    @property
    def is_useful(self) -> bool:
        """Whether there is a choice."""
        return len(self.options) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBar:
    """The filter of a page. `nouns` say what its rows are, one and several; with `shows`, some are closed or overdue.

    A page of a longer list `is_part`.
    """

    label: str
    find_label: str
    nouns: tuple[str, str]
    fields: tuple[FilterField, ...]
    shows: bool = False
    is_part: bool = False


def build_filter_bar(
    rows: Iterable[RowValues],
    *,
    place: str,
    nouns: tuple[str, str] = ("action", "actions"),
    shows: bool = False,
    is_part: bool = False,
) -> FilterBar | None:
    """The filter for the rows of a page, `place` as in "Find on the board"; None for a page without rows."""
    values_by_field = list(zip(*(row.by_field for row in rows), strict=True))
    if not values_by_field:
        return None
    fields = tuple(_build_field(*field, values) for field, values in zip(_FIELDS, values_by_field, strict=True))
    while fields[-1].name in _OPTIONAL_FIELDS and not fields[-1].options:
        fields = fields[:-1]
    find_label = "Find on this page" if is_part else f"Find {place}"
    return FilterBar(
        label=f"Filter {place.partition(' ')[2]}",
        find_label=find_label,
        nouns=nouns,
        fields=fields,
        shows=shows,
        is_part=is_part,
    )


def _build_field(
    name: str, label: str, any_label: str, none_label: str, rows: Iterable[tuple[FilterValue, ...]]
) -> FilterField:
    """A field with each value of the rows once, and the choice of none if a row has none and that can be chosen."""
    labels: dict[str, str] = {}
    has_none = False
    for values in rows:
        has_none = has_none or not values
        for value in values:
            labels.setdefault(value.key, value.label)
    order = _ORDERS.get(name, ())
    options = [FilterValue(key, label) for key, label in labels.items()]
    options.sort(key=lambda it: (_find_position(order, it.key), natural_sort_key(it.label), it.key))
    if has_none and none_label and options:
        options.append(FilterValue(NO_VALUE, none_label))
    return FilterField(name=name, label=label, any_label=any_label, options=tuple(options))


def _find_position(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def build_row_values(
    dated_site: SiteOnDate, action: Action, *, owner: str | None = None, has_plan: bool = False
) -> RowValues:
    """What the row of an action can be filtered by. `owner` is who is named in the row, if not the action's owner.

    A row in a list across plans `has_plan`, and its goal is that of the plan: `winter/warm`.
    """
    site = dated_site.site
    plan = site.plans_by_slug[action.plan]
    person, agency = _find_person(site, action.owner if owner is None else owner)
    return RowValues(
        status=_status_value(action),
        priority=_make_value(action.priority.value, action.priority.value.capitalize())
        if action.priority
        else _NOTHING,
        owner=person,
        agency=agency,
        goal=_goal_value(plan, action.goal, f"{plan.slug}/" if has_plan else ""),
        tags=tuple(_make_value(distinct_slug(tag), tag.strip()) for tag in action.tags if tag.strip()),
        plan=_make_value(plan.slug, plan.title) if has_plan else _NOTHING,
        requirement=_requirement_value(action),
    )


def build_plan_values(dated_site: SiteOnDate, plan: Plan, owner: str | None = None) -> RowValues:
    """What the row of a plan's review can be filtered by, in a list across plans. `owner` is as for an action's row."""
    person, agency = _find_person(dated_site.site, plan.owner if owner is None else owner)
    return RowValues(owner=person, agency=agency, plan=_make_value(plan.slug, plan.title))


def _status_value(action: Action) -> FilterValue:
    status = action.effective_status
    return _make_value(status.value.replace(" ", "-"), status.label) if status else _make_value("unknown", "Unknown")


def _requirement_value(action: Action) -> FilterValue:
    level = action.requirement.level if action.requirement else None
    return _make_value(level.value, level.label) if level else _NOTHING


def _find_person(site: Site, name: str) -> tuple[FilterValue, FilterValue]:
    """The owner of that name, and their agency; an agency that is an owner is its own."""
    person = site.find_owner_or_agency(name)
    if person is None and not name.strip():
        return _NOTHING if site.is_unfiltered else _NOT_NAMED, _NOTHING
    if person is None:
        return _make_value(distinct_slug(name), name.strip()), _NOTHING
    return _make_value(person.slug, person.title), _find_agency(site, person)


def _find_agency(site: Site, person: OwnerOrAgency) -> FilterValue:
    if isinstance(person, Owner):
        if not person.agency.strip():
            return _NOTHING
        agency = site.people.find_agency(person.agency)
        if agency is None:
            return _make_value(distinct_slug(person.agency), person.agency.strip())
        return _make_value(agency.slug, agency.title)
    return _make_value(person.slug, person.title)


def _goal_value(plan: Plan, name: str, prefix: str) -> FilterValue:
    if not name.strip():
        return _NOTHING
    goal = plan.find_goal(name)
    key, label = (goal.key or goal.title, goal.title or goal.key) if goal else (name, name)
    return _make_value(f"{prefix}{distinct_slug(key)}", label)
