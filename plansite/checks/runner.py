"""Runs the rules on a site: findings of reading and of rules, without those that are waived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import ModuleType
from typing import Any

from plansite.checks.context import ActionNames, CheckContext
from plansite.checks.redaction import redact_quotations
from plansite.checks.registry import RuleCheck
from plansite.checks.rules import (
    dates,
    deadlines,
    dependencies,
    files,
    hidden_names,
    incidents,
    links,
    measures,
    notices,
    ownership,
    plans,
    references,
    removed,
    saved_views,
    standards,
    statuses,
    verification,
    waivers,
    wording,
)
from plansite.checks.rules.dependencies import FindAction
from plansite.checks.rules.evidence import agreed_evidence, published_files
from plansite.checks.rules.oversight import requirements, update_requests
from plansite.checks.rules.voice import goal_attainment, views
from plansite.checks.waivers import ActiveWaivers
from plansite.content import parse_rules, privacy_rules
from plansite.content.frameworks import rules as framework_rules
from plansite.content.report import limit_findings
from plansite.content.settings import SETTINGS_FILE
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.findings import Finding, Level, Rule

_RULE_MODULES: tuple[ModuleType, ...] = (
    references,
    ownership,
    dependencies,
    hidden_names,
    links,
    files,
    published_files,
    dates,
    deadlines,
    statuses,
    verification,
    agreed_evidence,
    incidents,
    requirements,
    update_requests,
    plans,
    measures,
    notices,
    views,
    goal_attainment,
    wording,
    waivers,
    removed,
    saved_views,
    standards,
)

CHECKS: tuple[RuleCheck[Any], ...] = tuple(
    check for module in _RULE_MODULES for check in vars(module).values() if isinstance(check, RuleCheck)
)

#: The checks that can be run on one plan at a time.
PLAN_CHECKS = tuple(check for check in CHECKS if not check.needs_all_plans)

#: Every rule, those of reading included, in the order of their codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *parse_rules.PARSE_RULES,
            *framework_rules.FRAMEWORK_RULES,
            *privacy_rules.PERSONAL_DATA_RULES,
            *privacy_rules.MARK_RULES,
            *(check.rule for check in CHECKS),
        ),
        key=lambda rule: rule.code,
    )
)


def run_all_checks(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """Every finding of a site on a day that is not waived, sorted by file and line."""
    return run_checks(dated_site, CHECKS)


def run_checks(
    dated_site: SiteOnDate, checks: Iterable[RuleCheck[Any]], extra: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Findings of reading, of these checks, and `extra` ones, without waived ones; sorted by file and line.

    Of one file there are at most MAX_FINDINGS by rules, and one that stands for all others.
    """
    context = CheckContext(dated_site, RULES)
    waivers = ActiveWaivers.build(context)
    reading_count = len(dated_site.site.findings)
    findings = redact_quotations(
        [
            *dated_site.site.findings,
            *(finding for check in checks for finding in check(context)),
            *(each for each in extra if (each.path, each.line, each.field) not in context.unreadable_fields),
        ]
    )
    of_reading, of_rules = (
        [finding for finding in part if not waivers.covers(finding)]
        for part in (findings[:reading_count], findings[reading_count:])
    )
    return tuple(sorted((*of_reading, *_limit_by_path(of_rules)), key=lambda finding: finding.sort_key))


def _limit_by_path(findings: list[Finding]) -> Iterator[Finding]:
    for _, group in groupby(sorted(findings, key=lambda finding: finding.sort_key), key=lambda finding: finding.path):
        yield from limit_findings(list(group))


def check_plan(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """The findings of a site that holds one plan, without those on the settings (see check_site_content)."""
    (plan,), cross_plan = dated_site.site.plans, dated_site.site.cross_plan
    cycles = cross_plan.dependency_cycles.get(plan.slug, ()) if cross_plan else ()
    findings = run_checks(dated_site, PLAN_CHECKS, cycles)
    return tuple(finding for finding in findings if finding.path != SETTINGS_FILE)


def check_site_content(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """The findings of a site without plans: on the settings, the front page, owners and agencies."""
    return run_checks(dated_site, PLAN_CHECKS)


def check_files(
    dated_site: SiteOnDate, links: frozenset[str], fields: Mapping[str, frozenset[str]]
) -> tuple[Finding, ...]:
    """The findings on files and on fields of sources, waived or not, of a site whose plans link to `links`.

    `fields` are the names of the fields that actions have, by the folders of their files.
    """
    context = CheckContext(dated_site, RULES, known_links=links, known_fields=fields)
    checks = (check for check in vars(files).values() if isinstance(check, RuleCheck))
    return tuple(finding for check in checks for finding in check(context))


def check_views(dated_site: SiteOnDate, names: ActionNames) -> tuple[Finding, ...]:
    """The findings on what the saved views ask for, waived or not, of a site without its plans; `names` are theirs."""
    context = CheckContext(dated_site, RULES, known_names=names)
    return tuple(saved_views.unknown_in_view(context))


def drop_waived(dated_site: SiteOnDate, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that nothing in a whole site waives."""
    waivers = ActiveWaivers.build(CheckContext(dated_site, RULES))
    return tuple(finding for finding in findings if not waivers.covers(finding))


def find_dependency_cycles(
    dated_site: SiteOnDate, actions: Iterable[Action], find_action: FindAction
) -> tuple[Finding, ...]:
    """A finding for each cycle of dependencies, waived or not; the actions may belong to any plans."""
    cycles = dependencies.find_cycles(actions, find_action)
    return tuple(dependencies.dependency_cycle.check_subjects(CheckContext(dated_site, RULES), cycles))


def find_paths_with_errors(findings: Iterable[Finding]) -> frozenset[str]:
    """The paths of files that have at least one error."""
    return frozenset(finding.path for finding in findings if finding.rule.level is Level.ERROR)


def group_by_path(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the path of their file, in the order given."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.path].append(finding)
    return {path: tuple(group) for path, group in groups.items()}
