"""What one build keeps for the next: of each plan and each page, what it was made from and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plansite.incremental.file_hashes import FileHashes
from plansite.model.findings import Finding
from plansite.pipeline.context import BuildContext
from plansite.pipeline.cross_plan import AnsweredLookup
from plansite.pipeline.plan_loader import CachedPlan
from plansite.publish.stage import FileDigest
from plansite.site.data.data_files import PlanData


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What is wrong with a plan. `base` and `answers` say on what terms that was found.

    `assets` are the published files it links to, by output path with their sources.
    """

    fingerprint: str
    lookups: tuple[AnsweredLookup, ...]
    findings: tuple[Finding, ...]
    assets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPlan:
    """The files of a plan by output path.

    `data` is its part of the files for all plans, `past` a mark of its history.
    """

    fingerprint: str
    lookups: tuple[AnsweredLookup, ...]
    history: str
    files: tuple[tuple[str, FileDigest], ...]
    data: PlanData


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCache:
    """What is kept of all plans for one audience, by slug."""

    plans: Mapping[str, CachedPlan] = field(default_factory=dict)
    checks: Mapping[str, CheckResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCache:
    """What is kept of pages for one audience: of plans by slug, of sheets and copies by output path.

    `terms` and `frame` are marks, `whole` is one of everything that sheets show; `prints` are the files as they were.
    """

    context: str = ""
    page_context: str = ""
    site_pages_fingerprint: str = ""
    hashes: FileHashes = field(default_factory=dict)
    checks: Mapping[str, CheckResult] = field(default_factory=dict)
    plans: Mapping[str, RenderedPlan] = field(default_factory=dict)
    site_pages: Mapping[str, FileDigest] = field(default_factory=dict)
    copies: Mapping[str, FileDigest] = field(default_factory=dict)


def check_cache_key(terms: BuildContext) -> str:
    """The name under which is kept what was found in the plans for an audience."""
    return f"index {terms.reported_fingerprint}"


def page_cache_key(terms: BuildContext) -> str:
    """The name under which is kept what was drawn for an audience."""
    return f"pages {terms.filter_fingerprint}"
