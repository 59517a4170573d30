"""Findings without the personal data that their messages, remedies or paths may quote."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.content.privacy_rules import is_personal_data_rule
from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.personal_data.matches import Match, drop_overlaps
from plansite.personal_data.scan import find_matches_in_name, mask_matches

#: A quotation in a message. It may reveal something if it has a digit, a sign or an ellipsis: “completed” does not.
_QUOTATION = compile_lazily(r"“[^”]*”")
_REVEALING = compile_lazily(r"[\d@%•…]|\bat\b")
_ANY = compile_lazily("")
_ELIDED = "“…”"
_NO_NAMES = ListedNames({})


def redact_quotations(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Findings without quotations from files that contain personal data, and without remedies that may quote it.

    A quotation may be cut in the middle of a number, so it is replaced as a whole instead of being searched.
    """
    locations = {(finding.path, finding.line) for finding in findings if is_personal_data_rule(finding.rule)}
    if not locations:
        return findings
    paths = {path for path, _ in locations}
    redacted = [_redact_quotation(finding, _REVEALING) if finding.path in paths else finding for finding in findings]
    return [_drop_remedy(finding) if (finding.path, finding.line) in locations else finding for finding in redacted]


def redact_findings(findings: Iterable[Finding], names: ListedNames = _NO_NAMES) -> tuple[Finding, ...]:
    """Findings for printing: paths, messages and remedies without what looks like personal data or a listed name."""
    return tuple(_redact_findings(findings, names))


def _redact_findings(findings: Iterable[Finding], names: ListedNames) -> Iterator[Finding]:
    redacted = redact_quotations(tuple(findings))
    paths_with_names = {finding.path for finding in redacted if finding.rule.name == "listed-name"}
    redact_text = functools.cache(lambda text: _redact_text(text, names))  # many findings have the same path or remedy
    for finding in redacted:
        if finding.path in paths_with_names and not is_personal_data_rule(finding.rule):
            finding = _redact_quotation(finding, _ANY)
        path, message, remedy = map(redact_text, (finding.path, finding.message, finding.remedy))
        if (path, message, remedy) != (finding.path, finding.message, finding.remedy):
            finding = replace(finding, path=path, message=message, remedy=remedy)
        yield finding


def _redact_quotation(finding: Finding, revealing: re.Pattern[str]) -> Finding:
    """A finding with “…” for each quotation in which the pattern is found."""
    message, remedy = (
        _QUOTATION.sub(lambda match: _ELIDED if revealing.search(match.group()) else match.group(), text)
        for text in (finding.message, finding.remedy)
    )
    return replace(finding, message=message, remedy=remedy)


def _drop_remedy(finding: Finding) -> Finding:
    """A finding without its remedy if that has a digit: it may repeat the value ("if you mean 17 September 1948")."""
    return replace(finding, remedy="") if re.search(r"\d", finding.remedy) else finding


def _redact_text(text: str, names: ListedNames) -> str:
    return mask_matches(text, drop_overlaps(_find_matches(text, names)))


def _find_matches(text: str, names: ListedNames) -> Iterator[Match]:
    yield from find_matches_in_name(text)
    if names.by_first_word:
        yield from names.find_matches(text, allow_lower_case=True)
