"""The documentation of rules, made from the rules themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence

from plansite.checks.waivers import is_firm, needs_last_day
from plansite.content.personal_rules import is_personal
from plansite.model.findings import Rule

_GROUPS = {
    "PS0": "Reading a file",
    "PS1": "Names, links and who answers",
    "PS2": "Dates",
    "PS3": "Where the work stands, and whether it was checked",
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


def summary(rule: Rule) -> str:
    """The first paragraph of its documentation, on one line."""
    return " ".join(rule.doc.partition("\n\n")[0].split())


def page(rule: Rule) -> str:
    """A rule's page in Markdown."""
    return f"# {rule.name}\n\n{rule.code}, {rule.level}.\n\n{rule.doc}\n\n{_aside(rule)}\n"


def _aside(rule: Rule) -> str:
    """How to set it aside, if that can be done."""
    if is_firm(rule):
        return "This rule cannot be set aside."
    if needs_last_day(rule):
        written = f"`allow: [{{rule: {rule.name}, reason: …, until: 2025-06-30}}]`"
        further = " See [personal data](../personal-data.md)." if is_personal(rule) else ""
        return f"To set it aside for a time: {written}. A last day is needed.{further}"
    return f"To set it aside: `allow: [{{rule: {rule.name}, reason: …}}]`."


def index(rules: Sequence[Rule]) -> str:
    """The page that lists all rules, group by group."""
    parts = [_INTRODUCTION]
    for start, title in _GROUPS.items():
        rows = [_row(rule) for rule in rules if rule.code.startswith(start)]
        parts.append("\n".join([f"## {title}\n", "| code | rule | level | what |", "|---|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    what = summary(rule).replace("|", "\\|")
    return f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.level} | {what} |"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """All pages by file name."""
    return {"index.md": index(rules), **{f"{rule.name}.md": page(rule) for rule in rules}}


def listing(rules: Sequence[Rule]) -> str:
    """The rules in columns, for a terminal."""
    widest = max((len(rule.name) for rule in rules), default=0)
    return "\n".join(f"{rule.code}  {rule.name:<{widest}}  {rule.level:<7}  {summary(rule)}" for rule in rules)


def as_text(rule: Rule) -> str:
    """One rule, for a terminal."""
    aside = "\n\nThis rule cannot be set aside." if is_firm(rule) else ""
    return f"{rule.code} {rule.name} ({rule.level})\n\n{rule.doc}{aside}"


def as_json(rules: Sequence[Rule]) -> str:
    """The rules as a list of objects with the same keys in the same order."""
    rows = [
        {"code": rule.code, "name": rule.name, "level": rule.level.value, "summary": summary(rule), "doc": rule.doc}
        for rule in rules
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)
