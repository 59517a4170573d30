"""From a file's bytes to an action, plan, review, incident, measure, owner or agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from plansite.content.parse_rules import TOO_DEEP
from plansite.content.privacy_rules import UNCLEAR_PASSAGE
from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import ParsedFile, parse_file
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.markdown.body import TooDeepError, parse_markdown
from plansite.markdown.passages import PassageText, TextOrigin, join_lines, parse_passages
from plansite.model.action import Action
from plansite.model.body import Body
from plansite.model.dates import parse_iso_date
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Document, FrontPage, UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience


def parse_body(file: ParsedFile, report: Report, headings: Mapping[str, str] | None = None) -> Body:
    """The body of a file; `headings` maps those of an adopted file, lower case, to ours.

    Where it has passages for some readers, it holds what the others see as well, each made from a text without them.
    """
    found = parse_passages(file.text)
    if found is None:
        return _parse_text(file, file.text, TextOrigin(file.text_line), report, headings)
    for slip in found.faults:
        remedy = "a passage begins with a line `::: internal` or `::: partners` and ends with a line `:::`"
        report.add(UNCLEAR_PASSAGE, slip.message, remedy, line=file.text_line + slip.line)
    whole, *narrower = (
        (audience, _parse_for_audience(file, found, audience, report, headings))
        for audience in (Audience.INTERNAL, Audience.PARTNERS, Audience.PUBLIC)
    )
    return replace(whole[1], audience_variants=tuple(narrower))


def _parse_for_audience(
    file: ParsedFile, passages: PassageText, audience: Audience, report: Report, headings: Mapping[str, str] | None
) -> Body:
    lines = passages.visible_to(audience)
    speaks = report if audience is Audience.INTERNAL else Report("")  # the same is said once
    return _parse_text(file, join_lines(lines), TextOrigin(file.text_line, lines), speaks, headings)


def _parse_text(
    file: ParsedFile, text: str, origin: TextOrigin, report: Report, headings: Mapping[str, str] | None
) -> Body:
    """One that nests too deeply is shown as it was typed."""
    try:
        return parse_markdown(text, origin, headings)
    except TooDeepError:
        report.add(
            TOO_DEEP,
            "lists or quotations are nested too deeply to be shown in form",
            "use fewer levels; until then the text shows as it was typed",
            line=file.text_line,
        )
        return Body(intro=f'<pre tabindex="0">{escape(text)}</pre>')


DOCUMENT_TYPES: dict[str, type] = {
    "action": Action,
    "plan": Plan,
    "review": Review,
    "incident": Incident,
    "measure": Measure,
    "owner": Owner,
    "agency": Agency,
}


@dataclass(frozen=True, slots=True)
class DocumentLocation:
    """Where a document stands: what it is, its plan (empty for owners and agencies), its slug and its file."""

    kind: str
    plan: str
    slug: str
    path: str


@dataclass(frozen=True, slots=True)
class ParseResult:
    """A document or what is left of one, with everything found while reading it."""

    document: Document | UnreadableFile
    findings: tuple[Finding, ...]


def parse_document(location: DocumentLocation, data: bytes, csv_data: bytes | None = None) -> ParseResult:
    """Read one file of the site's own layout; `table` is the CSV file beside a measure.

    Pure: the same bytes at the same place give the same result.
    """
    report = Report(location.path)
    page = parse_file(data, report)
    if page is None:
        return build_unreadable_file(location, decode_lossy(data), report)
    values = parse_fields(DOCUMENT_TYPES[location.kind], page.fields, report)
    of_table = Report(location.path.removesuffix(".md") + ".csv")
    if csv_data is not None:
        values["readings"] = parse_readings(csv_data, of_table)
    document = build_document(location, page.fields, values, parse_body(page, report))
    return ParseResult(document, report.findings + of_table.findings)


def build_unreadable_file(location: DocumentLocation, text: str, report: Report) -> ParseResult:
    """What stands for a file that could not be read."""
    kept = UnreadableFile(
        plan=location.plan,
        kind=location.kind,
        slug=location.slug,
        path=location.path,
        text=text,
        findings=report.findings,
    )
    return ParseResult(kept, report.findings)


def build_document(location: DocumentLocation, fields: MappingNode, values: dict[str, Any], body: Body) -> Document:
    """Put place, fields and body together; a file without a title goes by its name."""
    values["title"] = values.get("title") or title_from_slug(location.slug)
    if location.kind == "plan" and _has_unknown_kind(fields, values):
        values.setdefault("audience", Audience.INTERNAL)
    values["lines"] = tuple((key.text, key.line) for key, _ in fields.entries)
    common: dict[str, Any] = {"slug": location.slug, "path": location.path, "body": body, **values}
    match location.kind:
        case "plan":
            return Plan(**common)
        case "owner":
            return Owner(**common)
        case "agency":
            return Agency(**common)
        case "action":
            return _build_action(location, fields, common)
        case "review":
            common.setdefault("date", parse_iso_date(location.slug[:10]))
            return Review(plan=location.plan, **common)
        case "incident":
            return Incident(plan=location.plan, **common)
        case _:
            return Measure(plan=location.plan, **common)


def _has_unknown_kind(fields: MappingNode, values: dict[str, Any]) -> bool:
    """Whether a plan is of a kind that nobody knows: it may be a private one, so it is hidden rather than shown."""
    named = {
        key.text.strip().casefold()
        for key, node in fields.entries
        if not (isinstance(node, ScalarNode) and node.absent)
    }
    return "kind" in named and "kind" not in values


def _build_action(location: DocumentLocation, fields: MappingNode, common: dict[str, Any]) -> Action:
    """An unreadable status is None, not "not started": nothing is guessed."""
    word = fields.get("status")
    if isinstance(word, ScalarNode) and not word.absent:
        common["status_word"] = word.text.strip()
        common.setdefault("status", None)
    elif word is not None and not isinstance(word, ScalarNode):
        common.setdefault("status", None)
    return Action(plan=location.plan, **common)


def parse_front_page(path: str, data: bytes) -> tuple[FrontPage, tuple[Finding, ...]]:
    """The words of the front page."""
    report = Report(path)
    page = parse_file(data, report)
    if page is None:
        return FrontPage(path=path, audience=Audience.INTERNAL), report.findings
    values = parse_fields(FrontPage, page.fields, report)
    return FrontPage(body=parse_body(page, report), path=path, **values), report.findings
