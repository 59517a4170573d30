"""The past of each plan, taken from git once for each commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.history.history import History
from plansite.history.read import history_of
from plansite.pipeline.terms import digest
from plansite.pipeline.way import Way
from plansite.publish.store import Store
from plansite.site.past import NOTHING, Past
from plansite.site.site_changes import recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What git told at one commit: why nothing, or for each plan a digest of its past."""

    hidden: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasts:
    """The past of every plan. For anybody but internal readers there is none: it holds names and earlier words."""

    store: Store
    name: str
    told: Told

    @classmethod
    def none(cls, store: Store) -> Pasts:
        """Where git is not asked."""
        return cls(store=store, name="", told=Told(hidden="", marks={}))

    @classmethod
    def of(cls, way: Way, commit: str) -> Pasts:
        """From what was kept for this commit, else from git."""
        if not way.terms.sight.is_whole:
            return cls.none(way.store)
        settings = way.shelf.settings
        name = f"past {commit} {digest(settings.sources, settings.timezone)}"
        told = way.store.get(name)
        if not isinstance(told, Told):
            told = _asked(way, name)
            if not told.hidden:  # why git cannot tell may be put right without a new commit
                way.store.put(name, told)
        return cls(store=way.store, name=name, told=told)

    def mark(self, slug: str) -> str:
        """A digest of a plan's past."""
        return self.told.marks.get(slug, self.told.hidden)

    def past(self, slug: str) -> Past:
        """The past of a plan."""
        if slug not in self.told.marks:
            return Past(hidden=self.told.hidden) if self.told.hidden else NOTHING
        kept = self.store.get(f"{self.name} {slug}")
        return kept if isinstance(kept, Past) else NOTHING

    def recent(self, today: date) -> dict[str, tuple[Change, ...]]:
        """The news of the last days, by plan; gathered once for each commit and day."""
        if not self.name:
            return {}
        name = self._news(today)
        kept = self.store.get(name)
        news: dict[str, tuple[Change, ...]] = kept if isinstance(kept, dict) else {}
        if not isinstance(kept, dict):
            news = recent({slug: self.past(slug) for slug in self.told.marks}, today)
            self.store.put(name, news)
        return news

    def names(self, today: date) -> tuple[str, ...]:
        """The names under which all this is kept."""
        if not self.name:
            return ()
        return (self.name, self._news(today), *(f"{self.name} {slug}" for slug in self.told.marks))

    def _news(self, today: date) -> str:
        return f"{self.name} news {today}"


def _asked(way: Way, name: str) -> Told:
    history = history_of(way.shelf.root, way.shelf.settings, way.store.history)
    if history.hidden:
        return Told(hidden=history.hidden, marks={})
    pasts = _by_plan(history)
    for slug, past in pasts.items():
        way.store.put(f"{name} {slug}", past)
    return Told(hidden="", marks={slug: digest(past) for slug, past in pasts.items()})


def _by_plan(history: History) -> dict[str, Past]:
    """Each file's changes go with the plan it was in last."""
    plans: defaultdict[str, dict[str, tuple[Change, ...]]] = defaultdict(dict)
    for path, trail in history.trails.items():
        if trail:
            plans[trail[0].plan][path] = trail
    return {slug: Past(by_file=files) for slug, files in plans.items()}
