"""What plans contribute to pages across plans, for the preview: worked out when a page needs it, kept for later."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial
from typing import Any, cast

from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.tables import Lookups
from plansite.incremental.tasks import TaskResult, is_current, run_task
from plansite.pipeline.cached import RenderedPlan, fingerprint_findings, page_cache_key, rendered_plan_key
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.page_context import PageContext
from plansite.pipeline.plan_checks import PlanChecks
from plansite.pipeline.plan_renderer import fingerprint_rendering
from plansite.pipeline.site_build import SiteBuild, find_addresses
from plansite.site.contributions import (
    CONTRIBUTED_FIELDS,
    ContributionInputs,
    PlanContribution,
    list_plan_records,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedPlans:
    """The plans of one build of the preview, with all that their pages are rendered from."""

    build: SiteBuild
    context: PageContext
    checks: PlanChecks
    histories: PlanHistories

    def work_out(self, slug: str, field: str, lookups: Lookups) -> object:
        """A field of what a plan contributes. What it looks up in other plans is recorded in `lookups`."""
        plan = self.build.parsed_plan(slug)
        dated_site = self.build.single_plan_site(plan, lookups)
        findings = self.checks[slug].value.findings
        inputs = ContributionInputs(
            dated_site,
            plan.plan,
            lambda: list_plan_records(dated_site, plan.plan, findings),
            find_addresses(dated_site.site),
        )
        return CONTRIBUTED_FIELDS[field](inputs)

    def load_stored(self, slug: str) -> TaskResult[RenderedPlan] | None:
        """What the last `plansite build` stored of a plan, where a build would store the same now."""
        check = self.checks[slug]
        stored = self.build.cache.store.get(rendered_plan_key(page_cache_key(self.build.context), slug))
        inputs = fingerprint_rendering(self.build, self.context, self.histories, slug, check)
        is_usable = isinstance(stored, TaskResult) and is_current(stored, inputs, self.build.tables)
        return stored if is_usable else None


class ContributionCache:
    """The fields that earlier builds of the preview worked out, by plan and field, with all that they depend on."""

    def __init__(self) -> None:
        """Empty."""
        self._results: dict[tuple[str, str], TaskResult[Any]] = {}

    def find(self, plans: PreviewedPlans, slug: str, field: str) -> Any:
        """A field of what a plan contributes, worked out again where the plan or a lookup of its has changed."""
        build, known = plans.build, self._results.get((slug, field))
        findings = fingerprint_findings(plans.checks[slug].value.findings)
        inputs = fingerprint(plans.context.fingerprint, build.plan_fingerprint(slug), findings)
        if known is None:
            self._take_stored(plans, slug, inputs)
            known = self._results.get((slug, field))
        if known is None or not is_current(known, inputs, build.tables):
            known = run_task(inputs, build.tables, partial(plans.work_out, slug, field))
            self._results[slug, field] = known
        return known.value

    def _take_stored(self, plans: PreviewedPlans, slug: str, inputs: str) -> None:
        stored = plans.load_stored(slug)
        if stored:
            for field in CONTRIBUTED_FIELDS:
                value = getattr(stored.value.contribution, field)
                result = TaskResult(fingerprint=inputs, lookups=stored.lookups, value=value)
                self._results.setdefault((slug, field), result)

    def keep_only(self, slugs: Container[str]) -> None:
        """Forget plans that are gone."""
        self._results = {key: result for key, result in self._results.items() if key[0] in slugs}


class _LazyContribution:
    """A contribution whose fields are found when they are read."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        """`find` returns the field of a name."""
        self._find = find

    def __getattr__(self, field: str) -> Any:
        if field not in CONTRIBUTED_FIELDS:
            raise AttributeError(field)
        return self._find(field)


def load_lazily(cache: ContributionCache, plans: PreviewedPlans, slug: str) -> PlanContribution:
    """What a plan contributes. It stands in for a value with the same fields, of which a page needs few."""
    return cast(PlanContribution, _LazyContribution(partial(cache.find, plans, slug)))
