"""`plansite.yaml`: what a site says of itself as a whole."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable

from plansite.content.faults import NEWER_FORMAT, NOT_FIELDS, UNKNOWN_ZONE
from plansite.content.nodes import Mapping, tree
from plansite.content.report import Report
from plansite.content.text import decode
from plansite.content.values import names_audience, record
from plansite.model.errors import SiteError
from plansite.model.findings import Finding
from plansite.model.site import Settings

FILE = "plansite.yaml"
FORMAT = 1


class SettingsError(SiteError):
    """The settings cannot be read at all, so nothing about the site is known."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """`findings` say where and why."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def settings_of(data: bytes) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings and what is wrong with them. Raises SettingsError where they are unreadable or too new."""
    report = Report(FILE)
    text = decode(data, report)
    node = tree(text, report) if text is not None else None
    if node is not None and not isinstance(node, Mapping):
        report.add(NOT_FIELDS, "the settings are not made of fields", "write `name: value` lines", line=1, column=1)
        node = None
    if text is None or (node is None and report.findings):
        raise SettingsError(report.findings)
    fields = node if isinstance(node, Mapping) else Mapping((), 1, 1)
    values = record(Settings, fields, report)
    if values.get("format", FORMAT) > FORMAT:
        place = fields.get("format") or fields
        report.add(
            NEWER_FORMAT,
            f"this site has format {values['format']}, and this plansite reads up to {FORMAT}",
            "install a newer plansite",
            line=place.line,
            column=place.column,
        )
        raise SettingsError([finding for finding in report.findings if finding.rule is NEWER_FORMAT])
    if not _known_zone(values.get("timezone", Settings().timezone)):
        place = fields.get("timezone") or fields
        report.add(
            UNKNOWN_ZONE,
            f"no time zone is called “{values.pop('timezone')}”",
            f"write for example {Settings().timezone}; until then that one is used",
            line=place.line,
            column=place.column,
            field="timezone",
        )
    if "audience" not in values and names_audience(Settings, fields):
        raise SettingsError(report.findings)  # a slip here must not publish what was meant for few
    values["title"] = values.get("title") or "Action plans"
    return Settings(**values), report.findings


def _known_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True
