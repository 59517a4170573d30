"""Parses the file of a framework."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files

from plansite.content.frameworks.rules import UNKNOWN_MAPPING, UNUSABLE_IDENTIFIER
from plansite.content.report import Report, quote_text, suggest_word
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import parse_yaml_file
from plansite.content.yaml.nodes import MappingNode, Node, SequenceNode
from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import Finding
from plansite.model.frameworks.framework import Framework, Standard
from plansite.model.frameworks.index import StandardIndex
from plansite.model.slugs import normalise_name

_IDENTIFIER = compile_lazily(r"\w[\w.-]{0,99}")


def parse_framework(path: str, data: bytes, zone: str) -> tuple[Framework | None, tuple[Finding, ...]]:
    """The framework in a file, and the findings about it; None where it cannot be read or has no usable identifier.

    Standards without a usable identifier, or with that of an earlier one, are left out.
    """
    report = Report(path)
    file = parse_yaml_file(data, report)
    if file is None:
        return None, report.findings
    values = parse_fields(Framework, file.fields, report, zone=zone)
    identifier = str(values.pop("id", "")) or path.rpartition("/")[2].rpartition(".")[0]
    if not _IDENTIFIER.fullmatch(identifier):
        _report_identifier(report, identifier, file.fields.get("id") or file.fields)
        return None, report.findings
    if not values.get("label"):
        return None, report.findings
    framework = Framework(path=path, id=normalise_name(identifier), **values)
    standards = tuple(_settle_standards(framework, file.fields.get("standards"), report))
    return replace(framework, standards=standards), report.findings


def _settle_standards(framework: Framework, node: Node | None, report: Report) -> Iterator[Standard]:
    """The standards with what they take over from the framework, without those whose identifier cannot be used."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    groups = [item for item in items if isinstance(item, MappingNode) and not item.absent]
    seen: set[str] = set()
    for standard, group in zip(framework.standards, groups, strict=False):
        key = normalise_name(standard.id)
        if not standard.id or not standard.label:
            continue  # reported as missing
        if not _IDENTIFIER.fullmatch(standard.id):
            _report_identifier(report, standard.id, group)
        elif key in seen:
            report.add(
                UNUSABLE_IDENTIFIER,
                f"two standards have the identifier {quote_text(standard.id)}",
                "give one of them another",
                line=group.line,
                column=group.column,
                field="id",
            )
        else:
            seen.add(key)
            yield _inherit(framework, standard)


def _report_identifier(report: Report, identifier: str, node: Node) -> None:
    report.add(
        UNUSABLE_IDENTIFIER,
        f"the identifier {quote_text(identifier)} cannot be used",
        "write letters, digits, hyphens and dots only",
        line=node.line,
        column=node.column,
        field="id",
    )


def _inherit(framework: Framework, standard: Standard) -> Standard:
    """The standard with the values of its framework for those that it does not give."""
    return replace(
        standard,
        framework=framework.id,
        version=standard.version or framework.version,
        status=standard.status or framework.status,
        valid_from=standard.valid_from or framework.valid_from,
        valid_to=standard.valid_to or framework.valid_to,
        source=standard.source or framework.source,
        official_wording=standard.official_wording or framework.official_wording,
    )


@functools.cache
def load_shipped_frameworks() -> tuple[Framework, ...]:
    """The frameworks that come with plansite, in the order in which they are listed. Raises ValueError for a fault."""
    return tuple(_load_shipped(name) for name in SHIPPED_FRAMEWORKS)


#: The names of the files of the frameworks that come with plansite.
SHIPPED_FRAMEWORKS = ("cqc-saf", "cqc-asc-2026", "hsca-2014", "cqc-registration-2009", "ciw-2025", "ci-care-homes")


def _load_shipped(name: str) -> Framework:
    path = f"frameworks/{name}.yaml"
    framework, findings = parse_framework(path, files("plansite").joinpath(path).read_bytes(), "UTC")
    if framework is None or findings:
        raise ValueError(f"{path} is faulty: {findings}")
    return replace(framework, path="")


def merge_frameworks(own: Iterable[Framework]) -> tuple[tuple[Framework, ...], tuple[Finding, ...]]:
    """The frameworks of a site: those that come with plansite, and its own, which come first.

    One of its own takes the place of another with the same identifier. The findings are about its own.
    """
    merged: dict[str, Framework] = {}
    findings: list[Finding] = []
    for framework in own:
        report = Report(framework.path)
        if framework.id in merged:
            message = f"another framework has the identifier {quote_text(framework.id)}: {merged[framework.id].path}"
            report.add(UNUSABLE_IDENTIFIER, message, "give one of them another", field="id")
        merged.setdefault(framework.id, framework)
        findings.extend(report.findings)
    for framework in load_shipped_frameworks():
        merged.setdefault(framework.id, framework)
    frameworks = tuple(merged.values())
    findings.extend(_check_mappings(frameworks))
    return frameworks, tuple(findings)


def _check_mappings(frameworks: tuple[Framework, ...]) -> Iterator[Finding]:
    """A finding for each file of a site with references to standards that there are not, naming the first."""
    index = StandardIndex(frameworks)
    for framework in frameworks:
        report = Report(framework.path)
        for standard in framework.standards if framework.path else ():
            for name in (*standard.maps_to, *standard.replaces):
                if index.get(name) is None:
                    message = f"{quote_text(standard.id)} refers to {quote_text(name)}, which no framework has"
                    advice = suggest_word(name, index.list_names()) or "write framework and standard with a slash"
                    report.add(UNKNOWN_MAPPING, message, advice, field="maps_to")
        yield from report.findings
