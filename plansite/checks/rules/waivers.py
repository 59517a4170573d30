"""Rules set aside with `allow`: where that holds, and where it cannot."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plansite.checks.context import CheckContext, Waiver
from plansite.checks.registry import Violation, rule
from plansite.content.privacy_rules import is_personal_data_rule
from plansite.content.report import quote_text
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_long_date

_FIRST_WAIVABLE_CODE = "PS020"
_REMOVED_RECORD_PREFIX = "PS8"


def is_unwaivable(rule: Rule) -> bool:
    """Whether a rule can never be set aside: without it, a file or a part of one could vanish from sight."""
    return rule.level is Level.ERROR and rule.code < _FIRST_WAIVABLE_CODE


def needs_end_date(rule: Rule) -> bool:
    """Whether a rule can be set aside for a time only.

    What is said of a person must not be forgotten, and leave to delete one file is no leave to delete all later ones.
    """
    return is_personal_data_rule(rule) or rule.code.startswith(_REMOVED_RECORD_PREFIX)


def _violation(waiver: Waiver, message: str, remedy: str) -> Violation:
    return Violation(waiver.path, waiver.line, message, remedy, "allow")


def find_waived_rule(waiver: Waiver, rules: Mapping[str, Rule]) -> Rule | None:
    """The rule that a waiver names, by name or by code, whatever the case."""
    return rules.get(waiver.allow.rule.casefold())


@rule("PS601", Level.WARNING, CheckContext.waivers)
def unknown_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule that does not exist, so it sets nothing aside.

    Example: `allow: [{rule: silent-actions, reason: …}]`. Write `rule: silent-action`.
    """
    if waiver.allow.rule and find_waived_rule(waiver, context.rules_by_name) is None:
        remedy = context.rule_suggestions.format_suggestion(waiver.allow.rule, "“plansite rules” lists the names")
        yield _violation(waiver, f"no rule is called {quote_text(waiver.allow.rule)}", remedy)


@rule("PS602", Level.WARNING, CheckContext.waivers)
def unexplained_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` gives no reason, so it sets nothing aside.

    Whoever reads the file next year must be able to tell whether the reason still holds.

    Example: `allow: [{rule: missing-owner, reason: ""}]`. Write `reason: The post is being filled`.
    """
    reported = (waiver.path, "reason") in context.missing_fields
    if not waiver.allow.reason and not reported:
        message = f"nobody says why {quote_text(waiver.allow.rule)} is set aside"
        yield _violation(waiver, message, "add `reason:`; until then the rule holds")


@rule("PS603", Level.HINT, CheckContext.waivers)
def expired_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """The last day of an `allow` has passed, so the rule holds again.

    Example: `until: 2025-01-10`, and it is 20 January. Take the entry out, or give a later day.
    """
    if not _is_in_force(waiver, context.today) and waiver.allow.until:
        message = f"{quote_text(waiver.allow.rule)} was set aside until {format_long_date(waiver.allow.until)}"
        yield _violation(waiver, message, "take the entry out, or give a later day and the reason")


@rule("PS604", Level.WARNING, CheckContext.waivers)
def refused_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule that cannot be set aside.

    Those rules keep unreadable files in sight. Nothing may be lost without anybody noticing.

    Example: `allow: [{rule: not-utf-8, reason: An old file}]`. Save the file as UTF-8.
    """
    rule = find_waived_rule(waiver, context.rules_by_name)
    if rule and is_unwaivable(rule):
        yield _violation(
            waiver, f"{quote_text(rule.name)} cannot be set aside", "mend the file, and take this entry out"
        )


@rule("PS605", Level.WARNING, CheckContext.waivers)
def endless_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule about personal data or about what was deleted, with no last day, so it sets nothing aside.

    The reason may be good today. Somebody has to look again, or the data stays in the plan for ever, and anything may
    be deleted.

    Example: `allow: [{rule: postcode, reason: The day centre's address}]`. Add `until: 2025-06-30`.
    """
    rule = find_waived_rule(waiver, context.rules_by_name)
    if rule and _lacks_end_date(waiver, rule):
        message = f"{quote_text(rule.name)} can be set aside for a time only"
        yield _violation(waiver, message, "add `until:` with the last day; until then the rule holds")


def _lacks_end_date(waiver: Waiver, rule: Rule) -> bool:
    return needs_end_date(rule) and waiver.allow.until is None


def _is_in_force(waiver: Waiver, today: date) -> bool:
    return waiver.allow.until is None or waiver.allow.until >= today


@dataclass(frozen=True, slots=True)
class ActiveWaivers:
    """The codes of rules that are set aside: for the whole site, by plan, and by file."""

    site_wide: frozenset[str]
    by_plan: Mapping[str, frozenset[str]]
    by_path: Mapping[str, frozenset[str]]
    plan_by_path: Mapping[str, str]

    @classmethod
    def build(cls, context: CheckContext) -> ActiveWaivers:
        """Those that name a rule, give a reason and, where it is needed, a last day, and have not run out."""
        whole: set[str] = set()
        plans: defaultdict[str, set[str]] = defaultdict(set)
        paths: defaultdict[str, set[str]] = defaultdict(set)
        for waiver in context.waivers():
            rule = find_waived_rule(waiver, context.rules_by_name)
            if rule is None or is_unwaivable(rule) or _lacks_end_date(waiver, rule):
                continue
            if not waiver.allow.reason or not _is_in_force(waiver, context.today):
                continue
            scope = whole if waiver.site_wide else plans[waiver.plan] if waiver.plan else paths[waiver.path]
            scope.add(rule.code)
        return cls(frozenset(whole), _freeze(plans), _freeze(paths), _map_paths_to_plans(context))

    def covers(self, finding: Finding) -> bool:
        """Whether this finding was set aside."""
        code, path = finding.rule.code, finding.path
        plan = self.plan_by_path.get(path) or self.plan_by_path.get("/".join(path.split("/")[:3]), "")
        return code in self.site_wide or code in self.by_plan.get(plan, ()) or code in self.by_path.get(path, ())


def _map_paths_to_plans(context: CheckContext) -> dict[str, str]:
    """The plan of each document by its path, and of each plan's folder."""
    own = {document.path: getattr(document, "plan", "") for document in context.documents()}
    return own | {posixpath.dirname(plan.path): plan.slug for plan in context.plans()}


def _freeze(groups: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in groups.items()}
