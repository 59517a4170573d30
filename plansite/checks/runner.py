"""Everything wrong with a site on a day: what reading noted and what the rules say, less what was set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from plansite.checks.context import CheckContext
from plansite.checks.redaction import redact_quotations
from plansite.checks.registry import RuleCheck
from plansite.checks.rules import (
    dates,
    deadlines,
    dependencies,
    links,
    ownership,
    plans,
    references,
    removed,
    statuses,
    verification,
    waivers,
    wording,
)
from plansite.checks.rules.dependencies import FindAction
from plansite.checks.rules.waivers import ActiveWaivers
from plansite.content import parse_rules, privacy_rules
from plansite.content.privacy_rules import UNCLEAR_PASSAGE
from plansite.content.settings import SETTINGS_FILE
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding, Level, Rule

_RULE_MODULES: tuple[ModuleType, ...] = (
    references,
    ownership,
    dependencies,
    links,
    dates,
    deadlines,
    statuses,
    verification,
    plans,
    wording,
    waivers,
    removed,
)

CHECKS: tuple[RuleCheck[Any], ...] = tuple(
    each for module in _RULE_MODULES for each in vars(module).values() if isinstance(each, RuleCheck)
)

#: Every rule there is, those of reading included, in the order of their codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *parse_rules.PARSE_RULES,
            *privacy_rules.PERSONAL_DATA_RULES,
            UNCLEAR_PASSAGE,
            *(check.rule for check in CHECKS),
        ),
        key=lambda rule: rule.code,
    )
)


def run_all_checks(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """Every finding of a site on a day that was not set aside, in the order of files and lines."""
    return run_checks(dated_site, CHECKS)


def run_checks(
    dated_site: SiteOnDate, checks: Iterable[RuleCheck[Any]], extra: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """What was noted while reading, what these checks find, and `further` findings, less what was set aside."""
    grounds = CheckContext(dated_site, RULES)
    waived = ActiveWaivers.build(grounds)
    seen = (each for each in extra if (each.path, each.line, each.field) not in grounds.unreadable_fields)
    found = [*dated_site.site.findings, *(finding for each in checks for finding in each(grounds)), *seen]
    left = (each for each in redact_quotations(found) if not waived.covers(each))
    return tuple(sorted(left, key=lambda finding: finding.sort_key))


#: The rules that can judge one plan at a time.
PLAN_CHECKS = tuple(each for each in CHECKS if not each.needs_all_plans)


def check_plan(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """The same for a site of one plan; what can be said of the settings is said with the head of the site."""
    (plan,), rest = dated_site.site.plans, dated_site.site.cross_plan
    found = run_checks(dated_site, PLAN_CHECKS, rest.dependency_cycles.get(plan.slug, ()) if rest else ())
    return tuple(each for each in found if each.path != SETTINGS_FILE)


def check_site_content(dated_site: SiteOnDate) -> tuple[Finding, ...]:
    """The same for what stands above the plans."""
    return run_checks(dated_site, PLAN_CHECKS)


def find_dependency_cycles(
    dated_site: SiteOnDate, actions: Iterable[Action], find_action: FindAction
) -> tuple[Finding, ...]:
    """Actions of any plans that wait for each other, whoever set that aside."""
    return tuple(
        dependencies.dependency_cycle.check_subjects(
            CheckContext(dated_site, RULES), dependencies.find_cycles(actions, find_action)
        )
    )


def find_paths_with_errors(findings: Iterable[Finding]) -> frozenset[str]:
    """The paths of files with at least one error."""
    return frozenset(finding.path for finding in findings if finding.rule.level is Level.ERROR)


def group_by_path(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the path of their file, in the order given."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.path].append(finding)
    return {path: tuple(group) for path, group in groups.items()}
