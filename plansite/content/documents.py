"""Parses the bytes of a file into an action, plan, or another kind of document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from plansite.content.invisible import remove_passed_over
from plansite.content.limits import TOO_MUCH_MARKUP
from plansite.content.marks.text_fields import hide_marked_text
from plansite.content.parse_rules import TOO_DEEP
from plansite.content.privacy_rules import UNCLEAR_PASSAGE
from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.text_rules import is_partly_read, report_doubtful_texts
from plansite.content.values import parse_fields
from plansite.content.yaml.field_names import rename_fields
from plansite.content.yaml.front_matter import ParsedFile, parse_file
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.markdown.body import parse_markdown
from plansite.markdown.limits import TooDeepError, TooMuchMarkupError
from plansite.markdown.passages import PassageText, TextOrigin, join_lines, parse_passages
from plansite.model.audience.mark_grammar import holds_passage_mark, is_within_slip
from plansite.model.body import Body, DoubtfulText, DoubtKind
from plansite.model.dates import DEFAULT_ZONE, parse_iso_date
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.site import Document, FrontPage, UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience, SmallCounts


def parse_body(
    file: ParsedFile, report: Report, zone: str = DEFAULT_ZONE, headings: Mapping[str, str] | None = None
) -> Body:
    """The body of a file; `headings` maps headings of external files, in lower case, to the headings of plansite.

    If the text has passages for some audiences, the body is the one for internal readers, and its `audience_variants`
    are those for the other audiences, each parsed from a text without the passages that are hidden from it.
    `zone` is the time zone in which an instant is a date.
    """
    passages = parse_passages(file.text)
    if passages is None:
        return _parse_text(file, file.text, TextOrigin(file.text_line, zone=zone), report, headings)
    for fault in passages.faults:
        remedy = "a passage begins with a line `::: internal` or `::: partners` and ends with a line `:::`"
        report.add(UNCLEAR_PASSAGE, fault.message, remedy, line=file.text_line + fault.line)
    internal, partners, public = (
        _parse_for_audience(file, passages, audience, report, zone, headings)
        for audience in (Audience.INTERNAL, Audience.PARTNERS, Audience.PUBLIC)
    )
    return replace(internal, audience_variants=((Audience.PARTNERS, partners), (Audience.PUBLIC, public)))


def _parse_for_audience(
    file: ParsedFile,
    passages: PassageText,
    audience: Audience,
    report: Report,
    zone: str,
    headings: Mapping[str, str] | None,
) -> Body:
    lines = passages.visible_to(audience)
    reported = report if audience is Audience.INTERNAL else Report("")  # so that each fault is reported once
    return _parse_text(file, join_lines(lines), TextOrigin(file.text_line, lines, zone), reported, headings)


def _parse_text(
    file: ParsedFile, text: str, origin: TextOrigin, report: Report, headings: Mapping[str, str] | None
) -> Body:
    """The body of a text; one whose markup is refused is reported, and shown as it was typed."""
    try:
        return parse_markdown(text, origin, headings)
    except TooDeepError:
        report.add(
            TOO_DEEP,
            "lists or quotations are nested too deeply to be formatted",
            "use fewer levels; until then the text is shown as typed",
            line=file.text_line,
        )
    except TooMuchMarkupError:
        report.add(
            TOO_MUCH_MARKUP,
            "the text has too much markup for its size to be formatted",
            "split it into several files; until then the text is shown as typed",
            line=file.text_line,
        )
    doubt = DoubtfulText(DoubtKind.NO_STEP, "", file.text_line)  # nobody counts the steps in it
    return Body(intro=(f'<pre tabindex="0">{escape(text)}</pre>',), doubtful_texts=(doubt,))


_WORD_SIGNS = compile_lazily(r"[\W_]")
DOCUMENT_TYPES: dict[str, type] = {
    "action": Action,
    "plan": Plan,
    "review": Review,
    "incident": Incident,
    "measure": Measure,
    "assessment": SelfAssessment,
    "owner": Owner,
    "agency": Agency,
}


@dataclass(frozen=True, slots=True)
class DocumentLocation:
    """What a file is: its kind of document, its plan (empty for owners and agencies), its slug and its path."""

    kind: str
    plan: str
    slug: str
    path: str


@dataclass(frozen=True, slots=True)
class ParseResult:
    """A document, or the stand-in for one that could not be read, with the findings about its file."""

    document: Document | UnreadableFile
    findings: tuple[Finding, ...]


def parse_document(
    location: DocumentLocation, data: bytes, csv_data: bytes | None = None, zone: str = DEFAULT_ZONE
) -> ParseResult:
    """Parse one file of the site's own layout; `csv_data` is the CSV file beside a measure.

    `zone` is the time zone in which an instant is a date. A pure function of its arguments.
    """
    report = Report(location.path)
    file = parse_file(data, report)
    if file is None:
        return build_unreadable_file(location, decode_lossy(data), report)
    cls = DOCUMENT_TYPES[location.kind]
    renamed = rename_fields(cls, file.fields)
    file = file if renamed is file.fields else replace(file, fields=renamed)
    fields = hide_marked_text(file, report, is_plan=location.kind == "plan")
    values = parse_fields(cls, fields, report, zone=zone)
    csv_report = Report(location.path.removesuffix(".md") + ".csv")
    if csv_data is not None:
        table = parse_readings(csv_data, csv_report, zone)
        values.update(readings=table.readings, lists_events=table.lists_events)
    document = build_document(location, file.fields, values, parse_body(file, report, zone))
    if isinstance(document, Action):
        document = finish_action(document, report)
    return ParseResult(document, report.findings + csv_report.findings)


def finish_action(action: Action, report: Report) -> Action:
    """The action, which knows whether its file was read only in part; what is doubtful in its body is reported."""
    report_doubtful_texts(action.body, report)
    return replace(action, is_partly_read=True) if is_partly_read(report.findings) else action


def build_unreadable_file(location: DocumentLocation, text: str, report: Report) -> ParseResult:
    """The stand-in for a file that could not be read, with the findings of its report."""
    unreadable = UnreadableFile(
        plan=location.plan,
        kind=location.kind,
        slug=location.slug,
        path=location.path,
        text=text,
        findings=report.findings,
    )
    return ParseResult(unreadable, report.findings)


def build_document(location: DocumentLocation, fields: MappingNode, values: dict[str, Any], body: Body) -> Document:
    """The document made of location, fields and body; without a title its title is made from its slug."""
    values["title"] = values.get("title") or title_from_slug(location.slug)
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
        case "assessment":
            common.setdefault("date", parse_iso_date(location.slug[:10]))
            return SelfAssessment(plan=location.plan, **common)
        case _:
            return _build_measure(location, fields, common)


def _build_action(location: DocumentLocation, fields: MappingNode, common: dict[str, Any]) -> Action:
    """The action; an unknown status is None rather than the default "not started", so that none is guessed."""
    status = fields.get("status")
    if status is not None and not status.absent:
        common.setdefault("status", None)
    if isinstance(status, ScalarNode) and not status.absent:
        common["status_word"] = "" if holds_passage_mark(status.text) else remove_passed_over(status.text)[0].strip()
    return Action(plan=location.plan, **common)


def _build_measure(location: DocumentLocation, fields: MappingNode, common: dict[str, Any]) -> Measure:
    """The measure. A `scale` or `small_counts` that cannot be read, or is misspelt, hides as if it were understood."""
    given = [_WORD_SIGNS.sub("", key.text.casefold()) for key, value in fields.entries if not value.absent]
    if "small_counts" not in common and any(is_within_slip(name, "smallcounts") for name in given):
        common["small_counts"] = SmallCounts.HIDE
    if not common.get("scale") and any(is_within_slip(name, "scale") for name in given):
        common.setdefault("audience", Audience.INTERNAL)
    return Measure(plan=location.plan, **common)


def parse_front_page(path: str, data: bytes, zone: str = DEFAULT_ZONE) -> tuple[FrontPage, tuple[Finding, ...]]:
    """The front page and the findings about its file; one that cannot be read is empty and for internal readers."""
    report = Report(path)
    file = parse_file(data, report)
    if file is None:
        return FrontPage(path=path, audience=Audience.INTERNAL), report.findings
    values = parse_fields(FrontPage, hide_marked_text(file, report), report, zone=zone)
    return FrontPage(body=parse_body(file, report, zone), path=path, **values), report.findings
