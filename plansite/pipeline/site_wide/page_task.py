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

    `prepare` loads what several tasks share. It is called before other processes are started.
    """

    name: str
    fingerprint: str
    compose: Callable[[], Files]
    prepare: Callable[[], object] = lambda: None
