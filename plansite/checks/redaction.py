"""What may be told of a finding: its place and its kind, and nothing of the personal data that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.content.privacy_rules import is_personal_data_rule
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.personal_data.matches import Match, drop_overlaps
from plansite.personal_data.scan import find_matches_in_name, mask_matches

#: What a message quotes. Words of the rules themselves, such as “completed”, have neither digit nor sign nor cut.
_QUOTATION = re.compile(r"“[^”]*”")
_REVEALING = re.compile(r"[\d@%•…]|\bat\b")
_ELIDED = "“…”"
_NO_NAMES = ListedNames({})


def redact_quotations(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The same findings, but where a file holds personal data no other rule quotes from it.

    A quotation may be cut in the middle of a number, so it is left out and not searched.
    """
    told = {(finding.path, finding.line) for finding in findings if is_personal_data_rule(finding.rule)}
    if not told:
        return findings
    paths = {path for path, _ in told}
    own = [_redact_quotation(each, _REVEALING) if each.path in paths else each for each in findings]
    return [_drop_remedy(each) if (each.path, each.line) in told else each for each in own]


def redact_findings(findings: Iterable[Finding], names: ListedNames = _NO_NAMES) -> tuple[Finding, ...]:
    """Findings as they are printed: paths and words without what looks like personal data or a listed name."""
    return tuple(_redact_findings(findings, names))


def _redact_findings(findings: Iterable[Finding], names: ListedNames) -> Iterator[Finding]:
    found = redact_quotations(tuple(findings))
    named = {each.path for each in found if each.rule.name == "listed-name"}
    for finding in found:
        if finding.path in named and not is_personal_data_rule(finding.rule):
            finding = _redact_quotation(finding, re.compile(""))
        path, message, remedy = (_redact_text(text, names) for text in (finding.path, finding.message, finding.remedy))
        if (path, message, remedy) != (finding.path, finding.message, finding.remedy):
            finding = replace(finding, path=path, message=message, remedy=remedy)
        yield finding


def _redact_quotation(finding: Finding, revealing: re.Pattern[str]) -> Finding:
    message, remedy = (
        _QUOTATION.sub(lambda quoted: _ELIDED if revealing.search(quoted.group()) else quoted.group(), text)
        for text in (finding.message, finding.remedy)
    )
    return replace(finding, message=message, remedy=remedy)


def _drop_remedy(finding: Finding) -> Finding:
    """A remedy may be made of the value, as "if you mean 17 September 1948"."""
    return replace(finding, remedy="") if re.search(r"\d", finding.remedy) else finding


def _redact_text(text: str, names: ListedNames) -> str:
    return mask_matches(text, drop_overlaps(_find_matches(text, names)))


def _find_matches(text: str, names: ListedNames) -> Iterator[Match]:
    yield from find_matches_in_name(text)
    if names.by_first_word:
        yield from names.find_matches(text, allow_lower_case=True)
