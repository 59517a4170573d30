"""Which findings are waived by `allow`, and which rules can be waived at all."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from plansite.checks.context import CheckContext
from plansite.checks.subjects import Waiver, list_documents, list_plans_with_file, list_waivers
from plansite.content.privacy_rules import is_personal_data_rule
from plansite.deferred_dataclass import dataclass
from plansite.model.findings import Finding, Level, Rule

#: Errors with a lower code mean that a file could not be read.
_FIRST_WAIVABLE_CODE = "PS020"
_REMOVED_RECORD_PREFIX = "PS8"


def is_unwaivable(rule: Rule) -> bool:
    """Whether a rule can never be waived, because a file or a part of one could then disappear unnoticed."""
    return rule.level is Level.ERROR and rule.code < _FIRST_WAIVABLE_CODE


def needs_end_date(rule: Rule) -> bool:
    """Whether a waiver of this rule needs a last day.

    Personal data must be looked at again, and a waiver for one deleted file must not cover files deleted later.
    """
    return is_personal_data_rule(rule) or rule.code.startswith(_REMOVED_RECORD_PREFIX)


def find_waived_rule(waiver: Waiver, rules: Mapping[str, Rule]) -> Rule | None:
    """The rule that a waiver names, by name or code in any case. `rules` are by lower-case name and code."""
    return rules.get(waiver.allow.rule.casefold())


def lacks_end_date(waiver: Waiver, rule: Rule) -> bool:
    """Whether a waiver has no last day although its rule needs one."""
    return needs_end_date(rule) and waiver.allow.until is None


def is_in_force(waiver: Waiver, today: date) -> bool:
    """Whether the last day of a waiver, if it has one, has not passed."""
    return waiver.allow.until is None or waiver.allow.until >= today


@dataclass(frozen=True, slots=True)
class ActiveWaivers:
    """The codes of rules that are waived: for the whole site, by plan, and by file."""

    site_wide: frozenset[str]
    by_plan: Mapping[str, frozenset[str]]
    by_path: Mapping[str, frozenset[str]]
    plan_by_path: Mapping[str, str]

    @classmethod
    def build(cls, context: CheckContext) -> ActiveWaivers:
        """The waivers that name a rule, give a reason and, where it is needed, a last day, and have not expired."""
        site_wide: set[str] = set()
        plans: defaultdict[str, set[str]] = defaultdict(set)
        paths: defaultdict[str, set[str]] = defaultdict(set)
        for waiver in list_waivers(context.site):
            rule = find_waived_rule(waiver, context.rules_by_name)
            if rule is None or is_unwaivable(rule) or lacks_end_date(waiver, rule):
                continue
            if not waiver.allow.reason or not is_in_force(waiver, context.today):
                continue
            scope = site_wide if waiver.site_wide else plans[waiver.plan] if waiver.plan else paths[waiver.path]
            scope.add(rule.code)
        return cls(frozenset(site_wide), _freeze(plans), _freeze(paths), _map_paths_to_plans(context))

    def covers(self, finding: Finding) -> bool:
        """Whether this finding is waived."""
        code, path = finding.rule.code, finding.path
        plan = self.plan_by_path.get(path) or self.plan_by_path.get("/".join(path.split("/")[:3]), "")
        return code in self.site_wide or code in self.by_plan.get(plan, ()) or code in self.by_path.get(path, ())


def _map_paths_to_plans(context: CheckContext) -> dict[str, str]:
    """The plan's slug by the path of each document, and by the folder of each plan."""
    plan_by_path = {document.path: getattr(document, "plan", "") for document in list_documents(context.site)}
    return plan_by_path | {posixpath.dirname(plan.path): plan.slug for plan in list_plans_with_file(context.site)}


def _freeze(groups: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in groups.items()}
