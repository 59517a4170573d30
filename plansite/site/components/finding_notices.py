"""Findings in the wording of pages, with the address at which a file can be corrected."""

from __future__ import annotations

import re

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.model.links.repository import edit_url


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNotice:
    """A finding on a page, in sentences; `edit` is the address at which the file can be corrected."""

    where: str
    path: str
    message: str
    remedy: str
    rule: str
    level: str
    edit: str = ""


def build_finding_notice(dated_site: SiteOnDate, finding: Finding) -> FindingNotice:
    """A finding in the wording of pages, with the address at which the file can be edited."""
    return FindingNotice(
        where=f"Line {finding.line}" if finding.line else "The file",
        path=finding.path,
        message=_format_sentence(_replace_backticks(finding.message)),
        remedy=_format_sentence(_replace_backticks(finding.remedy)),
        rule=finding.rule.name,
        level=finding.rule.level,
        edit=edit_url(dated_site.site, finding.path),
    )


def _replace_backticks(text: str) -> str:
    """Backticks, which findings use in the terminal, as quotation marks."""
    return re.sub(r"`([^`]*)`", r"“\1”", text)


def _format_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('?', '.', '!')) else '.'}" if text else ""
