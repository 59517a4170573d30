"""The history of each plan, read from git once for each commit and whatever else it depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change
from plansite.history.git import read_head_state
from plansite.history.loader import load_history
from plansite.history.site_history import SiteHistory
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.store import MemoryStore, Store
from plansite.pipeline.site_build import SiteBuild
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.changes.site_changes import select_recent_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryIndex:
    """The fingerprint of each plan's history at one commit, or the reason why git has no history to show.

    `first_day` is the day of the first change; None if there is none.
    """

    unavailable_reason: str
    fingerprints: Mapping[str, str]
    first_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHistories:
    """The histories of all plans. Those of single plans are read from the store on demand."""

    store: Store
    key: str
    index: HistoryIndex

    @classmethod
    def empty(cls) -> PlanHistories:
        """No history, where git is not asked for it."""
        return cls(store=MemoryStore(), key="", index=HistoryIndex(unavailable_reason="", fingerprints={}))

    @classmethod
    def load(cls, build: SiteBuild, commit: str) -> PlanHistories:
        """From the store, else from git. Only internal readers get any, because it holds names and earlier words."""
        if not build.context.sees_all:
            return cls.empty()
        settings, store = build.source.settings, build.cache.store
        # A source may be in a repository of its own, which can change while the commit of this one stays.
        folders = (build.source.root, *(build.source.root / source.path for source in settings.sources))
        states = [read_head_state(folder)[1] for folder in folders]
        key = f"history {commit} {fingerprint(settings.sources, settings.repository, settings.timezone, states)}"
        index = store.get(key)
        if not isinstance(index, HistoryIndex):
            index = _read_git(build, key)
            if not index.unavailable_reason:  # the reason may go away without a new commit
                store.put(key, index)
        return cls(store=store, key=key, index=index)

    @property
    def is_available(self) -> bool:
        """Whether git has a history to show, however little has changed in it."""
        return bool(self.index.fingerprints)

    def fingerprint(self, slug: str) -> str:
        """The fingerprint of a plan's history."""
        return self.index.fingerprints.get(slug, f"{self.index.unavailable_reason} {self.index.first_day}")

    def plan_history(self, slug: str) -> PlanHistory:
        """The history of a plan."""
        if slug not in self.index.fingerprints:
            reason = self.index.unavailable_reason
            return PlanHistory(unavailable_reason=reason, first_day=self.index.first_day)
        history = self.store.get(f"{self.key} {slug}")
        return history if isinstance(history, PlanHistory) else NO_HISTORY

    def recent(self, today: date) -> dict[str, dict[str, tuple[Change, ...]]]:
        """The changes of the last days by plan and file; collected once for each commit and day."""
        if not self.key or self.index.unavailable_reason:  # nothing is stored for a reason that may go away
            return {}
        key = self._recent_key(today)
        stored = self.store.get(key)
        if isinstance(stored, dict):
            return stored
        changes = select_recent_changes({slug: self.plan_history(slug) for slug in self.index.fingerprints}, today)
        self.store.put(key, changes)
        return changes

    def cache_keys(self, today: date) -> tuple[str, ...]:
        """The names of all that is stored of these histories."""
        if not self.key:
            return ()
        return (self.key, self._recent_key(today), *(f"{self.key} {slug}" for slug in self.index.fingerprints))

    def _recent_key(self, today: date) -> str:
        return f"{self.key} recent {today}"


def _read_git(build: SiteBuild, key: str) -> HistoryIndex:
    history = load_history(build.source.root, build.source.settings, build.cache.history)
    if history.hidden:
        return HistoryIndex(unavailable_reason=history.hidden, fingerprints={})
    by_plan = _group_by_plan(history)
    for slug, plan_history in by_plan.items():
        build.cache.store.put(f"{key} {slug}", plan_history)
    return HistoryIndex(
        unavailable_reason="",
        fingerprints={slug: fingerprint(plan_history) for slug, plan_history in by_plan.items()},
        first_day=min(
            (plan_history.first_day for plan_history in by_plan.values() if plan_history.first_day), default=None
        ),
    )


def _group_by_plan(history: SiteHistory) -> dict[str, PlanHistory]:
    """All changes of a file belong to the plan that it was in last."""
    plans: defaultdict[str, dict[str, tuple[Change, ...]]] = defaultdict(dict)
    for path, changes in history.changes_by_path.items():
        if changes:
            plans[changes[0].plan][path] = changes
    days = (change.when for files in plans.values() for changes in files.values() for change in changes)
    first_day = min(days, default=None)
    return {slug: PlanHistory(by_file=files, first_day=first_day) for slug, files in plans.items()}
