"""A set of site-wide files as a task: rendered where its inputs have changed, else published again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plansite.deferred_dataclass import dataclass
from plansite.site.contributions import PageContent

#: Pages by output path, or what a data file holds.
Files = Iterable[tuple[str, PageContent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePageTask:
    """Files that are rendered together: a name, the fingerprint of their inputs, and the function that composes them.

    Tasks that have one `source` load the same large value. They are rendered in one process, which loads it once.
    """

    name: str
    fingerprint: str
    compose: Callable[[], Files]
    source: str = ""


def group_by_source(tasks: Iterable[SitePageTask]) -> list[tuple[SitePageTask, ...]]:
    """The tasks in groups that can be rendered in different processes; those with a common source come first."""
    groups: dict[str, list[SitePageTask]] = {}
    for task in tasks:
        groups.setdefault(task.source or f"task {task.name}", []).append(task)
    return sorted(map(tuple, groups.values()), key=lambda group: not group[0].source)
