"""Which linked files a copy for fewer than internal readers does not get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plansite.checks.rules.evidence import published_files
from plansite.checks.runner import RULES
from plansite.checks.subjects import Waiver
from plansite.checks.waivers import find_waived_rule, is_in_force, lacks_end_date
from plansite.model.documents.records.waivers import Allow
from plansite.model.evidence.file_report import FileReport
from plansite.model.findings import Rule
from plansite.pipeline.linked_files.document_links import DocumentLinks

_RULES_BY_NAME: Mapping[str, Rule] = {name.casefold(): rule for rule in RULES for name in (rule.name, rule.code)}


def find_withheld_files(
    documents: Mapping[str, tuple[DocumentLinks, ...]],
    reports: Mapping[str, FileReport],
    allow: tuple[Allow, ...],
    today: date,
) -> frozenset[str]:
    """The paths of files in which something was found that any document with a link to them does not allow.

    `documents` are those that link to each file, `allow` the rules that the settings set aside. A file is published
    where every document that shows it allows it, since a reader of one of them gets the file of all.
    """
    site_wide = _list_allowed(allow, today)
    withheld = set[str]()
    for path, report in reports.items():
        rules = published_files.list_withholding_rules(report) - site_wide
        if rules and any(rules - _list_allowed(each.allow, today) for each in documents.get(path, ())):
            withheld.add(path)
    return frozenset(withheld)


def _list_allowed(allow: Iterable[Allow], today: date) -> frozenset[str]:
    """The codes of the rules that are set aside today, each with a reason."""
    waivers = (Waiver(each, "") for each in allow if each.reason)
    in_force = ((waiver, find_waived_rule(waiver, _RULES_BY_NAME)) for waiver in waivers if is_in_force(waiver, today))
    return frozenset(rule.code for waiver, rule in in_force if rule and not lacks_end_date(waiver, rule))
