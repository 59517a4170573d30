"""Rules set aside with `allow`: where that holds, and where it cannot."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plansite.checks.grounds import Grounds, Waiver
from plansite.checks.registry import Said, rule
from plansite.content.personal_rules import is_personal
from plansite.content.report import shown
from plansite.model.findings import Finding, Level, Rule
from plansite.model.words import long_date

_FIRST_THAT_CAN_BE_SET_ASIDE = "PS020"
_TAKEN_AWAY = "PS8"


def is_firm(rule: Rule) -> bool:
    """Whether a rule can never be set aside: without it, a file or a part of one could vanish from sight."""
    return rule.level is Level.ERROR and rule.code < _FIRST_THAT_CAN_BE_SET_ASIDE


def needs_last_day(rule: Rule) -> bool:
    """Whether a rule can be set aside for a time only.

    What is said of a person must not be forgotten, and leave to delete one file is no leave to delete all later ones.
    """
    return is_personal(rule) or rule.code.startswith(_TAKEN_AWAY)


def _said(waiver: Waiver, message: str, remedy: str) -> Said:
    return Said(waiver.path, waiver.line, message, remedy, "allow")


def named(waiver: Waiver, rules: Mapping[str, Rule]) -> Rule | None:
    """The rule that a waiver names, by name or by code, whatever the case."""
    return rules.get(waiver.allow.rule.casefold())


@rule("PS601", Level.WARNING, Grounds.waivers)
def unknown_waiver(grounds: Grounds, waiver: Waiver) -> Iterator[Said]:
    """`allow` names a rule that does not exist, so it sets nothing aside.

    Example: `allow: [{rule: silent-actions, reason: …}]`. Write `rule: silent-action`.
    """
    if waiver.allow.rule and named(waiver, grounds.rules_by_name) is None:
        remedy = grounds.near_rules.advice(waiver.allow.rule, "“plansite rules” lists the names")
        yield _said(waiver, f"no rule is called {shown(waiver.allow.rule)}", remedy)


@rule("PS602", Level.WARNING, Grounds.waivers)
def unexplained_waiver(grounds: Grounds, waiver: Waiver) -> Iterator[Said]:
    """`allow` gives no reason, so it sets nothing aside.

    Whoever reads the file next year must be able to tell whether the reason still holds.

    Example: `allow: [{rule: missing-owner, reason: ""}]`. Write `reason: The post is being filled`.
    """
    reported = (waiver.path, "reason") in grounds.missing_fields
    if not waiver.allow.reason and not reported:
        message = f"nobody says why {shown(waiver.allow.rule)} is set aside"
        yield _said(waiver, message, "add `reason:`; until then the rule holds")


@rule("PS603", Level.HINT, Grounds.waivers)
def expired_waiver(grounds: Grounds, waiver: Waiver) -> Iterator[Said]:
    """The last day of an `allow` has passed, so the rule holds again.

    Example: `until: 2025-01-10`, and it is 20 January. Take the entry out, or give a later day.
    """
    if not _in_time(waiver, grounds.today) and waiver.allow.until:
        message = f"{shown(waiver.allow.rule)} was set aside until {long_date(waiver.allow.until)}"
        yield _said(waiver, message, "take the entry out, or give a later day and the reason")


@rule("PS604", Level.WARNING, Grounds.waivers)
def refused_waiver(grounds: Grounds, waiver: Waiver) -> Iterator[Said]:
    """`allow` names a rule that cannot be set aside.

    Those rules keep unreadable files in sight. Nothing may be lost without anybody noticing.

    Example: `allow: [{rule: not-utf-8, reason: An old file}]`. Save the file as UTF-8.
    """
    rule = named(waiver, grounds.rules_by_name)
    if rule and is_firm(rule):
        yield _said(waiver, f"{shown(rule.name)} cannot be set aside", "mend the file, and take this entry out")


@rule("PS605", Level.WARNING, Grounds.waivers)
def endless_waiver(grounds: Grounds, waiver: Waiver) -> Iterator[Said]:
    """`allow` names a rule about personal data or about what was deleted, with no last day, so it sets nothing aside.

    The reason may be good today. Somebody has to look again, or the data stays in the plan for ever, and anything may
    be deleted.

    Example: `allow: [{rule: postcode, reason: The day centre's address}]`. Add `until: 2025-06-30`.
    """
    rule = named(waiver, grounds.rules_by_name)
    if rule and _is_endless(waiver, rule):
        message = f"{shown(rule.name)} can be set aside for a time only"
        yield _said(waiver, message, "add `until:` with the last day; until then the rule holds")


def _is_endless(waiver: Waiver, rule: Rule) -> bool:
    return needs_last_day(rule) and waiver.allow.until is None


def _in_time(waiver: Waiver, today: date) -> bool:
    return waiver.allow.until is None or waiver.allow.until >= today


@dataclass(frozen=True, slots=True)
class Waivers:
    """The codes of rules that are set aside: for the whole site, by plan, and by file."""

    whole: frozenset[str]
    by_plan: Mapping[str, frozenset[str]]
    by_path: Mapping[str, frozenset[str]]
    plan_of: Mapping[str, str]

    @classmethod
    def of(cls, grounds: Grounds) -> Waivers:
        """Those that name a rule, give a reason and, where it is needed, a last day, and have not run out."""
        whole: set[str] = set()
        plans: defaultdict[str, set[str]] = defaultdict(set)
        paths: defaultdict[str, set[str]] = defaultdict(set)
        for waiver in grounds.waivers():
            rule = named(waiver, grounds.rules_by_name)
            if rule is None or is_firm(rule) or _is_endless(waiver, rule):
                continue
            if not waiver.allow.reason or not _in_time(waiver, grounds.today):
                continue
            scope = whole if waiver.whole else plans[waiver.plan] if waiver.plan else paths[waiver.path]
            scope.add(rule.code)
        return cls(frozenset(whole), _frozen(plans), _frozen(paths), _plans_of(grounds))

    def cover(self, finding: Finding) -> bool:
        """Whether this finding was set aside."""
        code, path = finding.rule.code, finding.path
        plan = self.plan_of.get(path) or self.plan_of.get("/".join(path.split("/")[:3]), "")
        return code in self.whole or code in self.by_plan.get(plan, ()) or code in self.by_path.get(path, ())


def _plans_of(grounds: Grounds) -> dict[str, str]:
    """The plan of each document by its path, and of each plan's folder."""
    own = {document.path: getattr(document, "plan", "") for document in grounds.documents()}
    return own | {posixpath.dirname(plan.path): plan.slug for plan in grounds.plans()}


def _frozen(groups: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in groups.items()}
