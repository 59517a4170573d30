"""The documentation of rules, generated from the rules themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence

from plansite.checks.waivers import is_unwaivable, needs_end_date
from plansite.content.privacy_rules import is_personal_data_rule
from plansite.model.findings import Rule

#: Headings of the index, by the first letters of the rules' codes.
_GROUPS = {
    "PS0": "Reading a file",
    "PS1": "Names, links and who answers",
    "PS2": "Dates",
    "PS3": "Progress of the work, and checks",
    "PS4": "Plans",
    "PS5": "Words",
    "PS6": "Rules set aside",
    "PS8": "What was taken away",
    "PS9": "Personal data",
}
_INTRODUCTION = """# What check looks for

`plansite check` lists everything below that it finds in a site, with the file, the line and what to do.
An error means that a page is wrong or a file cannot be read. A warning means that something is missing or cannot be
true. A hint is a question, and you may leave it.

To set a rule aside, write `allow` in the front matter of a file, in a plan's `plan.md` for all its files, or in
`plansite.yaml` for the whole site. A reason is needed. A last day is optional, but for personal data and for what was
deleted it is needed too.

```yaml
allow:
  - {rule: silent-action, reason: Waiting for the court date, until: 2025-06-30}
```
"""


def render_rule_page(rule: Rule) -> str:
    """A rule's page in Markdown."""
    return f"# {rule.name}\n\n{rule.code}, {rule.level}.\n\n{rule.doc}\n\n{_describe_waiver(rule)}\n"


def _describe_waiver(rule: Rule) -> str:
    """How to waive a rule, or that it cannot be waived."""
    if is_unwaivable(rule):
        return "This rule cannot be set aside."
    if needs_end_date(rule):
        entry = f"`allow: [{{rule: {rule.name}, reason: …, until: 2025-06-30}}]`"
        link = " See [personal data](../personal-data.md)." if is_personal_data_rule(rule) else ""
        return f"To set it aside for a time: {entry}. A last day is needed.{link}"
    return f"To set it aside: `allow: [{{rule: {rule.name}, reason: …}}]`."


def render_rule_index(rules: Sequence[Rule]) -> str:
    """The page that lists all rules by group, in Markdown."""
    parts = [_INTRODUCTION]
    for prefix, title in _GROUPS.items():
        rows = [_render_row(rule) for rule in rules if rule.code.startswith(prefix)]
        parts.append("\n".join([f"## {title}\n", "| code | rule | level | what |", "|---|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _render_row(rule: Rule) -> str:
    summary = rule.summary.replace("|", "\\|")
    return f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.level} | {summary} |"


def render_rule_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The index and a page for each rule, by file name."""
    return {"index.md": render_rule_index(rules), **{f"{rule.name}.md": render_rule_page(rule) for rule in rules}}


def format_rule_list(rules: Sequence[Rule]) -> str:
    """The rules in columns, for a terminal."""
    width = max((len(rule.name) for rule in rules), default=0)
    return "\n".join(f"{rule.code}  {rule.name:<{width}}  {rule.level:<7}  {rule.summary}" for rule in rules)


def format_rule(rule: Rule) -> str:
    """One rule, for a terminal."""
    note = "\n\nThis rule cannot be set aside." if is_unwaivable(rule) else ""
    return f"{rule.code} {rule.name} ({rule.level})\n\n{rule.doc}{note}"


def format_rules_json(rules: Sequence[Rule]) -> str:
    """The rules as a JSON list of objects, all with the same keys in the same order."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "level": rule.level.value,
            "summary": rule.summary,
            "doc": rule.doc,
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)
