"""Everything wrong with a site on a day: what reading noted and what the rules say, less what was set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from plansite.checks import (
    dates,
    deadlines,
    dependencies,
    links,
    ownership,
    plans,
    proof,
    references,
    removed,
    state,
    waivers,
    wording,
)
from plansite.checks.dependencies import Find
from plansite.checks.discretion import without_quotes
from plansite.checks.grounds import Grounds
from plansite.checks.registry import Check
from plansite.checks.waivers import Waivers
from plansite.content import faults, personal_rules
from plansite.content.audience_rules import UNCLEAR_PASSAGE
from plansite.content.settings import FILE
from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level, Rule

_MODULES: tuple[ModuleType, ...] = (
    references,
    ownership,
    dependencies,
    links,
    dates,
    deadlines,
    state,
    proof,
    plans,
    wording,
    waivers,
    removed,
)

CHECKS: tuple[Check[Any], ...] = tuple(
    each for module in _MODULES for each in vars(module).values() if isinstance(each, Check)
)

#: Every rule there is, those of reading included, in the order of their codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*faults.RULES, *personal_rules.RULES, UNCLEAR_PASSAGE, *(check.rule for check in CHECKS)),
        key=lambda rule: rule.code,
    )
)


def check(outlook: Outlook) -> tuple[Finding, ...]:
    """Every finding of a site on a day that was not set aside, in the order of files and lines."""
    return looked_at(outlook, CHECKS)


def looked_at(outlook: Outlook, checks: Iterable[Check[Any]], further: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """What was noted while reading, what these checks find, and `further` findings, less what was set aside."""
    grounds = Grounds(outlook, RULES)
    waived = Waivers.of(grounds)
    seen = (each for each in further if (each.path, each.line, each.field) not in grounds.unreadable)
    found = [*outlook.site.findings, *(finding for each in checks for finding in each(grounds)), *seen]
    left = (each for each in without_quotes(found) if not waived.cover(each))
    return tuple(sorted(left, key=lambda finding: finding.order))


#: The rules that can judge one plan at a time.
NARROW = tuple(each for each in CHECKS if not each.wide)


def check_plan(outlook: Outlook) -> tuple[Finding, ...]:
    """The same for a site of one plan; what can be said of the settings is said with the head of the site."""
    (plan,), rest = outlook.site.plans, outlook.site.rest
    found = looked_at(outlook, NARROW, rest.circles.get(plan.slug, ()) if rest else ())
    return tuple(each for each in found if each.path != FILE)


def check_head(outlook: Outlook) -> tuple[Finding, ...]:
    """The same for what stands above the plans."""
    return looked_at(outlook, NARROW)


def circles_of(outlook: Outlook, actions: Iterable[Action], find: Find) -> tuple[Finding, ...]:
    """Actions of any plans that wait for each other, whoever set that aside."""
    return tuple(dependencies.dependency_cycle.of(Grounds(outlook, RULES), dependencies.circles(actions, find)))


def needs_attention(findings: Iterable[Finding]) -> frozenset[str]:
    """The paths of files with at least one error."""
    return frozenset(finding.path for finding in findings if finding.rule.level is Level.ERROR)


def by_path(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the path of their file, in the order given."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.path].append(finding)
    return {path: tuple(group) for path, group in groups.items()}
