"""What may be told of a finding: its place and its kind, and nothing of the personal data that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.content.personal_rules import is_personal
from plansite.model.findings import Finding
from plansite.personal.look import masked, sightings_in_name
from plansite.personal.names import Names
from plansite.personal.sighting import Sighting, apart

#: What a message quotes. Words of the rules themselves, such as “completed”, have neither digit nor sign nor cut.
_QUOTED = re.compile(r"“[^”]*”")
_TELLING = re.compile(r"[\d@%•…]|\bat\b")
_ELIDED = "“…”"
_NOBODY = Names({})


def without_quotes(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The same findings, but where a file holds personal data no other rule quotes from it.

    A quotation may be cut in the middle of a number, so it is left out and not searched.
    """
    told = {(finding.path, finding.line) for finding in findings if is_personal(finding.rule)}
    if not told:
        return findings
    paths = {path for path, _ in told}
    own = [_unquoted(each, _TELLING) if each.path in paths else each for each in findings]
    return [_without_advice(each) if (each.path, each.line) in told else each for each in own]


def discreet(findings: Iterable[Finding], names: Names = _NOBODY) -> tuple[Finding, ...]:
    """Findings as they are printed: paths and words without what looks like personal data or a listed name."""
    return tuple(_discreet(findings, names))


def _discreet(findings: Iterable[Finding], names: Names) -> Iterator[Finding]:
    found = without_quotes(tuple(findings))
    named = {each.path for each in found if each.rule.name == "listed-name"}
    for finding in found:
        if finding.path in named and not is_personal(finding.rule):
            finding = _unquoted(finding, re.compile(""))
        path, message, remedy = (_masked(text, names) for text in (finding.path, finding.message, finding.remedy))
        if (path, message, remedy) != (finding.path, finding.message, finding.remedy):
            finding = replace(finding, path=path, message=message, remedy=remedy)
        yield finding


def _unquoted(finding: Finding, telling: re.Pattern[str]) -> Finding:
    message, remedy = (
        _QUOTED.sub(lambda quoted: _ELIDED if telling.search(quoted.group()) else quoted.group(), text)
        for text in (finding.message, finding.remedy)
    )
    return replace(finding, message=message, remedy=remedy)


def _without_advice(finding: Finding) -> Finding:
    """A remedy may be made of the value, as "if you mean 17 September 1948"."""
    return replace(finding, remedy="") if re.search(r"\d", finding.remedy) else finding


def _masked(text: str, names: Names) -> str:
    return masked(text, apart(_seen(text, names)))


def _seen(text: str, names: Names) -> Iterator[Sighting]:
    yield from sightings_in_name(text)
    if names.by_first:
        yield from names.sightings(text, small=True)
