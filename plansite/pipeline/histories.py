"""The past of each plan, taken from git once for each commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.history.loader import load_history
from plansite.history.site_history import SiteHistory
from plansite.incremental.store import Store
from plansite.pipeline.context import fingerprint
from plansite.pipeline.site_build import SiteBuild
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.changes.site_changes import select_recent_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryIndex:
    """What git told at one commit: why nothing, or for each plan a digest of its past."""

    hidden: str
    fingerprints: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHistories:
    """The past of every plan. For anybody but internal readers there is none: it holds names and earlier words."""

    store: Store
    key: str
    index: HistoryIndex

    @classmethod
    def empty(cls, store: Store) -> PlanHistories:
        """Where git is not asked."""
        return cls(store=store, key="", index=HistoryIndex(hidden="", fingerprints={}))

    @classmethod
    def load(cls, way: SiteBuild, commit: str) -> PlanHistories:
        """From what was kept for this commit, else from git."""
        if not way.context.audience_filter.shows_all:
            return cls.empty(way.store)
        settings = way.source.settings
        name = f"past {commit} {fingerprint(settings.sources, settings.timezone)}"
        told = way.store.get(name)
        if not isinstance(told, HistoryIndex):
            told = _read_git(way, name)
            if not told.hidden:  # why git cannot tell may be put right without a new commit
                way.store.put(name, told)
        return cls(store=way.store, key=name, index=told)

    def fingerprint(self, slug: str) -> str:
        """A digest of a plan's past."""
        return self.index.fingerprints.get(slug, self.index.hidden)

    def plan_history(self, slug: str) -> PlanHistory:
        """The past of a plan."""
        if slug not in self.index.fingerprints:
            return PlanHistory(unavailable_reason=self.index.hidden) if self.index.hidden else NO_HISTORY
        kept = self.store.get(f"{self.key} {slug}")
        return kept if isinstance(kept, PlanHistory) else NO_HISTORY

    def recent(self, today: date) -> dict[str, tuple[Change, ...]]:
        """The news of the last days, by plan; gathered once for each commit and day."""
        if not self.key:
            return {}
        name = self._recent_key(today)
        kept = self.store.get(name)
        news: dict[str, tuple[Change, ...]] = kept if isinstance(kept, dict) else {}
        if not isinstance(kept, dict):
            news = select_recent_changes({slug: self.plan_history(slug) for slug in self.index.fingerprints}, today)
            self.store.put(name, news)
        return news

    def cache_keys(self, today: date) -> tuple[str, ...]:
        """The names under which all this is kept."""
        if not self.key:
            return ()
        return (self.key, self._recent_key(today), *(f"{self.key} {slug}" for slug in self.index.fingerprints))

    def _recent_key(self, today: date) -> str:
        return f"{self.key} news {today}"


def _read_git(way: SiteBuild, name: str) -> HistoryIndex:
    history = load_history(way.source.root, way.source.settings, way.store.history)
    if history.hidden:
        return HistoryIndex(hidden=history.hidden, fingerprints={})
    pasts = _group_by_plan(history)
    for slug, past in pasts.items():
        way.store.put(f"{name} {slug}", past)
    return HistoryIndex(hidden="", fingerprints={slug: fingerprint(past) for slug, past in pasts.items()})


def _group_by_plan(history: SiteHistory) -> dict[str, PlanHistory]:
    """Each file's changes go with the plan it was in last."""
    plans: defaultdict[str, dict[str, tuple[Change, ...]]] = defaultdict(dict)
    for path, trail in history.changes_by_path.items():
        if trail:
            plans[trail[0].plan][path] = trail
    return {slug: PlanHistory(by_file=files) for slug, files in plans.items()}
