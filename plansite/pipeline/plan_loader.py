"""Plans of a site: parsed where their files have changed, else taken from the cache, and filtered for an audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from plansite.content.limits import find_timed_out_files
from plansite.content.plans import ParsedPlan, parse_plan
from plansite.content.site_content import SiteContent, parse_site_content
from plansite.content.source_tree import PlanFiles, SourceTree
from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.store import Store
from plansite.model.audience.omissions import Omission, count_plan_omissions
from plansite.model.status import SmallCounts
from plansite.parallel.parallel_map import can_fork, process_count
from plansite.parallel.timeouts import map_with_timeout
from plansite.pipeline.context import BuildContext
from plansite.pipeline.plan_index import PlanIndex, PlanSummary, filter_plan, index_plan, summarise_plan

#: A plan has about 40 files, so a further process is worth its start for this many plans.
PLANS_PER_PROCESS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPlan:
    """What is kept of a parsed plan for one audience.

    `fingerprint` covers the plan's files. `index` is None where the audience may not see the plan. `left_out` counts
    what each of the reported audiences does not see of it. `hidden_tables` are the CSV files of hidden measures.
    """

    fingerprint: str
    index: PlanIndex | None
    summary_fingerprint: str
    left_out: tuple[tuple[Omission, ...], ...]
    hidden_tables: tuple[str, ...] = ()


class PlanLoader:
    """The plans of a site for one audience, by slug. Parsed plans and summaries are read from the store on demand."""

    def __init__(
        self, source: SourceTree, context: BuildContext, store: Store, cached: Mapping[str, CachedPlan]
    ) -> None:
        """Parse each plan that is not among `cached` with the fingerprint that its files have now."""
        self._source = source
        self._filter = context.audience_filter
        self._reported_filters = context.reported_filters
        self._filter_fingerprint = context.filter_fingerprint
        self._store = store
        self._timed_out: dict[str, ParsedPlan] = {}
        self._files = {files.slug: files for files in source.plans}
        self.by_slug = self._load_all(cached)

    @property
    def visible(self) -> dict[str, PlanIndex]:
        """The index of each plan that the audience may see, in the order of plans."""
        return {slug: plan.index for slug, plan in self.by_slug.items() if plan.index}

    def parsed_plan(self, slug: str) -> ParsedPlan:
        """A plan in full, as the audience sees it. Raises KeyError for one that it may not see."""
        plan = filter_plan(self._load_unfiltered(self._files[slug]), self._filter)
        if plan is None:
            raise KeyError(slug)
        return plan

    def summary(self, slug: str) -> PlanSummary:
        """A plan without the words of its bodies."""
        cached = None if slug in self._timed_out else self._store.get(self._summary_key(self._files[slug]))
        return cached if isinstance(cached, PlanSummary) else summarise_plan(self.parsed_plan(slug))

    def cache_keys(self) -> tuple[str, ...]:
        """The names of all that is stored of these plans."""
        return tuple(key for files in self._source.plans for key in (_plan_key(files), self._summary_key(files)))

    def _load_all(self, cached: Mapping[str, CachedPlan]) -> dict[str, CachedPlan]:
        files = self._source.plans
        changed = [
            each for each in files if each.slug not in cached or cached[each.slug].fingerprint != each.fingerprint
        ]
        if self._store.is_shared and can_fork():
            loaded = map_with_timeout(self._load, changed, process_count(len(changed), PLANS_PER_PROCESS))
            timed_out = ((each.slug, plan) for each, (_, plan) in zip(changed, loaded, strict=True) if plan)
            self._timed_out.update(timed_out)
        else:
            self._parse_in_other_process(changed)
            loaded = [self._load(each) for each in changed]
        fresh = {each.slug: plan for each, (plan, _) in zip(changed, loaded, strict=True)}
        return {each.slug: fresh.get(each.slug) or cached[each.slug] for each in files}

    def _parse_in_other_process(self, changed: Sequence[PlanFiles]) -> None:
        """Parse with a time limit and store the result here, because the other process cannot store it for this one."""
        missing = [files for files in changed if not isinstance(self._store.get(_plan_key(files)), ParsedPlan)]
        source = self._source.restrict_to_files(path for files in missing for path in files.paths)
        plans = map_with_timeout(partial(parse_plan, source), missing)
        for files, plan in zip(missing, plans, strict=True):
            self._keep(files, plan)

    def _load(self, files: PlanFiles) -> tuple[CachedPlan, ParsedPlan | None]:
        """What to keep of a plan, with the plan itself if a file timed out: such a plan is never stored."""
        unfiltered = self._load_unfiltered(files)
        timed_out = self._timed_out.get(files.slug)
        plan_fingerprint = files.fingerprint
        if timed_out:
            plan_fingerprint = f"{files.fingerprint} without {find_timed_out_files(timed_out.findings)}"
        left_out = tuple(
            count_plan_omissions(unfiltered.plan, unfiltered.unreadable, each) for each in self._reported_filters
        )
        plan = filter_plan(unfiltered, self._filter)
        if plan is None:
            hidden = CachedPlan(fingerprint=plan_fingerprint, index=None, summary_fingerprint="", left_out=left_out)
            return hidden, timed_out
        summary = summarise_plan(plan)
        digest = "" if timed_out else self._store.put(self._summary_key(files), summary)
        cached = CachedPlan(
            fingerprint=plan_fingerprint,
            index=index_plan(plan),
            summary_fingerprint=digest or fingerprint(summary),
            left_out=left_out,
            hidden_tables=tuple(_list_hidden_tables(unfiltered, plan)),
        )
        return cached, timed_out

    def _load_unfiltered(self, files: PlanFiles) -> ParsedPlan:
        plan = self._timed_out.get(files.slug) or self._store.get(_plan_key(files))
        if not isinstance(plan, ParsedPlan):
            plan = parse_plan(self._source, files)
            self._keep(files, plan)
        return plan

    def _keep(self, files: PlanFiles, plan: ParsedPlan) -> None:
        """Store a plan; keep one with a file that timed out for this build alone, because the next may be quicker."""
        if find_timed_out_files(plan.findings):
            self._timed_out[files.slug] = plan
        else:
            self._store.put(_plan_key(files), plan)

    def _summary_key(self, files: PlanFiles) -> str:
        return f"summary {files.fingerprint} {self._filter_fingerprint}"


def _list_hidden_tables(unfiltered: ParsedPlan, plan: ParsedPlan) -> Iterator[str]:
    """The CSV file beside each measure that the audience may not see in full, or that may not be a measure's.

    So is one with lines that are no readings: nobody knows what they say.
    """
    yield from {finding.path for finding in unfiltered.findings if finding.path.endswith(".csv")}
    visible = {measure.path for measure in plan.plan.measures}
    hidden = (
        each.path
        for each in unfiltered.plan.measures
        if each.path not in visible or each.small_counts is SmallCounts.HIDE
    )
    unreadable = (each.path for each in unfiltered.unreadable)
    yield from (str(PurePosixPath(path).with_suffix(".csv")) for path in (*hidden, *unreadable))


def _plan_key(files: PlanFiles) -> str:
    return f"plan {files.fingerprint}"


def load_site_content(source: SourceTree, store: Store) -> tuple[SiteContent, str]:
    """The front page, owners and agencies, parsed or from the store, with the name under which they are stored."""
    paths = (*source.people_files, *source.framework_files, *sorted(source.stray_files), "content/index.md")
    hashes = tuple((path, source.hashes.get(path)) for path in paths)
    key = f"content {fingerprint(hashes, source.settings.timezone)}"
    content = store.get(key)
    if not isinstance(content, SiteContent):
        (content,) = map_with_timeout(parse_site_content, [source.restrict_to_files(paths)])
        if not find_timed_out_files(content.findings):
            store.put(key, content)
    return content, key
