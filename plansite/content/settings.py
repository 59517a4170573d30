"""Parses the settings of a site, `plansite.yaml`."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from plansite.content.external.rules import UNKNOWN_HOST, UNKNOWN_SETTING
from plansite.content.limits import TOO_LARGE
from plansite.content.parse_rules import (
    DUPLICATE_KEY,
    NEWER_FORMAT,
    NOT_A_FILE,
    NOT_FIELDS,
    UNKNOWN_FIELD,
    UNKNOWN_ZONE,
)
from plansite.content.privacy_rules import UNCLEAR_MARK
from plansite.content.report import Report, quote_text
from plansite.content.text import decode, report_conflict_markers
from plansite.content.values import MAX_ENTRIES, parse_fields
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml
from plansite.file_access import FileTooLargeError, RefusedFileError, read_inside
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.findings import Finding, Fix, SiteError
from plansite.model.links.repository import find_host
from plansite.model.people import normalise_name
from plansite.model.saved_views.settings import SavedView, ViewFilter
from plansite.model.settings import DEFAULT_TITLE, Settings

SETTINGS_FILE = "plansite.yaml"
CONTENT_FORMAT = 1
_MAX_SIZE = 1024 * 1024


class SettingsError(SiteError):
    """The settings cannot be read, so that the site cannot be built."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """`findings` give place and reason."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def load_settings(root: Path) -> Settings:
    """The settings of the site in `root`. Raises SettingsError; OSError without `plansite.yaml`."""
    settings, _ = parse_settings(read_settings_file(root))
    return settings


def read_settings_file(root: Path) -> bytes:
    """The bytes of `plansite.yaml`. Raises SettingsError where it is refused; OSError where it cannot be read."""
    report = Report(SETTINGS_FILE)
    try:
        return read_inside(root, SETTINGS_FILE, _MAX_SIZE)
    except FileTooLargeError as error:
        report.add(
            TOO_LARGE,
            f"the settings have {error.size // 1024:,} KiB; the most is {_MAX_SIZE // 1024:,} KiB",
            "remove what is not a setting",
        )
    except RefusedFileError as error:
        report.add(NOT_A_FILE, f"{error.strerror}", "put a plain file with the settings here")
    raise SettingsError(report.findings)


def parse_settings(data: bytes) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings and the findings about them. Raises SettingsError where they are unreadable or of a newer format."""
    report = Report(SETTINGS_FILE)
    text = decode(data, report)
    has_conflict = text is not None and report_conflict_markers(text, report) is not None
    node = parse_yaml(text, report) if text is not None and not has_conflict else None
    if node is not None and not isinstance(node, MappingNode):
        report.add(
            NOT_FIELDS,
            "the settings are not written as fields",
            "put one field on each line, as `name: value`",
            line=1,
            column=1,
        )
        node = None
    if text is None or (node is None and report.findings):
        raise SettingsError(report.findings)
    fields = node if isinstance(node, MappingNode) else MappingNode((), 1, 1)
    values = parse_fields(Settings, fields, report, zone=_find_zone(fields))
    _check_spellings(fields, report)
    if values.get("format", CONTENT_FORMAT) > CONTENT_FORMAT:
        node = fields.get("format") or fields
        report.add(
            NEWER_FORMAT,
            f"this site has format {values['format']}, but this plansite reads only up to {CONTENT_FORMAT}",
            "install a newer plansite",
            line=node.line,
            column=node.column,
        )
        raise SettingsError([finding for finding in report.findings if finding.rule is NEWER_FORMAT])
    _check_zone(values, fields, report)
    for repository in _list_repositories(fields):
        _check_host(*repository, report)
    if any(finding.rule is UNCLEAR_MARK for finding in report.findings):
        raise SettingsError(report.findings)  # else what was meant for some readers could be published for others
    values["title"] = values.get("title") or DEFAULT_TITLE
    if "views" in values:
        values["views"] = tuple(_settle_views(values["views"], fields.get("views"), report))
    return Settings(**values), tuple(map(_as_setting, report.findings))


def _as_setting(finding: Finding) -> Finding:
    """The finding; one on an unknown name as an error, since what stands behind it is not done."""
    if finding.rule is not UNKNOWN_FIELD:
        return finding
    message, remedy = f"no setting is called {quote_text(finding.field)}", finding.remedy
    if remedy.startswith("it is not shown"):
        remedy = "correct or delete it; docs/fields.md lists all settings"
    return replace(finding, rule=UNKNOWN_SETTING, message=message, remedy=remedy)


def _check_spellings(settings: MappingNode, report: Report) -> None:
    """Report each spelling of a person that is given for a second one. The first one keeps it."""
    first: dict[str, str] = {}
    for name, spelling in _list_spellings(settings):
        holder = first.setdefault(normalise_name(spelling.text), name)
        if normalise_name(holder) != normalise_name(name):
            message = f"{quote_text(spelling.text)} is already a spelling of {quote_text(holder)}"
            remedy = "take it out where it is wrong"
            report.add(DUPLICATE_KEY, message, remedy, line=spelling.line, column=spelling.column, field="people")


def _list_spellings(settings: MappingNode) -> Iterator[tuple[str, ScalarNode]]:
    """The name of each person with each of their other spellings."""
    people = settings.get("people")
    for name, value in people.entries if isinstance(people, MappingNode) else ():
        for spelling in _list_items(value):
            if isinstance(spelling, ScalarNode) and not spelling.absent:
                yield name.text, spelling


def _settle_views(views: tuple[SavedView, ...], node: Node | None, report: Report) -> Iterator[SavedView]:
    """The views with their lines, without those that have no name, that of another, or a condition with a fault.

    Without such a condition a view would show more than its name says.
    """
    first: dict[str, ScalarNode] = {}
    items = node.items if isinstance(node, SequenceNode) else (node,)
    groups = (item for item in items[:MAX_ENTRIES] if isinstance(item, MappingNode) and not item.absent)
    for view, group in zip(views, groups, strict=True):
        name, conditions = group.get("name"), group.get("filter")
        if not view.name or not isinstance(name, ScalarNode) or not _are_read(view.filter, conditions):
            continue
        if (other := first.setdefault(view.slug, name)) is not name:
            message = f"another view is called {quote_text(view.name)}, on line {other.line}"
            report.add(
                DUPLICATE_KEY, message, "give this one another name", line=name.line, column=name.column, field="name"
            )
            continue
        yield replace(view, lines=(("", name.line), *_list_condition_lines(conditions)))


def _are_read(conditions: ViewFilter, node: Node | None) -> bool:
    """Whether every condition of a filter has a known name, and each of its values could be read."""
    if node is None or node.absent:
        return True
    if not isinstance(node, MappingNode):
        return False
    for key, value in node.entries:
        given = sum(not item.absent for item in _list_items(value))
        parsed = getattr(conditions, key.text, None) if key.text in ViewFilter.__dataclass_fields__ else None
        if given != (len(parsed) if isinstance(parsed, tuple) else int(parsed is not None)):
            return False
    return True


def _list_condition_lines(node: Node | None) -> Iterator[tuple[str, int]]:
    """The line of each value of a filter, as `SavedView.find_line` looks it up."""
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        for item in _list_items(value):
            yield f"{key.text} {item.text.strip()}" if isinstance(item, ScalarNode) else key.text, item.line


def _list_items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, SequenceNode) else (node,)


def _check_zone(values: dict[str, Any], fields: MappingNode, report: Report) -> None:
    """Report a time zone that is not known, and take it out of the values."""
    if _is_known_zone(values.get("timezone", DEFAULT_ZONE)):
        return
    node, name = fields.get("timezone") or fields, values.pop("timezone")
    report.add(
        UNKNOWN_ZONE,
        f"no time zone is called {quote_text(name)}",
        f"write for example {DEFAULT_ZONE}; until then that one is used",
        line=node.line,
        column=node.column,
        field="timezone",
        fix=Fix(node.line, name, DEFAULT_ZONE, node.column),
    )


def _list_repositories(fields: MappingNode) -> Iterator[tuple[MappingNode, ScalarNode]]:
    """The repositories that the settings name, each with the group of fields that names it."""
    sources = fields.get("sources")
    groups = (fields, *(_list_items(sources)[:MAX_ENTRIES] if sources else ()))
    for group in groups:
        repository = group.get("repository") if isinstance(group, MappingNode) else None
        if isinstance(group, MappingNode) and isinstance(repository, ScalarNode):
            yield group, repository


def _check_host(group: MappingNode, repository: ScalarNode, report: Report) -> None:
    """Report a repository on the web whose address does not tell which program shows it, if no field does."""
    host, address = group.get("host"), repository.text.strip()
    if not address.startswith(("https://", "http://")) or find_host(address) or (host and not host.absent):
        return
    report.add(
        UNKNOWN_HOST,
        "the address does not tell which program shows this repository on the web",
        "add `host: github`, `host: gitlab` or `host: forgejo`; until then links are made as for GitHub",
        line=repository.line,
        column=repository.column,
        field="repository",
    )


def _find_zone(fields: MappingNode) -> str:
    """The time zone that the settings name; the usual one where they name none that is known."""
    node = fields.get("timezone")
    name = node.text.strip() if isinstance(node, ScalarNode) else ""
    return name if name and _is_known_zone(name) else DEFAULT_ZONE


def _is_known_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True
