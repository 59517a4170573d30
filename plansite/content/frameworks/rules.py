"""The rules for faults in the files of frameworks."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

UNUSABLE_IDENTIFIER = Rule(
    "PS056",
    "unusable-identifier",
    Level.ERROR,
    """The identifier of a framework or standard cannot be used, so that nothing can name it.

It consists of letters, digits, hyphens and dots, and no other standard of the framework, or framework of the site, has
it. A framework with the identifier of one that comes with plansite takes its place.

Example: two standards with `id: falls`. Give one of them another.""",
)
UNKNOWN_MAPPING = Rule(
    "PS057",
    "unknown-mapping",
    Level.WARNING,
    """A standard maps to one that no framework has, or replaces one.

Example: `maps_to: [cqc-saf/safegarding]`. Write `cqc-saf/safeguarding`.""",
)

FRAMEWORK_RULES: tuple[Rule, ...] = tuple(rule for rule in vars().values() if isinstance(rule, Rule))
