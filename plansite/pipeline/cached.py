"""What a build stores for the next one: results of checks and rendering, with everything they depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.tasks import TaskResult
from plansite.model.findings import Finding
from plansite.pipeline.context import BuildContext
from plansite.pipeline.plan_loader import CachedPlan
from plansite.publish.stage import FileDigest
from plansite.site.contributions import PlanContribution


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """The findings in a plan, and the files it links to: output path to source path."""

    findings: tuple[Finding, ...]
    linked_files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPlan:
    """The published files of a plan by output path.

    `contribution` is what it contributes to the files across plans, and `selections` are the fingerprints of the
    parts that each group of such files selects, by the name of the group. `parts` are those of what it has for each
    owner, agency and tag, by the path of their page. `history` is the fingerprint of its history
    in git.
    """

    files: tuple[tuple[str, FileDigest], ...]
    contribution: PlanContribution
    selections: Mapping[str, str]
    parts: Mapping[str, str]
    history: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedGroup:
    """The published files of a group of site-wide pages by output path; `fingerprint` covers all they depend on."""

    fingerprint: str
    files: Mapping[str, FileDigest]


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """A published file that was copied, and the fingerprint of what it was copied from; empty if that is not known."""

    content: FileDigest
    source: str


PlanCheckResult = TaskResult[PlanCheck]
RenderResult = TaskResult[RenderedPlan]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCache:
    """What is stored of the plans of a site for one audience, by slug."""

    plans: Mapping[str, CachedPlan] = field(default_factory=dict)
    checks: Mapping[str, PlanCheckResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCache:
    """What is stored of the pages of a site for one audience.

    Plans are by slug, and each is stored by itself; site-wide pages are by the name of their group, static files by
    output path. `context` and `page_context` are fingerprints. `file_hashes` and `checks` are those of the build, to
    explain why the next one renders a page again.
    """

    context: str = ""
    page_context: str = ""
    file_hashes: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, PlanCheckResult] = field(default_factory=dict)
    plans: Mapping[str, RenderResult] = field(default_factory=dict)
    site_pages: Mapping[str, PublishedGroup] = field(default_factory=dict)
    static_files: Mapping[str, PublishedCopy] = field(default_factory=dict)


def check_cache_key(context: BuildContext) -> str:
    """The name under which the plans and checks of a site are stored for an audience."""
    return f"checks {context.reported_fingerprint}"


def page_cache_key(context: BuildContext) -> str:
    """The name under which the pages of a site are stored for an audience."""
    return f"pages {context.filter_fingerprint}"


def rendered_plan_key(page_key: str, slug: str) -> str:
    """The name under which a rendered plan is stored with the pages of a site. It says what it was rendered from."""
    return f"{page_key} plan {slug}"


def fingerprint_findings(findings: tuple[Finding, ...]) -> str:
    """A fingerprint of findings by what they say."""
    return fingerprint(tuple(str(finding) for finding in findings))
