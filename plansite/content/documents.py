"""From a file's bytes to an action, plan, review, incident, measure, owner or agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plansite.content.bodies import body
from plansite.content.frontmatter import page_of
from plansite.content.nodes import Mapping, Scalar
from plansite.content.readings import readings_of
from plansite.content.report import Report
from plansite.content.text import salvage
from plansite.content.values import record
from plansite.model.action import Action
from plansite.model.dates import iso_date
from plansite.model.findings import Finding
from plansite.model.names import title_of
from plansite.model.people import Agency, Owner
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.prose import Body
from plansite.model.site import Document, Front, Unread
from plansite.model.status import Audience

KINDS: dict[str, type] = {
    "action": Action,
    "plan": Plan,
    "review": Review,
    "incident": Incident,
    "measure": Measure,
    "owner": Owner,
    "agency": Agency,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: what it is, its plan (empty for owners and agencies), its slug and its file."""

    kind: str
    plan: str
    slug: str
    path: str


@dataclass(frozen=True, slots=True)
class Result:
    """A document or what is left of one, with everything found while reading it."""

    document: Document | Unread
    findings: tuple[Finding, ...]


def document_of(place: Place, data: bytes, table: bytes | None = None) -> Result:
    """Read one file of the site's own layout; `table` is the CSV file beside a measure.

    Pure: the same bytes at the same place give the same result.
    """
    report = Report(place.path)
    page = page_of(data, report)
    if page is None:
        return unread(place, salvage(data), report)
    values = record(KINDS[place.kind], page.fields, report)
    of_table = Report(place.path.removesuffix(".md") + ".csv")
    if table is not None:
        values["readings"] = readings_of(table, of_table)
    document = assembled(place, page.fields, values, body(page, report))
    return Result(document, report.findings + of_table.findings)


def unread(place: Place, text: str, report: Report) -> Result:
    """What stands for a file that could not be read."""
    kept = Unread(
        plan=place.plan,
        kind=place.kind,
        slug=place.slug,
        path=place.path,
        text=text,
        findings=report.findings,
    )
    return Result(kept, report.findings)


def assembled(place: Place, fields: Mapping, values: dict[str, Any], body: Body) -> Document:
    """Put place, fields and body together; a file without a title goes by its name."""
    values["title"] = values.get("title") or title_of(place.slug)
    if place.kind == "plan" and _is_of_unknown_kind(fields, values):
        values.setdefault("audience", Audience.INTERNAL)
    values["lines"] = tuple((key.text, key.line) for key, _ in fields.entries)
    common: dict[str, Any] = {"slug": place.slug, "path": place.path, "body": body, **values}
    match place.kind:
        case "plan":
            return Plan(**common)
        case "owner":
            return Owner(**common)
        case "agency":
            return Agency(**common)
        case "action":
            return _action(place, fields, common)
        case "review":
            common.setdefault("date", iso_date(place.slug[:10]))
            return Review(plan=place.plan, **common)
        case "incident":
            return Incident(plan=place.plan, **common)
        case _:
            return Measure(plan=place.plan, **common)


def _is_of_unknown_kind(fields: Mapping, values: dict[str, Any]) -> bool:
    """Whether a plan is of a kind that nobody knows: it may be a private one, so it is hidden rather than shown."""
    named = {
        key.text.strip().casefold() for key, node in fields.entries if not (isinstance(node, Scalar) and node.absent)
    }
    return "kind" in named and "kind" not in values


def _action(place: Place, fields: Mapping, common: dict[str, Any]) -> Action:
    """An unreadable status is None, not "not started": nothing is guessed."""
    word = fields.get("status")
    if isinstance(word, Scalar) and not word.absent:
        common["status_word"] = word.text.strip()
        common.setdefault("status", None)
    elif word is not None and not isinstance(word, Scalar):
        common.setdefault("status", None)
    return Action(plan=place.plan, **common)


def front_of(path: str, data: bytes) -> tuple[Front, tuple[Finding, ...]]:
    """The words of the front page."""
    report = Report(path)
    page = page_of(data, report)
    if page is None:
        return Front(path=path, audience=Audience.INTERNAL), report.findings
    values = record(Front, page.fields, report)
    return Front(body=body(page, report), path=path, **values), report.findings
