"""The actions that an action depends on, and those that depend on it."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dependencies import describe_obstacle, find_dependencies, format_action_reference
from plansite.model.documents.action import Action
from plansite.model.formatting import format_days
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link, plan_link
from plansite.site.components.widgets import Tag, build_status_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class DependencyRow:
    """A dependency or a dependent. `plan` is empty for the same plan; `words` is the text before `day`.

    `owner` is empty for a closed action, for which nobody waits any more.
    """

    title: Link
    plan: Link
    owner: Link
    tag: Tag
    words: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DependenciesView:
    """The dependencies of an action (`before`), with a heading that says whether it is blocked, and its dependents.

    `waits_for` are the open dependencies of an open action.
    """

    heading: str
    waits_for: tuple[DependencyRow, ...]
    before: tuple[DependencyRow, ...]
    after: tuple[DependencyRow, ...]


def build_dependencies_view(
    dated_site: SiteOnDate, action: Action, dependents: tuple[Action, ...]
) -> DependenciesView | None:
    """The dependencies and dependents of an action; None if it has neither."""
    before = find_dependencies(dated_site.site, action)
    if not before and not dependents:
        return None
    rows = tuple(_build_dependency_row(dated_site, other, action.plan) for other in before)
    waits_for = tuple(row for row, other in zip(rows, before, strict=True) if action.is_open and other.is_open)
    return DependenciesView(
        heading="Blocked by" if waits_for else "Depends on",
        waits_for=waits_for,
        before=rows,
        after=tuple(_build_dependency_row(dated_site, other, action.plan) for other in dependents),
    )


def _build_dependency_row(dated_site: SiteOnDate, action: Action, plan_slug: str) -> DependencyRow:
    words, day = _format_when(action)
    elsewhere = dated_site.site.plans_by_slug.get(action.plan) if action.plan != plan_slug else None
    return DependencyRow(
        title=action_link(action),
        plan=plan_link(elsewhere) if elsewhere else Link(""),
        owner=owner_link(dated_site.site, action.owner) if action.is_open else Link(""),
        tag=_build_tag(action, dated_site.today),
        words=words,
        day=day,
    )


def _build_tag(action: Action, today: date) -> Tag:
    """Overdue if it is; else its status, which a script replaces on the day after it was due."""
    if action.due and action.is_overdue(today):
        return Tag(f"Overdue by {format_days((today - action.due).days)}", "late", "late", action.due)
    tag = build_status_tag(action)
    return Tag(tag.words, tag.role, tag.icon, action.due if action.is_open else None)


def _format_when(action: Action) -> tuple[str, date | None]:
    if action.is_open:
        return ("Due", action.due) if action.due else ("No due date", None)
    finished = action.completed or (action.verification.date if action.verification else None)
    return ("Done", finished) if action.is_finished and finished else ("", None)


def describe_waiting(dated_site: SiteOnDate, action: Action) -> str:
    """What an open action waits for: a late or stuck dependency, or else the first, and how many more."""
    others = [other for other in find_dependencies(dated_site.site, action) if other.is_open] if action.is_open else []
    if not others:
        return ""
    reason = (
        describe_obstacle(dated_site.site, action, dated_site.today).removesuffix(".")
        or f"Waits for {format_action_reference(others[0], action.plan)}"
    )
    more = len(others) - 1
    return f"{reason}{',' if ',' in reason else ''} and {more:,} more" if more else reason
