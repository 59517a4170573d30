"""Rules about waivers: entries of `allow` that have no effect, or no longer have any."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, rule
from plansite.checks.subjects import Waiver, list_waivers
from plansite.checks.waivers import find_waived_rule, is_in_force, is_unwaivable, lacks_end_date
from plansite.content.report import quote_text
from plansite.model.findings import Fix, Level
from plansite.model.formatting import format_long_date


def _violation(waiver: Waiver, message: str, remedy: str, fix: Fix | None = None) -> Violation:
    return Violation(waiver.path, waiver.line, message, remedy, "allow", fix)


@rule("PS601", Level.WARNING, list_waivers)
def unknown_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule that does not exist, so it has no effect.

    Example: `allow: [{rule: silent-actions, reason: …}]`. Write `rule: silent-action`.
    """
    if waiver.allow.rule and find_waived_rule(waiver, context.rules_by_name) is None:
        remedy, instead = context.rule_suggestions.suggest(waiver.allow.rule, "“plansite rules” lists the names")
        fix = Fix(waiver.line, *instead) if waiver.line and all(instead) else None
        yield _violation(waiver, f"no rule is called {quote_text(waiver.allow.rule)}", remedy, fix)


@rule("PS602", Level.WARNING, list_waivers)
def unexplained_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` gives no reason, so it has no effect.

    Next year's reader must be able to see whether the reason still applies.

    Example: `allow: [{rule: missing-owner, reason: ""}]`. Write `reason: The post is being filled`.
    """
    reported = (waiver.path, "reason") in context.missing_fields
    if not waiver.allow.reason and not reported:
        message = f"no reason is given for setting {quote_text(waiver.allow.rule)} aside"
        yield _violation(waiver, message, "add `reason:`; until then the rule applies")


@rule("PS603", Level.HINT, list_waivers)
def expired_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """The last day of an `allow` has passed, so the rule applies again.

    Example: `until: 2025-01-10`, and it is 20 January. Take the entry out, or give a later day.
    """
    if not is_in_force(waiver, context.today) and waiver.allow.until:
        message = f"{quote_text(waiver.allow.rule)} was set aside until {format_long_date(waiver.allow.until)}"
        yield _violation(waiver, message, "take the entry out, or give a later day and the reason")


@rule("PS604", Level.WARNING, list_waivers)
def refused_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule that cannot be set aside.

    Those rules report files that cannot be read, so that their content is not lost unnoticed.

    Example: `allow: [{rule: not-utf-8, reason: An old file}]`. Save the file as UTF-8.
    """
    rule = find_waived_rule(waiver, context.rules_by_name)
    if rule and is_unwaivable(rule):
        yield _violation(
            waiver, f"{quote_text(rule.name)} cannot be set aside", "correct the file, and take this entry out"
        )


@rule("PS605", Level.WARNING, list_waivers)
def endless_waiver(context: CheckContext, waiver: Waiver) -> Iterator[Violation]:
    """`allow` names a rule about personal data or about what was deleted, with no last day, so it has no effect.

    The reason may be good today, but somebody has to look again. Otherwise the data would stay in the plan for ever,
    and any file could be deleted.

    Example: `allow: [{rule: postcode, reason: The day centre's address}]`. Add `until: 2025-06-30`.
    """
    rule = find_waived_rule(waiver, context.rules_by_name)
    if rule and lacks_end_date(waiver, rule):
        message = f"{quote_text(rule.name)} can only be set aside until a stated day"
        yield _violation(waiver, message, "add `until:` with the last day; until then the rule applies")
