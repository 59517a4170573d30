"""`plansite rules`: explain what check looks for."""

from __future__ import annotations

import click

from plansite.checks.check import RULES
from plansite.checks.rule_pages import as_json, as_text, index, listing, page
from plansite.content.report import did_you_mean
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
        click.echo({"text": listing, "json": as_json, "markdown": index}[form](RULES))
        return
    rule = _rule(name)
    click.echo({"text": as_text(rule), "json": as_json([rule]), "markdown": page(rule)}[form])


def _rule(name: str) -> Rule:
    """The rule of that name or code. Raises click.UsageError."""
    known = {key.casefold(): rule for rule in RULES for key in (rule.name, rule.code)}
    found = known.get(name.strip().casefold())
    if found is None:
        remedy = did_you_mean(name, known) or "“plansite rules” lists them all"
        raise click.UsageError(f"no rule is called “{name}”; {remedy}")
    return found
