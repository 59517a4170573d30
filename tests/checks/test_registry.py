"""All declared rules have a code, a name and documentation, and are run."""

from __future__ import annotations

import pkgutil
import re

import pytest

from plansite.checks import rules
from plansite.checks.runner import CHECKS, RULES
from plansite.model.findings import Rule


def test_codes_and_names_are_unique() -> None:
    """No two rules share a code or a name, so that setting one aside never sets another aside."""
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_rules_are_in_order() -> None:
    """Rules are listed by code."""
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_explains_itself(rule: Rule) -> None:
    """Each rule has a code, a hyphenated name, a summary that is one sentence or two, and an example."""
    assert re.fullmatch(r"PS[0-689]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)
    summary = rule.doc.partition("\n\n")[0]
    assert summary.endswith(".")
    assert len(summary.split()) <= 40
    assert "\n\nExample:" in rule.doc


def test_every_declared_rule_is_run() -> None:
    """Each declared rule is run once; those about personal data are applied while reading, not as checks."""
    codes = [check.rule.code for check in CHECKS]
    assert len(codes) == len(set(codes))
    assert {rule.code for rule in RULES if "PS100" <= rule.code < "PS900"} == set(codes)


def test_every_module_of_rules_is_registered() -> None:
    """No module in checks/rules is forgotten in the runner: its rules would never be run."""
    modules = {
        module.name for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.") if not module.ispkg
    }
    assert {check.find_violations.__module__ for check in CHECKS} == modules
