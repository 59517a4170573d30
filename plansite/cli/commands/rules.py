"""`plansite rules`: explain what check looks for."""

from __future__ import annotations

import click

from plansite.checks.rule_docs import (
    format_rule,
    format_rule_list,
    format_rules_json,
    render_rule_index,
    render_rule_page,
)
from plansite.checks.runner import RULES
from plansite.cli.questions import look_up
from plansite.content.report import find_nearest, format_question
from plansite.lookup import CorrectableError
from plansite.model.findings import Rule


@click.command(name="rules")
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text to read, json for programs, markdown for a page.",
)
def command(name: str | None, form: str) -> None:
    """Explain what check looks for: all rules in a list, or the one of that NAME or code."""
    if name is None:
        click.echo({"text": format_rule_list, "json": format_rules_json, "markdown": render_rule_index}[form](RULES))
        return
    rule = look_up(_find_rule, name)
    click.echo({"text": format_rule(rule), "json": format_rules_json([rule]), "markdown": render_rule_page(rule)}[form])


def _find_rule(name: str) -> Rule:
    """The rule of that name or code, in any case. Raises CorrectableError."""
    rules = {key.casefold(): rule for rule in RULES for key in (rule.name, rule.code)}
    rule = rules.get(name.strip().casefold())
    if rule is None:
        nearest = find_nearest(name, rules)
        remedy = format_question(nearest) or "“plansite rules” lists them all"
        raise CorrectableError(f"no rule is called “{name}”; {remedy}", nearest)
    return rule
