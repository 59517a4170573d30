"""Plans read and kept, each fetched again only when it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plansite.content.limits import find_timed_out_files
from plansite.content.plans import ParsedPlan, parse_plan
from plansite.content.site_content import SiteContent, parse_site_content
from plansite.content.source_tree import PlanFiles, SourceTree
from plansite.incremental.store import Store
from plansite.model.audience.omissions import Omission, count_plan_omissions
from plansite.parallel.parallel_map import can_fork, process_count
from plansite.parallel.timeouts import map_with_timeout
from plansite.pipeline.context import BuildContext, fingerprint
from plansite.pipeline.cross_plan import SiteIndex
from plansite.pipeline.plan_index import PlanIndex, PlanSummary, filter_plan, index_plan, summarise_plan

#: A plan has about so many files; a further process is worth its start for some 250 of them.
PLANS_PER_PROCESS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPlan:
    """A plan that was read: the key of its files, its outline where it may be seen, and a digest of its lean form.

    `left_out` is what each of those does not see of it of whom that is told. `tables` are the files of readings that
    may not be seen.
    """

    fingerprint: str
    index: PlanIndex | None
    summary_fingerprint: str
    left_out: tuple[tuple[Omission, ...], ...]
    hidden_tables: tuple[str, ...] = ()


class PlanLoader:
    """The plans of a site for one audience, by slug."""

    def __init__(self, shelf: SourceTree, terms: BuildContext, store: Store, known: Mapping[str, CachedPlan]) -> None:
        """Read every plan that is not among the `known` with the key it has now."""
        self._shelf = shelf
        self._sight, self._told = terms.audience_filter, terms.reported_filters
        self._sight_mark = terms.filter_fingerprint
        self._store = store
        self._timed_out: dict[str, ParsedPlan] = {}
        self._batches = {batch.slug: batch for batch in shelf.plans}
        self.plans_by_slug = self._all(known)
        outlines = {slug: each.index for slug, each in self.plans_by_slug.items() if each.index}
        keys = {slug: each.fingerprint for slug, each in self.plans_by_slug.items()}
        self.index = SiteIndex(terms.site, outlines, keys, self.summary)

    def _all(self, known: Mapping[str, CachedPlan]) -> dict[str, CachedPlan]:
        fresh = [
            each
            for each in self._shelf.plans
            if not (each.slug in known and known[each.slug].fingerprint == each.fingerprint)
        ]
        if self._store.is_shared and can_fork():
            read = map_with_timeout(self._read, fresh, process_count(len(fresh), PLANS_PER_PROCESS))
            self._timed_out.update((batch.slug, late) for batch, (_, late) in zip(fresh, read, strict=True) if late)
        else:
            self._fetch(fresh)
            read = [self._read(batch) for batch in fresh]
        found = {batch.slug: each for batch, (each, _) in zip(fresh, read, strict=True)}
        return {each.slug: found.get(each.slug) or known[each.slug] for each in self._shelf.plans}

    def _fetch(self, fresh: Sequence[PlanFiles]) -> None:
        """Keep here what another process reads, where that process could not keep it for us."""
        missing = [batch for batch in fresh if not isinstance(self._store.get(_name_of(batch)), ParsedPlan)]
        shelf = self._shelf.restrict_to_files(path for batch in missing for path in batch.paths)
        for batch, volume in zip(missing, map_with_timeout(partial(parse_plan, shelf), missing), strict=True):
            self._keep(batch, volume)

    def _read(self, batch: PlanFiles) -> tuple[CachedPlan, ParsedPlan | None]:
        """What is known of a plan; and the plan itself, where that cannot be kept."""
        whole = self._unfiltered(batch)
        volume = filter_plan(whole, self._sight)
        left_out = tuple(count_plan_omissions(whole.plan, whole.unreadable, each) for each in self._told)
        late = self._timed_out.get(batch.slug)
        key = f"{batch.fingerprint} without {find_timed_out_files(late.findings)}" if late else batch.fingerprint
        if volume is None:
            return CachedPlan(fingerprint=key, index=None, summary_fingerprint="", left_out=left_out), late
        lean = summarise_plan(volume)
        mark = "" if late else self._store.put(self._name("lean", batch), lean)
        known = CachedPlan(
            fingerprint=key,
            index=index_plan(volume),
            summary_fingerprint=mark or fingerprint(lean),
            left_out=left_out,
            hidden_tables=tuple(_hidden_tables(whole, volume)),
        )
        return known, late

    @property
    def plans(self) -> tuple[str, ...]:
        """The slugs of the plans that may be seen, in order."""
        return tuple(self.index.plans)

    def parsed_plan(self, slug: str) -> ParsedPlan:
        """A plan in full, as it may be seen."""
        volume = filter_plan(self._unfiltered(self._batches[slug]), self._sight)
        if volume is None:
            raise KeyError(slug)
        return volume

    def summary(self, slug: str) -> PlanSummary:
        """A plan as lists need it."""
        batch = self._batches[slug]
        kept = None if slug in self._timed_out else self._store.get(self._name("lean", batch))
        return kept if isinstance(kept, PlanSummary) else summarise_plan(self.parsed_plan(slug))

    def cache_keys(self) -> tuple[str, ...]:
        """The names under which all this is kept."""
        return tuple(name for batch in self._shelf.plans for name in (_name_of(batch), self._name("lean", batch)))

    def _unfiltered(self, batch: PlanFiles) -> ParsedPlan:
        kept = self._timed_out.get(batch.slug) or self._store.get(_name_of(batch))
        if not isinstance(kept, ParsedPlan):
            kept = parse_plan(self._shelf, batch)
            self._keep(batch, kept)
        return kept

    def _keep(self, batch: PlanFiles, volume: ParsedPlan) -> None:
        """For the next build; but for this one alone where a file took too long, which may not be so again."""
        if find_timed_out_files(volume.findings):
            self._timed_out[batch.slug] = volume
        else:
            self._store.put(_name_of(batch), volume)

    def _name(self, what: str, batch: PlanFiles) -> str:
        return f"{what} {batch.fingerprint} {self._sight_mark}"


def _hidden_tables(whole: ParsedPlan, seen: ParsedPlan) -> Iterator[str]:
    """The table beside each measure that may not be seen."""
    shown = {measure.path for measure in seen.plan.measures}
    return (f"{each.path[:-3]}.csv" for each in whole.plan.measures if each.path not in shown)


def _name_of(batch: PlanFiles) -> str:
    return f"plan {batch.fingerprint}"


def load_site_content(shelf: SourceTree, store: Store) -> tuple[SiteContent, str]:
    """What stands above the plans, read or fetched, and the name under which it is kept."""
    paths = (*shelf.people_files, "content/index.md")
    name = f"head {fingerprint(tuple((path, shelf.hashes.get(path)) for path in paths))}"
    kept = store.get(name)
    if not isinstance(kept, SiteContent):
        (kept,) = map_with_timeout(parse_site_content, [shelf.restrict_to_files(paths)])
        if not find_timed_out_files(kept.findings):
            store.put(name, kept)
    return kept, name
